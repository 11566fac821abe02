"""Handing over what somebody holds: split among receivers, checked, run as one change set, and undone."""

from collections import Counter

import pytest

from tests.capabilities.hand_over.conftest import act, member, ok, owners, remains_of, snapshot
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")

RECEIVERS = ("other_salesperson", "manager")


def _ids(*names: str) -> list[str]:
    return [member(name) for name in names]


def _numbers(report) -> dict[str, dict[str, int]]:
    return {
        part["part"]: {(to["member"] or {"title": None})["title"]: to["count"] for to in part["to"]}
        for part in report["parts"]
    }


def _counts(report):
    parts = [
        {k: v for k, v in part.items() if k != "to"} | {"to": sorted(map(str, part["to"]))} for part in report["parts"]
    ]
    return sorted(parts, key=lambda part: part["part"]), report["shares"], report["kept"], report["refused"]


def test_everything_goes_to_one_receiver_and_comes_back(administrator, held):
    before = snapshot()

    done = ok(act(administrator, "run", member=member("salesperson"), rest=_ids("other_salesperson")))

    assert done["state"] == "done"
    assert remains_of("salesperson") == {}
    assert _numbers(done)["company.owner"] == {"other_salesperson": 6}
    assert Client.signed_in_as("salesperson").post("records/company/count", {}).json()["count"] == 0
    assert Client.signed_in_as("other_salesperson").get("search?q=客户3").json()["hits"]
    undone = ok(act(administrator, "undo", hand_over=done["id"]))
    assert (undone["conflicts"], undone["hand_over"]["state"]) == ([], "undone")
    assert snapshot() == before


def test_an_even_split_keeps_together_what_belongs_together(administrator, held):
    done = ok(act(administrator, "run", member=member("salesperson"), rest=_ids(*RECEIVERS)))

    companies = owners("company", held.ids["company"])
    assert Counter(companies) == {"other_salesperson": 3, "manager": 3}
    assert owners("contact", held.ids["contact"]) == companies
    assert owners("opportunity", held.ids["opportunity"]) == companies
    assert owners("note", held.ids["note"]) == companies
    assert owners("task", held.ids["task"][:-1]) == [one for one in companies for _ in range(3)]
    assert _numbers(done)["contact.owner"] == {"other_salesperson": 3, "manager": 3}


def test_parts_are_split_by_themselves_when_they_need_not_stay_together(administrator, held):
    splits = [{"part": "contact.owner", "rest": _ids("colleague")}]

    ok(act(administrator, "run", member=member("salesperson"), rest=_ids(*RECEIVERS), splits=splits, together=False))

    assert set(owners("contact", held.ids["contact"])) == {"colleague"}
    assert Counter(owners("opportunity", held.ids["opportunity"])) == {"other_salesperson": 3, "manager": 3}


def test_rules_go_in_their_order_and_hands_before_rules(administrator, held):
    where = {"field": "level", "op": "in", "value": ["A", "B"]}
    split = {
        "part": "company.owner",
        "chosen": [{"records": held.ids["company"][:1], "to": member("colleague")}],
        "rules": [
            {"where": {"field": "level", "op": "eq", "value": "A"}, "to": member("manager")},
            {"where": where, "to": member("other_salesperson")},
        ],
        "rest": [],
    }

    done = ok(act(administrator, "run", member=member("salesperson"), rest=_ids("read_only"), splits=[split]))

    expected = ["colleague", "other_salesperson", "salesperson", "manager", "other_salesperson", "salesperson"]
    assert owners("company", held.ids["company"]) == expected
    companies = next(part for part in done["parts"] if part["part"] == "company.owner")
    assert companies["left"] == 2
    kept = [one if one != "salesperson" else "read_only" for one in expected]
    assert owners("contact", held.ids["contact"]) == kept


def test_a_part_that_is_not_taken_stays(administrator, held):
    splits = [{"part": "view.owner", "take": False}, {"part": "member.manager", "take": False}]

    ok(act(administrator, "run", member=member("salesperson"), rest=_ids("manager"), splits=splits))

    assert remains_of("salesperson") == {"view.owner": 2, "member.manager": 1}


def test_only_what_is_open_goes_when_asked_for(administrator, held):
    ok(act(administrator, "run", member=member("salesperson"), rest=_ids("manager"), only_open=True))

    tasks = owners("task", held.ids["task"])
    assert Counter(tasks) == {"manager": 13, "salesperson": 6}


def test_the_check_gives_the_numbers_of_the_run_and_keeps_nothing(administrator, held):
    Client.signed_in_as("colleague").make("company", name="共享给离职者")
    asked = {"member": member("salesperson"), "rest": _ids(*RECEIVERS), "keep": "read", "only_open": True}
    before = snapshot()

    checked = ok(act(administrator, "check", **asked))
    assert snapshot() == before
    done = ok(act(administrator, "run", **asked))

    assert (checked["state"], done["state"]) == ("checked", "done")
    assert _counts(checked) == _counts(done)
    assert checked["change_set"] is None


class TestPeople:
    """People and departments that name the giver."""

    def test_reports_get_the_receiver_as_their_superior(self, administrator, held):
        ok(act(administrator, "run", member=member("salesperson"), rest=_ids("manager")))

        assert administrator.get(f"records/member/{member('colleague')}").json()["manager"]["id"] == member("manager")

    def test_nobody_becomes_their_own_superior(self, administrator, held):
        boss = {"values": {"manager": member("administrator")}}
        administrator.patch(f"records/member/{member('salesperson')}", boss)
        below = {"values": {"manager": member("colleague")}}
        administrator.patch(f"records/member/{member('other_salesperson')}", below)

        done = ok(act(administrator, "run", member=member("salesperson"), rest=_ids("other_salesperson")))

        assert done["refused"] == []
        row = administrator.get(f"records/member/{member('colleague')}").json()
        assert row["manager"]["id"] == member("administrator")

    def test_departments_get_another_head(self, administrator, held):
        (east,) = administrator.post(
            "records/department/query", {"where": {"field": "name", "op": "eq", "value": "east"}}
        ).json()["rows"]
        administrator.patch(f"records/department/{east['id']}", {"values": {"head": member("salesperson")}})

        ok(act(administrator, "run", member=member("salesperson"), rest=_ids("manager")))

        assert administrator.get(f"records/department/{east['id']}").json()["head"]["id"] == member("manager")


class TestShares:
    """What was shared with the giver, and what the giver keeps."""

    @pytest.fixture
    def shared(self, held) -> str:
        """A company of the colleague, shared with the giver for editing."""
        colleague = Client.signed_in_as("colleague")
        company = colleague.make("company", name="同事的客户")["id"]
        share = {"level": "edit", "member": member("salesperson")}
        assert colleague.post(f"records/company/{company}/shares", share).status_code == 200
        return company

    def _shares(self, company: str):
        rows = Client.signed_in_as("administrator").get(f"records/company/{company}/shares").json()["shares"]
        return {(one["receiver"]["title"], one["level"]) for one in rows}

    def test_received_shares_move_and_come_back(self, administrator, shared):
        before = snapshot()
        asked = {"member": member("salesperson"), "rest": _ids("other_salesperson"), "shares": "move"}

        done = ok(act(administrator, "run", **asked))

        assert self._shares(shared) == {("other_salesperson", "edit")}
        assert done["shares"] == 1
        ok(act(administrator, "undo", hand_over=done["id"]))
        assert snapshot() == before

    def test_the_wider_of_two_shares_is_left(self, administrator, shared):
        share = {"level": "read", "member": member("other_salesperson")}
        Client.signed_in_as("colleague").post(f"records/company/{shared}/shares", share)
        before = snapshot()

        asked = {"member": member("salesperson"), "rest": _ids("other_salesperson"), "shares": "move"}
        done = ok(act(administrator, "run", **asked))

        assert self._shares(shared) == {("other_salesperson", "edit")}
        ok(act(administrator, "undo", hand_over=done["id"]))
        assert snapshot() == before

    def test_a_share_of_the_receivers_own_record_just_ends(self, administrator, shared):
        asked = {"member": member("salesperson"), "rest": _ids("colleague"), "shares": "move"}

        ok(act(administrator, "run", **asked))

        assert self._shares(shared) == set()

    def test_received_shares_end_when_asked_for(self, administrator, shared):
        ok(act(administrator, "run", member=member("salesperson"), rest=_ids("manager"), shares="end"))

        assert self._shares(shared) == set()

    @pytest.mark.parametrize(("keep", "edits"), [("read", 403), ("edit", 200)])
    def test_the_giver_keeps_what_is_asked_for(self, administrator, held, keep, edits):
        before = snapshot()
        asked = {"member": member("salesperson"), "rest": _ids("other_salesperson"), "keep": keep}

        done = ok(act(administrator, "run", **asked))

        giver = Client.signed_in_as("salesperson")
        company = f"records/company/{held.ids['company'][0]}"
        assert giver.get(company).status_code == 200
        assert giver.patch(company, {"values": {"level": "C"}}).status_code == edits
        assert giver.delete(company).status_code == 403
        if keep == "read":
            ok(act(administrator, "undo", hand_over=done["id"]))
            assert snapshot() == before

    def test_nothing_is_kept_by_default(self, administrator, held):
        ok(act(administrator, "run", member=member("salesperson"), rest=_ids("other_salesperson")))

        assert Client.signed_in_as("salesperson").get(f"records/company/{held.ids['company'][0]}").status_code == 404

    def test_views_that_are_private_are_not_shared(self, administrator, held):
        ok(act(administrator, "run", member=member("salesperson"), rest=_ids("other_salesperson"), keep="read"))

        giver = Client.signed_in_as("salesperson")
        assert giver.get(f"records/view/{held.ids['view'][0]}").status_code == 404

    def test_the_list_of_change_sets_undoes_shares_too(self, administrator, shared):
        before = snapshot()
        asked = {"member": member("salesperson"), "rest": _ids("other_salesperson"), "shares": "move", "keep": "read"}
        answer = act(administrator, "run", **asked).json()

        undone = administrator.post(f"change-sets/{answer['change_set']}/undo", {})

        assert undone.status_code == 200, undone.content
        assert snapshot() == before
        row = administrator.get(f"hand-overs/{answer['result']['id']}").json()
        assert row["state"] == "undone"
