"""Quotes as PDF: in both languages, by a template, for those who may see them."""

from typing import Any

from tests.areas.quotes.conftest import Desk
from tests.areas.quotes.test_links import Stranger
from tests.support.clients import Client


def pdf(client: Client, quote: str, query: str = "") -> Any:
    return client.get(f"quotes/{quote}/pdf{query}")


def test_a_quote_is_printed_in_both_languages(desk: Desk) -> None:
    quote = desk.quote()
    desk.add(quote, name='#set text(red) *粗* $x$ <a> \\ "', list_price="1.2345", optional=True)
    desk.add(quote, kind="subtotal", name="")
    desk.sales.patch(f"records/quote/{quote}", {"values": {"terms": "第一条\n#第二条", "discount": 5}})

    for language in ("zh-CN", "en"):
        answer = pdf(desk.sales, quote, f"?language={language}")
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_template_has_its_texts_and_columns(desk: Desk) -> None:
    values = {
        "name": "标准",
        "language": "zh-CN",
        "is_default": True,
        "title": "产品报价",
        "columns": ["quantity", "unit_price"],
    }
    template = desk.admin.make("quote_template", **values)
    quote = desk.quote()

    assert pdf(desk.sales, quote).content[:5] == b"%PDF-"
    assert pdf(desk.sales, quote, f"?template={template['id']}&language=en").status_code == 200
    refused = desk.sales.post("records/quote_template", {"values": {"name": "x", "language": "en"}})
    assert refused.status_code == 403


def test_only_who_sees_a_quote_prints_it(desk: Desk) -> None:
    quote = desk.quote()
    assert pdf(Client.signed_in_as("other_salesperson"), quote).status_code == 404
    stranger = Stranger(desk.act("share_quote", quote=quote)["path"])
    assert stranger.client.get(f"/api/v1/acme/quotes/{quote}/pdf").status_code == 401
    answer = stranger.client.get(f"/api/offers/{stranger.token}/pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert stranger.client.get(f"/api/offers/{stranger.token}x/pdf").status_code == 404
