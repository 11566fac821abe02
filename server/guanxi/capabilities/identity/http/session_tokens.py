"""Programs sign in with a header instead of a cookie, and so need no protection against forged forms."""

from collections.abc import Callable

from allauth.headless.contrib.ninja.security import x_session_token_auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse


class SessionTokens:
    """Middleware: a request to the API with a session token is whom the token says, whatever its cookies say.

    Stands behind AuthenticationMiddleware. A browser never adds the header to somebody else's form, which is why such
    a request is free of the CSRF check; a token that is not valid makes the request anonymous, not the cookie's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") and x_session_token_auth.get_session_token(request):
            request.user = x_session_token_auth(request) or AnonymousUser()
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001
        return self.get_response(request)
