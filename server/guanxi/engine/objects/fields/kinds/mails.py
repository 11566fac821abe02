"""Several mail addresses."""

from __future__ import annotations

import re
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, shown
from guanxi.engine.objects.fields.kinds.mail import masked_mail
from guanxi.engine.objects.fields.kinds.text import one_line
from guanxi.engine.objects.fields.labelled import Item, LabelledList, labels_setting
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field
from guanxi.kit import links

_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
MAX_LENGTH = 254


@register
class Mails(LabelledList):
    """Mail addresses in lower case, each with a label such as work or home."""

    key = "mails"
    intro = Introduction(
        "contact",
        "mails",
        words("多个邮箱", "Mail addresses"),
        words("工作、个人等多个邮箱", "Work, personal and others"),
        sample=words("工作 li.na@example.com", "Work jane.doe@example.com"),
    )
    labels = labels_setting(
        (("work", words("工作", "Work")), ("personal", words("个人", "Personal")), ("other", words("其他", "Other")))
    )
    personal = True

    def one(self, field: Field, text: str) -> str | None:
        """An address, bare or with a name before it."""
        text = one_line(text).lower()
        if not text:
            return None
        named = _NAMED.fullmatch(text)
        try:
            if len(text) > MAX_LENGTH:
                raise links.BadMail
            return links.mail(named[1] if named else text)
        except links.BadMail:
            raise BadValue("fields.not_a_mail", value=shown(text)) from None

    def part(self, text: str) -> str:
        """Addresses are kept in small letters."""
        return text.lower()

    def mask(self, value: Any) -> str:
        """Each of them masked."""
        return ", ".join(masked_mail(one.value) for one in value)

    def samples(self, field: Field) -> list[Any]:
        """One, two with labels, one with letters of other scripts."""
        return [
            (Item("a@bc.cn"),),
            (Item("sales-2@example.com.cn", "work"), Item("li.lei@mail.example.com", "personal")),
            (Item("张伟@例子.中国", "other"),),
        ]
