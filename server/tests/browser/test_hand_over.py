"""Somebody leaves: what they hold goes to two colleagues in one go from the list of people, and comes back in one go."""

import itertools
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.looks import violations
from tests.browser.visit import Visit
from tests.browser.words import in_chinese, in_english

COMPANIES = 5
MANY = 1100
"""More than are handed over while somebody waits."""
_numbers = itertools.count(1)


@pytest.fixture
def leaver(visit, language):
    """The administrator's page, and a new salesperson with customers and what belongs to them."""
    boss = visit("administrator", language)
    name = f"Leaver {next(_numbers)} {language}"
    (role,) = boss.find("role", {"field": "key", "op": "eq", "value": "salesperson"})
    email = f"{name.replace(' ', '-').lower()}@example.com"
    id_ = boss.create("member", name=name, email=email, roles=[role["id"]], status="active")
    for number in range(COMPANIES):
        company = boss.create("company", name=f"{name} {number}", owner=id_)
        boss.create(
            "contact", name=f"{name} contact {number}", company=company, owner=id_
        )  # and an affiliation with it
    boss.create("task", subject=f"{name} task", owner=id_)
    return boss, id_, name


def _owners(boss: Visit, object_key: str, name: str) -> list[str]:
    title = "subject" if object_key == "task" else "name"
    where = {"field": title, "op": "starts_with", "value": name}
    rows = boss.find(object_key, where, "owner", sort=[{"field": title, "dir": "asc"}])
    return [row["owner"]["title"] for row in rows]


def _choose(boss: Visit, label: str, person: str) -> None:
    boss.page.get_by_role("textbox", name=label, exact=True).last.fill(person)
    boss.page.get_by_role("option", name=person).first.click()


@in_chinese
def test_a_leavers_customers_go_to_two_colleagues_and_come_back(leaver):
    boss, id_, name = leaver
    say, page = boss.say, boss.open("settings/members")
    everybody = {row["name"] for row in boss.find("member", {"field": "status", "op": "eq", "value": "active"}, "name")}
    one, other = sorted(everybody & {"张磊", "吴倩"})

    boss.button("settings.actions_of", name=name).click()
    page.get_by_role("menuitem", name=say("organisation.leave")).click()
    boss.button("organisation.leave_hand_over_do", boss.dialog()).click()
    expect(page.get_by_role("heading", name=say("hand-over.title_of", name=name))).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text=boss.words.objects("company"))
    expect(row).to_contain_text(str(COMPANIES))
    assert violations(page) == []
    boss.button("hand-over.next").click()

    for person in (one, other):
        _choose(boss, say("hand-over.receivers"), person)
    boss.button("hand-over.split_part", part=boss.words.objects("company")).click()
    boss.button("hand-over.choose").click()
    dialog = boss.dialog()
    dialog.get_by_role("checkbox", name=f"{name} 0", exact=True).check()
    _choose(boss, say("hand-over.give_to"), other)
    boss.button("hand-over.keep_choice", dialog).click()
    expect(page.get_by_text(say("hand-over.chosen_count", count=1), exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=say("hand-over.check"), exact=True).last.click()

    expect(page.get_by_role("heading", name=say("hand-over.check_title", count=3 * COMPANIES + 1))).to_be_visible()
    cells = page.get_by_role("row").filter(has_text=boss.words.objects("company")).get_by_role("cell")
    expect(cells).to_have_text([boss.words.objects("company"), "3", "2"])
    assert set(_owners(boss, "company", name)) == {name}
    assert violations(page) == []
    boss.button("hand-over.run_and_leave").click()
    boss.button("hand-over.run_and_leave", boss.dialog()).click()

    expect(page.get_by_role("heading", name=say("hand-over.result_done"))).to_be_visible()
    companies = _owners(boss, "company", name)
    assert (companies[0], sorted(companies)) == (other, sorted([one] * 2 + [other] * 3))
    assert _owners(boss, "contact", name) == companies
    assert _owners(boss, "task", name) in ([one], [other])
    assert boss.api("GET", f"records/member/{id_}")["status"] == "left"
    assert violations(page) == []

    page.reload()
    boss.button("hand-over.undo").click()
    boss.button("hand-over.undo", boss.dialog()).click()
    expect(page.get_by_role("heading", name=say("hand-over.result_undone"), exact=True)).to_be_visible()
    for object_key in ("company", "contact", "task"):
        assert set(_owners(boss, object_key, name)) == {name}
    assert boss.api("GET", f"records/member/{id_}")["status"] == "active"


@in_english
def test_a_rule_sends_some_of_them_elsewhere(leaver):
    boss, id_, name = leaver
    say, page = boss.say, boss.open(f"hand-over/{id_}")
    boss.button("hand-over.next").click()
    _choose(boss, say("hand-over.receivers"), "张磊")
    boss.button("hand-over.split_part", part=boss.words.objects("company")).click()
    boss.button("hand-over.add_rule").click()
    dialog = boss.dialog()
    boss.button("filter.add_rule", dialog).click()
    called = boss.words.field("company", "name")
    page.get_by_role("menuitem", name=called, exact=True).click()
    dialog.get_by_role("textbox", name=called, exact=True).fill(f"{name} 3")
    _choose(boss, say("hand-over.rule_to"), "吴倩")
    boss.button("hand-over.keep_rule", dialog).click()
    page.get_by_role("button", name=say("hand-over.check"), exact=True).last.click()

    cells = page.get_by_role("row").filter(has_text=boss.words.objects("company")).get_by_role("cell")
    expect(cells).to_have_count(3)
    assert sorted(cells.all_inner_texts()[1:]) == ["1", str(COMPANIES - 1)]
    boss.api("POST", "records/company/bulk", {"op": "delete", "where": {"field": "owner", "op": "eq", "value": id_}})


@in_chinese
def test_a_large_one_that_was_stopped_goes_on_and_comes_back(leaver):
    boss, id_, name = leaver
    many = [{"values": {"name": f"{name} more {number}", "owner": id_}} for number in range(MANY)]
    boss.api("POST", "records/company/bulk", {"op": "create", "records": many})
    (receiver,) = boss.find("member", {"field": "name", "op": "eq", "value": "张磊"})
    begun = boss.api("POST", "actions/hand-over/run", {"params": {"member": id_, "rest": [receiver["id"]]}})["result"]
    boss.api("POST", "actions/hand-over/cancel", {"params": {"hand_over": begun["id"]}})

    page = boss.open(f"hand-over/{id_}?id={begun['id']}")
    expect(page.get_by_role("heading", name=boss.say("hand-over.result_cancelled"), exact=True)).to_be_visible()
    assert violations(page) == []
    boss.button("hand-over.resume").click()
    expect(page.get_by_role("heading", name=boss.say("hand-over.result_done"))).to_be_visible()
    where = {"field": "owner", "op": "eq", "value": id_}
    assert boss.find("company", where) == []

    boss.button("hand-over.undo").click()
    boss.button("hand-over.undo", boss.dialog()).click()
    expect(page.get_by_role("heading", name=boss.say("hand-over.result_undone"), exact=True)).to_be_visible()
    assert boss.api("POST", "records/company/count", {"where": where})["count"] == COMPANIES + MANY
    boss.api("POST", "records/company/bulk", {"op": "delete", "where": where})


@in_english
def test_a_salesperson_hands_over_their_own_and_nobody_leaves(visit, language):
    with _handing_over(visit("administrator", language)):
        _hands_over_their_own(visit("salesperson", language))


@contextmanager
def _handing_over(boss):
    """While this lasts, the role of salespeople lets them hand over what is theirs."""
    (role,) = boss.find("role", {"field": "key", "op": "eq", "value": "salesperson"}, "permissions")
    objects = role["permissions"]["objects"]
    allowed = {**role["permissions"], "objects": {**objects, "*": {**objects["*"], "transfer": True}}}
    boss.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": allowed}})
    yield
    boss.api("PATCH", f"records/role/{role['id']}", {"values": {"permissions": role["permissions"]}})


def _hands_over_their_own(seller):
    me = seller.api("GET", "me")["member"]
    page = seller.open(f"hand-over/{me['id']}?leave=true")
    seller.button("hand-over.next").click()

    expect(page.get_by_text(seller.say("hand-over.keep"), exact=True)).to_be_visible()
    for word in ("hand-over.leave", "hand-over.shares", "hand-over.end_roles"):
        expect(page.get_by_text(seller.say(word), exact=True)).to_have_count(0)
