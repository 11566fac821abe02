"""Middleware: a session that a workspace's identity provider vouched for does not reach the account's own pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.identity.models import Membership
from guanxi.capabilities.single_sign_on.entrance import limited_account, only_workspaces
from guanxi.infra.errors import NotAllowed
from guanxi.infra.http.refusals import problem

_OWN = re.compile(r"/_allauth/(?:browser|app)/v1/(?:account/|auth/sessions$)|/api/v1/account/")
_DEVICES = re.compile(r"/_allauth/(?:browser|app)/v1/auth/sessions$|/api/v1/account/devices$")


class AccountPages:
    """Password, second factor, passkeys and devices belong to the person, whom other workspaces may know too.

    The devices may be seen where the account is known to nobody but the workspaces that the session opens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = limited_account(request) if _OWN.match(request.path) else None
        if account is not None and not (_DEVICES.match(request.path) and _known_nowhere_else(request, account)):
            return problem(request, NotAllowed("single_sign_on.account_closed"))
        return self.get_response(request)


def _known_nowhere_else(request: HttpRequest, account: int) -> bool:
    only = only_workspaces(request) or frozenset()
    return not Membership.objects.filter(account_id=account).exclude(workspace_id__in=only).exists()
