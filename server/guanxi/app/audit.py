"""Goes over the audit logs of workspaces: `guanxi audit verify [slug] [--known NUMBER:DIGEST]`."""

import argparse
from collections.abc import Iterator

from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.i18n import sentence, terminal_language

BROKEN = 2


def add(parser: argparse.ArgumentParser, language: str) -> None:
    """The commands below `guanxi audit`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    made = commands.add_parser("verify", help=sentence("cli.audit_verify", {}, language))
    made.set_defaults(run=verify)
    made.add_argument("slug", nargs="?", help=sentence("cli.slug", {}, language))
    made.add_argument("--known", action="append", default=[], help=sentence("cli.audit_known", {}, language))


def verify(wanted: argparse.Namespace) -> int:
    """Print for each workspace what was gone over and everything that is broken; BROKEN when anything is."""
    from guanxi.app.archive import with_product

    known = dict(_known(one) for one in wanted.known)
    language, broken = terminal_language(), False
    with with_product():
        for slug, lines, is_broken in _verified(wanted.slug, known, language):
            print(f"{slug}: {lines[0]}")
            for line in lines[1:]:
                print(f"  {line}")
            broken |= is_broken
    return BROKEN if broken else 0


def _verified(slug: str | None, known: dict[int, str], language: str) -> Iterator[tuple[str, list[str], bool]]:
    from guanxi.app.areas import registry
    from guanxi.capabilities.audit.verifying import go_over, said
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace

    registry()
    rows = Workspace.objects.order_by("pk") if slug is None else Workspace.objects.filter(slug=slug)
    if slug is not None and not rows.exists():
        raise NotFound("workspace.unknown", {"workspace": slug})
    for row in rows:
        found = go_over(engine_workspace(row), via="cli", known=known)
        params = {
            "entries": found.entries, "changes": found.changes, "waiting": found.waiting, "seq": found.seq,
            "hash": found.hash, "broken": found.broken,
        }  # fmt: skip
        lines = [sentence("app.audit_broken" if found.broken else "app.audit_whole", params, language)]
        lines += [said(language, one.code, one.place, one.params) for one in found.breaks]
        lines.append(sentence("app.audit_end", params, language))
        yield row.slug, lines, bool(found.broken)


def _known(text: str) -> tuple[int, str]:
    """An entry's number and its digest, as an earlier run has printed them."""
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise BadRequest("app.audit_known_shape", {"value": text[:100]})
    return int(number), digest.lower()
