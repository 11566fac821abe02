"""Documents of search: what is indexed of each record, with the marks that carry access to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import bulk
from guanxi.kit import tokens

BODY_LIMIT = 4000
"""Characters of a document's body that are indexed; a tsvector must stay below 1 MB."""


def is_searchable(obj: Object) -> bool:
    """Whether records of the object are found by search at all."""
    return any(f.searchable for f in obj.fields.values())


_COLUMNS = (
    ("record", "uuid"), ("object", "text"), ("title", "text"), ("subtitle", "text"), ("words", "tsvector"),
    ("updated_at", "timestamptz"),
)  # fmt: skip


def lexeme(mark: str, word: str) -> str:
    """A word with its mark, as documents and queries name it."""
    return f"'{mark}{word}'"


class Document(NamedTuple):
    """What is indexed of a record."""

    id: UUID
    title: str
    subtitle: str | None
    words: str


class Documents:
    """Makes the documents of one object's records; the marks that many of them share are made once."""

    def __init__(self, ctx: Context, obj: Object) -> None:
        self._obj = obj
        self._language = ctx.language
        self._title = obj.fields[obj.title]
        self._body = obj.searchable[1:]
        self._marks: dict[tuple[UUID | None, ...], str] = {}

    def of(self, record: UUID, values: dict[str, Any]) -> Document:
        """The document of a record from its native values (``owner``, ``via_owner`` and searchable fields)."""
        title = self._title.kind.text(self._title, values.get(self._title.key), self._language)
        body: list[str] = []
        personal: list[str] = []
        phones: list[str] = []
        for field in self._body:
            value = values.get(field.key)
            if value is None:
                continue
            text = field.kind.text(field, value, self._language)
            (personal if field.kind.personal else body).append(text[:BODY_LIMIT])
            if field.kind.key == "phone":
                phones.append(value)
            elif field.kind.key == "phones":
                phones.extend(item.value for item in value)
        words = tokens.document([title], body, phones, personal)
        subtitle = next((b for b in (*body, *personal) if b), None)
        return Document(record, title, subtitle[:200] if subtitle else None, f"{words} {self._marked(values)}")

    def _marked(self, values: dict[str, Any]) -> str:
        parent = values.get(self._obj.inherit) if self._obj.inherit else None
        parent = getattr(parent, "id", parent)
        key = (values.get("owner"), values.get("via_owner"), parent)
        marks = self._marks.get(key)
        if marks is None:
            made = [lexeme("#", self._obj.key)]
            made += [lexeme("~", owner.hex) for owner in {key[0], key[1]} if owner]
            if parent:
                made.append(lexeme("^", parent.hex))
            marks = self._marks[key] = " ".join(made)
        return marks


def document(ctx: Context, obj: Object, record: UUID, values: dict[str, Any]) -> Document:
    """The document of one record."""
    return Documents(ctx, obj).of(record, values)


def add(ctx: Context, obj: Object, documents: Iterable[Document]) -> None:
    """Write documents of new records."""
    at = ctx.now.isoformat()
    rows = ((d.id.hex, obj.key, d.title, d.subtitle, d.words, at) for d in documents)
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
