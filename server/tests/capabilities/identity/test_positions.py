"""Additional positions and delegations: who gives them, and what they may say."""

from datetime import UTC, datetime, timedelta

import pytest

from guanxi.capabilities.identity import organisation
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.kit import clock
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
_TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


def _id(name: str) -> str:
    return str(world.membership(name).member_id)


def _department(client: Client, name: str) -> str:
    where = {"field": "name", "op": "eq", "value": name}
    return client.post("records/department/query", {"where": where}).json()["rows"][0]["id"]


def _position(client: Client, name: str, department: str, **values):
    given = {"member": _id(name), "department": _department(client, department), **values}
    return client.post("records/position", {"values": given})


def _delegation(client: Client, delegate: str, **values):
    given = {"delegate": _id(delegate), "begins_on": "2026-12-01", "ends_on": "2026-12-31", **values}
    return client.post("records/delegation", {"values": given})


def _count(client: Client, object_key: str) -> int:
    return client.post(f"records/{object_key}/count", {}).json()["count"]


def _code(answer) -> str:
    body = answer.json()
    return (body.get("fields") or [body])[0]["code"]


class TestPositions:
    """A further place in the organisation."""

    def test_a_position_takes_the_title_of_the_main_one(self, administrator):
        administrator.patch(f"records/member/{_id('salesperson')}", {"values": {"title": "销售顾问"}})

        made = _position(administrator, "salesperson", "south").json()
        own = _position(administrator, "salesperson", "head", title="顾问").json()

        titles = [administrator.get(f"records/position/{one['id']}").json()["title"] for one in (made, own)]
        assert titles == ["销售顾问", "顾问"]

    @pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
    def test_only_who_manages_members_gives_positions(self, client, administrator, name):
        answer = _position(client(name), name, "head")

        assert answer.status_code == 403
        assert _count(administrator, "position") == 0

    def test_a_position_ends_after_it_begins(self, administrator):
        answer = _position(administrator, "salesperson", "south", begins_on="2026-12-02", ends_on="2026-12-01")

        assert _code(answer) == "identity.ends_before_begin"
        assert _count(administrator, "position") == 0

    def test_nobody_holds_a_department_twice_at_a_time(self, administrator):
        _position(administrator, "salesperson", "south", ends_on="2026-12-01")

        assert _code(_position(administrator, "salesperson", "south")) == "identity.position_twice"
        assert _position(administrator, "salesperson", "south", begins_on="2026-12-02").status_code == 201
        assert _position(administrator, "colleague", "south").status_code == 201
        assert _count(administrator, "position") == 3

    def test_positions_go_with_their_member_and_keep_their_department(self, administrator):
        _position(administrator, "salesperson", "south")

        kept = administrator.delete(f"records/department/{_department(administrator, 'south')}")
        administrator.delete(f"records/member/{_id('salesperson')}")

        assert kept.status_code == 409
        assert _count(administrator, "position") == 0

    def test_a_position_opens_what_its_department_holds_while_it_lasts(self, client, administrator):
        permissions = {"objects": {"*": {"read": "department"}}}
        role = administrator.make("role", key="team", name="team", permissions=permissions)
        administrator.patch(f"records/member/{_id('salesperson')}", {"values": {"roles": [role["id"]]}})
        company = client("other_salesperson").make("company", name="华南客户")["id"]
        where = f"records/company/{company}"
        assert client("salesperson").get(where).status_code == 404

        later = str(_TODAY + timedelta(days=1))
        made = _position(administrator, "salesperson", "south", begins_on=later).json()
        assert client("salesperson").get(where).status_code == 404
        for begins_on, ends_on, status in ((str(_TODAY), None, 200), ("2020-01-01", "2020-12-31", 404)):
            values = {"begins_on": begins_on, "ends_on": ends_on}
            administrator.patch(f"records/position/{made['id']}", {"values": values})
            assert client("salesperson").get(where).status_code == status


class TestDelegations:
    """Standing in for somebody."""

    def test_a_delegate_reaches_what_the_other_one_owns_while_it_lasts(self, client):
        salesperson = client("salesperson")
        company = salesperson.make("company", name="休假前的客户")["id"]
        where = f"records/company/{company}"
        later = _TODAY + timedelta(days=1)
        made = _delegation(salesperson, "other_salesperson", begins_on=str(later), ends_on=str(later)).json()
        assert client("other_salesperson").get(where).status_code == 404

        salesperson.patch(f"records/delegation/{made['id']}", {"values": {"begins_on": str(_TODAY)}})
        assert client("other_salesperson").patch(where, {"values": {"level": "A"}}).status_code == 200
        assert client("colleague").get(where).status_code == 404

        salesperson.delete(f"records/delegation/{made['id']}")
        assert client("other_salesperson").get(where).status_code == 404

    def test_everybody_lets_somebody_stand_in_for_themselves(self, client):
        answer = _delegation(client("salesperson"), "colleague")

        assert answer.status_code == 201, answer.content
        made = client("salesperson").get(f"records/delegation/{answer.json()['id']}").json()
        assert (made["member"]["title"], made["name"]) == ("salesperson", "salesperson → colleague")

    def test_nobody_does_so_for_somebody_else(self, client, administrator):
        refused = _delegation(client("salesperson"), "salesperson", member=_id("colleague"))
        made = _delegation(client("colleague"), "manager").json()

        taken = client("salesperson").patch(
            f"records/delegation/{made['id']}", {"values": {"member": _id("salesperson")}}
        )
        ended = client("salesperson").delete(f"records/delegation/{made['id']}")

        assert [refused.status_code, taken.status_code, ended.status_code] == [403, 403, 403]
        assert _code(refused) == "identity.delegation_not_own"
        assert _count(administrator, "delegation") == 1

    def test_nor_gives_their_own_to_the_name_of_another(self, client):
        made = _delegation(client("salesperson"), "manager").json()

        answer = client("salesperson").patch(
            f"records/delegation/{made['id']}", {"values": {"member": _id("colleague")}}
        )

        assert answer.status_code == 403

    def test_who_manages_members_does_it_for_anybody(self, administrator):
        assert _delegation(administrator, "colleague", member=_id("salesperson")).status_code == 201

    def test_delegates_are_others_who_are_there(self, client, administrator):
        administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("colleague")}})

        assert _code(_delegation(client("salesperson"), "salesperson")) == "identity.delegation_to_self"
        assert _code(_delegation(client("salesperson"), "colleague")) == "identity.delegate_left"
        assert _count(administrator, "delegation") == 0

    def test_nobody_stands_in_twice_at_a_time(self, client):
        salesperson = client("salesperson")
        _delegation(salesperson, "colleague")

        assert _code(_delegation(salesperson, "colleague", begins_on="2026-12-31")) == "identity.delegation_twice"
        later = _delegation(salesperson, "colleague", begins_on="2027-01-01", ends_on="2027-01-02")
        assert later.status_code == 201
        assert _delegation(salesperson, "manager").status_code == 201

    def test_names_follow_people(self, client, administrator):
        made = _delegation(client("salesperson"), "colleague").json()

        administrator.patch(f"records/member/{_id('colleague')}", {"values": {"name": "王磊"}})

        assert administrator.get(f"records/delegation/{made['id']}").json()["name"] == "salesperson → 王磊"

    def test_without_an_end_it_is_no_delegation(self, client):
        answer = _delegation(client("salesperson"), "colleague", ends_on=None)

        assert answer.json()["fields"][0]["code"] == "fields.required"

    def test_it_holds_for_the_whole_last_day_where_the_company_is(self, client, monkeypatch):
        last = _TODAY + timedelta(days=2)
        assert (
            _delegation(client("salesperson"), "colleague", begins_on=str(_TODAY), ends_on=str(last)).status_code == 201
        )
        delegate, member = (world.membership(name).member_id for name in ("colleague", "salesperson"))
        midnight = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(hours=16)

        def delegators(moment: datetime):
            monkeypatch.setattr(clock, "now", lambda: moment)
            row = WorkspaceRow.objects.get(pk=world.workspace().id)
            return organisation.organisation_of(row).people[delegate].delegators

        assert delegators(midnight - timedelta(minutes=1)) == (member,)
        assert delegators(midnight + timedelta(minutes=1)) == ()

    def test_who_leaves_stands_in_for_nobody_and_the_undo_brings_it_back(self, client, administrator):
        until, soon = str(_TODAY + timedelta(days=9)), str(_TODAY + timedelta(days=5))
        begun = _delegation(client("salesperson"), "colleague", begins_on=str(_TODAY), ends_on=until).json()["id"]
        to_come = _delegation(client("manager"), "colleague", begins_on=soon, ends_on=until).json()["id"]
        own = _delegation(client("colleague"), "manager", begins_on=str(_TODAY), ends_on=until).json()["id"]

        def ends() -> list[str | None]:
            answers = [administrator.get(f"records/delegation/{id_}") for id_ in (begun, to_come, own)]
            return [one.json()["ends_on"] if one.status_code == 200 else None for one in answers]

        params = {"member": _id("colleague")}
        left = administrator.post("actions/identity/deactivate-member", {"params": params})
        assert ends() == [str(_TODAY), None, until]

        undone = administrator.post(f"change-sets/{left.json()['change_set']}/undo", {})
        assert undone.status_code == 200, undone.content
        assert ends() == [until, until, until]
