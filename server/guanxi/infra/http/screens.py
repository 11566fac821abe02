"""Serves the built browser client: one page for every screen, its assets cached for ever by their hashed names."""

import mimetypes
from functools import cache
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import http_date

from guanxi.infra.errors import NotFound
from guanxi.infra.http.languages import language_of
from guanxi.infra.i18n import sentence
from guanxi.infra.paths import PACKAGE

FOLDER = PACKAGE / "app" / "static"
"""Where the build puts index.html and assets/."""
FOREVER = "public, max-age=31536000, immutable"
FRESH = "no-cache"

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


def screen(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A file of the build, or index.html for any other address: the client's router knows it."""
    file = _file(path) if path else None
    if file is None and path.startswith("assets/"):
        raise NotFound("request.not_found")
    if file is None:
        file = FOLDER / "index.html"
        if not file.is_file():
            return HttpResponse(sentence("screens.not_built", {}, language_of(request)), status=503)
    return _answer(request, file, FOREVER if path.startswith("assets/") else FRESH)


def _answer(request: HttpRequest, file: Path, caching: str) -> HttpResponseBase:
    stat = file.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        packed = file.with_name(file.name + ".gz")
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "") and packed.is_file()
        response = FileResponse((packed if is_packed else file).open("rb"), content_type=kind)
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = tag
    response["Last-Modified"] = http_date(stat.st_mtime)
    response["Cache-Control"] = caching
    return response


@cache
def build() -> frozenset[str]:
    """The addresses of all files of the build; nothing outside this list is ever opened."""
    return frozenset(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*") if file.is_file())


def _file(path: str) -> Path | None:
    return FOLDER / path if path in build() else None
