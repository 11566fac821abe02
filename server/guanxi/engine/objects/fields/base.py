"""What a field kind promises: columns, parsing, storage, rendering and text of one sort of value.

A kind is one class in ``kinds/<kind>.py``. Operators, aggregates, sorting and grouping are not its matter: they
bind to the kind's *trait* (``traits.py``), so that a new kind edits nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from guanxi.engine.objects.ddl.plan import Deferred
    from guanxi.engine.objects.fields.settings import Setting
    from guanxi.engine.objects.model import Field, Object, Snapshot


MASK = "••••"
"""What stands in for a value that is not told."""
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
"""Where times are told and read when nobody says otherwise."""


class BadValue(Exception):
    """A value that a field cannot take. ``code`` and ``params`` name the sentence shown to the person."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Column:
    """A physical column: suffix behind the field's key ("" or "__something") and its SQL type."""

    suffix: str
    sql_type: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """How a kind is offered to those who design objects: its group, the name of its icon, its name, what it is for."""

    group: str
    icon: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    sample: Mapping[str, str] | None = None
    """What a value looks like, where the first of ``samples`` says little or is not of the reader's language."""


@dataclass(frozen=True, slots=True)
class ParseEnv:
    """What parsing may depend on besides the value itself."""

    language: str = "zh-CN"
    time_zone: ZoneInfo = DEFAULT_ZONE
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    me: UUID | None = None
    fiscal_month: int = 1
    """The month that years begin with, and that quarters are counted from."""


def shown(raw: Any) -> str:
    """What was given, short enough to be quoted in a sentence."""
    text = str(raw)
    return text if len(text) <= 40 else f"{text[:39]}…"


class FieldKind:
    """Behaviour of one sort of field. Instances are stateless and registered once.

    *Native* values are what Python code of hooks and rules works with (Decimal, Money, UUID, date ...); None is
    always "empty". ``parse`` accepts every JSON form of the API and the native form itself.
    """

    key: ClassVar[str]
    trait: ClassVar[str]
    intro: ClassVar[Introduction]
    sortable: ClassVar[bool] = True
    groupable: ClassVar[bool] = False
    searchable: ClassVar[bool] = False
    generated: ClassVar[bool] = False
    """True when the engine fills the value (auto numbers): callers may not write it."""
    holds_value: ClassVar[bool] = True
    """False for what stands among the fields without a value of the record: a button, a table of other records."""
    offered: ClassVar[bool] = True
    """False when only the engine makes fields of the kind: nobody is offered to add one."""
    secret: ClassVar[bool] = False
    """True when ``render`` and ``text`` hide most of the value; it is then never compared, sorted, grouped or computed
    with, so that no list tells what it hides."""
    personal: ClassVar[bool] = False
    """True for values by which a person is reached or known: search keeps them apart, for roles that may not read them."""
    names_record: ClassVar[bool] = False
    """True for short texts by which records of elsewhere are recognised: a name, a code, a mail. That a record has such a
    value is told to who would make a second one of it, though they may not see it."""
    computed: ClassVar[bool] = False
    """True when the value is worked out of others: nobody writes it, and it is no part of a record's history."""
    virtual: ClassVar[bool] = False
    """True when the value is not stored: there are no columns, every statement works it out."""
    sample_settings: ClassVar[Mapping[str, Any]] = {}
    """Settings that a field of this kind may have, where it cannot do without (conformance suite, API console)."""
    exact_text: ClassVar[bool] = True
    """True when ``parse_text(text(value))`` gives the value back, so that an exported file can be imported."""

    def columns(self, field: Field) -> tuple[Column, ...]:
        """Columns that hold the value; empty for values kept in a link table."""
        raise NotImplementedError

    def of(self, settings: Mapping[str, Any]) -> FieldKind:
        """The kind of a field with these settings: another one where they say what sort of value there is."""
        return self

    def select(self, field: Field, alias: str) -> tuple[str, ...]:
        """SQL of the columns' values, in the order of ``columns``."""
        return tuple(f'{alias}."{field.key}{column.suffix}"' for column in self.columns(field))

    def bind(self, snapshot: Snapshot, obj: Object, field: Field) -> None:
        """Learn the snapshot that a computed field belongs to; called once, when it is assembled."""

    def initial(self, field: Field) -> Any:
        """The native value that a computed field of a new record begins with."""
        return None

    def depends_on(self, snapshot: Snapshot, obj: Object, field: Field) -> frozenset[tuple[str, str]]:
        """Fields that the value is worked out of, as (object, key); those that settings name are found without it."""
        return frozenset()

    def steps(self, obj: Object, field: Field, before: Field | None) -> Sequence[Deferred]:
        """What has to follow in the background when the field is made (``before`` is None) or its settings change."""
        return ()

    def settings_schema(self) -> tuple[Setting, ...]:
        """The settings that a field of this kind may have; checks, the designer's form and the API follow it."""
        return ()

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """Raise BadValue when a definition's settings make no sense for this kind, unknown names included."""
        from guanxi.engine.objects.fields.settings import check

        check(self.settings_schema(), settings)

    def prepare(self, settings: Mapping[str, Any]) -> Any:
        """What the kind works out of the settings once and then finds as ``field.prepared`` (limits, options)."""
        return None

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """Native value of any accepted form; None when empty; BadValue when it cannot be taken."""
        raise NotImplementedError

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> Any:
        """Native value of text as people write it in spreadsheets, in either language; BadValue otherwise."""
        return self.parse(field, text.strip(), env)

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """One value per column."""
        return (value,)

    def from_db(self, values: Sequence[Any]) -> Any:
        """Native value of the columns' values."""
        return values[0]

    def render(self, value: Any) -> Any:
        """JSON form of a native value; references are rendered as their plain id."""
        return value

    def kept(self, value: Any) -> Any:
        """JSON form that the change log keeps, from which ``parse`` makes the value again."""
        return self.render(value)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The value as a person reads it in history, export and search; "" when empty. Times are told in ``zone``."""
        return "" if value is None else str(value)

    def mask(self, value: Any) -> str:
        """What somebody is told of a native value whose roles mask the field: enough to know it again, no more."""
        return MASK

    def expression(self, field: Field, alias: str) -> str:
        """SQL expression that is compared, sorted and aggregated."""
        return f'{alias}."{field.key}"'

    def compared_text(self, value: Any) -> str:
        """What ``expression`` makes of a native value, for kinds that are compared as text."""
        return str(value)

    def sort_expression(self, field: Field, alias: str) -> str:
        """SQL expression of the order, where it differs from the compared one."""
        return self.expression(field, alias)

    def aggregate(self, field: Field, alias: str, fn: str) -> str:
        """SQL of sum, avg, min or max over the field, for values of one unit."""
        return f"{fn}({self.expression(field, alias)})"

    def unit_expression(self, field: Field, alias: str) -> str | None:
        """SQL of what a value is counted in, where that is the value's own; aggregates are then told by unit."""
        return None

    def aggregated(self, field: Field, value: Any, unit: Any) -> Any:
        """JSON form of an aggregate of values of one unit."""
        return {"amount": value, "unit": unit}

    def group_expression(self, field: Field, alias: str) -> str:
        """SQL expression of the group key."""
        return self.expression(field, alias)

    def group_key(self, cell: Any) -> Any:
        """JSON form of a group's key, which is not empty."""
        return cell.isoformat() if isinstance(cell, date) else cell

    def indexes(self, field: Field) -> tuple[str, ...]:
        """Index bodies (what follows ``ON table``) that this kind always needs, e.g. ``USING gin ("tags")``."""
        return ()

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """Value to compare with in a filter, bound as a parameter; BadValue when it makes no sense."""
        native = self.parse(field, raw, env)
        if native is None:
            raise BadValue("fields.value_required")
        return self.to_db(native)[0]

    def part(self, text: str) -> str:
        """Part of a value as people write it, in the form in which values are stored; for ``contains`` and the like."""
        return text

    def param_type(self, field: Field) -> str:
        """SQL type of ``comparable``'s result."""
        return self.columns(field)[0].sql_type

    def target(self, field: Field) -> str | None:
        """Key of the object referred to, for references to one object."""
        return None

    def same(self, a: Any, b: Any) -> bool:
        """Whether two native values are the same, so that writing one over the other is no change."""
        return bool(a == b)

    def samples(self, field: Field) -> list[Any]:
        """Native values that cover the kind's range (used by the conformance suite and the API console)."""
        raise NotImplementedError

    def json_schema(self, field: Field) -> dict[str, Any]:
        """JSON Schema of the rendered value (null is added by the caller)."""
        return {"type": "string"}
