"""Who is there already when a lead is to be converted: companies and people known by the same, and what goes on with them.

Each likeness is asked for under the reader's own access. That something is there out of their reach is told without
detail, and only where making it anew would tell the same (``matching.tells_of_hidden``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.areas.sales.converting.mapping import carried
from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.rules.conversion import spellings
from guanxi.areas.sales.rules.stages import CLOSED
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking, reads
from guanxi.engine.records.matching import tells_of_hidden
from guanxi.infra.errors import NotFound

MOST = 10
"""Candidates of a sort that are told."""
_COMPANY = ("credit_code", "phone", "mail", "website")
_CONTACT = ("mobile", "phone", "mail", "wechat")
Filter = dict[str, Any]


@dataclass
class Found:
    """Candidates by id with the fields in which they are like the lead, and whether there are others out of reach."""

    why: dict[UUID, list[str]] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class Duplicates:
    """Everybody and everything that a lead may be converted into."""

    companies: Found
    contacts: Found
    opportunities: Found


def of_lead(ctx: Context, lead: UUID) -> Duplicates:
    """What is there already; NotFound for a lead that the actor does not see."""
    if lead not in reads.visible(ctx, LEAD, [lead]):
        raise NotFound("records.not_found", {"object": LEAD, "id": str(lead)})
    row = locking.stored(ctx, ctx.snapshot.object(LEAD), [lead])[lead]
    company, contact = carried(ctx, "company", row), carried(ctx, "contact", row)
    names = spellings(str(company["name"])) if company.get("name") else []
    probes = [_any_of("name", ("name", "short_name"), names)] if names else []
    probes += _same("company", company, _COMPANY)
    companies = _found(ctx, "company", probes)
    people = _same("contact", contact, _CONTACT)
    if contact.get("name"):
        where: Filter = {"field": "name", "op": "eq", "value": str(contact["name"])}
        # The same name alone says much of private customers only; elsewhere it is the same one at the same company.
        if names:
            told = [str(one) for one in companies.why]
            where = {"and": [where, {"field": "company", "op": "in", "value": told}]} if told else {}
        people += [_Probe("name", where, ("name", *(("company",) if names else ())))] if where else []
    contacts = _found(ctx, "contact", people)
    return Duplicates(companies, contacts, _open_opportunities(ctx, companies.why, contacts.why))


@dataclass(frozen=True)
class _Probe:
    """One likeness: what it is told as, and the condition with the fields that it asks about."""

    why: str
    where: Filter
    fields: Sequence[str]


def _any_of(why: str, fields: Sequence[str], values: Sequence[str]) -> _Probe:
    return _Probe(why, {"or": [{"field": key, "op": "in", "value": list(values)} for key in fields]}, fields)


def _same(target: str, values: Mapping[str, Any], keys: Iterable[str]) -> list[_Probe]:
    """Equal values; a mobile may stand among the telephones and the other way round."""
    found = []
    for key in keys:
        if values.get(key) in (None, ""):
            continue
        fields = ("mobile", "phone") if target == "contact" and key in ("mobile", "phone") else (key,)
        clauses = [{"field": one, "op": "eq", "value": str(values[key])} for one in fields]
        found.append(_Probe(key, {"or": clauses}, fields))
    return found


def _found(ctx: Context, target: str, probes: Sequence[_Probe]) -> Found:
    found = Found()
    obj = ctx.snapshot.object(target)
    if not ctx.actor.rights(target).reads:
        return found
    for probe in probes:
        if not all(_is_asked(ctx, obj, key) for key in probe.fields):
            continue
        seen = _ids(ctx, target, probe.where)
        for one in seen:
            found.why.setdefault(one, []).append(probe.why)
        asked = [obj.fields[key] for key in probe.fields]
        if not found.hidden and all(tells_of_hidden(ctx, obj, [one]) for one in asked):
            there = set(_ids(ctx.as_system(), target, probe.where))
            found.hidden = bool(there - reads.visible(ctx, target, sorted(there)))
    found.why = dict(sorted(found.why.items(), key=lambda one: (-len(one[1]), one[0]))[:MOST])
    return found


def _is_asked(ctx: Context, obj: Object, key: str) -> bool:
    one = obj.fields.get(key)
    return one is not None and is_read(ctx.guard().level_everywhere(obj, one))


def _ids(ctx: Context, target: str, where: Filter) -> list[UUID]:
    return [
        UUID(row["id"]) for row in reads.page(ctx, target, reads.Query(select=("name",), where=where, limit=50)).rows
    ]


def _open_opportunities(ctx: Context, companies: Iterable[UUID], contacts: Iterable[UUID]) -> Found:
    """What is going on with the candidates, as far as the reader sees it."""
    obj = ctx.snapshot.object("opportunity")
    if not ctx.actor.rights(obj.key).reads or not _is_asked(ctx, obj, "status"):
        return Found()
    of = {"company": [str(one) for one in companies], "contact": [str(one) for one in contacts]}
    clauses = [
        {"field": key, "op": "in", "value": ids} for key, ids in of.items() if ids and _is_asked(ctx, obj, key)
    ]  # fmt: skip
    if not clauses:
        return Found()
    is_open = {"field": "status", "op": "not_in", "value": sorted(CLOSED)}
    return Found({one: [] for one in _ids(ctx, obj.key, {"and": [is_open, {"or": clauses}]})[:MOST]})
