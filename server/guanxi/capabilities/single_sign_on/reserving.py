"""Where a provider will be before it is set up: the other side asks for our addresses before it gives what we need."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from guanxi.capabilities.single_sign_on import oidc, saml
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.capabilities.single_sign_on.shapes import ReservedPlace
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict
from guanxi.kit.ids import uuid7

SALT = "single sign-on reservation"
DAYS = 7


def reserve(ctx: Context) -> ReservedPlace:
    """An id that nobody has, sealed, with the addresses that follow from it."""
    provider = Provider(pk=uuid7(), workspace_id=ctx.workspace.id)
    return {
        "reservation": signing.dumps([ctx.workspace.id, str(provider.pk)], salt=SALT),
        "callback_url": oidc.callback(provider),
        "consumer_url": saml.consumer(provider),
        "entity_id": saml.entity_id(provider),
    }


def place(ctx: Context, reservation: str | None) -> UUID:
    """The id that was reserved for this workspace, a fresh one without a reservation; Conflict when it is spent.

    Nobody chooses an id: one that belonged to another workspace once would inherit its sessions.
    """
    if reservation is None:
        return uuid7()
    try:
        workspace, id_ = signing.loads(reservation, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        raise Conflict("single_sign_on.reservation_over") from None
    if workspace != ctx.workspace.id or Provider.objects.filter(pk=id_).exists():
        raise Conflict("single_sign_on.reservation_over")
    return UUID(id_)
