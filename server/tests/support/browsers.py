"""A browser of a test: keeps cookies, comes from an address, signs in the way the screens do."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client as DjangoClient

from tests.support import world

BROWSER = "/_allauth/browser/v1"
APP = "/_allauth/app/v1"
OFFICE = "203.0.113.7"
ELSEWHERE = "198.51.100.9"


class Browser:
    """One browser of one person."""

    def __init__(self, address: str = OFFICE, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0", **more: Any):
        self.django = DjangoClient(
            REMOTE_ADDR=address, headers={"User-Agent": agent}, raise_request_exception=False, **more
        )

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """A request with a JSON body; names of headers with underscores."""
        data = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.django.generic(method, path, data, content_type="application/json", headers=named)

    def allauth(self, method: str, path: str, body: object = None) -> HttpResponse:
        """A request to the account's own addresses."""
        return self.send(method, f"{BROWSER}/{path}", body)

    def api(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """A request below the workspace."""
        return self.send(method, f"/api/v1/{world.WORKSPACE}/{path}", body, **headers)

    def moved_to(self, address: str) -> "Browser":
        """The same browser, carried elsewhere."""
        self.django.defaults["REMOTE_ADDR"] = address
        return self

    def try_password(self, name: str = "salesperson", password: str = world.PASSWORD) -> HttpResponse:
        """The first step of signing in."""
        return self.allauth("POST", "auth/login", {"email": world.email(name), "password": password})

    def signed_in(self, name: str = "salesperson") -> "Browser":
        """The same, after signing in with the password alone."""
        answer = self.try_password(name)
        assert answer.status_code == 200, answer.content
        return self

    def after_a_while(self) -> "Browser":
        """The same session, long enough after its owner proved who they are."""
        session = self.django.session
        session["account_authentication_methods"] = [
            {**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]
        ]
        session.save()
        return self

    def prove(self, password: str = world.PASSWORD) -> "Browser":
        """Say the password again, as is asked before something that matters."""
        answer = self.allauth("POST", "auth/reauthenticate", {"password": password})
        assert answer.status_code == 200, answer.content
        return self

    @property
    def is_signed_in(self) -> bool:
        """Whether the session is somebody's."""
        return self.session["authenticated"]

    @property
    def session(self) -> dict[str, Any]:
        """What the product says of the session."""
        return self.send("GET", "/api/v1/session").json()


def code(secret: str, *, step: int = 0) -> str:
    """What the app on the telephone shows, or showed so many steps ago."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counters = sorted(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + step))


def set_up_app(browser: Browser) -> str:
    """Set up the app on the telephone for whoever is signed in; its secret."""
    browser.prove()
    secret = browser.allauth("GET", "account/authenticators/totp").json()["meta"]["secret"]
    answer = browser.allauth("POST", "account/authenticators/totp", {"code": code(secret)})
    assert answer.status_code == 200, answer.content
    return secret


def recovery_codes(browser: Browser) -> list[str]:
    """The recovery codes, which are shown once."""
    return browser.allauth("GET", "account/authenticators/recovery-codes").json()["data"]["unused_codes"]
