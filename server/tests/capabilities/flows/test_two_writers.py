"""Two people write about the same flow: whoever is late is told, and what the other has stored stays as it is."""

from typing import Any

from tests.capabilities.flows.conftest import Drafts, rule
from tests.support.clients import Client
from tests.support.roles import trust

CREATED = {"kind": "record.created", "settings": {}}


def mark(text: str) -> dict[str, Any]:
    """A definition that leaves a word in the record."""
    return rule(CREATED, {"kind": "record.update", "settings": {"values": {"description": {"value": text}}}})


def second() -> Client:
    """Somebody else who looks after automation, with as many rights."""
    trust("manager", "automation", "roles", "configure", flow={"create": True, "read": "all", "edit": "all"})
    return Client.signed_in_as("manager")


def test_who_saves_late_is_refused_and_sees_what_there_is(drafts: Drafts) -> None:
    flow, other = drafts.draft(mark("甲")), second()
    seen = other.get(f"records/flow/{flow}").json()["rev"]
    answer = drafts.admin.patch(f"records/flow/{flow}", {"values": {"definition": mark("乙")}, "rev": seen})
    assert answer.status_code == 200, answer.content
    refused = other.patch(f"records/flow/{flow}", {"values": {"definition": mark("丙")}, "rev": seen})
    assert (refused.status_code, refused.json()["code"]) == (409, "records.stale")
    now = other.get(f"records/flow/{flow}").json()
    assert now["definition"] == mark("乙")
    assert now["updated_by"]["title"]
    over = other.patch(f"records/flow/{flow}", {"values": {"definition": mark("丙")}, "rev": now["rev"]})
    assert over.status_code == 200
    assert drafts.admin.get(f"records/flow/{flow}").json()["definition"] == mark("丙")


def test_nobody_publishes_a_draft_that_they_have_not_seen(drafts: Drafts) -> None:
    flow, other = drafts.draft(mark("甲")), second()
    seen = other.get(f"records/flow/{flow}").json()["rev"]
    drafts.admin.patch(f"records/flow/{flow}", {"values": {"definition": mark("乙")}, "rev": seen})
    refused = other.post("actions/flows/publish", {"params": {"flow": flow, "rev": seen}})
    assert (refused.status_code, refused.json()["code"]) == (409, "records.stale")
    assert other.get(f"flows/{flow}/versions").json()["versions"] == []
    now = other.get(f"records/flow/{flow}").json()
    assert (now["state"], now["number"]) == ("draft", None)
    assert other.post("actions/flows/publish", {"params": {"flow": flow, "rev": now["rev"]}}).status_code == 200
    (version,) = other.get(f"flows/{flow}/versions").json()["versions"]
    assert version["definition"] == mark("乙")
