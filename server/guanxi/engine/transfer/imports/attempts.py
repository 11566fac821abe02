"""Writing a list whose refused rows must not hold back the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.transfer.imports.savepoint import savepoint
from guanxi.infra.errors import FieldError, Invalid, Refusal


def write_all_that_can_be(
    ctx: Context, count: int, write: Callable[[Sequence[int]], Sequence[UUID]]
) -> tuple[dict[int, UUID], dict[int, list[FieldError]]]:
    """Call ``write`` with places of a list of ``count`` rows until all of them are written or refused.

    ``write`` takes places, writes those rows and returns their ids; it is all or nothing, as every write is. A
    refusal that names its rows takes these out; one that does not is hunted down by halves. Returns the ids and the
    refusals by place.
    """
    written: dict[int, UUID] = {}
    refused: dict[int, list[FieldError]] = {}
    waiting: list[Sequence[int]] = [range(count)] if count else []
    while waiting:
        places = waiting.pop()
        try:
            with savepoint(ctx):
                ids = write(places)
        except Refusal as refusal:
            named = _by_row(refusal, places)
            refused.update(named)
            rest = [place for place in places if place not in named]
            if named and rest:
                waiting.append(rest)
            elif not named and len(places) == 1:
                refused[places[0]] = [FieldError("", refusal.code, refusal.params)]
            elif not named:
                middle = len(places) // 2
                waiting += [places[middle:], places[:middle]]
        else:
            written.update(zip(places, ids, strict=True))
    return written, refused


def _by_row(refusal: Refusal, places: Sequence[int]) -> dict[int, list[FieldError]]:
    named: dict[int, list[FieldError]] = {}
    if isinstance(refusal, Invalid):
        for error in refusal.fields:
            if error.row is not None:
                named.setdefault(places[error.row], []).append(error)
    return named
