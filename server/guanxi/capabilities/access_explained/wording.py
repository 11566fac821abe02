"""What was found out, as the API tells it: people by their names, changes as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.access_explained import shapes
from guanxi.capabilities.access_explained.counting import Difference
from guanxi.capabilities.access_explained.differences import FieldDifference, RightDifference
from guanxi.capabilities.access_explained.explain import Explained
from guanxi.capabilities.access_explained.reasons import Reason
from guanxi.capabilities.access_explained.simulate import Found, RecordsDifference
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.objects.components.record_type import types_of
from guanxi.engine.objects.levels import is_read
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.i18n import sentence

MOST_PEOPLE = 50
MOST_NAMED = 3


def record_access(ctx: Context, count: int, people: Sequence[Explained]) -> shapes.RecordAccess:
    """Who sees a record and why, with their departments."""
    members = [one.verdict.member for one in people]
    departments = _departments(ctx, members)
    wanted = [("member", one) for one in members] + [("department", one) for one in departments.values() if one]
    named = titles(ctx, wanted)
    return {"count": count, "people": [_person(one, named, departments.get(one.verdict.member)) for one in people]}


def _departments(ctx: Context, members: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """Main departments, as far as the caller may read them."""
    obj = ctx.snapshot.object("member")
    if (
        not members
        or not ctx.actor.rights(obj.key).reads
        or not is_read(ctx.guard().level(obj, obj.fields["department"]))
    ):
        return {}
    return {id_: row["department"] for id_, row in reads.native(ctx, obj.key, members, ("department",)).items()}


def _person(one: Explained, named: Titles, department: UUID | None) -> shapes.PersonAccess:
    verdict = one.verdict
    return {
        "member": _reference(named, "member", verdict.member),
        "department": _reference(named, "department", department) if department else None,
        "reads": verdict.reads,
        "edits": verdict.edits,
        "why": _reasons(one.why),
        "taken": _reasons(one.taken),
        "missing": _reasons(one.missing),
    }


def _reference(named: Titles, object_key: str, record: UUID) -> Reference:
    return cast("Reference", reference(named, object_key, record))


def _reasons(those: Iterable[Reason]) -> list[shapes.AccessReason]:
    return [{"kind": one.kind, "text": one.text} for one in those]


def simulation(ctx: Context, found: Found) -> shapes.Simulation:
    """Everything that would be another, in sentences."""
    telling = _Telling(ctx, found)
    return {
        "exact": found.exact,
        "records": [told for one in found.records for told in telling.records(one)],
        "fields": [telling.field(one) for one in found.fields],
        "rights": [telling.right(one) for one in found.rights],
    }


class _Telling:
    """Names people once for all sentences."""

    def __init__(self, ctx: Context, found: Found) -> None:
        self.ctx = ctx
        people: set[UUID] = set()
        for one in found.records:
            people.update(one.people)
            if one.counted is not None:
                people.update(one.counted.opened.by_person, one.counted.closed.by_person)
        for other in (*found.fields, *found.rights):
            people.update(other.people)
        self.named = titles(ctx, [("member", one) for one in people])

    def records(self, one: RecordsDifference) -> list[shapes.RecordsChange]:
        """What is opened and what is closed, apart."""
        if one.counted is None:
            return [self._records(one, "changed", None)]
        sides = (("opened", one.counted.opened), ("closed", one.counted.closed))
        return [self._records(one, way, found) for way, found in sides if found.rows]

    def _records(self, one: RecordsDifference, way: str, found: Difference | None) -> shapes.RecordsChange:
        ranked: list[tuple[UUID, int | None]]
        if found is None:
            ranked = [(member, None) for member in one.people]
        else:
            ranked = sorted(found.by_person.items(), key=lambda pair: (-(pair[1] or 0), self.title(pair[0])))
        rows = None if found is None else found.rows
        obj = self.ctx.snapshot.objects[one.object]
        label = obj.label if rows == 1 else obj.plural
        return {
            "object": one.object,
            "verb": one.verb,
            "way": cast("shapes.AccessWay", way),
            "records": rows,
            "exact": one.exact,
            "people": [
                {"member": _reference(self.named, "member", member), "records": count}
                for member, count in ranked[:MOST_PEOPLE]
            ],
            "people_count": len(ranked),
            "text": self.say(
                f"{way}_{one.verb}" if rows is not None else f"changed_{'some' if one.exact else 'many'}_{one.verb}",
                records=self.say("records" if one.exact else "about_records", count=rows, object=label),
                object=obj.plural,
                people=self.people([member for member, _ in ranked]),
            ),
        }

    def field(self, one: FieldDifference) -> shapes.FieldLevelChange:
        """A field that is reached further or less far."""
        obj = self.ctx.snapshot.objects[one.object]
        field = obj.fields[one.field]
        types = {each.key: each.live["label"] for each in types_of(obj)}
        code = "field_of_type" if one.record_type else "field"
        return {
            "object": one.object,
            "field": one.field,
            "record_type": one.record_type,
            "before": one.before,
            "after": one.after,
            "way": "opened" if one.is_opened else "closed",
            "people": self.references(one.people),
            "people_count": len(one.people),
            "text": self.say(
                f"{code}_{one.after}",
                object=obj.plural,
                field=field.label,
                type=types.get(one.record_type or "", ""),
                people=self.people(one.people),
            ),
        }

    def right(self, one: RightDifference) -> shapes.RightChange:
        """A right that is gained or lost."""
        way = "given" if one.is_given else "taken"
        return {
            "objects": list(one.objects),
            "right": one.right,
            "way": "opened" if one.is_given else "closed",
            "people": self.references(one.people),
            "people_count": len(one.people),
            "text": self.say(
                f"{way}_{one.right}" if one.objects else f"{way}_system_{one.right}",
                object=self.objects(one.objects),
                people=self.people(one.people),
            ),
        }

    def objects(self, keys: Sequence[str]) -> str:
        """The first objects by name, more by their number."""
        known = self.ctx.snapshot.objects
        names = [self.say("named", object=known[key].plural) for key in keys]
        if len(names) <= MOST_NAMED:
            return self.say("join").join(names)
        return self.say("and_more", names=self.say("join").join(names[:MOST_NAMED]), count=len(names) - MOST_NAMED)

    def references(self, members: Sequence[UUID]) -> list[Reference]:
        """The first of the people, by name."""
        ordered = sorted(members, key=lambda one: (self.title(one), one))
        return [_reference(self.named, "member", one) for one in ordered[:MOST_PEOPLE]]

    def people(self, members: Sequence[UUID]) -> str:
        """One or two people by name, more by their number."""
        names = sorted(self.title(one) for one in members)
        if len(names) <= 2 and all(names):
            return self.say("join_and").join(names)
        return self.say("people", count=len(names))

    def title(self, member: UUID) -> str:
        return self.named.get(("member", member), "")

    def say(self, code: str, **params: Any) -> str:
        return sentence(f"access.{code}", params, self.ctx.language)
