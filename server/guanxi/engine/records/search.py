"""Search: one table per workspace, tokens made in Python, the access predicate carried as tokens of its own.

Beside its words every document holds the lexemes ``#<object>``, ``~<owner>`` (its owner and the owner that access is
inherited from) and ``^<record>`` (the record that access is inherited from). For a narrow reader a query is one
intersection of posting lists, "the words, and one of the owners in scope", which costs the narrowest person least. They are written
in the same transaction as the owner itself, so the answer equals the access predicate's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from guanxi.engine.access.predicate import MAX_STEPS, granted_to
from guanxi.engine.access.reach import ALL, Reach
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import pools
from guanxi.engine.records.documents import is_searchable, lexeme
from guanxi.infra.errors import BadRequest
from guanxi.kit import tokens

MAX_QUERY = 100
CANDIDATES = 200
"""Found documents that are ranked; with more, which of them is chance."""
OWNERS_IN_INDEX = 12
"""Up to this many owners are asked of the index, more of each candidate."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record."""

    object: str
    id: UUID
    title: str
    subtitle: str | None


def find(ctx: Context, text: str, objects: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """Records whose words match, best first: same title, title beginning with the text, then the latest.

    Records that are about others, such as tasks and notes, come behind what they may be about.
    """
    wanted = [ctx.object(key) for key in objects] or [
        o for o in ctx.snapshot.objects.values() if ctx.actor.rights(o.key).reads
    ]
    bind = Bind()
    condition = _condition(ctx, [o for o in wanted if is_searchable(o)], text, bind)
    if condition is None:
        return []
    typed = bind(text.strip(), "text")
    about = [o.key for o in wanted if any(one.trait == "about" for one in o.kinds)]
    later = bind(about, "text[]")
    rows = ctx.run(
        f"SELECT object, record, title, subtitle FROM (SELECT s.* FROM sys_search s WHERE {condition}"
        f" LIMIT {CANDIDATES}) found ORDER BY lower(title) = lower({typed}) DESC,"
        f" starts_with(lower(title), lower({typed})) DESC, object = ANY({later}), updated_at DESC, record LIMIT {int(limit)}",
        bind.values,
    )
    # Documents of an archived object are removed in the background.
    found = [Hit(*row) for row in rows if row[0] in ctx.snapshot.objects]
    whole = {key: not _weights(ctx, ctx.snapshot.objects[key]) for key in {hit.object for hit in found}}
    kept: set[UUID] = set()
    for key in whole:
        obj = ctx.snapshot.objects[key]
        kept |= pools.kept_among(ctx, obj, obj.searchable, [hit.id for hit in found if hit.object == key])
    return [hit if whole[hit.object] and hit.id not in kept else replace(hit, subtitle=None) for hit in found]


def list_condition(ctx: Context, obj: Object, text: str, bind: Bind, alias: str) -> str:
    """Condition of a list that is searched; the list's own guard says which of the found rows may be seen."""
    words = _words(text, _weights(ctx, obj))
    if words is None:
        return "FALSE"
    found = _matches(bind, words, lexeme("#", obj.key))
    listed = f"{alias}.id IN (SELECT s.record FROM sys_search s WHERE {found})"
    return " AND ".join([listed, *_told_in_pools(ctx, obj, text, bind, alias)])


def _told_in_pools(ctx: Context, obj: Object, text: str, bind: Bind, alias: str) -> list[str]:
    """Conditions that records in pools are found by their titles alone where the pool keeps one of the fields that search
    knows: what is found would tell what it holds.
    """
    kept = ctx.guard().keeps_from(obj, obj.searchable, alias)
    titled = _words(text, tokens.TITLE) if kept else None
    if kept is None:
        return []
    if titled is None:
        return [f"({kept}) IS NOT TRUE"]
    by_title = f"{alias}.id IN (SELECT p.record FROM sys_search p WHERE p.words @@ {bind(titled, 'tsquery')})"
    return [f"(({kept}) IS NOT TRUE OR {by_title})"]


def _words(text: str, weights: str = "") -> str | None:
    if len(text) > MAX_QUERY:
        raise BadRequest("search.too_long", {"limit": MAX_QUERY})
    return tokens.query(text, weights)


def _weights(ctx: Context, obj: Object) -> str:
    """Weights of the tokens that the actor may find records of the object by; "" for all of them.

    Who may not read one of the searchable fields finds by none of its sort: what is found would tell what it holds.
    """
    guard = ctx.guard()
    if guard.reads_all_of(obj):
        return ""
    hidden = [field for field in obj.searchable if not guard.reads(obj, field)]
    if not hidden:
        return ""
    # Documents of before weights were told apart have all of a body under PERSONAL.
    return tokens.TITLE + (tokens.BODY if all(field.kind.personal for field in hidden) else "")


def _condition(ctx: Context, objects: Sequence[Object], text: str, bind: Bind) -> str | None:
    """Documents with the words, of objects and owners in reach; None when nothing can be found."""
    words = _words(text)
    if words is None:
        return None
    by_reach: dict[Reach, list[Object]] = {}
    arms: list[str | None] = []
    for obj in objects:
        reach = ctx.actor.rights(obj.key).read
        if not _is_told_by_owners(ctx, obj, reach):
            arms.append(_guarded(ctx, obj, text, bind))
        elif not reach.is_none:
            by_reach.setdefault(reach if obj.has_owner else ALL, []).append(obj)
    # Owners alone tell what is in reach when no searchable object is left out of the question.
    every = sum(is_searchable(o) for o in ctx.snapshot.objects.values()) == sum(map(len, by_reach.values()))
    whole = every and len(by_reach.keys() - {ALL}) == 1
    arms += [_reach(ctx, reach, found, words, bind, whole=whole) for reach, found in by_reach.items()]
    shared = _shared(ctx)
    if shared:
        arms.extend(_through_shares([o for found in by_reach.values() for o in found], words, shared, bind))
    return " OR ".join(f"({arm})" for arm in arms if arm) or None


def _is_told_by_owners(ctx: Context, obj: Object, reach: Reach) -> bool:
    """Whether the marks of documents tell which records of the object the actor reads, and by which words."""
    return (
        reach.is_by_owner
        and not (obj.private or obj.read_also)
        and obj.key not in ctx.actor.opens
        and not ctx.guard().pools(obj)
        and obj.key not in ctx.actor.restricts
        and not _reached_from_afar(ctx, obj)
        and not _weights(ctx, obj)
    )


def _reached_from_afar(ctx: Context, obj: Object) -> bool:
    """Whether shares reach records of the object otherwise than from exactly one step above."""
    above = {one.key: one for one in _above(ctx, obj)}
    for steps in range(1, MAX_STEPS + 1):
        if any(one.share_reach.reaches(obj.key, steps) != (steps == 1) for one in above.values()):
            return True
        # What is one step above may be two steps above as well, by another way.
        above = {up.key: up for one in above.values() for up in _above(ctx, one)}
    return False


def _above(ctx: Context, obj: Object) -> list[Object]:
    if not obj.inherit:
        return []
    field = obj.fields[obj.inherit]
    keys = map(str, field.settings.get("targets") or [field.target])
    return [ctx.snapshot.objects[key] for key in keys if key in ctx.snapshot.objects]


def _guarded(ctx: Context, obj: Object, text: str, bind: Bind) -> str | None:
    """Documents of one object whose records the access predicate itself lets through."""
    words = _words(text, _weights(ctx, obj))
    if words is None or not ctx.actor.rights(obj.key).reads:
        return None
    reached = ["t.id = s.record", "t.deleted_at IS NULL", ctx.guard().rows(obj, "t", bind)]
    reached += _told_in_pools(ctx, obj, text, bind, "t")
    return (
        f'{_matches(bind, words, lexeme("#", obj.key))} AND EXISTS (SELECT 1 FROM "{obj.table}" t'
        f" WHERE {' AND '.join(reached)})"
    )


def _reach(ctx: Context, reach: Reach, objects: Sequence[Object], words: str, bind: Bind, *, whole: bool) -> str | None:
    """Documents of objects that are read with one reach; ``whole``: of any object that has owners."""
    asked = [words] if whole and not reach.is_all else [words, _any("#", (o.key for o in objects))]
    if reach.is_all:
        return _matches(bind, *asked)
    owners = ctx.actor.owners_within(reach)
    if not owners:
        return None
    if len(owners) <= OWNERS_IN_INDEX:
        return _matches(bind, *asked, _any("~", (owner.hex for owner in owners)))
    # Many owners: most candidates belong to one of them, so asking each candidate costs less than asking the index.
    marks = bind([f"~{owner.hex}" for owner in owners], "text[]")
    return f"{_matches(bind, *asked)} AND tsvector_to_array(s.words) && {marks}"


def _through_shares(objects: Sequence[Object], words: str, shared: Sequence[UUID], bind: Bind) -> list[str]:
    """Documents of records that are shared, and of those that inherit access from a shared one."""
    ids = bind(list(shared), "uuid[]")
    arms = [f"{_matches(bind, words, _any('#', (o.key for o in objects)))} AND s.record = ANY({ids})"]
    heirs = [o.key for o in objects if o.inherit]
    if heirs:
        marks = bind([f"^{record.hex}" for record in shared], "text[]")
        arms.append(f"{_matches(bind, words, _any('#', heirs))} AND tsvector_to_array(s.words) && {marks}")
    return arms


def _shared(ctx: Context) -> list[UUID]:
    if ctx.actor.is_system or ctx.actor.member_id is None:
        return []
    bind = Bind()
    rows = ctx.run(f"SELECT s.record FROM sys_share s WHERE {granted_to(ctx.actor, ctx.env, bind, 's')}", bind.values)
    return [record for (record,) in rows]


def _matches(bind: Bind, *parts: str) -> str:
    query = " & ".join(f"({part})" for part in parts)
    return f"s.words @@ {bind(query, 'tsquery')}"


def _any(mark: str, words: Iterable[str]) -> str:
    return f"({' | '.join(lexeme(mark, word) for word in words)})"
