"""Measures of the forecast page, in a workspace of its own: 100,000 open deals of a sales force five levels deep."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from bench import build, load
from bench.measure import Floor, Result, Session, result, timed
from bench.world import SEED, Row, Size

SLUG, CHIEF = "bench-forecast", "forecast@bench.test"
BELOW = (4, 4, 2, 2)
"""How many departments stand below each of the level above; with the top five levels."""
PEOPLE, OPEN, WON = 3, 100_000, 60_000
"""People of each department of the last level, deals that are open, and deals won in the last five quarters."""
BY_MODEL = 0.4
"""The share of open deals whose probability was worked out for each, and is not their stage's."""


def cases() -> Iterator[tuple[str, str, Any]]:
    """Names, people and cases."""
    yield "forecast page over a tree", build.ADMINISTRATOR, forecast


def forecast(_session: Session, _floor: Floor, _actor: str, rounds: int, _size: Size) -> list[Result]:
    """The page of the whole company: for this quarter, and for the year that every open deal lies in."""
    ensure()
    session = Session(CHIEF, SLUG)
    found = []
    for unit in ("quarter", "year"):
        times = timed(max(20, rounds // 3), lambda _, unit=unit: session.send("GET", f"/forecast?period={unit}"))
        found.append(result(f"forecast, 5 levels, {unit}", "administrator", OPEN, times))
    return found


def ensure() -> None:
    """Have the workspace, once."""
    from django.db import connection

    from guanxi.app.installation import definitions, finish_deferred, seeds
    from guanxi.capabilities.identity.models import Account, Workspace
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    if Account.objects.filter(email=CHIEF).exists():
        return
    for old in Workspace.objects.filter(slug=SLUG):
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{old.schema}" CASCADE')
        old.delete()
    chief = NewMember(CHIEF, "管理员", build.PASSWORD)
    shipped = {"definitions": definitions(), "seeds": seeds()}
    workspace = create_workspace(slug=SLUG, name="Bench", administrator=chief, **shipped)
    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        people = _people(ctx)
    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        ctx.run("SET LOCAL session_replication_role = replica")
        load.fill(ctx, "opportunity", _deals(ctx, people), log=False)
    finish_deferred(workspace.schema)
    with connection.cursor() as cursor:
        cursor.execute(f'ANALYZE "{workspace.schema}".rec_opportunity')


def _people(ctx: Any) -> list[UUID]:
    """The members, of a tree of departments."""
    from guanxi.engine.records import writes

    level: list[UUID] = writes.create(ctx, "department", [{"name": "总部"}])
    for depth, count in enumerate(BELOW):
        rows = [
            {"name": f"部门{depth}-{place}-{n}", "parent": above}
            for place, above in enumerate(level)
            for n in range(count)
        ]
        level = writes.create(ctx, "department", rows)
    rows = [
        {"name": f"销售{place}-{n}", "email": f"f{place}-{n}@bench.test", "department": team}
        for place, team in enumerate(level)
        for n in range(PEOPLE)
    ]
    return writes.create(ctx, "member", rows)


def _deals(ctx: Any, people: list[UUID]) -> Iterator[Row]:
    from guanxi.engine.records import reads
    from guanxi.kit.ids import uuid7_at
    from guanxi.kit.money import Money

    fields = ("pipeline", "category", "probability")
    stages = reads.native(ctx, "stage", reads.ids(ctx, "stage", None), fields)
    still_open = [one for one in stages.items() if one[1]["category"] == "open"]
    (won, ended) = next(one for one in stages.items() if one[1]["category"] == "won")
    chance = random.Random(SEED)  # noqa: S311 - rows, not secrets
    now = datetime.now(UTC)
    first = now.replace(month=1, day=1)
    for number in range(OPEN + WON):
        is_open = number < OPEN
        stage, told = chance.choice(still_open) if is_open else (won, ended)
        closes = (
            first + timedelta(days=chance.randrange(364)) if is_open else now - timedelta(days=chance.randrange(455))
        )
        made = min(closes, now) - timedelta(days=chance.randrange(1, 90))
        owner, probability = chance.choice(people), told["probability"]
        if is_open and chance.random() < BY_MODEL:
            probability = Decimal(chance.randrange(10_001)) / 100
        yield (
            uuid7_at(made),
            {
                "owner": owner, "created_by": owner, "updated_by": owner, "created_at": made, "updated_at": made,
                "name": f"商机{number}", "number": f"OPP-{number + 1:06d}", "pipeline": told["pipeline"], "stage": stage,
                "status": told["category"], "probability": probability,
                "amount": Money(Decimal(int(chance.lognormvariate(11, 1.2))), "CNY"),
                "expected_close_on": closes.date(), "closed_on": None if is_open else closes.date(),
            },
        )  # fmt: skip
