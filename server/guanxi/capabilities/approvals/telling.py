"""Word to those whom an approval concerns: that they are asked, told, urged, that it came back, that it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from guanxi.capabilities.approvals.store import Approval, Task
from guanxi.capabilities.notifications.telling import Notice, languages_of, notify
from guanxi.engine.context import Context
from guanxi.infra.i18n import sentence

KIND = "approval"


def asked(ctx: Context, approval: Approval, tasks: Sequence[Task]) -> None:
    """Tell people that they are asked to decide."""
    _tell(ctx, approval, (one.assignee for one in tasks), "approvals.told_asked")


def copied(ctx: Context, approval: Approval, tasks: Sequence[Task]) -> None:
    """Tell people of an approval that they need do nothing about."""
    _tell(ctx, approval, (one.assignee for one in tasks), "approvals.told_copied")


def urged(ctx: Context, approval: Approval, tasks: Sequence[Task]) -> None:
    """Remind people who have not decided."""
    _tell(ctx, approval, (one.assignee for one in tasks), "approvals.told_urged")


def returned(ctx: Context, approval: Approval) -> None:
    """Tell the submitter that it came back."""
    _tell(ctx, approval, _submitter(approval), "approvals.told_returned")


def ended(ctx: Context, approval: Approval) -> None:
    """Tell the submitter what was decided."""
    _tell(ctx, approval, _submitter(approval), f"approvals.told_{approval.state}")


def _submitter(approval: Approval) -> list[UUID]:
    return [approval.submitter] if approval.submitter else []


def _tell(ctx: Context, approval: Approval, members: Iterable[UUID], code: str) -> None:
    notify(
        ctx,
        [
            Notice(
                one,
                KIND,
                sentence(code, {"title": approval.title or "—"}, language),
                link=f"/approvals/{approval.id}",
            )
            for one, language in languages_of(ctx, members).items()
        ],
    )
