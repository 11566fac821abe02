"""As whom somebody may look: administrators as anybody, others as those of whom they see everything already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.capabilities.identity.permissions import beyond
from guanxi.capabilities.identity.rights_in_words import objects_in_words, rights_in_words
from guanxi.capabilities.identity.roles import ADMINISTRATOR
from guanxi.engine.access.actor import Actor
from guanxi.engine.objects.model import Snapshot
from guanxi.infra.errors import NotAllowed

RIGHT = "view_as"
ARRANGED = frozenset({"view"})
"""Objects whose records only arrange what somebody sees, each for themselves: no reach but their own covers them."""


def check(snapshot: Snapshot, looker: Actor, other: Actor, permissions: Iterable[Mapping[str, Any]]) -> None:
    """NotAllowed unless the looker may look as the other member, whose roles have these permissions.

    What is shared with the other alone, or kept to them, is seen all the same: that is what looking with their eyes is
    for, and why it is noted.
    """
    if not looker.may(RIGHT):
        raise NotAllowed("view_as.not_allowed")
    if looker.member_id == other.member_id:
        raise NotAllowed("view_as.oneself")
    if ADMINISTRATOR in looker.roles:
        return
    missing = [one for one in beyond(looker, permissions) if not _says_nothing(snapshot, looker, one)]
    if missing:
        rights = rights_in_words(snapshot, missing)
        raise NotAllowed("view_as.more_rights", {"name": other.name, "rights": rights})
    if further := sorted(key for key in other.objects if not _covers(snapshot, looker, other, key)):
        objects = objects_in_words(snapshot, further)
        raise NotAllowed("view_as.further_records", {"name": other.name, "objects": objects})


def _says_nothing(snapshot: Snapshot, looker: Actor, right: str) -> bool:
    """Whether a reach is wider in name alone: records without an owner are all reached, or none."""
    object_key, _, verb = right.rpartition(".")
    return (
        verb in ("read", "edit", "delete")
        and _is_ownerless(snapshot, object_key)
        and looker.rights(object_key).allows(verb)
    )


def _covers(snapshot: Snapshot, looker: Actor, other: Actor, object_key: str) -> bool:
    """Whether the looker reads whatever the other's own rights and rules reach of an object.

    A filter may hold the other's own values, so only a reach without any filter can be told to lie within another.
    """
    theirs, own = other.rights(object_key).read, looker.rights(object_key).read
    if theirs.is_none or object_key in ARRANGED:
        return True
    kept = looker.restricts.get(object_key)
    if kept and kept != other.restricts.get(object_key):
        return False
    if own.is_all or (_is_ownerless(snapshot, object_key) and not own.is_none):
        return True
    if not theirs.is_by_owner or theirs.is_all or other.opens.get(object_key):
        return False
    return set(other.owners_within(theirs)) <= set(looker.owners_within(own))


def _is_ownerless(snapshot: Snapshot, object_key: str) -> bool:
    obj = snapshot.objects.get(object_key)
    return obj is not None and not obj.has_owner
