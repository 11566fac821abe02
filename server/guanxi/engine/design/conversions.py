"""Values of one kind as values of another: what becomes of each, and of all that a field holds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue, FieldKind, ParseEnv
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import quoted
from guanxi.infra.i18n import sentence

NEXT, PREVIOUS, REV = "__next", "__prev", "__rev"
"""Behind the key of a field: columns with the values to be, with the values that were, and the revision they are of."""
MAX_DISTINCT = 50_000
"""So many different values are tried for a preview; beyond them the numbers are those of the first ones."""
SAMPLES = 5
UNCONVERTED = frozenset({"ref", "refs", "about", "file", "json"})
"""Traits whose values are more than what people read of them."""


class ConversionSample(TypedDict):
    """A value before and after, or why it cannot be converted."""

    before: str
    after: str
    message: str
    count: int


class ConversionPreview(TypedDict):
    """What becomes of the values of a field: how many are read the same, read otherwise, or are lost."""

    same: int
    changed: int
    failed: int
    empty: int
    exact: bool
    changed_samples: list[ConversionSample]
    failed_samples: list[ConversionSample]


def may_convert(kind: FieldKind) -> bool:
    """Whether values of a kind are written by people and stand for themselves, so that other kinds can read them."""
    is_written = kind.holds_value and not (kind.generated or kind.computed or kind.virtual)
    return is_written and not kind.secret and kind.trait not in UNCONVERTED


def shadow(one: Field, suffix: str) -> Field:
    """The field as if its columns had a suffix: where the values to be, or that were, are kept."""
    return replace(one, key=one.key + suffix)


def environment(ctx: Context) -> ParseEnv:
    """Values are read as in the workspace, whoever asks."""
    return ParseEnv("zh-CN", ZoneInfo(ctx.workspace.time_zone), ctx.now, None)


def converted(old: Field, new: Field, value: Any, env: ParseEnv) -> Any:
    """The value as the new field takes it; BadValue when it does not."""
    if value is None:
        return None
    text = old.kind.text(old, value, env.language, env.time_zone)
    return new.kind.parse_text(new, text, env)


@dataclass
class Doubles:
    """Values of a unique field that become the same as another one: how many, and some of them."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, count: int, example: str) -> None:
        """Count values that cannot stand beside the one that is there already."""
        self.count += count
        if len(self.examples) < SAMPLES:
            self.examples.append(example)


@dataclass
class _Tally:
    counts: dict[str, int] = field(default_factory=lambda: {"same": 0, "changed": 0, "failed": 0})
    samples: dict[str, list[ConversionSample]] = field(default_factory=lambda: {"changed": [], "failed": []})
    made: set[Any] = field(default_factory=set)
    doubles: Doubles = field(default_factory=Doubles)

    def add(self, outcome: str, count: int, sample: ConversionSample) -> None:
        """Count values, and keep some that show what happens."""
        self.counts[outcome] += count
        kept = self.samples.get(outcome)
        if kept is not None and len(kept) < SAMPLES:
            kept.append(sample)


def preview(ctx: Context, obj: Object, old: Field, new: Field) -> tuple[ConversionPreview, Doubles]:
    """Try every different value of live records; of a unique field, those that another one becomes too count as failed."""
    names = [name for name, _ in old.columns]
    given = " OR ".join(f'"{name}" IS NOT NULL' for name in names)
    rows = ctx.cursor.execute(
        f'SELECT {quoted(names)}, count(*) FROM "{obj.table}" WHERE deleted_at IS NULL AND ({given})'
        f" GROUP BY {quoted(names)} ORDER BY count(*) DESC LIMIT {MAX_DISTINCT + 1}"
    ).fetchall()
    (empty,) = ctx.cursor.execute(
        f'SELECT count(*) FROM "{obj.table}" WHERE deleted_at IS NULL AND NOT ({given})'
    ).fetchone() or (0,)
    tally, env = _Tally(), environment(ctx)
    for *cells, count in rows[:MAX_DISTINCT]:
        _try(ctx, old, new, old.kind.from_db(cells), count, env, tally)
    counts = tally.counts
    told: ConversionPreview = {
        "same": counts["same"], "changed": counts["changed"], "failed": counts["failed"], "empty": empty,
        "exact": len(rows) <= MAX_DISTINCT,
        "changed_samples": tally.samples["changed"], "failed_samples": tally.samples["failed"],
    }  # fmt: skip
    return told, tally.doubles


def _try(ctx: Context, old: Field, new: Field, value: Any, count: int, env: ParseEnv, tally: _Tally) -> None:
    before = old.kind.text(old, value, ctx.language, env.time_zone)
    try:
        made = converted(old, new, value, env)
    except BadValue as bad:
        message = sentence(bad.code, bad.params, ctx.language)
        tally.add("failed", count, {"before": before, "after": "", "message": message, "count": count})
        return
    after = "" if made is None else new.kind.text(new, made, ctx.language, env.time_zone)
    stored = new.kind.to_db(made)[0] if new.unique and made is not None else None
    if stored is not None and isinstance(stored, Hashable):  # what is not, validation refuses to be unique
        if stored in tally.made:
            tally.doubles.add(count, f"{before} → {after}")
            message = sentence("fields.not_unique", {}, ctx.language)
            tally.add("failed", count, {"before": before, "after": after, "message": message, "count": count})
            return
        tally.made.add(stored)
    outcome = "same" if after == before else "changed"
    tally.add(outcome, count, {"before": before, "after": after, "message": "", "count": count})
