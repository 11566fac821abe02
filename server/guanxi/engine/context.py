"""The unit of work: one transaction in one workspace for one actor. Nobody else begins or commits one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache, partial
from typing import Any, Literal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
from django.db import transaction
from psycopg import sql

from guanxi.engine.access.actor import SYSTEM, Actor, Verb
from guanxi.engine.access.predicate import AccessGuard
from guanxi.engine.objects import catalog
from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.infra.database.cursor import RecordCursor, cursor
from guanxi.infra.errors import NotFound
from guanxi.kit import clock
from guanxi.kit.ids import uuid7

Via = Literal["ui", "api", "import", "job", "cli", "system", "undo", "flow", "computed"]


class CatalogMoved(Exception):
    """A statement met tables that were changed since its transaction began. Nothing was kept: begin again."""


_MISFITS = (psycopg.ProgrammingError, psycopg.NotSupportedError, psycopg.DataError)
BUDGET_MS: Mapping[str, int] = {"ui": 30_000, "api": 30_000}
"""How long one statement may take where somebody waits for the answer; others have no limit."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the engine knows of a workspace."""

    id: int
    slug: str
    schema: str
    name: str
    time_zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    fiscal_month: int = 1
    """The month that its years begin with."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: the caller's address, what they use, and by which session or key they are signed in."""

    address: str | None = None
    agent: str | None = None
    session: str | None = None
    key: str | None = None
    key_id: UUID | None = None
    """Of the key or the app, whatever it is called one day."""


@dataclass
class Context:
    """Everything a read or a write needs; made by ``work`` and valid until its block ends."""

    workspace: Workspace
    snapshot: Snapshot
    actor: Actor
    cursor: RecordCursor
    via: Via
    language: str
    now: datetime
    label: Mapping[str, Any] | None = None
    change_set: UUID = field(default_factory=uuid7)
    undoes: UUID | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """Writes so far by ``object.op``; the change set's row is written when the first one happens."""
    rehearsal: bool = False
    """True when nothing will be kept: what a rollback does not take back, such as a number drawn, is left alone."""
    lenient: bool = False
    """True while something is put back as it was before: what the workspace's rules say of it now is not asked."""
    approved: frozenset[UUID] | None = frozenset()
    """Flows that have allowed what is written and are not asked again; None where nobody is asked, as for consequences."""
    stale: dict[tuple[str, str], set[UUID]] | None = None
    """Stored computed values, by (object, field), that are left for later; None while every write works them out."""
    at_end: list[Callable[[Context], None]] = field(default_factory=list)
    """Run once, before the commit."""
    only_verb: bool = False
    """True while one verb runs and nothing follows it, so that what nobody should wait for may be left for the end."""
    endings: list[Callable[[Callable[[], None]], None]] = field(default_factory=list)
    """At most one: does what must come last of all and, with each attempt, before it the plain end that it is given."""
    marks: dict[str, str] = field(default_factory=dict)
    """Under which mark things that are remembered between transactions stand, by name; see ``mark``."""
    origin: Origin = Origin()
    """Where it is asked for; of what the product does by itself no more is known than the key that had it done."""
    on_behalf_of: UUID | None = None
    """The member for whom the system acts in ``as_system``."""

    @property
    def author(self) -> UUID | None:
        """The member whom the change log names."""
        return self.actor.member_id or self.on_behalf_of

    @property
    def budget_ms(self) -> int:
        """Milliseconds that one statement may take; 0 is no limit."""
        return BUDGET_MS.get(self.via, 0)

    @property
    def today(self) -> date:
        """Today where the workspace is."""
        return clock.today(self.env.time_zone, self.now)

    @cached_property
    def env(self) -> ParseEnv:
        """What parsing of values may depend on."""
        zone = ZoneInfo(self.workspace.time_zone)
        return ParseEnv(self.language, zone, self.now, self.author, self.workspace.fiscal_month)

    def guard(self, verb: Verb = "read") -> AccessGuard:
        """The access predicate of this actor."""
        return AccessGuard(self.snapshot, self.actor, self.env, verb)

    def object(self, key: str) -> Object:
        """An object that the actor may read at all; NotFound otherwise, as if it did not exist."""
        obj = self.snapshot.object(key)
        if not self.actor.rights(key).reads:
            raise NotFound("records.unknown_object", {"object": key})
        return obj

    def run(self, statement: str, params: list[Any] | tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement with ``$n`` parameters and fetch all rows ([] when it returns none)."""
        self.cursor.execute(self.snapshot.tag + statement, params)
        return self.cursor.fetchall() if self.cursor.description else []

    def mark(self, name: str) -> None:
        """Give what is remembered under a name another mark: from this commit on everybody reads it anew.

        Every transaction learns the marks with its first statement. They are random: a number would come twice when the
        first transaction to take it is rolled back.
        """
        self.marks[name] = uuid4().hex
        self.run(
            "UPDATE sys_catalog SET marks = marks || jsonb_build_object($1::text, $2::text)", [name, self.marks[name]]
        )

    def as_system(self) -> Context:
        """The same unit of work with the system's rights, for consequences that a person's write entails.

        The change log and the change set keep naming the person.
        """
        return replace(self, actor=SYSTEM, on_behalf_of=self.author, approved=None)


@contextmanager
def work(
    workspace: Workspace,
    actor: Actor,
    *,
    via: Via,
    language: str = "zh-CN",
    label: Mapping[str, Any] | None = None,
    now: datetime | None = None,
    change_set: UUID | None = None,
    origin: Origin | None = None,
    kept: bool = True,
    still: bool = False,
) -> Iterator[Context]:
    """Open the transaction, pin the snapshot, and commit when the block ends; any exception rolls all of it back.

    The first statement sets the search path for this transaction alone and reads the catalog's version, so that
    what follows can never run against another workspace or an older catalog. It also tells the database the moment,
    the language and the member that computed values may depend on. ``change_set`` continues an earlier change set (an
    import's batches belong to one). Unless it is ``kept``, all of it is taken back at the end: for what is only tried,
    which somebody who may only look may do as well. ``still``: nothing can be written in it, and everything is read as it
    is at the beginning, whatever is committed meanwhile; such a unit of work is not part of another one.
    """
    now = now or datetime.now(UTC)
    pinned: list[Context] = []
    with _told_when_moved(pinned), transaction.atomic():
        cur = cursor()
        if still:
            cur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        told = [
            now.isoformat(), str(now.astimezone(ZoneInfo(workspace.time_zone)).date()), workspace.time_zone, language,
            str(actor.member_id or ""),
        ]  # fmt: skip
        row = cur.execute(_head(workspace.schema, BUDGET_MS.get(via, 0)), told).fetchone()
        if row is None:
            raise NotFound("workspace.unknown", {"workspace": workspace.slug})
        ctx = Context(
            workspace=workspace,
            snapshot=catalog.snapshot(cur, workspace.schema, row[-1]),
            actor=actor,
            cursor=cur,
            via=via,
            language=language,
            now=now,
            label=label,
            marks=row[-2],
        )
        if change_set is not None:
            ctx.change_set = change_set
        ctx.origin = origin or Origin(key=actor.key, key_id=actor.key_id)
        if actor.read_only and kept:
            ctx.run("SET TRANSACTION READ ONLY")
        pinned.append(ctx)
        yield ctx
        if not kept:
            transaction.set_rollback(True)
            return
        end = partial(_end, ctx, [*ctx.at_end])
        for ending in ctx.endings:
            ending(end)
        if not ctx.endings:
            end()


def _end(ctx: Context, at_end: Sequence[Callable[[Context], None]]) -> None:
    """Run what was left for the end; it may be taken back and run once more."""
    ctx.at_end[:] = map(copy, at_end)
    for callback in ctx.at_end:
        callback(ctx)


def has_moved(ctx: Context, error: Exception) -> bool:
    """Whether a statement failed since the tables are not those of the snapshot any more; asked outside of its savepoint."""
    return isinstance(error, _MISFITS) and _version(ctx.workspace.schema) != ctx.snapshot.version


@contextmanager
def _told_when_moved(pinned: list[Context]) -> Iterator[None]:
    """Statements that no longer fit the tables, because the catalog has moved on, say so."""
    try:
        yield
    except _MISFITS:
        if not pinned or _version(pinned[0].workspace.schema) == pinned[0].snapshot.version:
            raise
        raise CatalogMoved from None


def _version(schema: str) -> int | None:
    """The version that the catalog has now."""
    row = cursor().execute(sql.SQL("SELECT version FROM {}.sys_catalog").format(sql.Identifier(schema))).fetchone()
    return row and row[0]


@lru_cache(maxsize=1000)
def _head(schema: str, budget_ms: int) -> bytes:
    """The first statement of a transaction in a workspace."""
    text = sql.SQL(
        "SELECT set_config('search_path', {}, true), set_config('plan_cache_mode', 'force_custom_plan', true),"
        " set_config('statement_timeout', {}, true), set_config('guanxi.now', $1::text, true),"
        " set_config('guanxi.today', $2::text, true), set_config('guanxi.zone', $3::text, true),"
        " set_config('guanxi.language', $4::text, true), set_config('guanxi.me', $5::text, true), marks, version"
        " FROM {}.sys_catalog"
    ).format(sql.Literal(f'"{schema}", public'), sql.Literal(str(budget_ms)), sql.Identifier(schema))
    return text.as_bytes(None)
