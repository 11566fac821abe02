"""A plan is made with its tiers, a month is worked out and approved, and a line says by which rule it came."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.browser.words import in_chinese


@in_chinese
def test_from_the_plan_to_a_statement(visit, language):
    someone = visit("administrator", language)
    page = someone.open("commission")
    someone.button("commission.new_plan").click()
    dialog = someone.dialog()
    dialog.get_by_label(someone.words.field("commission_plan", "name")).fill(f"直销提成 {language}")
    dialog.get_by_label(someone.words.field("commission_plan", "valid_from")).fill("2025-01-01")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/o/commission_plan/**")
    plan = page.url.split("?")[0].rsplit("/", 1)[1]

    someone.tab(someone.say("page.tab_commission_rules"))
    someone.button("commission.add_component").click()
    page.get_by_label(someone.say("commission.tier_to", number=1)).fill("1000")
    page.get_by_label(someone.say("commission.tier_rate", number=1)).fill("5")
    someone.button("commission.add_tier").click()
    page.get_by_label(someone.say("commission.tier_from", number=2)).fill("900")
    page.get_by_label(someone.say("commission.tier_rate", number=2)).fill("8")
    someone.button("commission.save_rules").click()
    expect(page.get_by_text("两档重叠").first).to_be_visible()
    page.get_by_label(someone.say("commission.tier_from", number=2)).fill("1000")
    someone.button("commission.save_rules").click()
    expect(page.get_by_text(someone.say("commission.rules_saved")).first).to_be_visible()

    _for_everybody(someone, plan)
    _verb(someone, page, "activate")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    page = someone.open("commission")
    someone.button("commission.calculate_month").click()
    dialog = someone.dialog()
    dialog.get_by_label(someone.say("commission.any_day")).fill(today.isoformat())
    someone.button("commission.calculate", dialog).click()
    row = page.get_by_role("row").filter(has_text=f"{today:%Y-%m}").filter(has_text="¥")
    expect(row.first).to_contain_text(someone.say("commission.status_draft"))
    row.first.get_by_role("link").click()
    _verb(someone, page, "approve")
    page = someone.open("commission")
    statements = page.get_by_role("region", name=someone.say("commission.statements"))
    statements.get_by_role("link").filter(has_text=f"{today:%Y-%m}").first.click()
    someone.tab(someone.say("page.tab_commission_lines"))
    lines = page.get_by_role("list", name=someone.say("commission.lines"))
    by_plan = someone.say("commission.by_plan", plan=f"直销提成 {language}", number=1)
    expect(lines.get_by_text(by_plan).first).to_be_visible()


def _verb(someone: Visit, page: Page, verb: str) -> None:
    someone.button(f"commission.{verb}").click()
    dialog = someone.dialog()
    someone.button(f"commission.{verb}", dialog).click()
    expect(dialog).to_have_count(0)
    expect(someone.button(f"commission.{verb}")).to_have_count(0)


def _for_everybody(someone: Visit, plan: str) -> None:
    roles = [row["id"] for row in someone.api("GET", "records/role")["rows"]]
    someone.api("PATCH", f"records/commission_plan/{plan}", {"values": {"roles": roles}})
    someone.page.reload()
