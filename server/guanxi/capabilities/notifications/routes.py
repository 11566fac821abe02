"""Notifications over HTTP: everybody's own."""

from __future__ import annotations

from typing import get_type_hints

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.notifications import reading
from guanxi.capabilities.notifications.shapes import (
    NotificationParameters,
    Notifications,
    ReadNotifications,
    UnreadNotifications,
)
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

MOST_MARKED = 1000


def read_notifications(request: HttpRequest, workspace: str) -> HttpResponse:
    """One's own notifications, latest first."""
    asked = request.GET.dict()
    only(asked, get_type_hints(NotificationParameters))
    limit = int_of(asked.get("limit"), "limit", 30)
    with request_work(request, workspace) as ctx:
        unread = asked.get("unread") == "1"
        return json_response(reading.page(ctx, unread=unread, limit=limit, cursor=asked.get("cursor") or None))


def mark_notifications_read(request: HttpRequest, workspace: str) -> HttpResponse:
    """Mark some of one's own notifications as read, or all."""
    body = json_object(request)
    only(body, get_type_hints(ReadNotifications))
    ids = body.get("ids")
    if body.get("all") is not True and not isinstance(ids, list):
        raise BadRequest("notifications.which_ones")
    if isinstance(ids, list) and len(ids) > MOST_MARKED:
        raise BadRequest("records.too_many", {"limit": MOST_MARKED, "count": len(ids)})
    marked = None if body.get("all") is True else [uuid_of(one) for one in ids or ()]
    with request_work(request, workspace) as ctx:
        return json_response({"unread": reading.mark_read(ctx, marked)})


ROUTES = (
    Route("GET", "notifications", read_notifications, "notifications", Notifications, query=NotificationParameters),
    Route(
        "POST", "notifications/read", mark_notifications_read, "notifications", UnreadNotifications,
        body=ReadNotifications,
    ),
)  # fmt: skip
