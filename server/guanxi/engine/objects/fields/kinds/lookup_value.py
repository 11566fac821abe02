"""A field of a related record, shown on this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from guanxi.engine.objects.computed.compile import along
from guanxi.engine.objects.computed.showing import Shaped, Shapes, Virtual, result_of, showing
from guanxi.engine.objects.fields.base import BadValue, FieldKind, Introduction
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import MAX_PATH

Steps = tuple[tuple[Object, Field], ...]
UNSHOWN = frozenset({"refs", "about", "file", "rows", "none", "secret"})
"""Traits whose values belong to their own record alone."""


class _LookupValue(Shaped, Virtual):
    """The field at the end of the setting ``path``, as its kind shows it."""

    key = "lookup_value"
    intro = Introduction(
        "computed", "corner-down-right", words("引用字段", "Lookup value"),
        words("显示关联记录的字段", "A field of a related record"),
        sample=words("客户的行业", "Industry of the customer"),
    )  # fmt: skip
    sample_settings: ClassVar[Mapping[str, Any]] = {"path": "f_lookup.name"}
    result_settings: Mapping[str, Any] = {}
    _steps: Steps | None = None
    _end: tuple[Object, Field] | None = None

    def settings_schema(self) -> tuple[Setting, ...]:
        """``path``: references to one record, then the field shown, with points between them."""
        return (Setting("path", "text", words("路径", "Path"), required=True, max=200),)

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """At least one reference and a field."""
        super().check_settings(settings)
        if not 2 <= len(str(settings["path"]).split(".")) <= MAX_PATH + 1:
            raise BadValue("formula.bad_path", path=str(settings["path"]), limit=MAX_PATH)

    def shaped(self, shapes: Shapes, object_key: str, field: Field) -> FieldKind:
        """As the kind of the field at the end."""
        *steps, last = str(field.settings.get("path", "")).split(".")
        for step in steps:
            through = shapes.find(object_key, step)
            if through is None or through.kind.trait != "ref" or through.kind.virtual or through.target is None:
                return self
            object_key = through.target
        end = shapes.find(object_key, last)
        if not steps or end is None or end.kind.trait in UNSHOWN or end.kind.secret or not end.kind.holds_value:
            return self
        return showing(_LookupValue, *result_of(end))

    def leads(self, field: Field) -> tuple[Steps, Object, Field | None]:
        """The references of the path, and the field at its end; no field when the path leads nowhere any more."""
        if self.snapshot is None or self.obj is None:
            raise LookupError("the field belongs to no snapshot")
        if not self.is_shaped:
            return (), self.obj, None
        *names, last = str(field.settings["path"]).split(".")
        at, steps = self.obj, []
        for name in names:
            through = at.fields.get(name)
            target = self.snapshot.objects.get((through.target if through else None) or "")
            if through is None or target is None or through.kind.virtual:
                return (), at, None
            steps.append((at, through))
            at = target
        return tuple(steps), at, at.fields.get(last)

    def cells(self, field: Field, alias: str) -> Sequence[str]:
        """One sub-query for each column of the field shown."""
        columns = self.columns(field)
        steps, _, end = self.leads(self.own or field) if self.snapshot else ((), None, None)
        if end is None:
            return [f"NULL::{column.sql_type}" for column in columns]
        return [
            along(steps, alias, lambda at, place=place, end=end: end.kind.select(end, at)[place])
            for place in range(len(columns))
        ]

    def expression(self, field: Field, alias: str) -> str:
        """What the field shown is compared by."""
        steps, _, end = self.leads(self.own or field) if self.snapshot else ((), None, None)
        if end is None:
            return f"NULL::{self.columns(field)[0].sql_type}"
        return along(steps, alias, lambda at: end.kind.expression(end, at))

    def worked_out_of(self, field: Field) -> frozenset[tuple[str, str]]:
        """The references on the way, and the field shown."""
        steps, at, end = self.leads(field)
        found = {(one.key, step.key) for one, step in steps}
        return frozenset(found | ({(at.key, end.key)} if end else set()))


@register
class LookupValue(_LookupValue, Text):
    """A field of a related record; ``shaped`` gives it the kind of that field."""

    result = "text"
