"""The gates of stages at work: one rule for forms, boards, the API, imports and flows, and what it still asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.areas.sales.rules import moves as rules
from guanxi.areas.sales.rules.gates import Item, is_filled
from guanxi.areas.sales.rules.moves import Barred
from guanxi.areas.sales.rules.stages import Funnel, Stage
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write
from guanxi.infra.errors import FieldError

OBJECT = "opportunity"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Move:
    """A write by which an opportunity enters a stage, and the stage it leaves if there is one."""

    write: Write
    left: Stage | None
    entered: Stage

    @property
    def step(self) -> tuple[UUID | None, UUID]:
        """From which stage to which."""
        return self.left.id if self.left else None, self.entered.id


@dataclass(frozen=True, slots=True)
class Tick:
    """Who ticked an item off, and when."""

    by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a gate still asks of one opportunity."""

    barred: Barred | None = None
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()


def askable(obj: Object) -> list[str]:
    """Keys of the fields that a gate can ask for: those which people fill in."""
    return [
        one.key
        for one in obj.fields.values()
        if one.kind.holds_value and not one.read_only and not one.system and not one.kind.computed
        and not one.kind.generated and one.key not in ("stage", "pipeline")
    ]  # fmt: skip


def judge(ctx: Context, funnel: Funnel, moves: Sequence[Move]) -> list[FieldError]:
    """What the gates have against a list of moves, row by row.

    What is put back as it was is not asked, nor what the product does by itself, nor what an import brings in with its
    past: that was decided elsewhere, before there was a gate here.
    """
    if not moves or ctx.undoes is not None or ctx.lenient or (ctx.actor.is_system and ctx.via != "flow"):
        return []
    judged = [one for one in moves if not (ctx.via == "import" and one.write.op == "create" and one.write.at)]
    errors: list[FieldError] = []
    for move, found in zip(judged, wanted(ctx, funnel, judged), strict=True):
        errors += _errors(ctx, move, found)
    return errors


def wanted(ctx: Context, funnel: Funnel, moves: Sequence[Move]) -> list[Wanted]:
    """What each move still lacks."""
    obj = ctx.snapshot.object(OBJECT)
    # An import moves very many from few stages to few others.
    steps = {one.step: (one.left, one.entered) for one in moves}
    asking_steps = {step for step, stages in steps.items() if rules.asks(*stages)}
    barred = {step: rules.barred(funnel.stages, *stages) for step, stages in steps.items()}
    asking = [one for one in moves if one.step in asking_steps]
    ticks = ticked(ctx, [one.write.id for one in asking if one.write.old is not None and one.entered.gate.items])
    linked = _linked(ctx, obj, asking)
    found = []
    for one in moves:
        gate, asks = one.entered.gate, one.step in asking_steps
        missing = [
            obj.fields[key]
            for key in (gate.fields if asks else ())
            if key in obj.fields and not is_filled(_value(one.write, key, linked))
        ]
        done = ticks.get(one.write.id, {})
        left = [item for item in (gate.items if asks else ()) if (one.entered.id, item.key) not in done]
        found.append(Wanted(barred[one.step], tuple(missing), tuple(left)))
    return found


def ticked(ctx: Context, opportunities: Collection[UUID]) -> dict[UUID, dict[tuple[UUID, str], Tick]]:
    """What was ticked off, by opportunity and then by stage and item."""
    if not opportunities:
        return {}
    system = ctx.as_system()
    where = {"field": "opportunity", "op": "in", "value": [str(one) for one in opportunities]}
    rows = reads.native(
        system, "stage_check", reads.ids(system, "stage_check", where),
        ("opportunity", "stage", "item", "created_by", "created_at"),
    )  # fmt: skip
    found: dict[UUID, dict[tuple[UUID, str], Tick]] = {}
    for row in rows.values():
        found.setdefault(row["opportunity"], {})[(row["stage"], row["item"])] = Tick(
            row["created_by"], row["created_at"]
        )
    return found


def _linked(ctx: Context, obj: Object, moves: Sequence[Move]) -> Mapping[UUID, Mapping[str, Any]]:
    """Values that are not stored with the record itself, such as tags, of those that gates ask for."""
    stored = {one.key for one in obj.stored}
    keys = {
        key
        for move in moves
        for key in move.entered.gate.fields
        if key in obj.fields and key not in stored and obj.fields[key].kind.holds_value
    }
    ids = [move.write.id for move in moves if move.write.old is not None]
    return reads.native(ctx.as_system(), obj.key, ids, sorted(keys)) if keys and ids else {}


def _value(write: Write, key: str, linked: Mapping[UUID, Mapping[str, Any]]) -> Any:
    if key in write.new:
        return write.new[key]
    return linked.get(write.id, {}).get(key) if key in linked.get(write.id, {}) else write.value(key)


def _errors(ctx: Context, move: Move, found: Wanted) -> list[FieldError]:
    row, stage = move.write.row, move.entered.name
    if found.barred:
        return [FieldError("stage", found.barred.code, found.barred.params, row)]
    errors = []
    for field in found.fields:
        if seen(ctx, field):
            errors.append(FieldError(field.key, "sales.gate_field", {"field": field.label, "stage": stage}, row))
        else:
            errors.append(FieldError("stage", "sales.gate_hidden_field", {"stage": stage}, row))
    needed = [item.name for item in found.items if item.required]
    if needed:
        told = "、".join(needed[:_SHOWN]) + ("…" if len(needed) > _SHOWN else "")
        errors.append(
            FieldError("stage", "sales.gate_checklist", {"stage": stage, "items": told, "count": len(needed)}, row)
        )
    return errors


def seen(ctx: Context, field: Field) -> bool:
    """Whether the actor may be told what stands in a field."""
    return ctx.guard().level(ctx.snapshot.object(OBJECT), field) not in ("hidden", "masked", "reveal")
