"""A sales director's walk: a colleague's customer is closed by every path, shared until a day, explained, and looked at
with the salesperson's eyes once their role masks phones.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

PHONE, SHOWN, MASKED = "13712349876", "137 1234 9876", "137****9876"


@pytest.fixture
def customer(visit: Callable[..., Visit], language: str) -> Iterator[dict[str, str]]:
    """A company of a colleague in the salesperson's department with what is below it; roles are as before afterwards."""
    director = visit("administrator", language)
    me = visit("salesperson", language).api("GET", "me")["member"]
    where = {"and": [{"field": "department", "op": "eq", "value": me["department"]["id"]},
                     {"field": "id", "op": "ne", "value": me["id"]}]}  # fmt: skip
    colleague = director.find("member", where, "name")[0]
    name = f"Walked {language}"
    company = director.create("company", name=name, owner=colleague["id"], phone=PHONE)
    made = {
        "company": company,
        "contact": director.create("contact", name=f"{name} buyer", company=company, owner=colleague["id"]),
        "opportunity": director.create("opportunity", name=f"{name} deal", company=company, owner=colleague["id"]),
        "own": director.create("contact", name=f"Own {language}", company=company, owner=me["id"]),
    }
    (role,) = director.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "permissions")
    yield made | {"name": name, "owner": colleague["name"]}
    director.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": role["permissions"]}})
    for key, record in (
        ("opportunity", "opportunity"),
        ("contact", "contact"),
        ("contact", "own"),
        ("company", "company"),
    ):
        director.api("DELETE", f"records/{key}/{made[record]}")


def _answer(someone: Visit, method: str, path: str, body: dict | None = None) -> Any:
    token = next(each["value"] for each in someone.page.context.cookies() if each["name"] == "csrftoken")
    return someone.page.request.fetch(
        f"{someone.address}/api/v1/{someone.slug}/{path}",
        method=method, data=body,
        headers={"X-CSRFToken": token, "Origin": someone.address, "Accept-Language": someone.words.language},
    )  # fmt: skip


def _from_menu(someone: Visit, company: str, item: str) -> Locator:
    """A dialog of the record's own menu."""
    page = someone.open(f"o/company/{company}")
    someone.button("page.more").click()
    page.get_by_role("menuitem", name=someone.say(item)).click()
    return someone.dialog()


def _asked(customer: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """Every way to ask for the customer, or for what is below it, by its name, its id or its phone."""
    named = {"field": "name", "op": "contains", "value": customer["name"]}
    for key in ("company", "contact", "opportunity"):
        yield "POST", f"records/{key}/query", {"where": named, "select": ["name"]}
        yield "POST", f"records/{key}/query", {"search": customer["name"], "select": ["name"]}
        yield "POST", f"records/{key}/count", {"where": named}
        yield "POST", f"records/{key}/group", {"where": named, "by": [{"field": "owner"}]}
        yield "GET", f"records/{key}/{customer[key]}", None
        yield "GET", f"records/{key}/{customer[key]}/timeline", None
        yield "GET", f"records/{key}/{customer[key]}/shares", None
        yield "GET", f"records/{key}/{customer[key]}/access", None
        yield "POST", f"records/{key}/{customer[key]}/shares", {"member": customer["company"], "level": "read"}
        yield "PATCH", f"records/{key}/{customer[key]}", {"values": {"name": "taken"}}
        yield "DELETE", f"records/{key}/{customer[key]}", None
        yield "POST", f"records/{key}/bulk", {"op": "delete", "ids": [customer[key]]}
        yield "POST", f"records/{key}/export", {"format": "csv", "where": named, "select": ["name"]}
    yield "POST", f"records/company/{customer['company']}/related/contacts", {"select": ["name"]}
    yield "GET", f"search?q={customer['name']}", None
    yield "GET", f"search?q={PHONE}", None
    compared = {"field": "company.name", "op": "contains", "value": customer["name"]}
    yield "POST", "records/contact/query", {"where": compared, "select": ["name"]}
    yield "POST", "records/contact/query", {"where": {"field": "company.phone", "op": "contains", "value": PHONE[-4:]}}
    yield "GET", f"records/contact/{customer['own']}", None
    yield "GET", f"records/contact/{customer['own']}/timeline", None
    own = {"field": "id", "op": "eq", "value": customer["own"]}
    yield "POST", "records/contact/query", {"where": own, "select": ["company", "company.name", "company.phone"]}
    yield "POST", "records/contact/group", {"where": own, "by": [{"field": "company"}]}


@in_english
def test_a_colleagues_customer_is_closed_by_every_path(visit, language, customer):
    director, seller = visit("administrator", language), visit("salesperson", language)
    name, say = customer["name"], seller.say
    by_name = {"field": "name", "op": "contains", "value": name}
    assert len(director.find("company", by_name, "name")) == 1

    page = seller.open(f"o/company?search={name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(say("list.nothing_matches"))).to_be_visible()
    for key in ("company", "contact", "opportunity"):
        gone = say("page.gone", name=seller.words.object(key))
        expect(seller.open(f"o/{key}/{customer[key]}").get_by_text(gone)).to_be_visible()
    seller.open("o/contact")
    form = seller.begin_new()
    form.get_by_role("textbox", name=seller.words.field("contact", "company"), exact=True).fill(name)
    expect(page.get_by_role("option", name=name, exact=True)).to_have_count(0)

    for method, path, body in _asked(customer):
        answer = _answer(seller, method, path, body)
        told = answer.text()
        assert answer.status in {200, 403, 404}, (method, path, told)
        assert name not in told, (method, path, told)
        assert PHONE not in told, (method, path, told)
        assert SHOWN not in told, (method, path, told)
        if answer.ok and path.endswith("/count"):
            assert answer.json()["count"] == 0, (path, told)
    (left,) = director.find("company", by_name, "name")
    assert left["name"] == name


@in_chinese
def test_it_is_shared_until_a_day_explained_masked_and_looked_at(visit, language, customer):
    director, seller = visit("administrator", language), visit("salesperson", language)
    me, say, page = seller.api("GET", "me")["member"], director.say, director.page
    department, company = me["department"]["title"], customer["company"]
    until = f"{datetime.now(UTC).year + 1}-06-30"

    dialog = _from_menu(director, company, "page.share")
    dialog.get_by_text(say("share.department"), exact=True).click()
    director.choose(dialog.get_by_role("textbox", name=say("share.receiver")), department)
    day = dialog.get_by_role("textbox", name=say("share.ends_on"))
    day.fill(until)
    day.press("Tab")
    director.button("share.give", dialog).click()
    entry = dialog.get_by_role("listitem").filter(has_text=department)
    expect(entry).to_contain_text(say("share.with_below"))
    expect(entry).to_contain_text(until)
    page.keyboard.press("Escape")

    shown = seller.open(f"o/company/{company}")
    expect(shown.get_by_role("heading", name=customer["name"])).to_be_visible()
    expect(shown.get_by_text(SHOWN).first).to_be_visible()
    assert seller.find("contact", {"field": "id", "op": "eq", "value": customer["contact"]}, "name")

    why = _from_menu(director, company, "page.explain_access")
    why.get_by_role("button", name=me["name"], exact=True).click()
    expect(why.get_by_text(say("explain.can_read", name=me["name"]))).to_be_visible()
    expect(why).to_contain_text(department)
    expect(why).to_contain_text(until)
    page.keyboard.press("Escape")

    _mask_phones(director)
    _look_as(director, me)
    expect(director.open(f"o/company/{company}").get_by_text(MASKED).first).to_be_visible()
    expect(page.get_by_text(SHOWN)).to_have_count(0)
    refused = _answer(director, "PATCH", f"records/company/{company}", {"values": {"name": "taken"}})
    assert (refused.status, refused.json()["code"]) == (403, "access.view_as_read_only")
    with page.expect_navigation():
        director.button("app.view_as_end", page.get_by_role("region", name=say("app.view_as"))).click()
    expect(director.open(f"o/company/{company}").get_by_text(SHOWN).first).to_be_visible()

    director.open("settings/audit?kinds=share,role_change,view_as_begin,view_as_end&period=today")
    kinds = {one["key"]: one["label"] for one in _answer(director, "GET", "audit/state").json()["kinds"]}
    for row, kind in enumerate(("view_as_end", "view_as_begin", "role_change", "share")):
        expect(page.locator("tbody tr").nth(row)).to_contain_text(kinds[kind])


def _mask_phones(director: Visit) -> None:
    """The role of salespeople masks the phones of companies, after a look at whom that concerns."""
    page, say = director.page, director.say
    (role,) = director.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "name")
    holders = director.find("member", {"field": "roles", "op": "has_any", "value": [role["id"]]}, "name")
    director.open(f"settings/roles/{role['id']}?tab=fields&object=company")
    phone = say("roles.level_of", name=director.words.field("company", "phone"))
    page.get_by_label(phone, exact=True).select_option("masked")
    director.button("roles.review").click()
    found = director.dialog().get_by_role("button").filter(has_text=director.words.field("company", "phone"))
    expect(found).to_contain_text(str(len(holders)))
    found.click()
    expect(director.dialog()).to_contain_text(holders[0]["name"])
    director.button("ui.save", director.dialog()).click()
    expect(page.get_by_text(say("roles.saved", name=role["name"]))).to_be_visible()


def _look_as(director: Visit, member: dict[str, Any]) -> None:
    """From the member's page, with a reason; the bar stands above everything."""
    page, say = director.page, director.say
    director.open(f"o/member/{member['id']}")
    director.button("app.view_as_begin").click()
    director.dialog().get_by_role("textbox").fill("她说看不到电话")
    director.button("app.view_as_begin", director.dialog()).click()
    expect(page.get_by_role("region", name=say("app.view_as"))).to_contain_text(member["name"])
