"""Refusals and bugs as RFC 9457 problems, in the caller's language."""

import logging
from collections.abc import Callable
from typing import Any, NotRequired

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.infra.errors import FieldError, Invalid, NotAllowed, NotFound, Refusal
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.request_ids import request_id
from guanxi.infra.http.responses import PROBLEM, json_response
from guanxi.infra.i18n import sentence

log = logging.getLogger("guanxi.http")


class FieldProblem(TypedDict):
    """A value that was refused; `row` counts from 0 in a list of records."""

    field: str
    code: str
    message: str
    params: dict[str, Any]
    row: NotRequired[int]


class Problem(TypedDict):
    """RFC 9457 problem; `code` and `params` are stable, `detail` is in the caller's language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    params: dict[str, Any]
    request_id: str
    fields: NotRequired[list[FieldProblem]]


def problem(request: HttpRequest, refusal: Refusal, status: int | None = None) -> HttpResponse:
    """The answer for a refusal: code, sentence, parameters, refused fields and the request's number."""
    language = language_of(request)
    body: Problem = {
        "type": "about:blank",
        "title": sentence(f"status.{status or refusal.status}", {}, language),
        "status": status or refusal.status,
        "code": refusal.code,
        "detail": sentence(refusal.code, refusal.params, language),
        "params": refusal.params,
        "request_id": request_id(),
    }
    if isinstance(refusal, Invalid):
        body["fields"] = [field_problem(error, language) for error in refusal.fields]
    return json_response(body, body["status"], PROBLEM)


def failure(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer for a bug: its number and nothing else; the whole story goes to the log."""
    log.error("%s %s failed, request %s", request.method, request.path, request_id(), exc_info=error)
    return problem(request, Refusal("request.failed", {"request_id": request_id()}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer when a write came without the token of the caller's own session."""
    return problem(request, NotAllowed("request.csrf", {"reason": reason}))


def unknown_address(request: HttpRequest, **_: object) -> HttpResponse:
    """The answer for an address of the API that does not exist."""
    return problem(request, NotFound("request.not_found"))


class Refusals:
    """Middleware: every exception of a view becomes a problem, and so do bare 404 and 405 answers of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/") and "json" not in response.headers.get("Content-Type", ""):
            if response.status_code == 405:
                refusal = Refusal("request.method_not_allowed", {"method": request.method})
                return problem(request, refusal, status=405)
            if response.status_code == 404:
                return unknown_address(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's hook: what a view raised."""
        if isinstance(error, Refusal):
            return problem(request, error)
        return failure(request, error) if request.path.startswith("/api/") else None


def field_problem(error: FieldError, language: str) -> FieldProblem:
    """A refused value with its sentence."""
    shown: FieldProblem = {
        "field": error.field,
        "code": error.code,
        "message": sentence(error.code, error.params, language),
        "params": dict(error.params),
    }
    return shown if error.row is None else {**shown, "row": error.row}
