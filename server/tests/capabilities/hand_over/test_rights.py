"""Who may hand over what, to whom, and what of it anybody learns."""

import pytest

from tests.capabilities.hand_over.conftest import act, member, ok, owners, remains_of, snapshot
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import allow

pytestmark = pytest.mark.usefixtures("database")


def _role(client: Client, key: str, permissions) -> str:
    values = {"key": key, "name": key, "permissions": permissions}
    answer = client.post("records/role", {"values": values})
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def _give(client: Client, name: str, *roles: str) -> None:
    answer = client.patch(f"records/member/{member(name)}", {"values": {"roles": list(roles)}})
    assert answer.status_code == 200, answer.content


def _refused(answer) -> str:
    body = answer.json()
    return (body.get("fields") or [body])[0]["code"]


def test_whoever_may_hand_over_hands_over_what_is_theirs(held):
    allow("salesperson", transfer=True)
    client = Client.signed_in_as("salesperson")

    done = ok(act(client, "run", member=member("salesperson"), rest=[member("colleague")], keep="read"))

    assert set(owners("company", held.ids["company"])) == {"colleague"}
    assert client.get(f"records/company/{held.ids['company'][0]}").status_code == 200
    assert remains_of("salesperson").keys() == {"member.manager", "shares"}
    undone = ok(act(client, "undo", hand_over=done["id"]))
    assert undone["conflicts"] == []
    assert set(owners("company", held.ids["company"])) == {"salesperson"}


def test_a_manager_hands_over_what_the_team_holds_but_not_what_is_private(held):
    manager = Client.signed_in_as("manager")

    ok(act(manager, "run", member=member("salesperson"), rest=[member("colleague")]))

    assert set(owners("company", held.ids["company"])) == {"colleague"}
    assert remains_of("salesperson") == {"view.owner": 2, "member.manager": 1}


@pytest.mark.parametrize("name", ["colleague", "other_salesperson"])
def test_who_may_not_see_records_hands_none_over_and_learns_of_none(held, name):
    client, before = Client.signed_in_as(name), snapshot()

    answer = act(client, "run", member=member("salesperson"), rest=[member(name)])
    found = client.get(f"members/{member('salesperson')}/holdings").json()

    assert (answer.status_code, _refused(answer)) == (409, "hand_over.nothing")
    assert found["parts"] == []
    assert {
        found[key] for key in ("shares_received", "shares_given", "positions", "delegations", "jobs", "approvals")
    } == {None}
    assert snapshot() == before


def test_who_only_reads_hands_nothing_over(administrator, held):
    role = _role(administrator, "reader", {"objects": {"*": {"read": "all"}}})
    _give(administrator, "read_only", role)
    client, before = Client.signed_in_as("read_only"), snapshot()

    for verb in ("check", "run"):
        answer = act(client, verb, member=member("salesperson"), rest=[member("read_only")])
        assert (answer.status_code, _refused(answer)) == (403, "hand_over.not_allowed")

    assert client.get(f"members/{member('salesperson')}/holdings").json()["parts"] == []
    assert snapshot() == before


@pytest.mark.parametrize(
    "more", [{"leave": True}, {"shares": "move"}, {"shares": "end"}, {"positions": "end"}, {"delegations": "end"}]
)
@pytest.mark.parametrize("name", ["salesperson", "manager"])
def test_what_reaches_beyond_records_is_for_who_manages_members(held, name, more):
    before = snapshot()

    answer = act(Client.signed_in_as(name), "run", member=member("salesperson"), rest=[member("colleague")], **more)

    assert (answer.status_code, _refused(answer)) == (403, "hand_over.members_right_needed")
    assert snapshot() == before


def test_without_the_right_to_hand_over_an_object_its_records_stay(administrator, held):
    rights = {"read": "own", "edit": "own", "create": True}
    role = _role(administrator, "keeper", {"objects": {"*": rights, "company": {**rights, "transfer": False}}})
    _give(administrator, "salesperson", role)
    client = Client.signed_in_as("salesperson")

    refused = act(
        client, "run", member=member("salesperson"), splits=[{"part": "company.owner", "rest": [member("colleague")]}]
    )
    ok(act(client, "run", member=member("salesperson"), rest=[member("colleague")]))

    assert (refused.status_code, _refused(refused)) == (422, "hand_over.part_unknown")
    assert set(owners("company", held.ids["company"])) == {"salesperson"}
    assert set(owners("contact", held.ids["contact"])) == {"colleague"}
    parts = {one["part"] for one in client.get(f"members/{member('salesperson')}/holdings").json()["parts"]}
    assert "company.owner" not in parts


class TestWhoManagesMembersAlone:
    """Somebody of the personnel department, who reads no customers."""

    @pytest.fixture
    def personnel(self, administrator, held) -> Client:
        """A client of somebody with the system right and nothing else."""
        role = _role(
            administrator, "personnel",
            {"objects": {"member": {"read": "all", "edit": "all"}, "department": {"read": "all"}}, "system": ["members"]},
        )  # fmt: skip
        _give(administrator, "read_only", role)
        return Client.signed_in_as("read_only")

    def test_everything_goes_over_and_comes_back_unseen(self, personnel, held):
        before = snapshot()
        found = personnel.get(f"members/{member('salesperson')}/holdings").json()
        counts = {one["part"]: (one["count"], one["seen"]) for one in found["parts"]}
        assert (counts["company.owner"], counts["view.owner"], counts["member.manager"]) == ((6, 0), (2, 0), (1, 1))

        done = ok(act(personnel, "run", member=member("salesperson"), rest=[member("colleague")]))

        assert set(owners("company", held.ids["company"])) == {"colleague"}
        assert personnel.get(f"records/company/{held.ids['company'][0]}").status_code == 404
        ok(act(personnel, "undo", hand_over=done["id"]))
        assert snapshot() == before

    def test_rules_tell_nothing_of_records_that_are_not_read(self, personnel):
        rule = {"where": {"field": "level", "op": "eq", "value": "A"}, "to": member("manager")}
        splits = [{"part": "company.owner", "rules": [rule]}]
        asked = {"member": member("salesperson"), "rest": [member("colleague")], "splits": splits}

        checked = ok(act(personnel, "check", **asked))

        (companies,) = [part for part in checked["parts"] if part["part"] == "company.owner"]
        assert [to["count"] for to in companies["to"]] == [6]

    def test_rules_compare_no_field_that_is_hidden_or_masked(self, administrator, held):
        reads = {"read": "all", "edit": "all"}
        for level in ("hidden", "masked"):
            objects = {"*": reads, "company": {**reads, "fields": {"phone": level}}}
            role = _role(administrator, f"sees_{level}", {"objects": objects, "system": ["members"]})
            _give(administrator, "read_only", role)
            rule = {"where": {"field": "phone", "op": "starts_with", "value": "138"}, "to": member("manager")}
            splits = [{"part": "company.owner", "rules": [rule]}]

            answer = act(Client.signed_in_as("read_only"), "check", member=member("salesperson"), splits=splits)

            expected = "query.unknown_field" if level == "hidden" else "query.field_masked"
            assert (answer.status_code, _refused(answer)) == (400, expected)

    def test_chosen_records_are_only_those_that_the_giver_holds(self, personnel):
        others = Client.signed_in_as("colleague").make("company", name="别人的客户")["id"]
        before = snapshot()
        chosen = [{"records": [others], "to": member("manager")}]

        answer = act(
            personnel, "run", member=member("salesperson"), splits=[{"part": "company.owner", "chosen": chosen}]
        )

        assert _refused(answer) == "hand_over.not_held"
        assert snapshot() == before


class TestReceivers:
    """To whom records may go."""

    @pytest.mark.parametrize(
        ("status", "code"), [("left", "hand_over.receiver_left"), ("invited", "hand_over.receiver_invited")]
    )
    def test_a_receiver_is_active(self, administrator, held, status, code):
        answer = administrator.patch(f"records/member/{member('colleague')}", {"values": {"status": status}})
        assert answer.status_code == 200, answer.content
        before = snapshot()

        for place in ({"rest": [member("colleague")]}, _split("rest"), _split("chosen"), _split("rules")):
            answer = act(administrator, "run", member=member("salesperson"), **place)
            assert (answer.status_code, _refused(answer)) == (422, code)

        assert snapshot() == before

    def test_nobody_hands_over_to_themselves(self, administrator, held):
        answer = act(administrator, "run", member=member("salesperson"), rest=[member("salesperson")])

        assert _refused(answer) == "hand_over.receiver_is_giver"

    @pytest.mark.parametrize("id_", ["01900000-0000-7000-8000-000000000001", world.STRANGER])
    def test_somebody_else_s_people_are_nobody(self, administrator, held, id_):
        receiver = member(id_) if id_ == world.STRANGER else id_

        answer = act(administrator, "run", member=member("salesperson"), rest=[receiver])
        giver = act(administrator, "run", member=receiver, rest=[member("colleague")])

        assert (answer.status_code, _refused(answer)) == (422, "fields.reference_not_found")
        assert (giver.status_code, _refused(giver)) == (404, "records.not_found")

    def test_receivers_who_would_not_see_what_they_get_are_told(self, administrator, held):
        role = _role(administrator, "blind", {"objects": {"contact": {"read": "own"}}})
        _give(administrator, "colleague", role)

        checked = ok(act(administrator, "check", member=member("salesperson"), rest=[member("colleague")]))

        blind = {(one["member"]["title"], one["object"]) for one in checked["blind"]}
        assert ("colleague", "company") in blind
        assert ("colleague", "contact") not in blind


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"owner": "x"}, "owner"),
        ({"splits": [{"part": "company.owner", "to": "x"}]}, "splits.0.to"),
        ({"splits": [{"part": "company.owner", "rules": [{"where": {}}]}]}, "splits.0.rules.0.to"),
        ({"keep": "delete"}, "keep"),
    ],
)
def test_what_is_not_understood_is_refused(administrator, asked, where):
    answer = act(administrator, "run", **{"member": member("salesperson"), **asked})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["fields"]] == [where]


def test_nobody_else_sees_or_undoes_a_hand_over(administrator, held):
    done = ok(act(administrator, "run", member=member("salesperson"), rest=[member("colleague")]))
    before = snapshot()

    for name in ("salesperson", "colleague", "manager", "read_only"):
        client = Client.signed_in_as(name)
        assert client.get(f"hand-overs/{done['id']}").status_code == 404
        assert client.get("hand-overs").json()["hand_overs"] == []
        assert act(client, "undo", hand_over=done["id"]).status_code == 404
        assert act(client, "cancel", hand_over=done["id"]).status_code == 404

    assert snapshot() == before
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    assert stranger.get(f"hand-overs/{done['id']}").status_code == 404


def _split(how: str):
    to = member("colleague")
    told = {"rest": [to], "chosen": [{"records": [], "to": to}], "rules": [{"where": {}, "to": to}]}
    return {"splits": [{"part": "company.owner", how: told[how]}]}
