"""A part of a unit of work that can be taken back without the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from guanxi.engine.context import Context


@contextmanager
def savepoint(ctx: Context, *, keep: bool = True) -> Iterator[None]:
    """Roll the block back when it raises, or when it ends and is not to be kept; the unit of work goes on."""
    counts, at_end, kept = dict(ctx.counts), list(ctx.at_end), True
    try:
        with transaction.atomic():
            yield
            if not keep:
                transaction.set_rollback(True)
                kept = False
    except BaseException:
        kept = False
        raise
    finally:
        if not kept:
            ctx.counts.clear()
            ctx.counts.update(counts)
            ctx.at_end[:] = at_end
