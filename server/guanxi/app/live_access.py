"""Who may follow the event stream of a workspace, from which pages, and which changes they are told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from guanxi.capabilities.identity.authenticate import authenticate
from guanxi.capabilities.identity.sessions import SessionStore
from guanxi.engine.access.actor import Actor
from guanxi.engine.context import work
from guanxi.engine.objects.model import Object
from guanxi.engine.records.shares import objects_shared


@dataclass(frozen=True)
class Reach:
    """Which records of one object a person reads, as far as their owners tell."""

    owners: frozenset[str] | None
    """Hexadecimal ids of the members whose records are read; None for everybody's."""
    others: bool
    """Whether single records of others may be read besides, by a share or because the object opens some to all."""


@dataclass(frozen=True)
class Audience:
    """A person at an open page. Two are equal when they are told the same."""

    member: str | None
    objects: Mapping[str, Reach]
    actor: Actor = field(compare=False)
    """As whom they were let in."""

    def told(self, change: Mapping[str, Any], owners: frozenset[str]) -> dict[str, Any] | None:
        """What this person is told of a change of records of these owners; None for nothing.

        Records are named only when all of them are in reach, or when the person wrote them. Where others' records
        may be open to the person, nothing but the object is told, and the page reads again under the person's rights.
        """
        if "to" in change:  # for one member alone
            mine = self.member is not None and change["to"] == self.member
            return {key: value for key, value in change.items() if key != "to"} if mine else None
        if change["op"] == "catalog":  # what there is has changed; each page reads what its person may know of it
            return {**change, "actor": None}
        reach = self.objects.get(change["object"])
        if reach is None:
            return None
        mine = self.member is not None and change["actor"] == self.member
        if mine or reach.owners is None:
            return dict(change)
        met = owners & reach.owners
        if met and (met == owners or len(change["ids"]) == 1):
            return dict(change)
        if met:
            return {**change, "ids": []}
        if reach.others:
            return {**change, "op": "update", "ids": [], "actor": None, "change_set": None}
        return None


def audience(
    session_key: str, slug: str, connection: Mapping[str, str] | None = None, known: Audience | None = None
) -> Audience:
    """The owner of the session, with what they read in the workspace now.

    `connection` says where from, as WSGI names it. Whoever is `known` and has the rights of then is answered as they
    were, shares and all, without looking further. Raises the refusals of `authenticate`: not signed in or not any more,
    no such workspace for this person, or not allowed from there.
    """
    close_old_connections()
    try:
        request = HttpRequest()
        request.META.update(connection or {})
        request.session = SessionStore(session_key or None)
        request.user = get_user(request)
        workspace, actor = authenticate(request, slug)
        if known is not None and actor == known.actor:
            return known
        with work(workspace, actor, via="api") as ctx:
            shared = objects_shared(ctx)
            readable = (obj for obj in ctx.snapshot.objects.values() if actor.rights(obj.key).reads)
            objects = {obj.key: _reach(actor, obj, shared) for obj in readable}
        return Audience(str(actor.member_id) if actor.member_id else None, objects, actor)
    finally:
        close_old_connections()


def _reach(actor: Actor, obj: Object, shared: set[str]) -> Reach:
    reach = actor.rights(obj.key).read
    limited = bool(obj.private) or obj.key in actor.restricts
    if not limited and (reach.is_all or (not obj.has_owner and reach.is_by_owner)):
        return Reach(None, others=False)
    members = () if obj.key in actor.restricts else actor.owners("own") if obj.private else actor.owners_within(reach)
    owners = frozenset(owner.hex for owner in members)
    by_filter = bool(reach.where) or obj.key in actor.opens
    return Reach(
        owners,
        others=bool(obj.read_also) or limited or by_filter or (obj.key in shared or bool(obj.inherit and shared)),
    )


def is_own_origin(origin: str) -> bool:
    """Whether a page of this origin is the product's own; locally, any name of this machine on the web port."""
    if origin == settings.PUBLIC_URL:
        return True
    parts = urlsplit(origin)
    return parts.hostname in {"localhost", "127.0.0.1"} and parts.port in {settings.PORT, settings.DEVELOPMENT_PORT}
