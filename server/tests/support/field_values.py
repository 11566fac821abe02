"""Random values and operands for fields of any kind, made from the kind's trait and its samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.fields.references import SAMPLE_IDS
from guanxi.engine.objects.model import Field
from guanxi.kit import clock
from tests.support.naive import plain

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ENV = ParseEnv(now=NOW)

# Few letters make ties and substrings likely; case is folded the same everywhere for these.
_words = st.text("ABab中文01 %_\\'\"", min_size=1, max_size=6)
_days = st.integers(-800, 800).map(lambda days: NOW.date() + timedelta(days=days)) | st.dates(date(1000, 1, 1))
_RAW: dict[str, st.SearchStrategy[Any]] = {
    "text": _words,
    "number": st.integers(-3, 3) | st.decimals(Decimal(-1000), Decimal(1000), places=2),
    "date": _days,
    "datetime": st.integers(-800 * 24 * 60, 800 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    "tags": st.lists(_words, min_size=1, max_size=3),
    "refs": st.lists(st.sampled_from(SAMPLE_IDS), min_size=1, max_size=3),
}
_lat, _lng = st.integers(-90, 90), st.integers(-180, 180)
_places = {
    "near": st.fixed_dictionaries({"lat": _lat, "lng": _lng, "km": st.sampled_from([1, 123.4, 2500, 9000, 20_000])}),
    "in_box": st.fixed_dictionaries({"south": _lat, "north": _lat, "west": _lng, "east": _lng}),
}
_PERIODS = st.sampled_from(sorted(clock.PERIODS)).map(lambda name: {"period": name}) | st.builds(
    lambda word, count, unit: {word: count, "unit": unit},
    st.sampled_from(["last", "next"]),
    st.integers(1, 14),
    st.sampled_from(["day", "week", "month"]),
)


def natives(field: Field) -> st.SearchStrategy[Any]:
    """Native values of the field, and None unless the engine fills it."""
    return _present(field) if field.kind.generated else st.none() | _present(field)


def _present(field: Field) -> st.SearchStrategy[Any]:
    """Samples of the kind, and random values that it takes."""

    samples = field.kind.samples(field)

    def parsed(raw: Any) -> Any:
        try:
            value = field.kind.parse(field, raw, ENV)
        except BadValue:
            return samples[0]
        return samples[0] if value is None else value

    known = st.sampled_from(samples)
    raw = _RAW.get(field.kind.trait)
    return known if raw is None else known | raw.map(parsed)


@dataclass(frozen=True)
class Operand:
    """An operand as the API takes it, and what it means to the naive evaluator."""

    json: Any
    plain: Any


def operands(field: Field, op: str, values: Sequence[Any]) -> st.SearchStrategy[Operand]:
    """Operands for an operator, made of the values that are there and of others."""
    alike = {
        "is_empty": st.none(),
        "not_empty": st.none(),
        "within": _PERIODS,
        "object_is": st.sampled_from(field.settings.get("targets", [""])),
    }
    if op in ("near", "in_box"):
        return _places[op].map(lambda said: Operand(said, said))
    if op in alike:
        return alike[op].map(lambda said: Operand(said, said))
    present = [value for value in values if value is not None]
    others = _present(field)
    one = (st.sampled_from(present) | others if present else others).map(lambda value: _operand(field, value))
    if field.kind.trait == "list" and op in ("contains", "not_contains"):
        single = one.flatmap(lambda whole: st.sampled_from(whole.plain)).map(lambda text: Operand(text, text))
        return st.builds(_part, single, st.integers(0, 8), st.integers(1, 4), st.booleans())
    several = st.lists(one, min_size=1, max_size=3)
    made = {
        "between": st.tuples(one, one).map(_list),
        **dict.fromkeys(("in", "not_in"), several.map(_list)),
        **dict.fromkeys(("has_any", "has_all", "has_none"), several.map(_elements)),
        **dict.fromkeys(
            ("contains", "not_contains", "starts_with", "ends_with"),
            st.builds(_part, one, st.integers(0, 8), st.integers(1, 4), st.booleans()),
        ),
    }
    return made.get(op, one)


def _operand(field: Field, value: Any) -> Operand:
    meant = plain(field.kind.key, value)
    return Operand(meant if field.kind.trait == "text" else field.kind.render(value), meant)


def _list(found: Sequence[Operand]) -> Operand:
    return Operand([operand.json for operand in found], [operand.plain for operand in found])


def _elements(found: Sequence[Operand]) -> Operand:
    """At most two of the elements of lists."""
    elements = list(dict.fromkeys(element for operand in found for element in operand.plain))[:2]
    return Operand([str(element) for element in elements], elements)


def _part(whole: Operand, start: int, length: int, swapped: bool) -> Operand:
    text = whole.plain
    start = min(start, len(text) - 1)
    part = text[start : start + length]
    part = part.swapcase() if swapped and part.isascii() else part
    return Operand(part, part)
