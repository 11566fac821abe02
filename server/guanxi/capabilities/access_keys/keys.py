"""Keys as secrets: made once, kept as a hash, found by it; and the member whom a key acts as."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network
from uuid import UUID

from guanxi.capabilities.access_keys.models import AccessKey
from guanxi.capabilities.identity.tokens import new_token, token_hash
from guanxi.infra.database.lookup import lookup
from guanxi.infra.http.addresses import Address

PREFIX = "gx_"
"""How every key begins: people, and programs that look for leaked secrets, know one at sight."""
SHOWN = 8
"""Characters of a key that stay readable."""

_find = lookup(AccessKey, "WHERE t.token_hash = $1")


def new_secret() -> str:
    """A key that nobody has yet."""
    return PREFIX + new_token()


def hint(secret: str) -> str:
    """How the key begins."""
    return secret[:SHOWN] + "…"


def find(secret: str) -> AccessKey | None:
    """The key with this secret, whatever its state."""
    return _find(token_hash(secret))


def within(address: Address | None, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the networks; no networks at all are no limit."""
    listed = [ip_network(one) for one in networks]
    if not listed:
        return True
    return address is not None and any(address.version == one.version and address in one for one in listed)


def role_ids_of(key: AccessKey) -> frozenset[UUID]:
    """The roles that the key was bound to."""
    return frozenset(UUID(one) for one in key.roles)
