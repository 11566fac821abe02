"""Texts of references into records: one query per column and batch, each distinct text looked up once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import writes
from guanxi.engine.transfer.imports.attempts import write_all_that_can_be
from guanxi.engine.transfer.imports.cells import Draft
from guanxi.engine.transfer.imports.settings import Entry, Plan, Relation
from guanxi.engine.transfer.proposal.names import targets

_PATH = "path"
"""The field that tells a record by the names from the top."""
_SEPARATORS = re.compile(r"[;；、,，|\n]+")
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a text may mean. ``within`` holds its own references that the importing object has as well."""

    object: str
    id: UUID
    within: tuple[tuple[str, UUID | None], ...] = ()


class References:
    """Finds, over the batches of one run, the records that the cells of its reference columns name.

    ``in_file`` holds, by field, the texts of references of an object to itself that name a row of the same file:
    these are linked when all rows are there.
    """

    def __init__(
        self, snapshot: Snapshot, plan: Plan, in_file: Mapping[str, Collection[str]], *, remember: bool
    ) -> None:
        self._plan = plan
        self._in_file = in_file
        self._remember = remember
        entries = [entry for entry in plan.entries if entry.relation]
        # A stage is told from its namesakes by the row's pipeline: what others are told apart by is read first.
        self._entries = sorted(
            entries,
            key=lambda entry: any(_shared(plan.obj, entry.field, other) for other in targets(snapshot, entry.field)),
        )
        self._known: dict[str, dict[str, list[Candidate]]] = {entry.target: {} for entry in entries}

    def resolve(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """Put the ids into the drafts' values, or refuse what names nothing, or too much."""
        for entry in self._entries:
            key = entry.field.key
            mine = [(draft, texts) for draft in drafts if (texts := _texts(entry.field, draft.references.get(key)))]
            found = self._look_up(ctx, entry, {text for _, texts in mine for text in texts})
            refusals = self._create_missing(ctx, entry, found)
            for draft, texts in mine:
                self._fill(draft, entry, texts, found, refusals)
        if not self._remember:
            self._known = {entry.target: {} for entry in self._entries}

    def _look_up(self, ctx: Context, entry: Entry, texts: Iterable[str]) -> dict[str, list[Candidate]]:
        known = self._known[entry.target]
        if len(known) > _REMEMBERED:
            known.clear()
        missing = [text for text in texts if text not in known]
        if missing:
            found = look_up(ctx, self._plan.obj, entry.field, _relation(entry), missing)
            known.update({text: found.get(text, []) for text in missing})
        answer = {text: known[text] for text in texts}
        if entry.field.target == self._plan.obj.key:
            # What is not there yet may well be there after the next rows.
            for text in [text for text in missing if not known[text]]:
                del known[text]
        return answer

    def _create_missing(
        self, ctx: Context, entry: Entry, found: dict[str, list[Candidate]]
    ) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """Create the records that are wanted and missing; why not, by text, for those that cannot be."""
        relation = _relation(entry)
        target = ctx.snapshot.object(entry.field.target or "") if relation.create_missing else None
        expected = self._in_file.get(entry.field.key, ())
        texts = [text for text, hits in found.items() if not hits and text not in expected] if target else []
        if not target or not texts:
            return {}
        if not ctx.actor.rights(target.key).create:
            return dict.fromkeys(texts, ("transfer.related_not_creatable", {"object": target.key}))
        fields = dict.fromkeys([target.title, target.title if relation.by == "title" else relation.by])
        rows = [dict.fromkeys(fields, text) for text in texts]
        made, refused = write_all_that_can_be(
            ctx, len(rows), lambda places: writes.create(ctx, target.key, [rows[place] for place in places])
        )
        for place, record in made.items():
            found[texts[place]] = self._known[entry.target][texts[place]] = [Candidate(target.key, record)]
        return {texts[place]: (errors[0].code, errors[0].params) for place, errors in refused.items()}

    def _fill(
        self,
        draft: Draft,
        entry: Entry,
        texts: Sequence[str],
        found: Mapping[str, list[Candidate]],
        refusals: Mapping[str, tuple[str, Mapping[str, Any]]],
    ) -> None:
        field, chosen = entry.field, []
        for text in texts:
            hits = found[text]
            if len(hits) > 1:
                hits = [hit for hit in hits if all(draft.values.get(key, value) == value for key, value in hit.within)]
            if len(hits) == 1:
                chosen.append(hits[0])
            elif not hits and text in self._in_file.get(field.key, ()):
                draft.outcome.later[field.key] = text
            elif text in refusals:
                code, params = refusals[text]
                draft.refuse(entry.name, field.key, code, **params)
            else:
                code = "transfer.relation_ambiguous" if found[text] else "transfer.relation_not_found"
                draft.refuse(entry.name, field.key, code, value=text)
        if chosen and field.kind.trait == "refs":
            draft.values[field.key] = [hit.id for hit in chosen]
        elif chosen and field.kind.trait == "about":
            draft.values[field.key] = {"object": chosen[0].object, "id": chosen[0].id}
        elif chosen:
            draft.values[field.key] = chosen[0].id


def look_up(
    ctx: Context, obj: Object, field: Field, relation: Relation, texts: Collection[str]
) -> dict[str, list[Candidate]]:
    """The visible records that each text may mean, found as it is written, else whatever its case."""
    found: dict[str, list[Candidate]] = {}
    for target in targets(ctx.snapshot, field):
        if not ctx.actor.rights(target.key).reads or (
            relation.by not in ("id", "title") and relation.by not in target.fields
        ):
            continue
        within = _shared(obj, field, target)
        for text, candidate in _query(ctx, target, relation.by, texts, within, fold=False):
            found.setdefault(text, []).append(candidate)
        missing = [text for text in texts if text not in found] if relation.by != "id" else []
        if missing:
            for text, candidate in _query(ctx, target, relation.by, missing, within, fold=True):
                found.setdefault(text, []).append(candidate)
        if relation.by == _PATH and not relation.create_missing:
            # A list that writes one department with its path often names the others alone.
            named = [text for text in missing if text not in found and "/" not in text]
            for text, candidate in _query(ctx, target, "title", named, within, fold=False):
                found.setdefault(text, []).append(candidate)
    return found


def _query(
    ctx: Context, target: Object, by: str, texts: Collection[str], within: tuple[str, ...], *, fold: bool
) -> Iterable[tuple[str, Candidate]]:
    bind = Bind()
    if by == "id":
        keys: dict[Any, list[str]] = _spelled(texts, _uuid)
        expression, sql_type = "t.id", "uuid"
    else:
        field = target.fields[target.title if by == "title" else by]
        expression, sql_type = field.kind.expression(field, "t"), "text"
        keys = _spelled(texts, lambda text: _stored(ctx, field, text))
        if fold:
            expression, keys = f"lower({expression})", _spelled(texts, str.lower)
    if not keys:
        return
    place = bind(list(keys), f"{sql_type}[]")
    columns = "".join(f', t."{key}"' for key in within)
    rows = ctx.run(
        f'SELECT {expression}, t.id{columns} FROM "{target.table}" t WHERE {expression} = ANY({place})'
        f" AND t.deleted_at IS NULL AND {ctx.guard().rows(target, 't', bind)}",
        bind.values,
    )
    for key, record, *values in rows:
        for text in keys[key]:
            yield text, Candidate(target.key, record, tuple(zip(within, values, strict=True)))


def _spelled(texts: Iterable[str], spell: Any) -> dict[Any, list[str]]:
    keys: dict[Any, list[str]] = {}
    for text in texts:
        key = spell(text)
        if key is not None:
            keys.setdefault(key, []).append(text)
    return keys


def _stored(ctx: Context, field: Field, text: str) -> str | None:
    """The text as the field keeps it (a mail in lower case, a phone without blanks)."""
    try:
        value = field.kind.parse_text(field, text, ctx.env)
    except BadValue:
        return None
    return value if isinstance(value, str) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _texts(field: Field, text: str | None) -> list[str]:
    if not text:
        return []
    if field.kind.trait != "refs":
        return [text]
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _relation(entry: Entry) -> Relation:
    return entry.relation or Relation("title")


def _shared(obj: Object, field: Field, target: Object) -> tuple[str, ...]:
    """Keys of references that both the object and the target of ``field`` have, such as a stage's pipeline."""
    return tuple(
        one.key
        for one in obj.stored
        if one.key != field.key
        and one.kind.trait == "ref"
        and (other := target.fields.get(one.key)) is not None
        and other.target == one.target
    )
