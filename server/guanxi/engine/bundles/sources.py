"""Where a configuration comes from: a zip, files, or another workspace, read with the caller's rights there."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.access.actor import Actor
from guanxi.engine.bundles import files
from guanxi.engine.bundles.items import Bundle, Origin
from guanxi.engine.context import Context, Via, Workspace, work
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import BadRequest, NotFound

Directory = Callable[[int, str], "tuple[Workspace, Actor] | None"]
"""Takes an account and the slug of a workspace; None when that account is no member there."""

Origins = Callable[[int, int], "Origin | None"]
"""Takes two workspaces; None when neither is a copy of the other."""

_directory: list[Directory] = []
_origins: list[Origins] = []


class _Read(Exception):
    """Ends the look into the other workspace; the transaction goes on where it was."""


def provide(directory: Directory) -> None:
    """Say who answers; the last one to say so does."""
    _directory[:] = [directory]


def provide_origins(origins: Origins) -> None:
    """Say who knows what a workspace and its copy have in common; the last one to say so does."""
    _origins[:] = [origins]


def wanted(ctx: Context, archive: Any, texts: Any, workspace: Any) -> tuple[Bundle, str]:
    """The configuration that a caller gives in one of three ways, and a word for where it is from.

    BadRequest unless it is exactly one; Invalid for files that are not understood.
    """
    given = [one for one in (archive, texts, workspace) if one is not None]
    if len(given) != 1:
        raise BadRequest("bundles.one_source")
    if isinstance(workspace, str):
        return configuration_of(ctx, workspace), workspace
    if isinstance(archive, str):
        try:
            content = base64.b64decode(archive, validate=True)
        except (binascii.Error, ValueError):
            raise BadRequest("request.bad_parameter", {"name": "archive", "reason": "base64"}) from None
        return files.read(files.unpacked(content)), "files"
    if isinstance(texts, Mapping) and all(isinstance(one, str) for one in texts.values()):
        return files.read(texts), "files"
    raise BadRequest("bundles.one_source")


def configuration_of(ctx: Context, slug: str) -> Bundle:
    """The configuration of a workspace that the caller may configure; NotFound when it is none of the caller's."""
    workspace, actor = _found(ctx.actor.account_id, slug)
    found = read_there(workspace, actor, via=ctx.via, language=ctx.language)
    found.origin = _origins[0](ctx.workspace.id, workspace.id) if _origins else None
    return found


def read_there(workspace: Workspace, actor: Actor, *, via: Via, language: str) -> Bundle:
    """The configuration of a workspace, read within the transaction of another one."""
    read: list[Bundle] = []
    try:
        # Rolled back, so that the settings of the running unit of work are those of its own workspace again.
        with savepoint():
            with work(workspace, actor, via=via, language=language) as there:
                read.append(files.current(there))
            raise _Read
    except _Read:
        return read[0]


def _found(account: int | None, slug: str) -> tuple[Workspace, Actor]:
    found = _directory[0](account, slug) if _directory and account is not None else None
    if found is None or not found[1].may(files.RIGHT):
        raise NotFound("bundles.no_such_workspace", {"workspace": slug[:60]})
    return found
