"""Grading leads: one lead right after its change, all of them in parts after a change of the model or over night.

As stored computed values, scores neither count as a revision nor stand in the change log. A grade that is another one
does stand there, so that flows and the history are told; after a change of the model it does not, as nothing happened
with the leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.grading.scoring import FIELDS, Span, statement
from guanxi.areas.sales.rules.grading import Model
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import changes, computed, notices
from guanxi.engine.records.hooks import Write

PART = 20_000
"""Leads graded by one statement."""


def grade(ctx: Context, model: Model | None, ids: Sequence[UUID] | Span, *, told: bool = True) -> int:
    """Work out the grades of leads anew and keep them; how many were others than before.

    ``told`` has new grades stand in the change log.
    """
    system = ctx.as_system()
    lead = ctx.snapshot.object(LEAD)
    bind = Bind()
    scores = statement(system, model, ids, bind)
    sets = ", ".join(f'"{key}" = v."{key}"' for key in FIELDS)
    differs = " OR ".join(f'p."{key}" IS DISTINCT FROM v."{key}"' for key in FIELDS)
    # Locked in the order of their ids, as whoever writes many leads does.
    rows = system.run(
        f"WITH v AS MATERIALIZED ({scores}), held AS MATERIALIZED (SELECT p.id FROM v"
        f' JOIN "{lead.table}" p ON p.id = v.id WHERE {differs} ORDER BY p.id FOR NO KEY UPDATE OF p)'
        f' UPDATE "{lead.table}" p SET {sets} FROM v JOIN held ON held.id = v.id WHERE p.id = v.id'
        " RETURNING p.id, p.rev, p.owner, p.via_owner, v.was, v.grade",
        bind.values,
    )
    if not rows:
        return 0
    writes = [_write(*row) for row in rows]
    logged = [one for one in writes if one.new] if told else []
    changes.log(system, lead, logged, via=changes.COMPUTED)
    named = {one.id for one in logged}
    notices.send(system, lead, [one for one in writes if one.id not in named])
    dirty: computed.Dirty = {}
    computed.climb(system, lead, frozenset(FIELDS), [one.id for one in writes], dirty)
    computed.settle(system, dirty)
    return len(rows)


def _write(id_: UUID, rev: int, owner: UUID | None, via: UUID | None, was: str | None, now: str | None) -> Write:
    old = {"owner": owner, "via_owner": via, "grade": was}
    return Write("update", id_, old, {} if was == now else {"grade": now}, rev=rev)


def next_part(ctx: Context, after: UUID | None, number: int = PART) -> list[UUID]:
    """The leads that come next in the order of their ids."""
    table = ctx.snapshot.object(LEAD).table
    rows = ctx.run(
        f'SELECT id FROM "{table}" WHERE ($1::uuid IS NULL OR id > $1) AND deleted_at IS NULL ORDER BY id'
        f" LIMIT {number:d}",
        [after],
    )
    return [id_ for (id_,) in rows]


def foreseen(ctx: Context, model: Model, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What a model would give to leads, with the grade that they have; nothing is kept."""
    bind = Bind()
    rows = ctx.run(statement(ctx.as_system(), model, ids, bind), bind.values)
    names = ("was", *FIELDS)
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def leads_of(ctx: Context, event: Object, link: Field, ids: Sequence[UUID]) -> set[UUID]:
    """The leads that records are about, deleted ones too."""
    mine = f"AND \"{link.key}__object\" = '{LEAD}'" if link.kind.trait == "about" else ""
    rows = ctx.run(
        f'SELECT DISTINCT "{link.key}" FROM "{event.table}" WHERE id = ANY($1::uuid[]) AND "{link.key}" IS NOT NULL {mine}',
        [list(ids)],
    )
    return {id_ for (id_,) in rows}
