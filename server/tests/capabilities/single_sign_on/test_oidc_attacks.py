"""What people try against the answers of an OpenID Connect provider: forged, borrowed, replayed, mixed up."""

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.single_sign_on import oidc
from guanxi.capabilities.single_sign_on.models import Identity
from tests.capabilities.single_sign_on.conftest import begins, comes_back, problem, role, save
from tests.support.clients import Client
from tests.support.forging_provider import ForgingProvider

pytestmark = pytest.mark.usefixtures("database")
ANN = "ann@corp.example"


@pytest.fixture
def forger() -> Iterator[ForgingProvider]:
    """A provider that says what it is told to."""
    made = ForgingProvider()
    yield made
    made.stop()


@pytest.fixture
def made(forger, database) -> dict:
    """The forging provider, set up and active."""
    answer = save(
        name="公司账号", protocol="oidc", issuer=forger.issuer, client_id="guanxi", secret="s", is_active=True,
        default_role=role("salesperson"),
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def arrives(forger: ForgingProvider, made: dict, client: Client | None = None):
    """Somebody signs in, and the provider says yes; the browser and the answer."""
    browser = client or Client()
    return browser, comes_back(browser, forger.agrees(begins(browser, made)))


def nobody(browser: Client) -> bool:
    """Whether nobody is signed in and nobody was made."""
    return (
        browser.get("/api/v1/session").json()["authenticated"] is False
        and not Identity.objects.exists()
        and not Account.objects.filter(email=ANN).exists()
    )


def test_a_right_answer_is_believed(forger, made):
    browser, answer = arrives(forger, made)

    assert answer["Location"] == "/w/acme"
    assert browser.get("me").json()["account"]["email"] == ANN


FOR_SOMEBODY_ELSE = [
    {"aud": "another-client"},
    {"aud": ["another-client"]},
    {"aud": ["guanxi", "another-client"]},
    {"aud": ["guanxi", "another-client"], "azp": "another-client"},
    {"azp": "another-client"},
    {"iss": "https://evil.example.com"},
    {"iss": ""},
    {"nonce": "of another request"},
    {"nonce": ""},
    {"nonce": None},
    {"sub": 7},
]


def test_a_token_for_somebody_else_is_not_believed(forger, made):
    for claims in FOR_SOMEBODY_ELSE:
        forger.claims = claims

        browser, answer = arrives(forger, made)

        assert problem(answer) == "single_sign_on.token_not_valid", claims
        assert nobody(browser), claims


@pytest.mark.parametrize("claim", [{"exp": -3600}, {"nbf": 3600}, {"iat": 3600}])
def test_a_token_of_another_time_is_not_believed_and_the_clock_is_named(forger, made, claim):
    forger.claims = {key: int(time.time()) + seconds for key, seconds in claim.items()}

    browser, answer = arrives(forger, made)

    assert problem(answer) == "single_sign_on.clock_differs"
    assert nobody(browser)


def test_a_forged_token_of_another_time_says_nothing_of_clocks(forger, made):
    forger.claims, forger.signing_key = {"exp": int(time.time()) - 3600}, forger.other_key

    browser, answer = arrives(forger, made)

    assert problem(answer) == "single_sign_on.token_not_valid"
    assert nobody(browser)


def test_a_token_that_leaves_out_what_matters_is_not_believed(forger, made):
    for claim in ("iss", "sub", "aud", "exp", "iat", "nonce"):
        forger.drops = {claim}

        browser, answer = arrives(forger, made)

        assert problem(answer) == "single_sign_on.token_not_valid", claim
        assert nobody(browser), claim


def forged(forger: ForgingProvider, how: str) -> None:
    """Change how the token is signed."""
    public = forger.key.public_key()
    if how == "another key":
        forger.signing_key = forger.other_key
    elif how == "no signature":
        forger.algorithm, forger.signing_key = "none", None
    elif how == "the client's secret":
        forger.algorithm, forger.signing_key = "HS256", "s" * 32
    elif how == "the public key as a secret":
        from cryptography.hazmat.primitives import serialization

        pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        header = {"alg": "HS256", "kid": "main", "typ": "JWT"}
        forger.token = _hmac_token(forger, header, pem)
    elif how == "an unknown key":
        forger.header = {"kid": "nobody's"}
    elif how == "a key for encryption":
        forger.header = {"kid": "encryption"}
    elif how == "a key of another kind":
        forger.header = {"kid": "elliptic"}
    elif how == "a key that came along":
        from jwt.algorithms import RSAAlgorithm

        forger.signing_key = forger.other_key
        forger.header = {"jwk": RSAAlgorithm.to_jwk(forger.other_key.public_key(), as_dict=True)}
    elif how == "a changed body":
        head, _, signature = forger.id_token().split(".")
        other = jwt.encode({"sub": "admin"}, "x" * 32, "HS256").split(".")[1]
        forger.token = f"{head}.{other}.{signature}"


def _hmac_token(forger: ForgingProvider, header: dict, secret: bytes) -> str:
    import hashlib
    import hmac
    import json
    from base64 import urlsafe_b64encode

    def part(data: bytes) -> str:
        return urlsafe_b64encode(data).rstrip(b"=").decode()

    body = {"iss": forger.issuer, "sub": "u-1", "aud": "guanxi", "iat": 1, "exp": int(time.time()) + 300, "email": ANN}
    signed = f"{part(json.dumps(header).encode())}.{part(json.dumps(body).encode())}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


@pytest.mark.parametrize(
    "how",
    [
        "another key", "no signature", "the client's secret", "the public key as a secret", "an unknown key",
        "a key for encryption", "a key of another kind", "a key that came along", "a changed body",
    ],
)  # fmt: skip
def test_a_token_that_the_provider_did_not_sign_is_not_believed(how, forger, made):
    forged(forger, how)

    browser, answer = arrives(forger, made)

    assert problem(answer) == "single_sign_on.token_not_valid"
    assert nobody(browser)


def test_what_is_no_token_is_not_believed(forger, made):
    for token in ("", "nonsense", "a.b.c", 7, ["x"], {"x": 1}):
        forger.token = token

        browser, answer = arrives(forger, made)

        assert problem(answer) == "single_sign_on.token_not_valid", token
        assert nobody(browser), token


def test_a_key_of_another_family_that_the_provider_publishes_is_fine(forger, made):
    forger.algorithm, forger.signing_key, forger.header = "ES256", forger.elliptic, {"kid": "elliptic"}

    _, answer = arrives(forger, made)

    assert answer["Location"] == "/w/acme"


def test_a_key_that_the_provider_changed_is_read_again(forger, made):
    arrives(forger, made)
    forger.key = forger.signing_key = forger.other_key
    forger.kid = "second"
    for address, (at, document) in list(oidc._kept.items()):
        oidc._kept[address] = (at - 60, document)

    _, answer = arrives(forger, made)

    assert answer["Location"] == "/w/acme"


def test_an_answer_is_worth_something_once(forger, made):
    browser = Client()
    address = forger.agrees(begins(browser, made))
    assert comes_back(browser, address)["Location"] == "/w/acme"

    assert problem(comes_back(browser, address)) == "single_sign_on.not_asked"


@pytest.mark.parametrize("state", ["", "wrong", None])
def test_an_answer_without_the_state_of_this_browser_is_not_believed(state, forger, made):
    browser = Client()
    address = forger.agrees(begins(browser, made))
    where, _, _ = address.partition("?")

    answer = comes_back(browser, f"{where}?code=a-code" + ("" if state is None else f"&state={state}"))

    assert problem(answer) == "single_sign_on.not_asked"
    assert nobody(browser)
    assert forger.forms == [], "the code was not even tried"


def test_nobody_is_signed_in_with_an_answer_to_somebody_elses_question(forger, made):
    """Otherwise a link would sign people in as the one who sent it."""
    attacker, victim = Client(), Client()
    address = forger.agrees(begins(attacker, made))

    answer = comes_back(victim, address)

    assert problem(answer) == "single_sign_on.not_asked"
    assert nobody(victim)
    assert forger.forms == []


def test_an_answer_for_one_provider_is_not_taken_at_another(forger, made, database):
    """A provider that is asked must not be able to answer in another's place."""
    other = ForgingProvider()
    try:
        second = save(
            name="另一个", protocol="oidc", issuer=other.issuer, client_id="guanxi", secret="s", is_active=True,
            default_role=role("salesperson"),
        ).json()["result"]  # fmt: skip
        browser = Client()
        state = parse_qs(urlsplit(begins(browser, made)).query)["state"][0]

        answer = comes_back(browser, f"http://localhost:8000/sso/{second['id']}/callback?code=stolen&state={state}")

        assert problem(answer) == "single_sign_on.not_asked"
        assert (forger.forms, other.forms) == ([], [])
    finally:
        other.stop()


@pytest.mark.parametrize("issuer", ["https://evil.example.com", ""])
def test_an_answer_that_names_another_issuer_is_not_believed(issuer, forger, made):
    browser = Client()
    address = forger.agrees(begins(browser, made)) + f"&iss={issuer}"

    assert problem(comes_back(browser, address)) == "single_sign_on.issuer_differs"
    assert forger.forms == []


def test_what_is_told_besides_must_be_of_the_same_person(forger, made):
    forger.drops = {"email"}
    forger.userinfo = {"sub": "u-2", "email": "boss@corp.example"}

    browser, answer = arrives(forger, made)

    assert problem(answer) == "single_sign_on.token_not_valid"
    assert nobody(browser)


def test_what_is_told_besides_completes_the_token_and_never_contradicts_it(forger, made):
    forger.drops = {"name"}
    forger.userinfo = {"sub": "u-1", "name": "安娜", "email": "boss@corp.example"}

    browser, _ = arrives(forger, made)

    me = browser.get("me").json()
    assert (me["member"]["name"], me["account"]["email"]) == ("安娜", ANN)


def test_the_exchange_proves_that_it_is_the_one_who_asked(forger, made):
    browser = Client()
    address = begins(browser, made)
    query = {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
    comes_back(browser, forger.agrees(address))

    (form,) = forger.forms
    (headers,) = forger.headers
    assert query["code_challenge_method"] == "S256"
    assert len(query["state"]) >= 40
    assert len(query["nonce"]) >= 40
    assert form["redirect_uri"] == query["redirect_uri"] == made["callback_url"]
    assert len(form["code_verifier"]) >= 43
    assert form["code_verifier"] not in address
    assert headers["Authorization"].startswith("Basic ")
    assert "client_secret" not in form


def test_a_secret_goes_into_the_form_where_the_provider_understands_that(forger, made):
    forger.said = {"token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}
    oidc._kept.clear()

    arrives(forger, made)

    assert forger.forms[0]["client_secret"] == "s"
    assert "Authorization" not in forger.headers[0]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"issuer": "https://evil.example.com"}, "single_sign_on.issuer_differs"),
        ({"token_endpoint": None}, "single_sign_on.discovery_incomplete"),
        ({"jwks_uri": 7}, "single_sign_on.discovery_incomplete"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "outbound.not_secure"),
        ({"token_endpoint": "file:///etc/passwd"}, "outbound.not_secure"),
        ({"jwks_uri": "http://user@127.0.0.1/"}, "outbound.not_an_address"),
    ],
)
def test_an_issuer_that_describes_itself_wrongly_is_not_set_up(said, code, forger, database):
    forger.said = said

    answer = save(name="x", protocol="oidc", issuer=forger.issuer, client_id="guanxi", default_role=role("salesperson"))

    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [("issuer", code)]
    assert Client.signed_in_as("administrator").get("single-sign-on").json()["providers"] == []


@pytest.mark.parametrize("error", ["access_denied", "server_error", "login_required"])
def test_a_no_of_the_provider_signs_nobody_in(error, forger, made):
    browser = Client()
    address = forger.agrees(begins(browser, made))
    where, _, query = address.partition("?")
    state = parse_qs(query)["state"][0]

    answer = comes_back(browser, f"{where}?error={error}&state={state}")

    assert problem(answer) == (
        "single_sign_on.cancelled" if error == "access_denied" else "single_sign_on.provider_refused"
    )
    assert nobody(browser)


def test_a_provider_that_refuses_the_exchange_signs_nobody_in(forger, made):
    forger.status = 400

    browser, answer = arrives(forger, made)

    assert problem(answer) == "single_sign_on.provider_refused"
    assert nobody(browser)


def test_a_provider_that_is_gone_signs_nobody_in(forger, made):
    browser = Client()
    address = forger.agrees(begins(browser, made))
    oidc._kept.clear()
    forger.stop()

    assert problem(comes_back(browser, address)) == "outbound.no_answer"
    assert nobody(browser)
