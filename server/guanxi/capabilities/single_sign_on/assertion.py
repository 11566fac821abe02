"""What an identity provider says of somebody, whichever protocol it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.capabilities.single_sign_on.models import Provider


@dataclass(frozen=True, slots=True)
class Assertion:
    """Who somebody is: checked by the protocol, read as the workspace set it up."""

    subject: str
    email: str = ""
    email_is_doubtful: bool = False
    """The provider itself says that it never checked the address."""
    name: str = ""
    values: Sequence[str] = ()
    """What the claim of roles holds."""
    claims: Mapping[str, Any] = field(default_factory=dict)
    """Everything that was said, for who sets the provider up."""


def read(provider: Provider, subject: str, claims: Mapping[str, Any]) -> Assertion:
    """The claims as the provider's settings name them."""
    verified = claims.get("email_verified")
    return Assertion(
        subject=subject,
        email=_text(claims.get(provider.email_claim)).strip().lower(),
        email_is_doubtful=verified is not None and str(verified).lower() not in {"true", "1"},
        name=(_text(claims.get(provider.name_claim)) or _full_name(claims)).strip()[:100],
        values=_texts(claims.get(provider.roles_claim)) if provider.roles_claim else (),
        claims=claims,
    )


def _text(value: Any) -> str:
    found = _texts(value)
    return found[0] if found else ""


def _texts(value: Any) -> list[str]:
    several = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return [str(one) for one in several if isinstance(one, (str, int))]


def _full_name(claims: Mapping[str, Any]) -> str:
    given, family = _text(claims.get("given_name")), _text(claims.get("family_name"))
    if any("\u4e00" <= letter <= "\u9fff" for letter in family + given):
        return family + given
    return f"{given} {family}".strip()
