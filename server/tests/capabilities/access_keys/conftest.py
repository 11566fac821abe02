"""Programs of the world's people: keys made over the API, apps of others, and calls with both."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client as DjangoClient

from guanxi.infra.http.limits import BUCKETS
from tests.support import world
from tests.support.clients import Client


class Program(Client):
    """A client that comes with a secret instead of a session."""

    def __init__(self, secret: str, workspace: str = world.WORKSPACE) -> None:
        super().__init__(workspace)
        self.django = DjangoClient(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture(autouse=True)
def fresh_limits():
    """No test is refused because of what another one did."""
    BUCKETS._levels.clear()
    yield
    BUCKETS._levels.clear()


@pytest.fixture
def make_key(database) -> Callable[..., dict[str, Any]]:
    """A function that makes a key for a person of the world, with their own roles unless others are named."""

    def make(name: str = "salesperson", **params: Any) -> dict[str, Any]:
        client = Client.signed_in_as(name)
        roles = [one["id"] for one in client.get("access-keys").json()["roles"]]
        body = {"params": {"name": "同步程序", "roles": roles, **params}}
        answer = client.post("actions/access-keys/create-key", body)
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]

    return make


@pytest.fixture
def program(make_key) -> Callable[..., Program]:
    """A function from a person of the world to a program with a new key of theirs."""

    def start(name: str = "salesperson", workspace: str = world.WORKSPACE, **params: Any) -> Program:
        return Program(make_key(name, **params)["secret"], workspace)

    return start


class ThirdParty:
    """An app as its makers run it: it sends people to allow it something, and exchanges what comes back."""

    REDIRECT = "https://app.example.com/oauth/done"
    VERIFIER = "v" * 43 + "-a-verifier-of-the-app"

    def __init__(self, **values: Any) -> None:
        params = {
            "name": "报表助手",
            "redirect_uris": [self.REDIRECT],
            "scopes": ["company:write", "contact:read"],
            **values,
        }
        answer = Client.signed_in_as("administrator").post("actions/access-keys/register-app", {"params": params})
        assert answer.status_code == 200, answer.content
        made = answer.json()["result"]
        self.id, self.client_id, self.secret = made["app"]["id"], made["app"]["client_id"], made.get("secret")
        self.django = DjangoClient(raise_request_exception=False, enforce_csrf_checks=True)

    def query(self, **changed: str | None) -> str:
        """What stands behind the question mark when the app sends somebody; None leaves a parameter out."""
        params = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.REDIRECT,
            "scope": "company:read",
            "state": "a state of the app",
            "code_challenge": challenge(self.VERIFIER),
            "code_challenge_method": "S256",
            **changed,
        }
        return urlencode({key: value for key, value in params.items() if value is not None})

    def asks(self, name: str = "salesperson", **changed: str | None) -> Any:
        """What the member's browser is answered when it comes with the app's query."""
        return Client.signed_in_as(name).get(f"/api/v1/oauth/authorization?{self.query(**changed)}")

    def allowed_by(self, name: str = "salesperson", *, allow: bool = True, **changed: str | None) -> dict[str, str]:
        """The parameters with which the member's browser comes back to the app."""
        body = {"query": self.query(**changed), "allow": allow}
        answer = Client.signed_in_as(name).post("/api/v1/oauth/authorization", body)
        assert answer.status_code == 200, answer.content
        return dict(parse_qsl(urlsplit(answer.json()["redirect"]).query))

    def sends(self, path: str = "/oauth/token", **form: str | None) -> Any:
        """The answer to a form, sent with the app's own name and secret unless they are said otherwise."""
        whole = {"client_id": self.client_id, "client_secret": self.secret, **form}
        return self.django.post(path, {key: value for key, value in whole.items() if value is not None})

    def exchanges(self, code: str, **changed: str | None) -> Any:
        """The answer to a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.REDIRECT,
            "code_verifier": self.VERIFIER,
            **changed,
        }
        return self.sends(**form)

    def refreshes(self, token: str, **changed: str | None) -> Any:
        """The answer to a refresh token."""
        return self.sends(grant_type="refresh_token", refresh_token=token, **changed)

    def tokens_of(self, name: str = "salesperson", **changed: str | None) -> dict[str, Any]:
        """Tokens for a member who allowed what the app asked for."""
        answer = self.exchanges(self.allowed_by(name, **changed)["code"])
        assert answer.status_code == 200, answer.content
        return answer.json()


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def register(database) -> Callable[..., ThirdParty]:
    """A function that registers an app."""
    return ThirdParty


@pytest.fixture
def app(register) -> ThirdParty:
    """An app with a secret that may ask to write companies and to read contacts."""
    return register()


def roles_of(*keys: str) -> list[str]:
    """Ids of roles by their keys."""
    rows = Client.signed_in_as("administrator").post("records/role/query", {"select": ["key"]}).json()["rows"]
    ids = {row["key"]: row["id"] for row in rows}
    return [ids[key] for key in keys]
