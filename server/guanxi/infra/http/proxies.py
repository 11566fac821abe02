"""Networks of proxies whose word on a caller's address counts, as an installation names them.

The settings read this: nothing here needs Django, so that what only starts other processes does without it.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network
_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"", "0", "false", "no", "off"})
NEARBY = tuple(
    ip_network(text)
    for text in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)  # fmt: skip
"""Where a proxy is that nobody named: on this machine or in its own network."""


def trusted_proxies(setting: str) -> tuple[Network, ...]:
    """The networks that GUANXI_BEHIND_PROXY names: none, those nearby for a plain yes, or the ones listed with commas.

    ValueError for what is neither.
    """
    text = setting.strip().lower()
    if text in _OFF:
        return ()
    if text in _ON:
        return NEARBY
    return tuple(ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())
