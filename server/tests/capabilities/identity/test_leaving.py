"""Joining and leaving on a day: the last day counts whole, as it is where the company is."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from guanxi.capabilities.identity import sign_in
from guanxi.capabilities.identity.leaving import deactivate_leavers_of
from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.organisation import at_present
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads
from tests.capabilities.access_keys.conftest import Program
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


def _set(client: Client, name: str, **values):
    return client.patch(f"records/member/{_id(name)}", {"values": values})


def _member(name: str) -> dict:
    member = world.membership(name).member_id
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return reads.native(ctx, "member", [member], ("status", "left_on", "joined_on"))[member]


def _night_of(day: date, hour: int = 0) -> datetime:
    """A moment in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def test_a_member_leaves_when_the_last_day_has_passed(administrator, client):
    last = _TODAY + timedelta(days=3)
    _set(administrator, "salesperson", left_on=str(last))
    salesperson = client("salesperson")

    on_the_day = deactivate_leavers_of(world.workspace(), _night_of(last, 23))
    assert (on_the_day, salesperson.get("me").status_code) == (0, 200)
    after = deactivate_leavers_of(world.workspace(), _night_of(last + timedelta(days=1)))

    assert (after, salesperson.get("me").status_code) == (1, 401)
    assert _member("salesperson") | {} == {"status": "left", "left_on": last, "joined_on": None}


def test_leaving_now_makes_today_the_last_day(administrator):
    administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("salesperson")}})

    assert _member("salesperson")["left_on"] == _TODAY


def test_leaving_later_keeps_the_way_in_open(administrator, client):
    params = {"member": _id("salesperson"), "on": str(_TODAY + timedelta(days=1))}

    administrator.post("actions/identity/deactivate-member", {"params": params})

    assert client("salesperson").get("me").status_code == 200
    assert _member("salesperson")["left_on"] == _TODAY + timedelta(days=1)


def test_a_last_day_in_the_past_deactivates_at_once(administrator, client):
    salesperson = client("salesperson")

    _set(administrator, "salesperson", left_on=str(_TODAY - timedelta(days=1)))

    assert salesperson.get("me").status_code == 401


def test_whoever_comes_back_has_no_last_day(administrator, client):
    administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("salesperson")}})

    params = {"member": _id("salesperson"), "joined_on": str(_TODAY)}
    administrator.post("actions/identity/reactivate-member", {"params": params})

    assert _member("salesperson") == {"status": "active", "left_on": None, "joined_on": _TODAY}
    assert client("salesperson").get("me").status_code == 200


def test_the_last_administrator_stays_and_others_still_go(administrator):
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_member SET left_on = '2020-01-01' WHERE name IN ('administrator', 'colleague')")

    assert deactivate_leavers_of(world.workspace(), datetime.now(UTC)) == 1

    assert _member("administrator")["status"] == "active"
    assert _member("colleague")["status"] == "left"


def test_nobody_leaves_before_joining(administrator):
    answer = _set(administrator, "salesperson", joined_on="2026-05-01", left_on="2026-04-30")

    assert answer.json()["fields"][0]["code"] == "identity.leaves_before_joining"
    assert _member("salesperson") == {"status": "active", "left_on": None, "joined_on": None}


@pytest.fixture
def led(administrator) -> dict[str, str]:
    """The department that the salesperson heads; the colleague reports to them, and they to the manager."""
    where = {"where": {"field": "name", "op": "eq", "value": "south"}}
    (south,) = administrator.post("records/department/query", where).json()["rows"]
    administrator.patch(f"records/department/{south['id']}", {"values": {"head": _id("salesperson")}})
    _set(administrator, "colleague", manager=_id("salesperson"))
    _set(administrator, "salesperson", manager=_id("manager"))
    return {"department": south["id"]}


def _leads(administrator: Client, led: dict[str, str]) -> tuple[str | None, str | None]:
    """Head of the department, superior of the colleague."""
    head = administrator.get(f"records/department/{led['department']}").json()["head"]
    manager = administrator.get(f"records/member/{_id('colleague')}").json()["manager"]
    return head and head["title"], manager and manager["title"]


def test_who_leaves_heads_nothing_and_their_people_go_to_the_superior_above(administrator, led):
    assert _leads(administrator, led) == ("salesperson", "salesperson")
    params = {"params": {"member": _id("salesperson")}}

    answer = administrator.post("actions/identity/deactivate-member", params)

    assert _leads(administrator, led) == (None, "manager")
    undone = administrator.post(f"change-sets/{answer.json()['change_set']}/undo", {})
    assert (undone.status_code, undone.json()["conflicts"]) == (200, [])
    assert _leads(administrator, led) == ("salesperson", "salesperson")


def test_nor_does_who_leaves_at_night_and_superiors_who_left_before_are_passed_over(administrator, led):
    administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("manager")}})
    _set(administrator, "salesperson", manager=_id("manager"), left_on=str(_TODAY + timedelta(days=1)))
    _set(administrator, "manager", manager=_id("administrator"))

    assert deactivate_leavers_of(world.workspace(), _night_of(_TODAY + timedelta(days=2))) == 1

    assert _leads(administrator, led) == (None, "administrator")


def test_the_organisation_names_no_head_or_superior_who_is_not_there(administrator, led):
    department, colleague = UUID(led["department"]), world.membership("colleague").member_id
    salesperson = world.membership("salesperson").member_id

    def answered(sets: str) -> tuple[UUID | None, UUID | None]:
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            ctx.run(f"UPDATE rec_member SET {sets} WHERE id = $1", [salesperson])
            organisation = at_present(ctx)
            return organisation.head_of(department), organisation.superior_of(colleague)

    assert answered("joined_on = NULL") == (salesperson, salesperson)
    assert answered(f"joined_on = '{_TODAY + timedelta(days=1)}'") == (None, None)
    assert answered("joined_on = NULL, status = 'left'") == (None, None)
    assert answered("status = 'invited'") == (None, None)


def _signs_in(name: str):
    body = {"email": world.email(name), "password": world.PASSWORD}
    return Client().post("/_allauth/browser/v1/auth/login", body)


def test_nobody_signs_in_before_their_first_day(administrator, client):
    at_work = client("salesperson")
    roles = [one["id"] for one in at_work.get("access-keys").json()["roles"]]
    made = at_work.post("actions/access-keys/create-key", {"params": {"name": "同步", "roles": roles}}).json()
    program = Program(made["result"]["secret"])
    assert (at_work.get("me").status_code, program.get("me").status_code) == (200, 200)

    _set(administrator, "salesperson", joined_on=str(_TODAY + timedelta(days=1)))

    for answer in (at_work.get("me"), program.get("me"), _signs_in("salesperson")):
        assert (answer.status_code, answer.json()["code"]) == (403, "identity.not_yet_joined")
    assert at_work.get("me", Accept_Language="en").json()["detail"].startswith("Your first working day")
    _set(administrator, "salesperson", joined_on=str(_TODAY))
    assert (at_work.get("me").status_code, program.get("me").status_code) == (200, 200)
    assert _signs_in("salesperson").status_code == 200


def test_who_works_elsewhere_already_signs_in_there(administrator):
    """Only the workspace that they have yet to join is closed."""
    newcomer = administrator.make("member", name="新人", joined_on=str(_TODAY + timedelta(days=1)))
    account = Account.objects.by_email(world.email("stranger"))
    sign_in.link(account, workspace_id=world.workspace().id, member_id=UUID(newcomer["id"]))
    there = Client.signed_in_as("stranger", world.OTHER_WORKSPACE)

    assert (_signs_in("stranger").status_code, there.get("me").status_code) == (200, 200)
    here = there.django.get(f"/api/v1/{world.WORKSPACE}/me")
    assert (here.status_code, here.json()["code"]) == (403, "identity.not_yet_joined")


def test_the_only_administrator_does_not_shut_themselves_out_until_a_day_to_come(administrator):
    answer = _set(administrator, "administrator", joined_on=str(_TODAY + timedelta(days=1)))

    assert (answer.status_code, answer.json()["code"]) == (409, "identity.last_administrator")
    assert _member("administrator")["joined_on"] is None


def test_nobody_sets_their_own_last_day(client):
    assert _set(client("salesperson"), "salesperson", left_on=str(_TODAY)).status_code == 403
