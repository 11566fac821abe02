"""Values of people made unrecognisable while keeping their shape: the same value becomes the same other one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import shake_256
from typing import Any

_HAN = "安邦昌诚达德东方丰福高光广国海汉和恒弘华辉佳嘉建江杰金京景久凯康科朗乐立利联林龙隆美明宁平齐启庆荣瑞润三森山盛胜世顺思泰天通同万伟文祥新信兴旭雅亚阳一易益永优宇元远云泽振正志智中众"
_TAG = re.compile(r"<(/?[a-zA-Z0-9]+)[^>]*>")
_KEPT = frozenset({"country", "province", "code", "amount", "currency"})
"""Keys of JSON whose values say nothing of a person."""
_PREFIX = 4
"""So many characters of a telephone number tell the country and the sort of number."""
_WEEKS = 26
"""By so many whole weeks at most days are moved, so that a working day stays one."""


class Mask:
    """Masks values; who has neither the secret nor the values cannot tell what they were."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def _stream(self, value: str) -> Iterator[int]:
        salted = self.secret + value.encode("utf-8", "surrogatepass")
        yield from shake_256(salted).digest(4 * len(value) + 8)

    def text(self, value: str) -> str:
        """Digits for digits, letters for letters, Chinese characters for Chinese characters; all others stay."""
        chance = self._stream(value)
        return "".join(_other(character, next(chance) * 256 + next(chance)) for character in value)

    def mail(self, value: str) -> str:
        """An address to which nothing can be sent."""
        return f"{self.text(value.partition('@')[0])}@example.com"

    def phone(self, value: str) -> str:
        """A number that begins alike."""
        return value[:_PREFIX] + self.text(value)[_PREFIX:]

    def url(self, value: str) -> str:
        """An address of nobody."""
        return "https://example.com/" + "".join(
            f"{byte:02x}" for _, byte in zip(range(6), self._stream(value), strict=False)
        )

    def rich(self, value: str) -> str:
        """Formatted text: the tags stay, without what they may refer to."""
        parts, at = [], 0
        for tag in _TAG.finditer(value):
            parts += [self.text(value[at : tag.start()]), f"<{tag[1]}>"]
            at = tag.end()
        return "".join([*parts, self.text(value[at:])])

    def weeks(self, value: str) -> timedelta:
        """How far the days of what is called so are moved, back or forth; never not at all."""
        chance = self._stream(value)
        return timedelta(weeks=next(chance) % _WEEKS + 1) * (1 if next(chance) % 2 else -1)

    def json(self, value: Any) -> Any:
        """Every text within; keys, numbers and the coarse parts of addresses stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: one if key in _KEPT else self.json(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.json(one) for one in value]
        return value


def _other(character: str, chance: int) -> str:
    if character.isdigit() and character.isascii():
        return str(chance % 10)
    if character.isascii():
        if character.islower():
            return chr(97 + chance % 26)
        return chr(65 + chance % 26) if character.isupper() else character
    # Letters of any other script may be part of a name too.
    return _HAN[chance % len(_HAN)] if character.isalnum() else character
