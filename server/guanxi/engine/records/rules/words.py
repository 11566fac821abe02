"""Labels of options as refusals tell them, in every language of the product."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from guanxi.engine.objects.fields.options import Options
from guanxi.engine.objects.model import Field
from guanxi.infra.i18n import LANGUAGES

_NAMED = 20
"""So many options are named in a refusal."""


def options(field: Field, keys: Collection[str]) -> dict[str, str]:
    """The labels of some options of a field, in the order of the options, by language."""
    known: Options = field.prepared
    listed = [key for key in known.labels if key in keys] + sorted(key for key in keys if key not in known.labels)
    told = {}
    for language in LANGUAGES:
        separator = "、" if language.startswith("zh") else ", "
        names = [known.text(key, language) for key in listed[:_NAMED]]
        told[language] = separator.join(names) + (separator + "…" if len(listed) > _NAMED else "") or "-"
    return told


def option_params(field: Field, refused: Collection[str], allowed: Collection[str]) -> dict[str, Any]:
    """What was chosen and what may be chosen."""
    return {"value": options(field, refused), "allowed": options(field, allowed)}
