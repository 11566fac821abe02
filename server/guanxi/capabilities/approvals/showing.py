"""What is held in words, as far as each reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals.shapes import HeldValue
from guanxi.capabilities.approvals.store import Approval, Task
from guanxi.capabilities.flows.definition import Node
from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.access.predicate import AccessGuard
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import MASK, BadValue
from guanxi.engine.objects.levels import is_read
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import locking, reads, sub_tables
from guanxi.engine.records.titles import titles
from guanxi.infra.i18n import LANGUAGES, sentence

WAS = "was"
"""Where the history keeps what the record held before the change was written."""

_COMMA = {"zh-CN": "，", "en": ", "}


@dataclass(frozen=True)
class Reach:
    """How far a reader sees what is held: ``asked`` at a node, whose ``rights`` on fields hold; by their roles otherwise."""

    asked: bool
    rights: Mapping[str, str]


def reach(ctx: Context, one: Approval, tasks: Sequence[Task], own: Task | None, nodes: Mapping[str, Node]) -> Reach:
    """The reader's reach: that of the node at which they are asked, or of all at which they were.

    Who is asked sees what they decide about, even of a record that is otherwise closed to them.
    """
    me = {ctx.actor.member_id, *ctx.actor.delegators}
    if own is not None:
        return Reach(asked=True, rights=_rights(nodes[own.node]))
    if one.state == "returned" and one.submitter in me:
        return Reach(asked=False, rights=dict.fromkeys(one.pending or (), "edit"))
    been = {task.node for task in tasks if task.assignee in me and task.kind != "cc" and task.state != "queued"}
    hidden = [
        {key for key, right in _rights(nodes[node]).items() if right == "hidden"} for node in been if node in nodes
    ]
    rights = dict.fromkeys(set.intersection(*hidden), "hidden") if hidden else {}
    return Reach(asked=bool(hidden), rights=rights)


def as_it_is(ctx: Context, one: Approval) -> dict[str, dict[str, str]]:
    """What the fields that are decided about hold before the change is written, in words, by language."""
    obj = ctx.snapshot.objects.get(one.object or "")
    if obj is None or one.record is None:
        return {}
    keys = [key for key in one.pending or () if key in obj.fields and obj.fields[key].kind.holds_value]
    if not keys:
        return {}
    found = {}
    for language in LANGUAGES:
        told = reads.in_words(replace(ctx.as_system(), language=language), obj.key, [one.record], keys)
        found[language] = told.get(one.record, {})
    return found


def held(ctx: Context, one: Approval, reach: Reach, was: Mapping[str, Mapping[str, str]]) -> list[HeldValue]:
    """The change that is held, in words: fields that are hidden from the reader left out, masked ones as masks. What
    would stay as it is is left out too, unless the reader is asked to change it.

    ``was`` is what the record held when the change was written, by language; without it the record is as it was.
    """
    obj = ctx.snapshot.objects.get(one.object or "")
    if obj is None or not one.pending or not (reach.asked or ctx.actor.rights(obj.key).reads):
        return []
    levels = {key: _level(ctx, one, obj, key, reach) for key in one.pending if key in obj.fields}
    keys = [key for key, level in levels.items() if level != "hidden"]
    system = ctx.as_system()
    masked = {key for key in keys if not is_read(levels[key])}
    before: Mapping[str, str] = was.get(ctx.language, {})
    masks = {key: MASK for key in masked if before.get(key)}
    stored = [key for key in keys if obj.fields[key].kind.holds_value]
    if one.record and stored and not was:
        before = reads.in_words(system, obj.key, [one.record], stored).get(one.record, {})
        masks = _masks(ctx, obj, one.record, masked)
    told: list[HeldValue] = [
        {
            "field": key, "label": obj.fields[key].label.get(ctx.language, key),
            "before": masks.get(key) if key in masked else before.get(key),
            "after": _mask(ctx, obj.fields[key], one.pending[key]) if key in masked
            else _words(system, obj.fields[key], one.pending[key], ctx.guard()),
            "value": _as_held(system, obj.fields[key], one.pending[key]) if levels[key] == "edit" else None,
            "right": "edit" if levels[key] == "edit" else "read",
        }
        for key in keys
    ]  # fmt: skip
    return [
        each
        for each in told
        if one.op == "create"
        or each["field"] in masked
        or (each["before"] or "") != (each["after"] or "")
        or (reach.asked and each["right"] == "edit")
    ]


def _rights(node: Node) -> Mapping[str, str]:
    return node.settings.get("rights") or {}


def _level(ctx: Context, one: Approval, obj: Object, key: str, reach: Reach) -> Any:
    """``hidden``, a mask, ``read``, or ``edit`` where the reader may change what is held."""
    right = reach.rights.get(key, "read")
    if reach.asked or right == "hidden":
        return right
    kind = (one.pending or {}).get(RECORD_TYPE) or _type_of(ctx, obj, one.record)
    level = ctx.guard().level_on(obj, obj.fields[key], kind)
    return right if level == "edit" else "read" if is_read(level) else level


def _type_of(ctx: Context, obj: Object, record: UUID | None) -> str | None:
    if RECORD_TYPE not in obj.fields or record is None:
        return None
    found = locking.stored(ctx, obj, [record]).get(record, {}).get(RECORD_TYPE)
    return found if isinstance(found, str) else None


def _masks(ctx: Context, obj: Object, record: UUID, keys: set[str]) -> dict[str, str]:
    stored = locking.stored(ctx, obj, [record]).get(record, {})
    return {
        key: "" if stored.get(key) is None else obj.fields[key].kind.mask(stored[key]) for key in keys if key in stored
    }


def _parsed(ctx: Context, field: Field, value: Any) -> Any:
    return None if value is None else field.kind.parse(field, value, ctx.env)


def _mask(ctx: Context, field: Field, value: Any) -> str:
    try:
        parsed = _parsed(ctx, field, value)
    except BadValue:
        return MASK
    return "" if parsed is None else field.kind.mask(parsed)


def _words(ctx: Context, field: Field, value: Any, reader: AccessGuard) -> str:
    """A value that is not written yet, as people read it; of lines what the reader may read on every one."""
    if field.kind.trait == sub_tables.TRAIT:
        return lines_in_words(ctx, field, value, reader)
    try:
        parsed = _parsed(ctx, field, value)
    except BadValue:
        return str(value)
    if parsed is None:
        return ""
    if refs := reads.references(field, parsed):
        found = titles(ctx, refs)
        return ", ".join(found.get(ref, "") for ref in refs)
    return field.kind.text(field, parsed, ctx.language, ctx.env.time_zone)


def lines_in_words(ctx: Context, field: Field, lines: Any, reader: AccessGuard) -> str:
    """Changes of lines, one after the other: which line, what is done to it, and the values that it gets.

    Left out are values of fields that the reader may not read whole.
    """
    child = ctx.snapshot.objects.get(str(field.settings["object"]))
    if child is None or not isinstance(lines, list):
        return ""
    known = titles(ctx, {(child.key, UUID(line["id"])) for line in lines if line.get("id")})
    told = []
    for line in lines:
        values = line.get("values") or {}
        cells = [
            f"{one.label.get(ctx.language, key)} {_words(ctx, one, values[key], reader)}"
            for key, one in child.fields.items()
            if values.get(key) is not None and key != "position" and is_read(reader.level_everywhere(child, one))
        ]
        deed = "deleted" if line.get("delete") else "changed" if line.get("id") else "added"
        named = known.get((child.key, UUID(line["id"])), "") if line.get("id") else ""
        told.append(
            sentence(
                f"approvals.line_{deed}", {"line": named, "values": _COMMA[ctx.language].join(cells)}, ctx.language
            )
        )
    return "\n".join(told)


def _as_held(ctx: Context, field: Field, value: Any) -> Any:
    """A value that is not written yet, as records are answered with it."""
    try:
        parsed = _parsed(ctx, field, value)
    except BadValue:
        return value
    return None if parsed is None else reads.rendered(field, parsed, titles(ctx, reads.references(field, parsed)))
