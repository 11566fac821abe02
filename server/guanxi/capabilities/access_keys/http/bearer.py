"""Middleware for calls with a key: they are nobody's session, need no protection against forged forms, and are logged."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.access_keys import calls
from guanxi.capabilities.access_keys.authenticate import bearer, credential_of

BELOW = "/api/"


class Bearer:
    """Stands before sessions: a request to the API with "Authorization: Bearer" loses its cookies and session token.

    A browser never adds that header to somebody else's form, and what is left of the request names nobody but the key,
    which is why it is free of the CSRF check.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and write it to the log of its key."""
        if not request.path.startswith(BELOW) or bearer(request) is None:
            return self.get_response(request)
        for name in ("HTTP_COOKIE", "HTTP_X_SESSION_TOKEN", "HTTP_X_GUANXI_VIA"):
            request.META.pop(name, None)
        vars(request).pop("headers", None)  # Django made them of META when they were first asked for
        request.COOKIES = {}
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001
        response = self.get_response(request)
        if response.status_code == 401:
            response["WWW-Authenticate"] = 'Bearer realm="guanxi", error="invalid_token"'
        credential = credential_of(request)
        if credential is not None:
            calls.note(request, credential, response.status_code)
        return response
