"""The gallery of field kinds, and the classifications that regions and industries are chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse

from guanxi.engine.http.request import int_of, request_work
from guanxi.engine.http.route import Route
from guanxi.engine.http.shapes import kinds as k
from guanxi.engine.objects.fields import gallery
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.responses import json_response
from guanxi.kit import divisions, industries
from guanxi.kit.code_tree import CodeTree

MAX_FOUND = 50
DEEPEST = 3
KEPT_SECONDS = 86_400
"""A day: classifications change with the product."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """A classification: its levels down to a depth, keys as callers know them, and names in their language, a node's own
    and those from the top to it.
    """

    down_to: Callable[[int], CodeTree]
    code: Callable[[str], str]
    key: Callable[[str], str | None]
    name: Callable[[str, str], str]
    full_name: Callable[[str, str], str]


TREES: Mapping[str, _Tree] = {
    "region": _Tree(
        lambda depth: divisions.tree_with_streets() if depth == DEEPEST else divisions.tree(),
        lambda key: key,
        divisions.of_code,
        divisions.name,
        divisions.full_name,
    ),
    "industry": _Tree(
        lambda _: industries.tree(),
        industries.code,
        industries.find,
        lambda key, _: industries.tree().names[key],
        lambda key, _: industries.tree().full_name(key, " / "),
    ),
}


def field_kinds(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every kind of field with its words, a sample and its settings."""
    with request_work(request, workspace):
        return json_response(gallery.describe())


def tree_nodes(request: HttpRequest, workspace: str, tree: str) -> HttpResponse:
    """The nodes of a classification under one of them, those that a text finds, or the one with a code."""
    depth = int_of(request.GET.get("depth"), "depth", DEEPEST)
    if not 0 <= depth <= DEEPEST:
        raise BadRequest("request.bad_parameter", {"name": "depth", "reason": f"0 to {DEEPEST}"})
    with request_work(request, workspace):
        known = TREES.get(tree)
        if known is None:
            raise NotFound("query.unknown_tree", {"tree": tree, "known": ", ".join(TREES)})
        language = language_of(request)
        nodes = known.down_to(depth)
        text, under, code = (request.GET.get(name, "").strip() for name in ("text", "under", "code"))
        top = known.key(code or under) if code or under else ""
        if top is None or (top and top not in nodes):
            raise NotFound("query.unknown_node", {"code": code or under})
        if code:
            keys: Iterable[str] = [top]
        else:
            keys = _found(known, nodes, text, top, depth, language) if text else nodes.children(top, depth)
    answer = json_response({"nodes": [_node(known, nodes, key, depth, language) for key in keys]})
    answer["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


def _found(known: _Tree, nodes: CodeTree, text: str, top: str, depth: int, language: str) -> Iterable[str]:
    """The first nodes below ``top`` whose names have the text in them, the widest first."""
    text = text.lower()
    wanted = (
        key
        for key in sorted(nodes.names, key=lambda key: (len(key), key))
        if (text in nodes.names[key].lower() or text in known.name(key, language).lower())
        and key.startswith(top)
        and nodes.level(key) <= depth
        and not nodes.is_skipped(key)
    )
    return islice(wanted, MAX_FOUND)


def _node(known: _Tree, nodes: CodeTree, key: str, depth: int, language: str) -> k.TreeNode:
    return {
        "code": known.code(key),
        "name": known.name(key, language),
        "full_name": known.full_name(key, language),
        "leaf": not nodes.children(key, depth),
        "path": [known.code(one) for one in nodes.path(key)],
    }


ROUTES = (
    Route("GET", "design/kinds", field_kinds, "catalog", k.KindGallery),
    Route("GET", "trees/<slug:tree>", tree_nodes, "catalog", k.TreeNodes, query=k.TreeParameters),
)
