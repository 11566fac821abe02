"""One statement that grades many leads: conditions by the compiler of filters, events summed once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from guanxi.areas.sales.grading.models import LEAD, link_of, moment_of
from guanxi.areas.sales.rules.grading import FIT, FULL, Model, Rule
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.infra.errors import BadRequest

Among = Callable[[str], str]
FIELDS = ("grade", "score", "fit_score", "engagement_score", "grade_reasons")
"""What is worked out of a lead, in the order of the statement's columns."""


@dataclass
class _Scored:
    """Points of one rule as SQL, and its entry among the reasons as text."""

    axis: str
    points: str
    reason: str


def env_of(ctx: Context) -> ParseEnv:
    """Nobody in particular asks: what a condition says of whoever looks is not understood."""
    return ParseEnv(ctx.language, ctx.env.time_zone, ctx.now, None, ctx.env.fiscal_month)


@dataclass(frozen=True, slots=True)
class Span:
    """The leads from one id to another one, which costs a tenth of naming each of them."""

    first: UUID
    last: UUID


def statement(ctx: Context, model: Model | None, ids: Sequence[UUID] | Span, bind: Bind) -> str:
    """A SELECT of the id, the present grade and ``FIELDS`` of leads; without a model all of them are empty."""
    lead = ctx.snapshot.object(LEAD)
    source = Source(ctx.snapshot, lead, Everything(), bind, env_of(ctx), "t")
    among = _among(ids, bind)
    chosen = among("t.id")
    if model is None:
        nothing = "NULL::text AS grade, NULL::bigint AS score, NULL::bigint AS fit_score"
        return (
            f"SELECT t.id, t.grade AS was, {nothing}, NULL::bigint AS engagement_score, NULL::jsonb AS grade_reasons"
            f" FROM {source.from_clause()} WHERE {chosen} AND t.deleted_at IS NULL"
        )
    joins: list[str] = []
    scored = [one for rule in model.rules if (one := _scored(ctx, source, rule, among, joins)) is not None]
    sums = [
        " + ".join(one.points for one in scored if (one.axis == FIT) == is_fit) or "0::numeric"
        for is_fit in (True, False)
    ]  # fmt: skip
    fit, engagement = (f"round(least({FULL}, greatest(0, {points})))::bigint" for points in sums)
    reasons = ", ".join(one.reason for one in scored) or "''"
    written = f"('[' || ltrim(concat({reasons}), ',') || ']')::jsonb"
    inner = (
        f"SELECT t.id, t.grade AS was, {fit} AS fit, {engagement} AS engagement, {written} AS reasons"
        f" FROM {source.from_clause()} {' '.join(joins)} WHERE {chosen} AND t.deleted_at IS NULL"
    )
    return (
        f"SELECT s.id, s.was, {_grade(model, bind)} AS grade, {_score(model)} AS score, s.fit AS fit_score,"
        f" s.engagement AS engagement_score, s.reasons AS grade_reasons FROM ({inner}) s"
    )


def _among(ids: Sequence[UUID] | Span, bind: Bind) -> Among:
    """That a column holds one of the leads."""
    if isinstance(ids, Span):
        first, last = bind(ids.first, "uuid"), bind(ids.last, "uuid")
        return lambda column: f"{column} BETWEEN {first} AND {last}"
    place = bind(list(ids), "uuid[]")
    return lambda column: f"{column} = ANY({place})"


def _grade(model: Model, bind: Bind) -> str:
    row = f"CASE WHEN s.fit >= {model.fit_a:d} THEN 0 WHEN s.fit >= {model.fit_b:d} THEN 3 ELSE 6 END"
    column = (
        f"CASE WHEN s.engagement >= {model.engagement_a:d} THEN 1 WHEN s.engagement >= {model.engagement_b:d} THEN 2"
        " ELSE 3 END"
    )
    return f"substr({bind(model.matrix, 'text')}, {row} + {column}, 1)"


def _score(model: Model) -> str:
    fit, engagement = int(model.fit_weight), int(model.engagement_weight)
    return f"round((s.fit * {fit} + s.engagement * {engagement})::numeric / {fit + engagement})::bigint"


def _scored(ctx: Context, source: Source, rule: Rule, among: Among, joins: list[str]) -> _Scored | None:
    """The rule as SQL; None for one that cannot be asked any more, such as of a field that is gone."""
    known = len(source.bind.values)
    try:
        return _of_event(ctx, source, rule, among, joins) if rule.event else _of_lead(source, rule)
    except BadRequest:
        if len(source.bind.values) > known:
            source.bind.back_to(known)
        return None


def _of_lead(source: Source, rule: Rule) -> _Scored:
    held = compile_condition(source, None if rule.where is None else {"where": rule.where})
    reason = source.bind(_entry(rule, points=rule.points), "text")
    return _Scored(
        rule.axis, f"CASE WHEN {held} THEN {rule.points:d} ELSE 0 END", f"CASE WHEN {held} THEN {reason} END"
    )


def _of_event(ctx: Context, source: Source, rule: Rule, among: Among, joins: list[str]) -> _Scored:
    link = link_of(ctx.snapshot, str(rule.event))
    if link is None:
        raise BadRequest("sales.grade_event_unknown", {"event": rule.event})
    obj, alias = ctx.snapshot.object(str(rule.event)), f"v{len(joins)}"
    inner = source.nested(obj, f"{alias}e")
    held = compile_condition(inner, None if rule.where is None else {"where": rule.where})
    about, moment = f'{inner.alias}."{link.key}"', f'{inner.alias}."{moment_of(obj)}"'
    mine = f"AND {inner.alias}.\"{link.key}__object\" = '{LEAD}'" if link.kind.trait == "about" else ""
    now = source.bind(ctx.now, "timestamptz")
    worth = "1"
    if rule.half_life_days:
        age = f"greatest(0, extract(epoch FROM {now} - {moment})::float8) / 86400"
        worth = f"power(0.5::float8, {age} / {rule.half_life_days:d})"
    total = f"(sum({worth}) * {rule.points:d})::numeric"
    if rule.at_most:
        total = f"greatest({-rule.at_most:d}, least({rule.at_most:d}, {total}))"
    joins.append(
        f"LEFT JOIN (SELECT {about} AS lead, count(*) AS n, max({moment}) AS at, round({total}, 1) AS p"
        f" FROM {inner.from_clause()} WHERE {among(about)} {mine} AND {inner.alias}.deleted_at IS NULL"
        f" AND {moment} IS NOT NULL AND ({held}) GROUP BY 1) {alias} ON {alias}.lead = t.id"
    )
    begins = source.bind(_entry(rule)[:-1], "text")
    at = f"""to_char({alias}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
    told = f"""{begins} || ',"points":' || {alias}.p || ',"count":' || {alias}.n || ',"at":"' || {at} || '"}}'"""
    return _Scored(rule.axis, f"coalesce({alias}.p, 0)", f"CASE WHEN {alias}.n > 0 THEN {told} END")


def _entry(rule: Rule, **more: Any) -> str:
    return "," + orjson.dumps({"rule": str(rule.id), **more}).decode()
