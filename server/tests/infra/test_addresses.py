"""Where a request comes from: only the connection and a trusted proxy are believed."""

import pytest
from django.test import RequestFactory, override_settings

from guanxi.infra.http.addresses import address_of, client_address, neighbourhood
from guanxi.infra.http.proxies import trusted_proxies

CALLER, PROXY, OUTER = "203.0.113.7", "10.0.0.2", "198.51.100.1"


def caller(connection: str, forwarded: str | None = None, proxies: str = "1") -> str:
    """What a request over a connection is taken to come from."""
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=connection)
    with override_settings(TRUSTED_PROXIES=trusted_proxies(proxies)):
        return str(client_address(request))


@pytest.mark.parametrize("forwarded", [CALLER, f"{CALLER}, {PROXY}", "", "nonsense"])
def test_without_a_proxy_no_header_counts(forwarded):
    assert caller(PROXY, forwarded, proxies="") == PROXY


def test_a_proxy_nearby_is_believed_in_its_own_word_alone():
    assert caller(PROXY, CALLER) == CALLER
    assert caller(PROXY, f"1.2.3.4, {CALLER}") == CALLER
    assert caller("127.0.0.1", "1.2.3.4, 192.168.7.7") == "192.168.7.7"
    assert caller("::1", "2001:db8::1") == "2001:db8::1"


def test_who_comes_past_the_proxy_is_not():
    assert caller(OUTER, CALLER) == OUTER


def test_named_proxies_may_stand_in_a_row():
    proxies = f"{PROXY}, {OUTER}/32"

    assert caller(PROXY, f"1.2.3.4, {CALLER}, {OUTER}", proxies) == CALLER
    assert caller("10.0.0.3", CALLER, proxies) == "10.0.0.3"


def test_a_claim_that_is_no_address_ends_the_search():
    assert caller(PROXY, "unknown") == PROXY
    assert caller(PROXY, f"{CALLER}, <script>") == PROXY


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.7", "203.0.113.7"), (" 203.0.113.7:51234 ", "203.0.113.7"), ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"), ("::ffff:203.0.113.7", "203.0.113.7"), ("fe80::1%eth0", "fe80::1"),
        ("", "None"), ("localhost", "None"), ("203.0.113", "None"),
    ],
)  # fmt: skip
def test_addresses_are_read_as_they_are_written(text, address):
    assert str(address_of(text)) == address


def test_a_connection_without_an_address_is_none():
    assert caller("") == "None"


def test_one_ipv6_connection_is_one_place():
    assert neighbourhood(address_of("2001:db8:1:2:3::4")) == neighbourhood(address_of("2001:db8:1:2:ffff::1"))
    assert neighbourhood(address_of("2001:db8:1:3::1")) != neighbourhood(address_of("2001:db8:1:2::1"))
    assert neighbourhood(address_of(CALLER)) == CALLER


@pytest.mark.parametrize("setting", ["10.0.0.1/33", "my-proxy"])
def test_a_setting_that_names_no_network_is_refused(setting):
    with pytest.raises(ValueError, match=setting):
        trusted_proxies(setting)
