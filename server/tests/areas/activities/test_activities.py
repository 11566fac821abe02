"""Tasks know when they were done, notes what they begin with."""

from datetime import UTC, datetime

import pytest

from guanxi.engine import actions
from guanxi.engine.context import work
from guanxi.infra.errors import NotFound


def test_completing_a_task(ctx, records):
    task = records.new("task", subject="回电")

    result = actions.run(ctx, "activities.complete_task", {"task": str(task)})

    assert result == {"task": str(task), "changed": True}
    assert records.get("task", task, "status", "done_at") == ("done", ctx.now)


def test_completing_twice_keeps_the_first_time(workspace, actor, records_of):
    first = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with work(workspace, actor("salesperson"), via="ui", now=first) as ctx:
        task = records_of(ctx).new("task", subject="回电", status="done")
    with work(workspace, actor("salesperson"), via="ui") as ctx:
        result = actions.run(ctx, "activities.complete_task", {"task": str(task)})

        assert result["changed"] is False
        assert records_of(ctx).get("task", task, "done_at") == first


def test_taking_it_up_again_forgets_the_time(records):
    task = records.new("task", subject="回电", status="done")

    records.set("task", task, status="open")

    assert records.get("task", task, "done_at") is None


def test_somebody_elses_task_is_out_of_reach(workspace, actor, records_of):
    with work(workspace, actor("salesperson"), via="ui") as ctx:
        task = records_of(ctx).new("task", subject="回电")
    with work(workspace, actor("other_salesperson"), via="ui") as ctx, pytest.raises(NotFound):
        actions.run(ctx, "activities.complete_task", {"task": str(task)})


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("<p>电话沟通</p><p>约下周</p>", "电话沟通"),
        ("<ul><li>一</li><li>二</li></ul>", "一"),
        (f"<p>{'长' * 100}</p>", "长" * 79 + "…"),
    ],
)
def test_a_note_is_called_by_its_first_line(records, body, subject):
    note = records.new("note", body=body)

    assert records.get("note", note, "subject") == subject


def test_the_owner_of_a_record_reaches_what_others_noted_about_it(workspace, actor, records_of):
    with work(workspace, actor("salesperson"), via="ui") as ctx:
        company = records_of(ctx).new("company", name="甲")
    with work(workspace, actor("manager"), via="ui") as ctx:
        note = records_of(ctx).new("note", body="经理的建议", about={"object": "company", "id": company})

    with work(workspace, actor("salesperson"), via="ui") as ctx:
        assert records_of(ctx).all("note") == [note]
    with work(workspace, actor("other_salesperson"), via="ui") as ctx:
        assert records_of(ctx).all("note") == []
