"""Whose records a person reaches follows from the department tree."""

import pytest

from guanxi.capabilities.identity.authenticate import acting
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")


def _names(actor_ids) -> set[str]:
    ids = {world.membership(name).member_id: name for name in world.PEOPLE}
    return {ids[one] for one in actor_ids}


@pytest.mark.parametrize(
    ("name", "department", "tree"),
    [
        ("administrator", {"administrator"}, set(world.PEOPLE)),
        ("manager", {"manager", "read_only"}, set(world.PEOPLE) - {"administrator"}),
        ("salesperson", {"salesperson", "colleague"}, {"salesperson", "colleague"}),
        ("other_salesperson", {"other_salesperson"}, {"other_salesperson"}),
    ],
)
def test_reach_follows_the_tree(name, department, tree):
    actor = world.actor(name)

    assert _names(actor.department_members) == department
    assert _names(actor.tree_members) == tree


def test_moving_a_department_moves_its_people(client):
    administrator = client("administrator")
    rows = administrator.post("records/department/query", {"select": ["name"]}).json()["rows"]
    ids = {row["name"]: row["id"] for row in rows}

    administrator.patch(f"records/department/{ids['south']}", {"values": {"parent": ids["east"]}})

    assert _names(world.actor("salesperson").tree_members) == {"salesperson", "colleague", "other_salesperson"}


def test_somebody_without_a_department_reaches_only_their_own(client):
    member = world.membership("manager").member_id

    client("administrator").patch(f"records/member/{member}", {"values": {"department": None}})

    actor = world.actor("manager")
    assert actor.department_members == actor.tree_members == (member,)


def test_work_done_later_acts_with_the_rights_of_then(client):
    membership = world.membership("salesperson")
    workspace, actor = acting(membership.workspace_id, membership.member_id)
    assert (workspace.slug, actor.roles) == ("acme", ("salesperson",))

    params = {"params": {"member": str(membership.member_id)}}
    client("administrator").post("actions/identity/deactivate-member", params)

    assert acting(membership.workspace_id, membership.member_id) is None
