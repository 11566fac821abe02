"""Long lists travel by another way than short ones; what they leave behind is the same."""

from uuid import UUID

import orjson
import pytest

from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import bulk, changes, writes
from guanxi.engine.records.hooks import Write

ROW = {
    "name": '深圳"华信"\\科技有限公司\t一',
    "level": "A",
    "tags": ["重点", 'a"b'],
    "employees": 12,
    "website": "https://a.cn",
}
FIELDS = "object, op, rev, via, actor, change_set, at, diff - 'created_at' - 'updated_at' - 'name'"


@pytest.fixture
def made(ctx) -> tuple[list[UUID], list[UUID]]:
    """Companies written one by one, and as many in one list: their ids."""
    rows = [{**ROW, "name": f"{ROW['name']}{number}"} for number in range(bulk.FROM + 5)]
    alone = [one for row in rows for one in writes.create(ctx, "company", [row])]
    return alone, writes.create(ctx, "company", rows)


def _of(ctx, columns: str, table: str, key: str, ids: list) -> list:
    return ctx.run(f"SELECT {columns} FROM {table} WHERE {key} = ANY($1::uuid[]) ORDER BY {key}", [ids])


def test_the_change_log_says_the_same(ctx, made):
    alone, together = made

    one, many = (_of(ctx, FIELDS, "sys_change", "record", ids) for ids in (alone, together))

    assert len(one) == len(many) == bulk.FROM + 5
    assert one == many
    names = [_of(ctx, "diff->'name'", "sys_change", "record", ids) for ids in (alone, together)]
    assert names[0] == names[1] == [([None, f"{ROW['name']}{n}".replace("\t", " ")],) for n in range(bulk.FROM + 5)]


def test_search_finds_the_same(ctx, made):
    alone, together = made
    columns = "object, title, subtitle, words, updated_at"

    one, many = (_of(ctx, columns, "sys_search", "record", ids) for ids in (alone, together))

    assert one == many
    assert len(one) == bulk.FROM + 5


def test_differences_are_written_as_they_are_told(ctx):
    obj = ctx.snapshot.object("company")
    values = {
        "name": '引号"\\',
        "level": "A",
        "tags": ["x"],
        "owner": ctx.author,
        "created_at": ctx.now,
        "city": None,
    }
    differences = changes.Differences(obj)

    for write in (
        Write("create", ctx.author, None, values),
        Write("create", ctx.author, None, {**values, "name": "another", "level": "B", "no_field": 1}),
        Write("update", ctx.author, {"name": "old", "level": "A"}, {"name": "new", "level": None}),
        Write("delete", ctx.author, {"name": "old"}, {}),
    ):
        assert orjson.loads(differences.of(write)) == orjson.loads(orjson.dumps(changes.diff(obj, write)))


def test_a_list_of_ids_is_bound_once_and_read_as_it_was(ctx):
    bind = Bind()
    ids: list = [ctx.author, None]

    places = [bind(ids, "uuid[]"), bind(ids, "uuid[]"), bind([], "uuid[]")]

    assert places == ["$1::uuid[]", "$1::uuid[]", "$2::uuid[]"]
    assert ctx.run(f"SELECT {places[0]}, {places[2]}", bind.values) == [(ids, [])]
