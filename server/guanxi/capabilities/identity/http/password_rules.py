"""What the passwords of a workspace's people must be, for those who look after its security."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.security.password_rules import (
    LONGEST_MINIMUM,
    MOST_REMEMBERED,
    installation_rules,
)
from guanxi.capabilities.identity.shapes import PasswordRules, PasswordRulesChange
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.errors import FieldError, Invalid, NotAllowed
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response


def read_password_rules(request: HttpRequest, workspace: str) -> HttpResponse:
    """The rules of the workspace beside those of the installation."""
    with request_work(request, workspace) as ctx:
        return json_response(_told(_allowed(ctx)))


def change_password_rules(request: HttpRequest, workspace: str) -> HttpResponse:
    """Change what is given; it holds for the next password that anybody sets. Invalid changes nothing."""
    given = json_object(request)
    with request_work(request, workspace) as ctx:
        row = _allowed(ctx)
        problems = _problems(given)
        if problems:
            raise Invalid(problems)
        row.password_rules = {**row.password_rules, **given}
        row.save(update_fields=["password_rules"])
        note(ctx, "workspace_change", details={"fields": list(given), **given})
        return json_response(_told(row))


def _allowed(ctx: Context) -> Workspace:
    if not ctx.actor.may("security"):
        raise NotAllowed("identity.security_right_needed")
    return Workspace.objects.get(pk=ctx.workspace.id)


def _told(row: Workspace) -> PasswordRules:
    base = installation_rules()
    return {
        "min_length": max(base.min_length, row.password_rules.get("min_length", 0)),
        "not_last": max(base.not_last, row.password_rules.get("not_last", 0)),
        "installation_min_length": base.min_length,
        "installation_not_last": base.not_last,
    }


def _problems(given: Mapping[str, Any]) -> list[FieldError]:
    base = installation_rules()
    limits = {"min_length": (base.min_length, LONGEST_MINIMUM), "not_last": (base.not_last, MOST_REMEMBERED)}
    found = []
    for key, value in given.items():
        if key not in limits:
            found.append(FieldError(key, "identity.workspace_unknown_setting", {"key": key[:40]}))
        elif isinstance(value, bool) or not isinstance(value, int) or not limits[key][0] <= value <= limits[key][1]:
            lowest, highest = limits[key]
            found.append(FieldError(key, "identity.password_rule_number", {"lowest": lowest, "highest": highest}))
    return found


ROUTES = (
    Route("GET", "password-rules", read_password_rules, "identity", PasswordRules),
    Route("PATCH", "password-rules", change_password_rules, "identity", PasswordRules, body=PasswordRulesChange),
)
