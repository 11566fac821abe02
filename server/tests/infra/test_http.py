"""The HTTP kit: problems, languages, request numbers, bodies, headers, screens."""

import json

import pytest
from django.test import Client as DjangoClient
from django.test import RequestFactory

from guanxi.infra.errors import BadRequest, Conflict, FieldError, Invalid
from guanxi.infra.http import screens
from guanxi.infra.http.bodies import json_body, json_object
from guanxi.infra.http.refusals import problem
from guanxi.infra.i18n import LANGUAGES, negotiate, sentence, sentences


def _request(body: bytes = b"", **headers: str):
    return RequestFactory().generic("POST", "/api/v1/acme/x", body, "application/json", headers=headers)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-CN"),
        ("en", "en"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr, zh-TW;q=0.8, en;q=0.9", "en"),
        ("de", "zh-CN"),
        ("en;q=0, zh;q=0.1", "zh-CN"),
        ("zh;q=broken, en;q=0.2", "en"),
    ],
)
def test_the_language_a_browser_prefers_is_spoken(header, language):
    assert negotiate(header) == language


def test_a_missing_parameter_never_hides_the_sentence():
    assert sentence("request.too_large", {}, "en") == "The request is larger than the limit of {limit} bytes."
    assert sentence("no.such_code", {}, "en") == "no.such_code"


def test_both_languages_say_the_same_things():
    assert sentences(LANGUAGES[0]).keys() == sentences(LANGUAGES[1]).keys()


def test_a_refusal_is_a_problem_with_code_sentence_and_params():
    answer = problem(_request(Accept_Language="en"), Conflict("database.too_old", {"found": 14, "needed": 15}))

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "code": "database.too_old",
        "detail": "The database is PostgreSQL 14; version 15 or newer is needed.",
        "params": {"found": 14, "needed": 15},
        "request_id": "",
    }


def test_refused_fields_are_named_with_their_sentences():
    refusal = Invalid([FieldError("name", "request.wrong_parameter", {"reason": "空"}, row=3)])
    body = json.loads(problem(_request(Accept_Language="zh"), refusal).content)

    assert body["fields"] == [
        {
            "field": "name",
            "code": "request.wrong_parameter",
            "message": "此参数无效：空",
            "params": {"reason": "空"},
            "row": 3,
        }
    ]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"{'a': 1}", b"NaN"])
def test_what_is_not_json_is_a_bad_request(body):
    with pytest.raises(BadRequest) as refused:
        json_body(_request(body))
    assert refused.value.code == "request.bad_json"


def test_an_object_is_demanded_where_one_is_needed():
    assert json_object(_request(b"")) == {}
    assert json_object(_request(b'{"a": 1}')) == {"a": 1}
    with pytest.raises(BadRequest) as refused:
        json_object(_request(b"[1]"))
    assert refused.value.code == "request.not_an_object"


def test_a_bug_tells_its_number_and_nothing_else(database, monkeypatch, caplog):
    monkeypatch.setattr("guanxi.infra.http.health.connection", None)
    client = DjangoClient(raise_request_exception=False)
    answer = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})

    assert answer.status_code == 500
    assert answer["X-Request-ID"] == "from-the-proxy-1"
    assert "NoneType" not in answer.content.decode()


def test_an_unknown_address_of_the_api_is_a_problem(database):
    answer = DjangoClient().get("/api/v1/acme/no/such/thing", headers={"Accept-Language": "en"})

    assert answer.status_code == 404
    assert answer.json()["code"] == "request.not_found"
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_a_write_without_the_token_of_the_session_is_refused(client):
    person = client("administrator")
    person.django.handler.enforce_csrf_checks = True
    answer = person.post("records/company", {"values": {"name": "华为"}})

    assert answer.status_code == 403
    assert answer.json()["code"] == "request.csrf"


@pytest.fixture
def built(tmp_path, monkeypatch):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "main-abc.js").write_text("plain")
    (tmp_path / "assets" / "main-abc.js.gz").write_bytes(b"packed")
    (tmp_path.parent / "secret").write_text("never")
    monkeypatch.setattr(screens, "FOLDER", tmp_path)
    screens.build.cache_clear()
    yield tmp_path
    screens.build.cache_clear()


def _content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_assets_are_kept_for_ever_and_packed_for_who_can_unpack(built):
    plain = DjangoClient().get("/assets/main-abc.js")
    packed = DjangoClient().get("/assets/main-abc.js", headers={"Accept-Encoding": "br, gzip"})
    again = DjangoClient().get("/assets/main-abc.js", headers={"If-None-Match": plain["ETag"]})

    assert _content(plain) == b"plain"
    assert plain["Content-Type"] == "text/javascript"
    assert plain["Cache-Control"] == "public, max-age=31536000, immutable"
    assert _content(packed) == b"packed"
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Type"] == "text/javascript"
    assert again.status_code == 304


def test_every_other_address_is_the_client_and_never_a_file_outside_the_build(built):
    for address in ("/", "/acme/opportunities", "/../secret", "/%2e%2e/secret"):
        answer = DjangoClient().get(address)
        assert _content(answer) == b"<!doctype html>"
        assert answer["Cache-Control"] == "no-cache"
    assert DjangoClient().get("/assets/gone.js").status_code == 404


def test_before_the_build_the_page_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(screens, "FOLDER", tmp_path)
    screens.build.cache_clear()
    answer = DjangoClient().get("/", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert "make run" in answer.content.decode()
