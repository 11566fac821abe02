"""`guanxi config`: the configuration of a workspace as a folder of files, compared and applied from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from guanxi.infra.errors import Conflict, Invalid, NotFound
from guanxi.infra.i18n import sentence, terminal_language

SAME, DIFFERS = 0, 2
SIGNS = {"added": "+", "changed": "~", "removed": "-"}
WIDEST = 60


def export(wanted: argparse.Namespace) -> int:
    """Write the configuration into the folder; files of things that are gone are removed. 0."""

    def run(ctx: Any) -> int:
        from guanxi.engine.bundles import files

        made = files.export(ctx)
        _write(wanted.folder, made)
        return len(made)

    count = _in_workspace(wanted.workspace, run)
    _say("cli.config_exported", count=count, folder=wanted.folder)
    return SAME


def diff(wanted: argparse.Namespace) -> int:
    """Print what applying the folder would change; 0 when nothing, 2 when something."""

    def run(ctx: Any) -> int:
        from guanxi.engine.bundles import comparing, files

        found = comparing.compare(ctx, files.read(_read(wanted.folder))).differences
        _print(found)
        return DIFFERS if found else SAME

    return _in_workspace(wanted.workspace, run)


def plan(wanted: argparse.Namespace) -> int:
    """Try to apply the folder, print what would be done, and take it back; 0 when nothing, 2 when something."""
    return _apply(wanted, preview=True)


def apply(wanted: argparse.Namespace) -> int:
    """Apply the folder in one transaction and print what was done. 0."""
    _apply(wanted, preview=False)
    return SAME


def _apply(wanted: argparse.Namespace, *, preview: bool) -> int:
    def run(ctx: Any) -> tuple[Any, str]:
        from guanxi.engine.bundles import applying, files

        given = files.read(_read(wanted.folder))
        confirm = getattr(wanted, "confirm", False)
        source = wanted.folder.resolve().name
        made = applying.apply(ctx, given, prune=wanted.prune, confirm=confirm, preview=preview, source=source)
        return made, ctx.workspace.schema

    made, schema = _in_workspace(wanted.workspace, run)
    _print(made.differences)
    for one in made.outcome.to_json(terminal_language())["plan"]:
        print(f"  {one['text']}")
    if not preview and made.id is not None:
        from guanxi.app.installation import finish_deferred

        finish_deferred(schema)
        _say("cli.config_applied", id=made.id)
    return DIFFERS if made.differences else SAME


def _in_workspace(slug: str | None, run: Callable[[Any], Any]) -> Any:
    """What a function of a unit of work answers, in the workspace of that name, or in the only one."""
    import django

    from guanxi.app.archive import with_database

    with with_database():
        django.setup()

        from guanxi.app.areas import registry
        from guanxi.capabilities.identity.models import Workspace
        from guanxi.capabilities.identity.organisation import engine_workspace
        from guanxi.engine.access.actor import SYSTEM
        from guanxi.engine.context import work

        registry()
        rows = list(Workspace.objects.filter(slug=slug) if slug else Workspace.objects.order_by("pk")[:2])
        if not rows:
            raise NotFound("cli.config_no_workspace", {"workspace": slug or "-"})
        if len(rows) > 1:
            raise Conflict("cli.config_which_workspace")
        with work(engine_workspace(rows[0]), SYSTEM, via="cli", language=terminal_language()) as ctx:
            return run(ctx)


def _read(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise NotFound("cli.config_no_folder", {"folder": str(folder)})
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        try:
            found[path.relative_to(folder).as_posix()] = path.read_text("utf-8")
        except UnicodeDecodeError:
            from guanxi.infra.errors import FieldError

            raise Invalid([FieldError(str(path), "bundles.not_utf8")], "bundles.invalid", {"count": 1}) from None
    return found


def _write(folder: Path, made: dict[str, str]) -> None:
    """Bring the folder to what was made. A folder that holds anything else is left alone."""
    from guanxi.engine.bundles.items import HEAD

    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / HEAD).is_file())):
        raise Conflict("cli.config_other_folder", {"folder": str(folder)})
    tops = {path.split("/", maxsplit=1)[0] for path in made if "/" in path} | {"objects", "roles", "views", "pipelines"}
    for top in tops:
        for old in (folder / top).rglob("*.toml"):
            if old.relative_to(folder).as_posix() not in made:
                old.unlink()
    for path, text in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


def _print(found: Iterable[Any]) -> None:
    """One line for each thing, below it its attributes and what happens to data."""
    language = terminal_language()
    count = 0
    for one in found:
        count += 1
        label = one.label.get(language) or one.item.id
        print(f"{SIGNS[one.op]} {one.path}  {sentence(f'cli.config_{one.op}', {'name': label}, language)}")
        for attribute in one.attributes if one.op == "changed" else ():
            print(f"    {attribute['name']}: {_short(attribute['before'])} → {_short(attribute['after'])}")
        for said in one.impact:
            print(f"    ! {said.to_json(language)['text']}")
    _say("cli.config_differences" if count else "cli.config_same", count=count)


def _short(value: Any) -> str:
    text = "-" if value is None else orjson.dumps(value).decode()
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _say(code: str, **params: Any) -> None:
    print(sentence(code, params, terminal_language()), file=sys.stdout)
