"""Random organisations, roles, rules, shares and records, made in the database and as the plain model of them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from guanxi.capabilities.files import stored
from guanxi.capabilities.files.stored import StoredFile
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.design import apply
from guanxi.engine.records import writes
from guanxi.infra.storage import store
from guanxi.kit.ids import uuid7
from tests.access.model import LEVELS, Person, Record, Rule, Share, World
from tests.support import world as people_of_the_world
from tests.support.designer import component

PEOPLE = ("salesperson", "colleague", "other_salesperson", "manager", "read_only")
OBJECTS = ("company", "contact", "opportunity", "task")
FIELDS: dict[str, tuple[str, ...]] = {
    "company": ("phone", "mail", "level", "website"),
    "contact": ("mobile", "title", "wechat"),
    "opportunity": ("amount", "next_step", "probability"),
    "task": ("description", "priority"),
}
"""Fields that random roles say something of."""
FILED = ("company", "contact", "opportunity")
"""Objects whose records may hold files."""
INPUTS = {
    ("opportunity", "weighted_amount"): [("opportunity", "amount"), ("opportunity", "probability")],
    ("company", "won_amount"): [("opportunity", "amount"), ("opportunity", "status"), ("opportunity", "company")],
}
TYPES = {"company": ("direct", "partner")}
"""Record types, on which random roles reach otherwise into fields."""
LETTERS = "ABC"
TITLES = ("经理", "总监", "助理")
SCOPES = ("none", "own", "own", "department", "tree", "all")


class Generator:
    """One random workspace, written through the system."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same worlds again
        self.workspace = people_of_the_world.workspace()
        self.now = datetime.now(UTC)

    def make(self) -> World:
        """Write everything and return the model of it."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            self.ctx = ctx
            self._types(ctx)
            departments = self._departments(ctx)
            roles, baseline = self._roles(ctx, list(departments))
            people = self._people(ctx, list(departments), list(roles))
            records = self._records(ctx, list(people))
            self.world = World(
                self.now, departments, people, roles, baseline, [], [], records, self._share_reach(), INPUTS, TYPES
            )
            self.world.rules = self._rules(ctx)
            self.world.shares = self._shares(ctx)
            self.world.files = self._files(ctx)
            self.world.change_sets = [str(ctx.change_set)]
        return self.world

    def _types(self, ctx: Context) -> None:
        """Sorts of companies."""
        for object_key, types in TYPES.items():
            apply(ctx, [component(object_key, "record_type", one) for one in types])

    def _some(self, things: list[Any], most: int) -> list[Any]:
        return self.chance.sample(things, self.chance.randint(0, min(most, len(things))))

    def _departments(self, ctx: Context) -> dict[str, str | None]:
        made: dict[str, str | None] = {}
        for number in range(6):
            parent = self.chance.choice([None, *made]) if made else None
            (id_,) = writes.create(ctx, "department", [{"name": f"部门{number}", "parent": parent and UUID(parent)}])
            made[str(id_)] = parent
        return made

    def _reach(self, departments: list[str], object_key: str) -> Any:
        kind = self.chance.random()
        if kind < 0.6:
            return self.chance.choice(SCOPES)
        reach: dict[str, Any] = {"scope": self.chance.choice(SCOPES[:4])}
        if self.chance.random() < 0.6:
            reach["departments"] = self._some(departments, 2)
        if self.chance.random() < 0.6:
            reach["where"] = self._where(object_key)
        return reach

    def _where(self, object_key: str) -> dict[str, Any]:
        """A filter over the object's own fields, or over a field of the company above."""
        chance = self.chance
        if object_key == "company":
            leaves = [
                {"field": "level", "op": "in", "value": chance.sample(LETTERS, 2)},
                {"field": "level", "op": "eq", "value": chance.choice(LETTERS)},
                {"field": "owner", "op": "eq", "value": "@me"},
                {"field": "name", "op": "starts_with", "value": f"客户{chance.randint(1, 3)}"},
            ]
        elif object_key == "contact":
            leaves = [
                {"field": "title", "op": "eq", "value": "@me.title"},
                {"field": "company.level", "op": "eq", "value": chance.choice(LETTERS)},
                {"field": "title", "op": "in", "value": ["@me.title", chance.choice(TITLES)]},
            ]
        elif object_key == "opportunity":
            leaves = [
                {"field": "company.level", "op": "in", "value": chance.sample(LETTERS, 2)},
                {"field": "name", "op": "starts_with", "value": f"商机{chance.randint(1, 3)}"},
            ]
        else:
            leaves = [{"field": "priority", "op": "eq", "value": chance.choice(["high", "normal"])}]
        leaf = chance.choice(leaves)
        return chance.choice([leaf, {"not": leaf}, {"or": [leaf, chance.choice(leaves)]}, {"and": [leaf]}])

    def _roles(self, ctx: Context, departments: list[str]) -> tuple[dict[str, dict[str, Any]], set[str]]:
        made, baseline = {}, set()
        for number in range(4):
            objects: dict[str, Any] = {
                "*": {"read": "own", "create": True},
                "member": {"read": "all"}, "department": {"read": "all"}, "role": {"read": "all"},
                "pipeline": {"read": "all"}, "stage": {"read": "all"},
            }  # fmt: skip
            for key in OBJECTS:
                if self.chance.random() < 0.85:
                    objects[key] = self._rights(departments, key)
            permissions = {"objects": objects, "system": []}
            is_baseline = number == 3 and self.chance.random() < 0.3
            values = {"key": f"random_{number}", "name": f"角色{number}", "permissions": permissions}
            (id_,) = writes.create(ctx, "role", [{**values, "baseline": is_baseline}])
            made[str(id_)] = permissions
            if is_baseline:
                baseline.add(str(id_))
        return made, baseline

    def _rights(self, departments: list[str], key: str) -> dict[str, Any]:
        rights: dict[str, Any] = {verb: self._reach(departments, key) for verb in ("read", "edit", "delete")}
        rights |= {switch: self.chance.random() < 0.7 for switch in ("create", "export", "share", "transfer", "bulk")}
        if self.chance.random() < 0.6:
            rights["fields"] = {one: self.chance.choice(LEVELS) for one in self._some(list(FIELDS[key]), 2)}
        if key in TYPES and self.chance.random() < 0.7:
            rights["types"] = {
                one: {of: self.chance.choice(LEVELS) for of in self._some(list(FIELDS[key]), 2)}
                for one in self._some(list(TYPES[key]), 2)
            }
        return rights

    def _people(self, ctx: Context, departments: list[str], roles: list[str]) -> dict[str, Person]:
        made: dict[str, Person] = {}
        ids = {name: str(people_of_the_world.membership(name).member_id) for name in PEOPLE}
        for name in PEOPLE:
            person = Person(
                ids[name],
                self.chance.choice([*departments, departments[0]]),
                self._some(departments, 2),
                self._some(roles, 2) or [roles[0]],
                mine={"title": self.chance.choice([*TITLES, None])},
            )
            person.also = [one for one in person.also if one != person.department]
            values = {
                "department": UUID(person.department), "roles": [UUID(one) for one in person.roles],
                "title": person.mine["title"],
            }  # fmt: skip
            writes.update(ctx, "member", [writes.Change(UUID(person.id), values)])
            for one in person.also:
                writes.create(ctx, "position", [{"member": UUID(person.id), "department": UUID(one)}])
            made[person.id] = person
        today = ctx.now.astimezone(ctx.env.time_zone).date()
        if self.chance.random() < 0.7:
            giver, taker = self.chance.sample(list(made.values()), 2)
            days = self.chance.choice([(0, 3), (-3, -1), (1, 3)])
            begins, ends = (today + timedelta(days=one) for one in days)
            values = {"member": UUID(giver.id), "delegate": UUID(taker.id), "begins_on": begins, "ends_on": ends}
            writes.create(ctx, "delegation", [values])
            if days == (0, 3):
                taker.stands_in_for.append(giver.id)
        return made

    def _records(self, ctx: Context, people: list[str]) -> dict[tuple[str, str], Record]:
        made: dict[tuple[str, str], Record] = {}
        chance = self.chance

        def add(key: str, values: dict[str, Any], above: Record | None = None) -> None:
            owner = chance.choice(people)
            links = {}
            if above is not None:
                about = {"object": above.object, "id": above.id}
                links = {"about": about} if key == "task" else {"company": UUID(above.id)}
            (id_,) = writes.create(ctx, key, [{**values, **links, "owner": UUID(owner)}])
            place = (above.object, above.id) if above else None
            made[key, str(id_)] = Record(key, str(id_), owner, values, place)

        for n in range(9):
            type_ = chance.choice(TYPES["company"])
            values = {"name": f"客户{n % 4}号{n}", "level": chance.choice([*LETTERS, None]), "record_type": type_}
            phone = f"+861380013{8000 + n}"
            add("company", {**values, "phone": phone, "mail": f"c{n}@example.com", "website": f"https://c{n}.example"})
        companies = list(made.values())
        for n in range(7):
            values = {"name": f"联系人{n}", "title": chance.choice(TITLES), "mobile": f"+861390013{9000 + n}"}
            add("contact", {**values, "wechat": f"wx{n}"}, chance.choice([None, *companies]))
        for n in range(7):
            values = {"name": f"商机{n % 4}号{n}", "amount": {"amount": str(100 + n), "currency": "CNY"}}
            add("opportunity", {**values, "next_step": f"步骤{n}"}, chance.choice([None, *companies]))
        parents = list(made.values())
        for n in range(8):
            values = {"subject": f"任务{n}", "priority": chance.choice(["high", "normal"]), "description": f"说明{n}"}
            add("task", values, chance.choice([None, *parents]))
        for key, record in list(made.items()):
            if key[0] == "task" and chance.random() < 0.2:
                writes.delete(ctx, "task", [UUID(record.id)])
                record.deleted = True
        return made

    def _files(self, ctx: Context) -> dict[str, Record]:
        """Some records hold a file that nobody of the world uploaded."""
        made = {}
        for (key, id_), record in self.world.records.items():
            if key in FILED and not record.deleted and self.chance.random() < 0.4:
                content = store.keep([id_.encode()])
                file = StoredFile(uuid7(), f"{id_}.txt", content.size, "text/plain", content.name, None)
                stored.add(ctx, file)
                held = {"id": str(file.id), "name": file.name, "size": file.size, "type": file.type}
                writes.update(ctx, key, [writes.Change(UUID(id_), {"attachments": [held]})])
                made[str(file.id)] = record
        return made

    def _share_reach(self) -> dict[str, tuple[int, list[str] | None]]:
        """How far shares of companies reach; the designer's door is used, as people would."""
        steps = self.chance.choice([0, 1, 2, 3])
        objects = self.chance.choice([None, ["contact"], ["task", "opportunity"]])
        told = {"steps": steps, "objects": objects}
        company = self.ctx.snapshot.object("company")
        apply(self.ctx, [{"op": "object.update", "id": company.id, "values": {"access": {"share_reach": told}}}])
        return {"company": (steps, objects)}

    def _rules(self, ctx: Context) -> list[Rule]:
        made = []
        for number in range(self.chance.randint(0, 3)):
            key = self.chance.choice(OBJECTS)
            rule = Rule(
                key,
                self.chance.choice(["opens", "opens", "restricts"]),
                self.chance.choice(["read", "edit"]),
                self._where(key),
                self.chance.random() < 0.3,
                self._some(list(self.world.people), 2),
                self._some(list(self.world.departments), 1),
                self._some(list(self.world.roles), 1),
                self._some(list(self.world.roles), 1) if self.chance.random() < 0.3 else [],
            )
            values = {
                "name": f"规则{number}", "object": rule.object, "effect": rule.effect, "level": rule.level,
                "where": rule.where, "for_everyone": rule.everyone, "members": [UUID(one) for one in rule.members],
                "departments": [UUID(one) for one in rule.departments], "roles": [UUID(one) for one in rule.roles],
                "except_roles": [UUID(one) for one in rule.except_roles],
            }  # fmt: skip
            writes.create(ctx, "access_rule", [values])
            made.append(rule)
        return made

    def _shares(self, ctx: Context) -> list[Share]:
        made: dict[tuple[str, str, str], Share] = {}
        for record in self._some(list(self.world.records.values()), 10):
            kind = self.chance.choice(["member", "department", "role"])
            everyone = {"member": self.world.people, "department": self.world.departments, "role": self.world.roles}
            to = self.chance.choice(list(everyone[kind]))
            ended = self.chance.random() < 0.2
            share = Share(record.object, record.id, kind, to, self.chance.choice(["read", "edit"]), ended)
            until = self.now - timedelta(days=1) if ended else None
            ctx.run(
                f"INSERT INTO sys_share (object, record, {kind}, level, expires_at) VALUES ($1, $2, $3, $4, $5)",
                [record.object, UUID(record.id), UUID(to), share.level, until],
            )
            made[record.id, kind, to] = share
        return list(made.values())
