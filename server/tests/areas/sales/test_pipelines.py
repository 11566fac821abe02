"""Pipelines and stages: one default, who may change them, and what is refused while opportunities stand there."""

from uuid import UUID

import pytest

from guanxi.areas.sales.errors import DefaultPipelineNeeded
from guanxi.areas.sales.rules.pipelines import DefaultNeeded, chance, keep_one_default
from guanxi.infra.errors import Conflict
from tests.support.clients import Client

A, B, C = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("after", "chosen", "changes"),
    [
        ({}, [], {}),
        ({A: True}, [A], {}),
        ({A: False}, [], {A: True}),
        ({A: True, B: True}, [B], {A: False}),
        ({A: True, B: True, C: True}, [B, C], {A: False, B: False}),
        ({A: True, B: False}, [], {}),
    ],
)
def test_steps(after, chosen, changes):
    assert keep_one_default(after, chosen) == changes


@pytest.mark.parametrize("after", [{A: False, B: False}])
def test_none_left_is_refused(after):
    with pytest.raises(DefaultNeeded):
        keep_one_default(after, [])


def defaults(records):
    return records.all("pipeline", {"field": "is_default", "op": "eq", "value": True})


def test_a_new_default_takes_the_place_of_the_old(records):
    other = records.new("pipeline", name="渠道流程", is_default=True)

    assert defaults(records) == [other]


def test_taking_the_default_away_is_refused(records):
    (standard,) = defaults(records)
    records.new("pipeline", name="渠道流程")
    records.new("pipeline", name="续约流程")

    with pytest.raises(DefaultPipelineNeeded):
        records.set("pipeline", standard, is_default=False)


def test_taking_the_default_away_from_the_only_pipeline_is_refused_too(records):
    (standard,) = defaults(records)

    with pytest.raises(DefaultPipelineNeeded):
        records.set("pipeline", standard, is_default=False)


def test_a_stage_in_use_cannot_be_deleted(records):
    records.new("opportunity", name="仓储项目")

    with pytest.raises(Conflict, match=r"records\.still_used"):
        records.delete("stage", records.stage("初步接触"))


@pytest.mark.parametrize(
    ("category", "given", "told"),
    [("won", None, 100), ("won", 0, 100), ("won", 95, 95), ("lost", None, 0), ("open", None, None), ("open", 40, 40)],
)
def test_an_end_knows_its_chance(category, given, told):
    assert chance(category, given) == told


# Through HTTP, as the settings screen asks.


@pytest.fixture
def administrator(database):
    """Who configures the workspace."""
    return Client.signed_in_as("administrator")


def standard(client):
    """The default pipeline and its stages in their order."""
    where = {"field": "pipeline.is_default", "op": "eq", "value": True}
    body = {"where": where, "sort": [{"field": "position", "dir": "asc"}]}
    rows = client.post("records/stage/query", body).json()["rows"]
    return rows[0]["pipeline"]["id"], rows


def shape(client):
    """All that the pipelines are, to see that a refusal changed nothing."""
    return [client.post(f"records/{key}/query", {}).json()["rows"] for key in ("pipeline", "stage")]


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_only_those_who_configure_change_pipelines(administrator, name):
    pipeline, stages = standard(administrator)
    before, other = shape(administrator), Client.signed_in_as(name)

    refusals = [
        other.post("records/pipeline", {"values": {"name": "自己的流程"}}),
        other.patch(f"records/pipeline/{pipeline}", {"values": {"name": "改名"}}),
        other.delete(f"records/pipeline/{pipeline}"),
        other.post("records/stage", {"values": {"name": "新阶段", "pipeline": pipeline}}),
        other.patch(f"records/stage/{stages[0]['id']}", {"values": {"position": 9}}),
        other.delete(f"records/stage/{stages[0]['id']}"),
    ]

    assert [one.status_code for one in refusals] == [403] * 6
    assert shape(administrator) == before


def test_a_role_that_may_edit_every_object_does_not_configure_pipelines(administrator):
    rights = {"create": True, "read": "all", "edit": "all", "delete": "all"}
    role = administrator.make("role", name="助理", key="assistant", permissions={"objects": {"*": rights}})
    where = {"field": "email", "op": "eq", "value": "colleague@example.com"}
    (member,) = administrator.post("records/member/query", {"where": where}).json()["rows"]
    administrator.patch(f"records/member/{member['id']}", {"values": {"roles": [role["id"]]}})
    _, stages = standard(administrator)
    before, assistant = shape(administrator), Client.signed_in_as("colleague")

    refusals = [
        assistant.post("records/pipeline", {"values": {"name": "自己的流程"}}),
        assistant.patch(f"records/stage/{stages[0]['id']}", {"values": {"probability": 99}}),
        assistant.delete(f"records/stage/{stages[0]['id']}"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refusals] == [(403, "sales.configure_right_needed")] * 3
    assert shape(administrator) == before


def test_stages_are_put_into_another_order(administrator):
    _, stages = standard(administrator)
    turned = [{"id": one["id"], "values": {"position": place}} for place, one in enumerate(reversed(stages))]

    answer = administrator.post("records/stage/bulk", {"op": "update", "records": turned})

    assert answer.status_code == 200
    assert [one["id"] for one in standard(administrator)[1]] == [one["id"] for one in reversed(stages)]


def test_the_default_pipeline_is_not_deleted(administrator):
    pipeline, _ = standard(administrator)
    administrator.make("pipeline", name="渠道流程")
    before = shape(administrator)

    refused = administrator.delete(f"records/pipeline/{pipeline}")

    assert (refused.status_code, refused.json()["code"]) == (409, "sales.default_pipeline_needed")
    assert shape(administrator) == before


def test_a_pipeline_without_an_open_stage_does_not_become_the_default(administrator):
    other = administrator.make("pipeline", name="渠道流程")
    administrator.make("stage", name="成交", pipeline=other["id"], category="won")
    before = shape(administrator)

    refused = administrator.patch(f"records/pipeline/{other['id']}", {"values": {"is_default": True}})
    assert (refused.status_code, refused.json()["code"]) == (409, "sales.open_stage_needed")
    assert shape(administrator) == before

    administrator.make("stage", name="洽谈", pipeline=other["id"])
    assert administrator.patch(f"records/pipeline/{other['id']}", {"values": {"is_default": True}}).status_code == 200
    assert standard(administrator)[0] == other["id"]


def test_the_last_open_stage_of_the_default_stays(administrator):
    _, stages = standard(administrator)
    *others, last = [one["id"] for one in stages if one["category"] == "open"]
    assert administrator.post("records/stage/bulk", {"op": "delete", "ids": others}).status_code == 200
    before = shape(administrator)

    refusals = [
        administrator.delete(f"records/stage/{last}"),
        administrator.patch(f"records/stage/{last}", {"values": {"category": "won"}}),
    ]

    assert [one.json()["code"] for one in refusals] == ["sales.open_stage_needed"] * 2
    assert shape(administrator) == before


def test_a_stage_with_opportunities_keeps_its_category_and_is_not_deleted(administrator):
    _, (first, second, *_) = standard(administrator)
    deal = administrator.make("opportunity", name="仓储项目", stage=first["id"])
    before = shape(administrator)

    refused = administrator.patch(f"records/stage/{first['id']}", {"values": {"category": "won"}})
    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "sales.stage_in_use")
    assert "1" in refused.json()["fields"][0]["message"]
    refused = administrator.delete(f"records/stage/{first['id']}")
    assert (refused.status_code, refused.json()["params"]) == (
        409, {"object": "opportunity", "count": 1, "field": "stage"},
    )  # fmt: skip
    assert shape(administrator) == before

    administrator.patch(f"records/opportunity/{deal['id']}", {"values": {"stage": second["id"]}})
    assert administrator.delete(f"records/stage/{first['id']}").status_code == 200


def test_two_stages_of_a_pipeline_never_bear_one_name(administrator):
    pipeline, stages = standard(administrator)
    other = administrator.make("pipeline", name="渠道流程")
    administrator.make("stage", name=stages[0]["name"], pipeline=other["id"])
    before = shape(administrator)

    refused = administrator.post("records/stage", {"values": {"name": f"{stages[0]['name']} ", "pipeline": pipeline}})

    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "sales.stage_name_taken")
    assert shape(administrator) == before


@pytest.mark.parametrize("probability", [-1, 101])
def test_a_probability_outside_of_what_can_be_is_refused(administrator, probability):
    _, stages = standard(administrator)
    before = shape(administrator)

    refused = administrator.patch(f"records/stage/{stages[0]['id']}", {"values": {"probability": probability}})

    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "sales.probability_out_of_range")
    assert shape(administrator) == before


def test_a_new_won_stage_is_certain(administrator):
    other = administrator.make("pipeline", name="渠道流程")

    won = administrator.make("stage", name="成交", pipeline=other["id"], category="won")

    assert float(won["probability"]) == 100
