"""What members allowed apps: found by an app's token, ended by the member, an administrator or a member's leaving."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db.models import QuerySet
from django.utils import timezone

from guanxi.capabilities.access_keys.models import Grant
from guanxi.capabilities.access_keys.oauth.scopes import within
from guanxi.capabilities.identity.tokens import token_hash
from guanxi.infra.database.lookup import lookup

_token = lookup(Token, "WHERE t.type = 'at' AND t.hash = $1 AND t.expires_at > now()")
_grant = lookup(
    Grant, "JOIN access_keys_app app ON app.id = t.app_id WHERE t.id = $1 AND t.revoked_at IS NULL", along="app"
)


def find(secret: str) -> tuple[Grant, frozenset[str]] | None:
    """The grant that an access token rests on, with its app, and what the token may do; None for any other text.

    What the member allows later counts for tokens of before, too: a token never does more than the grant.
    """
    token = _token(token_hash(secret))
    grant = None if token is None else _grant(UUID(token.data["grant"]))
    if token is None or grant is None:
        return None
    return grant, frozenset(within(token.get_scopes(), grant.scopes))


def end(grants: QuerySet[Grant]) -> None:
    """Take back what was allowed: tokens and codes of the apps stop at once."""
    ids = [str(id_) for id_ in grants.filter(revoked_at=None).values_list("pk", flat=True)]
    if ids:
        Grant.objects.filter(pk__in=ids).update(revoked_at=timezone.now())
        tokens_of(ids).delete()


def tokens_of(grants: Iterable[str]) -> QuerySet[Token]:
    """Every code and token that rests on these grants."""
    return Token.objects.filter(data__grant__in=list(grants))
