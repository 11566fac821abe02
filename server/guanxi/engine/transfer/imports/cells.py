"""Cells into values: one column of a batch at a time, each distinct text read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.transfer.imports.settings import Entry, Plan
from guanxi.engine.transfer.imports.staging import Outcome
from guanxi.engine.transfer.imports.styles import restyle
from guanxi.engine.transfer.proposal.names import REFERENCES

_REMEMBERED = 20_000


class Draft:
    """A row on its way to a record: native values by field, texts of references by field, and its outcome."""

    __slots__ = ("outcome", "references", "values")

    def __init__(self, number: int) -> None:
        self.outcome = Outcome(number)
        self.values: dict[str, Any] = {}
        self.references: dict[str, str] = {}

    def refuse(self, entry_name: str, field: str, code: str, **params: Any) -> None:
        """Note what is wrong with the row; it will not be written."""
        self.outcome.errors.append({"column": entry_name, "field": field, "code": code, "params": params})
        self.outcome.state = "error"


class Reader:
    """Reads batches of one import's rows into drafts."""

    def __init__(self, plan: Plan, env: ParseEnv) -> None:
        self._width = len(plan.columns)
        self._clear_empty = plan.clear_empty
        self._plain = [(entry, _Memo(entry, env)) for entry in plan.entries if not _is_special(entry)]
        self._references = [entry for entry in plan.entries if entry.field.kind.trait in REFERENCES]
        self._parts: dict[str, list[Entry]] = {}
        for entry in plan.entries:
            if entry.part:
                self._parts.setdefault(entry.field.key, []).append(entry)
        self._env = env

    def read(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[Draft]:
        """One draft per row, with every cell that cannot be read noted."""
        drafts = [Draft(number) for number, _ in rows]
        lines = [(draft, cells) for draft, (_, cells) in zip(drafts, rows, strict=True)]
        for draft, cells in lines:
            if len(cells) > self._width and any(cells[self._width :]):
                draft.refuse("", "", "transfer.too_many_cells", columns=self._width)
        for entry, memo in self._plain:
            self._read_plain(entry, memo, lines)
        for entry in self._references:
            self._read_references(entry, lines)
        for key, entries in self._parts.items():
            for draft, cells in lines:
                self._join(draft, key, entries, cells)
        return drafts

    def _read_plain(self, entry: Entry, memo: _Memo, lines: Sequence[tuple[Draft, Sequence[str]]]) -> None:
        key, text_of = entry.field.key, entry.text
        for draft, cells in lines:
            text = text_of(cells)
            if not text:
                if self._clear_empty:
                    draft.values[key] = None
                continue
            value = memo[text]
            if type(value) is BadValue:
                draft.refuse(entry.name, key, value.code, **value.params)
            elif value is not None:
                draft.values[key] = value

    def _read_references(self, entry: Entry, lines: Sequence[tuple[Draft, Sequence[str]]]) -> None:
        key, text_of, renamed = entry.field.key, entry.text, entry.values
        for draft, cells in lines:
            text = text_of(cells)
            text = renamed.get(text, text)
            if text:
                draft.references[key] = text
            elif self._clear_empty:
                draft.values[key] = None

    def _join(self, draft: Draft, key: str, entries: Sequence[Entry], cells: Sequence[str]) -> None:
        texts = {str(entry.part): text for entry in entries if (text := entry.text(cells))}
        if not texts:
            return
        field = entries[0].field
        try:
            draft.values[key] = field.kind.parse(field, texts, self._env)
        except BadValue as bad:
            draft.refuse(entries[0].name, key, bad.code, **bad.params)


class _Memo(dict[str, Any]):
    """Values by text, read on first use; a text that cannot be read has its BadValue as value."""

    def __init__(self, entry: Entry, env: ParseEnv) -> None:
        super().__init__()
        self._field = entry.field
        self._renamed = entry.values
        self._restyle = restyle(entry)
        self._env = env

    def __missing__(self, text: str) -> Any:
        if len(self) >= _REMEMBERED:
            self.clear()
        written = self._renamed.get(text, text)
        try:
            written = self._restyle(written) if self._restyle else written
            value = self._field.kind.parse_text(self._field, written, self._env) if written else None
        except BadValue as bad:
            value = bad
        self[text] = value
        return value


def _is_special(entry: Entry) -> bool:
    return entry.part is not None or entry.field.kind.trait in REFERENCES
