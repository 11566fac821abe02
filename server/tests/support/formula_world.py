"""An object with fields of every type that formulas know, and rows of random values, for the tests of formulas."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from hypothesis import strategies as st

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects import definitions, install
from guanxi.infra.database.cursor import cursor
from guanxi.kit.money import Money

SCHEMA = "ws_formulas"
ROW, FIRM, MEMBER = "row", "firm", "member"
NOW = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
"""Half an hour into the 1st of March in Shanghai."""
ME = UUID("01900000-0000-7000-8000-00000000000a")

_SPACE = UUID("0193b2a0-0000-7000-8000-0000000000f0")
_OPTIONS = {
    "options": [
        {"key": "won", "label": {"zh-CN": "赢单", "en": "Won"}},
        {"key": "lost", "label": {"zh-CN": "输单", "en": "Lost's"}},
        {"key": "A-1", "label": {"zh-CN": "甲", "en": "Alpha"}},
    ]
}
Fields = tuple[tuple[str, str, dict[str, Any]], ...]
ROW_FIELDS: Fields = (
    ("name", "text", {}),
    ("n1", "decimal", {"scale": 4}),
    ("n2", "decimal", {"scale": 10}),
    ("n3", "integer", {}),
    ("n4", "percent", {}),
    ("m1", "money", {"currency": "CNY"}),
    ("m2", "money", {"currency": "CNY"}),
    ("t1", "text", {}),
    ("t2", "long_text", {}),
    ("t3", "rich_text", {}),
    ("t4", "address", {}),
    ("b1", "boolean", {}),
    ("b2", "boolean", {}),
    ("d1", "date", {}),
    ("d2", "date", {}),
    ("s1", "datetime", {}),
    ("s2", "datetime", {}),
    ("c1", "choice", _OPTIONS),
    ("c2", "choice", _OPTIONS),
    ("l1", "multi_choice", _OPTIONS),
    ("l2", "tags", {}),
    ("firm", "lookup", {"target": FIRM}),
    ("boss", "person", {}),
)
FIRM_FIELDS: Fields = (
    ("name", "text", {}),
    ("size", "integer", {}),
    ("since", "date", {}),
    ("level", "choice", _OPTIONS),
    ("active", "boolean", {}),
    ("parent", "lookup", {"target": FIRM}),
    ("boss", "person", {}),
)


@dataclass(frozen=True)
class FormulaWorld:
    """The workspace; ``scratch`` opens a unit of work whose writes are gone afterwards."""

    workspace: Workspace
    firms: tuple[UUID, ...] = ()

    @contextmanager
    def scratch(self, language: str = "zh-CN") -> Iterator[Context]:
        """A unit of work of the system at a fixed moment, undone at its end."""
        with transaction.atomic():
            with work(self.workspace, SYSTEM, via="system", language=language, now=NOW) as ctx:
                yield ctx
            transaction.set_rollback(True)


def build() -> FormulaWorld:
    """Make the schema and the objects, in the caller's transaction."""
    cur = cursor()
    install.create_schema(cur, SCHEMA)
    install.install(cur, [define(ROW, ROW_FIELDS), define(FIRM, FIRM_FIELDS), define(MEMBER, (("name", "text", {}),))])
    return FormulaWorld(Workspace(id=2, slug="formulas", schema=SCHEMA, name="公式"))


def define(key: str, fields: Fields, **more: Any) -> definitions.ObjectDefinition:
    """An object with these fields."""
    rows = [
        {
            "id": str(uuid5(_SPACE, f"{key}.{name}")),
            "key": name,
            "kind": kind,
            "settings": settings,
            "label": {"zh-CN": f"字段{name}", "en": f"Field {name}"},
        }
        for name, kind, settings in fields
    ]
    label = {"zh-CN": f"对象{key}", "en": key}
    data = {"id": str(uuid5(_SPACE, key)), "key": key, "label": label, "title": "name", "fields": rows, **more}
    return definitions.parse(data, "tests", f"{key}.toml")


def _ago(**span: int) -> datetime:
    return NOW + timedelta(**span)


_words = st.text("ABab中文𠮷👍é½ßİΣς,.'\"\\%$1- \u3000", max_size=8)
_known_numbers = ["0", "0.5", "-0.5", "1.005", "2.5", "-2.5", "1e-10", "99999999999999.9999", "-123456.7895"]
_numbers = (
    st.sampled_from(_known_numbers).map(Decimal)
    | st.decimals(-1000, 1000, places=4)
    | st.integers(-12, 12).map(Decimal)
)
_known_days = ["2024-02-29", "2026-01-31", "2025-12-31", "1000-01-01", "9999-12-31", "2026-02-14", "2026-02-28"]
_days = (
    st.sampled_from(_known_days).map(date.fromisoformat)
    | st.integers(-900, 900).map(lambda n: NOW.date() + timedelta(days=n))
    | st.dates(date(1000, 1, 1))
)
_known_moments = ["2026-02-28T15:59:59.999999+00:00", "2024-02-29T16:00:00+00:00", "1000-01-02T00:00:00+00:00"]
_moments = (
    st.sampled_from(_known_moments).map(datetime.fromisoformat)
    | st.integers(-50_000_000, 50_000_000).map(lambda n: _ago(seconds=n))
    | st.integers(0, 86_400_000_000).map(lambda n: _ago(microseconds=n))
)
_keys = st.sampled_from(["won", "lost", "A-1"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "decimal": _numbers,
    "integer": st.integers(-1000, 1000) | st.just(999_999_999_999_999),
    "percent": st.sampled_from(["0", "35", "12.5"]).map(Decimal),
    "money": st.builds(Money, st.decimals(-1000, 1000, places=2), st.sampled_from(["CNY", "CNY", "USD"])),
    "text": _words,
    "long_text": _words | st.just("长" * 12_000),
    "rich_text": _words.map(lambda text: f"<p>{text.replace('<', '')}</p>"),
    "address": st.fixed_dictionaries({"city": st.sampled_from(["上海", "深圳"])}, optional={"street": _words}),
    "boolean": st.booleans(),
    "date": _days,
    "datetime": _moments,
    "choice": _keys,
    "multi_choice": st.lists(_keys, min_size=1, max_size=3),
    "tags": st.lists(st.sampled_from(["甲", "won", "x y"]), min_size=1, max_size=3),
}


def rows(firms: tuple[UUID, ...], *, most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Values of rows; each field may be empty."""
    special = {"lookup": st.sampled_from(firms), "person": st.just(ME)}
    made = {key: st.none() | (special[kind] if kind in special else VALUES[kind]) for key, kind, _ in ROW_FIELDS[1:]}
    return st.lists(st.fixed_dictionaries(made), min_size=1, max_size=most)
