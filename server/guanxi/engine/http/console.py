"""Files of the API console: the Swagger UI that django-ninja ships, served from our own origin."""

from __future__ import annotations

from importlib.resources import files

from django.http import HttpRequest, HttpResponse

from guanxi.infra.errors import NotFound

_FILES = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
_START = b"""const place = document.getElementById("console");
const token = () => (document.cookie.match(/csrftoken=([^;]+)/) || [])[1] || "";
SwaggerUIBundle({
  url: place.dataset.spec, domNode: place, deepLinking: true, persistAuthorization: false,
  requestInterceptor: (request) => { request.headers["X-CSRFToken"] = token(); return request; },
});
"""


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the console."""
    if name == "start.js":
        return HttpResponse(_START, content_type="text/javascript")
    if name not in _FILES:
        raise NotFound("request.not_found")
    content = files("ninja").joinpath("static", "ninja", name).read_bytes()
    return HttpResponse(content, content_type=_FILES[name], headers={"Cache-Control": "max-age=86400"})
