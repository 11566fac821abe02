"""`guanxi config`: the configuration of a workspace as a folder of files, compared and applied from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from guanxi.infra.errors import Conflict, FieldError, Invalid, NotFound
from guanxi.infra.i18n import sentence, terminal_language

SAME, DIFFERS = 0, 2
SIGNS = {"added": "+", "changed": "~", "removed": "-"}
WIDEST = 60
LISTED = 200


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
        chosen = _selected(ctx, given, wanted) if wanted.only or wanted.without else None
        made = applying.apply(
            ctx, given, selected=chosen, prune=wanted.prune, confirm=confirm, preview=preview, source=source
        )
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


def _selected(ctx: Any, given: Any, wanted: argparse.Namespace) -> list[str]:
    """Names of the differences that the command line asks for. What is to go is asked for with --prune, or by name."""
    from guanxi.engine.bundles import comparing

    found = comparing.compare(ctx, given).differences
    for path in (*wanted.only, *wanted.without):
        if not any(_is_at(one.path, path) for one in found):
            raise NotFound("cli.config_no_difference", {"path": path})
    return [
        one.item.name for one in found
        if (any(_is_at(one.path, path) for path in wanted.only) if wanted.only else wanted.prune or one.op != "removed")
        and not any(_is_at(one.path, path) for path in wanted.without)
    ]  # fmt: skip


def _is_at(path: str, given: str) -> bool:
    """Whether a file is the one that is meant, or in the folder that is meant."""
    place = Path(given).as_posix().rstrip("/")
    return path == place or path.startswith(place + "/")


def log(wanted: argparse.Namespace) -> int:
    """Print the configurations that were applied, latest first. 0."""

    def run(ctx: Any) -> Any:
        from guanxi.engine.bundles import applied

        return applied.listed(ctx, LISTED)

    found = _in_workspace(wanted.workspace, run)
    for one in found:
        who = (one["actor"] or {}).get("title") or "-"
        print(f"{one['id']}  {one['at'][:16].replace('T', ' ')}  {who}  {one['source']}  {_counted(one['counts'])}")
        if one["rolled_back"]:
            _say("cli.config_was_rolled_back")
    if not found:
        _say("cli.config_nothing_applied")
    return SAME


def rollback(wanted: argparse.Namespace) -> int:
    """Take an applied configuration back, the last one that is not when none is named. 0."""

    def run(ctx: Any) -> tuple[UUID, str]:
        from guanxi.engine.bundles import applied

        id_ = _number(wanted.id) if wanted.id else _last(applied.listed(ctx, LISTED))
        applied.roll_back(ctx, id_)
        return id_, ctx.workspace.schema

    id_, schema = _in_workspace(wanted.workspace, run)

    from guanxi.app.installation import finish_deferred

    finish_deferred(schema)
    _say("cli.config_rolled_back", id=id_)
    return SAME


def _number(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NotFound("bundles.no_such_application", {"id": given}) from None


def _last(found: Iterable[Any]) -> UUID:
    for one in found:
        if not one["rolled_back"]:
            return UUID(one["id"])
    raise NotFound("cli.config_nothing_to_roll_back")


def _counted(counts: Any) -> str:
    told = {sign: sum(count for name, count in counts.items() if name.endswith(f".{op}")) for op, sign in SIGNS.items()}
    return " ".join(f"{sign}{count}" for sign, count in told.items() if count)


def _in_workspace(slug: str | None, run: Callable[[Any], Any]) -> Any:
    """What a function of a unit of work answers, in the workspace of that name, or in the only one."""
    from guanxi.app.archive import with_product

    with with_product():
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
            raise Invalid([FieldError(str(path), "bundles.not_utf8")], "bundles.invalid", {"count": 1}) from None
    return found


def _write(folder: Path, made: dict[str, str]) -> None:
    """Bring the folder to what was made. A folder that holds anything else is left alone."""
    from guanxi.engine.bundles.catalog import FOLDER
    from guanxi.engine.bundles.items import HEAD
    from guanxi.engine.bundles.records import record_sections

    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / HEAD).is_file())):
        raise Conflict("cli.config_other_folder", {"folder": str(folder)})
    for top in {FOLDER, *(section.folder.split("/", maxsplit=1)[0] for section in record_sections())}:
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
        for said in (*one.impact, *one.obstacles):
            print(f"    ! {said.to_json(language)['text']}")
    _say("cli.config_differences" if count else "cli.config_same", count=count)


def _short(value: Any) -> str:
    text = "-" if value is None else orjson.dumps(value).decode()
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _say(code: str, **params: Any) -> None:
    print(sentence(code, params, terminal_language()), file=sys.stdout)
