"""Programs sign in with a header instead of a cookie, and so need no protection against forged forms."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.security.session_rules import TOKEN, come_with_token


class SessionTokens:
    """Middleware: a request to the API with a session token is whom the token says, whatever its cookies say.

    Stands behind AuthenticationMiddleware. A browser never adds the header to somebody else's form, which is why such
    a request is free of the CSRF check; a token that is not valid makes the request anonymous, not the cookie's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") and request.headers.get(TOKEN):
            request.user = come_with_token(request) or AnonymousUser()
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001
        return self.get_response(request)
