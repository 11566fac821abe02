"""Where a request comes from: the address of the caller, which a proxy's word counts for only when it is the proxy's.

Limits, lists of allowed addresses and the lists of devices all rest on this one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from guanxi.infra.http.proxies import NEARBY, Network

Address = IPv4Address | IPv6Address

FORWARDED = "X-Forwarded-For"


def client_address(request: HttpRequest) -> Address | None:
    """The address of the caller; None when the connection has none, as over a socket file.

    What a header claims counts only on a connection from a trusted proxy. It is the last address that no named proxy
    has, and where no proxy is named the very last: whatever a caller writes in front of it changes nothing.
    """
    found = address_of(request.META.get("REMOTE_ADDR", ""))
    proxies: Sequence[Network] = settings.TRUSTED_PROXIES
    if found is None or not _within(found, proxies):
        return found
    claims = request.headers.get(FORWARDED, "").split(",")
    for text in reversed(claims[-1:] if proxies is NEARBY else claims):
        claimed = address_of(text)
        if claimed is None:
            return found
        found = claimed
        if not _within(found, proxies):
            break
    return found


def address_of(text: str) -> Address | None:
    """An address as a server or a proxy writes it, with or without a port; an IPv4 address in IPv6 clothes as IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def neighbourhood(address: Address | None) -> str:
    """What counts as one place for limits: an IPv4 address, or the /64 that one IPv6 connection is given."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
