"""Questions of a form, and the answers to them: a list of {name, label, kind, required, options}."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.infra.errors import FieldError, Invalid

MOST = 30
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
LONGEST_LABEL = 100
LONGEST = {"text": 500, "long_text": 20_000}
_KNOWN = frozenset({"name", "label", "kind", "required", "options"})
Question = Mapping[str, Any]


class _Wrong(Exception):
    """An answer of another form than is asked for."""


def problems(place: Place, questions: Any, setting: str) -> Iterator[Problem]:
    """What is wrong with a list of questions."""
    found = questions if isinstance(questions, list | tuple) else []
    names = [one.get("name") for one in found if isinstance(one, Mapping)]
    if len(found) > MOST or len(set(map(str, names))) < len(names) or not all(map(_is_right, found)):
        yield place.problem("flows.bad_questions", setting, limit=MOST)


def _is_right(one: Any) -> bool:
    if (
        not isinstance(one, Mapping)
        or set(one) - _KNOWN
        or not isinstance(one.get("kind"), str)
        or one["kind"] not in _READ
    ):
        return False
    name, label, options = one.get("name"), one.get("label"), one.get("options")
    chosen = isinstance(options, list) and options and all(isinstance(each, str) and each for each in options)
    return (
        isinstance(name, str)
        and NAME.fullmatch(name) is not None
        and isinstance(label, str)
        and 0 < len(label) <= LONGEST_LABEL
        and isinstance(one.get("required", False), bool)
        and (bool(chosen) or one["kind"] != "choice")
    )


def answered(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by name, None for what was left open; Invalid for what is missing, of another form or not asked."""
    known = {str(one["name"]): one for one in questions}
    errors = [
        FieldError(str(name), "flows.unknown_answer", {"name": str(name)[:40]}) for name in answers if name not in known
    ]
    found: dict[str, Any] = {}
    for name, one in known.items():
        given = answers.get(name)
        if given is None or given == "":
            found[name] = None
            if one.get("required"):
                errors.append(FieldError(name, "flows.answer_missing", {"label": one["label"]}))
            continue
        read, wanted = _READ[one["kind"]]
        try:
            found[name] = read(one, given)
        except _Wrong:
            errors.append(FieldError(name, "flows.bad_answer", {"label": one["label"], "wanted": wanted(one)}))
    if errors:
        raise Invalid(errors)
    return found


def _text(one: Question, given: Any) -> str:
    if not isinstance(given, str) or len(given) > LONGEST[one["kind"]]:
        raise _Wrong
    return given.replace("\x00", "�")


def _number(_one: Question, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or abs(given) > 1e15:
        raise _Wrong
    return given


def _date(_one: Question, given: Any) -> str:
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise _Wrong from None


def _flag(_one: Question, given: Any) -> bool:
    if not isinstance(given, bool):
        raise _Wrong
    return given


def _choice(one: Question, given: Any) -> str:
    if given not in one["options"]:
        raise _Wrong
    return str(given)


_READ: Mapping[str, tuple[Callable[[Question, Any], Any], Callable[[Question], str]]] = {
    "text": (_text, lambda one: f"≤ {LONGEST[one['kind']]}"),
    "long_text": (_text, lambda one: f"≤ {LONGEST[one['kind']]}"),
    "number": (_number, lambda _: "123.45"),
    "date": (_date, lambda _: "2026-01-31"),
    "flag": (_flag, lambda _: "true / false"),
    "choice": (_choice, lambda one: " / ".join(one["options"])[:200]),
}
"""By kind: how an answer is read, and what is said of one that is of another form."""
