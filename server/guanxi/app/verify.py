"""Compares stored computed values of every workspace with what they should be: `guanxi verify [slug] [--repair]`."""

from collections.abc import Iterator
from typing import NamedTuple


class Checked(NamedTuple):
    """What was found in one workspace."""

    slug: str
    values: int
    wrong: dict[str, int]


def verify(slug: str | None, *, repair: bool) -> Iterator[Checked]:
    """Look at one workspace or at all, each in a transaction of its own; NotFound when there is none of this name."""
    from guanxi.app.areas import registry
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import recompute
    from guanxi.infra.errors import NotFound

    registry()
    wanted = Workspace.objects.order_by("pk") if slug is None else Workspace.objects.filter(slug=slug)
    if slug is not None and not wanted.exists():
        raise NotFound("workspace.unknown", {"workspace": slug})
    for row in wanted:
        with work(engine_workspace(row), SYSTEM, via="cli") as ctx:
            found = recompute.verify(ctx, repair=repair)
        yield Checked(row.slug, found.values, found.wrong)
