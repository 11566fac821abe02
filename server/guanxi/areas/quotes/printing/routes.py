"""A quote as PDF, for whoever may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.areas.quotes.printing.data import printed
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Content, Route
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound

LANGUAGES = ("zh-CN", "en")


class PrintParameters(TypedDict, total=False):
    """The language, that of the caller unless given, and the template, the default one of the language unless given."""

    language: str
    template: str


def print_quote(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """The quote as it is printed. NotFound for one that the caller does not see."""
    with request_work(request, workspace) as ctx:
        ctx.object("quote")
        if id not in reads.visible(ctx, "quote", [id]):
            raise NotFound("records.not_found", {"object": "quote", "id": str(id)})
        wanted = request.GET.get("language") or ctx.language
        template = request.GET.get("template")
        language = wanted if wanted in LANGUAGES else LANGUAGES[0]
        return answer(printed(ctx, id, language, uuid_of(template, "template") if template else None))


def answer(content: bytes) -> HttpResponse:
    """A PDF that may be shown in the page."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="quote.pdf"'
    response["Cache-Control"] = "no-store"
    return response


ROUTES = (
    Route("GET", "quotes/<uuid:id>/pdf", print_quote, "quotes", Content(("application/pdf",)), query=PrintParameters),
)
