"""Requests to addresses that administrators type: where they never go, and what they make of the answers."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

from guanxi.infra.http import outbound
from guanxi.infra.http.outbound import NotReached, check_address, fetch, may_be_asked


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            return
        body = b"x" * (outbound.LARGEST + 1) if self.path == "/large" else self.headers["Host"].encode()
        self.send_response(404 if self.path == "/absent" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def refusal(address: str) -> str:
    """The code with which an address is refused."""
    with pytest.raises(NotReached) as caught:
        fetch(address)
    return caught.value.code


@override_settings(OUTBOUND_LOOPBACK=True)
def test_an_answer_comes_as_it_is(server):
    answer = fetch(f"{server}/hello?x=1")

    assert (answer.status, answer.body.decode()) == (200, server.removeprefix("http://"))
    assert fetch(f"{server}/absent").status == 404


@override_settings(OUTBOUND_LOOPBACK=True)
def test_nobody_is_sent_on_by_an_answer(server):
    assert fetch(f"{server}/elsewhere").status == 302


@override_settings(OUTBOUND_LOOPBACK=True)
def test_an_answer_has_a_limit(server):
    assert refusal(f"{server}/large") == "outbound.too_large"


@override_settings(OUTBOUND_LOOPBACK=True)
def test_who_does_not_answer_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert refusal(f"http://127.0.0.1:{port}/") == "outbound.no_answer"


@override_settings(OUTBOUND_LOOPBACK=False, OUTBOUND_INTERNAL=False)
@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://idp.example.com/", "outbound.not_secure"),
        ("ftp://idp.example.com/", "outbound.not_secure"),
        ("file:///etc/passwd", "outbound.not_secure"),
        ("idp.example.com", "outbound.not_secure"),
        ("", "outbound.not_secure"),
        ("https://", "outbound.not_an_address"),
        ("https://user@idp.example.com/", "outbound.not_an_address"),
        ("https://idp.example.com/#x", "outbound.not_an_address"),
        ("https://idp.example.com/a b", "outbound.not_an_address"),
        ("https://idp.example.com\r\nX: y/", "outbound.not_an_address"),
        ("https://idp.example.com:port/", "outbound.not_an_address"),
        ("https://[::1", "outbound.not_an_address"),
    ],
)
def test_what_is_no_safe_address_is_not_asked(address, code):
    with pytest.raises(NotReached) as caught:
        check_address(address)

    assert caught.value.code == code
    assert refusal(address) == code


INSIDE = (
    "127.0.0.1", "127.8.8.8", "::1", "0.0.0.1", "::", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "fe80::1", "fc00::1", "fd12::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "100.64.0.1",
    "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255",
)  # fmt: skip


@override_settings(OUTBOUND_LOOPBACK=False, OUTBOUND_INTERNAL=False)
@pytest.mark.parametrize("address", INSIDE)
def test_this_machine_and_its_network_are_not_asked(address):
    assert may_be_asked(address) is False
    host = f"[{address}]" if ":" in address else address
    assert refusal(f"https://{host}/") == "outbound.internal"


@override_settings(OUTBOUND_LOOPBACK=False, OUTBOUND_INTERNAL=False)
@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_no_way_of_writing_this_machine_leads_to_it(host):
    with pytest.raises(NotReached) as caught:
        fetch(f"https://{host}/")

    assert caught.value.code in {"outbound.internal", "outbound.unknown_host"}


@override_settings(OUTBOUND_LOOPBACK=False, OUTBOUND_INTERNAL=True)
def test_the_operator_opens_the_own_network_and_nothing_more():
    assert may_be_asked("10.1.2.3") is True
    assert may_be_asked("fd12::1") is True
    assert [one for one in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "::") if may_be_asked(one)] == []


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch):
    both = [(socket.AF_INET, 1, 6, "", ("93.184.215.14", 443)), (socket.AF_INET, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_args, **_more: both)

    with override_settings(OUTBOUND_LOOPBACK=False, OUTBOUND_INTERNAL=False):
        assert refusal("https://idp.example.com/") == "outbound.internal"


def test_a_name_is_resolved_once_and_the_connection_goes_where_the_check_pointed(monkeypatch, server):
    """Otherwise a name could answer differently the second time."""
    port = int(server.rpartition(":")[2])
    asked: list[object] = []

    def resolve(host, *_args, **_more):
        asked.append(host)
        place = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, 1, 6, "", (place, port))]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    with override_settings(OUTBOUND_LOOPBACK=True):
        answer = fetch(f"http://idp.example.com:{port}/")

    assert answer.body.decode() == f"idp.example.com:{port}"
    assert asked == ["idp.example.com"]
