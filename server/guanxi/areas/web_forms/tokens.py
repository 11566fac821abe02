"""The token in a form's address: the number of its workspace, and enough chance that nobody guesses it."""

from __future__ import annotations

import re
import secrets

_TOKEN = re.compile(r"([0-9a-z]{1,8})-[0-9A-Za-z]{22}")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
_BASE = 36


def new_token(workspace: int) -> str:
    """A token for a form of a workspace."""
    digits = ""
    while workspace or not digits:
        workspace, digit = divmod(workspace, _BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{digits}-{''.join(secrets.choice(_LETTERS) for _ in range(22))}"


def workspace_of(token: str) -> int | None:
    """The number of the workspace; None for what is no token."""
    found = _TOKEN.fullmatch(token)
    number = int(found[1], _BASE) if found else None
    return number if number is not None and number < 2**31 else None
