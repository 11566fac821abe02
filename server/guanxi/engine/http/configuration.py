"""Configuration as files over HTTP: export, compare, and what was applied."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.engine.bundles import applied, background, comparing, files
from guanxi.engine.bundles.items import section_of
from guanxi.engine.bundles.sources import wanted
from guanxi.engine.http.request import int_of, request_work
from guanxi.engine.http.route import Content, Route
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

MAX_APPLIED = 200


class ConfigurationSource(TypedDict, total=False):
    """Where a configuration is: a zip in base64, texts by their paths, or another workspace that the caller
    administers; exactly one of them.
    """

    archive: str
    files: dict[str, str]
    workspace: str


class ConfigurationComparison(TypedDict):
    """What applying the configuration would change here. ``fingerprint`` tells later whether that is still so;
    ``left_out`` are sections of it that the caller may not change.
    """

    fingerprint: str
    differences: list[comparing.ConfigurationDifference]
    left_out: list[str]


class AppliedConfigurations(TypedDict):
    """What was applied, latest first, and what of it goes on in the background."""

    applied: list[applied.AppliedConfiguration]
    steps: background.BackgroundSteps


class AppliedParameters(TypedDict, total=False):
    """How many."""

    limit: int


def export_configuration(request: HttpRequest, workspace: str) -> HttpResponse:
    """The configuration of the workspace as a zip of readable files."""
    with request_work(request, workspace) as ctx:
        content = files.packed(files.export(ctx))
        name = f"{ctx.workspace.slug}-configuration-{ctx.now:%Y%m%d}.zip"
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def compare(request: HttpRequest, workspace: str) -> HttpResponse:
    """What applying a configuration would add, change and remove here, with the data that it concerns."""
    body = json_object(request)
    with request_work(request, workspace) as ctx:
        files.permit(ctx)
        given, _ = wanted(ctx, body.get("archive"), body.get("files"), body.get("workspace"))
        found = comparing.compare(ctx, given)
        named = {item.section for item in given.items.values()}
        answer = {
            "fingerprint": found.fingerprint,
            "differences": [one.to_json(ctx.language) for one in found.differences],
            "left_out": sorted(name for name in named if not ctx.actor.may(section_of(name).right)),
        }
    return json_response(answer)


def applied_configurations(request: HttpRequest, workspace: str) -> HttpResponse:
    """The configurations that were applied, latest first."""
    limit = int_of(request.GET.get("limit"), "limit", 50)
    if not 1 <= limit <= MAX_APPLIED:
        raise BadRequest("query.bad_limit", {"limit": MAX_APPLIED})
    with request_work(request, workspace) as ctx:
        return json_response({"applied": applied.listed(ctx, limit), "steps": background.steps(ctx)})


ROUTES: tuple[Route, ...] = (
    Route("GET", "configuration/export", export_configuration, "configuration", Content(("application/zip",))),
    Route("POST", "configuration/compare", compare, "configuration", ConfigurationComparison, body=ConfigurationSource, reads=True),
    Route(
        "GET", "configuration/applied", applied_configurations, "configuration", AppliedConfigurations,
        query=AppliedParameters,
    ),
)  # fmt: skip
