"""A stranger fills a form in: one lead, once, whatever they try; and nothing else of the workspace is told or reached."""

import re

import pytest
from django.test import Client as Browser
from django.test import override_settings

from guanxi.areas.web_forms import pages, state
from guanxi.areas.web_forms.tokens import new_token, workspace_of
from guanxi.infra.http.limits import BUCKETS
from tests.support import world

FIELDS = [
    {"field": "name", "required": True}, {"field": "company_name"}, {"field": "mobile", "required": True},
    {"field": "mail"}, {"field": "industry"}, {"field": "need", "label": "您的需求", "label_en": "What do you need?"},
]  # fmt: skip
ANSWERS = {
    "q.name": "李娜",
    "q.mobile": "138 1234 5678",
    "q.company_name": "瑞恒精密",
    "q.need": "仓储系统",
    "q.industry": "machinery",
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nobody has called yet, and a page may be sent at once."""
    monkeypatch.setattr(BUCKETS, "_levels", {})
    monkeypatch.setattr(state, "LEAST_SECONDS", 0)


@pytest.fixture
def admin(client):
    return client("administrator")


@pytest.fixture
def member():
    """A function from the name of a person of the world to their id."""
    return lambda name: str(world.membership(name).member_id)


@pytest.fixture
def form(admin):
    """A form as the administrator made it."""
    return admin.make(
        "web_form", name="官网咨询", title="预约演示", title_en="Book a demo", fields=FIELDS, campaign="春季",
        origins="https://www.example.com\nhttp://localhost:8080",
    )  # fmt: skip


@pytest.fixture
def stranger():
    """A browser that nobody signed in with."""
    return Browser(enforce_csrf_checks=True)


def drawn(stranger, form, query=""):
    page = stranger.get(f"/f/{form['token']}{query}")
    assert page.status_code == 200
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))


def send(stranger, form, query="", **changed):
    hidden = drawn(stranger, form, query)
    return stranger.post(f"/f/{form['token']}", {**hidden, **ANSWERS, **changed})


def rows(admin, key):
    return admin.get(f"records/{key}?limit=100").json()["rows"]


def test_a_submission_becomes_a_lead_with_where_it_came_from(admin, form, stranger, member):
    admin.patch(f"records/web_form/{form['id']}", {"values": {"assign_to": member("salesperson")}})
    query = "?utm_source=baidu&utm_medium=cpc&utm_campaign=双十一&page_url=https://www.example.com/demo"
    answer = send(stranger, form, query)

    assert answer.status_code == 200
    assert "提交成功" in answer.content.decode()
    (lead,) = rows(admin, "lead")
    assert (lead["name"], lead["mobile"], lead["source"], lead["campaign"]) == (
        "李娜",
        "+8613812345678",
        "website",
        "双十一",
    )
    assert (lead["web_form"]["id"], lead["owner"]["id"], lead["industry"]) == (
        form["id"],
        member("salesperson"),
        "machinery",
    )
    (kept,) = rows(admin, "form_submission")
    assert kept["about"]["id"] == lead["id"]
    assert (kept["utm_source"], kept["utm_medium"], kept["page_url"]) == (
        "baidu",
        "cpc",
        "https://www.example.com/demo",
    )
    assert "您的需求: 仓储系统" in kept["answers"]
    assert kept["is_repeat"] is False


def test_one_page_makes_one_submission(admin, form, stranger):
    hidden = drawn(stranger, form)
    for _ in range(3):
        answer = stranger.post(f"/f/{form['token']}", {**hidden, **ANSWERS})
        assert "提交成功" in answer.content.decode()
    assert (len(rows(admin, "lead")), len(rows(admin, "form_submission"))) == (1, 1)


@pytest.mark.parametrize("changed", [{}, {"q.mobile": "13900000000", "q.mail": "LINA@example.com"}])
def test_somebody_known_gets_no_second_lead_and_is_not_told(admin, form, stranger, changed):
    first = send(stranger, form, **{"q.mail": "lina@example.com"})
    second = send(stranger, form, **{"q.name": "别的名字", "q.company_name": "别的公司", **changed})

    assert re.sub(r'nonce[-="\w]*', "", first.content.decode()) == re.sub(r'nonce[-="\w]*', "", second.content.decode())
    (lead,) = rows(admin, "lead")
    assert (lead["name"], lead["company_name"]) == ("李娜", "瑞恒精密")
    kept = {row["is_repeat"]: row for row in rows(admin, "form_submission")}
    assert kept[True]["about"]["id"] == lead["id"]
    assert "别的公司" in kept[True]["answers"]


def test_a_converted_lead_s_contact_is_told(admin, form, stranger):
    send(stranger, form)
    (lead,) = rows(admin, "lead")
    became = admin.post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}}).json()["result"]
    send(stranger, form)

    repeated = next(row for row in rows(admin, "form_submission") if row["is_repeat"])
    assert repeated["about"]["object"] == "contact"
    assert repeated["about"]["id"] == became["contact"]
    assert len(rows(admin, "lead")) == 1


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"q.name": " "}, 422, "请填写此项"), ({"q.mobile": "12"}, 422, "problem-mobile"),
        ({"q.industry": "secret"}, 422, "problem-industry"), ({"state": "made up"}, 409, "已保留"),
        ({"q.name": "长" * 500}, 422, "problem-name"), ({"q.name": "nul\0l"}, 200, "提交成功"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_written_is_kept(admin, form, stranger, changed, status, said):
    answer = send(stranger, form, **changed)

    assert answer.status_code == status
    assert said in answer.content.decode()
    if status != 200:
        assert "仓储系统" in answer.content.decode()
        assert rows(admin, "lead") == rows(admin, "form_submission") == []


def test_programs_are_kept_out(admin, form, stranger, monkeypatch):
    assert "提交成功" in send(stranger, form, **{pages.TRAP: "x"}).content.decode()
    monkeypatch.setattr(state, "LEAST_SECONDS", 60)
    assert send(stranger, form).status_code == 409
    monkeypatch.setattr(state, "LEAST_SECONDS", 0)
    hidden = drawn(stranger, form)
    monkeypatch.setattr(state, "MOST_SECONDS", -1)
    assert stranger.post(f"/f/{form['token']}", {**hidden, **ANSWERS}).status_code == 409
    assert rows(admin, "lead") == []


def test_who_mends_an_answer_waits_no_second_time(form, stranger):
    hidden = drawn(stranger, form)
    answer = stranger.post(f"/f/{form['token']}", {**hidden, **ANSWERS, "q.name": ""})
    assert f'name="state" value="{hidden["state"]}"' in answer.content.decode()


def test_a_state_is_good_for_one_form(admin, form, stranger):
    other = admin.make("web_form", name="另一个", fields=FIELDS)
    hidden = drawn(stranger, other)
    assert stranger.post(f"/f/{form['token']}", {**hidden, **ANSWERS}).status_code == 409
    assert rows(admin, "lead") == []


@override_settings(WEB_WORKERS=1)
def test_there_are_limits(form, stranger, monkeypatch):
    monkeypatch.setattr(BUCKETS, "_clock", lambda: 0.0)
    large = stranger.post(f"/f/{form['token']}", {**ANSWERS, "q.need": "x" * (pages.LARGEST + 1)})
    assert large.status_code == 429
    for _ in range(pages.SENT_A_MINUTE):
        last = stranger.post(f"/f/{form['token']}", {"state": "x"})
    assert last.status_code == 429
    for _ in range(pages.LOOKS_A_MINUTE):
        last = stranger.get(f"/f/{form['token']}")
    assert last.status_code == 429


@pytest.mark.parametrize("kind", ["none", "unknown", "other", "idle", "deleted"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_no_form_looks_the_same(admin, form, stranger, kind, method):
    token = form["token"]
    if kind == "none":
        token = "nothing"
    elif kind == "unknown":
        token = new_token(workspace_of(token))
    elif kind == "other":
        token = new_token(999_999)
    elif kind == "idle":
        admin.patch(f"records/web_form/{form['id']}", {"values": {"active": False}})
    elif kind == "deleted":
        admin.delete(f"records/web_form/{form['id']}")
    answer = getattr(stranger, method)(f"/f/{token}")

    assert answer.status_code == 404
    told = re.sub(r'nonce[-="\w]*', "", answer.content.decode())
    assert "这个表单不存在或已停用" in told
    assert world.workspace().name not in told
    assert stranger.get(f"/f/{token}/embed.js").status_code == 404


def test_a_page_tells_of_nothing_but_its_form(admin, form, stranger):
    admin.make("lead", name="机密客户", company_name="机密公司")
    page = stranger.get(f"/f/{form['token']}")
    told = page.content.decode()

    for hidden in ("机密", world.workspace().slug, world.workspace().name, form["id"], "administrator", "春季"):
        assert hidden not in told
    assert not page.cookies
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.example.com http://localhost:8080" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in page.headers
    assert stranger.get("/healthz").headers["X-Frame-Options"] == "DENY"
    for method in ("put", "patch", "delete"):
        assert getattr(stranger, method)(f"/f/{form['token']}").status_code == 405


def test_what_is_written_into_the_page_is_text(form, stranger):
    answer = send(
        stranger,
        form,
        '?utm_source="><script>alert(1)</script>',
        **{"q.mobile": "1", "q.need": "</textarea><script>x()</script>"},
    )
    assert "<script>alert" not in answer.content.decode()
    assert "<script>x()" not in answer.content.decode()


def test_the_page_speaks_both_languages(form, stranger):
    assert "Book a demo" in stranger.get(f"/f/{form['token']}?lang=en").content.decode()
    assert "What do you need?" in stranger.get(f"/f/{form['token']}?lang=en").content.decode()
    assert "预约演示" in stranger.get(f"/f/{form['token']}?lang=zh-CN").content.decode()


def test_the_script_for_other_sites(form, stranger):
    answer = stranger.get(f"/f/{form['token']}/embed.js")
    assert answer.status_code == 200
    assert form["token"] in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"fields": []}, "web_forms.fields_needed"), ({"fields": [{"field": "need"}]}, "web_forms.nobody_named"),
        ({"fields": [{"field": "name"}, {"field": "name"}]}, "web_forms.bad_field"),
        ({"fields": [{"field": "name"}, {"field": "grade"}]}, "web_forms.bad_field"),
        ({"fields": [{"field": "name"}, {"field": "owner"}]}, "web_forms.bad_field"),
        ({"fields": [{"field": "name", "script": "x"}]}, "web_forms.bad_field"),
        ({"fields": ["name"]}, "web_forms.bad_field"), ({"source": "moon"}, "web_forms.bad_source"),
        ({"origins": "*"}, "web_forms.bad_origin"), ({"origins": "https://a.example/; script-src *"}, "web_forms.bad_origin"),
        ({"token": "0-aaaaaaaaaaaaaaaaaaaaaa"}, "fields.read_only"),
    ],
)  # fmt: skip
def test_forms_that_make_no_sense(admin, form, changed, code):
    answer = admin.patch(f"records/web_form/{form['id']}", {"values": changed})
    assert answer.status_code == 422
    assert code in answer.content.decode() or code == "fields.read_only"


@pytest.mark.parametrize("who", ["manager", "salesperson", "read_only"])
def test_only_who_configures_makes_forms(client, form, who):
    person = client(who)
    assert person.patch(f"records/web_form/{form['id']}", {"values": {"title": "x"}}).status_code in (403, 404)
    assert person.post("web-forms/preview", {"values": {"fields": FIELDS}}).status_code == 403


def test_a_draft_is_drawn_and_nothing_is_written(admin, form):
    answer = admin.post("web-forms/preview", {"values": {"title": "草稿<b>", "fields": FIELDS}, "language": "zh-CN"})
    html = answer.json()["html"]
    assert "草稿&lt;b&gt;" in html
    assert "<script" not in html
    assert admin.post("web-forms/preview", {"values": {"fields": [{"field": "owner"}]}}).status_code == 422


def test_submissions_are_for_those_who_see_the_lead_and_never_written_by_hand(admin, client, form, stranger, member):
    admin.patch(f"records/web_form/{form['id']}", {"values": {"assign_to": member("salesperson")}})
    send(stranger, form)
    (kept,) = rows(admin, "form_submission")

    assert [row["id"] for row in rows(client("salesperson"), "form_submission")] == [kept["id"]]
    assert rows(client("other_salesperson"), "form_submission") == []
    assert admin.patch(f"records/form_submission/{kept['id']}", {"values": {"subject": "x"}}).status_code in (409, 422)
    assert admin.delete(f"records/form_submission/{kept['id']}").status_code == 409


@pytest.mark.parametrize("number", [0, 1, 35, 36, 123456])
def test_tokens_name_their_workspace(number):
    assert workspace_of(new_token(number)) == number
    assert new_token(number) != new_token(number)
