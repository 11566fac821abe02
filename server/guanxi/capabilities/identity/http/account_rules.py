"""Holds the rules of signing in at the addresses outside the workspaces, and gives out the secrets of devices."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.errors import AddressNotAllowed, SessionOver
from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.security import devices
from guanxi.capabilities.identity.security.session_rules import TOKEN, come_with_token, hold_account
from guanxi.infra.http.refusals import problem

ACCOUNT = ("/_allauth/", "/api/v1/session", "/api/v1/invitations/", "/api/v1/account/")
"""Where an account is asked for without a workspace, whose door holds the rules itself."""
LEAVING = ("/_allauth/browser/v1/auth/session", "/_allauth/app/v1/auth/session")
"""Who may not work from here may still ask who they are, and leave."""


class AccountRules:
    """Middleware: a session that is over is nobody's from here on; an address that is not allowed gets no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ACCOUNT):
            refusal = self._refusal(request)
            if refusal is not None:
                return problem(request, refusal)
        response = self.get_response(request)
        devices.hand_out(request, response)
        return response

    @staticmethod
    def _refusal(request: HttpRequest) -> AddressNotAllowed | None:
        program = bool(request.headers.get(TOKEN)) and request.path.startswith("/_allauth/app/")
        account = come_with_token(request) if program else request.user
        if not isinstance(account, Account):
            return None
        try:
            hold_account(request, account)
        except SessionOver:
            request.user = AnonymousUser()
        except AddressNotAllowed as refusal:
            return None if request.path in LEAVING or request.path == "/api/v1/session" else refusal
        return None
