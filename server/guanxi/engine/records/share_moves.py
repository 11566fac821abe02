"""Many shares at once: given, moved from one member to another, ended, and put back as they were.

What is done is told as pairs of a share before and after, so that it can be put back to the letter. Whoever uses this
has made sure that the actor may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import changes
from guanxi.engine.records.shares import Level
from guanxi.kit.ids import uuid7

_COLUMNS = "id, object, record, member, level, created_at, created_by, expires_at"
_TYPES = ("uuid", "text", "uuid", "uuid", "text", "timestamptz", "uuid", "timestamptz")


@dataclass(frozen=True, slots=True)
class MemberShare:
    """A row of ``sys_share`` that names a member."""

    id: UUID
    object: str
    record: UUID
    member: UUID
    level: Level
    created_at: Any
    created_by: UUID | None
    expires_at: Any

    def logged(self) -> dict[str, str]:
        """What the change log keeps of it."""
        told = {"member": str(self.member), "level": self.level}
        until = self.expires_at
        return told if until is None else {**told, "expires_at": until.isoformat().replace("+00:00", "Z")}


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one share; None before it was there, or after it is gone."""

    before: MemberShare | None
    after: MemberShare | None

    @property
    def one(self) -> MemberShare:
        """Either of both."""
        found = self.after or self.before
        if found is None:
            raise ValueError("nothing was moved")
        return found


def received(ctx: Context, member: UUID) -> list[MemberShare]:
    """Every share of a member, in the order of records."""
    rows = ctx.run(f"SELECT {_COLUMNS} FROM sys_share WHERE member = $1 ORDER BY object, record", [member])
    return [MemberShare(*row) for row in rows]


def held(ctx: Context, object_key: str, record: UUID, member: UUID) -> MemberShare | None:
    """The share of a record with a member in person."""
    return next(iter(_of(ctx, object_key, [record], [member])), None)


def count_given(ctx: Context, member: UUID) -> int:
    """How many shares somebody has given to others."""
    return ctx.run("SELECT count(*) FROM sys_share WHERE created_by = $1 AND member IS DISTINCT FROM $1", [member])[0][
        0
    ]


def count_received(ctx: Context, member: UUID) -> int:
    """How many records are shared with somebody in person."""
    return ctx.run("SELECT count(*) FROM sys_share WHERE member = $1", [member])[0][0]


def give(ctx: Context, obj: Object, records: Sequence[UUID], member: UUID, level: Level) -> list[Moved]:
    """Share records with a member; who has them at this level or a higher one keeps that."""
    known = {one.record: one for one in _of(ctx, obj.key, records, [member])}
    moved = []
    for record in records:
        before = known.get(record)
        if before is None:
            made = MemberShare(uuid7(), obj.key, record, member, level, ctx.now, ctx.author, None)
            moved.append(Moved(None, made))
        elif raised := _raised(before, level, None):
            moved.append(Moved(before, raised))
    return _done(ctx, moved)


def move(ctx: Context, shares: Sequence[MemberShare], to: Mapping[UUID, UUID]) -> list[Moved]:
    """Give shares to others, by id of the share; of two shares of one record the wider is left."""
    moved: list[Moved] = []
    for key in sorted({one.object for one in shares}):
        mine = [one for one in shares if one.object == key]
        theirs = {
            (one.record, one.member): one for one in _of(ctx, key, [s.record for s in mine], [to[s.id] for s in mine])
        }
        owners = _owners(ctx, key, [one.record for one in mine])
        for one in mine:
            moved.append(Moved(one, None))
            receiver = to[one.id]
            before = theirs.get((one.record, receiver))
            if owners.get(one.record) == receiver:
                continue
            if before is None:
                made = MemberShare(uuid7(), key, one.record, receiver, one.level, ctx.now, ctx.author, one.expires_at)
                moved.append(Moved(None, made))
            elif raised := _raised(before, one.level, one.expires_at):
                moved.append(Moved(before, raised))
    return _done(ctx, moved)


def end(ctx: Context, shares: Sequence[MemberShare]) -> list[Moved]:
    """End shares."""
    return _done(ctx, [Moved(one, None) for one in shares])


def put_back(ctx: Context, moved: Sequence[Moved]) -> int:
    """Undo what was done, last first, where nobody has changed the share since; how many were put back."""
    wanted = [one.after for one in moved if one.after]
    now = {one.id: one for one in _by_ids(ctx, [one.id for one in wanted])}
    back = [
        Moved(one.after, one.before)
        for one in reversed(moved)
        if one.after is None or now.get(one.after.id) == one.after
    ]
    return len(_done(ctx, back, careful=True))


def _done(ctx: Context, moved: Sequence[Moved], *, careful: bool = False) -> list[Moved]:
    """Write what is to become of shares, and log it. ``careful``: a share that is there again by now stays as it is."""
    gone = [one.before.id for one in moved if one.before and not (one.after and one.after.id == one.before.id)]
    if gone:
        ctx.run("DELETE FROM sys_share WHERE id = ANY($1::uuid[])", [gone])
    changed = [one.after for one in moved if one.after and one.before]
    if changed:
        ctx.run(
            "UPDATE sys_share s SET level = v.level, expires_at = v.expires_at"
            " FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS v(id, level, expires_at) WHERE s.id = v.id",
            [[one.id for one in changed], [one.level for one in changed], [one.expires_at for one in changed]],
        )
    made = [one.after for one in moved if one.after and not one.before]
    kept = _insert(ctx, made, careful=careful) if made else set[UUID]()
    done = [one for one in moved if one.before or (one.after and one.after.id in kept)]
    _log(ctx, done)
    return done


def _insert(ctx: Context, made: Sequence[MemberShare], *, careful: bool) -> set[UUID]:
    columns = [
        [one.id for one in made], [one.object for one in made], [one.record for one in made],
        [one.member for one in made], [one.level for one in made], [one.created_at for one in made],
        [one.created_by for one in made], [one.expires_at for one in made],
    ]  # fmt: skip
    places = ", ".join(f"${number}::{sql_type}[]" for number, sql_type in enumerate(_TYPES, 1))
    rows = ctx.run(
        f"INSERT INTO sys_share ({_COLUMNS}) SELECT {_COLUMNS} FROM unnest({places}) AS v({_COLUMNS})"
        f"{' ON CONFLICT DO NOTHING' if careful else ''} RETURNING id",
        columns,
    )
    return {id_ for (id_,) in rows}


def _log(ctx: Context, moved: Sequence[Moved]) -> None:
    by_object: dict[str, list[Moved]] = {}
    for one in moved:
        by_object.setdefault(one.one.object, []).append(one)
    for key, mine in by_object.items():
        obj = ctx.snapshot.objects.get(key)
        if obj is None:
            continue
        rows = _system_columns(ctx, obj, {one.one.record for one in mine})
        told = [
            (rows[one.one.record], one.before and one.before.logged(), one.after and one.after.logged())
            for one in mine
            if one.one.record in rows
        ]
        changes.log_shares(ctx, obj, told)


def _system_columns(ctx: Context, obj: Object, records: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    names = ("id", "rev", "owner", "via_owner")
    rows = ctx.run(f'SELECT {", ".join(names)} FROM "{obj.table}" WHERE id = ANY($1::uuid[])', [list(records)])
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _owners(ctx: Context, object_key: str, records: Sequence[UUID]) -> dict[UUID, UUID | None]:
    obj = ctx.snapshot.objects.get(object_key)
    return {id_: row["owner"] for id_, row in _system_columns(ctx, obj, records).items()} if obj else {}


def _of(ctx: Context, object_key: str, records: Sequence[UUID], members: Iterable[UUID]) -> list[MemberShare]:
    rows = ctx.run(
        f"SELECT {_COLUMNS} FROM sys_share WHERE object = $1 AND record = ANY($2::uuid[]) AND member = ANY($3::uuid[])",
        [object_key, list(records), list(set(members))],
    )
    return [MemberShare(*row) for row in rows]


def _by_ids(ctx: Context, ids: Sequence[UUID]) -> list[MemberShare]:
    rows = ctx.run(f"SELECT {_COLUMNS} FROM sys_share WHERE id = ANY($1::uuid[])", [list(ids)])
    return [MemberShare(*row) for row in rows]


def _raised(before: MemberShare, level: Level, until: Any) -> MemberShare | None:
    """The share at the higher level and with the later end; None when that is how it stands."""
    higher: Level = "edit" if "edit" in (before.level, level) else "read"
    later = None if before.expires_at is None or until is None else max(before.expires_at, until)
    if (higher, later) == (before.level, before.expires_at):
        return None
    return MemberShare(
        before.id, before.object, before.record, before.member, higher, before.created_at, before.created_by, later
    )
