"""Materials: files, links and articles that everybody who sells reads, and their owners keep."""

import pytest

from tests.areas.enablement.conftest import Desk
from tests.support.clients import Client


@pytest.mark.parametrize(
    ("kind", "missing", "content"),
    [
        ("article", "body", {"body": "<p>四周上线</p>"}),
        ("link", "url", {"url": "https://example.com/brochure"}),
        ("file", "files", {}),
    ],
)
def test_a_material_without_content_is_refused(desk: Desk, kind: str, missing: str, content: dict):
    answer = desk.admin.post("records/material", {"values": {"name": "上线计划", "kind": kind}})
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [
        (missing, f"enablement.{missing}_needed")
    ]
    assert desk.rows("material") == []
    if content:
        made = desk.admin.make("material", name="上线计划", kind=kind, **content)["id"]
        emptied = desk.admin.patch(f"records/material/{made}", {"values": dict.fromkeys(content)})
        assert emptied.status_code == 422


def test_everybody_who_sells_finds_them_and_changes_their_own_alone(desk: Desk):
    theirs = desk.admin.make("material", name="产品一页纸", body="<p>x</p>", stages=[desk.stages[1]])["id"]
    own = desk.sales.make("material", name="我的案例", body="<p>x</p>")["id"]

    assert {one["name"] for one in desk.rows("material", desk.sales)} == {"产品一页纸", "我的案例"}
    of_stage = {"field": "stages", "op": "has_any", "value": [desk.stages[1]]}
    assert [one["id"] for one in desk.rows("material", desk.sales, where=of_stage)] == [theirs]
    changed = {"values": {"status": "retired"}}
    assert desk.sales.patch(f"records/material/{own}", changed).status_code == 200
    assert desk.sales.patch(f"records/material/{theirs}", changed).status_code in (403, 404)
    assert Client.signed_in_as("colleague").patch(f"records/material/{own}", changed).status_code in (403, 404)
