"""Django's mail settings from one address: smtp://user:password@host:port?tls=starttls."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
OUTBOX = "guanxi.infra.mail.outbox.OutboxBackend"
MODES = {"smtp": "none", "smtp+starttls": "starttls", "smtps": "tls"}


def mail_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Settings from EMAIL_URL and GUANXI_MAIL_FROM; without EMAIL_URL mail stays in the outbox table.

    Schemes: smtp (plain), smtp+starttls, smtps (TLS from the first byte). Raises ValueError for another one.
    """
    sender = environ.get("GUANXI_MAIL_FROM", "Guanxi <guanxi@localhost>")
    url = environ.get("EMAIL_URL", "")
    if not url:
        return {"EMAIL_BACKEND": OUTBOX, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    parts = urlsplit(url)
    if parts.scheme not in MODES:
        raise ValueError(f"EMAIL_URL must begin with one of {', '.join(MODES)}, not {parts.scheme}://")
    mode = parse_qs(parts.query).get("tls", [MODES[parts.scheme]])[0]
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"none": 25, "starttls": 587, "tls": 465}[mode],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": mode == "starttls",
        "EMAIL_USE_SSL": mode == "tls",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }
