"""Whom a step means: named people, roles, departments, heads, superiors, the record's own; nobody who has left."""

from typing import Any
from uuid import UUID

import pytest

from guanxi.capabilities.flows.people import Subject, resolve
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.records import reads, writes
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


def member(name: str) -> UUID:
    return world.membership(name).member_id


def found(ctx: Context, *spec: dict[str, Any], starter: str = "salesperson", **values: Any) -> list[UUID]:
    return resolve(ctx, spec, Subject("company", None, values, member(starter)))


def above(ctx: Context, name: str, manager: str | None) -> None:
    writes.update(ctx, "member", [writes.Change(member(name), {"manager": manager and str(member(manager))})])


def test_people_named_and_of_the_record_come_once_and_in_order() -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        named = {"kind": "member", "members": [str(member("manager")), str(member("colleague"))]}
        assert found(ctx, named, {"kind": "owner"}, {"kind": "starter"}, owner=member("manager")) == [
            member("manager"), member("colleague"), member("salesperson"),
        ]  # fmt: skip
        assert found(ctx, {"kind": "owner"}) == []


def test_a_role_means_whoever_holds_it() -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        holders = found(ctx, {"kind": "role", "role": "salesperson"})
        assert member("salesperson") in holders
        assert member("administrator") not in holders


def test_superiors_are_climbed_to_over_those_who_have_left() -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        above(ctx, "salesperson", "colleague")
        above(ctx, "colleague", "manager")
        above(ctx, "manager", None)
        assert found(ctx, {"kind": "superior"}) == [member("colleague")]
        assert found(ctx, {"kind": "superior", "levels": 2}) == [member("manager")]
        assert found(ctx, {"kind": "superior", "levels": 9}) == [member("manager")]
        assert found(ctx, {"kind": "superior"}, starter="manager") == []


def test_the_head_of_the_department_or_of_the_next_one_above_that_has_one() -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (own,) = [
            row["department"] for row in reads.native(ctx, "member", [member("salesperson")], ["department"]).values()
        ]
        (top,) = writes.create(ctx, "department", [{"name": "总部", "head": str(member("administrator"))}])
        writes.update(ctx, "department", [writes.Change(own, {"parent": str(top), "head": None})])
        assert found(ctx, {"kind": "head"}) == [member("administrator")]
        writes.update(ctx, "department", [writes.Change(own, {"head": str(member("manager"))})])
        assert found(ctx, {"kind": "head"}) == [member("manager")]
        assert found(ctx, {"kind": "head", "levels": 2}) == [member("administrator")]
