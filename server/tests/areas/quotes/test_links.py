"""The customer's page: what a stranger with an address sees and does, and what they do not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as DjangoClient

from guanxi.areas.quotes.rules import states
from guanxi.kit import clock
from tests.areas.quotes.conftest import Desk, Made
from tests.support.clients import Client

PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Stranger:
    """Somebody without an account, with an address."""

    def __init__(self, path: str) -> None:
        self.token = path.removeprefix("/q/")
        self.client = DjangoClient()

    def see(self) -> Any:
        return self.client.get(f"/api/offers/{self.token}")

    def do(self, what: str, **body: Any) -> Any:
        return self.client.post(f"/api/offers/{self.token}/{what}", body, content_type="application/json")


@pytest.fixture
def quote(desk: Desk) -> str:
    quote = desk.quote()
    desk.add(quote, name="培训", list_price="300", optional=True)
    return quote


@pytest.fixture
def stranger(desk: Desk, quote: str) -> Stranger:
    return Stranger(desk.act("share_quote", quote=quote, name="王芳")["path"])


def events(desk: Desk, quote: str) -> list[Made]:
    where = {"where": {"field": "quote", "op": "eq", "value": quote}, "sort": [{"field": "at"}]}
    return desk.sales.post("records/quote_event/query", where).json()["rows"]


def test_the_page_tells_the_offer_and_nothing_else(desk: Desk, quote: str, stranger: Stranger) -> None:
    desk.sales.patch(f"records/quote/{quote}", {"values": {"notes": "底价 600"}})
    answer = stranger.see()
    told = answer.json()

    assert (told["name"], told["status"], told["may_answer"], told["total"]) == ("网关项目", "sent", True, "770")
    assert [(one["name"], one["total"], one["optional"]) for one in told["lines"]][2] == ("培训", "300", True)
    text = answer.content.decode()
    for hidden in ("底价", "unit_cost", "margin", "discount_excess", "price_book", "fingerprint"):
        assert hidden not in text
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "csrftoken" not in stranger.client.cookies
    assert "sessionid" not in stranger.client.cookies


def test_nothing_else_of_the_workspace_is_reachable(desk: Desk, quote: str, stranger: Stranger) -> None:
    for path in (f"records/quote/{quote}", "catalog", "me", f"quotes/{quote}/compared/{quote}", "records/quote_link"):
        assert stranger.client.get(f"/api/v1/acme/{path}").status_code == 401
        assert (
            stranger.client.get(f"/api/v1/acme/{path}", HTTP_AUTHORIZATION=f"Bearer {stranger.token}").status_code
            == 401
        )
    right = stranger.token
    slug, _, secret = right.partition(".")
    for wrong in (f"{slug}.x", slug, f"globex.{secret}", f"{slug}.{secret}x", f"{slug}.{secret.lower()}", "."):
        stranger.token = wrong
        answers = [stranger.see(), stranger.do("acceptance", version=1, name="x"), stranger.do("views")]
        assert [one.status_code for one in answers] == [404] * 3
    (link,) = desk.admin.post("records/quote_link/query", {}).json()["rows"]
    assert secret not in str(link)


def test_views_are_noted_with_their_length_and_version(desk: Desk, quote: str, stranger: Stranger) -> None:
    view = stranger.do("views").json()["view"]
    for seconds in (15, 40, 5):
        assert stranger.do("views", view=view, seconds=seconds).status_code == 200
    other = desk.act("share_quote", quote=quote)["path"]
    Stranger(other).do("views", view=view, seconds=4000)

    (event,) = events(desk, quote)
    assert (event["kind"], event["seconds"], event["version"]) == ("viewed", 40, 1)
    assert desk.seen(quote)["view_count"] == 1


def test_it_is_accepted_with_optional_lines_once(desk: Desk, quote: str, stranger: Stranger) -> None:
    training = stranger.see().json()["lines"][2]["id"]
    fixed = stranger.see().json()["lines"][0]["id"]
    bad = [
        ({"version": 1, "name": "", "chosen": []}, "name"),
        ({"version": 1, "name": "王芳", "chosen": [fixed]}, "chosen"),
        ({"version": 1, "name": "王芳", "signature": "data:image/png;base64,AAAA"}, "signature"),
    ]
    for body, field in bad:
        assert stranger.do("acceptance", **body).json()["fields"][0]["field"] == field
    assert stranger.do("acceptance", version=2, name="王芳").json()["code"] == "quotes.changed_meanwhile"
    assert desk.seen(quote)["status"] == "sent"

    done = stranger.do("acceptance", version=1, name="王芳", chosen=[training], signature=PICTURE)
    assert (done.status_code, done.json()["status"], done.json()["total"]) == (200, "accepted", "1070")
    seen = desk.seen(quote)
    assert (seen["status"], seen["answered_by"], seen["amount"]["amount"]) == ("accepted", "王芳", "1070")
    assert desk.sales.get(f"files/{seen['signature'][0]['id']}").status_code == 200

    again = stranger.do("acceptance", version=1, name="李四", chosen=[])
    assert (again.status_code, again.json()["code"]) == (409, "quotes.accepted_already")
    assert stranger.do("refusal", version=1, name="李四", reason="贵").json()["code"] == "quotes.accepted_already"
    assert desk.seen(quote)["amount"]["amount"] == "1070"
    told = desk.sales.get("notifications").json()["items"]
    assert told[0]["title"] == "客户接受了报价“网关项目”"


def test_it_is_declined_with_a_reason(desk: Desk, quote: str, stranger: Stranger) -> None:
    owner = desk.seen(quote)["owner"]["id"]
    desk.admin.patch(f"records/member/{owner}", {"values": {"language": "en"}})
    assert stranger.do("refusal", version=1, reason=" ").json()["fields"][0]["field"] == "reason"
    assert stranger.do("refusal", version=1, name="王芳", reason="预算取消").status_code == 200
    assert (desk.seen(quote)["status"], desk.seen(quote)["decline_reason"]) == ("declined", "预算取消")
    told = desk.sales.get("notifications").json()["items"]
    assert told[0]["title"] == "The customer declined the quote “网关项目”"
    assert stranger.do("acceptance", version=1, name="王芳").json()["code"] == "quotes.declined_already"


def test_after_its_last_day_nothing_changes(desk: Desk, quote: str, stranger: Stranger, monkeypatch) -> None:
    monkeypatch.setattr(states, "is_over", lambda row, today: row["valid_until"] < today + timedelta(days=31))

    assert (stranger.see().json()["status"], stranger.see().json()["may_answer"]) == ("expired", False)
    refused = stranger.do("acceptance", version=1, name="王芳")
    assert (refused.status_code, refused.json()["code"]) == (409, "quotes.run_out")
    assert "有效期" in refused.json()["detail"]


def test_a_revoked_address_is_dead_and_only_its_people_revoke_it(desk: Desk, quote: str, stranger: Stranger) -> None:
    (link,) = desk.sales.post("records/quote_link/query", {}).json()["rows"]
    other = Client.signed_in_as("other_salesperson")
    assert desk.asked("revoke_link", other, link=link["id"]).status_code in (403, 404)
    assert desk.asked("share_quote", other, quote=quote).status_code in (403, 404)
    assert stranger.see().status_code == 200

    desk.act("revoke_link", link=link["id"])
    assert (stranger.see().status_code, stranger.see().json()["code"]) == (404, "quotes.no_such_link")
    past = (clock.now() - timedelta(days=1)).isoformat()
    assert (
        desk.asked("share_quote", quote=quote, expires_at=past).json()["fields"][0]["code"]
        == "quotes.expires_in_the_past"
    )


def test_the_address_goes_on_to_the_version_that_was_sent(desk: Desk, quote: str, stranger: Stranger) -> None:
    new = desk.act("new_version", quote=quote)["quote"]
    assert (stranger.see().json()["version"], stranger.see().json()["status"]) == (1, "superseded")
    assert stranger.do("acceptance", version=1, name="王芳").json()["code"] == "quotes.newer_version"
    desk.act("mark_sent", quote=new)
    assert (stranger.see().json()["version"], stranger.see().json()["may_answer"]) == (2, True)
    assert stranger.do("acceptance", version=1, name="王芳").json()["code"] == "quotes.changed_meanwhile"


def test_remarks_are_kept(desk: Desk, quote: str, stranger: Stranger) -> None:
    assert stranger.do("remarks", text="").status_code == 422
    told = stranger.do("remarks", text="能否月结？", name="王芳").json()["remarks"]
    assert [(one["text"], one["person"]) for one in told] == [("能否月结？", "王芳")]
    assert [one["kind"] for one in events(desk, quote)] == ["commented"]
