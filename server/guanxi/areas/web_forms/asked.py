"""What a form asks: fields of the lead that a stranger can be asked for, with their words in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.infra.errors import FieldError

LEAD = "lead"
KINDS: Mapping[str, str] = {
    "text": "text", "long_text": "area", "mail": "email", "phone": "tel", "url": "url", "integer": "number",
    "decimal": "decimal", "date": "date", "boolean": "check", "choice": "choice", "multi_choice": "choices",
}  # fmt: skip
"""Kinds of fields that are asked for, and the control that asks."""
NAMED_BY = ("name", "company_name", "mail", "mobile", "phone", "wechat")
"""A lead is called by the first of these that was answered."""
MOST = 30
LONGEST = 5000
_KEYS = {"field", "required", "label", "label_en", "placeholder", "placeholder_en"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page draws it."""

    key: str
    control: str
    label: str
    placeholder: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    values: tuple[str, ...] = ()
    problem: str = ""
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class Texts:
    """What the page says around the questions."""

    title: str
    intro: str
    button: str
    thanks: str
    words: Mapping[str, str] = field(default_factory=dict)


def can_be_asked(one: Field) -> bool:
    """Whether people of other places may answer for a field."""
    return one.kind.key in KINDS and not (one.read_only or one.hidden or one.system) and one.state == "active"


def problems(lead: Object, fields: Any) -> Iterator[FieldError]:
    """What is wrong with the questions of a form."""
    if not isinstance(fields, list) or not fields or len(fields) > MOST:
        yield FieldError("fields", "web_forms.fields_needed", {"most": MOST})
        return
    seen: set[str] = set()
    for one in fields:
        key = one.get("field") if isinstance(one, Mapping) else None
        if not isinstance(one, Mapping) or not isinstance(key, str) or set(one) - _KEYS:
            yield FieldError("fields", "web_forms.bad_field", {"field": str(one)[:60]})
            return
        known = lead.fields.get(key)
        if known is None or not can_be_asked(known) or key in seen:
            yield FieldError("fields", "web_forms.bad_field", {"field": key[:60]})
        if any(
            not isinstance(one.get(name) or "", str) or len(one.get(name) or "") > 200 for name in _KEYS - {"required"}
        ):
            yield FieldError("fields", "web_forms.bad_field", {"field": key[:60]})
        seen.add(key)
    if not seen & set(NAMED_BY):
        yield FieldError("fields", "web_forms.nobody_named")


def questions(
    ctx: Context, form: Mapping[str, Any], language: str,
    given: Mapping[str, tuple[str, ...]] | None = None, wrong: Mapping[str, str] | None = None,
) -> list[Question]:  # fmt: skip
    """The questions of a form that can still be asked, with what was answered and what is wrong with it."""
    lead, english = ctx.snapshot.object(LEAD), language == "en"
    found = []
    for one in form.get("fields") or ():
        known = lead.fields.get(str(one.get("field")))
        if known is None or not can_be_asked(known):
            continue
        options = tuple(
            (str(option["key"]), _in(option["label"], language))
            for option in known.settings.get("options") or ()
            if not option.get("archived")
        )
        ask = (one.get("label_en") or one.get("label")) if english else (one.get("label") or one.get("label_en"))
        hint = one.get("placeholder_en" if english else "placeholder") or ""
        found.append(
            Question(
                known.key, KINDS[known.kind.key], ask or _in(known.label, language), hint, bool(one.get("required")),
                options, (given or {}).get(known.key, ()), (wrong or {}).get(known.key, ""),
                min(LONGEST, int(known.settings.get("max_length") or LONGEST)),
            )
        )  # fmt: skip
    return found


def texts(form: Mapping[str, Any], language: str, words: Mapping[str, str]) -> Texts:
    """What the form says, in the language that it has."""

    def said(key: str, fallback: str) -> str:
        first, second = (f"{key}_en", key) if language == "en" else (key, f"{key}_en")
        return str(form.get(first) or form.get(second) or fallback)

    return Texts(
        said("title", str(form.get("name") or "")), said("intro", ""), said("button", words["submit"]),
        said("thanks", words["thanks"]), words,
    )  # fmt: skip


def _in(words: Mapping[str, str] | str, language: str) -> str:
    return words if isinstance(words, str) else str(words.get(language) or next(iter(words.values()), ""))
