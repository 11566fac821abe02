"""Conditions and formulas worked out for many records as they were at different moments of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.feed.timelines import Values
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.records.rules.images import ALIAS, Image, evaluate, named
from guanxi.kit import clock

Expressions = Callable[[Source], Sequence[str]]
LONG = timedelta(days=400)


def judge(ctx: Context, obj: Object, images: Sequence[Image], expressions: Expressions) -> list[tuple[Any, ...]]:
    """As ``evaluate``; what depends on the day is worked out for the day of each image."""
    if not images:
        return []
    texts = _compiled(ctx, obj, expressions)[0]
    if all(one == "TRUE" for one in texts[:-1]):
        return [(True,) * (len(texts) - 1)] * len(images)
    found: dict[int, tuple[Any, ...]] = {}
    for here, places in _days(ctx, images) if is_timely(ctx, obj, expressions) else [(ctx, range(len(images)))]:
        with _at(ctx, here):
            first = _alike(obj, images, places, texts)
            for some in _apart(images, list(dict.fromkeys(first.values()))):
                rows = evaluate(here, obj, [images[place] for place in some], expressions)
                found.update(zip(some, rows, strict=True))
            found.update({place: found[one] for place, one in first.items()})
    return [found[place] for place in range(len(images))]


def _alike(obj: Object, images: Sequence[Image], places: Sequence[int], texts: Sequence[str]) -> dict[int, int]:
    """For each image the first one of its record that has the same values where they are asked for."""
    columns = named(" ".join(texts))
    keys = [one.key for one in obj.fields.values() if any(name in columns for name, _ in one.columns)]
    keys += sorted(columns - {name for one in obj.fields.values() for name, _ in one.columns})
    known: dict[Any, int] = {}
    found = {}
    for place in places:
        values = images[place].values
        same = values.same(keys) if isinstance(values, Values) and not images[place].links else None
        found[place] = place if same is None else known.setdefault((images[place].id, same), place)
    return found


def is_timely(ctx: Context, obj: Object, expressions: Expressions) -> bool:
    """Whether it depends on when it is asked."""
    now = _compiled(ctx, obj, expressions)
    return any("guanxi." in one for one in now[0]) or now != _compiled(
        replace(ctx, now=ctx.now - LONG), obj, expressions
    )


def _compiled(ctx: Context, obj: Object, expressions: Expressions) -> tuple[list[str], list[Any]]:
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.as_system().guard(), bind, ctx.env, ALIAS)
    texts = list(expressions(source))
    joins = source.from_clause("")
    return [*texts, joins], bind.values


def _days(ctx: Context, images: Sequence[Image]) -> list[tuple[Context, Sequence[int]]]:
    """Units of work as of each day, at the last moment that is asked for, with the images of that day."""
    by_day: dict[Any, list[int]] = {}
    last: dict[Any, datetime] = {}
    for place, one in enumerate(images):
        at = getattr(one, "at", None) or ctx.now
        day = clock.today(ctx.env.time_zone, at)
        by_day.setdefault(day, []).append(place)
        last[day] = max(at, last.get(day, at))
    return [(replace(ctx, now=last[day]), places) for day, places in by_day.items()]


@contextmanager
def _at(ctx: Context, here: Context) -> Iterator[None]:
    """What the database takes for the present."""
    if here is ctx:
        yield
        return
    _tell(here)
    try:
        yield
    finally:
        _tell(ctx)


def _tell(ctx: Context) -> None:
    ctx.run(
        "SELECT set_config('guanxi.now', $1::text, true), set_config('guanxi.today', $2::text, true)",
        [ctx.now.isoformat(), str(ctx.today)],
    )


def _apart(images: Sequence[Image], places: Sequence[int]) -> list[list[int]]:
    """Images with references of their own apart where they are of the same record."""
    rounds: list[list[int]] = [[]]
    seen: dict[UUID, int] = {}
    for place in places:
        one = images[place]
        turn = seen.get(one.id, 0) if one.links else 0
        if one.links:
            seen[one.id] = turn + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(place)
    return [one for one in rounds if one]
