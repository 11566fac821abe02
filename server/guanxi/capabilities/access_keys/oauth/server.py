"""The authorization server: django-allauth's clients, tokens and checks, held to what OAuth 2.1 asks beyond them.

Only the authorization code grant and its refresh; PKCE with S256 for every app; whole redirect addresses; codes and
refresh tokens work once, and whoever uses one a second time ends everything that came of it.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.models import Client, Token
from django.utils import timezone
from oauthlib.oauth2 import AuthorizationEndpoint, BearerToken, RefreshTokenGrant, RevocationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749 import errors
from oauthlib.oauth2.rfc6749.grant_types import AuthorizationCodeGrant
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256

from guanxi.capabilities.access_keys.models import AppClient, Grant
from guanxi.capabilities.access_keys.oauth import redirects, scopes
from guanxi.capabilities.identity.authenticate import membership_of
from guanxi.kit.ids import uuid7

CODE_SECONDS = 60
ACCESS_SECONDS = 3600
REFRESH_DAYS = 90
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class Validator(OAuthLibRequestValidator):
    """What this installation knows of apps, codes and tokens; one for each request."""

    def __init__(self) -> None:
        super().__init__()
        self._clients: dict[str, AppClient | None] = {}
        self.spent: Token | None = None
        """The code or refresh token that this request uses up."""

    def _lookup_client(self, request: Any, client_id: str) -> Client | None:
        if client_id not in self._clients:
            self._clients[client_id] = AppClient.objects.filter(pk=client_id, app__isnull=False).first()
        return self._clients[client_id]

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Only an address that was registered, letter by letter."""
        return redirects.is_registered(redirect_uri, request.client.get_redirect_uris())

    def validate_scopes(
        self, client_id: str, scopes_: list[str], client: Client, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Only what an administrator allowed the app to ask for."""
        allowed = client.get_scopes()
        return bool(scopes_) and all(scopes.covers(allowed, one) for one in scopes_)

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """An app that names no scope asks for all that it may."""
        return request.client.get_scopes()

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        """Always, for apps with a secret too."""
        return True

    def save_authorization_code(
        self, client_id: str, code: dict[str, Any], request: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Keep the code's hash with all that its exchange is held against. The view hands over the grant."""
        data = {
            "grant": str(request.grant.pk),
            "family": str(uuid7()),
            "redirect_uri": request.redirect_uri,
            "pkce": {"code_challenge": request.code_challenge, "code_challenge_method": request.code_challenge_method},
        }
        _issue(Token.Type.AUTHORIZATION_CODE, code["code"], request, request.scopes, CODE_SECONDS, data)

    def validate_code(self, client_id: str, code: str, client: Client, request: Any, *args: Any, **kw: Any) -> bool:
        """Whether the code may be exchanged now. One that was exchanged before ends everything that came of it."""
        token = self._take(Token.Type.AUTHORIZATION_CODE, code, client)
        if token is None:
            return False
        request.user, request.scopes = token.user, _still_allowed(token)
        return True

    def _lookup_authorization_code(self, request: Any, client_id: str, code: str) -> dict[str, Any] | None:
        return None if self.spent is None else {**self.spent.data, "scopes": self.spent.get_scopes()}

    def invalidate_authorization_code(self, client_id: str, code: str, request: Any, *args: Any, **kwargs: Any) -> None:
        """Nothing more: a code is marked as used when its tokens are saved."""

    def validate_refresh_token(
        self, refresh_token: str, client: Client, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether the refresh token may be exchanged now. One that was exchanged before ends its whole family."""
        token = self._take(Token.Type.REFRESH_TOKEN, refresh_token, client)
        if token is None:
            return False
        request.user = token.user
        return True

    def get_original_scopes(self, refresh_token: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """What the refresh token may hand on: what it was given for, as far as that is still allowed."""
        return [] if self.spent is None else _still_allowed(self.spent)

    def rotate_refresh_token(self, request: Any) -> bool:
        """Every refresh brings a new refresh token."""
        return True

    def save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        """Keep both tokens' hashes, and mark what they were given for as used."""
        assert self.spent is not None  # noqa: S101 - both grants were checked above
        data = {"grant": str(self.spent.data["grant"]), "family": self.spent.data["family"]}
        _issue(Token.Type.ACCESS_TOKEN, token["access_token"], request, request.scopes, ACCESS_SECONDS, data)
        # A refresh for fewer scopes narrows one access token; what the app was allowed stays with its refresh token.
        lasting = self.spent.get_scopes()
        seconds = REFRESH_DAYS * 24 * 3600
        _issue(Token.Type.REFRESH_TOKEN, token["refresh_token"], request, lasting, seconds, data)
        self.spent.data["used"] = True
        self.spent.save(update_fields=["data"])

    def revoke_token(self, token: str, token_type_hint: str | None, request: Any, *args: Any, **kw: Any) -> None:
        """End an app's own token; with a refresh token, everything of its family."""
        for found in Token.objects.filter(hash=_hash(token), client=request.client, type__in=("at", "rt")):
            _end_family(found) if found.type == Token.Type.REFRESH_TOKEN else found.delete()

    def _take(self, kind: Token.Type, secret: str, client: Client) -> Token | None:
        """The code or refresh token, held until the transaction ends, so that of two that come at once one is second."""
        found = Token.objects.select_for_update().filter(hash=_hash(secret), type=kind, client=client).first()
        if found is None:
            return None
        if found.data.get("used"):
            _end_family(found)
            return None
        if found.expires_at is None or found.expires_at <= timezone.now() or not _stands(found):
            return None
        self.spent = found
        return found


class CodeGrant(AuthorizationCodeGrant):
    """The authorization code grant, with S256 as the only challenge."""

    _code_challenge_methods = {"S256": code_challenge_method_s256}  # noqa: RUF012 - oauthlib's own attribute

    def validate_authorization_request(self, request: Any) -> tuple[list[str], dict[str, Any]]:
        """As oauthlib does, and a challenge must look like one."""
        found = super().validate_authorization_request(request)
        if not _CHALLENGE.fullmatch(request.code_challenge):
            raise errors.InvalidRequestError(description="Malformed code_challenge.", request=request)
        return found


class Server(AuthorizationEndpoint, TokenEndpoint, RevocationEndpoint):
    """The endpoints with the two grants there are: nothing implicit, no passwords, no client credentials."""

    def __init__(self) -> None:
        validator = Validator()
        tokens: Any = BearerToken(validator, _secret_maker("gxt_"), ACCESS_SECONDS, _secret_maker("gxr_"))
        code = CodeGrant(validator)
        AuthorizationEndpoint.__init__(self, "code", tokens, {"code": code})
        grants = {"authorization_code": code, "refresh_token": RefreshTokenGrant(validator)}
        TokenEndpoint.__init__(self, "authorization_code", tokens, grants)
        RevocationEndpoint.__init__(self, validator)


def _hash(secret: str) -> str:
    return get_adapter().hash_token(secret)


def _secret_maker(prefix: str) -> Any:
    return lambda _request: prefix + secrets.token_urlsafe(32)


def _issue(kind: Token.Type, secret: str, request: Any, allowed: list[str], seconds: int, data: dict[str, Any]) -> None:
    token = Token(
        type=kind,
        hash=_hash(secret),
        client=request.client,
        user=request.user,
        expires_at=timezone.now() + timedelta(seconds=seconds),
        data=data,
    )
    token.set_scopes(allowed)
    token.save()


def _stands(token: Token) -> bool:
    """Whether what the member allowed still holds, and the member still belongs to the workspace."""
    grant = _grant_of(token)
    return grant is not None and membership_of(grant.app.workspace_id, grant.member_id) is not None


def _grant_of(token: Token) -> Grant | None:
    return Grant.objects.select_related("app").filter(pk=UUID(token.data["grant"]), revoked_at=None).first()


def _still_allowed(token: Token) -> list[str]:
    """What it was given for, as far as the app and the member still allow it."""
    grant = _grant_of(token)
    return [] if grant is None else scopes.within(token.get_scopes(), grant.scopes)


def _end_family(token: Token) -> None:
    Token.objects.filter(client=token.client, user=token.user, data__family=token.data["family"]).delete()
