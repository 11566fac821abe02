"""Formulas over HTTP: previews while somebody writes, and the functions there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.engine.http.queries import only
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.objects.computed import functions as language
from guanxi.engine.objects.computed.functions.declare import GROUPS
from guanxi.engine.objects.computed.functions.operators import SIGNS
from guanxi.engine.objects.computed.problems import Problem
from guanxi.engine.objects.computed.results import RESULTS
from guanxi.engine.objects.computed.tree import Function
from guanxi.engine.records import previews
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence
from guanxi.kit import money

_SETTINGS = ("result", "decimals", "currency", "target")
_LONGEST = 20_000


def formula_preview(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """What a formula gives over a record or values, or what is wrong with it and where; nothing is kept."""
    body = json_object(request)
    only(body, ("expression", "record", "values", *_SETTINGS))
    text, given = body.get("expression"), body.get("values")
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise BadRequest("request.bad_parameter", {"name": "expression", "reason": "text"})
    if given is not None and not isinstance(given, dict):
        raise BadRequest("request.bad_parameter", {"name": "values", "reason": "object"})
    record = None if body.get("record") is None else uuid_of(body["record"], "record")
    settings = _settings(body)
    with request_work(request, workspace) as ctx:
        found = previews.preview(ctx, object, text, record, given, settings)
        spoken = ctx.language
    made = found.formula
    return json_response(
        {
            "type": {"name": made.type.name, "target": made.type.target, "currency": made.type.currency}
            if made
            else None,
            "value": found.value,
            "text": found.text,
            "errors": [_error(one, spoken) for one in found.problems],
            "references": [
                {"from": one.span.start, "to": one.span.end, "path": one.path, "label": one.label, "kind": one.kind}
                for one in (made.references if made else ())
                if one.path
            ],
            "canonical": made.canonical if made else None,
            "display": made.shown if made else None,
        }
    )


def _settings(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The settings of the field that is being made; None when nothing is said of its result."""
    found = {name: body[name] for name in _SETTINGS if body.get(name) is not None}
    if not found:
        return None
    result, digits = found.get("result"), found.get("decimals", 2)
    allowed = [key for key, _ in RESULTS]
    if result not in allowed:
        raise BadRequest("request.bad_parameter", {"name": "result", "reason": ", ".join(allowed)})
    if isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= 10:
        raise BadRequest("request.bad_parameter", {"name": "decimals", "reason": "0 … 10"})
    if found.get("currency", "CNY") not in money.CURRENCIES:
        raise BadRequest("request.bad_parameter", {"name": "currency", "reason": ", ".join(money.CURRENCIES)})
    return found


def _error(one: Problem, spoken: str) -> dict[str, Any]:
    message = sentence(one.code, one.params, spoken)
    return {
        "from": one.span.start, "to": one.span.end, "code": one.code, "params": dict(one.params), "message": message,
    }  # fmt: skip


def formula_functions(request: HttpRequest, workspace: str) -> HttpResponse:
    """The functions, operators and constants that formulas may be made of."""
    with request_work(request, workspace):
        return json_response(
            {
                "groups": [{"key": key, "label": dict(label)} for key, label in GROUPS.items()],
                "functions": [_function(one) for one in language.offered()],
                "operators": [{"sign": sign, "help": dict(help_)} for sign, help_ in SIGNS],
                "constants": [
                    {"name": "TRUE", "zh": "真"},
                    {"name": "FALSE", "zh": "假"},
                    {"name": "BLANK()", "zh": "空"},
                ],
            }
        )


def _function(one: Function) -> dict[str, Any]:
    return {
        "name": one.name,
        "zh": one.zh,
        "group": one.group,
        "signature": {spoken: _signature(one, spoken) for spoken in ("zh-CN", "en")},
        "help": dict(one.help or {}),
        "example": one.example,
        "result": one.result.name if one.result else "same",
    }


def _signature(one: Function, spoken: str) -> str:
    shown = []
    for parameter in one.parameters:
        name = parameter.name[spoken] + ("…" if parameter.repeated else "")
        shown.append(f"[{name}]" if parameter.optional else name)
    name = one.zh if spoken == "zh-CN" else one.name
    return f"{name}({', '.join(shown)})"
