"""Configurations carried between the two workspaces of the world."""

import itertools
import random
from typing import Any

from guanxi.engine.objects.fields import registry
from guanxi.engine.objects.fields.base import FieldKind
from tests.engine.design.designer import Designer
from tests.support import world

WORDS = (
    "项目",
    "Contract",
    'a "quoted" word',
    "back\\slash",
    "tab\there",
    "’tis",
    "#hash",
    "[x]",
    "$null",
    "=1",
    "0",
    "é́",
    "🙂",
    "'''",
    '"""',
)
REFERRING = ("lookup", "many_to_many", "about", "person", "file", "image", "signature", "record_type", "last_activity")
"""Kinds whose samples are records or files that nobody has."""
LINES = ("one\ntwo", "one\r\ntwo", "\n\nlast", "  spaces  ", 'three """ quotes\n"', "\u2028", "\x01\x7f")


def system(slug: str, do: Any) -> Any:
    """What a function of a unit of work of the system answers in a workspace."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    with work(world.workspace(slug), SYSTEM, via="cli") as ctx:
        return do(ctx)


def files_of(slug: str = world.WORKSPACE) -> dict[str, str]:
    """The configuration of a workspace."""
    from guanxi.engine.bundles import files

    return system(slug, files.export)


def differences(slug: str, given: dict[str, str]) -> list[tuple[str, str]]:
    """What differs between a workspace and files, as (op, path)."""
    from guanxi.engine.bundles import comparing, files

    found = system(slug, lambda ctx: comparing.compare(ctx, files.read(given)))
    return [(one.op, one.path) for one in found.differences]


class Chance:
    """Makes configurations that nobody would think of, the same ones for the same seed."""

    def __init__(self, designer: Designer, seed: int) -> None:
        self.designer = designer
        self.random = random.Random(seed)  # noqa: S311 - chance that can be repeated
        self.number = itertools.count(1)

    def words(self, limit: int = 60) -> str:
        """A few words."""
        return " ".join(self.random.choices(WORDS, k=self.random.randint(1, 3)))[:limit].strip() or "x"

    def label(self) -> dict[str, str]:
        """A name in both languages."""
        number = next(self.number)
        return {"zh-CN": f"{self.words(50)} {number}", "en": f"{self.words(50)} {number}"}

    def text(self) -> str:
        """Text of several lines."""
        return "".join(self.random.choices(WORDS + LINES, k=self.random.randint(1, 5)))

    def attributes(self, kind: FieldKind) -> dict[str, Any]:
        """Attributes of a field that its kind can have."""
        made: dict[str, Any] = {"label": self.label(), "settings": dict(kind.sample_settings)}
        if self.random.random() < 0.5:
            made["help"] = {"zh-CN": self.text(), "en": self.text()}
        if kind.searchable and self.random.random() < 0.3:
            made["searchable"] = True
        if self.random.random() < 0.3:
            made["hidden"] = True
        if self.random.random() < 0.3:
            made["position"] = self.random.randint(0, 500)
        return made

    def object(self, key: str, kinds: list[FieldKind]) -> None:
        """An object with a field of each kind, with what is worked out of others, a rule, layouts and record types."""
        options = [{"key": one, "label": self.label(), "color": "red"} for one in "abc"]
        fields: list[dict[str, Any]] = [
            {"kind": "text", "key": "name", "label": self.label(), "default": self.text()},
            {"kind": "choice", "key": "phase", "label": self.label(), "settings": {"options": options}, "default": "b"},
            {"kind": "integer", "key": "number", "label": self.label()},
            {"kind": "lookup", "key": "above", "label": self.label(), "settings": {"target": "company", "reverse": ""}},
            {"kind": "lookup", "key": "firm", "label": self.label(), "settings": {"target": "company", "on_delete": "clear"}},
            {
                "kind": "formula", "key": "double", "label": self.label(),
                "settings": {"expression": "number * 2\n + 1", "result": "number"},
            },
            {"kind": "date", "key": "due", "label": self.label(), "default": {"formula": "TODAY() + 3"}},
        ]  # fmt: skip
        fields += [{"kind": one.key, "key": f"f_{one.key}", **self.attributes(one)} for one in kinds]
        uniques = [["phase", "number"]] if self.random.random() < 0.5 else []
        values = {"plural": self.label(), "color": "amber", "uniques": uniques, "position": self.random.randint(0, 900)}
        self.designer.act("create_object", key=key, label=self.label(), values=values, fields=fields)
        summed = {
            "object": key,
            "by": "firm",
            "function": "sum",
            "field": "number",
            "where": {"field": "number", "op": "gt", "value": 3},
        }
        self.designer.act(
            "create_field",
            object="company",
            kind="roll_up",
            key=f"sum_of_{key}",
            label=self.label(),
            values={"settings": summed},
        )
        self.components(key)
        if self.random.random() < 0.7:
            self.designer.act("archive_field", field=f"{key}.due", confirm=True)

    def components(self, key: str) -> None:
        """Two record types, a rule without a condition and one with, a layout."""
        pipeline = self.designer.client.get("records/pipeline").json()["rows"][0]["id"]
        makes = [
            ("record_type", {"label": self.label(), "choices": {"phase": ["a", "b"]}, "color": "blue"}),
            ("record_type", {"label": self.label(), "default": True}),
            ("rule", {"label": self.label(), "effect": "required", "fields": ["number"], "when": {"formula": 'phase = "a"'}}),
            ("rule", {
                "label": self.label(), "effect": "invalid", "fields": ["name"], "message": self.label(),
                "when": {"where": {"and": [{"field": "number", "op": "gt", "value": 7}, {"field": "name", "op": "is_empty"}]}},
            }),
            ("rule", {"label": self.label(), "effect": "read_only", "fields": ["number"], "when": None}),
            ("layout", {
                "label": self.label(), "roles": ["manager"], "quick": ["name", "phase"],
                "sections": [{"label": self.label(), "columns": 3, "fields": [{"key": "name", "width": 2}, {"key": "number"}]}],
                "tabs": [{"label": self.label(), "panels": [{"kind": "facts"}, {"kind": "text", "text": {"zh-CN": self.text(), "en": "x"}}]}],
            }),
        ]  # fmt: skip
        self.random.shuffle(makes)
        for kind, values in makes:
            self.designer.act("create_component", object=key, kind=kind, values=values)
        if self.random.random() < 0.5:
            values = {"label": self.label(), "records": {"pipeline": [pipeline]}}
            self.designer.act("create_component", object="opportunity", kind="record_type", values=values)

    def records(self, key: str) -> None:
        """A role, a pipeline with stages and a shared view."""
        client, number = self.designer.client, self.random.randint(1, 10**6)
        rights = {"create": self.random.random() < 0.5, "read": self.random.choice(["own", "tree", "all"])}
        client.make(
            "role",
            key=f"role_{number}",
            name=self.words(),
            permissions={"objects": {key: rights, "*": {"read": "own"}}, "system": ["import"]},
        )
        pipeline = client.make("pipeline", name=f"P{number} {self.words()}"[:80], position=number)
        for place in range(3):
            client.make(
                "stage",
                pipeline=pipeline["id"],
                name=f"{place} {self.words()}",
                probability=f"{place}0.5",
                position=place,
            )
        where = {"and": [{"field": "number", "op": "eq", "value": number}]}
        client.make(
            "view",
            name=self.words(),
            object=key,
            scope="shared",
            config={"where": where, "sort": "-number", "columns": "name,phase:120"},
        )
        client.make(
            "view",
            name=self.words(),
            object="opportunity",
            scope="shared",
            config={"where": {"field": "pipeline", "op": "eq", "value": pipeline["id"]}},
        )
        client.make("view", name="mine", object=key, config={})
        people = [one["id"] for one in client.post("records/member/query", {}).json()["rows"]]
        some = self.random.sample(people, self.random.randint(1, 3))
        where = {"field": "owner", "op": "in", "value": [*some, "@me"]}
        client.make("view", name=f"of {number}", object="company", scope="shared", config={"where": where})

    def own_values(self, kinds: list[FieldKind]) -> None:
        """A field of each kind on pipelines, with a value that the kind can have."""
        client, made = self.designer.client, []
        for one in kinds:
            if one.key not in REFERRING:
                attributes = {"settings": dict(one.sample_settings)}
                self.designer.act(
                    "create_field", object="pipeline", kind=one.key, key=f"c_{one.key}", label=self.label(),
                    values=attributes,
                )  # fmt: skip
                made.append(f"c_{one.key}")
        self.designer.act("create_field", object="pipeline", kind="person", key="c_keeper", label=self.label())
        (keeper, *_) = client.post("records/member/query", {}).json()["rows"]

        def sampled(ctx: Any) -> dict[str, Any]:
            fields = [ctx.snapshot.object("pipeline").fields[key] for key in made]
            chosen = {one.key: self.random.choice(one.kind.samples(one)) for one in fields if not one.kind.generated}
            return {one.key: one.kind.kept(chosen[one.key]) for one in fields if one.key in chosen}

        values = {**system(world.WORKSPACE, sampled), "c_keeper": keeper["id"]}
        (pipeline, *_) = client.post("records/pipeline/query", {}).json()["rows"]
        answer = client.patch(f"records/pipeline/{pipeline['id']}", {"values": values})
        assert answer.status_code == 200, answer.content.decode()


def kinds_dealt(seed: int, hands: int) -> list[FieldKind]:
    """The kinds of fields that anybody may add, dealt so that every one is in some hand."""
    apart = ("roll_up", "formula", "lookup_value", "sub_table", "button")
    offered = [one for one in registry.kinds() if one.offered and one.key not in apart]
    return [one for place, one in enumerate(offered) if place % hands == seed % hands]
