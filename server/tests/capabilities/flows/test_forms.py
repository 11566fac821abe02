"""Forms that runs wait for: who is asked, what is taken for an answer, and that the run goes on with it."""

from typing import Any

import pytest

from tests.capabilities.flows.conftest import Automation, Drafts, rule
from tests.support import world
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}
QUESTIONS = [
    {"name": "budget", "label": "预算", "kind": "number", "required": True},
    {"name": "grade", "label": "等级", "kind": "choice", "options": ["A", "B"]},
    {"name": "remark", "label": "备注", "kind": "long_text"},
]
MARK = {"kind": "record.update", "settings": {"values": {"description": {"data": "form.remark"}}}}


def asking(*who: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A step that asks the owner, or those named."""
    people = list(who) or [{"kind": "owner"}]
    return {
        "kind": "form",
        "settings": {"title": "补充 {name}", "people": people, "questions": QUESTIONS, "as": "form", **settings},
    }


def member(name: str) -> dict[str, Any]:
    """One person of the world."""
    return {"kind": "member", "members": [str(world.actor(name).member_id)]}


def fill(client: Client, form: str, **answers: Any) -> Any:
    """Fill in a form."""
    return client.post("actions/flows/fill-form", {"params": {"form": form, "answers": answers}})


def test_the_run_goes_on_with_what_was_filled_in(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, asking(), MARK))
    sales, colleague = Client.signed_in_as("salesperson"), Client.signed_in_as("colleague")
    company = sales.make(name="甲")
    automation.round()

    (form,) = sales.get("flows/forms").json()["forms"]
    assert (form["title"], form["record"]["id"], form["open"]) == ("补充 甲", company["id"], True)
    assert sales.get("notifications").json()["items"][0]["link"] == f"/forms/{form['id']}"
    assert colleague.get("flows/forms").json()["forms"] == []
    assert colleague.get(f"flows/forms/{form['id']}").status_code == 404
    refused = fill(colleague, form["id"], budget=1)
    assert (refused.status_code, refused.json()["code"]) == (404, "flows.no_such_form")
    assert automation.runs(flow)[0]["state"] == "waiting"

    assert fill(sales, form["id"], budget=12.5, grade="A", remark="尽快").status_code == 200
    automation.round()
    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert run["data"]["form"] == {
        "budget": 12.5, "grade": "A", "remark": "尽快", "filled_by": str(world.actor("salesperson").member_id),
    }  # fmt: skip
    assert sales.get(f"records/company/{company['id']}").json()["description"] == "尽快"
    assert sales.get("flows/forms").json()["forms"] == []
    (done,) = sales.get("flows/forms?state=done").json()["forms"]
    assert (done["id"], done["open"], done["answers"]["grade"]) == (form["id"], False, "A")
    again = fill(sales, form["id"], budget=1)
    assert (again.status_code, again.json()["code"]) == (409, "flows.form_filled")
    assert automation.runs(flow)[0]["data"]["form"]["budget"] == 12.5


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, ["flows.answer_missing"]),
        ({"budget": ""}, ["flows.answer_missing"]),
        ({"budget": "1"}, ["flows.bad_answer"]),
        ({"budget": True}, ["flows.bad_answer"]),
        ({"budget": 1, "grade": "C"}, ["flows.bad_answer"]),
        ({"budget": 1, "remark": 5}, ["flows.bad_answer"]),
        ({"budget": 1, "other": 5}, ["flows.unknown_answer"]),
    ],
)
def test_wrong_answers_are_told_and_the_run_waits_on(
    automation: Automation, answers: dict[str, Any], codes: list[str]
) -> None:
    flow = automation.flow(rule(CREATED, asking()))
    sales = Client.signed_in_as("salesperson")
    sales.make(name="甲")
    automation.round()
    (form,) = sales.get("flows/forms").json()["forms"]

    refused = fill(sales, form["id"], **answers)
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json()["fields"]] == codes
    assert automation.runs(flow)[0]["data"] == {}
    assert sales.get(f"flows/forms/{form['id']}").json()["open"]


def test_whoever_may_not_see_the_record_is_told_nothing_of_it(automation: Automation) -> None:
    """The colleague is asked about a company of somebody else's."""
    flow = automation.flow(rule(CREATED, asking(member("colleague"))))
    Client.signed_in_as("salesperson").make(name="华信")
    automation.round()

    colleague = Client.signed_in_as("colleague")
    (form,) = colleague.get("flows/forms").json()["forms"]
    assert (form["title"], form["record"], form["object"]) == ("补充", None, None)
    assert "华信" not in colleague.get("notifications").content.decode()
    assert fill(colleague, form["id"], budget=1).status_code == 200
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"


def test_of_several_one_fills_it_in_for_all(automation: Automation) -> None:
    automation.flow(rule(CREATED, asking(member("colleague"), {"kind": "owner"})))
    sales, colleague = Client.signed_in_as("salesperson"), Client.signed_in_as("colleague")
    sales.make(name="甲")
    automation.round()
    (form,) = colleague.get("flows/forms").json()["forms"]

    assert fill(colleague, form["id"], budget=1).status_code == 200
    assert sales.get("flows/forms").json()["forms"] == []
    assert fill(sales, form["id"], budget=2).status_code == 409


def test_after_the_time_limit_the_run_takes_another_way(automation: Automation) -> None:
    late = {"kind": "record.update", "settings": {"values": {"description": {"value": "超时"}}}}
    step = asking(limit={"amount": 2, "unit": "days"})
    definition = rule(CREATED, step, late)
    definition["nodes"][0]["next"] = {"timeout": "n2"}
    flow = automation.flow(definition)
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    automation.round()
    (form,) = sales.get("flows/forms").json()["forms"]
    automation.later(days=3)
    automation.round()

    assert automation.runs(flow)[0]["state"] == "done"
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "超时"
    assert automation.admin.get(f"flows/forms/{form['id']}").json()["open"] is False
    refused = fill(automation.admin, form["id"], budget=1)
    assert refused.json()["code"] == "flows.form_filled"


def test_a_run_that_was_cancelled_asks_nobody_any_more(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, asking()))
    sales = Client.signed_in_as("salesperson")
    sales.make(name="甲")
    automation.round()
    (form,) = sales.get("flows/forms").json()["forms"]
    automation.admin.post("actions/flows/cancel-runs", {"params": {"runs": [str(automation.runs(flow)[0]["id"])]}})

    assert sales.get("flows/forms").json()["forms"] == []
    assert fill(sales, form["id"], budget=1).json()["code"] == "flows.form_filled"


def test_a_button_asks_before_it_starts(automation: Automation) -> None:
    trigger = {"kind": "manual", "settings": {"label": {"zh-CN": "评估", "en": "Assess"}, "questions": QUESTIONS}}
    flow = automation.flow(rule(trigger, MARK))
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    (button,) = sales.get("flows/buttons/company").json()["buttons"]
    assert [one["name"] for one in button["questions"]] == ["budget", "grade", "remark"]

    params = {"flow": flow, "object": "company", "records": [company["id"]]}
    refused = sales.post("actions/flows/start", {"params": params})
    assert refused.json()["fields"][0]["code"] == "flows.answer_missing"
    assert automation.runs(flow) == []
    answers = {"budget": 3, "remark": "重要"}
    assert sales.post("actions/flows/start", {"params": {**params, "answers": answers}}).status_code == 200
    automation.round()
    assert automation.runs(flow)[0]["data"]["form"] == {"budget": 3, "grade": None, "remark": "重要"}
    assert sales.get(f"records/company/{company['id']}").json()["description"] == "重要"


@pytest.mark.parametrize(
    "questions",
    [
        [{"name": "a b", "label": "x", "kind": "text"}],
        [{"name": "a", "label": "", "kind": "text"}],
        [{"name": "a", "label": "x", "kind": "file"}],
        [{"name": "a", "label": "x", "kind": "choice"}],
        [{"name": "a", "label": "x", "kind": "text"}, {"name": "a", "label": "y", "kind": "text"}],
        [{"name": "a", "label": "x", "kind": "text", "default": 1}],
    ],
)
def test_questions_that_make_no_sense_are_told(drafts: Drafts, questions: list[Any]) -> None:
    assert drafts.problems(rule(CREATED, asking(questions=questions))) == ["flows.bad_questions"]
    manual = {"kind": "manual", "settings": {"questions": questions}}
    assert drafts.problems(rule(manual, MARK)) == ["flows.bad_questions"]
