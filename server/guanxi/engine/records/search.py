"""Search: one table per workspace, tokens made in Python, the access predicate carried as tokens of its own.

Beside its words every document holds the lexemes ``#<object>``, ``~<owner>`` (its owner and the owner that access is
inherited from) and ``^<record>`` (the record that access is inherited from). A query is then one intersection of
posting lists, "the words, and one of the owners in scope", which costs the narrowest person least. They are written
in the same transaction as the owner itself, so the answer equals the access predicate's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import bulk
from guanxi.infra.errors import BadRequest
from guanxi.kit import tokens

MAX_QUERY = 100
CANDIDATES = 300
BODY_LIMIT = 4000
"""Characters of a document's body that are indexed; a tsvector must stay below 1 MB."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record."""

    object: str
    id: UUID
    title: str
    subtitle: str | None


def is_searchable(obj: Object) -> bool:
    """Whether records of the object are found by search at all."""
    return any(f.searchable for f in obj.fields.values())


def find(ctx: Context, text: str, objects: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """Records whose words match, best first: same title, title beginning with the text, then the latest."""
    wanted = [ctx.object(key) for key in objects] or [
        o for o in ctx.snapshot.objects.values() if ctx.actor.rights(o.key).read != "none"
    ]
    bind = Bind()
    condition = _condition(ctx, [o for o in wanted if is_searchable(o)], text, bind, "s")
    if condition is None:
        return []
    typed = bind(text.strip(), "text")
    rows = ctx.run(
        f"SELECT object, record, title, subtitle FROM (SELECT s.* FROM sys_search s WHERE {condition}"
        f" LIMIT {CANDIDATES}) found ORDER BY lower(title) = lower({typed}) DESC,"
        f" starts_with(lower(title), lower({typed})) DESC, updated_at DESC, record LIMIT {int(limit)}",
        bind.values,
    )
    return [Hit(*row) for row in rows]


def list_condition(ctx: Context, obj: Object, text: str, bind: Bind, alias: str) -> str:
    """Condition of a list that is searched: rows of the object whose document matches."""
    condition = _condition(ctx, [obj], text, bind, "s")
    return "FALSE" if condition is None else f"{alias}.id IN (SELECT s.record FROM sys_search s WHERE {condition})"


def _condition(ctx: Context, objects: Sequence[Object], text: str, bind: Bind, alias: str) -> str | None:
    if len(text) > MAX_QUERY:
        raise BadRequest("search.too_long", {"limit": MAX_QUERY})
    words = tokens.query(text)
    shared = _shared(ctx)
    reach = [part for part in (_reach(ctx, obj, shared) for obj in objects) if part]
    if words is None or not reach:
        return None
    query = bind(f"({words}) & ({' | '.join(reach)})", "tsquery")
    condition = f"{alias}.words @@ {query}"
    if shared:
        plain = bind(f"({words}) & ({' | '.join(_lexeme('#', o.key) for o in objects)})", "tsquery")
        ids = bind(shared, "uuid[]")
        condition = f"({condition} OR ({alias}.words @@ {plain} AND {alias}.record = ANY({ids})))"
    return condition


def _reach(ctx: Context, obj: Object, shared: Sequence[UUID]) -> str | None:
    """The access predicate of one object in lexemes; None when nothing of it can be reached by ownership."""
    scope = ctx.actor.rights(obj.key).read
    if scope == "none":
        return None
    own = _lexeme("#", obj.key)
    if scope == "all" or not obj.has_owner:
        return own
    ways = [_lexeme("~", owner.hex) for owner in ctx.actor.owners(scope)]
    if obj.inherit:
        ways += [_lexeme("^", one.hex) for one in shared]
    return f"({own} & ({' | '.join(ways)}))" if ways else None


def _shared(ctx: Context) -> list[UUID]:
    if ctx.actor.is_system or ctx.actor.member_id is None:
        return []
    rows = ctx.run("SELECT record FROM sys_share WHERE member = $1", [ctx.actor.member_id])
    return [record for (record,) in rows]


def _lexeme(mark: str, word: str) -> str:
    return f"'{mark}{word}'"


_COLUMNS = (
    ("record", "uuid"), ("object", "text"), ("title", "text"), ("subtitle", "text"), ("words", "tsvector"),
    ("updated_at", "timestamptz"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of a record."""

    id: UUID
    title: str
    subtitle: str | None
    words: str


def document(ctx: Context, obj: Object, record: UUID, values: dict[str, Any]) -> Document:
    """The document of a record from its native values (``owner``, ``via_owner`` and searchable fields)."""
    title_field = obj.fields[obj.title]
    title = title_field.kind.text(title_field, values.get(obj.title), ctx.language)
    body: list[str] = []
    phones: list[str] = []
    for field in obj.searchable[1:]:
        value = values.get(field.key)
        if value is None:
            continue
        text = field.kind.text(field, value, ctx.language)
        body.append(text[:BODY_LIMIT])
        if field.kind.key == "phone":
            phones.append(value)
    words = tokens.document([title], body, phones)
    marks = [_lexeme("#", obj.key)]
    marks += [_lexeme("~", owner.hex) for owner in {values.get("owner"), values.get("via_owner")} if owner]
    if obj.inherit and values.get(obj.inherit):
        parent = values[obj.inherit]
        marks.append(_lexeme("^", getattr(parent, "id", parent).hex))
    subtitle = next((b for b in body if b), None)
    return Document(record, title, subtitle[:200] if subtitle else None, " ".join([words, *marks]))


def add(ctx: Context, obj: Object, documents: Iterable[Document]) -> None:
    """Write documents of new records."""
    rows = ((d.id, obj.key, d.title, d.subtitle, d.words, ctx.now) for d in documents)
    bulk.copy(ctx, "sys_search", _COLUMNS, rows)


def store(ctx: Context, obj: Object, documents: Iterable[Document]) -> None:
    """Write documents, replacing those of the same records."""
    made = list(documents)
    if made:
        ctx.run(
            "INSERT INTO sys_search (record, object, title, subtitle, words, updated_at)"
            " SELECT d.id, $2, d.title, d.subtitle, d.words::tsvector, $6"
            " FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) AS d(id, title, subtitle, words)"
            " ON CONFLICT (record) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle,"
            " words = excluded.words, updated_at = excluded.updated_at",
            [
                [d.id for d in made],
                obj.key,
                [d.title for d in made],
                [d.subtitle for d in made],
                [d.words for d in made],
                ctx.now,
            ],
        )


def remove(ctx: Context, ids: Sequence[UUID]) -> None:
    """Forget the documents of records that are gone."""
    ctx.run("DELETE FROM sys_search WHERE record = ANY($1::uuid[])", [list(ids)])
