"""OpenID Connect: the authorization code flow with PKCE, and an ID token that is believed only when all of it holds."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from django.conf import settings

from guanxi.capabilities.single_sign_on.assertion import Assertion, read
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.infra.http.outbound import NotReached, check_address, fetch
from guanxi.infra.sealed import Unreadable

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
"""Signatures with a key pair. A token signed with a shared secret, or not at all, is not believed."""
KEPT_SECONDS = 600
LEEWAY_SECONDS = 60
AGAIN_SECONDS = 30
_kept: dict[str, tuple[float, Any]] = {}
_lock = threading.Lock()


def discover(issuer: str) -> Mapping[str, Any]:
    """What the provider says of itself; NotReached when it cannot be asked, NotSignedOn when it says it is another."""
    document = _json(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise NotSignedOn("issuer_differs", issuer=str(document.get("issuer"))[:200])
    for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(document.get(key), str):
            raise NotSignedOn("discovery_incomplete", key=key)
        check_address(document[key])
    return document


def read_issuer(address: str) -> Mapping[str, Any]:
    """What an issuer says of itself, found by its name or by the address of its description; refused like `discover`."""
    typed = address.strip().removesuffix("/.well-known/openid-configuration")
    try:
        return discover(typed)
    except NotSignedOn as refusal:
        own = str(refusal.params.get("issuer", ""))
        if refusal.reason != "issuer_differs" or own.rstrip("/") != typed.rstrip("/"):
            raise
        return discover(own)


def callback(provider: Provider) -> str:
    """Where the provider sends people back to: an address of its own, so that two are never mixed up."""
    return f"{settings.PUBLIC_URL}/sso/{provider.pk}/callback"


def begin(provider: Provider, login_hint: str = "") -> tuple[str, str, dict[str, str]]:
    """The address to go to, the state that comes back, and what the answer will be held against."""
    document = discover(provider.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    params = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback(provider),
        "scope": " ".join(dict.fromkeys(["openid", "email", "profile", *provider.scopes.split()])),
        "state": state,
        "nonce": nonce,
        "code_challenge": urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        **({"login_hint": login_hint} if login_hint else {}),
    }
    address = str(document["authorization_endpoint"])
    return (
        f"{address}{'&' if '?' in address else '?'}{urlencode(params)}",
        state,
        {"nonce": nonce, "verifier": verifier},
    )


def finish(provider: Provider, answer: Mapping[str, str], kept: Mapping[str, Any]) -> Assertion:
    """Who the provider says it is; NotSignedOn or NotReached when anything of the answer does not hold."""
    if "iss" in answer and answer["iss"] != provider.issuer:
        raise NotSignedOn("issuer_differs", issuer=answer["iss"][:200])
    if "error" in answer or not answer.get("code"):
        raise NotSignedOn("cancelled" if answer.get("error") == "access_denied" else "provider_refused")
    document = discover(provider.issuer)
    tokens = _exchange(provider, document, answer["code"], kept["verifier"])
    claims = _id_token(provider, document, tokens.get("id_token"), kept["nonce"])
    more = _user_info(provider, document, tokens.get("access_token"), claims)
    return read(provider, str(claims["sub"]), {**more, **claims})


def _exchange(provider: Provider, document: Mapping[str, Any], code: str, verifier: str) -> Mapping[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback(provider),
        "code_verifier": verifier,
        "client_id": provider.client_id,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        secret = provider.secret
    except Unreadable:
        raise NotSignedOn("secret_unreadable") from None
    methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    # Providers disagree on how a secret is written into the header, so the form is taken where it is understood.
    if secret and "client_secret_post" in methods:
        form["client_secret"] = secret
    elif secret:
        pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = "Basic " + b64encode(pair.encode()).decode()
    answer = fetch(document["token_endpoint"], method="POST", headers=headers, body=urlencode(form).encode())
    tokens = _object(answer.body)
    if answer.status != 200 or tokens is None:
        raise NotSignedOn("provider_refused")
    return tokens


def _id_token(provider: Provider, document: Mapping[str, Any], token: Any, nonce: str) -> Mapping[str, Any]:
    """The claims of an ID token that was signed by the issuer, for this client, just now, in answer to this request."""
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise NotSignedOn("token_not_valid")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(document["jwks_uri"], header.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"], "strict_aud": False},
        )
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
        raise NotSignedOn("clock_differs") from error
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise NotSignedOn("token_not_valid") from error
    meant_for = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if (len(meant_for) > 1 or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotSignedOn("token_not_valid")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotSignedOn("token_not_valid")
    return claims


def _user_info(
    provider: Provider, document: Mapping[str, Any], token: Any, claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the provider tells besides; of nobody but the person of the ID token."""
    wanted = {provider.email_claim, provider.name_claim, provider.roles_claim} - {""}
    if wanted <= claims.keys() or not token or not isinstance(document.get("userinfo_endpoint"), str):
        return {}
    answer = fetch(document["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})
    told = _object(answer.body) if answer.status == 200 else None
    if told is None:
        return {}
    if told.get("sub") != claims["sub"]:
        raise NotSignedOn("token_not_valid")
    return told


def _key(address: str, kid: Any, algorithm: str) -> Any:
    """The provider's key of this name; its list is read again when it does not have it yet."""
    for fresh in (False, True):
        keys = jwt.PyJWKSet.from_dict(dict(_json(address, fresh=fresh))).keys
        signing = [one for one in keys if one.public_key_use in (None, "sig")]
        meant = [one for one in signing if (one.key_id == kid if kid is not None else one.algorithm_name == algorithm)]
        if len(meant) == 1:
            return meant[0].key
    raise NotSignedOn("token_not_valid")


def _json(address: str, *, fresh: bool = False) -> Mapping[str, Any]:
    """A document of the provider, kept for some minutes. A fresh one is asked for at most twice a minute."""
    now = time.monotonic()
    with _lock:
        known = _kept.get(address)
    if known is not None and now - known[0] < (AGAIN_SECONDS if fresh else KEPT_SECONDS):
        return known[1]
    answer = fetch(address, headers={"Accept": "application/json"})
    document = _object(answer.body) if answer.status == 200 else None
    if document is None:
        raise NotReached("outbound.not_understood", {"address": address[:200], "status": answer.status})
    with _lock:
        if len(_kept) > 200:
            _kept.clear()
        _kept[address] = (now, document)
    return document


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
