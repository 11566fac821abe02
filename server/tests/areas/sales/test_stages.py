"""Where an opportunity stands and what follows from it: the pure rules."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.sales.rules import stages
from guanxi.areas.sales.rules.stages import Funnel, NotPlaced, Stage

A, B, EMPTY = (UUID(int=n) for n in (1, 2, 3))
TODAY = date(2026, 11, 22)


def stage(number, pipeline, position, category="open", probability=50):
    return Stage(UUID(int=number), pipeline, f"s{number}", position, Decimal(probability), category)


FIRST, SECOND, WON, LOST, OTHER = (
    stage(11, A, 1, probability=10),
    stage(12, A, 2),
    stage(13, A, 0, "won", 100),
    stage(14, A, 3, "lost", 0),
    stage(21, B, 1),
)
FUNNEL = Funnel([WON, SECOND, FIRST, LOST, OTHER], A)


@pytest.mark.parametrize(
    ("pipeline", "named", "expected"),
    [
        (None, None, FIRST),
        (A, None, FIRST),
        (B, None, OTHER),
        (None, OTHER.id, OTHER),
        (A, LOST.id, LOST),
    ],
)
def test_place(pipeline, named, expected):
    assert FUNNEL.place(pipeline, named) == expected


@pytest.mark.parametrize(
    ("pipeline", "named", "field", "code"),
    [
        (B, FIRST.id, "stage", "sales.stage_of_another_pipeline"),
        (None, UUID(int=99), "stage", "sales.unknown_stage"),
        (EMPTY, None, "pipeline", "sales.pipeline_without_stages"),
    ],
)
def test_no_place(pipeline, named, field, code):
    with pytest.raises(NotPlaced) as refused:
        FUNNEL.place(pipeline, named)

    assert (refused.value.field, refused.value.code) == (field, code)


def test_workspace_without_pipelines_has_no_place():
    with pytest.raises(NotPlaced, match=r"sales\.pipeline_without_stages"):
        Funnel([], None).place(None, None)


@pytest.mark.parametrize(
    ("where", "given_values", "before", "expected"),
    [
        (
            FIRST,
            {},
            {},
            {"status": "open", "probability": Decimal(10), "forecast_category": "pipeline", "closed_on": None},
        ),
        (
            FIRST,
            {"probability": Decimal(33), "forecast_category": "commit"},
            {},
            {"status": "open", "closed_on": None},
        ),
        (
            FIRST,
            {"probability": Decimal(33)},
            {},
            {"status": "open", "forecast_category": "pipeline", "closed_on": None},
        ),
        (WON, {}, {"status": "open"}, {"status": "won", "probability": Decimal(100), "closed_on": TODAY}),
        (WON, {"closed_on": date(2026, 1, 2)}, {}, {"status": "won", "probability": Decimal(100)}),
        (
            WON,
            {},
            {"status": "won", "closed_on": date(2026, 1, 2)},
            {"status": "won", "probability": Decimal(100), "closed_on": date(2026, 1, 2)},
        ),
        (
            FIRST,
            {},
            {"status": "lost", "closed_on": date(2026, 1, 2), "loss_reason": "price"},
            {
                "status": "open",
                "probability": Decimal(10),
                "forecast_category": "pipeline",
                "closed_on": None,
                "loss_reason": None,
            },
        ),
    ],
)
def test_outcome(where, given_values, before, expected):
    assert stages.outcome(where, given_values, before, TODAY) == expected


@given(st.integers(-(10**6), 10**8))
def test_days_are_never_negative(seconds):
    start = datetime(2026, 1, 1, tzinfo=UTC)

    days = stages.days_between(start, start + timedelta(seconds=seconds))

    assert days == max(Decimal(seconds) / 86_400, Decimal(0)).quantize(Decimal("0.01"))
