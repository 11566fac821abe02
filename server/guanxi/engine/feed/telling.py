"""Telling consumers: batch after batch in a transaction each, and around whatever a handler cannot bear."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence

import psycopg

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, has_moved, work
from guanxi.engine.feed import places
from guanxi.engine.feed.consumers import Change, Consumer, consumers
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import NotFound

log = logging.getLogger("guanxi.feed")

PASSING = (psycopg.OperationalError, CatalogMoved)
"""What has nothing to do with the changes themselves: the whole batch is told again later."""
LONGEST_ERROR = 4000


def catch_up(workspace: Workspace, name: str | None = None) -> int:
    """Tell one consumer, or all, what they have not been told; how many changes that were."""
    chosen = [one for one in consumers().values() if name in (None, one.name)]
    return sum(_catch_up(workspace, one) for one in chosen)


def _catch_up(workspace: Workspace, one: Consumer) -> int:
    count, more = 0, True
    while more:
        with work(workspace, SYSTEM, via="system") as ctx:
            place = places.take(ctx, one.name)
            if place is None or not places.open_window(ctx, place):
                return count
            listens = one.listens(ctx)
            objects = None if isinstance(listens, bool) else listens
            told = places.rows(ctx, place, one.batch, objects) if listens else []
            _tell(ctx, one, told)
            count += len(told)
            more = places.move(ctx, place, told, one.batch)
    return count


def _tell(ctx: Context, one: Consumer, changes: Sequence[Change]) -> None:
    """Call the handler; a batch that it cannot bear is halved until the change is found that it stumbles over."""
    if not changes:
        return
    try:
        with savepoint():
            one.handler(ctx, changes)
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 - the change is held, with what was raised
        if has_moved(ctx, error):
            raise CatalogMoved from None
        if len(changes) == 1:
            _hold(ctx, one, changes[0], error)
            return
        middle = len(changes) // 2
        _tell(ctx, one, changes[:middle])
        _tell(ctx, one, changes[middle:])


def _hold(ctx: Context, one: Consumer, change: Change, error: Exception) -> None:
    log.error(
        "the consumer %s could not bear change %s of %s", one.name, change.seq, ctx.workspace.slug, exc_info=error
    )
    said = "".join(traceback.format_exception(error))[-LONGEST_ERROR:]
    ctx.run(
        "INSERT INTO sys_held_change (consumer, seq, at, error) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (consumer, seq) DO UPDATE SET at = excluded.at, error = excluded.error",
        [one.name, change.seq, ctx.now, said],
    )


def tell_held(workspace: Workspace, name: str) -> int:
    """Tell a consumer again what it could not bear; how many changes it took this time. NotFound for another name."""
    one = consumers().get(name)
    if one is None:
        raise NotFound("feed.unknown_consumer", {"name": name})
    taken = 0
    with work(workspace, SYSTEM, via="system") as ctx:
        for change in places.held(ctx, name):
            ctx.run("DELETE FROM sys_held_change WHERE consumer = $1 AND seq = $2", [name, change.seq])
            _tell(ctx, one, [change])
            rows = ctx.run("SELECT 1 FROM sys_held_change WHERE consumer = $1 AND seq = $2", [name, change.seq])
            taken += not rows
    return taken


def replay(workspace: Workspace, name: str, after: int) -> None:
    """Have a consumer told again of every change numbered higher than ``after``."""
    if name not in consumers():
        raise NotFound("feed.unknown_consumer", {"name": name})
    with work(workspace, SYSTEM, via="system") as ctx:
        if places.take(ctx, name, wait=True) is not None:
            places.back_to(ctx, name, after)
