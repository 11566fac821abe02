"""Letters to people: queued with their cause, sent by a worker, tried again while the mail server is away."""

from typing import Any

from django.core.mail import EmailMultiAlternatives

from guanxi.infra.jobs import enqueue, job

SEND = "mail.send"


def send(*, to: str, subject: str, body: str, html: str | None = None) -> None:
    """Queue one letter in the caller's transaction: no letter leaves for a change that was rolled back."""
    enqueue(SEND, {"to": to, "subject": subject, "body": body, "html": html})


@job(SEND, attempts=8)
def _deliver(payload: dict[str, Any]) -> None:
    message = EmailMultiAlternatives(subject=payload["subject"], body=payload["body"], to=[payload["to"]])
    if payload["html"]:
        message.attach_alternative(payload["html"], "text/html")
    message.send()
