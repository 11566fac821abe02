"""Records that refer to each other and go along with each other."""

import pytest

from tests.engine.design.designer import Designer
from tests.support.clients import Client
from tests.support.objects import forget_objects


@pytest.fixture
def designer(database: None):
    yield Designer(Client.signed_in_as("administrator"))
    forget_objects()


def test_records_that_cascade_to_each_other_go_once(designer: Designer) -> None:
    for key in ("frame", "panel"):
        designer.act("create_object", label=key, key=key, fields=[{"kind": "text", "key": "name", "label": "名称"}])
    for key, other in (("frame", "panel"), ("panel", "frame")):
        designer.act(
            "create_field", object=key, key="other", kind="lookup", label="另一个",
            values={"settings": {"target": other, "reverse": f"{key}s", "on_delete": "cascade"}},
        )  # fmt: skip
    client = designer.client
    frame = client.make("frame", name="甲")
    panel = client.make("panel", name="乙", other=frame["id"])
    client.patch(f"records/frame/{frame['id']}", {"values": {"other": panel["id"]}})

    told = client.post("records/frame/deletion", {"ids": [frame["id"]]}).json()
    gone = client.delete(f"records/frame/{frame['id']}")

    assert [(one["object"], one["count"]) for one in told["effects"]] == [("panel", 1)]
    assert gone.status_code < 300, gone.content.decode()
    assert [designer.count(key) for key in ("frame", "panel")] == [0, 0]
    (deletion, *_) = client.get("change-sets").json()["change_sets"]
    assert client.post(f"change-sets/{deletion['id']}/undo", {}).json()["undone"] == 2
    assert [designer.count(key) for key in ("frame", "panel")] == [1, 1]
