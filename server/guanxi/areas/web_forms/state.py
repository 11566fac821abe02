"""The signed state of a rendering of a form: which form, when it was drawn, and the key of the one submission it makes."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from django.core import signing

SALT = "guanxi.web_forms"
LEAST_SECONDS = 2
"""Nobody fills a form in sooner."""
MOST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class State:
    """When a page was drawn, and the key of its submission."""

    key: str
    at: float


def draw(token: str) -> str:
    """The state of a page that is drawn now."""
    return signing.dumps([token, secrets.token_urlsafe(18), int(time.time())], salt=SALT, compress=False)


def read(token: str, text: str) -> State | None:
    """What a page says it was drawn with; None where it was not drawn here, for this form, or lately."""
    try:
        of, key, at = signing.loads(text[:500], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return State(str(key), float(at)) if of == token and time.time() - float(at) <= MOST_SECONDS else None


def is_too_quick(state: State) -> bool:
    """Whether it comes back sooner than a person would send it."""
    return time.time() - state.at < LEAST_SECONDS
