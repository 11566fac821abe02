"""Work that may fail or be taken back by itself: a part of a unit of work, a list whose rows are refused one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import psycopg

from guanxi.engine.context import Context
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import FieldError, Invalid, Refusal


class _TakenBack(Exception):
    pass


@contextmanager
def attempt(ctx: Context, *, keep: bool = True) -> Iterator[None]:
    """Take the block back when it raises, or when it ends and is not to be kept; the unit of work goes on.

    Beside the database's savepoint this puts back what the unit of work itself remembers of its writes.
    """
    counts, at_end = dict(ctx.counts), list(ctx.at_end)
    try:
        with savepoint():
            yield
            if not keep:
                raise _TakenBack
    except BaseException as reason:
        ctx.counts.clear()
        ctx.counts.update(counts)
        ctx.at_end[:] = at_end
        if not isinstance(reason, _TakenBack):
            raise


def write_all_that_can_be(
    ctx: Context, count: int, write: Callable[[Sequence[int]], Sequence[UUID]]
) -> tuple[dict[int, UUID], dict[int, list[FieldError]]]:
    """Call ``write`` with places of a list of ``count`` rows until all of them are written or refused.

    ``write`` takes places, writes those rows and returns their ids; it is all or nothing, as every write is. A
    refusal that names its rows takes these out; one that does not, and values that the database cannot hold, are
    hunted down by halves. Returns the ids and the refusals by place.
    """
    written: dict[int, UUID] = {}
    refused: dict[int, list[FieldError]] = {}
    waiting: list[Sequence[int]] = [range(count)] if count else []
    while waiting:
        places = waiting.pop()
        try:
            with attempt(ctx):
                ids = write(places)
        except (Refusal, psycopg.DataError) as reason:
            named = _by_row(reason, places)
            refused.update(named)
            rest = [place for place in places if place not in named]
            if named and rest:
                waiting.append(rest)
            elif not named and len(places) == 1:
                refused[places[0]] = [_of_the_row(reason)]
            elif not named:
                middle = len(places) // 2
                waiting += [places[middle:], places[:middle]]
        else:
            written.update(zip(places, ids, strict=True))
    return written, refused


def _of_the_row(reason: Exception) -> FieldError:
    if isinstance(reason, Refusal):
        return FieldError("", reason.code, reason.params)
    return FieldError("", "transfer.row_impossible")


def _by_row(reason: Exception, places: Sequence[int]) -> dict[int, list[FieldError]]:
    named: dict[int, list[FieldError]] = {}
    if isinstance(reason, Invalid):
        for error in reason.fields:
            if error.row is not None:
                named.setdefault(places[error.row], []).append(error)
    return named
