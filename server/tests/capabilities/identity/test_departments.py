"""Departments form a tree; their paths follow it, and place those that are told by their path."""

import pytest

from guanxi.capabilities.identity.department_paths import complete_paths
from guanxi.capabilities.identity.hooks.departments import write_paths
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


def _paths() -> set[str]:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        rows = reads.native(ctx, "department", reads.ids(ctx, "department", None), ("path",))
    return {row["path"] for row in rows.values()}


def _id(name: str) -> str:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (found,) = reads.ids(ctx, "department", {"field": "name", "op": "eq", "value": name})
    return str(found)


def _upsert(client: Client, *rows):
    return client.post("records/department/upsert", {"match": ["path"], "records": list(rows)})


def test_the_path_is_that_of_the_tree():
    assert _paths() == {"head", "head/sales", "head/sales/east", "head/sales/south"}


def test_what_lies_below_a_moved_or_renamed_department_follows(administrator):
    administrator.patch(f"records/department/{_id('sales')}", {"values": {"name": "Sales/Asia", "parent": None}})

    assert _paths() == {"head", "Sales／Asia", "Sales／Asia/east", "Sales／Asia/south"}


def test_a_path_makes_what_is_missing_above_it(administrator):
    answer = administrator.post("records/department", {"values": {"path": " head / 研发 /平台组"}})

    assert answer.status_code == 201, answer.content
    made = administrator.get(f"records/department/{answer.json()['id']}").json()
    assert (made["name"], made["parent"]["title"], made["path"]) == ("平台组", "研发", "head/研发/平台组")
    assert _paths() >= {"head/研发", "head/研发/平台组"}


def test_a_list_of_paths_is_placed_in_whatever_order_it_comes(administrator):
    answer = _upsert(
        administrator, {"path": "公司/华东/一部"}, {"path": "公司/华南/一部"}, {"path": "公司/华东"}, {"path": "公司"}
    )

    assert answer.json()["created"] == 4, answer.content
    assert _paths() >= {"公司", "公司/华东", "公司/华南", "公司/华东/一部", "公司/华南/一部"}
    assert len(_paths()) == 4 + 5


def test_the_same_list_again_changes_nothing(administrator):
    rows = [{"path": "公司"}, {"path": "公司/华东"}, {"path": "公司/华东/一部"}]
    first = _upsert(administrator, *rows).json()

    again = _upsert(administrator, *rows).json()

    assert (again["created"], again["updated"]) == (0, 0)
    assert again["ids"] == first["ids"]


def test_a_given_path_moves_a_department(administrator):
    administrator.patch(f"records/department/{_id('east')}", {"values": {"path": "head/branches/Far East"}})

    assert _paths() == {"head", "head/sales", "head/sales/south", "head/branches", "head/branches/Far East"}


def test_a_path_that_ends_in_another_name_is_refused(administrator):
    answer = administrator.post("records/department", {"values": {"name": "west", "path": "head/north"}})

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["code"] == "identity.department_path_name"
    assert len(_paths()) == 4


@pytest.mark.parametrize("name", ["east", "EAST", " east "])
def test_namesakes_side_by_side_are_refused(administrator, name):
    values = {"name": name, "parent": _id("sales")}

    answer = administrator.post("records/department", {"values": values})

    assert answer.json()["fields"][0]["code"] == "identity.department_twice"
    assert administrator.post("records/department", {"values": {"name": name}}).status_code == 201


def test_a_department_does_not_go_below_itself_by_its_path(administrator):
    answer = administrator.patch(f"records/department/{_id('sales')}", {"values": {"path": "head/sales/east/sales"}})

    assert answer.status_code == 422
    assert _paths() == {"head", "head/sales", "head/sales/east", "head/sales/south"}


def test_paths_that_are_missing_are_written(ctx):
    ctx.run("UPDATE rec_department SET path = NULL")

    write_paths(ctx)

    rows = reads.native(ctx, "department", reads.ids(ctx, "department", None), ("path",))
    assert {row["path"] for row in rows.values()} == {"head", "head/sales", "head/sales/east", "head/sales/south"}


def test_nobody_else_writes_departments(client):
    before = _paths()

    answer = client("manager").post("records/department", {"values": {"path": "head/mine"}})

    assert answer.status_code == 403
    assert _paths() == before


def test_the_night_completes_paths():
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_department SET path = NULL WHERE name = 'east'")

    complete_paths()

    assert _paths() == {"head", "head/sales", "head/sales/east", "head/sales/south"}


def test_namesakes_from_before_there_were_paths_keep_nobody_from_anything(administrator):
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_department SET path = NULL, name = 'south' WHERE name = 'east'")

    complete_paths()
    answer = administrator.post("records/department", {"values": {"path": "head/north"}})

    assert answer.status_code == 201
    assert len(_paths() - {None}) == 4
