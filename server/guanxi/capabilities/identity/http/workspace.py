"""The settings of the workspace itself: its name, currency, time zone and fiscal year, for those who configure it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.shapes import MeWorkspace, WorkspaceSettings
from guanxi.engine.audit import note
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.errors import FieldError, Invalid, NotAllowed
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.kit.money import CURRENCIES

LONGEST_NAME = 100


def change_workspace(request: HttpRequest, workspace: str) -> HttpResponse:
    """Change what is given; Invalid names every value that cannot be, and nothing is changed then."""
    given = json_object(request)
    with request_work(request, workspace) as ctx:
        if not ctx.actor.may("configure"):
            raise NotAllowed("actions.not_allowed")
        values = {key: value.strip() if isinstance(value, str) else value for key, value in given.items()}
        problems = _problems(values)
        if problems:
            raise Invalid(problems)
        row = Workspace.objects.get(pk=ctx.workspace.id)
        changed = {key: {"old": getattr(row, key), "new": value} for key, value in values.items()}
        fields = [{"code": f"audit.detail_{key}"} for key in changed]
        note(ctx, "workspace_change", details={"fields": fields, **changed})
        Workspace.objects.filter(pk=ctx.workspace.id).update(**values)
        return json_response(told(Workspace.objects.get(pk=ctx.workspace.id)))


def told(row: Workspace) -> MeWorkspace:
    """A workspace as its people are told of it."""
    return {
        "slug": row.slug,
        "name": row.name,
        "time_zone": row.time_zone,
        "currency": row.currency,
        "fiscal_month": row.fiscal_month,
        "is_sample": row.is_sample,
    }


def _problems(values: Mapping[str, Any]) -> list[FieldError]:
    found = []
    for key, value in values.items():
        shown = {"value": str(value)[:40]}
        if key == "name":
            if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME:
                found.append(FieldError(key, "identity.workspace_name", {"limit": LONGEST_NAME}))
        elif key == "currency":
            if not isinstance(value, str) or value not in CURRENCIES:
                found.append(FieldError(key, "identity.workspace_currency", shown))
        elif key == "time_zone":
            if not isinstance(value, str) or value not in available_timezones():
                found.append(FieldError(key, "identity.workspace_time_zone", shown))
        elif key == "fiscal_month":
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 12:
                found.append(FieldError(key, "identity.workspace_fiscal_month", shown))
        else:
            found.append(FieldError(key, "identity.workspace_unknown_setting", {"key": key[:40]}))
    return found


ROUTES = (Route("PATCH", "workspace", change_workspace, "identity", MeWorkspace, body=WorkspaceSettings),)
