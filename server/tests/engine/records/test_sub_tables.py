"""Lines of a record are written with it: in one save, in one change set, by the rights of their own object."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.clients import Client
from tests.support.objects import field, forget_objects, install_objects, new_object

LINES = {"object": "offer_line", "field": "offer", "totals": ["amount"]}


@pytest.fixture(autouse=True)
def offers(database: None) -> Iterator[None]:
    """Offers with lines that follow them."""
    points = {"target": "offer", "reverse": "line_records", "on_delete": "cascade"}
    fields = [
        field("name", "text", required=True),
        field("offer", "lookup", settings=points),
        field("amount", "decimal"),
    ]
    install_objects(
        new_object("offer", [field("name", "text", required=True), field("lines", "sub_table", settings=LINES)]),
        new_object("offer_line", fields, features=["owner", "export"], inherit="offer"),
    )
    yield
    forget_objects()


def lines_of(client: Client, offer: str) -> list[dict[str, Any]]:
    """The lines as any reader asks for them."""
    answer = client.post(f"records/offer/{offer}/related/line_records", {"sort": [{"field": "name"}]})
    return answer.json()["rows"]


def new(name: str, amount: Any = "1") -> dict[str, Any]:
    """A line to create."""
    return {"values": {"name": name, "amount": amount}}


@pytest.fixture
def offer(sales: Client) -> dict[str, Any]:
    """An offer with two lines, saved at once."""
    return sales.make("offer", name="报价", lines=[new("a"), new("b", "2.5")])


def test_a_record_and_its_lines_are_created_in_one_save(offer: dict[str, Any], sales: Client) -> None:
    lines = lines_of(sales, offer["id"])
    created = sales.get(f"change-sets/{offer['_change_set']}").json()

    assert [(one["name"], one["amount"]) for one in lines] == [("a", "1"), ("b", "2.5")]
    assert created["counts"] == {"offer.create": 1, "offer_line.create": 2}
    assert "lines" not in offer


def test_lines_are_added_changed_and_deleted_together_and_undone_together(offer: dict[str, Any], sales: Client) -> None:
    first, second = lines_of(sales, offer["id"])
    sent = [
        {"id": first["id"], "rev": first["rev"], "values": {"amount": "9"}},
        {"id": second["id"], "rev": second["rev"], "delete": True},
        new("c"),
    ]
    saved = sales.patch(f"records/offer/{offer['id']}", {"values": {"lines": sent}, "rev": offer["rev"]})

    assert saved.status_code == 200
    assert [(one["name"], one["amount"]) for one in lines_of(sales, offer["id"])] == [("a", "9"), ("c", "1")]

    assert sales.post(f"change-sets/{saved.json()['_change_set']}/undo").status_code == 200
    assert [(one["name"], one["amount"]) for one in lines_of(sales, offer["id"])] == [("a", "1"), ("b", "2.5")]


def test_lines_that_are_not_named_stay(offer: dict[str, Any], sales: Client) -> None:
    sales.patch(f"records/offer/{offer['id']}", {"values": {"lines": [new("c")]}})

    assert [one["name"] for one in lines_of(sales, offer["id"])] == ["a", "b", "c"]


def test_a_refused_cell_is_named_by_its_place_and_nothing_is_saved(offer: dict[str, Any], sales: Client) -> None:
    sent = {"name": "neu", "lines": [new("c"), {"values": {"amount": "viel"}}]}
    answer = sales.patch(f"records/offer/{offer['id']}", {"values": sent})

    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["fields"]} == {"lines.1.amount"}
    assert sales.get(f"records/offer/{offer['id']}").json()["name"] == "报价"
    assert len(lines_of(sales, offer["id"])) == 2


@pytest.mark.parametrize("change", [{"values": {"amount": "3"}}, {"delete": True}])
def test_a_line_that_somebody_else_changed_is_not_overwritten(
    change: dict[str, Any], offer: dict[str, Any], sales: Client
) -> None:
    line = lines_of(sales, offer["id"])[0]
    sales.patch(f"records/offer_line/{line['id']}", {"values": {"amount": "7"}})
    answer = sales.patch(
        f"records/offer/{offer['id']}", {"values": {"name": "neu", "lines": [{"id": line["id"], "rev": 1, **change}]}}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "records.stale")
    assert lines_of(sales, offer["id"])[0]["amount"] == "7"
    assert sales.get(f"records/offer/{offer['id']}").json()["name"] == "报价"


def test_a_stale_record_refuses_its_lines_too(offer: dict[str, Any], sales: Client) -> None:
    sales.patch(f"records/offer/{offer['id']}", {"values": {"name": "neu"}})
    answer = sales.patch(f"records/offer/{offer['id']}", {"values": {"lines": [new("c")]}, "rev": 1})

    assert (answer.status_code, answer.json()["code"]) == (409, "records.stale")
    assert len(lines_of(sales, offer["id"])) == 2


@pytest.mark.parametrize(
    "lines", ["x", [1], [{}], [{"values": 1}], [{"id": "x", "values": {}}], [{"delete": True}], [{"valeus": {}}]]
)
def test_what_is_no_list_of_lines_is_refused(lines: Any, offer: dict[str, Any], sales: Client) -> None:
    answer = sales.patch(f"records/offer/{offer['id']}", {"values": {"lines": lines}})

    assert answer.status_code == 422
    assert {one["code"] for one in answer.json()["fields"]} == {"fields.rows_expected"}


def test_lines_of_another_record_are_neither_changed_nor_taken(offer: dict[str, Any], sales: Client) -> None:
    other = sales.make("offer", name="anders")
    line = lines_of(sales, offer["id"])[0]
    taken = sales.patch(
        f"records/offer/{other['id']}", {"values": {"lines": [{"id": line["id"], "values": {"amount": "3"}}]}}
    )
    moved = sales.patch(
        f"records/offer/{offer['id']}",
        {"values": {"lines": [{"id": line["id"], "values": {"offer": other["id"]}}]}},
    )

    assert {answer.json()["fields"][0]["code"] for answer in (taken, moved)} == {"fields.row_not_here"}
    assert lines_of(sales, offer["id"])[0]["amount"] == "1"


@pytest.mark.parametrize(("name", "status"), [("read_only", 403), ("colleague", 404), ("other_salesperson", 404)])
def test_others_write_no_lines(name: str, status: int, offer: dict[str, Any], sales: Client, client: Any) -> None:
    answer = client(name).patch(f"records/offer/{offer['id']}", {"values": {"lines": [new("c")]}})

    assert answer.status_code == status
    assert len(lines_of(sales, offer["id"])) == 2


def test_the_table_itself_is_no_value(offer: dict[str, Any], sales: Client) -> None:
    asked = sales.post("records/offer/query", {"select": ["lines"]})
    filtered = sales.post("records/offer/query", {"where": {"field": "lines", "op": "is_empty"}})
    catalog = next(one for one in sales.get("catalog").json()["objects"] if one["key"] == "offer")

    assert {answer.json()["code"] for answer in (asked, filtered)} == {"query.holds_no_value"}
    assert next(one for one in catalog["fields"] if one["key"] == "lines")["operators"] == []
