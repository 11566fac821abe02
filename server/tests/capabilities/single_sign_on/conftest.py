"""Identity providers of the world's workspaces, and people who come in through them."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from guanxi.capabilities.single_sign_on import oidc
from guanxi.infra.http.limits import BUCKETS
from tests.support import world
from tests.support.clients import Client
from tests.support.oidc_provider import CLIENT, SECRET, OidcProvider
from tests.support.saml_provider import SamlProvider, key_in

ANN = "ann@corp.example"


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No test is refused because of what another one did, or reads what another one fetched."""
    BUCKETS._levels.clear()
    oidc._kept.clear()


@pytest.fixture(scope="session")
def provider() -> Iterator[OidcProvider]:
    """A running OpenID Connect provider."""
    made = OidcProvider()
    made.start()
    yield made
    made.stop()


def role(key: str, person: str = "administrator", workspace: str = world.WORKSPACE) -> str:
    """The id of a role."""
    where = {"field": "key", "op": "eq", "value": key}
    (row,) = Client.signed_in_as(person, workspace).post("records/role/query", {"where": where}).json()["rows"]
    return row["id"]


def member(email: str, *select: str) -> dict[str, Any] | None:
    """The member with an address, as the administrator sees them."""
    body = {"where": {"field": "email", "op": "eq", "value": email}, "select": ["name", "status", "roles", *select]}
    rows = Client.signed_in_as("administrator").post("records/member/query", body).json()["rows"]
    return rows[0] if rows else None


def save(person: str = "administrator", workspace: str = world.WORKSPACE, **params: Any) -> Any:
    """The answer to setting up a provider."""
    return Client.signed_in_as(person, workspace).post("actions/single-sign-on/save-provider", {"params": params})


@pytest.fixture
def set_up(database, provider: OidcProvider) -> Callable[..., dict[str, Any]]:
    """A function that sets up the running provider for a workspace, active and making salespeople."""

    def make(person: str = "administrator", workspace: str = world.WORKSPACE, **params: Any) -> dict[str, Any]:
        whole = {
            "name": "公司账号",
            "protocol": "oidc",
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "secret": SECRET,
            "is_active": True,
            "default_role": role("salesperson", person, workspace),
            **params,
        }
        answer = save(person, workspace, **whole)
        assert answer.status_code == 200, answer.content
        made = answer.json()["result"]
        provider.sends_back_to(made["callback_url"])
        return made

    return make


@pytest.fixture
def set_up_saml(database, tmp_path) -> Callable[..., tuple[dict[str, Any], SamlProvider]]:
    """A function that sets up a SAML provider of its own for a workspace, active and making salespeople."""

    def make(**params: Any) -> tuple[dict[str, Any], SamlProvider]:
        administrator = Client.signed_in_as("administrator")
        whole = {
            "name": "企业 SAML",
            "protocol": "saml",
            "issuer": "https://idp.corp.example/metadata",
            "sign_in_url": "https://idp.corp.example/sso",
            "certificates": [key_in(tmp_path)[1]],
            "default_role": role("salesperson"),
            "is_active": True,
            **params,
        }
        made = save(**whole).json()["result"]
        service = administrator.get(f"/sso/{made['id']}/metadata").content.decode()
        provider = SamlProvider(tmp_path, service)
        read = administrator.post(
            "actions/single-sign-on/read-provider-metadata", {"params": {"metadata": provider.metadata}}
        )
        assert read.status_code == 200, read.content
        saved = save(**{**whole, "provider": made["id"], **read.json()["result"]})
        assert saved.status_code == 200, saved.content
        return saved.json()["result"], provider

    return make


def begins(client: Client, made: dict[str, Any], **more: str) -> str:
    """Where the client's browser is sent to sign in."""
    answer = client.post("/api/v1/sign-in/begin", {"provider": made["id"], **more})
    assert answer.status_code == 200, answer.content
    return answer.json()["redirect"]


def comes_back(client: Client, address: str) -> Any:
    """What the client's browser is answered at the address that it was sent back to."""
    parts = urlsplit(address)
    assert parts.netloc == "localhost:8000"
    return client.get(f"{parts.path}?{parts.query}")


@pytest.fixture
def signs_in(provider: OidcProvider) -> Callable[..., tuple[Client, Any]]:
    """A function that signs a person of the directory in at a provider; the browser, and the answer at the end."""

    def go(made: dict[str, Any], email: str = ANN, client: Client | None = None, **more: str) -> tuple[Client, Any]:
        browser = client or Client()
        return browser, comes_back(browser, provider.signs_in(begins(browser, made, **more), email))

    return go


def posts(client: Client, made: dict[str, Any], answer: str) -> Any:
    """What the browser is answered that brings a SAML answer: first from the other site, then once more by itself."""
    where = f"/sso/{made['id']}/acs"
    first = client.django.post(where, {"SAMLResponse": answer})
    assert first.status_code == 200, first.content
    assert "again.js" in first.content.decode()
    return client.django.post(where, {"SAMLResponse": answer, "again": "1"})


def problem(answer: Any) -> str:
    """The problem with which somebody lands at the sign-in page."""
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith("/sign-in?problem="), answer["Location"]
    return parse_qs(urlsplit(answer["Location"]).query)["problem"][0]


def arrives(made, provider, client=None, **answer):
    """Somebody signs in, and the provider says yes; the browser and the answer."""
    browser = client or Client()
    return browser, posts(browser, made, provider.answers(begins(browser, made), **answer))
