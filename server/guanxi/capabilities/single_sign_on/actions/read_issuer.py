"""Ask an OpenID Connect issuer who it is, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.capabilities.single_sign_on import deciding, oidc
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.shapes import IssuerDescription
from guanxi.engine.actions import action
from guanxi.engine.context import Context

_MOST = 100


@dataclass(frozen=True)
class ReadIssuer:
    """The issuer's name, which is an address, or the address of its description."""

    issuer: str


@action("single_sign_on.read_issuer", params=ReadIssuer, permission=RIGHT)
def read_issuer(ctx: Context, params: ReadIssuer) -> IssuerDescription:
    """How it calls itself, where people sign in, and which scopes and claims it says it has."""
    deciding.in_charge(ctx)
    found = oidc.read_issuer(params.issuer)
    return {
        "issuer": found["issuer"],
        "sign_in_url": found["authorization_endpoint"],
        "scopes": _texts(found, "scopes_supported"),
        "claims": _texts(found, "claims_supported"),
    }


def _texts(found: Mapping[str, Any], key: str) -> list[str]:
    told = found.get(key)
    return [one for one in told if isinstance(one, str)][:_MOST] if isinstance(told, list) else []
