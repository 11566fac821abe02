"""Tables of lines made by a designer: whoever may not see a record sees none of its lines."""

from typing import Any

import pytest

from tests.engine.design.designer import Designer
from tests.support.clients import Client

LABEL = {"zh-CN": "明细", "en": "Lines"}
NAME = {"kind": "text", "key": "name", "label": LABEL}
LINES = {"kind": "sub_table", "key": "lines", "label": LABEL}
SETTINGS = {"object": "offer_line", "field": "offer"}


def make_objects(designer: Designer, **line: Any) -> None:
    """Offers and what is to be their lines, one after the other as the screens make them."""
    points = {"target": "offer", "reverse": "line_records", "on_delete": "cascade"}
    link = {"kind": "lookup", "key": "offer", "label": LABEL, "settings": points}
    designer.act("create_object", label=LABEL, key="offer", fields=[NAME])
    designer.act("create_object", label=LABEL, key="offer_line", fields=[NAME, link], **line)


def make_lines(designer: Designer) -> dict[str, Any]:
    """The table of lines."""
    return designer.act("create_field", object="offer", **LINES, values={"settings": SETTINGS})


def check_hidden_with_their_record(sales: Client) -> None:
    """Lines are seen by whoever sees their record, and by nobody else."""
    offer = sales.make("offer", name="报价", lines=[{"values": {"name": "一"}}])
    rows = sales.post("records/offer_line/query", {"select": ["name", "offer"]}).json()["rows"]
    assert [(one["name"], one["offer"]["id"]) for one in rows] == [("一", offer["id"])]
    other = Client.signed_in_as("other_salesperson")
    assert other.get(f"records/offer/{offer['id']}").status_code == 404
    assert other.post("records/offer_line/query", {}).json()["rows"] == []


@pytest.mark.parametrize("features", [[], ["owner"], ["timeline", "export"]])
def test_an_object_without_records_is_told_to_inherit_access(designer: Designer, sales: Client, features: list[str]):
    make_objects(designer, values={"features": features})

    made = make_lines(designer)

    found = designer.catalog("offer_line")
    assert found is not None
    assert found["inherit"] == "offer"
    assert set(found["features"]) == {*features, "owner"}
    assert "offer_line" in str(made) or LABEL["zh-CN"] in str(made)
    check_hidden_with_their_record(sales)


def test_what_is_made_in_one_go_inherits_access_too(designer: Designer, sales: Client):
    points = {"target": "offer", "reverse": "line_records", "on_delete": "cascade"}
    fields = [
        {"op": "field.create", "object": "offer", "kind": "sub_table", "key": "lines",
         "values": {"label": LABEL, "settings": SETTINGS}},
        {"op": "field.create", "object": "offer_line", "kind": "text", "key": "name", "values": {"label": LABEL}},
        {"op": "field.create", "object": "offer_line", "kind": "lookup", "key": "offer",
         "values": {"label": LABEL, "settings": points}},
    ]  # fmt: skip
    objects = [{"op": "object.create", "key": key, "values": {"label": LABEL}} for key in ("offer", "offer_line")]
    designer.act("apply", changes=[*objects, *fields])

    assert (designer.catalog("offer_line") or {})["inherit"] == "offer"
    check_hidden_with_their_record(sales)


@pytest.mark.parametrize("binned", [False, True])
def test_an_object_with_records_is_refused(designer: Designer, sales: Client, binned: bool):
    make_objects(designer, values={"features": []})
    one = sales.make("offer_line", name="旧", offer=sales.make("offer", name="报价")["id"])
    if binned:
        assert designer.client.delete(f"records/offer_line/{one['id']}").status_code == 200

    refused = designer.refused("create_field", object="offer", **LINES, values={"settings": SETTINGS})

    assert [(e["field"], e["code"]) for e in refused["fields"]] == [("settings", "design.lines_need_inherit")]


def test_lines_do_not_go_another_way_to_their_access(designer: Designer):
    points = {"target": "offer", "reverse": "line_records"}
    designer.act("create_object", label=LABEL, key="offer", fields=[NAME])
    designer.act(
        "create_object", label=LABEL, key="offer_line", values={"inherit": "company", "features": ["owner"]},
        fields=[
            NAME,
            {"kind": "lookup", "key": "offer", "label": LABEL, "settings": points},
            {"kind": "lookup", "key": "company", "label": LABEL, "settings": {"target": "company"}},
        ],
    )  # fmt: skip

    refused = designer.refused("create_field", object="offer", **LINES, values={"settings": SETTINGS})

    assert [one["code"] for one in refused["fields"]] == ["design.lines_need_inherit"]


def test_records_that_come_to_have_owners_take_their_lines_along(designer: Designer, sales: Client):
    points = {"target": "offer", "reverse": "line_records"}
    link = {"kind": "lookup", "key": "offer", "label": LABEL, "settings": points}
    designer.act("create_object", label=LABEL, key="offer", fields=[NAME], values={"features": []})
    designer.act("create_object", label=LABEL, key="offer_line", fields=[NAME, link], values={"features": []})
    make_lines(designer)
    assert (designer.catalog("offer_line") or {})["inherit"] is None
    line = sales.make("offer_line", name="一")

    refused = designer.refused("update_object", object="offer", values={"features": ["owner"]})
    assert [one["code"] for one in refused["fields"]] == ["design.lines_need_inherit"]

    designer.act("update_object", object="offer", values={"label": {"zh-CN": "报价单", "en": "Offers"}})
    assert sales.get(f"records/offer_line/{line['id']}").status_code == 200


def test_the_milestones_of_the_template_become_lines(designer: Designer, sales: Client):
    designer.act("create_object", template="project")
    settings = {"object": "milestone", "field": "project"}
    designer.act("create_field", object="project", **LINES, values={"settings": settings})

    project = sales.make("project", name="新园区", lines=[{"values": {"name": "开工"}}])

    rows = sales.post(f"records/project/{project['id']}/related/milestones", {}).json()["rows"]
    assert [one["name"] for one in rows] == ["开工"]
    assert Client.signed_in_as("other_salesperson").post("records/milestone/query", {}).json()["rows"] == []
