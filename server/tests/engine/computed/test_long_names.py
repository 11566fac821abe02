"""Roll-ups over relations whose tables have names that PostgreSQL would cut."""

import pytest

from tests.engine.design.designer import Designer
from tests.support.clients import Client
from tests.support.objects import forget_objects

NAME = {"kind": "text", "key": "name", "label": "名称"}


@pytest.fixture
def designer(database: None):
    yield Designer(Client.signed_in_as("administrator"))
    forget_objects()


def test_a_relation_with_long_keys_is_rolled_up(designer: Designer) -> None:
    parent, child, by = (
        "parent_object_with_a_long_key_aaaaaa",
        "child_object_with_a_long_key_bbbbbbbb",
        "belongs_to_these_parents_x",
    )
    relation = {"kind": "many_to_many", "key": by, "label": "属于", "settings": {"target": parent}}
    designer.act("create_object", label="上级", key=parent, fields=[NAME])
    designer.act("create_object", label="下级", key=child, fields=[NAME, relation])
    designer.act(
        "create_field", object=parent, key="number", kind="roll_up", label="数量",
        values={"settings": {"object": child, "by": by, "function": "count"}},
    )  # fmt: skip

    one = designer.client.make(parent, name="甲")
    designer.client.make(child, name="乙", **{by: [one["id"]]})

    assert designer.client.get(f"records/{parent}/{one['id']}").json()["number"] == 1
