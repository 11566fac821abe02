"""The proposal of a mapping: every column with its best target, every target used once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.transfer.proposal.evidence import key_of, readable, telling
from guanxi.engine.transfer.proposal.headers import mean_the_same, table, words
from guanxi.engine.transfer.proposal.names import EXTERNAL_ID, REFERENCES, importable, names, parts

_TRUSTED = 0.5
_BY_LOOK = 0.55
_EMPTY_WEIGHT = 0.8
_ALIKE = 88.0
_REPEATED = re.compile(r" \(\d+\)$")
_ENDINGS = re.compile(r"( name| id| key|名称|编号)$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping to begin with, in the form that the settings of an import take.

    ``mapping`` holds one entry per column in the file's order, its ``field`` None where nothing fits, and entries
    with a ``template`` behind them. ``match`` names the fields that would tell an existing record.
    """

    mapping: list[dict[str, Any]]
    match: list[str]


@dataclass(frozen=True, slots=True)
class _Guess:
    score: float
    column: str
    target: str
    by: str | None = None


def propose(snapshot: Snapshot, obj: Object, columns: Mapping[str, Sequence[str]], env: ParseEnv) -> Proposal:
    """A mapping proposed for columns given by name with sample values (distinct, not empty).

    Headers decide by key, label and synonym in either language; values weigh the guess, and stand alone only
    where they are unmistakable.
    """
    guesser = _Guesser(snapshot, obj, env)
    guesses = [guess for name, samples in columns.items() for guess in guesser.guesses(name, samples)]
    chosen: dict[str, _Guess] = {}
    taken: set[str] = set()
    for guess in sorted(guesses, key=lambda guess: -guess.score):
        if guess.column not in chosen and guess.target not in taken and not _clashes(guess.target, taken):
            chosen[guess.column] = guess
            taken.add(guess.target)
    mapping = [_entry(name, chosen.get(name)) for name in columns]
    mapping += _composed_title(obj, columns, chosen, taken)
    return Proposal(mapping, _match(obj, taken))


class _Guesser:
    """Tells which targets of one object a column may belong to."""

    def __init__(self, snapshot: Snapshot, obj: Object, env: ParseEnv) -> None:
        self._snapshot = snapshot
        self._env = env
        self._fields = {field.key: field for field in importable(obj)}
        self._names = list(names(snapshot, obj))

    def guesses(self, column: str, samples: Sequence[str]) -> list[_Guess]:
        """Every target that the column may belong to, with its score; a column without values counts for less."""
        weight = 1.0 if samples else _EMPTY_WEIGHT
        by_header = self._by_header(column).items()
        weighed = [self._weighed(column, target, trust * weight, samples) for target, trust in by_header]
        found = [guess for guess in weighed if guess and guess.score >= _TRUSTED]
        if found:
            return found
        likely = [field.key for field in self._fields.values() if telling(field, samples, self._env)]
        return [_Guess(_BY_LOOK, column, target) for target in likely]

    def _by_header(self, column: str) -> dict[str, float]:
        """Targets that go by the header, else those whose names are spelled much alike, with the trust in each."""
        from rapidfuzz.fuzz import ratio  # 4 MB that most processes never need

        header = words(_REPEATED.sub("", column))
        bare = _ENDINGS.sub("", header)
        equal: dict[str, float] = {}
        alike: dict[str, float] = {}
        for name in self._names:
            if name.words == header:
                equal[name.target] = max(equal.get(name.target, 0), name.trust)
            elif name.words == bare and self._field(name.target).kind.trait in REFERENCES:
                equal[name.target] = max(equal.get(name.target, 0), name.trust * 0.9)
            elif self._spelling_counts(name.target, header) and (likeness := ratio(name.words, header)) >= _ALIKE:
                alike[name.target] = max(alike.get(name.target, 0), name.trust * likeness / 133)
        return equal or alike

    def _spelling_counts(self, target: str, header: str) -> bool:
        """Whether a name spelled much like the header says anything; short words and references are alike by chance."""
        return len(header) > 3 and self._field(target).kind.trait not in REFERENCES

    def _weighed(self, column: str, target: str, trust: float, samples: Sequence[str]) -> _Guess | None:
        """A guess by header, weighed by the values; None when the values exclude it."""
        field = self._field(target)
        if "." in target:
            return _Guess(trust, column, target)
        if field.kind.trait in REFERENCES:
            by = key_of(self._snapshot.objects.get(field.target or ""), words(column), samples)
            return _Guess(trust, column, target, by) if by else None
        if parts(field) and any(sample.startswith("{") for sample in samples):
            return None  # Another system's own notation of a whole whose parts stand in columns of their own.
        floor = 0.7 if field.kind.trait in {"choice", "choices"} else 0.3
        return _Guess(trust * (floor + (1 - floor) * readable(field, samples, self._env)), column, target)

    def _field(self, target: str) -> Field:
        return self._fields[target.partition(".")[0]]


def _clashes(target: str, taken: set[str]) -> bool:
    """Whether a whole field and one of its parts would both be filled."""
    field, _, part = target.partition(".")
    return field in taken if part else any(other.startswith(f"{field}.") for other in taken)


def _entry(column: str, guess: _Guess | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"column": column, "field": guess.target if guess else None}
    if guess:
        entry["confidence"] = round(min(guess.score, 1.0), 2)
        if guess.by:
            entry["relation"] = {"by": guess.by, "create_missing": False}
    return entry


def _composed_title(
    obj: Object, columns: Mapping[str, Sequence[str]], chosen: Mapping[str, _Guess], taken: set[str]
) -> list[dict[str, Any]]:
    """A template for a title that no column holds: the two parts of a person's name, or the records referred to."""
    title = obj.fields.get(obj.title)
    if title is None or obj.title in taken or title not in importable(obj) or title.kind.trait != "text":
        return []
    family, given = (_column_called(columns, table()[which]) for which in ("family_name", "given_name"))
    if family and given:
        chinese = any(not sample.isascii() for sample in columns[family])
        template = f"{{{family}}}{{{given}}}" if chinese else f"{{{given}}} {{{family}}}"
    else:
        referring = sorted(
            (name for name, guess in chosen.items() if guess.by == "title" and guess.target != "owner"),
            key=lambda name: -len(columns[name]),
        )[:2]
        template = " · ".join(f"{{{name}}}" for name in referring)
    return [{"template": template, "field": obj.title, "confidence": _TRUSTED}] if template else []


def _column_called(columns: Mapping[str, Sequence[str]], wanted: Sequence[str]) -> str | None:
    return next((name for name in columns if any(mean_the_same("fields", words(name), word) for word in wanted)), None)


def _match(obj: Object, taken: set[str]) -> list[str]:
    """The key to recognise records by: another system's identifier, else a unique field, else none."""
    if EXTERNAL_ID in taken:
        return [EXTERNAL_ID]
    return [field.key for field in importable(obj) if field.unique and field.key in taken][:1]
