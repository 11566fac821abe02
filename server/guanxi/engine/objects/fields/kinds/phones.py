"""Several telephone numbers."""

from __future__ import annotations

import re
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, shown
from guanxi.engine.objects.fields.kinds.phone import masked_phone
from guanxi.engine.objects.fields.kinds.text import one_line
from guanxi.engine.objects.fields.labelled import Item, LabelledList, labels_setting
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field
from guanxi.kit import phones

_SEPARATORS = re.compile(r"[\s\-.()/]+")
MAX_LENGTH = 60


@register
class Phones(LabelledList):
    """Telephone numbers in normal form, each with a label such as work or home."""

    key = "phones"
    intro = Introduction(
        "contact",
        "phone-call",
        words("多个电话", "Phone numbers"),
        words("工作、个人等多个号码", "Work, personal and others"),
        sample=words("工作 138 0013 8000", "Work 138 0013 8000"),
    )
    labels = labels_setting(
        (("work", words("工作", "Work")), ("personal", words("个人", "Personal")), ("other", words("其他", "Other")))
    )
    personal = True

    def one(self, field: Field, text: str) -> str | None:
        """A number written in any of the usual ways."""
        text = one_line(text)
        if not text:
            return None
        try:
            if len(text) > MAX_LENGTH:
                raise phones.BadPhone
            return phones.normalise(text)
        except phones.BadPhone:
            raise BadValue("fields.not_a_phone", value=shown(text)) from None

    def written(self, value: str) -> str:
        """Grouped as it is read aloud."""
        return phones.display(value)

    def part(self, text: str) -> str:
        """Digits without the separators that people put between them."""
        return _SEPARATORS.sub("", text) or text

    def mask(self, value: Any) -> str:
        """Each of them masked."""
        return ", ".join(masked_phone(one.value) for one in value)

    def samples(self, field: Field) -> list[Any]:
        """One number, two with labels, one abroad."""
        mobile, line, abroad = map(phones.normalise, ("13800138000", "010-62345678", "+1 202 555 0123"))
        return [(Item(mobile),), (Item(line, "work"), Item(mobile, "personal")), (Item(abroad, "other"),)]
