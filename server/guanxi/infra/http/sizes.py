"""Bodies larger than anything the product takes are refused before anybody reads them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guanxi.infra.errors import LimitReached
from guanxi.infra.http.refusals import problem

ROOM_FOR_FORM_PARTS = 1024 * 1024


class RequestSizes:
    """Middleware: looks at the stated length, ahead of the CSRF check, which would store a whole upload to read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.MAX_UPLOAD_BYTES
        if stated.isdecimal() and int(stated) > limit + ROOM_FOR_FORM_PARTS:
            return problem(request, LimitReached("storage.too_large", {"limit_mb": limit // 1024 // 1024}))
        return self.get_response(request)
