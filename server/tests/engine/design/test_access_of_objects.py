"""A field that decides who may read the records of its object stays as it is for as long as it does."""

import pytest

from tests.engine.design.designer import Designer

DOING = {"field": "phase", "op": "eq", "value": "doing"}
ACCESS = (
    {"read_also": DOING},
    {"private": DOING},
    {"private": {"and": [{"field": "budget", "op": "not_empty"}, {"not": {"or": [DOING]}}]}},
)


@pytest.mark.parametrize("access", ACCESS)
def test_it_is_not_archived(projects: Designer, access: dict):
    projects.act("update_object", object="project", values={"access": access})

    refused = projects.refused("archive_field", field="project.phase", confirm=True)
    usage = projects.client.get("design/usage?object=project&field=phase").json()

    assert refused["code"] == "design.still_used"
    assert [(one["type"], one["object"]) for one in refused["params"]["dependents"] if one["blocking"]] == [
        ("access", "project")
    ]
    assert [(one["type"], one["blocking"]) for one in usage["dependents"]] == [("access", True)]
    assert projects.count("project") == 5
    projects.act("update_object", object="project", values={"access": {}})
    projects.act("archive_field", field="project.phase", confirm=True)
    assert projects.count("project") == 5


@pytest.mark.parametrize("access", ACCESS)
def test_it_is_not_converted(projects: Designer, access: dict):
    projects.act("update_object", object="project", values={"access": access})

    for preview in (False, True):
        refused = projects.refused("convert_field", field="project.phase", kind="text", confirm=True, preview=preview)
        assert [error["code"] for error in refused["fields"]] == ["design.convert_access"]
    assert projects.count("project") == 5
    projects.act("update_object", object="project", values={"access": {}})
    projects.act("convert_field", field="project.phase", kind="text", confirm=True)


def test_other_fields_are_free(projects: Designer):
    projects.act("update_object", object="project", values={"access": {"private": DOING}})

    projects.act("archive_field", field="project.starts_on", confirm=True)

    assert "starts_on" not in projects.fields("project")
