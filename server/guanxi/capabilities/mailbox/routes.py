"""Mailboxes over HTTP: what is told of them; what is done with them are actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.mailbox.actions import RIGHT
from guanxi.capabilities.mailbox.shapes import Mailboxes
from guanxi.capabilities.mailbox.telling import told
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.errors import NotAllowed
from guanxi.infra.http.responses import json_response

FLOWS = "automation"
"""Whoever writes flows chooses among the mailboxes."""


def mailboxes(request: HttpRequest, workspace: str) -> HttpResponse:
    """The mailboxes of the workspace, how reading them goes, and what to do where it does not."""
    with request_work(request, workspace) as ctx:
        if not (ctx.actor.may(RIGHT) or ctx.actor.may(FLOWS)):
            raise NotAllowed("mailbox.right_needed")
        return json_response(told(ctx))


ROUTES = (Route("GET", "mailboxes", mailboxes, "mailbox", Mailboxes),)
