"""What the values of a column say about the field they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.transfer.proposal.names import EXTERNAL_ID

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PATH = "path"
"""Key of the field that keeps the names of all records from the top of a tree."""
_FOREIGN_KEY = re.compile(r"(?=.*\d)[0-9A-Za-z_-]{6,}|\d+")
_TELLING = frozenset({"mail", "phone", "url"})
"""Kinds whose values are told apart from others by their look alone."""


def readable(field: Field, samples: Sequence[str], env: ParseEnv) -> float:
    """Share of the sample values that the field can take; 1 when there is none."""
    if not samples:
        return 1.0
    return sum(_takes(field, sample, env) for sample in samples) / len(samples)


def telling(field: Field, samples: Sequence[str], env: ParseEnv) -> bool:
    """Whether the values alone suffice to propose the field: mails, phones, addresses of pages, known options."""
    if not samples:
        return False
    if field.kind.trait == "choice":
        return readable(field, samples, env) >= 0.8
    if field.kind.key not in _TELLING:
        return False
    return all(_takes(field, sample, env) and not sample.isalpha() for sample in samples) and (
        field.kind.key != "phone" or all(sum(map(str.isdigit, sample)) >= 7 for sample in samples)
    )


def key_of(target: Object | None, header: str, samples: Sequence[str]) -> str | None:
    """By which of the target's fields a column of references names its records; target None stands for several.

    ``id`` for our own identifiers, ``external_id`` for those of another system, a mail field for mails,
    ``path`` for names with those above them, else ``title``. None when the column holds another system's identifiers and the target does not keep them.
    """
    if samples and all(_is_uuid(sample) for sample in samples):
        return "id"
    mail = next((f.key for f in target.fields.values() if f.kind.key == "mail"), None) if target else None
    if mail and samples and all(_MAIL.fullmatch(sample) for sample in samples):
        return mail
    if target and _PATH in target.fields and any("/" in sample for sample in samples):
        return _PATH
    foreign = all(_FOREIGN_KEY.fullmatch(sample) for sample in samples)
    named_so = header.split()[-1:] == ["id"] or header.endswith(("编号", "标识"))
    if foreign and named_so:
        return EXTERNAL_ID if target is None or EXTERNAL_ID in target.fields else None
    return "title"


def _takes(field: Field, text: str, env: ParseEnv) -> bool:
    try:
        return field.kind.parse_text(field, text, env) is not None
    except BadValue:
        return False


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
