"""Exactly one pipeline is the default."""

from uuid import UUID

import pytest

from guanxi.areas.sales.errors import DefaultPipelineNeeded
from guanxi.areas.sales.rules.pipelines import DefaultNeeded, keep_one_default
from guanxi.infra.errors import Conflict

A, B, C = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("after", "chosen", "changes"),
    [
        ({}, [], {}),
        ({A: True}, [A], {}),
        ({A: False}, [], {A: True}),
        ({A: True, B: True}, [B], {A: False}),
        ({A: True, B: True, C: True}, [B, C], {A: False, B: False}),
        ({A: True, B: False}, [], {}),
    ],
)
def test_steps(after, chosen, changes):
    assert keep_one_default(after, chosen) == changes


@pytest.mark.parametrize("after", [{A: False, B: False}])
def test_none_left_is_refused(after):
    with pytest.raises(DefaultNeeded):
        keep_one_default(after, [])


def defaults(records):
    return records.all("pipeline", {"field": "is_default", "op": "eq", "value": True})


def test_a_new_default_takes_the_place_of_the_old(records):
    other = records.new("pipeline", name="渠道流程", is_default=True)

    assert defaults(records) == [other]


def test_taking_the_default_away_is_refused(records):
    (standard,) = defaults(records)
    records.new("pipeline", name="渠道流程")
    records.new("pipeline", name="续约流程")

    with pytest.raises(DefaultPipelineNeeded):
        records.set("pipeline", standard, is_default=False)


def test_a_stage_in_use_cannot_be_deleted(records):
    records.new("opportunity", name="仓储项目")

    with pytest.raises(Conflict, match=r"records\.still_used"):
        records.delete("stage", records.stage("初步接触"))
