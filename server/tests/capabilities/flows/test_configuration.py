"""Flows as configuration files: carried to another workspace, compared, and taken back."""

import tomllib
from typing import Any

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation, rule
from tests.engine.bundles.carrying import differences, files_of
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

CREATED = {"kind": "record.created", "settings": {}}
SECRET = "s3cret-of-the-other-system"


@pytest.fixture
def there() -> Client:
    """Whoever looks after another workspace, in which nothing was made."""
    return Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)


def flows_in(files: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The flows of a configuration by name."""
    found = [tomllib.loads(text) for path, text in files.items() if path.startswith("flows/")]
    return {one["name"]: one for one in found}


def apply(client: Client, files: dict[str, str], **params: Any) -> Any:
    """Apply files."""
    return client.post("actions/configuration/apply", {"params": {"files": files, **params}})


def a_pair(automation: Automation) -> None:
    """A flow that asks a role and sends a secret, and one that it starts."""
    params = {"name": "crm_token", "host": "api.example.com", "value": SECRET}
    assert automation.admin.post("actions/flows/set-secret", {"params": params}).status_code == 200
    notify = {
        "kind": "notify",
        "settings": {"people": [{"kind": "role", "role": "salesperson"}], "subject": "看 {name}"},
    }
    inner = automation.flow(rule({"kind": "flow"}, notify), name="内层")
    member = {"kind": "member", "members": [str(world.actor("administrator").member_id)]}
    task = {"kind": "task", "settings": {"subject": "跟进", "people": [member], "each": True}}
    header = {"name": "Authorization", "value": "Bearer ", "secret": "crm_token"}
    call = {"kind": "http", "settings": {"method": "POST", "url": "https://api.example.com/x", "headers": [header]}}
    automation.flow(rule(CREATED, task, call, {"kind": "flow", "settings": {"flow": inner, "wait": True}}), name="外层")
    automation.draft(rule(CREATED, task), name="草稿")


def test_flows_come_to_an_empty_workspace_as_they_went(automation: Automation, there: Client) -> None:
    a_pair(automation)
    given = files_of()
    told = flows_in(given)
    assert {name: one["state"] for name, one in told.items()} == {"内层": "active", "外层": "active", "草稿": "draft"}
    text = "\n".join(given.values())
    assert SECRET not in text
    assert 'secret = "crm_token"' in text
    assert "member:administrator@example.com" in text

    colleague = there.make("member", name="王", email="administrator@example.com")
    answer = apply(there, given)
    assert answer.status_code == 200, answer.content.decode()
    assert differences(world.OTHER_WORKSPACE, given) == []
    assert flows_in(files_of(world.OTHER_WORKSPACE)) == told
    with work(world.workspace(world.OTHER_WORKSPACE), SYSTEM, via="system") as ctx:
        ((inner,),) = ctx.run("SELECT id FROM rec_flow WHERE name = '内层'")
        ((definition,),) = ctx.run(
            "SELECT v.definition FROM sys_flow_version v JOIN rec_flow f ON f.id = v.flow WHERE f.name = '外层'"
        )
        assert ctx.run("SELECT count(*) FROM sys_secret") == [(0,)]
    assert definition["nodes"][2]["settings"]["flow"] == str(inner)
    assert definition["nodes"][0]["settings"]["people"][0]["members"] == [colleague["id"]]


def test_an_unpublished_change_is_no_configuration(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, {"kind": "stop"}), name="甲")
    before = flows_in(files_of())
    automation.set(
        flow, definition=rule(CREATED, {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "days"}}})
    )

    assert flows_in(files_of()) == before


def test_what_was_applied_is_on_and_taken_back_it_is_as_before(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, {"kind": "stop"}), name="甲")
    (path,) = [path for path in files_of() if path.startswith("flows/")]
    given = files_of()
    changed = {**given, path: given[path].replace('"record.created"', '"record.deleted"')}
    assert changed != given
    answer = apply(automation.admin, changed)
    assert answer.status_code == 200, answer.content.decode()
    assert [one["number"] for one in automation.admin.get(f"flows/{flow}/versions").json()["versions"]] == [2, 1]
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    assert automation.runs(flow) == []

    applied = answer.json()["result"]["id"]
    back = automation.admin.post("actions/configuration/roll-back", {"params": {"id": applied}})
    assert back.status_code == 200, back.content.decode()
    assert files_of() == given
    Client.signed_in_as("salesperson").make(name="乙")
    automation.round()
    assert [run["state"] for run in automation.runs(flow)] == ["done"]


def test_a_flow_that_makes_no_sense_here_is_refused_with_its_file(automation: Automation, there: Client) -> None:
    automation.flow(rule(CREATED, {"kind": "stop"}), name="甲")
    given = files_of()
    (path,) = [path for path in given if path.startswith("flows/")]
    broken = {**given, path: given[path].replace('"stop"', '"no.such"')}
    answer = apply(there, broken)

    assert answer.status_code == 422
    (refused,) = answer.json()["fields"]
    assert (refused["code"], refused["field"].split(":")[0]) == ("flows.unknown_kind", path)
    assert flows_in(files_of(world.OTHER_WORKSPACE)) == {}


def test_who_may_not_write_such_flows_does_not_apply_them(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, {"kind": "stop"}), name="甲")
    given = files_of()
    (path,) = [path for path in given if path.startswith("flows/")]
    changed = {**given, path: given[path].replace('"record.created"', '"record.deleted"')}
    trust("salesperson", "configure")
    sales = Client.signed_in_as("salesperson")
    assert apply(sales, changed).json()["result"]["differences"] == []
    assert flows_in(files_of()) == flows_in(given)
    trust("salesperson", "automation", flow={"create": True, "read": "all", "edit": "all"})
    refused = apply(sales, changed)
    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "flows.system_needs_rights")
    assert flows_in(files_of()) == flows_in(given)
    assert len(automation.admin.get(f"flows/{flow}/versions").json()["versions"]) == 1
