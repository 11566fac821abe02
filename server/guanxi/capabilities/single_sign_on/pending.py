"""Sign-ins on their way: what the browser's session remembers between leaving for the provider and coming back.

The answer of a provider counts only in the browser that asked, for the provider that was asked, once, and soon.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest

KEY = "single_sign_on_pending"
SECONDS = 600
MOST = 5
"""Sign-ins that one browser may have on their way, as in several tabs."""


def remember(request: HttpRequest, state: str, provider: UUID, **details: Any) -> None:
    """Keep what the answer to this request will be held against."""
    waiting = sorted(_waiting(request).items(), key=lambda one: one[1]["at"])[-(MOST - 1) :]
    request.session[KEY] = {**dict(waiting), state: {"provider": str(provider), "at": time.time(), **details}}


def take(request: HttpRequest, state: str, provider: UUID) -> dict[str, Any] | None:
    """What was kept, which is gone then; None when this browser asked nothing, or something else."""
    waiting = _waiting(request)
    found = waiting.pop(state, None)
    if found is None or found["provider"] != str(provider):
        return None
    request.session[KEY] = waiting
    return found


def _waiting(request: HttpRequest) -> dict[str, dict[str, Any]]:
    now = time.time()
    kept = request.session.get(KEY) or {}
    return {state: one for state, one in kept.items() if now - one["at"] <= SECONDS}
