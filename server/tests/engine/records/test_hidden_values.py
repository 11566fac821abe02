"""Identity numbers: nobody reads one by accident, and nothing that compares tells what is hidden."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from guanxi.engine.objects.fields import gallery, registry
from tests.support.clients import Client
from tests.support.objects import field, forget_objects, install_objects, new_object

NUMBER, OTHER = "360426199101010071", "44011320141005001X"
MASKED, OTHER_MASKED = "3****************1", "4****************X"
PERSON = "person_file"
PEOPLE = ("administrator", "manager", "salesperson", "read_only")
"""Everybody who reads the salesperson's record; the first three may edit it."""


@pytest.fixture(autouse=True)
def person_file(database: None) -> Iterator[None]:
    """An object that holds an identity number."""
    fields = [
        field("name", "text", searchable=True),
        field("number", "identity_number"),
    ]
    install_objects(new_object(PERSON, fields))
    yield
    forget_objects()


@pytest.fixture
def record(sales: Client) -> dict[str, Any]:
    """A person whose number is known to the salesperson who typed it."""
    return sales.make(PERSON, name="张三", number=NUMBER)


def reveal(client: Client, record_id: str, key: str = "number") -> Any:
    """Ask for the whole number."""
    params = {"object": PERSON, "record": record_id, "field": key}
    return client.post("actions/records/reveal-value", {"params": params})


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_reads_it_whole_whatever_the_way(name: str, record: dict[str, Any], client: Any) -> None:
    reader = client(name)
    id_ = record["id"]
    answers = [
        reader.get(f"records/{PERSON}/{id_}"),
        reader.get(f"records/{PERSON}?select=name,number"),
        reader.post(f"records/{PERSON}/query", {"where": {"field": "number", "op": "not_empty"}}),
        reader.get(f"records/{PERSON}/{id_}/timeline"),
        reader.get(f"search?q={NUMBER}"),
        reader.get("search?q=张三"),
        reader.get("catalog"),
    ]

    assert record["number"] == MASKED
    for answer in answers:
        assert answer.status_code == 200
        assert NUMBER not in answer.content.decode()
        assert NUMBER[6:14] not in answer.content.decode()
    assert answers[0].json()["number"] == answers[1].json()["rows"][0]["number"] == MASKED
    assert [row["id"] for row in answers[2].json()["rows"]] == [id_]
    assert MASKED in answers[3].content.decode()
    assert answers[4].json()["hits"] == []


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_exports_mask_it_and_can_be_read_back(file_format: str, record: dict[str, Any], client: Any) -> None:
    answer = client("administrator").post(
        f"records/{PERSON}/export", {"format": file_format, "select": ["name", "number"]}
    )
    content = b"".join(answer.streaming_content)

    assert answer.status_code == 200
    assert NUMBER.encode() not in content
    if file_format == "csv":
        assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1] == ["张三", MASKED]


@pytest.mark.parametrize(
    "asked",
    [
        {"where": {"field": "number", "op": op, "value": value}}
        for op, value in (
            ("eq", NUMBER), ("in", [NUMBER]), ("ne", NUMBER), ("contains", "1991"), ("starts_with", "3604"),
            ("gt", "36"), ("between", ["3", "4"]), ("has_any", [NUMBER]),
        )
    ]
    + [{"sort": [{"field": "number", "dir": "asc"}]}],
)  # fmt: skip
@pytest.mark.parametrize("name", ["administrator", "read_only"])
def test_no_question_tells_what_it_hides(name: str, asked: Any, record: dict[str, Any], client: Any) -> None:
    answer = client(name).post(f"records/{PERSON}/query", asked)

    assert answer.status_code == 400
    assert answer.json()["code"] in ("query.unknown_operator", "query.not_sortable")


def test_it_is_no_group_no_sum_and_no_way_to_recognise_a_record(record: dict[str, Any], client: Any) -> None:
    reader = client("administrator")
    grouped = reader.post(f"records/{PERSON}/group", {"by": [{"field": "number"}]})
    summed = reader.post(f"records/{PERSON}/group", {"by": [], "aggregates": [{"fn": "max", "field": "number"}]})
    matched = reader.post(
        f"records/{PERSON}/upsert", {"match": ["number"], "records": [{"number": NUMBER, "name": "x"}]}
    )

    assert (grouped.status_code, grouped.json()["code"]) == (400, "query.not_groupable")
    assert (summed.status_code, summed.json()["code"]) == (400, "query.bad_aggregate")
    assert (matched.status_code, matched.json()["code"]) == (400, "records.bad_match")


def test_whoever_may_edit_the_record_looks_at_it_and_the_history_says_so(record: dict[str, Any], client: Any) -> None:
    answer = reveal(client("manager"), record["id"])
    entries = client("salesperson").get(f"records/{PERSON}/{record['id']}/timeline").json()["items"]

    assert (answer.status_code, answer.json()["result"]) == (200, {"value": NUMBER})
    assert (entries[0]["op"], entries[0]["by"]["title"]) == ("reveal", "manager")
    assert [one["field"] for one in entries[0]["fields"]] == ["number"]
    assert [(one["old"], one["new"]) for one in entries[0]["fields"]] == [("", "")]


@pytest.mark.parametrize(("name", "status"), [("read_only", 403), ("colleague", 404), ("other_salesperson", 404)])
def test_others_do_not_see_it_and_nothing_is_noted(name: str, status: int, record: dict[str, Any], client: Any) -> None:
    answer = reveal(client(name), record["id"])
    entries = client("administrator").get(f"records/{PERSON}/{record['id']}/timeline").json()["items"]

    assert answer.status_code == status
    assert NUMBER not in answer.content.decode()
    assert [entry["op"] for entry in entries] == ["create"]


def test_only_hidden_fields_are_revealed(record: dict[str, Any], sales: Client) -> None:
    assert reveal(sales, record["id"], "name").json()["code"] == "records.not_hidden"
    assert reveal(sales, record["id"], "nonsense").json()["code"] == "query.unknown_field"


def test_a_masked_number_is_refused_and_changes_nothing(record: dict[str, Any], sales: Client) -> None:
    answer = sales.patch(f"records/{PERSON}/{record['id']}", {"values": {"number": MASKED}})

    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["fields"]] == ["fields.masked_value"]
    assert reveal(sales, record["id"]).json()["result"] == {"value": NUMBER}


def test_a_change_is_undone_to_the_whole_number(record: dict[str, Any], sales: Client) -> None:
    changed = sales.patch(f"records/{PERSON}/{record['id']}", {"values": {"number": OTHER}}).json()
    reveal(sales, record["id"])
    undone = sales.post(f"change-sets/{changed['_change_set']}/undo")

    assert changed["number"] == OTHER_MASKED
    assert undone.status_code == 200
    assert reveal(sales, record["id"]).json()["result"] == {"value": NUMBER}


@pytest.mark.parametrize("attribute", ["unique", "index", "searchable", "sortable", "groupable"])
def test_it_can_be_neither_unique_nor_indexed_nor_searched(attribute: str) -> None:
    told = gallery.describe_kind(registry.kind("identity_number"))

    assert told[attribute] is False
