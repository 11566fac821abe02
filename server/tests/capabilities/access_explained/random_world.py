"""Random organisations in the world's workspace: departments, people, roles, rules, records, shares; by a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

OBJECTS = ("company", "contact", "opportunity", "task", "view", "product")
SCOPES = ("none", "own", "department", "tree", "all")


@dataclass
class RandomWorld:
    """What there is, so that changes can be made up of it."""

    random: Random
    departments: list[UUID] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    roles: list[UUID] = field(default_factory=list)
    rules: list[UUID] = field(default_factory=list)
    records: dict[str, list[UUID]] = field(default_factory=dict)

    def some(self, those: list[Any], most: int = 3) -> list[Any]:
        """A few, in no order."""
        return self.random.sample(those, self.random.randint(0, min(most, len(those))))

    def where(self, object_key: str) -> dict[str, Any]:
        """A filter: of plain fields, of the person, of the person's own values, over a relation, or of several."""
        random = self.random
        leaf: dict[str, list[dict[str, Any]]] = {
            "company": [
                {"field": "level", "op": "eq", "value": random.choice("ABC")},
                {"field": "phone", "op": "eq", "value": "@me.phone"},
                {"field": "owner", "op": "ne", "value": "@me"},
                {"field": "owner.department", "op": "eq", "value": str(random.choice(self.departments))},
                {"field": "employees", "op": "is_empty"},
            ],
            "contact": [{"field": "company.level", "op": "in", "value": ["A", "B"]}],
            "opportunity": [{"field": "owner.department", "op": "in", "value": ["@me.department"]}],
            "task": [{"field": "priority", "op": "eq", "value": "high"}],
            "view": [{"field": "scope", "op": "eq", "value": "shared"}],
            "product": [{"field": "unit", "op": "not_empty"}],
        }
        found = random.choice(leaf[object_key])
        return {"not": found} if random.random() < 0.2 else found

    def reach(self, object_key: str) -> Any:
        """A reach to read, edit or delete."""
        random = self.random
        if object_key == "*" or random.random() < 0.5:
            return random.choice(SCOPES)
        made: dict[str, Any] = {"scope": random.choice(SCOPES[:-1])}
        if random.random() < 0.5:
            made["departments"] = [str(one) for one in self.some(self.departments, 2)]
        if random.random() < 0.5:
            made["where"] = self.where(object_key)
        return made

    def permissions(self) -> dict[str, Any]:
        """What a role says."""
        objects = {}
        for key in ("*", *self.some(list(OBJECTS), 4)):
            objects[key] = {"create": True, **{verb: self.reach(key) for verb in ("read", "edit", "delete")}}
            if key == "contact" and self.random.random() < 0.5:
                objects[key]["fields"] = {"mobile": self.random.choice(["hidden", "masked", "reveal", "read"])}
        return {"objects": objects, "system": self.some(["audit", "import"], 2)}

    def rule(self) -> dict[str, Any]:
        """An access rule."""
        random = self.random
        object_key = random.choice(OBJECTS)
        return {
            "name": f"规则{random.randint(1, 9999)}",
            "object": object_key,
            "effect": random.choice(["opens", "opens", "restricts"]),
            "level": random.choice(["read", "edit"]),
            "where": self.where(object_key),
            "for_everyone": random.random() < 0.2,
            "members": self.some(self.members),
            "departments": self.some(self.departments, 2),
            "roles": self.some(self.roles, 2),
            "except_roles": self.some(self.roles, 1),
            "active": random.random() < 0.9,
        }


def build(ctx: Context, seed: int) -> RandomWorld:
    """Write everything, as the system."""
    made = RandomWorld(Random(seed))  # noqa: S311 - the same for the same seed
    _organisation(ctx, made)
    made.roles = writes.create(
        ctx,
        "role",
        [
            {"key": f"r{number}", "name": f"角色{number}", "permissions": made.permissions(), "baseline": number == 4}
            for number in range(5)
        ],
    )
    writes.update(ctx, "member", [writes.Change(one, {"roles": made.some(made.roles)}) for one in made.members])
    made.rules = [writes.create(ctx, "access_rule", [made.rule()])[0] for _ in range(made.random.randint(0, 3))]
    _records(ctx, made)
    for _ in range(25):
        _share(ctx, made)
    return made


def _organisation(ctx: Context, made: RandomWorld) -> None:
    random = made.random
    made.departments = reads.ids(ctx, "department", None)
    for number in range(3):
        values = {"name": f"部门{number}", "parent": random.choice([None, *made.departments])}
        made.departments += writes.create(ctx, "department", [values])
    people = [
        {
            "name": f"成员{number}",
            "department": random.choice([None, *made.departments]),
            "phone": random.choice([None, "13800000001", "13800000002"]),
            "status": "left" if number == 0 else "active",
        }
        for number in range(8)
    ]
    made.members = writes.create(ctx, "member", people)
    for member in made.some(made.members):
        writes.create(ctx, "position", [{"member": member, "department": random.choice(made.departments)}])
    absent, standing_in = random.sample(made.members, 2)
    today = ctx.now.date() - timedelta(days=1)
    stands_in = {"member": absent, "delegate": standing_in, "begins_on": today, "ends_on": today + timedelta(days=3)}
    writes.create(ctx, "delegation", [stands_in])


def _records(ctx: Context, made: RandomWorld) -> None:
    random = made.random

    def owner() -> UUID | None:
        return random.choice(made.members)

    def several(object_key: str, rows: list[dict[str, Any]]) -> list[UUID]:
        made.records[object_key] = writes.create(ctx, object_key, rows)
        return made.records[object_key]

    phones = [None, "13800000001", "13800000002"]
    companies = several(
        "company",
        [
            {"name": f"公司{n}", "owner": owner(), "level": random.choice("ABC"), "phone": random.choice(phones)}
            for n in range(14)
        ],
    )
    contacts = several(
        "contact",
        [{"name": f"联系人{n}", "owner": owner(), "company": random.choice([None, *companies])} for n in range(14)],
    )
    several(
        "opportunity", [{"name": f"商机{n}", "owner": owner(), "company": random.choice(companies)} for n in range(8)]
    )
    about = [("company", companies), ("contact", contacts)]
    tasks = []
    for n in range(10):
        key, ids = random.choice(about)
        told = {"object": key, "id": str(random.choice(ids))} if random.random() < 0.8 else None
        tasks.append(
            {"subject": f"任务{n}", "owner": owner(), "about": told, "priority": random.choice(["high", "low"])}
        )
    several("task", tasks)
    several(
        "view",
        [
            {
                "name": f"视图{n}",
                "object": "company",
                "config": {},
                "owner": owner(),
                "scope": random.choice(["private", "shared"]),
            }
            for n in range(8)
        ],
    )
    several("product", [{"name": f"产品{n}", "unit": random.choice([None, "个"])} for n in range(3)])


def _share(ctx: Context, made: RandomWorld) -> None:
    random = made.random
    object_key = random.choice(["company", "company", "contact", "opportunity", "task", "view"])
    kind = random.choice(["member", "member", "department", "role"])
    receiver = random.choice({"member": made.members, "department": made.departments, "role": made.roles}[kind])
    until = random.choice([None, None, ctx.now + timedelta(days=1), ctx.now - timedelta(days=1)])
    ctx.run(
        f"INSERT INTO sys_share (object, record, {kind}, level, created_at, created_by, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [
            object_key, random.choice(made.records[object_key]), receiver, random.choice(["read", "edit"]), ctx.now,
            random.choice(made.members), until,
        ],
    )  # fmt: skip
