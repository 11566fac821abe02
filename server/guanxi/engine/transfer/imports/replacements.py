"""Values of a file that name nothing here: which they are, and what they most likely mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.engine.transfer.imports.references import look_up
from guanxi.engine.transfer.imports.settings import Relation

_LIKELY = 90.0
_MOST_TITLES = reads.MAX_LIMIT
_LOOSE = re.compile(r"[\W_]+")


def suggest(
    ctx: Context, obj: Object, entry: Mapping[str, Any], samples: Sequence[str]
) -> tuple[dict[str, str], list[str]]:
    """What to replace in a proposed column, and the values left over that nothing here resembles.

    Looks at options and at references by title; both results are empty for any other column.
    """
    field = obj.fields.get(str(entry.get("field")))
    if field is None:
        return {}, []
    if field.kind.trait == "choice":
        unknown = [text for text in samples if not _is_option(ctx, field, text)]
        names = [label for option in field.settings.get("options", ()) for label in option["label"].values()]
    elif field.kind.trait == "ref" and entry.get("relation", {}).get("by") == "title":
        found = look_up(ctx, obj, field, Relation("title"), samples)
        unknown = [text for text in samples if text not in found]
        names = _titles(ctx, field) if unknown else []
    else:
        return {}, []
    values = {text: name for text in unknown if (name := _likeliest(text, names))}
    return values, [text for text in unknown if text not in values]


def _is_option(ctx: Context, field: Field, text: str) -> bool:
    try:
        field.kind.parse_text(field, text, ctx.env)
    except BadValue:
        return False
    return True


def _titles(ctx: Context, field: Field) -> list[str]:
    """Titles of the target's records, where these are few enough to be compared one by one."""
    target = ctx.snapshot.object(field.target or "")
    page = reads.page(ctx, target.key, reads.Query(select=(target.title,), limit=_MOST_TITLES))
    return [] if page.next_cursor else [row[target.title] for row in page.rows if row[target.title]]


def _likeliest(text: str, names: Sequence[str]) -> str | None:
    """The one name that is spelled like the text, or that has all its words; None when there is none, or several."""
    from rapidfuzz.fuzz import ratio, token_set_ratio  # 4 MB that most processes never need

    loose = _LOOSE.sub("", text).lower()
    alike = {name for name in names if ratio(loose, _LOOSE.sub("", name).lower()) >= _LIKELY}
    alike = alike or {name for name in names if token_set_ratio(text.lower(), name.lower()) == 100.0}
    return alike.pop() if len(alike) == 1 else None
