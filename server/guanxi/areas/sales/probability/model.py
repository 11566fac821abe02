"""The model of a workspace as it is kept, with what came of trying it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from guanxi.areas.sales.rules.logistic import Fitted
from guanxi.areas.sales.rules.probability import Model, Report, Scale
from guanxi.engine.context import Context


@dataclass(frozen=True, slots=True)
class Kept:
    """The last training: when it was asked for and done, what came of it, and the model where it is in use."""

    asked_at: datetime | None
    trained_at: datetime | None
    report: Report | None
    model: Model | None


def kept(ctx: Context) -> Kept:
    """What is kept of the last training."""
    rows = ctx.run("SELECT asked_at, trained_at, report, model FROM sys_probability")
    if not rows:
        return Kept(None, None, None, None)
    asked_at, trained_at, report, model = rows[0]
    report, model = _json(report), _json(model)
    return Kept(asked_at, trained_at, Report(**report) if report else None, _model(model) if model else None)


def in_use(ctx: Context) -> bool:
    """Whether a model foretells."""
    return bool(ctx.run("SELECT 1 FROM sys_probability WHERE model IS NOT NULL"))


def ask(ctx: Context) -> None:
    """Note that the model is to be trained."""
    ctx.run(
        "INSERT INTO sys_probability (asked_at) VALUES ($1) ON CONFLICT (one) DO UPDATE SET asked_at = excluded.asked_at",
        [ctx.now],
    )


def keep(ctx: Context, report: Report, model: Model | None) -> None:
    """Keep what came of a training."""
    ctx.run(
        "INSERT INTO sys_probability (trained_at, report, model) VALUES ($1, $2::text::jsonb, $3::text::jsonb)"
        " ON CONFLICT (one) DO UPDATE SET trained_at = excluded.trained_at, report = excluded.report,"
        " model = excluded.model",
        [ctx.now, orjson.dumps(asdict(report)).decode(), orjson.dumps(_told(model)).decode() if model else None],
    )


def _told(model: Model) -> dict[str, Any]:
    return {
        "base": model.fitted.base,
        "weights": dict(model.fitted.weights),
        "medians": {str(stage): days for stage, days in model.scale.medians.items()},
        "bands": list(model.scale.bands),
        "owners": {str(owner): standing for owner, standing in model.owners.items()},
        "usual": dict(model.usual),
    }


def _model(told: dict[str, Any]) -> Model:
    medians = {UUID(stage): days for stage, days in told["medians"].items()}
    return Model(
        Fitted(told["base"], told["weights"]), Scale(medians, told["bands"]),
        {UUID(owner): standing for owner, standing in told["owners"].items()}, told["usual"],
    )  # fmt: skip


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str | bytes) else value
