"""Mail without a mail server: kept in a table, readable in the browser in development mode."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guanxi.infra.errors import NotFound
from guanxi.infra.http.languages import language_of
from guanxi.infra.i18n import sentence
from guanxi.infra.models import OutboxMail

SHOWN = 100


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend that writes rows instead of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every message; the number kept."""
        OutboxMail.objects.bulk_create(_row(message) for message in email_messages)
        return len(email_messages)


def outbox(request: HttpRequest) -> HttpResponse:
    """The page of the newest mails; NotFound outside development mode, where mails hold other people's secrets."""
    if not settings.DEVELOPMENT:
        raise NotFound("request.not_found")
    language = language_of(request)
    words = {key: sentence(f"outbox.{key}", {}, language) for key in ("title", "empty", "to", "at")}
    mails = OutboxMail.objects.all()[:SHOWN]
    return render(request, "outbox.html", {"mails": mails, "words": words, "language": language})


def _row(message: EmailMessage) -> OutboxMail:
    alternatives: list[Any] = getattr(message, "alternatives", [])
    html = next((content for content, kind in alternatives if kind == "text/html"), "")
    return OutboxMail(
        sender=message.from_email,
        recipients=message.recipients(),
        subject=message.subject,
        body=message.body,
        html=html,
    )
