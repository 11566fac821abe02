"""Mail goes out by a job: queued in the transaction of its cause, so that nothing undone is ever sent."""

from typing import Any

from django.core.mail import EmailMessage

from guanxi.infra.jobs import enqueue, job


def post(*, to: str, subject: str, body: str) -> None:
    """Queue a plain-text mail in the caller's transaction; it is tried again while the mail server is away."""
    enqueue("mail.send", {"to": to, "subject": subject, "body": body})


@job("mail.send", attempts=8)
def send(payload: dict[str, Any]) -> None:
    """Hand one queued mail to the mail server."""
    EmailMessage(subject=payload["subject"], body=payload["body"], to=[payload["to"]]).send()
