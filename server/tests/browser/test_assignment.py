"""An admin makes a territory and a rule; whoever is given a lead by it sees why, and accepts it."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese, in_english


@in_chinese
def test_who_is_given_a_lead_sees_why_and_accepts_it(visit, language):
    boss, seller = visit("administrator", language), visit("salesperson", language)
    me = seller.api("GET", "me")["member"]["id"]
    lead = boss.create("lead", name="走查分配来客")
    rule = boss.create("assignment_rule", name="走查分配", members=[me], present=False, accept_minutes=60, position=-1,
                       where={"field": "name", "op": "eq", "value": "走查分配来客"})  # fmt: skip
    page = boss.open(f"o/lead/{lead}")
    page.get_by_role("tab", name=boss.say("page.tab_assignment")).click()
    with page.expect_response("**/actions/sales/assign-leads"):
        boss.button("assignment.assign_now").click()
    expect(page.get_by_text("分配规则“走查分配”")).to_be_visible()

    page = seller.open(f"o/lead/{lead}")
    with page.expect_response("**/actions/sales/accept-lead"):
        seller.button("assignment.accept").click()
    expect(seller.button("assignment.accept")).to_be_hidden()
    page.get_by_role("tab", name=seller.say("page.tab_assignment")).click()
    expect(page.get_by_text(seller.say("assignment.state_accepted"), exact=True)).to_be_visible()
    boss.api("DELETE", f"records/assignment_rule/{rule}")


@in_english
def test_an_admin_says_who_sells_where(visit, language):
    boss = visit("administrator", language)
    page = boss.open("settings/assignment")
    boss.button("assignment.new_territory").click()
    dialog = boss.dialog()
    dialog.locator("[data-field=name] input").fill("Walked south")
    boss.choose(
        dialog.get_by_label(boss.words.field("territory", "industries"), exact=True),
        boss.words.option("lead", "industry", "software"),
    )
    page.keyboard.press("Escape")
    boss.button("ui.save", dialog).click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Walked south").click()
    boss.button("ui.delete", boss.dialog()).click()
    expect(page.get_by_role("button", name="Walked south")).to_be_hidden()
