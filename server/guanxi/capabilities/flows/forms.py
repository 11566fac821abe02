"""Forms that runs wait for: who is to fill them in reads them here, and fills them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson
from typing_extensions import TypedDict

from guanxi.capabilities.flows import runs, values
from guanxi.capabilities.flows.keeping import keep
from guanxi.capabilities.flows.kinds.base import OUT
from guanxi.capabilities.flows.kinds.forms import corr_of
from guanxi.capabilities.flows.questions import answered
from guanxi.capabilities.flows.shapes import FlowForm
from guanxi.capabilities.flows.told import instant, instant_or_none
from guanxi.capabilities.flows.values import HOLE
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import Conflict, NotFound
from guanxi.infra.http.shapes import Id

MOST = 200
_DONE = "SELECT id FROM sys_form WHERE filled_by = $1 ORDER BY id DESC LIMIT $2::int"
_ASKED = (
    "SELECT f.id FROM sys_form f WHERE f.members @> ARRAY[$1::uuid] AND f.filled_at IS NULL"
    " AND EXISTS (SELECT 1 FROM sys_token t WHERE t.id = f.token AND t.corr = 'form:' || f.id)"
    " ORDER BY f.id DESC LIMIT $2::int"
)


@dataclass(frozen=True)
class FillForm:
    """The form, and the answers by the names of its questions."""

    form: UUID
    answers: Mapping[str, Any]


class FilledForm(TypedDict):
    """The form that was filled in."""

    form: Id


@action("flows.fill_form", params=FillForm)
def fill_form(ctx: Context, params: FillForm) -> FilledForm:
    """Fill in a form that one is asked for; the run goes on with the answers.

    Conflict ``flows.form_filled`` when nobody waits for it any more, Invalid for answers that are missing or wrong.
    """
    _, _, run_id, _, _, asks, *_ = _row(ctx, params.form)
    ((run),) = runs.take(ctx, [run_id])
    token = next((one for one in run.live if one.corr == corr_of(params.form) and one.state == "waiting"), None)
    if token is None:
        raise Conflict("flows.form_filled")
    answers = answered(asks["questions"], params.answers)
    ctx.run(
        "UPDATE sys_form SET filled_at = $2, filled_by = $3, answers = $4::text::jsonb WHERE id = $1",
        [params.form, ctx.now, ctx.author, orjson.dumps(answers).decode()],
    )
    by = str(ctx.author) if ctx.author else None
    gave = {asks["as"]: {**answers, "filled_by": by}}
    run.data.update(gave)
    run.note(token, "filled", None, {"member": by}, gave)
    token.corr, token.port, token.wake_at, token.is_changed = None, OUT, ctx.now, True
    keep(ctx, [run])
    wake(ctx)
    return {"form": str(params.form)}


def mine(ctx: Context, *, done: bool) -> list[FlowForm]:
    """The forms that the actor is asked for, or has filled in, the latest first."""
    ids = ctx.run(_DONE if done else _ASKED, [ctx.author, MOST])
    rows = _rows(ctx, [id_ for (id_,) in ids])
    return [_told(ctx, *row) for row in rows]


def one(ctx: Context, id_: UUID) -> FlowForm:
    """One form; NotFound for others than those who are asked and those who look after automation."""
    return _told(ctx, *_row(ctx, id_))


def _row(ctx: Context, id_: UUID) -> Sequence[Any]:
    rows = _rows(ctx, [id_])
    if not rows or not (ctx.author in rows[0][1] or ctx.actor.may("automation")):
        raise NotFound("flows.no_such_form", {"id": str(id_)})
    return rows[0]


def _rows(ctx: Context, ids: Sequence[UUID]) -> Sequence[Sequence[Any]]:
    """Forms, with whether their run still waits for them."""
    return ctx.run(
        "SELECT f.id, f.members, f.run, f.object, f.record, f.asks, f.due_at, f.created_at, f.filled_at, f.filled_by,"
        " f.answers, EXISTS (SELECT 1 FROM sys_token t WHERE t.id = f.token AND t.corr = 'form:' || f.id)"
        " FROM sys_form f WHERE f.id = ANY($1::uuid[]) ORDER BY f.id DESC",
        [list(ids)],
    )


def _told(
    ctx: Context, id_: UUID, _members: Sequence[UUID], run: UUID, object_key: str | None, record: UUID | None, asks: Mapping[str, Any],
    due_at: datetime | None, created_at: datetime, filled_at: datetime | None, filled_by: UUID | None,
    answers: Mapping[str, Any] | None, is_open: bool,
) -> FlowForm:  # fmt: skip
    """A form as the actor may read it."""
    specs: dict[str, values.Spec] = {name: {"text": asks.get(name) or ""} for name in ("title", "text")}
    about: Reference | None = None
    if object_key in ctx.snapshot.objects and record is not None and ctx.actor.rights(object_key or "").reads:
        object_key = object_key or ""
        found = titles(ctx, {(object_key, record)})
        if (object_key, record) in found:
            about = cast("Reference", reference(found, object_key, record))
        (texts,) = values.work_out(ctx, ctx.snapshot.object(object_key), [record], specs, [{}])
    else:
        texts = {name: HOLE.sub("", str(spec["text"])) for name, spec in specs.items()}
    return {
        "id": str(id_), "run": str(run), "title": " ".join(texts["title"].split()), "text": texts["text"] or None,
        "questions": list(asks["questions"]), "object": object_key if about else None, "record": about,
        "due_at": instant_or_none(due_at), "created_at": instant(created_at), "filled_at": instant_or_none(filled_at),
        "answers": dict(answers) if answers and (filled_by == ctx.author or ctx.actor.may("automation")) else None,
        "open": is_open and filled_at is None,
    }  # fmt: skip
