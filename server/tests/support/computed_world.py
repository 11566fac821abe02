"""Companies with branches, deals with lines, notes about both: objects with every sort of computed field."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects import install
from guanxi.infra.database.cursor import cursor
from tests.support.formula_world import NOW, Fields, define

SCHEMA = "ws_computed"
_STATUS = {
    "options": [
        {"key": "open", "label": {"zh-CN": "进行中", "en": "Open"}},
        {"key": "won", "label": {"zh-CN": "赢单", "en": "Won"}},
    ]
}


def _roll(function: str, field: str | None = None, **more: Any) -> dict[str, Any]:
    way = {} if "through" in more else {"by": more.pop("by", "branch")}
    return {
        "object": more.pop("object", "deal"),
        **way,
        "function": function,
        **({"field": field} if field else {}),
        **more,
    }


_WON = {"field": "status", "op": "eq", "value": "won"}
GROUP: Fields = (
    ("name", "text", {}),
    ("total", "roll_up", _roll("sum", "won", object="branch", by="group")),
    ("branches", "roll_up", _roll("count", object="branch", by="group")),
    ("latest", "roll_up", _roll("max", "touched", object="branch", by="group")),
)
BRANCH: Fields = (
    ("name", "text", {}),
    ("group", "lookup", {"target": "group", "reverse": "branches_", "on_delete": "clear"}),
    ("deals", "roll_up", _roll("count")),
    ("won", "roll_up", _roll("sum", "amount", where=_WON)),
    ("mean", "roll_up", _roll("average", "amount")),
    ("first_day", "roll_up", _roll("min", "day")),
    ("last_day", "roll_up", _roll("max", "day")),
    ("newest", "roll_up", _roll("last", "name", sort="day")),
    ("oldest", "roll_up", _roll("first", "amount", sort="day", where={"not": _WON})),
    ("kinds", "roll_up", _roll("list", "status")),
    ("words", "roll_up", _roll("list", "name")),
    ("worth", "roll_up", _roll("sum", "value")),
    ("lines", "roll_up", _roll("sum", "lines_total")),
    ("touched", "last_activity", {}),
    ("helped", "roll_up", _roll("count", by="helpers")),
    ("stars", "roll_up", _roll("sum", "amount", through="favourites")),
    ("favourites", "many_to_many", {"target": "deal"}),
    ("rate", "formula", {"expression": "IF(deals = 0, 0, won / deals)", "result": "money"}),
)
DEAL: Fields = (
    ("name", "text", {}),
    ("remark", "text", {}),
    ("branch", "lookup", {"target": "branch", "reverse": "deals_", "on_delete": "cascade"}),
    ("helpers", "many_to_many", {"target": "branch"}),
    ("status", "choice", _STATUS),
    ("amount", "money", {"currency": "CNY"}),
    ("quantity", "decimal", {"scale": 2}),
    ("day", "date", {}),
    ("value", "formula", {"expression": "amount * quantity", "result": "money"}),
    ("lines_total", "roll_up", _roll("sum", "total", object="line", by="deal")),
    ("group_name", "lookup_value", {"path": "branch.group.name"}),
    ("group_total", "lookup_value", {"path": "branch.group.total"}),
    ("share", "formula", {"expression": "amount / branch.group.total * 100", "result": "percent", "decimals": 1}),
    ("told", "formula", {"expression": 'name & "/" & status & "/" & branch & "/" & group_name', "result": "text"}),
    ("due", "formula", {"expression": "WORKDAY(day, 5)", "result": "date"}),
    ("late", "formula", {"expression": "due < TODAY()", "result": "boolean"}),
    ("above", "formula", {"expression": "branch.group", "result": "record", "target": "group"}),
)
LINE: Fields = (
    ("name", "text", {}),
    ("deal", "lookup", {"target": "deal", "reverse": "lines_", "on_delete": "cascade"}),
    ("price", "money", {"currency": "CNY"}),
    ("count", "integer", {}),
    ("total", "formula", {"expression": "price * count", "result": "money"}),
)
NOTE: Fields = (
    ("name", "text", {}),
    ("about", "about", {"targets": ["branch", "deal"], "reverse": "notes"}),
)
OBJECTS = {"group": GROUP, "branch": BRANCH, "deal": DEAL, "line": LINE, "note": NOTE}


@dataclass(frozen=True)
class ComputedWorld:
    """The workspace; ``scratch`` opens a unit of work whose writes are gone afterwards."""

    workspace: Workspace

    @contextmanager
    def scratch(self, language: str = "zh-CN") -> Iterator[Context]:
        """A unit of work of the system at a fixed moment, undone at its end."""
        with transaction.atomic():
            with work(self.workspace, SYSTEM, via="system", language=language, now=NOW) as ctx:
                yield ctx
            transaction.set_rollback(True)


def build() -> ComputedWorld:
    """Make the schema and the objects, in the caller's transaction or on its own."""
    cur = cursor()
    install.create_schema(cur, SCHEMA)
    member = define("member", (("name", "text", {}),))
    install.install(cur, [member, *(define(key, fields) for key, fields in OBJECTS.items())])
    return ComputedWorld(Workspace(id=3, slug="computed", schema=SCHEMA, name="计算"))
