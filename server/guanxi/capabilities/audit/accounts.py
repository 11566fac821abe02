"""What happens to an account is noted in every workspace that its owner works in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.identity.session_reach import only_workspaces
from guanxi.engine.audit import note_outside


def note_account(
    account: Account, kind: str, request: HttpRequest | None, details: Mapping[str, Any] | None = None
) -> None:
    """Note a deed of an account's owner, or against the account, in each workspace where they are an active member.

    A session that opens some workspaces alone is told to those alone.
    """
    only = only_workspaces(request) if request is not None and hasattr(request, "session") else None
    for one in Membership.objects.select_related("workspace").filter(account=account, is_active=True):
        if only is not None and one.workspace.pk not in only:
            continue
        note_outside(engine_workspace(one.workspace), one.member_id, kind, details, request, account_id=one.account_id)
