"""Entries of the audit log in words: who, what, of which record, in the reader's language and under the reader's access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.audit.shapes import AuditedChange, AuditFact, AuditItem
from guanxi.engine.audit.entries import Entry
from guanxi.engine.audit.reading import CHANGE, ChangeSet, Item
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.objects.model import label_text
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.http.responses import dumps
from guanxi.infra.i18n import LANGUAGES, sentence, sentences

UNSEEN = "—"
"""Stands for the title of a record that the reader may not see."""
_OPS = {
    "create": "audit.count_create", "update": "audit.count_update", "delete": "audit.count_delete",
    "restore": "audit.count_restore",
}  # fmt: skip


def told(ctx: Context, items: Sequence[Item]) -> list[AuditItem]:
    """The items as the API tells them."""
    found = titles(ctx, _references(ctx, items))
    return [_entry(ctx, one, found) if isinstance(one, Entry) else _change_set(ctx, one, found) for one in items]


def object_label(ctx: Context, key: str | None, *, several: bool = False) -> str:
    """What the records of an object are called; an object that the reader may not know of is another one."""
    obj = ctx.snapshot.objects.get(key or "")
    if obj is None or not ctx.actor.rights(obj.key).reads:
        return sentence("audit.other_object", {}, ctx.language)
    return label_text(obj.plural if several else obj.label, ctx.language)


def changes(ctx: Context, rows: Sequence[tuple[str, UUID, str, list[str], datetime]]) -> list[AuditedChange]:
    """Rows of the change log without values; of objects that the reader may not know of nothing is named."""
    found = titles(ctx, {(object_key, record) for object_key, record, *_ in rows if _readable(ctx, object_key)})
    return [
        {
            "object": object_key if _readable(ctx, object_key) else None,
            "object_label": object_label(ctx, object_key),
            "record": cast("Reference", reference(found, object_key, record)),
            "op": cast("Any", op),
            "fields": _field_labels(ctx, object_key, fields),
            "at": _iso(at),
        }
        for object_key, record, op, fields, at in rows
    ]


def _field_labels(ctx: Context, object_key: str, keys: Iterable[str]) -> list[str]:
    if not _readable(ctx, object_key):
        return []
    obj, guard = ctx.snapshot.objects[object_key], ctx.guard()
    known = [obj.fields[key] for key in keys if key in obj.fields and not obj.fields[key].system]
    return [label_text(one.label, ctx.language) for one in known if guard.level(obj, one) != "hidden"]


def _references(ctx: Context, items: Iterable[Item]) -> set[tuple[str, UUID]]:
    wanted: set[tuple[str, UUID]] = set()
    for item in items:
        if isinstance(item, ChangeSet):
            wanted |= {("member", item.member)} if item.member else set()
            continue
        draft = item.draft
        if draft.member:
            wanted.add(("member", draft.member))
        if draft.object and draft.record:
            wanted.add((draft.object, draft.record))
        wanted.update(_named(draft.details))
    return {one for one in wanted if _readable(ctx, one[0])}


def _readable(ctx: Context, object_key: str) -> bool:
    return object_key in ctx.snapshot.objects and ctx.actor.rights(object_key).reads


def _named(value: Any) -> Iterator[tuple[str, UUID]]:
    """Records that details name as ``{"object": ..., "id": ...}``."""
    if isinstance(value, Mapping):
        if _is_record(value):
            yield str(value["object"]), UUID(str(value["id"]))
        else:
            for one in value.values():
                yield from _named(one)
    elif isinstance(value, list):
        for one in value:
            yield from _named(one)


def _entry(ctx: Context, entry: Entry, found: Titles) -> AuditItem:
    draft = entry.draft
    title = found.get((draft.object or "", draft.record)) if draft.record else None
    words = {key: _words(ctx, value, found) for key, value in draft.details.items()}
    told_as = {"object": object_label(ctx, draft.object), "objects": object_label(ctx, draft.object, several=True)}
    params = {"record": title or UNSEEN, **told_as, **words}
    known = draft.object if draft.object and _readable(ctx, draft.object) else None
    code = f"audit.says_{draft.kind}"
    return {
        "id": str(entry.seq),
        "seq": entry.seq,
        "at": _iso(draft.at),
        "kind": draft.kind,
        "label": sentence(f"audit.kind_{draft.kind}", {}, ctx.language),
        "says": sentence(code, params, ctx.language) if code in sentences(ctx.language) else "",
        "by": _reference(found, "member", draft.member),
        "via": draft.via,
        "ip": draft.origin.address,
        "agent": draft.origin.agent,
        "session": draft.origin.session,
        "key": draft.origin.key,
        "key_id": _text(draft.origin.key_id),
        "object": known,
        "record": _reference(found, known, draft.record),
        "change_set": _text(draft.change_set),
        "facts": [_fact(ctx, key, text) for key, text in words.items() if text],
        "hash": entry.hash.hex(),
    }


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)


def _reference(found: Titles, object_key: str | None, record: UUID | None) -> Reference | None:
    return cast("Reference", reference(found, object_key, record)) if object_key and record else None


def _change_set(ctx: Context, one: ChangeSet, found: Titles) -> AuditItem:
    return {
        "id": str(one.id),
        "seq": None,
        "at": _iso(one.at),
        "kind": CHANGE,
        "label": sentence("audit.kind_change", {}, ctx.language),
        "says": _counted(ctx, one.counts),
        "by": _reference(found, "member", one.member),
        "via": one.via,
        "ip": one.origin.address,
        "agent": one.origin.agent,
        "session": one.origin.session,
        "key": one.origin.key,
        "key_id": _text(one.origin.key_id),
        "object": None,
        "record": None,
        "change_set": str(one.id),
        "facts": [],
        "hash": None,
    }


def _counted(ctx: Context, counts: Mapping[str, int]) -> str:
    """How many records of which objects were written how; objects that the reader may not know of in one number."""
    sums: dict[tuple[str, str], int] = {}
    for key, count in counts.items():
        object_key, _, op = key.rpartition(".")
        if op in _OPS:
            place = (_OPS[op], object_label(ctx, object_key))
            sums[place] = sums.get(place, 0) + count
    parts = [sentence(code, {"count": count, "object": label}, ctx.language) for (code, label), count in sums.items()]
    return sentence("audit.between", {}, ctx.language).join(parts)


def _fact(ctx: Context, key: str, text: str) -> AuditFact:
    code = f"audit.detail_{key}"
    return {
        "key": key,
        "label": sentence(code, {}, ctx.language) if code in sentences(ctx.language) else key,
        "text": text,
    }


def _words(ctx: Context, value: Any, found: Titles) -> str:
    """A detail in words: titles of records that the reader sees, sentences of codes, and JSON for what has a structure."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return sentence("audit.yes" if value else "audit.no", {}, ctx.language)
    if isinstance(value, Mapping):
        if _is_record(value):
            return found.get((str(value["object"]), UUID(str(value["id"]))), UNSEEN)
        if set(value) == {"code"}:
            return sentence(str(value["code"]), {}, ctx.language)
        if set(value) == {"old", "new"}:
            return f"{_words(ctx, value['old'], found) or UNSEEN} → {_words(ctx, value['new'], found) or UNSEEN}"
        if set(value) & set(LANGUAGES):
            return label_text(value, ctx.language)
        return dumps(value).decode()
    if isinstance(value, list):
        plain = all(not isinstance(one, list) and (not isinstance(one, Mapping) or _is_word(one)) for one in value)
        if not plain:
            return dumps(value).decode()
        return sentence("audit.join", {}, ctx.language).join(_words(ctx, one, found) for one in value)
    return str(value)


def _is_record(value: Mapping[str, Any]) -> bool:
    return set(value) == {"object", "id"}


def _is_word(value: Mapping[str, Any]) -> bool:
    """Whether a detail is a word of its own: a record's title, a sentence by its code, a label by language."""
    return _is_record(value) or set(value) == {"code"} or bool(set(value) & set(LANGUAGES))


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
