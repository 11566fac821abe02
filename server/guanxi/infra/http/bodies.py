"""JSON request bodies, refused with a clear 400 when they are not what was asked for."""

from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from guanxi.infra.errors import BadRequest, LimitReached


def json_body(request: HttpRequest) -> Any:
    """The decoded body, None when it is empty; BadRequest when it is not JSON, LimitReached when too large."""
    try:
        body = request.body
    except RequestDataTooBig as error:
        from django.conf import settings

        raise LimitReached("request.too_large", {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}) from error
    if not body.strip():
        return None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest("request.bad_json", {"reason": str(error)}) from error


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The decoded body as an object, {} when it is empty; BadRequest for any other JSON value."""
    body = json_body(request)
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise BadRequest("request.not_an_object")
    return body
