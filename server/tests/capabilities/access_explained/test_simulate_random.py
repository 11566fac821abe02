"""In random organisations: explain says "can" exactly where reading does, and simulate counts what brute force counts."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.capabilities.access_explained.random_world import OBJECTS, RandomWorld, build

pytestmark = pytest.mark.usefixtures("database")
SEEDS = range(int(os.environ.get("GUANXI_RANDOM_WORLDS", "3")))


@pytest.fixture
def ctx(workspace) -> Iterator[Any]:
    """A unit of work of the system."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    with work(workspace, SYSTEM, via="system") as ctx:
        yield ctx


def _reached(ctx, people, verb) -> dict[str, dict[UUID, set[UUID]]]:
    """What everybody reaches of each object, asked record by record of the predicate as a whole."""
    from guanxi.capabilities.access_explained.people import guard_of
    from guanxi.engine.objects.query.build import Bind

    found: dict[str, dict[UUID, set[UUID]]] = {}
    for obj in ctx.snapshot.objects.values():
        found[obj.key] = {}
        for member in people.active:
            bind = Bind()
            rows = guard_of(ctx, people.actor(member), verb).rows(obj, "t", bind)
            statement = f'SELECT id FROM "{obj.table}" t WHERE deleted_at IS NULL AND {rows}'
            found[obj.key][member] = {id_ for (id_,) in ctx.run(statement, bind.values)}
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_explaining_says_can_exactly_where_reading_does(ctx, seed):
    from guanxi.capabilities.access_explained import explain
    from guanxi.capabilities.access_explained.people import people
    from guanxi.engine.records import reads

    made = build(ctx, seed)
    those = people(ctx)
    seen = 0
    for key in OBJECTS:
        for record in made.records[key]:
            count, told = explain.everybody(ctx, key, record)
            readers, editors = set(), set()
            for member in those.active:
                own = replace(ctx, actor=those.actor(member))
                own.__dict__.pop("env", None)
                if those.actor(member).rights(key).reads and reads.visible(own, key, [record]):
                    readers.add(member)
                    editors |= {member} if reads.visible(own, key, [record], "edit") else set()
            assert {one.verdict.member for one in told} == readers
            assert {one.verdict.member for one in told if one.verdict.edits} == editors
            assert count == len(readers)
            assert all(one.why for one in told)
            seen += count
    assert seen


@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_who_cannot_is_told_what_is_missing_or_what_takes_it_away(ctx, seed):
    from guanxi.capabilities.access_explained import explain
    from guanxi.capabilities.access_explained.people import people

    made = build(ctx, seed)
    those = people(ctx)
    for key in OBJECTS:
        record = made.records[key][0]
        for member in those.active:
            one = explain.one_person(ctx, key, record, member)
            if one.verdict.reads:
                assert one.why
                assert not one.taken
                assert not one.missing
            else:
                assert one.taken or one.missing


def _change(made: RandomWorld) -> list[Any]:
    from guanxi.capabilities.access_explained.rehearsal import Change

    random = made.random
    kind = random.choice(["role", "role", "new role", "rule", "rule", "no rule", "member", "place"])
    if kind == "role":
        return [Change("role", random.choice(made.roles), {"permissions": made.permissions()})]
    if kind == "new role":
        values = {"key": "new", "name": "新角色", "permissions": made.permissions()}
        return [Change("role", None, values, members=made.some(made.members, 5))]
    if kind == "rule":
        return [Change("access_rule", None, made.rule())]
    if kind == "no rule" and made.rules:
        return [Change("access_rule", random.choice(made.rules), delete=True)]
    if kind == "place":
        return [Change("department", made.departments[-1], {"parent": str(made.departments[0])})]
    return [Change("member", random.choice(made.members), {"roles": made.some(made.roles)})]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_counted_is_what_brute_force_counts(ctx, seed):
    from guanxi.capabilities.access_explained.people import people
    from guanxi.capabilities.access_explained.rehearsal import rehearsed
    from guanxi.capabilities.access_explained.simulate import VERBS, simulate

    made = build(ctx, seed)
    before = people(ctx)
    expected: dict[tuple[str, str, str], tuple[int, dict[UUID, int]]] = {}
    for changes in (_change(made) for _ in range(6)):
        after = rehearsed(ctx, changes)
        expected.clear()
        for verb in VERBS:
            had, has = _reached(ctx, before, verb), _reached(ctx, after, verb)
            for key in had:
                for way, more, less in (("opened", has, had), ("closed", had, has)):
                    sets = {m: more[key].get(m, set()) - less[key].get(m, set()) for m in before.active}
                    rows = set().union(*sets.values())
                    if rows:
                        expected[key, verb, way] = len(rows), {m: len(ids) for m, ids in sets.items() if ids}

        found = simulate(ctx, changes)

        assert found.exact
        told = {
            (one.object, one.verb, way): (side.rows, dict(side.by_person))
            for one in found.records
            if one.counted is not None
            for way, side in (("opened", one.counted.opened), ("closed", one.counted.closed))
            if side.rows
        }
        assert told == expected


def test_nothing_is_kept_and_nothing_can_be_written_while_it_counts(ctx):
    import psycopg

    from guanxi.capabilities.access_explained import simulate
    from guanxi.capabilities.access_explained.counting import counted
    from guanxi.infra.database.cursor import savepoint

    made = build(ctx, 1)
    tried = []

    def writing(ctx, *rest):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), savepoint():
            ctx.run("DELETE FROM sys_share")
        tried.append(rest[0].key)
        return counted(ctx, *rest)

    before = ctx.run("SELECT count(*), max(rev) FROM rec_role")
    everybodys = made.roles[-1]
    change = simulate.Change("role", everybodys, {"permissions": {"objects": {"*": {"read": "all"}}}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulate, "counted", writing)
        simulate.simulate(ctx, [change])

    assert tried
    assert ctx.run("SELECT count(*), max(rev) FROM rec_role") == before
    ctx.run("UPDATE rec_role SET position = position")  # and afterwards one may write again
