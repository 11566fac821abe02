"""Large hand-overs: batch by batch in the background, stopped, taken up again, undone; and what was changed meanwhile."""

from typing import Any

import pytest

from guanxi.capabilities.hand_over import running, steps
from guanxi.infra.jobs.registry import jobs
from tests.capabilities.hand_over.conftest import act, member, ok, owners, remains_of, snapshot
from tests.support.clients import Client
from tests.support.roles import allow

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def queued(monkeypatch) -> list[tuple[str, dict[str, Any]]]:
    """Jobs that were queued, instead of a worker; nearly everything is large, and batches are small."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(running, "enqueue", lambda name, payload: found.append((name, payload)))
    monkeypatch.setattr(running, "AT_ONCE", 3)
    monkeypatch.setattr(running, "BATCH", 7)
    return found


def _work(queued) -> None:
    while queued:
        name, payload = queued.pop(0)
        jobs()[name].handler(payload)


def _one(client: Client, id_: str) -> dict[str, Any]:
    return client.get(f"hand-overs/{id_}").json()


def test_a_large_one_runs_in_the_background_as_one_change_set(administrator, held, queued):
    before = snapshot()
    asked = {"member": member("salesperson"), "rest": [member("manager"), member("colleague")], "keep": "read"}

    begun = ok(act(administrator, "run", **asked))
    assert (begun["state"], begun["progress"]["done"]) == ("running", 0)
    assert snapshot() == before
    _work(queued)

    done = _one(administrator, begun["id"])
    assert (done["state"], done["progress"]) == ("done", {"done": 52, "total": 52})
    assert remains_of("salesperson").keys() == {"shares"}
    companies = owners("company", held.ids["company"])
    assert owners("contact", held.ids["contact"]) == companies
    change_sets = administrator.get("change-sets").json()["change_sets"]
    mine = [one for one in change_sets if one["label"] and one["label"].get("code") == "hand_over.label"]
    assert [one["id"] for one in mine] == [done["change_set"]]

    undoing = ok(act(administrator, "undo", hand_over=done["id"]))
    assert undoing["hand_over"]["state"] == "undoing"
    _work(queued)
    assert _one(administrator, begun["id"])["state"] == "undone"
    assert snapshot() == before


def test_the_check_of_a_large_one_gives_the_numbers_of_its_run(administrator, held, queued):
    asked = {
        "member": member("salesperson"),
        "rest": [member("manager"), member("colleague")],
        "leave": True,
        "shares": "end",
    }
    before = snapshot()

    checked = ok(act(administrator, "check", **asked))
    _work(queued)
    checked = _one(administrator, checked["id"])
    assert snapshot() == before
    ran = ok(act(administrator, "run", **asked))
    _work(queued)
    ran = _one(administrator, ran["id"])

    assert (checked["state"], ran["state"]) == ("checked", "done")
    for key in ("parts", "shares", "kept", "refused", "progress"):
        assert checked[key] == ran[key], key


def test_a_run_that_dies_goes_on_where_it_was(administrator, held, queued, monkeypatch):
    begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))
    take, taken = steps.take, []

    def dies(ctx, one, items):
        taken.append(len(items))
        if len(taken) == 3:
            raise KeyboardInterrupt
        take(ctx, one, items)

    monkeypatch.setattr(steps, "take", dies)
    again = list(queued)
    with pytest.raises(KeyboardInterrupt):
        _work(queued)
    assert _one(administrator, begun["id"])["progress"]["done"] == 14
    queued.extend(again)
    _work(queued)

    done = _one(administrator, begun["id"])
    assert done["state"] == "done"
    assert sum(to["count"] for part in done["parts"] for to in part["to"]) == done["progress"]["total"]
    assert remains_of("salesperson") == {}


def test_a_run_that_is_stopped_keeps_what_it_did_and_can_be_undone(administrator, held, queued, monkeypatch):
    before = snapshot()
    begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")], leave=True))
    take = steps.take

    def stops(ctx, one, items):
        take(ctx, one, items)
        ctx.run("UPDATE sys_hand_over SET stop = true")

    monkeypatch.setattr(steps, "take", stops)
    _work(queued)

    stopped = _one(administrator, begun["id"])
    assert (stopped["state"], stopped["progress"]["done"]) == ("cancelled", 7)
    assert Client.signed_in_as("salesperson").get("me").status_code == 200
    ok(act(administrator, "undo", hand_over=begun["id"]))
    _work(queued)
    assert snapshot() == before


@pytest.fixture
def stopped(administrator, held, queued, monkeypatch):
    """Begins a hand-over with what is asked, which stops behind its first batch; what is told of it then."""

    def begin(by: Client = administrator, **asked: Any) -> dict[str, Any]:
        begun = ok(act(by, "run", **{"member": member("salesperson"), "rest": [member("manager")], **asked}))
        take = steps.take

        def stops(ctx, one, items):
            take(ctx, one, items)
            ctx.run("UPDATE sys_hand_over SET stop = true")

        with monkeypatch.context() as patched:
            patched.setattr(steps, "take", stops)
            _work(queued)
        return _one(by, begun["id"])

    return begin


class TestResuming:
    """A run that was stopped or failed goes on where it was."""

    def test_it_ends_like_one_that_was_never_stopped_and_is_one_change_set(self, administrator, queued, stopped):
        before = snapshot()
        one = stopped(rest=[member("manager"), member("colleague")], leave=True)
        assert (one["state"], one["progress"]["done"]) == ("cancelled", 7)

        assert ok(act(administrator, "resume", hand_over=one["id"]))["state"] == "running"
        _work(queued)

        done = _one(administrator, one["id"])
        assert (done["state"], done["change_set"]) == ("done", one["change_set"])
        assert sum(to["count"] for part in done["parts"] for to in part["to"]) == done["progress"]["total"]
        assert remains_of("salesperson") == {}
        assert administrator.get(f"records/member/{member('salesperson')}").json()["status"] == "left"
        ok(act(administrator, "undo", hand_over=one["id"]))
        _work(queued)
        assert snapshot() == before

    def test_a_failure_is_gone_on_with_too(self, administrator, held, queued, monkeypatch):
        begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))
        with monkeypatch.context() as patched:
            patched.setattr(steps, "finish", lambda *_: 1 / 0)
            _work(queued)
        assert _one(administrator, begun["id"])["state"] == "failed"

        ok(act(administrator, "resume", hand_over=begun["id"]))
        _work(queued)

        assert _one(administrator, begun["id"])["state"] == "done"
        assert remains_of("salesperson") == {}

    def test_what_is_done_undone_or_only_checked_is_not(self, administrator, held, queued, stopped):
        done = ok(act(administrator, "run", member=member("manager"), rest=[member("colleague")], leave=True))
        _work(queued)
        undone = stopped(rest=[member("colleague")])
        ok(act(administrator, "undo", hand_over=undone["id"]))
        checked = ok(act(administrator, "check", member=member("salesperson"), rest=[member("colleague")]))
        _work(queued)
        before = snapshot()

        answers = [act(administrator, "resume", hand_over=one["id"]) for one in (done, checked, undone)]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "hand_over.nothing_to_resume")] * 3
        assert (queued, snapshot()) == ([], before)

    def test_not_to_somebody_who_has_left_meanwhile(self, administrator, queued, stopped):
        one = stopped()
        administrator.patch(f"records/member/{member('manager')}", {"values": {"status": "left"}})
        before = snapshot()

        answer = act(administrator, "resume", hand_over=one["id"])

        assert [error["code"] for error in answer.json()["fields"]] == ["hand_over.receiver_left"]
        assert (queued, snapshot()) == ([], before)

    def test_not_by_somebody_else_nor_by_one_who_may_no_longer(self, administrator, queued, stopped):
        allow("salesperson", transfer=True)
        seller = Client.signed_in_as("salesperson")
        one = stopped(by=seller)
        before = snapshot()

        foreign = act(Client.signed_in_as("colleague"), "resume", hand_over=one["id"])
        (role,) = administrator.post(
            "records/role/query",
            {"where": {"field": "key", "op": "eq", "value": "salesperson"}, "select": ["permissions"]},
        ).json()["rows"]
        permissions = role["permissions"]
        permissions["objects"].setdefault("contact", {})["transfer"] = False
        changed = administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
        refused = act(seller, "resume", hand_over=one["id"])

        assert changed.status_code == 200, changed.content.decode()
        assert (foreign.status_code, foreign.json()["code"]) == (404, "hand_over.not_found")
        assert (refused.status_code, refused.json()["code"]) == (403, "hand_over.not_allowed")
        assert queued == []
        assert snapshot()["contact"] == before["contact"]


def test_a_run_ends_when_a_receiver_leaves_meanwhile(administrator, held, queued, monkeypatch):
    begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))
    administrator.patch(f"records/member/{member('manager')}", {"values": {"status": "left"}})
    before = snapshot()

    _work(queued)

    failed = _one(administrator, begun["id"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", "hand_over.receiver_left")
    assert snapshot() == before


def test_somebody_else_goes_on_where_who_began_it_has_left_meanwhile(administrator, held, queued):
    allow("salesperson", transfer=True)
    begun = ok(act(Client.signed_in_as("salesperson"), "run", member=member("salesperson"), rest=[member("manager")]))
    administrator.patch(f"records/member/{member('salesperson')}", {"values": {"status": "left"}})
    before = snapshot()

    _work(queued)

    failed = _one(administrator, begun["id"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", "workspace.no_such_member")
    assert snapshot() == before
    ok(act(administrator, "resume", hand_over=begun["id"]))
    _work(queued)
    assert _one(administrator, begun["id"])["state"] == "done"


def test_an_undo_of_somebody_who_has_left_meanwhile_changes_nothing(administrator, held, queued):
    allow("salesperson", transfer=True)
    seller = Client.signed_in_as("salesperson")
    begun = ok(act(seller, "run", member=member("salesperson"), rest=[member("manager")]))
    _work(queued)
    ok(act(seller, "undo", hand_over=begun["id"]))
    administrator.patch(f"records/member/{member('salesperson')}", {"values": {"status": "left"}})
    before = snapshot()

    _work(queued)

    kept = _one(administrator, begun["id"])
    assert (kept["state"], kept["error"]["code"]) == ("done", "workspace.no_such_member")
    assert snapshot() == before


def test_what_went_elsewhere_meanwhile_is_left_alone(administrator, held, queued):
    begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))
    gone = held.ids["company"][2]
    administrator.patch(f"records/company/{gone}", {"values": {"owner": member("other_salesperson")}})
    administrator.delete(f"records/company/{held.ids['company'][3]}")

    _work(queued)

    done = _one(administrator, begun["id"])
    (companies,) = [part for part in done["parts"] if part["part"] == "company.owner"]
    assert [to["count"] for to in companies["to"]] == [4]
    assert owners("company", [gone]) == ["other_salesperson"]


def test_the_last_administrator_is_kept_before_anything_is_begun(administrator, queued):
    for number in range(5):
        administrator.make("company", name=f"客户{number}")

    answer = act(administrator, "run", member=member("administrator"), rest=[member("manager")], leave=True)

    assert answer.json()["code"] == "identity.last_administrator"
    assert queued == []


def test_a_failure_is_told_and_what_was_done_can_be_undone(administrator, held, queued, monkeypatch):
    before = snapshot()
    begun = ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))

    def fails(ctx, one):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(steps, "finish", fails)

    _work(queued)

    failed = _one(administrator, begun["id"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", "hand_over.failed")
    ok(act(administrator, "undo", hand_over=begun["id"]))
    _work(queued)
    assert snapshot() == before


class TestUndoing:
    """What was changed since a hand-over stands against its undo."""

    @pytest.fixture
    def done(self, administrator, held) -> dict[str, Any]:
        """A hand-over that was run at once."""
        return ok(act(administrator, "run", member=member("salesperson"), rest=[member("manager")]))

    def test_a_record_that_went_on_stays_unless_all_else_is_to_come_back(self, administrator, held, done):
        gone = held.ids["company"][0]
        administrator.patch(f"records/company/{gone}", {"values": {"owner": member("other_salesperson")}})
        before = snapshot()

        preview = ok(act(administrator, "undo", hand_over=done["id"], preview=True))
        refused = act(administrator, "undo", hand_over=done["id"])
        assert [one["id"] for one in preview["conflicts"]] == [gone]
        assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
        assert snapshot() == before

        ok(act(administrator, "undo", hand_over=done["id"], skip_conflicts=True))
        assert owners("company", held.ids["company"]) == ["other_salesperson", *["salesperson"] * 5]

    def test_other_changes_of_a_record_stay(self, administrator, held, done):
        changed = held.ids["company"][0]
        Client.signed_in_as("manager").patch(f"records/company/{changed}", {"values": {"level": "C"}})

        ok(act(administrator, "undo", hand_over=done["id"]))

        row = administrator.get(f"records/company/{changed}").json()
        assert (row["owner"]["id"], row["level"]["key"] if isinstance(row["level"], dict) else row["level"]) == (
            member("salesperson"),
            "C",
        )

    def test_nothing_is_undone_twice(self, administrator, held, done):
        ok(act(administrator, "undo", hand_over=done["id"]))

        answer = act(administrator, "undo", hand_over=done["id"])

        assert (answer.status_code, answer.json()["code"]) == (409, "hand_over.nothing_to_undo")

    def test_a_check_is_no_run(self, administrator, held):
        checked = ok(act(administrator, "check", member=member("salesperson"), rest=[member("manager")]))

        assert act(administrator, "undo", hand_over=checked["id"]).status_code == 409
        assert act(administrator, "cancel", hand_over=checked["id"]).status_code == 409
        assert administrator.get("hand-overs").json()["hand_overs"] == []


def test_a_person_field_of_a_workspaces_own_object_is_handed_over_unless_it_says_otherwise(administrator):
    from tests.support.objects import field, forget_objects, install_objects, new_object

    install_objects(
        new_object(
            "site",
            [
                field("name", "text", required=True),
                field("keeper", "person", settings={"on_delete": "clear"}),
                field("met_by", "person", settings={"on_delete": "clear", "hand_over": False}),
            ],
        )
    )
    try:
        me = member("salesperson")
        made = administrator.make("site", name="工地", keeper=me, met_by=me)

        ok(act(administrator, "run", member=me, rest=[member("colleague")]))

        row = administrator.get(f"records/site/{made['id']}").json()
        assert (row["keeper"]["title"], row["met_by"]["title"]) == ("colleague", "salesperson")
    finally:
        forget_objects()


def test_what_was_asked_for_is_kept_while_a_job_is_at_work(administrator, held, queued):
    rule = {"where": {"field": "level", "op": "eq", "value": "A"}, "to": member("colleague")}
    splits = [{"part": "company.owner", "rules": [rule], "rest": [member("other_salesperson")]}]
    asked = {"member": member("salesperson"), "rest": [member("manager")], "splits": splits}

    ok(act(administrator, "run", **asked))
    _work(queued)

    assert owners("company", held.ids["company"]) == ["colleague", "other_salesperson", "other_salesperson"] * 2
