"""The language of an answer: what the caller's Accept-Language prefers, until a member's own setting is known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guanxi.infra.i18n import DJANGO_LANGUAGES, negotiate


def language_of(request: HttpRequest) -> str:
    """The language to answer `request` in, "zh-CN" or "en"."""
    return getattr(request, "language", None) or negotiate(request.headers.get("Accept-Language", ""))


def speak(request: HttpRequest, language: str) -> None:
    """Answer `request` in `language` from here on, Django's own sentences included."""
    request.language = language  # type: ignore[attr-defined]
    translation.activate(DJANGO_LANGUAGES[language])


class Languages:
    """Middleware: settles the language before anything can refuse the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        speak(request, language_of(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language_of(request))
        return response
