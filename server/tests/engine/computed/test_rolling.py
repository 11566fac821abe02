"""Stored computed values are right after any sequence of writes: what stands is what working it out anew gives."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.engine.context import Context
from guanxi.engine.records import recompute, undo, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.database.cursor import savepoint
from guanxi.kit.ids import uuid7
from tests.support.computed_world import ComputedWorld

bounded = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
OBJECTS = ("group", "branch", "deal", "line", "note")
_amounts = st.none() | st.builds(
    lambda amount, currency: {"amount": amount, "currency": currency},
    st.sampled_from(["1", "2.50", "-3", "100000"]),
    st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
)


def row(object_key: str, data: st.DataObject, ids: dict[str, list[UUID]]) -> dict[str, Any]:
    """Random values of a record, some left out."""

    def one(of: str) -> Any:
        return data.draw(st.none() | st.sampled_from(ids[of])) if ids[of] else None

    def several(of: str) -> Any:
        return data.draw(st.lists(st.sampled_from(ids[of]), max_size=3)) if ids[of] else None

    name = data.draw(st.sampled_from(["甲", "乙", "c"]))
    about = one("branch")
    made: dict[str, Any] = {
        "group": dict,
        "branch": lambda: {"group": one("group"), "favourites": several("deal")},
        "deal": lambda: {
            "branch": one("branch"),
            "helpers": several("branch"),
            "status": data.draw(st.sampled_from(["open", "won", None])),
            "amount": data.draw(_amounts),
            "quantity": data.draw(st.sampled_from([None, "2", "0.5"])),
            "day": data.draw(st.sampled_from([None, "2026-01-01", "2026-02-28"])),
        },
        "line": lambda: {
            "deal": one("deal"),
            "price": data.draw(_amounts),
            "count": data.draw(st.none() | st.integers(0, 9)),
        },
        "note": lambda: {"about": about and {"object": "branch", "id": str(about)}},
    }[object_key]()
    chosen = data.draw(st.sets(st.sampled_from(sorted(made)), min_size=1)) if made else set()
    return {"name": name, **{key: made[key] for key in chosen}}


def step(ctx: Context, data: st.DataObject, ids: dict[str, list[UUID]], gone: dict[str, list[UUID]]) -> None:
    """One random write, now and then of several records at once, or the undoing of an earlier one."""
    verb = data.draw(st.sampled_from(["create", "create", "update", "update", "delete", "restore", "undo"]))
    key = data.draw(st.sampled_from(OBJECTS))
    ctx.change_set, ctx.counts, ctx.undoes = uuid7(), {}, None
    ctx.now += timedelta(seconds=1)
    if verb == "create":
        ids[key] += writes.create(ctx, key, [row(key, data, ids) for _ in range(data.draw(st.integers(1, 3)))])
    elif verb == "undo":
        sets = ctx.run("SELECT id FROM sys_change_set WHERE undone_by IS NULL ORDER BY at, id")
        if sets:
            undo.undo(ctx, data.draw(st.sampled_from([one for (one,) in sets])), skip_conflicts=True)
    elif verb == "restore" and gone[key]:
        chosen = data.draw(st.lists(st.sampled_from(gone[key]), min_size=1, unique=True))
        writes.restore(ctx, key, chosen)
    elif ids[key]:
        chosen = data.draw(st.lists(st.sampled_from(ids[key]), min_size=1, max_size=3, unique=True))
        if verb == "delete":
            writes.delete(ctx, key, chosen)
        else:
            writes.update(ctx, key, [Change(one, row(key, data, ids)) for one in chosen])
    for object_key in OBJECTS:
        rows = ctx.run(f'SELECT id, deleted_at IS NULL FROM "rec_{object_key}" ORDER BY id')
        ids[object_key] = [one for one, live in rows if live]
        gone[object_key] = [one for one, live in rows if not live]


@bounded
@given(data=st.data())
def test_any_sequence_of_writes_leaves_them_right(data: st.DataObject, computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        ids: dict[str, list[UUID]] = {key: [] for key in OBJECTS}
        gone: dict[str, list[UUID]] = {key: [] for key in OBJECTS}
        for _ in range(data.draw(st.integers(3, 14))):
            with savepoint():
                step(ctx, data, ids, gone)

            assert recompute.verify(ctx).wrong == {}


def test_a_wrong_value_is_found_and_put_right(computed: ComputedWorld) -> None:
    with computed.scratch() as ctx:
        (group,) = writes.create(ctx, "group", [{"name": "集团"}])
        (branch,) = writes.create(ctx, "branch", [{"name": "分部", "group": group}])
        writes.create(ctx, "deal", [{"name": "单", "branch": branch, "status": "won", "amount": "10"}])
        ctx.run("UPDATE rec_branch SET won = 7, deals = 9")

        found = recompute.verify(ctx)
        assert (found.wrong, found.repaired) == ({"branch.deals": 1, "branch.won": 1, "group.total": 1}, False)
        assert recompute.verify(ctx, repair=True).wrong["branch.won"] == 1
        assert recompute.verify(ctx).wrong == {}


@contextmanager
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that the block sends."""
    found: list[str] = []
    plain = Context.run

    def run(ctx: Context, statement: str, params: Any = ()) -> Any:
        found.append(statement)
        return plain(ctx, statement, params)

    with monkeypatch.context() as during:
        during.setattr(Context, "run", run)
        yield found


def test_only_values_that_the_write_concerns_are_worked_out_in_one_pass(
    computed: ComputedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    with computed.scratch() as ctx:
        (branch,) = writes.create(ctx, "branch", [{"name": "分部"}])
        (deal,) = writes.create(ctx, "deal", [{"name": "单", "branch": branch, "status": "won", "amount": "10"}])

        with sent(monkeypatch) as statements:
            writes.update(ctx, "deal", [Change(deal, {"remark": "无关"})])
        assert statements
        assert not [one for one in statements if "rec_branch" in one or "sys_stale" in one]

        with sent(monkeypatch) as statements:
            writes.update(ctx, "deal", [Change(deal, {"amount": "20"})])
        (made,) = [one for one in statements if 'UPDATE "rec_branch"' in one]
        assert made.count('"rec_deal" c WHERE c."branch"') == 1
        assigned = set(re.findall(r'"(\w+)" = v\.', made))
        assert assigned == {"won", "won__currency", "mean", "mean__currency", "oldest", "oldest__currency",
                            "worth", "worth__currency"}  # fmt: skip

        with sent(monkeypatch) as statements:
            writes.update(ctx, "deal", [Change(deal, {"amount": "20"})])
        assert not [one for one in statements if one.startswith("UPDATE")]
        assert recompute.verify(ctx).wrong == {}
