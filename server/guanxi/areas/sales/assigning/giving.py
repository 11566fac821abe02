"""Giving leads to people by the rules: many at once, with the reason and the history of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from guanxi.areas.sales.assigning.candidates import CLOSED, LATER, Candidates
from guanxi.areas.sales.assigning.models import HISTORY, Rule, Territory
from guanxi.areas.sales.grading.grades import grade
from guanxi.areas.sales.grading.models import LEAD, active_model
from guanxi.areas.sales.rules.assignment import Chosen
from guanxi.capabilities.flows.kinds.choosing import Hours, hours_of
from guanxi.capabilities.notifications.telling import Notice, languages_of, notify
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.titles import titles
from guanxi.engine.records.writes import Change
from guanxi.infra.i18n import sentence
from guanxi.infra.jobs import enqueue

AWAITS = "awaits_assignment"
MOST = 2000
"""Leads assigned by one unit of work."""
EXPIRE = "sales.expire_assignments"


@dataclass(frozen=True)
class Given:
    """A lead, whom it is given to, and why."""

    lead: UUID
    member: UUID
    rule: Rule
    territory: Territory | None
    chosen: Chosen
    round: int = 1


@dataclass
class Outcome:
    """What became of leads: given, left for later since nobody is there now, or without anybody and why."""

    given: list[Given] = field(default_factory=list)
    later: dict[UUID, str] = field(default_factory=dict)
    nobody: dict[UUID, str] = field(default_factory=dict)


def assign(ctx: Context, leads: Sequence[UUID]) -> Outcome:
    """Give open leads to people by the rules, those that await it and any others; at most ``MOST``.

    Leads that no rule is for stay whose they are. Grades that are still to come are worked out first.
    """
    system = ctx.as_system()
    rows = _held(system, leads)
    outcome = Outcome()
    if not rows:
        return outcome
    candidates = Candidates(ctx, rows)
    if not candidates.rules:
        outcome.nobody = dict.fromkeys(rows, "sales.assign_no_rule")
        return _kept(ctx, rows, outcome)
    concerned = _concerned(system, candidates.rules, list(rows))
    rounds = last_rounds(system, list(rows))
    for lead in rows:
        why = "sales.assign_no_rule"
        for rule in candidates.rules:
            if lead not in concerned[rule.id]:
                continue
            territory = candidates.territory(rule, lead)
            found = candidates.choose(rule, lead, territory, ())
            if isinstance(found, Chosen):
                outcome.given.append(Given(lead, found.member, rule, territory, found, rounds.get(lead, 0) + 1))
                break
            why = found if why not in LATER else why
        else:
            (outcome.later if why in LATER else outcome.nobody)[lead] = why
    candidates.keep()
    return _kept(ctx, rows, outcome)


def again(
    ctx: Context, rows: Mapping[UUID, Mapping[str, Any]], rules: Mapping[UUID, UUID], asked: Mapping[UUID, set[UUID]]
) -> tuple[list[Given], dict[UUID, Rule | None]]:
    """Give leads that nobody accepted to others of the same rule; those for whom all were asked, with the rule."""
    candidates = Candidates(ctx, rows)
    known = {rule.id: rule for rule in candidates.rules}
    given, over = [], dict[UUID, Rule | None]()
    rounds = last_rounds(ctx.as_system(), list(rows))
    for lead in rows:
        rule = known.get(rules[lead])
        territory = candidates.territory(rule, lead) if rule else None
        found = candidates.choose(rule, lead, territory, asked[lead]) if rule else None
        if rule is not None and isinstance(found, Chosen):
            given.append(Given(lead, found.member, rule, territory, found, rounds.get(lead, 1)))
        else:
            over[lead] = rule
    candidates.keep()
    return given, over


def keep(ctx: Context, rows: Mapping[UUID, Mapping[str, Any]], given: Sequence[Given], why: str | None = None) -> None:
    """Write who was given what, with the history, and tell them; ``why`` is said beside the rule."""
    if not given:
        return
    system = ctx.as_system()
    _replace_waiting(system, [one.lead for one in given])
    writes.update(system, LEAD, [Change(one.lead, {"owner": str(one.member), AWAITS: None}) for one in given])
    named = titles(system, {("member", one.member) for one in given})
    dues = _dues(ctx, given)
    writes.create(system, HISTORY, [
        {
            "name": sentence("sales.assigned_to", {"member": named.get(("member", one.member), "")}, ctx.language),
            "lead": str(one.lead), "member": str(one.member), "rule": str(one.rule.id),
            "territory": str(one.territory.place.id) if one.territory else None,
            "state": "waiting" if dues[one.lead] else "given", "at": ctx.now.isoformat(),
            "due_at": _iso(dues[one.lead]), "round": one.round, "reasons": _reasons(one, rows[one.lead], why),
        }
        for one in given
    ])  # fmt: skip
    for due in sorted({one for one in dues.values() if one}):
        enqueue(EXPIRE, {"workspace": ctx.workspace.id}, f"{EXPIRE} {ctx.workspace.id} {due:%Y-%m-%dT%H:%M}", due)
    _tell(ctx, given, dues)


def last_rounds(system: Context, leads: Sequence[UUID]) -> dict[UUID, int]:
    """The number of the last round in which each lead was given to somebody."""
    found: dict[UUID, int] = {}
    where = {"field": "lead", "op": "in", "value": [str(one) for one in leads]}
    for row in reads.native(system, HISTORY, reads.ids(system, HISTORY, where), ("lead", "round")).values():
        found[row["lead"]] = max(found.get(row["lead"], 0), row["round"] or 0)
    return found


def _held(system: Context, leads: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The leads that are open, locked, with their grades."""
    obj = system.snapshot.object(LEAD)
    there = sorted(reads.visible(system, LEAD, list(dict.fromkeys(leads))[:MOST]))
    rows = locking.lock(system, obj, there, "edit", ())
    rows = {id_: row for id_, row in rows.items() if row["status"] not in CLOSED}
    ungraded = [id_ for id_, row in rows.items() if row["grade"] is None]
    model = active_model(system) if ungraded else None
    if model is not None:
        grade(system, model, ungraded)
        for id_, row in reads.native(system, LEAD, ungraded, ("grade",)).items():
            rows[id_]["grade"] = row["grade"]
    return rows


def _concerned(system: Context, rules: Sequence[Rule], leads: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """For each rule the leads that it is for."""
    among = {"field": "id", "op": "in", "value": [str(one) for one in leads]}
    return {
        rule.id: set(reads.ids(system, LEAD, {"and": [among, rule.where]})) if rule.where else set(leads)
        for rule in rules
    }


def _kept(ctx: Context, rows: Mapping[UUID, Mapping[str, Any]], outcome: Outcome) -> Outcome:
    keep(ctx, rows, outcome.given)
    over = [lead for lead in outcome.nobody if rows[lead][AWAITS]]
    writes.update(ctx.as_system(), LEAD, [Change(lead, {AWAITS: None}) for lead in over])
    later = [lead for lead in outcome.later if not rows[lead][AWAITS]]
    writes.update(ctx.as_system(), LEAD, [Change(lead, {AWAITS: True}) for lead in later])
    return outcome


def _replace_waiting(system: Context, leads: Sequence[UUID]) -> None:
    """Whoever was to accept a lead need not any more."""
    where = {"and": [
        {"field": "lead", "op": "in", "value": [str(one) for one in leads]},
        {"field": "state", "op": "eq", "value": "waiting"},
    ]}  # fmt: skip
    values = {"state": "replaced", "answered_at": system.now.isoformat()}
    writes.update(system, HISTORY, [Change(one, values) for one in reads.ids(system, HISTORY, where)])


def _reasons(one: Given, lead: Mapping[str, Any], why: str | None) -> dict[str, Any]:
    """What decided, by name, as it was at that moment."""
    return {
        "rule": one.rule.name, "mode": one.rule.mode, "load": one.chosen.load, "senior": one.chosen.senior,
        "territory": one.territory.name if one.territory else None, "grade": lead.get("grade"),
        "industry": lead.get("industry") if one.rule.industry_skill else None, "why": why,
    }  # fmt: skip


def _dues(ctx: Context, given: Sequence[Given]) -> dict[UUID, datetime | None]:
    """By lead until when it is to be accepted, in minutes of the clock or of the working hours of whoever is given it."""
    at_work = sorted({one.member for one in given if one.rule.accept_minutes and one.rule.accept_at_work})
    hours = hours_of(ctx, at_work) if at_work else {}

    def due(one: Given) -> datetime | None:
        minutes = one.rule.accept_minutes
        if not minutes:
            return None
        if one.rule.accept_at_work:
            return hours.get(one.member, Hours()).after(ctx.now, minutes, ctx.env.time_zone)
        return ctx.now + timedelta(minutes=minutes)

    return {one.lead: due(one) for one in given}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _tell(ctx: Context, given: Sequence[Given], dues: Mapping[UUID, datetime | None]) -> None:
    """One notice for each member, which names the lead where it is one alone."""
    counts = Counter(one.member for one in given)
    languages = languages_of(ctx, counts)
    named = titles(ctx.as_system(), {(LEAD, one.lead) for one in given if counts[one.member] == 1})
    notices = []
    for member, count in counts.items():
        (first, *_) = (one for one in given if one.member == member)
        params = {"count": count, "title": named.get((LEAD, first.lead), ""), "minutes": first.rule.accept_minutes or 0}
        code = "sales.told_assigned_one" if count == 1 else "sales.told_assigned_many"
        code += "" if not dues[first.lead] else "_due_at_work" if first.rule.accept_at_work else "_due"
        about = (LEAD, first.lead) if count == 1 else (None, None)
        notices.append(
            Notice(member, "sales", sentence(code, params, languages[member]), object=about[0], record=about[1])
        )
    notify(ctx, notices)


def tell_one(ctx: Context, member: UUID, lead: UUID, code: str) -> None:
    """One member about one lead."""
    title = titles(ctx.as_system(), {(LEAD, lead)}).get((LEAD, lead), "")
    language = languages_of(ctx, [member])[member]
    notify(ctx, [Notice(member, "sales", sentence(code, {"title": title}, language), object=LEAD, record=lead)])
