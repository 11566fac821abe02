"""How answers about flows and approvals tell instants, people and other records."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records.titles import Titles, reference


def instant(at: datetime) -> str:
    """An instant."""
    return at.isoformat().replace("+00:00", "Z")


def instant_or_none(at: datetime | None) -> str | None:
    """An instant, where there is one."""
    return None if at is None else instant(at)


def named(found: Titles, object_key: str, id_: UUID) -> Reference:
    """A record with its title, as far as that was found."""
    return cast("Reference", reference(found, object_key, id_))


def named_or_none(found: Titles, object_key: str | None, id_: UUID | None) -> Reference | None:
    """A record, where there is one."""
    return None if id_ is None else named(found, object_key or "", id_)


def member_or_none(found: Titles, id_: UUID | None) -> Reference | None:
    """A member, where there is one."""
    return named_or_none(found, "member", id_)


def label_of(ctx: Context, node: Node) -> str:
    """What a node is called: its own name, or that of its kind."""
    known = step_kinds().get(node.kind)
    return node.label.get(ctx.language) or (known.label.get(ctx.language, node.kind) if known else node.kind)
