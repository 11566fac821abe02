"""Opportunities stand in stages, and each step is remembered."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from guanxi.engine.context import work
from guanxi.engine.records import counts, undo, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Invalid

FOLLOWING = ("status", "probability", "closed_on")


def codes(refused):
    return [(error.field, error.code, error.row) for error in refused.value.fields]


def test_a_new_one_begins_the_default_pipeline(records):
    deal = records.new("opportunity", name="仓储项目")

    assert records.get("opportunity", deal, "stage") == records.stage("初步接触")
    assert records.get("opportunity", deal, *FOLLOWING) == ("open", Decimal(10), None)
    assert records.all("stage_change") == []


def test_winning_sets_what_follows(records, ctx):
    deal = records.new("opportunity", name="仓储项目")

    records.set("opportunity", deal, stage=records.stage("赢单"))

    today = ctx.now.astimezone(ctx.env.time_zone).date()
    assert records.get("opportunity", deal, *FOLLOWING) == ("won", Decimal(100), today)


def test_given_values_win(records):
    deal = records.new(
        "opportunity", name="仓储项目", stage=records.stage("赢单"), closed_on="2026-03-01", probability="99"
    )

    assert records.get("opportunity", deal, *FOLLOWING) == ("won", Decimal(99), date(2026, 3, 1))


def test_status_cannot_be_written(records):
    with pytest.raises(Invalid) as refused:
        records.new("opportunity", name="仓储项目", status="won")

    assert codes(refused) == [("status", "fields.read_only", 0)]


def test_reopening_clears_the_outcome(records):
    deal = records.new("opportunity", name="仓储项目", stage=records.stage("输单"), loss_reason="price")

    records.set("opportunity", deal, stage=records.stage("方案报价"))

    assert records.get("opportunity", deal, *FOLLOWING, "loss_reason") == ("open", Decimal(50), None, None)


def test_a_stage_brings_its_pipeline_and_a_pipeline_its_first_stage(records):
    channel = records.new("pipeline", name="渠道流程")
    second = records.new("stage", name="签约", pipeline=channel, position=2)
    first = records.new("stage", name="报备", pipeline=channel, position=1)

    by_stage = records.new("opportunity", name="甲", stage=second)
    by_pipeline = records.new("opportunity", name="乙", pipeline=channel)

    assert records.get("opportunity", by_stage, "pipeline") == channel
    assert records.get("opportunity", by_pipeline, "stage") == first


def test_a_stage_of_another_pipeline_is_refused_row_by_row(records, ctx):
    channel = records.new("pipeline", name="渠道流程")
    records.new("stage", name="报备", pipeline=channel, position=1)

    rows = [{"name": "甲"}, {"name": "乙", "pipeline": channel, "stage": records.stage("赢单")}]

    with pytest.raises(Invalid) as refused:
        writes.create(ctx, "opportunity", rows)

    assert codes(refused) == [("stage", "sales.stage_of_another_pipeline", 1)]
    assert records.all("opportunity") == []


def test_losing_needs_a_reason_on_screen(records):
    deal = records.new("opportunity", name="仓储项目")

    with pytest.raises(Invalid) as refused:
        records.set("opportunity", deal, stage=records.stage("输单"))

    assert codes(refused) == [("loss_reason", "sales.loss_reason_required", 0)]
    records.set("opportunity", deal, stage=records.stage("输单"), loss_reason="price")
    assert records.get("opportunity", deal, "status") == "lost"


def test_losing_needs_no_reason_at_import_or_where_the_pipeline_says_so(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="import") as ctx:
        imported = records_of(ctx)
        imported.new("opportunity", name="导入的", stage=imported.stage("输单"))
    with work(workspace, actor("administrator"), via="ui") as ctx:
        records = records_of(ctx)
        (standard,) = records.all("pipeline")
        records.set("pipeline", standard, requires_loss_reason=False)
        records.new("opportunity", name="不问原因", stage=records.stage("输单"))

        assert len(records.all("opportunity", {"field": "status", "op": "eq", "value": "lost"})) == 2


def test_each_step_is_remembered_with_the_days_before_it(workspace, actor, records_of):
    with work(workspace, actor("salesperson"), via="ui", now=datetime(2026, 3, 1, 2, tzinfo=UTC)) as ctx:
        deal = records_of(ctx).new("opportunity", name="仓储项目")
    with work(workspace, actor("salesperson"), via="ui", now=datetime(2026, 3, 4, 14, tzinfo=UTC)) as ctx:
        records = records_of(ctx)
        records.set("opportunity", deal, stage=records.stage("方案报价"))

        (step,) = records.all("stage_change")
        found = records.get(
            "stage_change", step, "opportunity", "from_stage", "to_stage", "days", "entered_at", "owner"
        )
        assert found == (
            deal,
            records.stage("初步接触"),
            records.stage("方案报价"),
            Decimal("3.50"),
            datetime(2026, 3, 4, 14, tzinfo=UTC),
            actor("salesperson").member_id,
        )
        assert records.get("stage_change", step, "name") == "初步接触 → 方案报价"


def test_writing_the_same_stage_is_no_step(records):
    deal = records.new("opportunity", name="仓储项目")

    records.set("opportunity", deal, stage=records.stage("初步接触"), next_step="报价")

    assert records.all("stage_change") == []


def test_undoing_a_step_leaves_no_trace_of_it(workspace, actor, records_of):
    seller = actor("salesperson")
    began = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with work(workspace, seller, via="ui", now=began) as ctx:
        deal = records_of(ctx).new("opportunity", name="仓储项目")
    with work(workspace, seller, via="ui") as ctx:
        records = records_of(ctx)
        records.set("opportunity", deal, stage=records.stage("赢单"))
        step = ctx.change_set

    with work(workspace, seller, via="undo") as ctx:
        undo.undo(ctx, step)

        records = records_of(ctx)
        assert records.get("opportunity", deal, "stage") == records.stage("初步接触")
        assert records.get("opportunity", deal, *FOLLOWING, "stage_since") == ("open", Decimal(10), None, began)
        assert records.all("stage_change") == []


def test_a_list_costs_the_same_number_of_statements_as_one(ctx, records, monkeypatch):
    deals = writes.create(ctx, "opportunity", [{"name": f"项目 {n}"} for n in range(40)])
    proposal = records.stage("方案报价")
    counted = []
    run = type(ctx).run
    monkeypatch.setattr(type(ctx), "run", lambda self, *a: counted.append(a) or run(self, *a))

    writes.update(ctx, "opportunity", [Change(deals[0], {"stage": proposal})])
    for_one, counted[:] = len(counted), []
    writes.update(ctx, "opportunity", [Change(one, {"stage": proposal}) for one in deals[1:]])

    # The change set is opened once and titles are remembered; nothing depends on the number of records.
    assert len(counted) <= for_one
    assert counts.count(ctx, "stage_change").value == 40


@pytest.mark.parametrize("field", ["stage", "pipeline"])
def test_a_place_is_not_taken_away_without_another(records, field):
    deal = records.new("opportunity", name="仓储项目")
    before = records.get("opportunity", deal, "stage", "pipeline")

    with pytest.raises(Invalid) as refused:
        records.set("opportunity", deal, **{field: None})

    assert codes(refused) == [(field, "fields.required", 0)]
    assert records.get("opportunity", deal, "stage", "pipeline") == before
