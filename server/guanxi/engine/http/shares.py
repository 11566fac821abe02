"""With whom one record is shared; thin: parse, one call of the engine, answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.records import shares
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

_LEVELS = ("read", "edit")


def shared(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002 - words of the API
    """Members, departments and roles that a record is shared with."""
    with request_work(request, workspace) as ctx:
        return json_response(_answer(ctx, object, id))


def share(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002
    """Share a record with a member, a department and all below it, or a role; or change the level or the end."""
    body = json_object(request)
    kinds: list[shares.Kind] = [kind for kind in shares.KINDS if body.get(kind) is not None]
    if len(kinds) != 1 or not body.keys() <= {*shares.KINDS, "level", "expires_at"}:
        raise BadRequest("request.bad_parameter", {"name": "member", "reason": ", ".join(shares.KINDS)})
    level = body.get("level")
    if level not in _LEVELS:
        raise BadRequest("request.bad_parameter", {"name": "level", "reason": ", ".join(_LEVELS)})
    (kind,) = kinds
    with request_work(request, workspace, {"share": object}) as ctx:
        shares.grant(ctx, object, uuid_of(id), kind, uuid_of(body[kind], kind), level, _until(body))
        answer = _answer(ctx, object, id)
    return json_response(answer)


def _until(body: Mapping[str, Any]) -> datetime | None:
    """The moment at which the share ends, told with its offset from UTC."""
    raw = body.get("expires_at")
    if raw is None:
        return None
    try:
        until = datetime.fromisoformat(str(raw))
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise BadRequest("request.bad_parameter", {"name": "expires_at", "reason": str(raw)[:40]})
    return until


def unshare(request: HttpRequest, workspace: str, object: str, id: str, share: str) -> HttpResponse:  # noqa: A002
    """End a share."""
    with request_work(request, workspace, {"share": object}) as ctx:
        shares.revoke(ctx, object, uuid_of(id), uuid_of(share))
        answer = _answer(ctx, object, id)
    return json_response(answer)


def _answer(ctx: Context, object_key: str, record: str) -> dict[str, Any]:
    return shares.shared(ctx, object_key, uuid_of(record))
