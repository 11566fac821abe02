"""Automation over HTTP, for those with the right ``automation``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_type_hints
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.flows import forms, reading, starting, templates
from guanxi.capabilities.flows.bpmn import reading as bpmn_reading
from guanxi.capabilities.flows.bpmn import writing as bpmn_writing
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.publishing import problems_of, said, told
from guanxi.capabilities.flows.shapes import (
    BpmnRead,
    BpmnText,
    BpmnWanted,
    FlowButtons,
    FlowCheck,
    FlowForm,
    FlowFormParameters,
    FlowForms,
    FlowKinds,
    FlowProblems,
    FlowRunDetails,
    FlowRunParameters,
    FlowRuns,
    FlowTemplates,
    FlowVersions,
)
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from guanxi.engine.context import Context
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.errors import BadRequest, NotAllowed
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

RIGHT = "automation"


def flow_kinds(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every kind of trigger and of step, with its words and settings."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"triggers": _triggers(), "steps": _steps()})


def check_flow(request: HttpRequest, workspace: str) -> HttpResponse:
    """What is wrong with a definition that is being written."""
    definition = json_object(request).get("definition")
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"problems": told(ctx, problems_of(ctx, definition), definition)})


def write_bpmn(request: HttpRequest, workspace: str) -> HttpResponse:
    """A definition as a BPMN 2.0 file."""
    asked = json_object(request)
    with request_work(request, workspace) as ctx:
        permit(ctx)
        _, problems = read(asked.get("definition"))
        if any(one.at is None for one in problems):
            raise BadRequest("flows.bpmn_no_form", {"says": said(ctx.language, problems[0].code, problems[0].params)})
        text = bpmn_writing.write(asked["definition"], str(asked.get("title") or "")[:100], ctx.language)
        return json_response({"xml": text})


def read_bpmn(request: HttpRequest, workspace: str) -> HttpResponse:
    """A BPMN 2.0 file as a definition; nothing is kept."""
    text = json_object(request).get("xml")
    with request_work(request, workspace) as ctx:
        permit(ctx)
        found = bpmn_reading.read(text if isinstance(text, str) else "", ctx.language)
        return json_response({"definition": found.definition, "left_out": told(ctx, found.left_out, found.definition)})


def flow_versions(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """The published versions of a flow."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"versions": reading.versions(ctx, id)})


def list_runs(request: HttpRequest, workspace: str) -> HttpResponse:
    """Runs, the latest first."""
    asked = request.GET.dict()
    only(asked, get_type_hints(FlowRunParameters))
    ids = {name: uuid_of(asked[name], name) if asked.get(name) else None for name in ("flow", "record")}
    with request_work(request, workspace) as ctx:
        permit(ctx)
        found, cursor = reading.page(
            ctx,
            flow=ids["flow"],
            record=ids["record"],
            since=_instant_of(asked.get("since")),
            until=_instant_of(asked.get("until")),
            state=asked.get("state"),
            cursor=asked.get("cursor"),
            limit=int_of(asked.get("limit"), "limit", 50),
        )
        return json_response({"runs": found, "next_cursor": cursor})


def read_run(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """One run with its way and where it stands."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(reading.details(ctx, id))


def flow_buttons(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """The flows that one may start on records of an object."""
    with request_work(request, workspace) as ctx:
        return json_response({"buttons": starting.buttons(ctx, ctx.object(object).key)})


def flow_templates(request: HttpRequest, workspace: str) -> HttpResponse:
    """The flows to begin with whose object there is."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        shown = [
            {"key": one.key, "name": one.name, "description": one.description, "kind": one.kind, "object": one.object}
            for one in templates.templates()
            if one.object is None or one.object in ctx.snapshot.objects
        ]
        return json_response({"templates": shown})


def my_forms(request: HttpRequest, workspace: str) -> HttpResponse:
    """The forms that one is asked to fill in, or has filled in."""
    asked = request.GET.dict()
    only(asked, get_type_hints(FlowFormParameters))
    with request_work(request, workspace) as ctx:
        return json_response({"forms": forms.mine(ctx, done=asked.get("state") == "done")})


def read_form(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """One form."""
    with request_work(request, workspace) as ctx:
        return json_response(forms.one(ctx, id))


def _instant_of(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest("flows.bad_instant", {"value": text[:40]}) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def permit(ctx: Context) -> None:
    """NotAllowed for those who do not look after automation."""
    if not ctx.actor.may(RIGHT):
        raise NotAllowed("flows.right_needed")


def _triggers() -> list[dict[str, object]]:
    return [
        {
            "key": one.key, "label": one.label, "help": one.help, "icon": one.icon, "about_record": one.about_record,
            "settings": [setting.to_json() for setting in one.settings_schema()],
        }
        for one in trigger_kinds().values()
    ]  # fmt: skip


def _steps() -> list[dict[str, object]]:
    return [
        {
            "key": one.key, "label": one.label, "help": one.help, "icon": one.icon, "group": one.group,
            "about_record": one.about_record, "settings": [setting.to_json() for setting in one.settings_schema()],
            "ports": list(one.ports({})), "waits": one.waits, "forks": one.forks, "joins": one.joins,
            "can_be_skipped": one.can_be_skipped,
        }
        for one in step_kinds().values()
    ]  # fmt: skip


ROUTES = (
    Route("GET", "flows/kinds", flow_kinds, "automation", FlowKinds),
    Route("POST", "flows/check", check_flow, "automation", FlowProblems, body=FlowCheck, reads=True),
    Route("POST", "flows/bpmn/write", write_bpmn, "automation", BpmnText, body=BpmnWanted, reads=True),
    Route("POST", "flows/bpmn/read", read_bpmn, "automation", BpmnRead, body=BpmnText, reads=True),
    Route("GET", "flows/<uuid:id>/versions", flow_versions, "automation", FlowVersions),
    Route("GET", "flows/buttons/<slug:object>", flow_buttons, "automation", FlowButtons),
    Route("GET", "flows/runs", list_runs, "automation", FlowRuns, query=FlowRunParameters),
    Route("GET", "flows/runs/<uuid:id>", read_run, "automation", FlowRunDetails),
    Route("GET", "flows/templates", flow_templates, "automation", FlowTemplates),
    Route("GET", "flows/forms", my_forms, "automation", FlowForms, query=FlowFormParameters),
    Route("GET", "flows/forms/<uuid:id>", read_form, "automation", FlowForm),
)
