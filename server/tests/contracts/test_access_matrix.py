"""Who gets what from every address: the table of routes against a table of expectations.

A route without an expectation fails, and so does an expectation without a route. Refused writes are checked to have
changed nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")

ACTORS = ("administrator", "manager", "salesperson", "colleague", "other_salesperson", "read_only")
OWN = "salesperson"
"""The company below belongs to this person; the manager has it in the tree, the others of the role do not see it."""

ANYONE = dict.fromkeys(ACTORS, 200)
READERS = {**ANYONE, "colleague": 404, "other_salesperson": 404}
EDITORS = {**READERS, "read_only": 403}
CREATORS = {**dict.fromkeys(ACTORS, 201), "read_only": 403}
WRITERS = {**ANYONE, "read_only": 403}
CONFIGURERS = {**dict.fromkeys(ACTORS, 403), "administrator": 200}
IMPORTERS = {**dict.fromkeys(ACTORS, 404)}
EXPORTERS = {**dict.fromkeys(ACTORS, 403), "administrator": 200, "manager": 200}

QUERY: dict[str, Any] = {"where": None}
GRADING = {
    "fit_a": 60, "fit_b": 30, "engagement_a": 40, "engagement_b": 15, "fit_weight": 1, "engagement_weight": 1,
    "matrix": "AABABCBCC",
}  # fmt: skip
NO_SHARE = "01900000-0000-7000-8000-000000000002"
NO_MEMBER = "01900000-0000-7000-8000-000000000003"
NO_IMPORT = "01900000-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Expectation:
    """Status by actor for one route; ``body`` gets the id of the company."""

    statuses: dict[str, int]
    body: Callable[[str], Any] = lambda _: None
    path: dict[str, str] | None = None


EXPECTED: dict[str, Expectation] = {
    "GET catalog": Expectation(ANYONE),
    "GET search": Expectation(ANYONE),
    "GET openapi.json": Expectation(ANYONE),
    "GET docs": Expectation(ANYONE),
    "GET me": Expectation(ANYONE),
    "PATCH me": Expectation(ANYONE, lambda _: {"language": "en"}),
    "GET members/<member>/holdings": Expectation(dict.fromkeys(ACTORS, 404), path={"member": NO_MEMBER}),
    "GET hand-overs": Expectation(ANYONE),
    "GET hand-overs/<id>": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET members/<member>/sign-in": Expectation({**CONFIGURERS, "administrator": 404}, path={"member": NO_IMPORT}),
    "GET password-rules": Expectation(CONFIGURERS),
    "PATCH password-rules": Expectation(CONFIGURERS, lambda _: {"min_length": 12}),
    "PATCH workspace": Expectation(CONFIGURERS, lambda _: {"name": "新名字"}),
    "GET audit": Expectation(CONFIGURERS),
    "GET audit/state": Expectation(CONFIGURERS),
    "GET audit/changes/<id>": Expectation({**CONFIGURERS, "administrator": 404}),
    "POST audit/export": Expectation(CONFIGURERS, lambda _: {}),
    "POST audit/verify": Expectation({**CONFIGURERS, "administrator": 202}),
    "POST view-as": Expectation(
        CONFIGURERS, lambda _: {"member": str(world.membership("colleague").member_id), "reason": "x"}
    ),
    "DELETE view-as": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET mailboxes": Expectation(CONFIGURERS),
    "GET approvals": Expectation(ANYONE),
    "GET approvals/not-askable": Expectation(CONFIGURERS),
    "GET approvals/<id>": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET approvals/<id>/export": Expectation(dict.fromkeys(ACTORS, 404)),
    "POST approvals/rehearsal": Expectation(
        dict.fromkeys(ACTORS, 404), lambda id_: {"flow": NO_IMPORT, "object": "company", "op": "update", "record": id_}
    ),
    "GET records/<object>/<id>/approvals": Expectation(READERS),
    "GET records/<object>/<id>/pool": Expectation(READERS),
    "GET records/<object>/<id>/scripts": Expectation(READERS),
    "GET pools": Expectation(ANYONE),
    "GET quotes/<id>/compared/<other>": Expectation(dict.fromkeys(ACTORS, 404), path={"other": NO_IMPORT}),
    "GET quotes/<id>/pdf": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET companies/<id>/statement": Expectation(READERS),
    "GET companies/<id>/statement/file": Expectation(READERS),
    "GET statements": Expectation(ANYONE),
    "GET statements/<id>/file": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET receivables": Expectation(ANYONE),
    "GET forecast": Expectation(ANYONE),
    "GET forecast/waterfall": Expectation(ANYONE),
    "GET forecast/errors": Expectation(ANYONE),
    "GET targets": Expectation(ANYONE),
    "GET opportunities/<id>/gates": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET opportunities/<id>/probability": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET probability-model": Expectation(CONFIGURERS),
    "GET grading": Expectation(CONFIGURERS),
    "GET leads/<id>/grade": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET leads/<id>/duplicates": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET leads/<id>/reversal": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET leads/<id>/assignments": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET conversion-mappings": Expectation(CONFIGURERS),
    "POST grading/preview": Expectation(CONFIGURERS, lambda _: {"model": GRADING, "rules": []}),
    "POST web-forms/preview": Expectation(CONFIGURERS, lambda _: {"values": {"fields": [{"field": "name"}]}}),
    "POST pools/foreseen": Expectation({**CONFIGURERS, "administrator": 404}, lambda _: {"pool": NO_IMPORT, "days": 1}),
    "GET flows/kinds": Expectation(CONFIGURERS),
    "POST flows/check": Expectation(CONFIGURERS, lambda _: {"definition": {}}),
    "POST flows/bpmn/write": Expectation(CONFIGURERS, lambda _: {"definition": {}}),
    "POST flows/bpmn/read": Expectation({**CONFIGURERS, "administrator": 400}, lambda _: {"xml": "<a/>"}),
    "GET flows/<id>/versions": Expectation({**CONFIGURERS, "administrator": 404}),
    "GET flows/<id>/approvals": Expectation({**CONFIGURERS, "administrator": 404}),
    "GET flows/buttons/<object>": Expectation(ANYONE),
    "GET flows/<id>/migration": Expectation({**CONFIGURERS, "administrator": 404}),
    "GET flows/status": Expectation(CONFIGURERS),
    "GET flows/secrets": Expectation(CONFIGURERS),
    "GET flows/hooks": Expectation(CONFIGURERS),
    "GET flows/templates": Expectation(CONFIGURERS),
    "GET flows/forms": Expectation(ANYONE),
    "GET flows/forms/<id>": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET flows/runs": Expectation(CONFIGURERS),
    "GET flows/runs/<id>": Expectation({**CONFIGURERS, "administrator": 404}),
    "POST flows/<id>/backtests": Expectation({**CONFIGURERS, "administrator": 404}, lambda _: {"days": 7}),
    "GET flows/<id>/backtests": Expectation({**CONFIGURERS, "administrator": 404}),
    "GET flows/backtests/<id>": Expectation({**CONFIGURERS, "administrator": 404}),
    "POST flows/backtests/<id>/cancel": Expectation({**CONFIGURERS, "administrator": 404}),
    "POST flows/<id>/try": Expectation({**CONFIGURERS, "administrator": 404}, lambda _: {"definition": {}}),
    "GET change-sets": Expectation(ANYONE),
    "GET change-sets/<id>": Expectation({**dict.fromkeys(ACTORS, 404), OWN: 200, "administrator": 200}),
    "POST change-sets/<id>/undo": Expectation(
        {**dict.fromkeys(ACTORS, 404), OWN: 200, "administrator": 200}, lambda _: {"preview": True}
    ),
    "GET change-sets/<id>/undo": Expectation({**dict.fromkeys(ACTORS, 404), OWN: 200, "administrator": 200}),
    "POST actions/<area>/<verb>": Expectation(
        {**dict.fromkeys(ACTORS, 403), "administrator": 200},
        lambda _: {"params": {"email": "new@example.com", "name": "New", "roles": ["salesperson"]}},
    ),
    "POST records/<object>/query": Expectation(ANYONE, lambda _: QUERY),
    "POST records/<object>/count": Expectation(ANYONE, lambda _: QUERY),
    "POST records/<object>/group": Expectation(ANYONE, lambda _: {"by": [{"field": "level"}]}),
    "POST records/<object>/draft": Expectation(READERS, lambda id_: {"id": id_, "values": {"level": "B"}}),
    "POST records/<object>/formula-preview": Expectation(
        READERS, lambda id_: {"expression": "name & level", "record": id_}
    ),
    "POST records/<object>/bulk": Expectation(
        EDITORS, lambda id_: {"op": "update", "ids": [id_], "values": {"level": "B"}}
    ),
    "POST records/<object>/upsert": Expectation(
        WRITERS, lambda _: {"match": ["external_id"], "records": [{"external_id": "x", "name": "x"}]}
    ),
    "GET records/<object>": Expectation(ANYONE),
    "POST records/<object>": Expectation(CREATORS, lambda _: {"values": {"name": "新公司"}}),
    "GET records/<object>/<id>": Expectation(READERS),
    "PATCH records/<object>/<id>": Expectation(EDITORS, lambda _: {"values": {"level": "B"}}),
    "DELETE records/<object>/<id>": Expectation(EDITORS),
    "GET records/<object>/<id>/timeline": Expectation(READERS),
    "GET records/<object>/<id>/related/<relation>": Expectation(READERS),
    "POST records/<object>/<id>/related/<relation>": Expectation(READERS, lambda _: {"limit": 5}),
    "GET records/<object>/<id>/shares": Expectation(READERS),
    "POST records/<object>/<id>/shares": Expectation(
        EDITORS, lambda _: {"level": "read", "member": str(world.membership("manager").member_id)}
    ),
    "DELETE records/<object>/<id>/shares/<share>": Expectation(
        {**dict.fromkeys(ACTORS, 404), "read_only": 403}, path={"share": NO_SHARE}
    ),
    "GET records/<object>/<id>/access": Expectation(EDITORS),
    "POST access/simulate": Expectation(
        CONFIGURERS, lambda _: {"changes": [{"object": "role", "values": {"key": "x", "name": "x", "permissions": {}}}]}
    ),
    "GET access/members/<member>": Expectation(dict.fromkeys(ACTORS, 404), path={"member": NO_MEMBER}),
    "GET access/presets": Expectation(ANYONE),
    "POST records/<object>/export": Expectation(EXPORTERS, lambda _: {"format": "csv", "select": ["name"]}),
    "GET imports": Expectation(ANYONE),
    "POST imports": Expectation(dict.fromkeys(ACTORS, 400)),
    "GET imports/<id>": Expectation(IMPORTERS),
    "GET imports/<id>/preview": Expectation(IMPORTERS),
    "PUT imports/<id>/mapping": Expectation(IMPORTERS, lambda _: {}),
    "POST imports/<id>/dry-run": Expectation(IMPORTERS),
    "POST imports/<id>/run": Expectation(IMPORTERS),
    "POST imports/<id>/cancel": Expectation(IMPORTERS),
    "GET imports/<id>/errors": Expectation(IMPORTERS),
    "GET imports/<id>/errors.csv": Expectation(IMPORTERS),
    "POST imports/<id>/undo": Expectation(IMPORTERS),
    "POST records/<object>/deletion": Expectation(READERS, lambda id_: {"ids": [id_]}),
    "GET design/objects": Expectation(CONFIGURERS),
    "GET design/objects/<object>": Expectation(CONFIGURERS),
    "GET design/usage": Expectation({**CONFIGURERS, "administrator": 400}),
    "GET design/templates": Expectation(CONFIGURERS),
    "GET design/functions": Expectation(ANYONE),
    "GET design/changes": Expectation(CONFIGURERS),
    "GET sandboxes": Expectation(CONFIGURERS),
    "GET configuration/export": Expectation(CONFIGURERS),
    "POST configuration/compare": Expectation(CONFIGURERS, lambda _: {"files": {"guanxi.toml": "format = 1\n"}}),
    "GET configuration/applied": Expectation(CONFIGURERS),
    "GET design/kinds": Expectation(ANYONE),
    "GET trees/<tree>": Expectation(ANYONE, path={"tree": "region"}),
    "POST files": Expectation(dict.fromkeys(ACTORS, 400)),
    "GET files/<id>": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET notifications": Expectation(ANYONE),
    "POST notifications/read": Expectation(ANYONE, lambda _: {"all": True}),
    "GET access-keys": Expectation(ANYONE),
    "GET access-keys/<id>/calls": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET apps": Expectation(CONFIGURERS),
    "GET app-grants": Expectation(ANYONE),
    "GET app-grants/<id>/calls": Expectation(dict.fromkeys(ACTORS, 404)),
    "GET single-sign-on": Expectation(CONFIGURERS),
    "GET single-sign-on/tried": Expectation(CONFIGURERS),
    "POST single-sign-on/<id>/try": Expectation({**CONFIGURERS, "administrator": 404}),
}


def routes() -> list[str]:
    """Every address of every area, as "METHOD path"."""
    from guanxi.app.areas import registry
    from guanxi.engine.http.routes import ROUTES

    every = [*ROUTES, *registry().api_routes]
    return [f"{r.method} {re.sub(r'<[a-z]+:', '<', r.path)}" for r in every]


def test_every_route_has_an_expectation_and_no_expectation_is_left_over() -> None:
    assert sorted(routes()) == sorted(EXPECTED)


@pytest.fixture
def company() -> dict[str, str]:
    """A company of the salesperson, with the change set that made it."""
    answer = Client.signed_in_as(OWN).post("records/company", {"values": {"name": "华信", "level": "A"}})
    assert answer.status_code == 201
    return answer.json()


def call(client: Client, route: str, company: dict[str, str]) -> Any:
    """Send the request of a route for the company."""
    method, path = route.split(" ", 1)
    expectation = EXPECTED[route]
    id_ = company["id"]
    if path.startswith("change-sets"):
        id_ = company["_change_set"]
    elif path.startswith(("imports", "files", "access-keys", "app-grants", "single-sign-on")):
        id_ = NO_IMPORT
    filled = (
        path.replace("<object>", "company").replace("<id>", id_).replace("<relation>", "contacts")
        .replace("<area>", "identity").replace("<verb>", "invite-member")
    )  # fmt: skip
    for place, value in (expectation.path or {}).items():
        filled = filled.replace(f"<{place}>", value)
    if filled == "search":
        filled += "?q=华信"
    return client.request(method, filled, expectation.body(id_))


@pytest.mark.parametrize("route", list(EXPECTED))
def test_nobody_without_a_session_gets_anything(route: str, company: dict[str, str]) -> None:
    answer = call(Client.signed_in_as(None), route, company)

    assert (answer.status_code, answer.json()["code"]) == (401, "request.not_signed_in")
    assert unchanged(company)


@pytest.mark.parametrize("route", list(EXPECTED))
def test_a_stranger_of_another_workspace_sees_no_workspace_here(route: str, company: dict[str, str]) -> None:
    answer = call(Client.signed_in_as(world.STRANGER, world.WORKSPACE), route, company)

    assert answer.status_code == 404
    assert unchanged(company)


@pytest.mark.parametrize("route", list(EXPECTED))
@pytest.mark.parametrize("name", ACTORS)
def test_every_member_gets_what_the_role_gives(route: str, name: str, company: dict[str, str]) -> None:
    expected = EXPECTED[route].statuses[name]

    answer = call(Client.signed_in_as(name), route, company)

    assert answer.status_code == expected, answer.content[:500]
    if expected >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert unchanged(company)
        if name in ("colleague", "other_salesperson"):
            assert "华信" not in answer.content.decode()


def unchanged(company: dict[str, str]) -> bool:
    """Whether the company is as it was made."""
    found = Client.signed_in_as(OWN).get(f"records/company/{company['id']}").json()
    return (found["rev"], found["level"]) == (1, "A")


@pytest.mark.parametrize("name", ["colleague", "other_salesperson"])
def test_no_read_path_shows_a_colleagues_company(name: str, company: dict[str, str]) -> None:
    """Lists, counts, groups, search and paths over relations leave it out."""
    other = Client.signed_in_as(name)
    own = other.post("records/opportunity", {"values": {"name": "自己的"}}).json()

    assert other.post("records/company/query", {}).json()["rows"] == []
    assert other.post("records/company/count", {}).json()["count"] == 0
    assert other.post("records/company/group", {"by": [{"field": "level"}]}).json()["totals"]["count"] == 0
    assert other.get("search?q=华信").json()["hits"] == []
    refused = other.patch(f"records/opportunity/{own['id']}", {"values": {"company": company["id"]}})
    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "fields.reference_not_found")
    through = {"field": "company.name", "op": "eq", "value": "华信"}
    assert other.post("records/opportunity/count", {"where": through}).json()["count"] == 0
