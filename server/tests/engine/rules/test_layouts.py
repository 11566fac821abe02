"""Which layouts somebody gets: by type and role, most specific first, and what is left out comes from the next."""

from typing import Any

import pytest

from tests.support.clients import Client
from tests.support.designer import apply, component, refused

BASICS = {"zh-CN": "基本", "en": "Basics"}


def section(*fields: str, **more: Any) -> dict[str, Any]:
    """A section with fields."""
    return {"label": BASICS, "fields": [{"key": key} for key in fields], **more}


def company(client: Client) -> dict[str, Any]:
    """The company as the catalog tells it."""
    return next(one for one in client.get("catalog").json()["objects"] if one["key"] == "company")


def test_the_objects_own_layout_is_all_there_is_at_first(sales: Client) -> None:
    told = company(sales)
    (own,) = told["layouts"]

    assert (own["key"], own["record_type"], own["tabs"]) == (None, None, None)
    assert own["quick"] == told["layout"]["quick"]
    assert [one["label"] for one in own["sections"]] == [one["label"] for one in told["layout"]["sections"]]
    assert own["sections"][0]["fields"][0] == {"key": told["layout"]["sections"][0]["fields"][0], "width": None}
    assert told["record_types"] == []
    assert told["reactive"] is False


def test_the_most_specific_layout_comes_first_and_only_ones_own(sales: Client) -> None:
    apply(
        component("company", "record_type", "direct"),
        component("company", "layout", "all", quick=["name", "phone"]),
        component("company", "layout", "sellers", roles=["salesperson"], quick=["name", "level"]),
        component("company", "layout", "direct", record_type="direct", list=["name"]),
        component("company", "layout", "direct_sellers", record_type="direct", roles=["salesperson"], card=["phone"]),
        component("company", "layout", "chiefs", roles=["manager"], quick=["name"]),
    )

    mine = company(sales)
    theirs = company(Client.signed_in_as("read_only"))

    assert [one["key"] for one in mine["layouts"]] == ["direct_sellers", "direct", "sellers", "all", None]
    assert [one["key"] for one in theirs["layouts"]] == ["direct", "all", None]
    first = mine["layouts"][0]
    assert (first["card"], first["list"], first["quick"]) == (["phone"], ["name"], ["name", "level"])
    assert first["sections"] == mine["layouts"][-1]["sections"]
    assert mine["layout"]["quick"] == ["name", "level"]
    assert theirs["layout"]["quick"] == ["name", "phone"]


def test_sections_tabs_and_panels_are_told_as_they_were_designed(sales: Client) -> None:
    panels = [
        {"kind": "facts", "sections": [0], "width": 2},
        {"kind": "related", "relation": "contacts", "columns": ["name", "mobile"], "limit": 5},
        {"kind": "text", "text": {"zh-CN": "请先电话确认", "en": "Call first"}},
        {"kind": "buttons", "actions": ["sales.convert_lead"]},
        {"kind": "chart", "relation": "opportunities", "group": "stage", "aggregate": {"fn": "sum", "field": "amount"}},
        {"kind": "timeline", "kinds": ["activity"]},
        {"kind": "files"},
        {"kind": "changes"},
    ]
    apply(
        component(
            "company", "layout", "page",
            sections=[section("name", "level", columns=3, collapsed=True)],
            tabs=[{"label": BASICS, "panels": panels}],
        )
    )  # fmt: skip

    first = company(sales)["layouts"][0]

    assert (first["sections"][0]["columns"], first["sections"][0]["collapsed"]) == (3, True)
    assert [panel["kind"] for panel in first["tabs"][0]["panels"]] == [panel["kind"] for panel in panels]
    assert first["tabs"][0]["key"] == "0"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"quick": ["nothing"]}, "components.unknown_field"),
        ({"list": ["name", "name"]}, "components.twice"),
        ({"sections": [section("name"), section("name")]}, "components.twice"),
        ({"sections": [section("nothing")]}, "components.unknown_field"),
        ({"sections": [section("name", columns=4)]}, "components.out_of_bounds"),
        ({"sections": [{"fields": []}]}, "components.words_missing"),
        ({"sections": [section("name")] * 51}, "components.list_too_long"),
        ({"record_type": "nothing"}, "components.unknown_type"),
        ({"roles": ["nobody"]}, "components.unknown_record"),
        ({"roles": "salesperson"}, "components.not_a_list"),
        ({"colour": "red"}, "components.unknown_attribute"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "magic"}]}]}, "components.not_one_of"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "files", "limit": 3}]}]}, "components.unknown_attribute"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "related"}]}]}, "components.unknown_relation"),
        (
            {"tabs": [{"label": BASICS, "panels": [{"kind": "related", "relation": "contacts", "columns": ["no"]}]}]},
            "components.unknown_field",
        ),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "chart", "group": "name"}]}]}, None),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "chart", "group": "address"}]}]}, "components.not_groupable"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "buttons", "actions": ["?"]}]}]}, "components.unknown_button"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "text"}]}]}, "components.words_missing"),
        ({"tabs": [{"label": BASICS, "panels": [{"kind": "facts", "sections": [99]}]}]}, "components.out_of_bounds"),
        ({"tabs": [{"key": "a", "label": BASICS}, {"key": "a", "label": BASICS}]}, "components.twice"),
        ({"sections": [section(*(f"f{n}" for n in range(201)))]}, "components.list_too_long"),
        ({"quick": "x" * 120_000}, "components.too_large"),
    ],
)
def test_a_layout_that_makes_no_sense_is_refused_in_words(
    sales: Client, values: dict[str, Any], code: str | None
) -> None:
    change = component("company", "layout", "page", **values)
    if code is None:
        apply(change)
        return

    ((found, message),) = refused(change)

    assert (found, message != code) == (code, True)
    assert len(company(sales)["layouts"]) == 1


def test_a_layout_leaves_out_a_field_that_was_archived_and_shows_it_again_with_it(sales: Client) -> None:
    made = {"op": "field.create", "object": "company", "kind": "text", "key": "nick", "values": {"label": "昵称"}}
    apply(made, component("company", "layout", "page", quick=["name", "nick"], sections=[section("name", "nick")]))
    admin = Client.signed_in_as("administrator")

    asked = admin.post("actions/design/archive-field", {"params": {"field": "company.nick"}})
    apply({"op": "field.archive", "id": "company.nick", "confirm": True})
    without = company(sales)["layouts"][0]
    apply({"op": "field.restore", "id": "company.nick"})

    assert [one["key"] for one in asked.json()["params"]["dependents"]] == ["page"]
    assert without["quick"] == ["name"]
    assert [one["key"] for one in without["sections"][0]["fields"]] == ["name"]
    assert company(sales)["layouts"][0]["quick"] == ["name", "nick"]


def test_who_may_not_configure_makes_no_layout(sales: Client) -> None:
    change = component("company", "layout", "mine", quick=["name"])

    answer = sales.post("actions/design/apply", {"params": {"changes": [change]}})

    assert answer.status_code == 403
    assert len(company(sales)["layouts"]) == 1
