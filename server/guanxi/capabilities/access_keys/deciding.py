"""Who decides over keys and apps: the person who signed in, over their own; who is in charge of security, over all."""

from __future__ import annotations

from guanxi.capabilities.access_keys.errors import OwnEyesOnly, PeopleOnly
from guanxi.engine.context import Context
from guanxi.infra.errors import NotAllowed

RIGHT = "security"


def person(ctx: Context) -> None:
    """PeopleOnly for programs; OwnEyesOnly for whoever looks at the workspace with somebody else's eyes."""
    if ctx.actor.read_only:
        raise OwnEyesOnly
    if ctx.actor.key is not None or ctx.actor.member_id is None:
        raise PeopleOnly


def in_charge(ctx: Context) -> None:
    """NotAllowed for everybody who is not in charge of security."""
    person(ctx)
    if not ctx.actor.may(RIGHT):
        raise NotAllowed("access_keys.not_in_charge")
