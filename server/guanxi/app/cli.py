"""The `guanxi` command."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from guanxi import __version__
from guanxi.app import accounts, audit, changes
from guanxi.app.refused import tell
from guanxi.infra.errors import Refusal
from guanxi.infra.i18n import LANGUAGES, sentence, terminal_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 2 when a comparison found something, 1 with a sentence on standard error when not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")
    wanted = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        run: Callable[[argparse.Namespace], int | None] = wanted.run
        return run(wanted) or 0
    except Refusal as refusal:
        tell(refusal)
        return 1
    except ValueError as error:
        print(sentence("app.wrong_setting", {"reason": error}, terminal_language()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _up(wanted: argparse.Namespace) -> None:
    from guanxi.app import supervisor

    try:
        supervisor.run(sample=wanted.sample, development=False)
    except supervisor.Stopped:
        return


def _dev(wanted: argparse.Namespace) -> None:
    os.environ["GUANXI_DEVELOPMENT"] = "1"
    from guanxi.app import supervisor

    try:
        supervisor.run(sample=wanted.sample, development=True)
    except supervisor.Stopped:
        return


def _migrate(_: argparse.Namespace) -> None:
    from guanxi.app.archive import with_database
    from guanxi.app.prepare import prepare

    with with_database():
        prepare(sample=False)


def _create_workspace(wanted: argparse.Namespace) -> None:
    from guanxi.app.archive import with_database
    from guanxi.app.new_workspace import create

    with with_database():
        create(
            slug=wanted.slug,
            name=wanted.name,
            email=wanted.email,
            person=wanted.person,
            language=wanted.language,
        )
    print(sentence("app.workspace_created", {"name": wanted.name, "email": wanted.email}, terminal_language()))


def _dump(wanted: argparse.Namespace) -> None:
    from guanxi.app.archive import dump

    dump(wanted.file)
    print(sentence("app.dumped", {"file": wanted.file}, terminal_language()))


def _restore(wanted: argparse.Namespace) -> None:
    from guanxi.app.archive import restore

    restore(wanted.file)
    print(sentence("app.restored", {"file": wanted.file}, terminal_language()))


def _verify(wanted: argparse.Namespace) -> None:
    from guanxi.app.archive import with_product
    from guanxi.app.verify import verify

    language = terminal_language()
    with with_product():
        for found in verify(wanted.slug, repair=wanted.repair):
            print(sentence("app.verified", {"workspace": found.slug, "values": found.values}, language))
            for field, count in sorted(found.wrong.items()):
                code = "app.verify_repaired" if wanted.repair else "app.verify_wrong"
                print("  " + sentence(code, {"field": field, "count": count}, language))


def _version(_: argparse.Namespace) -> None:
    print(f"guanxi {__version__}")


def _parser() -> argparse.ArgumentParser:
    language = terminal_language()
    parser = argparse.ArgumentParser(prog="guanxi", description=sentence("cli.about", {}, language))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=sentence(f"cli.{name}", {}, language))
        made.set_defaults(run=run)
        return made

    for name, run in (("up", _up), ("dev", _dev)):
        command(name, run).add_argument(
            "--no-sample", dest="sample", action="store_false", help=sentence("cli.no_sample", {}, language)
        )
    command("migrate", _migrate)
    new = command("create-workspace", _create_workspace)
    new.add_argument("slug", help=sentence("cli.slug", {}, language))
    new.add_argument("name", help=sentence("cli.name", {}, language))
    new.add_argument("--email", required=True, help=sentence("cli.email", {}, language))
    new.add_argument("--person", required=True, help=sentence("cli.person", {}, language))
    new.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    for name, run in (("dump", _dump), ("restore", _restore)):
        command(name, run).add_argument("file", type=Path)
    verify = command("verify", _verify)
    verify.add_argument("slug", nargs="?", help=sentence("cli.slug", {}, language))
    verify.add_argument("--repair", action="store_true", help=sentence("cli.repair", {}, language))
    _config_parsers(commands.add_parser("config", help=sentence("cli.config", {}, language)), language)
    changes.add(commands.add_parser("consumers", help=sentence("cli.consumers", {}, language)), language)
    audit.add(commands.add_parser("audit", help=sentence("cli.audit", {}, language)), language)
    accounts.add(
        commands.add_parser("reset-second-factor", help=sentence("cli.reset-second-factor", {}, language)), language
    )
    command("version", _version)
    return parser


def _config_parsers(parser: argparse.ArgumentParser, language: str) -> None:
    from guanxi.app import configuration

    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in ("export", "diff", "plan", "apply"):
        made = commands.add_parser(name, help=sentence(f"cli.config_{name}", {}, language))
        made.set_defaults(run=getattr(configuration, name))
        made.add_argument("folder", type=Path, help=sentence("cli.config_folder", {}, language))
        made.add_argument("--workspace", help=sentence("cli.config_workspace", {}, language))
        if name in ("plan", "apply"):
            made.add_argument("--prune", action="store_true", help=sentence("cli.config_prune", {}, language))
            for choice in ("only", "without"):
                told = sentence(f"cli.config_{choice}", {}, language)
                made.add_argument(f"--{choice}", action="append", default=[], metavar="PATH", help=told)
        if name == "apply":
            made.add_argument("--confirm", action="store_true", help=sentence("cli.config_confirm", {}, language))
    for name in ("log", "rollback"):
        made = commands.add_parser(name, help=sentence(f"cli.config_{name}", {}, language))
        made.set_defaults(run=getattr(configuration, name))
        if name == "rollback":
            made.add_argument("id", nargs="?", help=sentence("cli.config_id", {}, language))
        made.add_argument("--workspace", help=sentence("cli.config_workspace", {}, language))
