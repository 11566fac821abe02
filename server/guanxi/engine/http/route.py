"""A row of the table of addresses, and what is made of such rows: URL patterns and the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path

from guanxi.engine.context import CatalogMoved
from guanxi.infra.errors import Conflict

View = Callable[..., HttpResponseBase]
PREFIX = "api/v1/<slug:workspace>/"
PUBLIC = "api/v1/"
"""Where addresses begin that belong to no workspace."""
_PLACE = re.compile(r"<[a-z]+:([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Content:
    """An answer or a body that is not JSON: its media types, and the shape of a form or of a stream's events."""

    types: tuple[str, ...]
    shape: Any = None


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address below ``/api/v1/{workspace}/``. ``about`` is the tag that groups it in the console.

    ``answer``, ``body`` and ``query`` are shapes (``infra/http/shapes.py``) or ``Content``; the tests compare what is
    really answered with them.
    """

    method: str
    path: str
    view: View | None
    about: str = "records"
    answer: Any = None
    status: int = 200
    body: Any = None
    query: Any = None
    says: str = ""
    reads: bool = False
    """True where a method that usually writes only reads."""

    @property
    def only_reads(self) -> bool:
        """Whether nothing is changed, so that somebody may ask it who may only look."""
        return self.reads or self.method == "GET"

    @property
    def places(self) -> list[str]:
        """Names of the parts of the address that vary."""
        return _PLACE.findall(self.path)

    @property
    def template(self) -> str:
        """The address as OpenAPI writes it: ``/imports/{id}``."""
        return "/" + _PLACE.sub(r"{\1}", self.path)

    @property
    def name(self) -> str:
        """The view's name, which is the operation's."""
        return self.view.__name__.removesuffix("_records") if self.view else ""

    @property
    def summary(self) -> str:
        """First sentence of the view's docstring; ``says`` where something else serves the address."""
        return (self.says or self.view.__doc__ or self.path).strip().split("\n")[0]


@dataclass(frozen=True, slots=True)
class Served:
    """A route and where it is found; ``base`` is None below a workspace."""

    route: Route
    base: str | None = None

    @property
    def server(self) -> dict[str, Any]:
        """The base as OpenAPI writes it; a part in braces is known at run time only."""
        parts = re.findall(r"{([a-z_]+)}", self.base or "")
        return {"url": self.base, **({"variables": {part: {"default": ""} for part in parts}} if parts else {})}


served: list[Served] = []
"""Every route that URL patterns were made of, and those that others serve, in order."""


def patterns(routes: Iterable[Route], prefix: str = PREFIX) -> list[URLPattern]:
    """URL patterns of routes; an address with several methods dispatches by method, others are answered with 405."""
    by_path: dict[str, dict[str, Route]] = {}
    for route in routes:
        served.append(Served(route, None if prefix == PREFIX else f"/{prefix.rstrip('/')}"))
        if route.view is None:
            raise ValueError(f"{route.method} {route.path} has no view")
        by_path.setdefault(route.path, {})[route.method] = route
    return [path(prefix + where, _dispatch(methods)) for where, methods in by_path.items()]


def describe_only(routes: Iterable[Route], base: str) -> None:
    """Put addresses into the OpenAPI document that something else serves below ``base``."""
    served.extend(Served(route, base) for route in routes)


def _dispatch(methods: dict[str, Route]) -> View:
    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        route = methods.get(request.method or "")
        if route is None or route.view is None:
            return HttpResponseNotAllowed(list(methods))
        handler = route.view
        request.only_reads = route.only_reads  # type: ignore[attr-defined]
        try:
            return handler(request, **arguments)
        except CatalogMoved:
            return _again(handler, request, arguments)

    return view


def _again(handler: View, request: HttpRequest, arguments: dict[str, Any]) -> HttpResponseBase:
    """Answer from the catalog as it is now; the first attempt has changed nothing."""
    try:
        return handler(request, **arguments)
    except CatalogMoved:
        raise Conflict("request.busy") from None
