"""Guidance of stages, and opportunities that stay in a stage for too long."""

from datetime import UTC, datetime, timedelta

import pytest

from guanxi.engine.context import work
from guanxi.engine.records import undo
from guanxi.infra.errors import Invalid

NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
ROTTING = {"field": "rotting", "op": "eq", "value": True}


def test_what_stays_too_long_rots(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="ui", now=NOW) as ctx:
        records = records_of(ctx)
        records.set("stage", records.stage("初步接触"), rot_days=30)
        old = records.new("opportunity", name="仓储项目")
        assert records.get("opportunity", old, "rots_at") == NOW + timedelta(days=30)
    with work(workspace, actor("administrator"), via="ui", now=NOW + timedelta(days=31, hours=1)) as ctx:
        records = records_of(ctx)
        records.new("opportunity", name="新项目")
        assert records.all("opportunity", ROTTING) == [old]
        assert [int(n) for n in records.get("opportunity", old, "stage_days", "days_over")] == [31, 2]
        before = {"field": "rots_at", "op": "lt", "value": ctx.now.isoformat()}
        assert records.all("opportunity", before) == [old]
        records.set("opportunity", old, stage=records.stage("需求确认"))
        assert records.all("opportunity", ROTTING) == []
        assert records.get("opportunity", old, "rots_at") is None


def test_a_new_limit_holds_of_those_inside_until_it_is_undone(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="ui", now=NOW) as ctx:
        deal = records_of(ctx).new("opportunity", name="仓储项目")
    with work(workspace, actor("administrator"), via="ui", now=NOW + timedelta(days=9)) as ctx:
        records = records_of(ctx)
        records.set("stage", records.stage("初步接触"), rot_days=7)
        assert records.all("opportunity", ROTTING) == [deal]
        changed = ctx.change_set
    with work(workspace, actor("administrator"), via="ui", now=NOW + timedelta(days=9)) as ctx:
        undo.undo(ctx, changed)
        assert records_of(ctx).all("opportunity", ROTTING) == []


def test_what_is_closed_does_not_rot(records):
    records.set("stage", records.stage("初步接触"), rot_days=1)
    deal = records.new("opportunity", name="仓储项目")

    records.set("opportunity", deal, stage=records.stage("赢单"))

    assert records.get("opportunity", deal, "rots_at") is None


def test_guidance_is_told_in_the_readers_language(client):
    admin, seller = client("administrator"), client("salesperson")
    deal = seller.make("opportunity", name="仓储项目")
    materials = [{"title": "报价模板", "url": "https://files.example/quote"}]
    values = {
        "guidance": "<p>确认决策人</p>", "guidance_en": "<p>Find who decides</p>", "key_fields": ["amount", "next_step"],
        "materials": materials,
    }  # fmt: skip
    assert admin.patch(f"records/stage/{deal['stage']['id']}", {"values": values}).status_code == 200

    here = next(one for one in seller.get(f"opportunities/{deal['id']}/gates").json()["stages"] if one["here"])

    assert "确认决策人" in here["guidance"]
    assert (here["key_fields"], here["materials"]) == (["amount", "next_step"], materials)


@pytest.mark.parametrize("values", [
    {"materials": [{"title": "x", "url": "javascript:alert(1)"}]},
    {"materials": [{"title": " ", "url": "https://a.example"}]},
    {"materials": "https://a.example"},
    {"key_fields": ["nothing"]},
    {"rot_days": 0},
])  # fmt: skip
def test_guidance_that_means_nothing_is_refused(records, values):
    with pytest.raises(Invalid):
        records.set("stage", records.stage("方案报价"), **values)
