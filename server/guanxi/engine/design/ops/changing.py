"""What all operations have in common: attributes changed under what the caller saw, states, what rests on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.design import log, usage
from guanxi.engine.design.draft import Change, Draft, Row
from guanxi.engine.design.outcome import Dependent, Said
from guanxi.infra.errors import Conflict, FieldError, Invalid


def refuse(draft: Draft, where: str, code: str, **params: Any) -> Invalid:
    """The refusal of one attribute of the change at hand."""
    return Invalid([FieldError(where, code, params, draft.place)], "design.invalid", {"count": 1})


def unchanged_meanwhile(draft: Draft, row: Row, expected: Any) -> None:
    """Conflict when an attribute is not what the caller saw; it names the attribute, who changed it and when."""
    for name, value in (expected or {}).items():
        now = row.state if name == "state" else row.live.get(name)
        if now != value:
            raise Conflict(
                "design.changed_meanwhile",
                {
                    "name": _text(draft, row), "attribute": name, "now": now, "yours": value,
                    **log.last_change_of(draft.ctx, row.id),
                },
            )  # fmt: skip


def set_values(draft: Draft, row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set the attributes that differ and return what they were; the change that takes them back is noted."""
    before = {name: row.live.get(name) for name, value in values.items() if row.live.get(name) != value}
    if not before:
        return {}
    row.live = {**row.live, **{name: values[name] for name in before}}
    draft.touch(row)
    draft.undo_by(
        {
            "op": f"{row.sort}.update", "id": row.id, "values": before,
            "expected": {name: values[name] for name in before}, "confirm": True,
        }
    )  # fmt: skip
    note(draft, row, "update", values={name: values[name] for name in before})
    say(draft, f"design.plan_{row.sort}_update", row, attributes=", ".join(before))
    return before


def set_state(draft: Draft, row: Row, state: str, verb: str, back: str | None, *, along: bool = False) -> None:
    """Bring a row into a state; ``back`` is the operation that takes it back.

    With ``along`` the row follows another one, whose way back takes it along too.
    """
    row.state, row.state_at = state, draft.ctx.now
    draft.touch(row)
    if not along:
        draft.undo_by({"op": f"{row.sort}.{back}", "id": row.id, "confirm": True} if back else None)
    note(draft, row, verb)
    say(draft, f"design.plan_{row.sort}_{verb}", row)


def note(draft: Draft, row: Row, verb: str, **more: Any) -> None:
    """Add what was done to the log of the change; it is found by the thing and by the object that it belongs to."""
    belongs = {} if row.sort == "object" else {"object": row.object_id}
    draft.normal.append({"op": f"{row.sort}.{verb}", "id": row.id, **belongs, "key": row.key, **more})


def must_be(draft: Draft, row: Row, *states: str) -> None:
    """Conflict when the row is in none of the states that the operation is for."""
    if row.state not in states:
        code = {
            "archived": "design.is_archived", "retiring": "design.is_dropped", "dropped": "design.is_dropped",
        }.get(row.state, "design.is_live")  # fmt: skip
        raise Conflict(code, {"name": _text(draft, row)})


def must_be_custom(draft: Draft, row: Row) -> None:
    """Conflict for what the product ships: its rules count on it."""
    if row.shipped is not None:
        raise Conflict("design.is_shipped", {"name": _text(draft, row)})


def told_dependents(draft: Draft, row: Row, change: Change) -> Sequence[Dependent]:
    """What rests on the row, noted in the outcome; Conflict while something must change first, or is not confirmed."""
    found = usage.dependents(draft.ctx, draft, row)
    draft.outcome.dependents.extend(found)
    blocking = [one for one in found if one.blocking]
    if draft.outcome.preview or not found:
        return found
    if blocking or not change.get("confirm"):
        raise Conflict(
            "design.still_used" if blocking else "design.confirm_used",
            {
                "name": _text(draft, row), "count": len(blocking or found),
                "names": _names(draft, blocking or list(found)),
                "dependents": [one.to_json() for one in found[:100]],
            },
        )  # fmt: skip
    return found


def say(draft: Draft, code: str, row: Row, **params: Any) -> None:
    """Add a sentence to the plan; it names the thing, and for parts the object they belong to."""
    owner = draft.rows[row.object_id]
    draft.outcome.plan.append(Said(code, {"name": dict(row.label), "object": dict(owner.label), **params}))
    if owner.key not in draft.outcome.objects:
        draft.outcome.objects.append(owner.key)


def impact(draft: Draft, code: str, row: Row, count: int, **params: Any) -> None:
    """Add a sentence about data to the outcome."""
    owner = draft.rows[row.object_id]
    draft.outcome.impact.append(
        Said(code, {"name": dict(row.label), "object": dict(owner.label), "count": count, **params})
    )


def _text(draft: Draft, row: Row) -> str:
    return row.label.get(draft.ctx.language) or row.key


def _names(draft: Draft, found: Sequence[Dependent]) -> str:
    separator = "、" if draft.ctx.language.startswith("zh") else ", "
    names = [one.label.get(draft.ctx.language) or one.key for one in found[:5]]
    return separator.join(names) + (separator + "…" if len(found) > 5 else "")
