"""Uploading a file and fetching it again."""

from __future__ import annotations

import re
from typing import Literal

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from typing_extensions import TypedDict

from guanxi.capabilities.files import stored
from guanxi.capabilities.files.access import readable
from guanxi.capabilities.files.stored import StoredFile
from guanxi.engine.context import work
from guanxi.engine.http.request import authenticate, request_work, uuid_of
from guanxi.engine.http.route import Content, Route
from guanxi.engine.http.shapes.records import FileValue
from guanxi.infra.errors import BadRequest, NotAllowed
from guanxi.infra.http.responses import json_response
from guanxi.infra.storage import store
from guanxi.kit.ids import uuid7

SHOWN_IN_PAGE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
"""Types that a browser may show; none of them can run anything in the product's name."""
ANY_TYPE = "application/octet-stream"
NAME_LENGTH = 255
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of text and so hide what a name ends with."""


class FileUpload(TypedDict):
    """A form with the file."""

    file: bytes


class DownloadParameters(TypedDict, total=False):
    """With `inline` pictures and PDF may show in the page."""

    inline: Literal["1"]


def upload(request: HttpRequest, workspace: str) -> HttpResponse:
    """Upload a file (multipart, one part `file`); answers what a file field takes.

    LimitReached over the installation's limit, BadRequest without a file, NotAllowed for a program that may write nothing.
    """
    place, actor = authenticate(request, workspace)
    if not actor.writes_something:
        raise NotAllowed("files.scope_needed")
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise BadRequest("files.missing")
    content = store.keep(sent.chunks())
    file = StoredFile(uuid7(), file_name(sent.name), content.size, media_type(sent), content.name, actor.member_id)
    with work(place, actor, via="ui") as ctx:
        stored.add(ctx, file)
    return json_response({"id": file.id, "name": file.name, "size": file.size, "type": file.type}, 201)


def download(request: HttpRequest, workspace: str, id: str) -> HttpResponseBase:  # noqa: A002 - the word of the API
    """Fetch a file under its own name. With ?inline=1 pictures and PDF may show in the page; all else is only saved."""
    with request_work(request, workspace) as ctx:
        file = readable(ctx, uuid_of(id))
    inline = request.GET.get("inline") == "1"
    shown = inline and file.type in SHOWN_IN_PAGE
    response = FileResponse(
        store.open_file(file.sha256),
        as_attachment=not shown,
        filename=file.name,
        content_type=file.type if file.type in SHOWN_IN_PAGE else ANY_TYPE,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def file_name(given: str | None) -> str:
    """The last part of a name as a person would read it; folders and hidden characters are cut away."""
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNPRINTABLE.sub("", last).strip().strip(".") or "file"
    stem, dot, ending = name.rpartition(".")
    return (
        f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}" if dot and len(name) > NAME_LENGTH else name[:NAME_LENGTH]
    )


def media_type(sent: UploadedFile) -> str:
    """The type the sender claims, if it is one at all. It decides nothing but what may be shown in a page."""
    claimed = (sent.content_type or "").split(";")[0].strip().lower()
    return claimed if _TYPE.fullmatch(claimed) else ANY_TYPE


ROUTES = (
    Route("POST", "files", upload, "files", FileValue, 201, body=Content(("multipart/form-data",), FileUpload)),
    Route("GET", "files/<str:id>", download, "files", Content((ANY_TYPE,)), query=DownloadParameters),
)
