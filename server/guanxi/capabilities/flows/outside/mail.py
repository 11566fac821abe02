"""Mails of flows, handed to the mail server that the installation has."""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Iterator, Mapping, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from guanxi.capabilities.flows.effects import Answered, Effect, EffectKind, Refused, Result, TryLater, effect_kind

LASTING = 500
"""Answers of mail servers from here on say that trying again is of no use."""


@effect_kind
class MailEffect(EffectKind):
    """A plain-text mail to one address. Every attempt has the same Message-ID, by which a second copy is known."""

    key = "mail"

    def host(self, payload: Mapping[str, Any]) -> str:
        """The mail server, whoever the mail is for."""
        return "mail:"

    def send(self, effects: Sequence[Effect]) -> Iterator[Result]:
        """Over one connection, which is opened anew after a failure."""
        connection = get_connection()
        try:
            for one in effects:
                result = _sent(connection, one)
                if not isinstance(result, Answered):
                    connection.close()
                yield result
        finally:
            connection.close()


def message_id(key: str) -> str:
    """The Message-ID of a mail with this key."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.blake2b(key.encode(), digest_size=20).hexdigest()}@{domain}>"


def _sent(connection: Any, one: Effect) -> Result:
    headers = {"Message-ID": message_id(one.key), "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(
        subject=" ".join(str(one.payload["subject"]).split()), body=one.payload["body"], to=[one.payload["to"]],
        headers=headers, connection=connection,
    )  # fmt: skip
    try:
        connection.open()
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        (code, reason), *_ = error.recipients.values()
        return _refusal(code, reason, one)
    except smtplib.SMTPAuthenticationError as error:  # the operator's to mend, who has the time until the last attempt
        return TryLater("flows.mail_refused", {"to": one.payload["to"], "reason": _text(error.smtp_error)})
    except smtplib.SMTPResponseException as error:
        return _refusal(error.smtp_code, error.smtp_error, one)
    except (OSError, smtplib.SMTPException) as error:
        return TryLater("flows.mail_not_reached", {"reason": _text(error)}, hangs=isinstance(error, TimeoutError))
    return Answered({"message_id": headers["Message-ID"]}, {"message_id": headers["Message-ID"]})


def _refusal(code: int, reason: object, one: Effect) -> Result:
    params = {"to": one.payload["to"], "reason": f"{code} {_text(reason)}"}
    lasting = code >= LASTING
    return Refused("flows.mail_refused", params) if lasting else TryLater("flows.mail_refused", params)


def _text(reason: object) -> str:
    return (reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason))[:200]
