"""What becomes of second factors and sessions, in the audit logs of the workspaces that it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.audit import kind, note_outside

ADDED = kind("second_factor_added", "sign_in").key
REMOVED = kind("second_factor_removed", "sign_in").key
FAILED = kind("second_factor_failed", "sign_in").key
CODES_MADE = kind("recovery_codes_made", "sign_in").key
RESET = kind("second_factor_reset", "rights").key
SIGNED_OUT = kind("member_signed_out", "rights").key


def note_account(account: Account, key: str, request: HttpRequest, details: Mapping[str, Any] | None = None) -> None:
    """Note what an account's owner did, or somebody tried, in each workspace where they are an active member."""
    for one in Membership.objects.select_related("workspace").filter(account=account, is_active=True):
        note_outside(engine_workspace(one.workspace), one.member_id, key, details, request, account_id=one.account_id)


def way(type_: str) -> dict[str, Any]:
    """Details that tell which kind of second factor it is about."""
    return {"way": {"code": f"identity.way_{type_}"}}
