"""Who is told of changes: `guanxi consumers list|retry|replay`."""

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from guanxi.infra.errors import NotFound
from guanxi.infra.i18n import sentence, terminal_language

HELD = 2


def add(parser: argparse.ArgumentParser, language: str) -> None:
    """The commands below `guanxi consumers`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=sentence(f"cli.consumers_{name}", {}, language))
        made.set_defaults(run=run)
        made.add_argument("--workspace", help=sentence("cli.consumers_workspace", {}, language))
        return made

    command("list", show)
    command("retry", retry).add_argument("name", help=sentence("cli.consumers_name", {}, language))
    replayed = command("replay", replay)
    replayed.add_argument("name", help=sentence("cli.consumers_name", {}, language))
    replayed.add_argument("--after", type=int, required=True, help=sentence("cli.consumers_after", {}, language))


def show(wanted: argparse.Namespace) -> int:
    """Print how far each consumer is behind; HELD when one of them holds changes that it could not bear."""
    from guanxi.app.archive import with_product
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.feed.places import lags

    language, held = terminal_language(), False
    with with_product():
        for place in _workspaces(wanted.workspace):
            with work(place, SYSTEM, via="cli") as ctx:
                found = lags(ctx)
            for one in found:
                params = {"workspace": place.slug, "name": one.name, "waiting": one.waiting, "held": one.held}
                print(sentence("app.consumer", params, language))
                if one.since is not None:
                    print("  " + sentence("app.consumer_since", {"since": _said(one.since)}, language))
                held |= one.held > 0
    return HELD if held else 0


def retry(wanted: argparse.Namespace) -> int:
    """Tell a consumer again what it could not bear; HELD when something of it is left."""
    from guanxi.app.archive import with_product
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.feed.places import lags
    from guanxi.engine.feed.telling import tell_held

    left = 0
    with with_product():
        for place in _workspaces(wanted.workspace):
            taken = tell_held(place, wanted.name)
            with work(place, SYSTEM, via="cli") as ctx:
                still = sum(one.held for one in lags(ctx) if one.name == wanted.name)
            params = {"workspace": place.slug, "name": wanted.name, "count": taken, "held": still}
            print(sentence("app.consumer_retried", params, terminal_language()))
            left += still
    return HELD if left else 0


def replay(wanted: argparse.Namespace) -> int:
    """Have a consumer told again of every change after a number; the running product tells it."""
    from guanxi.app.archive import with_product
    from guanxi.engine.feed import telling

    with with_product():
        for place in _workspaces(wanted.workspace):
            telling.replay(place, wanted.name, wanted.after)
            params = {"workspace": place.slug, "name": wanted.name, "after": wanted.after}
            print(sentence("app.consumer_replayed", params, terminal_language()))
    return 0


def _workspaces(slug: str | None) -> Iterator[Any]:
    from guanxi.app.areas import registry
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace

    registry()
    rows = Workspace.objects.order_by("pk") if slug is None else Workspace.objects.filter(slug=slug)
    if slug is not None and not rows.exists():
        raise NotFound("workspace.unknown", {"workspace": slug})
    yield from map(engine_workspace, rows)


def _said(at: datetime) -> str:
    return at.astimezone().isoformat(sep=" ", timespec="seconds")
