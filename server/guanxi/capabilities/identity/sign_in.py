"""Opening and closing somebody's way into a workspace, on the control plane and in the caller's transaction."""

from uuid import UUID

from allauth.usersessions.models import UserSession

from guanxi.capabilities.identity import invitations
from guanxi.capabilities.identity.models import Account, Membership


def link(account: Account, *, workspace_id: int, member_id: UUID, vouched: bool = False) -> None:
    """Let the account into the workspace as this member; ``vouched`` when an identity provider did so, not its owner."""
    values = {"member_id": member_id, "is_active": True, "is_vouched": vouched}
    Membership.objects.update_or_create(account=account, workspace_id=workspace_id, defaults=values)
    _activate(account, active=True)


def close(workspace_id: int, member_id: UUID) -> None:
    """The member no longer gets in and open invitations end; an account left without a workspace is signed out.

    An account that belongs to another workspace stays signed in there; here its next request finds no workspace.
    """
    invitations.revoke(workspace_id=workspace_id, member_id=member_id)
    membership = _membership(workspace_id, member_id)
    if membership is None or not membership.is_active:
        return
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    account = membership.account
    if not account.memberships.filter(is_active=True).exists():
        _activate(account, active=False)
        for session in UserSession.objects.filter(user=account):
            session.end()


def reopen(workspace_id: int, member_id: UUID) -> None:
    """A member who had a way in gets it back; nothing happens for one who never signed in."""
    membership = _membership(workspace_id, member_id)
    if membership is not None and not membership.is_active:
        membership.is_active = True
        membership.save(update_fields=["is_active"])
        _activate(membership.account, active=True)


def _membership(workspace_id: int, member_id: UUID) -> Membership | None:
    return Membership.objects.select_related("account").filter(workspace_id=workspace_id, member_id=member_id).first()


def _activate(account: Account, *, active: bool) -> None:
    if account.is_active != active:
        account.is_active = active
        account.save(update_fields=["is_active"])
