"""Filters by fields of related records give the same whether the few related records were found first or not."""

import random

import pytest

from guanxi.engine.context import work
from guanxi.engine.records import counts, narrowing, reads
from tests.access.generate import PEOPLE, Generator
from tests.support import world as people_of_the_world

PATHS = {
    "contact": ("company.name", "company.level", "company.employees", "company.owner.name"),
    "opportunity": ("company.name", "company.level", "company.employees", "company.parent.name", "owner.name"),
}
COMPARED = {
    "name": [("contains", "a"), ("not_empty", None), ("is_empty", None), ("ne", "华信"), ("starts_with", "华")],
    "level": [("in", ["A", "B"]), ("eq", "C"), ("not_in", ["A"])],
    "employees": [("gte", 10), ("lt", 500), ("is_empty", None)],
}


def filters(chance: random.Random, key: str):
    """A filter of one to three comparisons, some of them alternatives or denied."""

    def leaf():
        path = chance.choice(PATHS[key])
        op, value = chance.choice(COMPARED[path.rsplit(".", 1)[1]])
        return {"field": path, "op": op, **({} if value is None else {"value": value})}

    parts = [leaf() for _ in range(chance.randint(1, 3))]
    return chance.choice([{"and": parts}, {"or": parts}, {"and": [parts[0], {"not": parts[-1]}]}, parts[0]])


def answers(person: str, asked):
    """What a person is told for each question: the ids and the number."""
    found = []
    for key, where in asked:
        with work(people_of_the_world.workspace(), people_of_the_world.actor(person), via="api") as ctx:
            try:
                found.append((reads.ids(ctx, key, where), counts.count(ctx, key, where).value))
            except Exception as refused:  # noqa: BLE001 - what is refused must be refused alike
                found.append(getattr(refused, "code", repr(refused)))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_records_are_the_same_with_and_without(database, monkeypatch, seed):
    Generator(seed).make()
    chance = random.Random(seed)  # noqa: S311 - the same filters in every run
    asked = [(key, filters(chance, key)) for key in PATHS for _ in range(20)]
    narrowed, told = [], []
    plainly = narrowing.narrowed
    monkeypatch.setattr(narrowing, "_is_narrower", lambda *_: True)  # it may never matter, however wide the reach

    def noted(ctx, source, where):
        narrowed.extend(found := plainly(ctx, source, where))
        return found

    for person in PEOPLE:
        monkeypatch.setattr(reads, "narrowed", lambda *_: [])
        plain = answers(person, asked)
        told += [one for one in plain if isinstance(one, tuple) and one[0]]
        monkeypatch.setattr(reads, "narrowed", noted)
        for few in (1000, 2):
            monkeypatch.setattr(narrowing, "FEW", few)
            assert answers(person, asked) == plain, (person, few)
    assert any("ANY" in one for one in narrowed), "no filter was narrowed: the test holds nothing"
    assert told, "nobody is told anything: the test holds nothing"


def test_who_sees_none_of_the_related_is_not_made_to_read_the_object(database, monkeypatch):
    Generator(1).make()
    read = []
    monkeypatch.setattr(narrowing, "_is_narrower", lambda *_: True)
    where = {"and": [{"field": "company.name", "op": "eq", "value": "nobody is called this"}]}
    with work(people_of_the_world.workspace(), people_of_the_world.actor("salesperson"), via="api") as ctx:
        run = type(ctx).run
        monkeypatch.setattr(type(ctx), "run", lambda self, text, *rest: read.append(text) or run(self, text, *rest))
        assert reads.ids(ctx, "opportunity", where) == []
    assert any("AND (FALSE)" in text for text in read)
