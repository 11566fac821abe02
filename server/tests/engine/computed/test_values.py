"""Computed fields in everything that reads: values, filters, orders, groups, sums, files, and what may not be written."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest

from guanxi.engine.context import Context
from guanxi.engine.objects import validation
from guanxi.engine.objects.query.groups import Aggregate, GroupBy
from guanxi.engine.records import groups, history, reads, writes
from guanxi.engine.transfer.exports import export
from guanxi.infra.errors import Invalid
from tests.support.computed_world import ComputedWorld
from tests.support.json_schema import problems


def money(amount: str, currency: str = "CNY") -> dict[str, str]:
    """Money as it is rendered."""
    return {"amount": amount, "currency": currency}


def fill(ctx: Context) -> dict[str, UUID]:
    """A group with a branch that has three deals, one of them in dollars, and a second branch without any."""
    (group,) = writes.create(ctx, "group", [{"name": "集团"}])
    first, second = writes.create(ctx, "branch", [{"name": "华南", "group": group}, {"name": "空"}])
    deals = writes.create(
        ctx,
        "deal",
        [
            {"name": "甲", "branch": first, "status": "won", "amount": "100", "quantity": "2", "day": "2026-02-13"},
            {"name": "乙", "branch": first, "status": "won", "amount": "50.5", "quantity": "1", "day": "2026-02-27"},
            {"name": "丙", "branch": first, "status": "open", "day": "2026-02-20"},
        ],
    )
    writes.create(ctx, "line", [{"deal": deals[0], "price": "10", "count": n} for n in (1, 2)])
    writes.create(ctx, "note", [{"name": "记", "about": {"object": "branch", "id": str(first)}}])
    writes.update(ctx, "branch", [writes.Change(second, {"favourites": deals[:2]})])
    writes.update(ctx, "deal", [writes.Change(deals[0], {"helpers": [second]})])
    return {"group": group, "first": first, "second": second, "a": deals[0], "b": deals[1], "c": deals[2]}


def test_roll_ups_say_what_their_function_says(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)
        first, second = (reads.get(ctx, "branch", made[key]) for key in ("first", "second"))
        group = reads.get(ctx, "group", made["group"])
        now = ctx.now.isoformat().replace("+00:00", "Z")

    assert (first["deals"], first["won"], first["mean"]) == (3, money("150.5"), money("75.25"))
    assert (first["first_day"], first["last_day"], first["newest"]) == ("2026-02-13", "2026-02-27", "乙")
    assert (first["oldest"], first["kinds"], first["words"]) == (None, ["open", "won"], ["丙", "乙", "甲"])
    assert (first["worth"], first["lines"], first["touched"]) == (money("250.5"), money("30"), now)
    assert (first["rate"], first["rev"]) == (money("50.17"), 1)
    assert (second["deals"], second["won"], second["rate"]["amount"], second["touched"]) == (0, None, "0", None)
    assert (second["stars"], second["helped"]) == (money("150.5"), 1)
    assert (group["total"], group["branches"], group["latest"], group["rev"]) == (money("150.5"), 1, now, 1)


def test_amounts_of_several_currencies_have_no_sum(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)
        writes.create(
            ctx, "deal", [{"branch": made["first"], "status": "won", "amount": money("1", "USD"), "quantity": 3}]
        )
        first = reads.get(ctx, "branch", made["first"])
        (dollars,) = reads.page(
            ctx, "deal", reads.Query(("value", "share"), {"field": "quantity", "op": "eq", "value": 3})
        ).rows

    assert (first["deals"], first["won"], first["mean"], first["worth"]) == (4, None, None, None)
    assert dollars["value"] == money("3", "USD")


def test_formulas_and_lookups_are_fields_like_others(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)
        a = reads.get(ctx, "deal", made["a"])
        fields = ctx.snapshot.object("deal").fields
        shown = {key: fields[key].kind.json_schema(fields[key]) for key in a if key in fields and a[key] is not None}

    assert (a["value"], a["group_name"], a["group_total"], a["share"]) == (money("200"), "集团", money("150.5"), "66.4")
    assert (a["told"], a["due"], a["late"]) == ("甲/赢单/华南/集团", "2026-02-27", True)
    assert a["above"] == {"id": str(made["group"]), "title": "集团"}
    assert [problem for key, schema in shown.items() for problem in problems(a[key], schema)] == []


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"field": "value", "op": "gt", "value": 100}, "a"),
        ({"field": "told", "op": "contains", "value": "乙/赢"}, "b"),
        ({"field": "due", "op": "within", "value": {"period": "this_week"}}, "ac"),
        ({"field": "due", "op": "lt", "value": "2026-02-28"}, "a"),
        ({"field": "late", "op": "eq", "value": True}, "ac"),
        ({"field": "value", "op": "is_empty"}, "c"),
        ({"field": "group_name", "op": "eq", "value": "集团"}, "abc"),
        ({"field": "above.name", "op": "starts_with", "value": "集"}, "abc"),
        ({"field": "branch.won", "op": "gte", "value": 150}, "abc"),
        ({"field": "branch.rate", "op": "gte", "value": 51}, ""),
        ({"not": {"field": "share", "op": "lt", "value": 50}}, "ac"),
    ],
)  # fmt: skip
def test_they_can_be_asked_for(computed: ComputedWorld, where: Any, found: str) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)

        assert set(reads.ids(ctx, "deal", where)) == {made[key] for key in found}


def test_they_can_be_sorted_by_page_by_page(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)
        names = {str(made[key]): key for key in "abc"}

        def walk(path: str, direction: Any) -> str:
            found, cursor = "", None
            while True:
                query = reads.Query(("name",), sort=((path, direction),), limit=1, cursor=cursor)
                page = reads.page(ctx, "deal", query)
                found += "".join(names[row["id"]] for row in page.rows)
                cursor = page.next_cursor
                if cursor is None:
                    return found

        assert (walk("value", "desc"), walk("value", "asc"), walk("due", "desc")) == ("abc", "bac", "bca")
        assert walk("told", "asc") == walk("told", "desc")[::-1]
        assert sorted(walk("above", "asc")) == sorted(walk("group_total", "desc")) == ["a", "b", "c"]
        (top,) = reads.page(ctx, "branch", reads.Query(("name",), sort=(("rate", "desc"),), limit=1)).rows
        assert top["name"] == "华南"


def test_they_can_be_grouped_and_added_up(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        fill(ctx)
        by = groups.GroupQuery(
            [GroupBy("late")], [Aggregate("sum", "value"), Aggregate("max", "due"), Aggregate("count_values", "told")]
        )
        found = groups.group(ctx, "deal", by)
        of_groups = groups.group(ctx, "deal", groups.GroupQuery([GroupBy("above")], [Aggregate("avg", "share")]))
        months = groups.group(ctx, "deal", groups.GroupQuery([GroupBy("due", "month")]))

    assert {(g["keys"][0], g["count"], g["values"][0]["amount"], g["values"][2]) for g in found["groups"]} == {
        (False, 1, "50.50", 1),
        (True, 2, "200.00", 2),
    }
    assert of_groups["groups"][0]["keys"][0]["title"] == "集团"
    assert [(g["keys"][0], g["count"]) for g in months["groups"]] == [("2026-02-01", 2), ("2026-03-01", 1)]


@pytest.mark.parametrize(("language", "told"), [("zh-CN", "甲/赢单/华南/集团"), ("en", "甲/Won/华南/集团")])
def test_they_are_in_exported_files_in_the_readers_language(computed: ComputedWorld, language: str, told: str) -> None:
    with computed.scratch(language) as ctx:
        made = fill(ctx)
        where = {"field": "id", "op": "eq", "value": str(made["a"])}
        wanted = ("told", "value", "due", "late", "group_name", "branch.won", "branch.kinds")
        ctx.snapshot.object("deal").__dict__["features"] = frozenset({"export"})
        with export(ctx, "deal", reads.Query(wanted, where), "csv").file as file:
            _, row = csv.reader(io.StringIO(file.read().decode("utf-8-sig")))

    yes, kinds = ("是", "进行中、赢单") if language == "zh-CN" else ("Yes", "Open, Won")
    assert row == [told, "¥200.00", "2026-02-27", yes, "集团", "¥150.50", kinds]


def test_nobody_writes_them_and_history_does_not_tell_them(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        made = fill(ctx)
        for object_key, record, values in (
            ("deal", "a", {"value": "1"}), ("deal", "a", {"group_name": "x"}), ("branch", "first", {"won": "1"}),
            ("branch", "first", {"touched": "2026-01-01T00:00:00Z"}),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                writes.update(ctx, object_key, [writes.Change(made[record], values)])
            assert [one.code for one in refused.value.fields] == ["fields.read_only"]
        told = history.timeline(ctx, "branch", made["first"], ("change",), 50).items
        logged = ctx.run("SELECT count(*) FROM sys_change WHERE record = $1", [made["first"]])

    assert (len(told), logged[0][0]) == (1, 1)
    assert {one["field"] for item in told for one in item["fields"]} <= {"name", "group"}


def test_the_catalog_is_right(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        assert list(validation.findings(ctx.snapshot)) == []
