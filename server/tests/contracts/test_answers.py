"""The OpenAPI document tells the truth: an answer of every address is what the document says of it.

The browser client's types are made of the document, so what holds here holds for the screens.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.contracts.sample_calls import CALLS, ELSEWHERE, Sample
from tests.engine.transfer.conftest import Importer
from tests.engine.transfer.conftest import queued as queued  # noqa: PLC0414 - the fixture
from tests.support import world
from tests.support.clients import Client
from tests.support.contract import Contract
from tests.support.databases import using
from tests.support.roles import allow

pytestmark = pytest.mark.usefixtures("database")
FREE = ("GET openapi.json", "GET docs")
"""Addresses whose answer the document leaves open."""


@pytest.fixture
def sample(client, queued) -> Sample:
    """The administrator's records."""
    administrator = client("administrator")
    return Sample(administrator, Importer(administrator, queued))


def contract_of(client: Client) -> Contract:
    """The document as a person gets it."""
    return Contract(client.get("openapi.json").json())


@pytest.fixture(scope="module")
def contract(world_copy: str) -> Contract:
    """The document as an administrator gets it before anything is changed."""
    with using(world_copy), transaction.atomic():
        made = contract_of(Client.signed_in_as("administrator"))
        transaction.set_rollback(True)
    return made


def served() -> Iterator[tuple[str, str]]:
    """Every described route: "METHOD path", and its address in the document, records being companies."""
    import guanxi.app.urls
    from guanxi.engine.http.route import served as every

    assert guanxi.app.urls.urlpatterns, "the patterns fill the table"
    for one in every:
        path = re.sub(r"<[a-z]+:", "<", one.route.path)
        yield f"{one.route.method} {path}", one.route.template.replace("{object}", "company")


def test_every_described_address_has_a_sample_and_no_sample_is_left_over() -> None:
    assert sorted(name for name, _ in served()) == sorted([*CALLS, *ELSEWHERE])


@pytest.mark.parametrize("name", list(CALLS))
def test_the_answer_is_what_the_document_says_and_nothing_else(name: str, sample: Sample, contract: Contract) -> None:
    method, path = name.split(" ", maxsplit=1)[0], dict(served())[name]

    answer = CALLS[name](sample)

    assert answer.status_code < 300, answer.content
    assert contract.answer_problems(method, path, answer) == []
    if name not in FREE:
        another_document_is_found_out(contract, method, path, answer)


def another_document_is_found_out(contract: Contract, method: str, path: str, answer: Any) -> None:
    """The check cannot pass by saying nothing: another type, and a key less, are both noticed."""
    if "json" not in answer["Content-Type"]:
        document = copy.deepcopy(dict(contract.document))
        document["paths"][path][method.lower()]["responses"][str(answer.status_code)]["content"] = {"image/png": {}}
        assert Contract(document).answer_problems(method, path, answer)
        return
    content = contract.operation(method, path)["responses"][str(answer.status_code)]["content"]
    schema = content["application/json"]["schema"]

    assert contract.problems({"type": "integer"}, answer.json())
    assert contract.problems({"allOf": [schema, {"required": ["no_such_key"]}]}, answer.json())
    assert contract.problems(schema, {})
    if "company" not in str(schema) and "RecordRow" not in str(schema):
        assert contract.problems(schema, {**answer.json(), "no_such_key": 1})


def test_a_refusal_is_the_problem_that_the_document_describes(sample: Sample, contract: Contract) -> None:
    missing = sample.client.get("records/company/01900000-0000-7000-8000-000000000001")
    invalid = sample.client.post("records/company", {"values": {"name": ""}})

    assert contract.answer_problems("GET", "/records/company/{id}", missing) == []
    assert contract.answer_problems("POST", "/records/company", invalid) == []
    assert invalid.json()["fields"]
    broken = copy.deepcopy(dict(contract.document))
    del broken["components"]["schemas"]["FieldProblem"]["properties"]["code"]
    assert Contract(broken).answer_problems("POST", "/records/company", invalid)


def test_a_record_that_is_given_away_is_answered_as_out_of_sight(client) -> None:
    allow(transfer=True)
    salesperson = client("salesperson")
    mine = salesperson.make(name="要移交的公司")
    other = str(world.actor("other_salesperson").member_id)

    answer = salesperson.patch(f"records/company/{mine['id']}", {"values": {"owner": other}})

    assert answer.json()["out_of_sight"] is True
    assert contract_of(salesperson).answer_problems("PATCH", "/records/company/{id}", answer) == []


def test_records_of_every_object_are_what_the_document_says(sample: Sample, contract: Contract) -> None:
    sample.client.make("lead", name="线索", company_name="新客户")
    sample.client.make(
        "opportunity", name="商机", company=sample.company["id"], amount={"amount": "5", "currency": "CNY"}
    )
    seen = set()
    for tag in contract.document["tags"]:
        answer = sample.client.post(f"records/{tag['name']}/query", {})
        assert contract.answer_problems("POST", f"/records/{tag['name']}/query", answer) == [], tag["name"]
        seen |= {tag["name"]} if answer.json()["rows"] else set()
    assert {"company", "contact", "lead", "opportunity", "stage", "pipeline", "member", "role", "task"} <= seen


def test_every_action_says_what_it_answers() -> None:
    from typing_extensions import is_typeddict

    from guanxi.engine.actions import actions

    assert [name for name, verb in actions().items() if not is_typeddict(verb.answer)] == []


def test_actions_answer_what_the_document_says(sample: Sample, contract: Contract) -> None:
    lead = sample.client.make("lead", name="线索", company_name="新客户")
    (task,) = sample.client.post("records/task/query", {}).json()["rows"]
    invite = {"email": "new@example.com", "name": "小新", "roles": ["salesperson"]}
    for path, params in (
        ("sales/convert-lead", {"lead": lead["id"]}),
        ("activities/complete-task", {"task": task["id"]}),
        ("identity/invite-member", invite),
    ):
        answer = sample.client.post(f"actions/{path}", {"params": params})
        assert contract.answer_problems("POST", f"/actions/{path}", answer) == []
    for verb, params in (("claim", sample.pooled()), ("release", None), ("give", sample.pooled("colleague"))):
        named = params or {"object": "company", "records": [sample.company["id"]]}
        answer = sample.client.post(f"actions/pools/{verb}-records", {"params": named})
        assert answer.status_code == 200, answer.content
        assert contract.answer_problems("POST", f"/actions/pools/{verb}-records", answer) == []
    assert contract.answer_problems("POST", "/actions/design/create-field", sample.designed()) == []
    applied = sample.applied()
    assert contract.answer_problems("POST", "/actions/configuration/apply", applied) == []
    back = sample.client.post("actions/configuration/roll-back", {"params": {"id": applied.json()["result"]["id"]}})
    assert contract.answer_problems("POST", "/actions/configuration/roll-back", back) == []
