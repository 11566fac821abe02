"""JSON answers, written by orjson."""

from decimal import Decimal
from typing import Any

import orjson
from django.http import HttpResponse

JSON = "application/json"
PROBLEM = "application/problem+json"


def dumps(data: Any) -> bytes:
    """`data` as JSON: UUIDs, dates and datetimes in ISO form, Decimals as strings, tuples as lists."""
    return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def json_response(data: Any, status: int = 200, content_type: str = JSON) -> HttpResponse:
    """An answer with `data` as its body."""
    return HttpResponse(dumps(data), status=status, content_type=content_type)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (set, frozenset)):
        return list(value)
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(f"{type(value).__name__} has no JSON form")
