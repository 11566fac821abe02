"""What people try against an authorization server: other addresses, weaker proofs, codes and tokens of others."""

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client as DjangoClient
from django.utils import timezone

from guanxi.capabilities.access_keys.models import Grant
from tests.capabilities.access_keys.conftest import Program, ThirdParty, challenge
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
HOME = "https://app.example.com/oauth/done"


ELSEWHERE = (
    "https://evil.example.com/oauth/done",
    "https://app.example.com.evil.com/oauth/done",
    "https://evil.app.example.com/oauth/done",
    "https://example.com/oauth/done",
    "https://app.example.com/oauth/done/",
    "https://app.example.com/oauth/done/more",
    "https://app.example.com/oauth/../evil",
    "https://app.example.com/oauth/%64one",
    "https://app.example.com/oauth/done?next=https://evil.example.com",
    "https://app.example.com/oauth/done#",
    "https://app.example.com/oauth/done#fragment",
    "https://app.example.com:443/oauth/done",
    "https://app.example.com:8443/oauth/done",
    "https://app.example.com@evil.example.com/oauth/done",
    "https://evil.example.com@app.example.com/oauth/done",
    "https://APP.example.com/oauth/done",
    "http://app.example.com/oauth/done",
    "HTTPS://app.example.com/oauth/done",
    "//app.example.com/oauth/done",
    "https:/app.example.com/oauth/done",
    "https://app.example.com\\@evil.example.com/oauth/done",
    "https://app.example.com/oauth/done ",
    " https://app.example.com/oauth/done",
    "https://app.example.com/oauth/done\n",
    "javascript:alert(1)//https://app.example.com/oauth/done",
    "data:text/html,hello",
    "",
    None,
)


def test_nobody_is_sent_to_another_address(app):
    member = Client.signed_in_as("salesperson")
    for address in ELSEWHERE:
        query = app.query(redirect_uri=address)

        asked = member.get(f"/api/v1/oauth/authorization?{query}")
        answered = member.post("/api/v1/oauth/authorization", {"query": query, "allow": True})

        assert asked.status_code == answered.status_code == 400, address
        assert asked.json()["code"] in {"access_keys.app_wrong_redirect", "access_keys.app_wrong_request"}, address
        assert "redirect" not in asked.json()
    assert not Grant.objects.exists()
    assert not Token.objects.exists()


def test_a_program_on_ones_own_machine_listens_at_any_port_and_nowhere_else(register):
    app = register(redirect_uris=["http://127.0.0.1/done"], confidential=False)

    assert app.asks(redirect_uri="http://127.0.0.1:51234/done").json()["question"]
    for wrong in (
        "http://127.0.0.1:51234/other",
        "http://localhost:51234/done",
        "http://127.0.0.1.evil.example.com/done",
        "http://127.0.0.1:51234@evil.example.com/done",
        "https://127.0.0.1/done",
        "http://127.0.0.2/done",
        "http://127.0.0.1:99999999/done",
        "http://127.0.0.1:99999/done",
    ):
        assert app.asks(redirect_uri=wrong).status_code == 400, wrong


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": "x" * 44}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unauthorized_client"),
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"response_type": "none"}, "unauthorized_client"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "company:write opportunity:read"}, "invalid_scope"),
        ({"scope": "*:read"}, "invalid_scope"),
        ({"scope": "contact:write"}, "invalid_scope"),
        ({"scope": "openid"}, "invalid_scope"),
    ],
)
def test_a_weaker_or_larger_request_goes_back_to_the_app_as_an_error(changed, error, app):
    answer = app.asks(**changed).json()
    back = app.allowed_by(**changed)

    assert answer["question"] is None
    assert answer["redirect"].startswith(HOME + "?")
    assert (back["error"], "code" in back) == (error, False)
    assert not Grant.objects.exists()


@pytest.mark.parametrize("parameter", ["client_id", "redirect_uri", "scope", "state", "response_type"])
def test_a_parameter_that_comes_twice_is_refused(parameter, app):
    query = f"{app.query()}&{parameter}=https%3A%2F%2Fevil.example.com"

    answer = Client.signed_in_as("salesperson").get(f"/api/v1/oauth/authorization?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "access_keys.app_wrong_request")


def test_an_unknown_app_is_told_of_nothing(app):
    for client_id in ("nobody", "", None):
        answer = app.asks(client_id=client_id)
        assert (answer.status_code, answer.json()["code"]) == (400, "access_keys.app_wrong_client")


def test_nobody_who_is_not_signed_in_is_asked(app):
    query = app.query()
    anonymous = Client()

    assert anonymous.get(f"/api/v1/oauth/authorization?{query}").status_code == 401
    assert anonymous.post("/api/v1/oauth/authorization", {"query": query, "allow": True}).status_code == 401


def test_another_site_cannot_say_yes_for_somebody(app):
    browser = DjangoClient(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(world.membership("salesperson").account)
    body = {"query": app.query(), "allow": True}

    answer = browser.post("/api/v1/oauth/authorization", body, content_type="application/json")

    assert answer.status_code == 403
    assert answer.json()["code"] == "request.csrf"
    assert not Grant.objects.exists()


def test_a_program_says_yes_to_no_other_program(app, program):
    caller = program()
    token = Program(app.tokens_of()["access_token"])

    for one in (caller, token):
        answer = one.post("/api/v1/oauth/authorization", {"query": app.query(scope="company:write"), "allow": True})
        assert answer.status_code == 401
    assert Grant.objects.get().scopes == ["company:read"]


def test_a_member_of_another_workspace_is_not_asked(app):
    answer = app.asks(world.STRANGER)

    assert (answer.status_code, answer.json()["code"]) == (404, "access_keys.app_of_others")


def test_a_token_opens_no_other_workspace(app):
    secret = app.tokens_of()["access_token"]

    answer = Program(secret, world.OTHER_WORKSPACE).get("me")

    assert (answer.status_code, answer.json()["code"]) == (404, "identity.unknown_workspace")


def test_a_code_that_is_used_twice_ends_everything_that_came_of_it(app):
    code = app.allowed_by()["code"]
    tokens = app.exchanges(code).json()
    refreshed = app.refreshes(tokens["refresh_token"]).json()
    assert Program(refreshed["access_token"]).get("me").status_code == 200

    again = app.exchanges(code)

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert Program(tokens["access_token"]).get("me").status_code == 401
    assert Program(refreshed["access_token"]).get("me").status_code == 401
    assert app.refreshes(refreshed["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_token_that_is_used_twice_ends_everything_that_came_of_it(app):
    first = app.tokens_of()
    second = app.refreshes(first["refresh_token"]).json()

    stolen = app.refreshes(first["refresh_token"])

    assert stolen.json()["error"] == "invalid_grant"
    assert Program(first["access_token"]).get("me").status_code == 401
    assert Program(second["access_token"]).get("me").status_code == 401
    assert app.refreshes(second["refresh_token"]).json()["error"] == "invalid_grant"


def test_what_came_of_another_code_goes_on(app):
    first, second = app.tokens_of(), app.tokens_of()
    app.refreshes(first["refresh_token"])
    app.refreshes(first["refresh_token"])

    assert Program(second["access_token"]).get("me").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": None},
        {"code_verifier": ""},
        {"code_verifier": "w" * 60},
        {"code_verifier": challenge(ThirdParty.VERIFIER)},
        {"redirect_uri": None},
        {"redirect_uri": "https://evil.example.com/"},
        {"redirect_uri": HOME + "/"},
    ],
)
def test_a_stolen_code_is_worth_nothing_without_the_proof(changed, app):
    code = app.allowed_by()["code"]

    answer = app.exchanges(code, **changed)

    assert answer.status_code == 400
    assert "access_token" not in answer.json()
    assert Token.objects.filter(type="at").count() == 0
    assert app.exchanges(code).status_code == 200, "the app itself still exchanges it"


def test_a_code_is_good_for_a_minute(app):
    code = app.allowed_by()["code"]
    Token.objects.filter(type="ac").update(expires_at=timezone.now() - timedelta(seconds=1))

    assert app.exchanges(code).json()["error"] == "invalid_grant"


def test_a_code_of_one_app_is_nothing_to_another(app, register):
    other = register(name="别的应用")
    code = app.allowed_by()["code"]

    assert other.exchanges(code).json()["error"] == "invalid_grant"
    assert app.exchanges(code).status_code == 200


def test_a_refresh_token_of_one_app_is_nothing_to_another(app, register):
    other = register(name="别的应用")
    tokens = app.tokens_of()

    assert other.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.refreshes(tokens["refresh_token"]).status_code == 200


def test_an_app_ends_its_own_tokens_and_nobody_elses(app, register):
    other = register(name="别的应用")
    tokens = app.tokens_of()

    assert other.sends("/oauth/revoke", token=tokens["refresh_token"]).status_code == 200
    assert Program(tokens["access_token"]).get("me").status_code == 200

    assert app.sends("/oauth/revoke", token=tokens["refresh_token"]).status_code == 200
    assert Program(tokens["access_token"]).get("me").status_code == 401
    assert app.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("secret", [None, "", "wrong", "' OR 1=1 --"])
def test_a_confidential_app_proves_that_it_is_the_one(secret, app):
    code = app.allowed_by()["code"]

    answer = app.exchanges(code, client_secret=secret)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert app.exchanges(code).status_code == 200


def test_an_app_on_peoples_devices_needs_the_proof_alone(register):
    app = register(confidential=False)
    assert app.secret is None
    code = app.allowed_by()["code"]

    assert app.exchanges(code, code_verifier="w" * 60).status_code == 400
    assert app.exchanges(code).status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"grant_type": "password", "username": world.email("salesperson"), "password": world.PASSWORD},
        {"grant_type": "client_credentials"},
        {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "x"},
        {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "x"},
        {"grant_type": "implicit"},
        {"grant_type": ""},
        {},
        {"grant_type": "authorization_code"},
        {"grant_type": "refresh_token"},
        {"grant_type": "authorization_code", "code": "x", "extra_credentials": "x", "user": "1", "scopes": "*:write"},
    ],
)
def test_there_are_no_other_grants(form, app):
    answer = app.sends(**form)

    assert answer.status_code in (400, 401)
    assert answer.json()["error"]
    assert "access_token" not in answer.json()


def test_the_form_is_sent_and_a_parameter_comes_once(app):
    code = app.allowed_by()["code"]
    form = app.exchanges
    twice = app.django.post(
        "/oauth/token",
        f"grant_type=authorization_code&code={code}&code=x",
        content_type="application/x-www-form-urlencoded",
    )

    assert app.django.get("/oauth/token").status_code == 405
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")
    assert form(code).status_code == 200


@pytest.mark.parametrize("kind", ["access_token", "refresh_token", "code"])
def test_no_secret_is_kept_as_it_is(kind, app):
    back = app.allowed_by()
    tokens = app.exchanges(back["code"]).json()
    secret = back["code"] if kind == "code" else tokens[kind]

    stored = " ".join(str(vars(row)) for row in Token.objects.all())

    assert secret not in stored


def test_a_refresh_token_and_a_code_open_no_data(app):
    back = app.allowed_by()
    tokens = app.exchanges(back["code"]).json()

    assert Program(tokens["refresh_token"]).get("me").status_code == 401
    assert Program(back["code"]).get("me").status_code == 401


def test_a_token_in_the_address_does_not_count(app):
    secret = app.tokens_of()["access_token"]

    answer = Client().get(f"me?access_token={secret}")

    assert answer.status_code == 401


def test_a_token_does_not_sign_in(app):
    caller = Program(app.tokens_of()["access_token"])

    assert caller.get("/api/v1/session").json()["authenticated"] is False
    assert caller.get("/_allauth/browser/v1/auth/session").status_code == 401


def test_allowing_more_later_widens_no_token_of_before(app):
    before = Program(app.tokens_of(scope="company:read")["access_token"])
    app.tokens_of(scope="company:write")

    assert before.post("records/company", {"values": {"name": "x"}}).status_code == 403
