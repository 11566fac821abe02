"""Invitations on the control plane: issued, sent again, taken back, looked up by their token."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from guanxi.capabilities.identity import letters
from guanxi.capabilities.identity.errors import InvitationNotValid
from guanxi.capabilities.identity.hooks import grants
from guanxi.capabilities.identity.models import Account, Invitation
from guanxi.capabilities.identity.shapes import InvitedMember
from guanxi.capabilities.identity.tokens import new_token, token_hash
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import FieldError, Invalid

VALID_DAYS = 7


def issue_to(ctx: Context, member_id: UUID) -> str:
    """A fresh invitation and its letter for a member; one issued before stops working. Returns its link.

    Invalid when the member has no address, NotAllowed when the member holds more than the actor, who could be the one
    that the letter reaches.
    Everything happens in the transaction of `ctx`: an invitation that is rolled back is never sent.
    """
    grants.check_member(ctx, member_id)
    member = reads.native(ctx.as_system(), "member", [member_id], ("name", "email", "language"))[member_id]
    if not member["email"]:
        raise Invalid([FieldError("email", "identity.email_required")])
    revoke(workspace_id=ctx.workspace.id, member_id=member_id)
    token = new_token()
    invitation = Invitation.objects.create(
        workspace_id=ctx.workspace.id,
        member_id=member_id,
        email=member["email"].lower(),
        token_hash=token_hash(token),
        invited_by=ctx.actor.name,
        is_mailed=settings.MAIL_IS_SENT,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    link = f"{settings.PUBLIC_URL}/accept-invitation/{token}"
    letters.invitation(
        email=invitation.email,
        name=member["name"],
        language=member["language"] or ctx.language,
        link=link,
        inviter=ctx.actor.name,
        workspace=ctx.workspace.name,
        days=VALID_DAYS,
        has_account=needs_password(invitation),
    )
    return link


def invited(ctx: Context, member_id: UUID) -> InvitedMember:
    """Invite a member. Where no mail is sent the answer has the link, for the inviter to hand over."""
    link = issue_to(ctx, member_id)
    answer: InvitedMember = {"member": str(member_id)}
    return answer if settings.MAIL_IS_SENT else {**answer, "link": link}


def revoke(*, workspace_id: int, member_id: UUID) -> None:
    """Take back whatever invitation the member has open."""
    Invitation.objects.filter(workspace_id=workspace_id, member_id=member_id, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def find(token: str, *, lock: bool = False) -> Invitation:
    """The invitation this token opens; `lock` keeps a second acceptance waiting.

    Raises InvitationNotValid with the reason: unknown, used, revoked or expired.
    """
    rows = Invitation.objects.select_related("workspace")
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise InvitationNotValid("unknown")
    if invitation.accepted_at is not None:
        raise InvitationNotValid("used")
    if invitation.revoked_at is not None:
        raise InvitationNotValid("revoked")
    if invitation.expires_at <= timezone.now():
        raise InvitationNotValid("expired")
    return invitation


def needs_password(invitation: Invitation) -> bool:
    """Whether the address has an account whose password its owner must know to accept.

    They need not for a closed one where the link went to their mailbox alone, which a password reset asks for, too. Where
    the inviter has it as well, they could set the password of somebody who may be let in elsewhere again one day.
    """
    account = Account.objects.by_email(invitation.email)
    return account is not None and (account.is_active or not invitation.is_mailed)
