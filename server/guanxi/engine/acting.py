"""Who a stored member id acts as: asked by jobs, answered by whoever keeps the members."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Workspace
from guanxi.infra.errors import NotFound, Refusal

Directory = Callable[[int, UUID, "Iterable[UUID] | None"], "tuple[Workspace, Actor] | None"]
"""Takes a workspace's number, a member's id and the roles to act within, None for all; None when either is gone or may no longer act."""

Places = Callable[[int], "Workspace | None"]
"""Takes a workspace's number; None when it is gone."""

_directory: list[Directory] = []
_places: list[Places] = []


def provide(directory: Directory, places: Places) -> None:
    """Say who answers; the last one to say so does."""
    _directory[:] = [directory]
    _places[:] = [places]


def acting(workspace: int, member: UUID, roles: Iterable[UUID] | None = None) -> tuple[Workspace, Actor]:
    """The workspace and the member with the rights of this moment; NotFound when there is no such person any more.

    A job carries ids alone and asks here when it runs, so that rights taken away meanwhile are gone for it too.
    """
    found = _directory[0](workspace, member, roles) if _directory else None
    if found is None:
        raise NotFound("workspace.no_such_member", {"member": str(member)})
    return found


def order_of(actor: Actor) -> dict[str, Any]:
    """Who has a job done, as its payload tells ``acting_for``: the member, and the program that acts for them."""
    scopes = actor.scopes
    return {
        "member": str(actor.member_id),
        "scopes": None if scopes is None else sorted(scopes),
        "key": actor.key,
        "key_id": actor.key_id and str(actor.key_id),
        "roles": None if actor.key is None else [str(one) for one in actor.role_ids],
    }


def acting_for(payload: Mapping[str, Any]) -> tuple[Workspace, Actor]:
    """As ``acting``, within what the program was allowed that had the job done, if one had."""
    roles = payload.get("roles")
    within = None if roles is None else [UUID(one) for one in roles]
    workspace, actor = acting(payload["workspace"], UUID(payload["member"]), within)
    key_id, scopes = payload.get("key_id"), payload.get("scopes")
    actor = replace(actor, key=payload.get("key"), key_id=key_id and UUID(key_id))
    if scopes is None:
        return workspace, actor
    # What an app is allowed are records; whatever is above them stays with the person.
    return workspace, replace(actor, scopes=frozenset(scopes), system_rights=frozenset())


def acting_or_told(
    payload: Mapping[str, Any], told: Callable[[Workspace, Refusal], None]
) -> tuple[Workspace, Actor] | None:
    """As ``acting_for``. When there is no such person any more, what waits for the job is ``told`` that it is not done;
    then, and when the workspace is gone as well, None.
    """
    try:
        return acting_for(payload)
    except NotFound as refusal:
        workspace = _places[0](payload["workspace"]) if _places else None
        if workspace is not None:
            told(workspace, refusal)
        return None
