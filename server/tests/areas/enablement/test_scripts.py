"""Scripts: proposed for a record, filled in, used and noted."""

import pytest

from tests.areas.enablement.conftest import Desk, Made
from tests.support.clients import Client


def propose(
    desk: Desk, client: Client | None = None, object_key: str = "opportunity", record: str = "", **asked
) -> Made:
    words = "&".join(f"{key}={value}" for key, value in asked.items())
    return (client or desk.sales).get(f"records/{object_key}/{record or desk.deal}/scripts?{words}").json()


def script(desk: Desk, name: str, body: str = "您好", **values) -> str:
    return desk.admin.make("script", name=name, body=body, **values)["id"]


def test_scripts_of_the_stage_and_product_come_first_and_are_filled_in(desk: Desk):
    script(desk, "通用开场", "{contact.name}您好，我是{owner.name}")
    script(desk, "别的阶段", stages=[desk.stages[0]])
    script(
        desk, "价格", "{company.name}：{next_step}", stages=[desk.stages[1]], products=[desk.product], objection="price"
    )
    script(desk, "草稿", status="draft")

    told = propose(desk)
    assert [one["name"] for one in told["scripts"]] == ["价格", "通用开场", "别的阶段"]
    assert told["scripts"][0]["fits"] == ["stage", "product"]
    assert told["scripts"][0]["text"] == "云山制造：____"
    assert told["scripts"][1]["text"].startswith("王芳您好，我是")
    assert [one["name"] for one in propose(desk, search="开场")["scripts"]] == ["通用开场"]
    assert [one["name"] for one in propose(desk, objection="price")["scripts"]] == ["价格"]
    assert [one["name"] for one in propose(desk, stage=desk.stages[0])["scripts"]] == ["通用开场", "别的阶段"]
    texts = {one["name"]: one["text"] for one in propose(desk, object_key="company", record=desk.company)["scripts"]}
    assert texts["通用开场"].startswith("____您好，我是")


def test_a_use_is_noted_with_the_record_and_counted(desk: Desk):
    one = script(desk, "价格", "{company.name}，价格可以谈", objection="price")
    used = desk.act("use-script", script=one, object="opportunity", record=desk.deal, used_in="note")

    assert used["text"] == "云山制造，价格可以谈"
    (use,) = desk.rows("script_use")
    assert (use["about"]["id"], use["used_in"], use["name"]) == (desk.deal, "note", "价格")
    assert desk.admin.get(f"records/script/{one}").json()["use_count"] == 1
    timeline = desk.sales.get(f"records/opportunity/{desk.deal}/timeline?kinds=activity").json()["items"]
    assert [item["object"] for item in timeline] == ["script_use"]


@pytest.mark.parametrize("body", ["{contact.nmae}您好", "{nothing}", "{company.name.more}"])
def test_a_misspelt_placeholder_is_refused_when_it_is_written(desk: Desk, body: str):
    answer = desk.admin.post("records/script", {"values": {"name": "x", "body": body}})
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "enablement.no_such_placeholder")
    assert desk.rows("script") == []


def test_who_does_not_see_a_record_uses_nothing_with_it(desk: Desk):
    one, draft = script(desk, "通用"), script(desk, "草稿", status="draft")
    stranger = Client.signed_in_as("colleague")

    assert propose(desk, stranger)["code"] == "records.not_found"
    assert desk.asked("use-script", stranger, script=one, object="opportunity", record=desk.deal).status_code == 404
    assert desk.asked("use-script", script=one, object="member", record=desk.deal).status_code == 404
    refused = desk.asked("use-script", script=draft, object="opportunity", record=desk.deal)
    assert (refused.status_code, refused.json()["code"]) == (409, "enablement.script_not_in_use")
    assert desk.rows("script_use") == []
    desk.act("use-script", script=one, object="opportunity", record=desk.deal)
    assert desk.rows("script_use", stranger) == []


def test_what_the_reader_is_not_told_stays_blank(desk: Desk):
    """A field that is hidden from salespeople is not told by way of a script."""
    one = script(desk, "成本", "{product.cost}")
    desk.admin.patch(f"records/opportunity/{desk.deal}", {"values": {"product": desk.product}})
    desk.admin.patch(f"records/product/{desk.product}", {"values": {"cost": "61"}})

    assert desk.act("use-script", script=one, object="opportunity", record=desk.deal)["text"] == "____"
    seen = desk.act("use-script", desk.admin, script=one, object="opportunity", record=desk.deal)["text"]
    assert "61" in seen
