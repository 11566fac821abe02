"""What roles demand of signing in, and the strictest of several demands; pure functions on a role's permissions.

A role says it as ``permissions.sign_in``: ``{"second_factor": "off" | "required", "idle_minutes": n, "absolute_hours": n,
"ip_allow": ["203.0.113.0/24"], "watermark": true}``. What is absent or null demands nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from guanxi.infra.http.addresses import Address
from guanxi.infra.http.proxies import Network

Problem = tuple[str, dict[str, Any]]
"""Code of the sentence and its parameters."""

KEY = "sign_in"
SECOND_FACTOR = ("off", "required")
LONGEST_IDLE_MINUTES = 7 * 24 * 60
LONGEST_ABSOLUTE_HOURS = 14 * 24
"""No session outlives two weeks anyway."""
MOST_NETWORKS = 200


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """What all roles of a person demand together; the strictest of each."""

    second_factor: bool = False
    idle: timedelta | None = None
    absolute: timedelta | None = None
    allowed: tuple[tuple[Network, ...], ...] = ()
    """Lists of networks, one for each role that has any: an address must be in each list."""
    watermark: bool = False

    @property
    def limits_sessions(self) -> bool:
        """Whether a session can end before its cookie does."""
        return self.idle is not None or self.absolute is not None

    def admits(self, address: Address | None) -> bool:
        """Whether a request may come from this address; an unknown one is in no list."""
        return all(
            address is not None and any(address.version == one.version and address in one for one in networks)
            for networks in self.allowed
        )


NO_DEMANDS = SignInPolicy()


def policy_of(permissions: Iterable[Mapping[str, Any]]) -> SignInPolicy:
    """The policy of somebody who holds roles with these permissions, which were checked when they were written."""
    demands = [one for role in permissions if (one := role.get(KEY))]
    if not demands:
        return NO_DEMANDS
    idle = [one["idle_minutes"] for one in demands if one.get("idle_minutes")]
    absolute = [one["absolute_hours"] for one in demands if one.get("absolute_hours")]
    return SignInPolicy(
        second_factor=any(one.get("second_factor") == "required" for one in demands),
        idle=timedelta(minutes=min(idle)) if idle else None,
        absolute=timedelta(hours=min(absolute)) if absolute else None,
        allowed=tuple(
            tuple(ip_network(text, strict=False) for text in one["ip_allow"]) for one in demands if one.get("ip_allow")
        ),
        watermark=any(one.get("watermark") for one in demands),
    )


def problem_of(demands: Any) -> Problem | None:
    """The first thing wrong with a role's ``sign_in``, or None."""
    if not isinstance(demands, Mapping):
        return "identity.permissions_wrong_value", {"key": KEY, "value": demands}
    for key, value in demands.items():
        check = _CHECKS.get(key)
        if check is None:
            return "identity.permissions_unknown_key", {"key": f"{KEY}.{key}"}
        if value is not None and (problem := check(key, value)):
            return problem
    return None


def _word(key: str, value: Any) -> Problem | None:
    return None if value in SECOND_FACTOR else _wrong(key, value)


def _truth(key: str, value: Any) -> Problem | None:
    return None if isinstance(value, bool) else _wrong(key, value)


def _between(longest: int) -> Any:
    def check(key: str, value: Any) -> Problem | None:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= longest:
            return None
        return "identity.sign_in_number", {"key": f"{KEY}.{key}", "highest": longest}

    return check


def _networks(key: str, value: Any) -> Problem | None:
    if not isinstance(value, list) or len(value) > MOST_NETWORKS:
        return "identity.sign_in_networks", {"highest": MOST_NETWORKS}
    for one in value:
        try:
            ip_network(one if isinstance(one, str) else "", strict=False)
        except ValueError:
            return "identity.sign_in_network", {"value": str(one)[:50]}
    return None


def _wrong(key: str, value: Any) -> Problem:
    return "identity.permissions_wrong_value", {"key": f"{KEY}.{key}", "value": value}


_CHECKS = {
    "second_factor": _word,
    "idle_minutes": _between(LONGEST_IDLE_MINUTES),
    "absolute_hours": _between(LONGEST_ABSOLUTE_HOURS),
    "ip_allow": _networks,
    "watermark": _truth,
}
