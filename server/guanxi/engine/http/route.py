"""A row of the table of addresses, and what is made of such rows: URL patterns and the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path

View = Callable[..., HttpResponseBase]
PREFIX = "api/v1/<slug:workspace>/"
_PLACE = re.compile(r"<[a-z]+:([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address below ``/api/v1/{workspace}/``. ``about`` is the tag that groups it in the console."""

    method: str
    path: str
    view: View
    about: str = "records"

    @property
    def places(self) -> list[str]:
        """Names of the parts of the address that vary."""
        return _PLACE.findall(self.path)

    @property
    def template(self) -> str:
        """The address as OpenAPI writes it: ``/imports/{id}``."""
        return "/" + _PLACE.sub(r"{\1}", self.path)

    @property
    def summary(self) -> str:
        """First sentence of the view's docstring."""
        return (self.view.__doc__ or self.path).strip().split("\n")[0]


served: list[Route] = []
"""Every route that URL patterns were made of, in order."""


def patterns(routes: Iterable[Route]) -> list[URLPattern]:
    """URL patterns of routes; an address with several methods dispatches by method, others are answered with 405."""
    by_path: dict[str, dict[str, View]] = {}
    for route in routes:
        served.append(route)
        by_path.setdefault(route.path, {})[route.method] = route.view
    return [path(PREFIX + where, _dispatch(methods)) for where, methods in by_path.items()]


def _dispatch(methods: dict[str, View]) -> View:
    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        handler = methods.get(request.method or "")
        return handler(request, **arguments) if handler else HttpResponseNotAllowed(list(methods))

    return view
