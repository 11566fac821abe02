"""A number, date or list worked out of the records that belong to this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from guanxi.engine.objects.computed.feeds import Feed
from guanxi.engine.objects.computed.rolling import Stored, feed_of, filter_fields, own_feed, stored_keys
from guanxi.engine.objects.computed.showing import Shapes, result_of, showing
from guanxi.engine.objects.fields.base import BadValue, FieldKind, Introduction
from guanxi.engine.objects.fields.kinds.integer import Integer
from guanxi.engine.objects.fields.registry import kind, register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.build import Source
from guanxi.engine.objects.query.filters import compile_filter

FUNCTIONS = (
    ("count", words("计数", "Count")),
    ("sum", words("合计", "Sum")),
    ("average", words("平均", "Average")),
    ("min", words("最小", "Smallest")),
    ("max", words("最大", "Largest")),
    ("first", words("最早一条的值", "Of the first")),
    ("last", words("最近一条的值", "Of the last")),
    ("list", words("列出", "List")),
)
"""What may be made of the children."""
TRAITS: Mapping[str, frozenset[str]] = {
    "sum": frozenset({"number"}),
    "average": frozenset({"number"}),
    "min": frozenset({"number", "date", "datetime"}),
    "max": frozenset({"number", "date", "datetime"}),
    "first": frozenset({"number", "text", "date", "datetime", "boolean", "choice", "ref"}),
    "last": frozenset({"number", "text", "date", "datetime", "boolean", "choice", "ref"}),
    "list": frozenset({"text", "choice"}),
}
"""Traits of the fields that each function takes."""
SORTABLE = frozenset({"number", "text", "date", "datetime"})
LONGEST_LIST, LONGEST_WORD = 50, 50


class _RollUp(Stored):
    """What the function in the setting ``function`` makes of a field of the children that a filter keeps."""

    key = "roll_up"
    intro = Introduction(
        "computed", "sigma", words("汇总", "Roll-up"),
        words("汇总下级记录的数量、金额或日期", "Counts, sums or dates of the records that belong to this one"),
        sample=words("商机金额合计", "Total of the opportunities"),
    )  # fmt: skip
    sample_settings: ClassVar[Mapping[str, Any]] = {"object": "company", "by": "parent", "function": "count"}
    result_settings: Mapping[str, Any] = {}

    def settings_schema(self) -> tuple[Setting, ...]:
        """The children (``object`` and ``by``, or ``through`` of this object), the function, its field and filter."""
        return (
            Setting("object", "object", words("汇总的对象", "Object"), required=True),
            Setting("by", "field", words("其指向本记录的字段", "Its field that points here"), of="object"),
            Setting("through", "field", words("或本对象的多对多字段", "Or a many-to-many field here")),
            Setting("function", "choice", words("汇总方式", "Function"), required=True, choices=FUNCTIONS),
            Setting("field", "field", words("汇总的字段", "Field"), of="object"),
            Setting("where", "filter", words("只汇总符合条件的记录", "Only records that match")),
            Setting(
                "sort",
                "field",
                words("先后依据", "Order by"),
                of="object",
                help=words("默认创建时间", "By default when created"),
            ),
        )

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """One way to the children, and a field for every function but the count."""
        super().check_settings(settings)
        if bool(settings.get("by")) == bool(settings.get("through")):
            raise BadValue("formula.roll_up_way")
        if (settings["function"] == "count") == bool(settings.get("field")):
            raise BadValue("formula.roll_up_field")

    def shaped(self, shapes: Shapes, object_key: str, field: Field) -> FieldKind:
        """As the kind of the field that is rolled up; counts are whole numbers."""
        settings = field.settings
        function = str(settings.get("function"))
        if function == "count":
            return showing(_RollUp, kind("integer"), {})
        end = shapes.find(str(settings.get("object")), str(settings.get("field")))
        if end is None or function not in TRAITS or end.kind.trait not in TRAITS[function] or end.kind.secret:
            return self
        base, own = result_of(end)
        if function == "list":
            if end.kind.trait == "choice":
                return showing(_RollUp, kind("multi_choice"), {"options": own["options"]} if "options" in own else own)
            return showing(_RollUp, kind("tags"), {})
        if function == "average" and base.key in ("integer", "rating", "progress"):
            return showing(_RollUp, kind("decimal"), {"scale": 2})
        return showing(_RollUp, base, own)

    def initial(self, field: Field) -> Any:
        """Nothing has been counted yet."""
        return 0 if field.settings.get("function") == "count" else None

    def feeds(self, field: Field) -> Sequence[Feed]:
        """The one way to the children."""
        made = self.way(field)
        return (made,) if made is not None and self.is_shaped else ()

    def way(self, field: Field) -> Feed | None:
        """How the settings lead to the children; None when they do not."""
        snapshot, obj, _ = self.bound()
        settings = field.settings
        child = snapshot.objects.get(str(settings.get("object")))
        if child is None:
            return None
        watched: set[str] = set()
        named = [
            settings.get("field"),
            settings.get("sort"),
            *(name for name, _ in filter_fields(settings.get("where"))),
        ]
        for name in filter(None, named):
            watched |= stored_keys(child, name) or {name}
        if settings.get("through"):
            made = own_feed(snapshot, obj, field, settings["through"], watched, settings)
        else:
            made = feed_of(snapshot, obj, field, child.key, str(settings.get("by")), watched, settings)
        return made if made is not None and made.child is child else None

    def cells(self, feed: Feed, source: Source) -> list[str]:
        """One aggregate for each column."""
        settings, alias = feed.values, source.alias
        where = settings.get("where")
        kept = compile_filter(source, where) if where is not None else "TRUE"
        function = settings["function"]
        if function == "count":
            return [f"count(*) FILTER (WHERE {kept})"]
        end = feed.child.fields[settings["field"]]
        columns = list(end.kind.select(end, alias))
        value = end.kind.expression(end, alias)
        present = f"({kept}) AND {value} IS NOT NULL"
        if function in ("first", "last"):
            return self._ordered(feed, columns, function, present, alias)
        if function == "list":
            return [self._list(end, value, present)]
        reckoned = {"sum": f"sum({value})", "average": f"avg({value})"}.get(function, f"{function}({value})")
        made = f"{reckoned} FILTER (WHERE {present})"
        if function == "average":
            made = f"round({made}, {self._scale()})"
        if len(columns) == 1:
            return [made]
        low, high = (f"{word}({columns[1]}) FILTER (WHERE {present})" for word in ("min", "max"))
        return [f"CASE WHEN {low} = {high} THEN {made} END", f"CASE WHEN {low} = {high} THEN {low} END"]

    def _scale(self) -> int:
        unit = getattr(getattr(self.prepare({}), "range", self.prepare({})), "unit", None)
        return max(0, -unit.as_tuple().exponent) if unit is not None else 0

    def _ordered(self, feed: Feed, columns: list[str], function: str, present: str, alias: str) -> list[str]:
        key = str(feed.values.get("sort") or "created_at")
        sort = feed.child.fields[key]
        direction = "ASC" if function == "first" else "DESC"
        order = f"{sort.kind.expression(sort, alias)} {direction} NULLS LAST, {alias}.id {direction}"
        return [f"(array_agg({column} ORDER BY {order}) FILTER (WHERE {present}))[1]" for column in columns]

    def _list(self, end: Field, value: str, present: str) -> str:
        if end.kind.trait == "choice":
            found = ", ".join(
                f"CASE WHEN bool_or({value} = '{key}') FILTER (WHERE {present}) THEN '{key}' END"
                for key in end.prepared.labels
            )
            return f"nullif(array_remove(ARRAY[{found}]::text[], NULL), '{{}}')"
        word = f"left(btrim({value}), {LONGEST_WORD})"
        return f"(array_agg(DISTINCT {word}) FILTER (WHERE {present} AND {word} <> ''))[1:{LONGEST_LIST}]"


@register
class RollUp(_RollUp, Integer):
    """A roll-up; this one counts, ``shaped`` makes those with the kind of a field."""

    result = "integer"
