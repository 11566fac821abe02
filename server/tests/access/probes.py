"""Every way in which a member can learn of records, asked over HTTP and held against the model."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from tests.access.generate import FIELDS, INPUTS, OBJECTS, TYPES
from tests.access.model import LEVELS, Person, Record, World
from tests.support.clients import Client

TITLES = {"company": "name", "contact": "name", "opportunity": "name", "task": "subject"}
SEEN = LEVELS.index("read")
Leak = str
Probe = Callable[["Asked"], Iterator[Leak]]


class Asked:
    """One member at the doors of one world."""

    def __init__(self, world: World, person: Person, client: Client) -> None:
        self.world, self.person, self.client = world, person, client
        self.objects = [key for key in OBJECTS if world.reads_object(person, key)]

    def reached(self, key: str, verb: str = "read") -> set[str]:
        """Ids of the records that the model opens."""
        return {r.id for r in self.of(key) if self.world.reached(self.person, r, verb)}

    def of(self, key: str) -> list[Record]:
        """All records of an object."""
        return [one for (obj, _), one in self.world.records.items() if obj == key]

    def level(self, key: str, field: str) -> str:
        """How far the member reaches into a field, on the records on which they reach farthest."""
        return self.world.level(self.person, key, field)

    def told(self, key: str, field: str) -> bool:
        """Whether the member may read the field's values on some records."""
        return LEVELS.index(self.level(key, field)) >= SEEN

    def level_on(self, record: Record, field: str) -> str:
        """How far the member reaches into a field of a record."""
        return self.world.level_on(self.person, record, field)

    def told_on(self, record: Record, field: str) -> bool:
        """Whether the member may read the field's value on a record."""
        return LEVELS.index(self.level_on(record, field)) >= SEEN


def said(answer: Any) -> Any:
    """What an answer says that must have succeeded."""
    assert answer.status_code == 200, (answer.status_code, answer.content[:500].decode())
    return answer.json()


def differ(what: str, got: Any, wanted: Any) -> Iterator[Leak]:
    """One line for a difference."""
    if got != wanted:
        yield f"{what}: got {got!r}, the model says {wanted!r}"


def lists(asked: Asked) -> Iterator[Leak]:
    """Lists, with every field that they tell."""
    for key in OBJECTS:
        answer = asked.client.post(f"records/{key}/query", {"limit": 200})
        if key not in asked.objects:
            yield from differ(f"list {key}", answer.status_code, 404)
            continue
        if answer.status_code != 200:
            yield f"list {key}: {answer.status_code} {answer.content[:300]!r}"
            continue
        rows = said(answer)["rows"]
        yield from differ(f"list {key}", {row["id"] for row in rows}, asked.reached(key))
        for row in rows:
            yield from _values(asked, key, row)


def _values(asked: Asked, key: str, row: dict[str, Any]) -> Iterator[Leak]:
    record = asked.world.records[key, row["id"]]
    for field in FIELDS[key]:
        level, value = asked.level_on(record, field), record.values.get(field)
        if asked.level(key, field) == "hidden":
            yield from differ(f"{key}.{field}", field in row, False)
        elif level == "hidden":
            yield from differ(f"{key}.{field} on a type on which it is hidden", row[field], None)
        elif value is not None:
            told = str(row[field])
            is_mask = "*" in told or "•" in told
            yield from differ(
                f"{key}.{field} at {level} tells {told}: a mask", is_mask, not asked.told_on(record, field)
            )
            yield from differ(f"{key}.{field} at {level} is empty", row[field] is None, False)
    for obj, field in INPUTS:
        if obj == key and asked.level(key, field) == "hidden":
            yield from differ(f"{key}.{field}", field in row, False)


def single(asked: Asked) -> Iterator[Leak]:
    """By id, with timeline, shares, drafts and what goes with a deletion."""
    for key in OBJECTS:
        reached = asked.reached(key) if key in asked.objects else set()
        for record in asked.of(key):
            status = 200 if record.id in reached else 404
            where = f"records/{key}/{record.id}"
            yield from differ(f"get {key}", asked.client.get(where).status_code, status)
            timeline = asked.client.get(f"{where}/timeline")
            yield from differ(f"timeline {key}", timeline.status_code, status)
            if status == 200:
                text = timeline.content.decode()
                for field in FIELDS[key]:
                    value = record.values.get(field)
                    value = value["amount"] if isinstance(value, dict) else value
                    if not asked.told_on(record, field) and value and f'"{value}"' in text:
                        yield f"timeline of {key} tells {field} = {value}"


def shares(asked: Asked) -> Iterator[Leak]:
    """With whom a record is shared."""
    for key in asked.objects:
        reached = asked.reached(key)
        for record in asked.of(key)[:3]:
            status = 200 if record.id in reached else 404
            yield from differ(
                f"shares {key}", asked.client.get(f"records/{key}/{record.id}/shares").status_code, status
            )


def counts(asked: Asked) -> Iterator[Leak]:
    """Counts and groups."""
    for key in asked.objects:
        reached = asked.reached(key)
        yield from differ(f"count {key}", said(asked.client.post(f"records/{key}/count", {}))["count"], len(reached))
        answer = said(asked.client.post(f"records/{key}/group", {"by": [{"field": "owner"}]}))
        yield from differ(f"groups of {key}", sum(one["count"] for one in answer["groups"]), len(reached))


def oracles(asked: Asked) -> Iterator[Leak]:
    """What is not read can be neither filtered, sorted, grouped, summed nor matched by."""
    for key in asked.objects:
        for field in FIELDS[key]:
            told = asked.told(key, field)
            for body in (
                {"where": {"field": field, "op": "not_empty"}},
                {"where": {"not": {"field": field, "op": "is_empty"}}},
                {"sort": [{"field": field, "dir": "asc"}]},
            )[: 2 if field == "description" else 3]:  # long texts have no order
                status = asked.client.post(f"records/{key}/query", body).status_code
                yield from differ(f"{key} by {field}: {body}", status, 200 if told else 400)
            values = {"aggregates": [{"fn": "count_values", "field": field}]}
            status = asked.client.post(f"records/{key}/group", values).status_code
            yield from differ(f"sum of {key}.{field}", status, 200 if told else 400)
            if told:
                yield from _found_by_value(asked, key, field)
            else:
                body = {"match": [field], "records": [{field: "x", TITLES[key]: "x"}]}
                status = asked.client.post(f"records/{key}/upsert", body).status_code
                yield from differ(f"match by {key}.{field}", status in (400, 403, 422), True)


def _found_by_value(asked: Asked, key: str, field: str) -> Iterator[Leak]:
    """Asking for a value finds the records of the types on which it is told, and no others."""
    texts = {value for one in asked.of(key) if isinstance(value := one.values.get(field), str)}
    if key not in TYPES:
        return
    reached = asked.reached(key)
    for value in sorted(texts)[:3]:
        where = {"field": field, "op": "eq", "value": value}
        rows = said(asked.client.post(f"records/{key}/query", {"where": where, "limit": 200}))["rows"]
        told = {
            one.id
            for one in asked.of(key)
            if one.id in reached and one.values.get(field) == value and asked.told_on(one, field)
        }
        yield from differ(f"{key} with {field} = {value}", {row["id"] for row in rows}, told)


def search(asked: Asked) -> Iterator[Leak]:
    """Search over all objects and within lists."""
    for key in asked.objects:
        reached = asked.reached(key)
        for record in asked.of(key):
            title = record.values[TITLES[key]]
            hits = said(asked.client.get(f"search?q={title}&limit=50"))["hits"]
            got = any(hit["id"] == record.id for hit in hits)
            yield from differ(f"search {key} {title}", got, record.id in reached)
            found = said(asked.client.post(f"records/{key}/query", {"search": title}))["rows"]
            yield from differ(f"list search {title}", any(r["id"] == record.id for r in found), record.id in reached)
    personal = (("company", "phone"), ("company", "mail"), ("contact", "mobile"), ("contact", "wechat"))
    for key, field in personal:
        if key not in asked.objects:
            continue
        for record in [one for one in asked.of(key) if not asked.told_on(one, field)][:3]:
            text = record.values[field].removeprefix("+86")
            hits = said(asked.client.get(f"search?q={text}&limit=50"))["hits"]
            if any(hit["id"] == record.id for hit in hits):
                yield f"search finds {key} by its hidden {field}"
            if any(text in str(hit) for hit in hits):
                yield f"search tells the hidden {field} of {key}"


def relations(asked: Asked) -> Iterator[Leak]:
    """Related lists, expansion and the titles of references."""
    if "contact" in asked.objects and "company" in asked.objects:
        companies = asked.reached("company")
        rows = said(asked.client.post("records/contact/query", {"select": ["name", "company", "company.name"]}))["rows"]
        for row in rows:
            above = row["company"]
            if above is not None and above["id"] not in companies:
                yield from differ("title of a hidden company", (above["title"], row["company.name"]), (None, None))
        for field in FIELDS["company"]:
            status = asked.client.post("records/contact/query", {"select": [f"company.{field}"]}).status_code
            yield from differ(f"company.{field}", status, 400 if asked.level("company", field) == "hidden" else 200)
            compared = {"where": {"field": f"company.{field}", "op": "not_empty"}}
            status = asked.client.post("records/contact/query", compared).status_code
            yield from differ(f"filter by company.{field}", status, 200 if asked.told("company", field) else 400)
        contacts = asked.reached("contact")
        for record in asked.of("company"):
            answer = asked.client.get(f"records/company/{record.id}/related/contacts")
            yield from differ("related contacts", answer.status_code, 200 if record.id in companies else 404)
            if answer.status_code == 200:
                wanted = {c.id for c in asked.of("contact") if c.above == ("company", record.id)} & contacts
                yield from differ("related contacts", {row["id"] for row in said(answer)["rows"]}, wanted)
        has = {"where": {"has": "contacts"}}
        rows = said(asked.client.post("records/company/query", has))["rows"]
        wanted = {c.above[1] for c in asked.of("contact") if c.above and c.id in contacts} & companies
        yield from differ("companies with contacts", {row["id"] for row in rows}, wanted)


def exports(asked: Asked) -> Iterator[Leak]:
    """Exported files."""
    for key in asked.objects:
        answer = asked.client.post(f"records/{key}/export", {"format": "csv"})
        may = asked.world.may(asked.person, key, "export", given=False)
        yield from differ(f"export {key}", answer.status_code, 200 if may else 403)
        if answer.status_code != 200:
            continue
        text = b"".join(answer).decode("utf-8-sig")
        yield from differ(f"exported {key}", len(list(csv.reader(io.StringIO(text)))) - 1, len(asked.reached(key)))
        for record in asked.of(key):
            for field in FIELDS[key]:
                value = record.values.get(field)
                if isinstance(value, str) and len(value) > 4 and not asked.told_on(record, field) and value in text:
                    yield f"export of {key} tells {field}"


def catalogs(asked: Asked) -> Iterator[Leak]:
    """What the catalog and the OpenAPI document say there is."""
    objects = {one["key"]: one for one in said(asked.client.get("catalog"))["objects"]}
    document = said(asked.client.get("openapi.json"))["components"]["schemas"]
    for key in OBJECTS:
        yield from differ(f"catalog has {key}", key in objects, key in asked.objects)
        if key not in objects:
            yield from differ(f"document has {key}", key in document, False)
            continue
        fields = {one["key"]: one for one in objects[key]["fields"]}
        for field in FIELDS[key]:
            level = asked.level(key, field)
            yield from differ(f"catalog has {key}.{field}", field in fields, level != "hidden")
            yield from differ(
                f"document has {key}.{field}", field in document[key]["allOf"][1]["properties"], level != "hidden"
            )
            if field in fields:
                yield from differ(f"level of {key}.{field}", fields[field]["access"], level)


def changes(asked: Asked) -> Iterator[Leak]:
    """Writes: whose records may be changed, and which fields; a refusal changes nothing."""
    for key in asked.objects:
        read, edit = asked.reached(key), asked.reached(key, "edit") & asked.reached(key)
        for record in asked.of(key)[:5]:
            if record.deleted:
                continue
            where = f"records/{key}/{record.id}"
            status = asked.client.patch(where, {"values": {TITLES[key]: record.values[TITLES[key]]}}).status_code
            wanted = 200 if record.id in edit else 403 if record.id in read else 404
            yield from differ(f"edit {key}", status, wanted)
            body = {"op": "delete", "ids": [record.id]}
            if record.id not in read:
                status = asked.client.post(f"records/{key}/bulk", body).status_code
                yield from differ(f"bulk delete of a hidden {key}", status, 404)
            for field in FIELDS[key]:
                if record.id in edit and asked.level_on(record, field) != "edit":
                    status = asked.client.patch(where, {"values": {field: None}}).status_code
                    yield from differ(f"write {key}.{field}", status, 422)


PROBES: dict[str, Probe] = {
    "lists": lists, "single": single, "shares": shares, "counts": counts, "oracles": oracles, "search": search,
    "relations": relations, "exports": exports, "catalogs": catalogs, "changes": changes,
}  # fmt: skip
