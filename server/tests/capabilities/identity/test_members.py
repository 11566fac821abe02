"""Who may change members, and what follows when they leave, return, or change their place."""

import pytest

from guanxi.capabilities.identity.models import Account, Membership
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


def _id(name: str) -> str:
    return str(world.membership(name).member_id)


def _act(client: Client, verb: str, name: str):
    return client.post(f"actions/identity/{verb}-member", {"params": {"member": _id(name)}})


def _set(client: Client, name: str, **values):
    return client.patch(f"records/member/{_id(name)}", {"values": values})


def _role(client: Client, key: str) -> str:
    where = {"field": "key", "op": "eq", "value": key}
    return client.post("records/role/query", {"where": where}).json()["rows"][0]["id"]


def _new_role(client: Client, key: str, permissions) -> str:
    return client.post("records/role", {"values": {"key": key, "name": key, "permissions": permissions}}).json()["id"]


class TestDeactivate:
    """Closing somebody's way in."""

    def test_the_session_ends_and_sign_in_is_closed(self, administrator, client):
        salesperson = client("salesperson")
        assert salesperson.get("me").status_code == 200

        answer = _act(administrator, "deactivate", "salesperson")

        assert answer.status_code == 200
        assert salesperson.get("me").status_code == 401
        assert not Account.objects.by_email(world.email("salesperson")).is_active
        assert administrator.get(f"records/member/{_id('salesperson')}").json()["status"] == "left"

    def test_setting_the_status_or_deleting_the_member_does_the_same(self, administrator, client):
        colleague, other = client("colleague"), client("other_salesperson")

        _set(administrator, "colleague", status="left")
        administrator.delete(f"records/member/{_id('other_salesperson')}")

        assert colleague.get("me").status_code == 401
        assert other.get("me").status_code == 401

    def test_an_account_with_another_workspace_only_loses_this_one(self, administrator, client):
        membership = world.membership("salesperson")
        elsewhere = world.membership("stranger")
        Membership.objects.create(
            account=membership.account, workspace=elsewhere.workspace, member_id=membership.member_id
        )
        salesperson = client("salesperson")

        _act(administrator, "deactivate", "salesperson")

        assert salesperson.get("me").status_code == 404
        session = salesperson.get("/api/v1/session").json()
        assert [one["slug"] for one in session["workspaces"]] == ["globex"]

    def test_records_of_who_left_stay_with_their_owner(self, administrator, client):
        made = client("salesperson").post("records/company", {"values": {"name": "留下的客户"}}).json()

        _act(administrator, "deactivate", "salesperson")

        owner = administrator.get(f"records/company/{made['id']}").json()["owner"]
        assert owner["id"] == _id("salesperson")
        assert client("manager").get(f"records/company/{made['id']}").status_code == 200

    def test_the_last_administrator_stays(self, administrator):
        answer = _act(administrator, "deactivate", "administrator")

        assert (answer.status_code, answer.json()["code"]) == (409, "identity.last_administrator")
        assert administrator.get("me").status_code == 200

    def test_the_last_administrator_keeps_the_role_and_is_not_deleted(self, administrator):
        assert _set(administrator, "administrator", roles=[]).json()["code"] == "identity.last_administrator"
        deleted = administrator.delete(f"records/member/{_id('administrator')}")
        assert deleted.json()["code"] == "identity.last_administrator"

    def test_an_administrator_may_go_when_another_one_remains(self, administrator):
        _set(administrator, "manager", roles=[_role(administrator, "administrator")])

        assert _act(administrator, "deactivate", "administrator").status_code == 200
        assert administrator.get("me").status_code == 401

    def test_the_member_comes_back_with_the_password_of_before(self, administrator, client):
        _act(administrator, "deactivate", "salesperson")

        answer = _act(administrator, "reactivate", "salesperson")

        assert answer.status_code == 200
        assert client("salesperson").get("me").status_code == 200

    def test_undoing_the_change_opens_the_way_again(self, administrator, client):
        change_set = _act(administrator, "deactivate", "salesperson").json()["change_set"]

        undone = administrator.post(f"change-sets/{change_set}/undo", {})

        assert undone.status_code == 200
        assert client("salesperson").get("me").status_code == 200

    def test_bringing_a_deleted_member_back_opens_the_way_only_when_it_was_open(self, administrator, client):
        _act(administrator, "deactivate", "colleague")
        for name in ("salesperson", "colleague"):
            administrator.delete(f"records/member/{_id(name)}")

        ids = [_id("salesperson"), _id("colleague")]
        administrator.post("records/member/bulk", {"op": "restore", "ids": ids})

        assert client("salesperson").get("me").status_code == 200
        assert client("colleague").get("me").status_code == 401


class TestWhoMayWrite:
    """Members and departments are in the hands of those who manage members."""

    @pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
    def test_others_change_nothing(self, client, name):
        caller = client(name)

        assert _set(caller, "colleague", title="总裁").status_code == 403
        assert caller.post("records/member", {"values": {"name": "x"}}).status_code == 403
        assert caller.delete(f"records/member/{_id('colleague')}").status_code == 403
        assert caller.post("records/department", {"values": {"name": "x"}}).status_code == 403
        assert _act(caller, "deactivate", "colleague").status_code == 403

    def test_everybody_sees_their_colleagues(self, client):
        rows = client("salesperson").post("records/member/query", {}).json()["rows"]

        assert {row["name"] for row in rows} == set(world.PEOPLE)

    def test_a_member_without_sign_in_is_legal_and_an_address_is_not_needed(self, administrator):
        answer = administrator.post("records/member", {"values": {"name": "Darcel Schlecht"}})

        assert answer.status_code == 201
        assert answer.json()["status"] == "active"

    def test_an_address_belongs_to_one_member(self, administrator):
        answer = administrator.post("records/member", {"values": {"name": "x", "email": world.email("manager")}})

        (refused,) = answer.json()["fields"]
        assert (answer.status_code, refused["field"], refused["code"]) == (422, "email", "fields.not_unique")
        assert refused["message"] == "已有记录使用此值，请换一个。"

    def test_the_address_somebody_signs_in_with_cannot_be_changed_for_them(self, administrator):
        answer = _set(administrator, "manager", email="taken-over@example.com")

        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "identity.email_is_sign_in")

    def test_the_link_to_an_account_is_never_written_by_hand(self, administrator):
        account = world.membership("manager").account_id

        answer = administrator.post("records/member", {"values": {"name": "x", "account_id": account}})

        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "account_id")


class TestGranting:
    """Nobody hands out more than they hold."""

    @pytest.fixture
    def personnel(self, administrator, client) -> Client:
        """A client of somebody who manages members, but not roles, and reads everything else."""
        permissions = {
            "objects": {"*": {"read": "all"}, "member": {"create": True, "read": "all", "edit": "all"}},
            "system": ["members"],
        }
        _set(administrator, "read_only", roles=[_new_role(administrator, "personnel", permissions)])
        return client("read_only")

    @pytest.fixture
    def invited(self, administrator) -> str:
        """An administrator who has not accepted the invitation yet."""
        params = {"email": "chief@example.com", "name": "x", "roles": ["administrator"]}
        return administrator.post("actions/identity/invite-member", {"params": params}).json()["result"]["member"]

    def test_a_role_within_the_own_rights_may_be_granted(self, personnel, administrator):
        role = _new_role(administrator, "reader", {"objects": {"*": {"read": "tree"}}})

        assert _set(personnel, "colleague", roles=[role]).status_code == 200

    def test_a_right_over_the_workspace_beyond_the_own_may_not(self, personnel, administrator):
        grant = _set(personnel, "colleague", roles=[_role(administrator, "administrator")])
        params = {"email": "x@example.com", "name": "x", "roles": ["administrator"]}
        invite = personnel.post("actions/identity/invite-member", {"params": params})

        assert (grant.status_code, grant.json()["code"]) == (403, "identity.grant_beyond_own")
        assert invite.status_code == 403

    @pytest.mark.parametrize(
        "objects",
        [
            {"*": {"read": "all", "edit": "all"}},
            {"company": {"delete": "own"}},
            {"company": {"export": True}},
            {"member": {"create": True, "read": "all", "edit": "all", "delete": "all"}},
        ],
    )
    def test_a_right_to_records_beyond_the_own_may_not(self, personnel, administrator, objects):
        role = _new_role(administrator, "wide", {"objects": objects})

        grant = _set(personnel, "read_only", roles=[role])

        assert (grant.status_code, grant.json()["code"]) == (403, "identity.grant_beyond_own")

    def test_the_invitation_of_somebody_with_more_rights_is_neither_moved_nor_sent_again(self, personnel, invited):
        moved = personnel.patch(f"records/member/{invited}", {"values": {"email": "mine@example.com"}})
        sent = personnel.post("actions/identity/resend-invitation", {"params": {"member": invited}})

        assert (moved.status_code, moved.json()["code"]) == (403, "identity.grant_beyond_own")
        assert (sent.status_code, sent.json()["code"]) == (403, "identity.grant_beyond_own")

    def test_somebody_with_more_rights_is_let_go_but_not_let_in_again(self, personnel, administrator):
        _set(administrator, "manager", roles=[_role(administrator, "administrator")])

        assert _act(personnel, "deactivate", "manager").status_code == 200
        assert _act(personnel, "reactivate", "manager").json()["code"] == "identity.grant_beyond_own"


class TestOrder:
    """Superiors and departments form trees."""

    def test_nobody_is_their_own_superior(self, administrator):
        _set(administrator, "salesperson", manager=_id("manager"))

        direct = _set(administrator, "manager", manager=_id("manager"))
        through_others = _set(administrator, "manager", manager=_id("salesperson"))

        assert direct.json()["fields"][0]["code"] == "identity.member_cycle"
        assert through_others.json()["fields"][0]["code"] == "identity.member_cycle"

    def test_a_department_never_lies_below_itself(self, administrator):
        rows = administrator.post("records/department/query", {"select": ["name"]}).json()["rows"]
        ids = {row["name"]: row["id"] for row in rows}

        answer = administrator.patch(f"records/department/{ids['head']}", {"values": {"parent": ids["east"]}})

        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "identity.department_cycle")

    def test_a_department_with_people_is_not_deleted(self, administrator):
        where = {"field": "name", "op": "eq", "value": "east"}
        east = administrator.post("records/department/query", {"where": where}).json()["rows"][0]["id"]

        assert administrator.delete(f"records/department/{east}").status_code in {409, 422}
        assert administrator.get(f"records/department/{east}").status_code == 200

    def test_nor_one_with_departments_or_positions_below_it(self, administrator):
        rows = administrator.post("records/department/query", {"select": ["name"]}).json()["rows"]
        ids = {row["name"]: row["id"] for row in rows}
        empty = administrator.make("department", name="empty", parent=ids["head"])["id"]
        administrator.make("position", member=_id("salesperson"), department=empty)

        answers = [administrator.delete(f"records/department/{id_}") for id_ in (ids["head"], empty)]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "identity.department_in_use")] * 2
        counts = [{key: one.json()["params"][key] for key in ("departments", "positions")} for one in answers]
        assert counts == [{"departments": 2, "positions": 0}, {"departments": 0, "positions": 1}]
        assert len(administrator.post("records/department/query", {}).json()["rows"]) == len(rows) + 1

    def test_empty_ones_go_together_with_those_below(self, administrator):
        above = administrator.make("department", name="above")["id"]
        below = administrator.make("department", name="below", parent=above)["id"]

        gone = administrator.post("records/department/bulk", {"op": "delete", "ids": [above, below]})

        assert (gone.status_code, gone.json()["count"]) == (200, 2)

    def test_two_moves_at_once_make_no_ring(self, administrator):
        rows = administrator.post("records/department/query", {"select": ["name"]}).json()["rows"]
        ids = {row["name"]: row["id"] for row in rows}
        moves = [
            {"id": ids["east"], "values": {"parent": ids["south"]}},
            {"id": ids["south"], "values": {"parent": ids["east"]}},
        ]

        answer = administrator.post("records/department/bulk", {"op": "update", "records": moves})

        assert answer.status_code == 422
        assert {one["code"] for one in answer.json()["fields"]} == {"identity.department_cycle"}


class TestOwnSettings:
    """Language, theme and density are everybody's own."""

    def test_settings_are_saved_for_a_role_that_may_not_edit_members(self, client):
        reader = client("read_only")

        answer = reader.patch("me", {"language": "en", "theme": "dark", "density": "compact"})

        assert answer.status_code == 200
        member = reader.get("me").json()["member"]
        assert (member["language"], member["theme"], member["density"]) == ("en", "dark", "compact")
        assert Account.objects.by_email(world.email("read_only")).language == "en"

    @pytest.mark.parametrize("values", [{"roles": []}, {"name": "x"}, {"theme": "pink"}, {"language": "fr"}])
    def test_nothing_else_is_changed_here(self, client, values):
        answer = client("read_only").patch("me", values)

        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, next(iter(values)))
