"""Taking back a change of very many records: a job does it, whole or not at all, and tells how far it is."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import long_undo, undo, writes
from tests.support import world
from tests.support.clients import Client

MANY = 6


class Boss:
    """Somebody who changes many records at once, with the queue of jobs beside them."""

    def __init__(self, client: Client, queued: list[tuple[str, dict[str, Any]]]) -> None:
        self.client, self.queued = client, queued

    def make(self, count: int = MANY) -> str:
        """The change set of new companies."""
        rows = [{"values": {"name": f"第{n}公司"}} for n in range(count)]
        return self.client.post("records/company/bulk", {"op": "create", "records": rows}).json()["change_set"]

    def undo(self, change_set: str, **options: bool) -> Any:
        """The answer to asking for it."""
        return self.client.post(f"change-sets/{change_set}/undo", options)

    def progress(self, change_set: str) -> dict[str, Any]:
        """How far it is."""
        answer = self.client.get(f"change-sets/{change_set}/undo", Accept_Language="zh-CN")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def work(self) -> None:
        """Do what is queued, as a worker would."""
        while self.queued:
            name, payload = self.queued.pop(0)
            assert name == "records.undo"
            long_undo.undo_job(payload)

    def companies(self) -> list[dict[str, Any]]:
        """All that are there."""
        return self.client.post("records/company/query", {"select": ["name", "level"], "limit": 200}).json()["rows"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """A handful of records is many already; what is queued is kept."""
    queued: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(long_undo, "FROM", MANY - 1)
    monkeypatch.setattr(long_undo, "enqueue", lambda name, payload: queued.append((name, payload)))
    return queued


@pytest.fixture
def boss(database: None, few: list[tuple[str, dict[str, Any]]]) -> Boss:
    """The sales manager, in a database that is rolled back."""
    return Boss(Client.signed_in_as("manager"), few)


def test_few_records_are_taken_back_at_once(boss: Boss) -> None:
    change_set = boss.make(MANY - 1)

    answer = boss.undo(change_set).json()

    assert (answer["undone"], answer["progress"]) == (MANY - 1, None)
    assert boss.queued == []
    assert boss.progress(change_set)["state"] == "none"
    assert boss.companies() == []


def test_many_are_left_to_a_job(boss: Boss) -> None:
    change_set = boss.make()

    answer = boss.undo(change_set)

    assert answer.status_code == 200
    waiting = {
        "state": "waiting",
        "total": MANY,
        "done": 0,
        "undone": 0,
        "conflicts": 0,
        "error": None,
        "change_set": None,
    }
    assert answer.json() == {"undone": 0, "conflicts": [], "change_set": None, "progress": waiting}
    assert boss.progress(change_set) == waiting
    assert len(boss.companies()) == MANY
    again = boss.undo(change_set)
    assert (again.status_code, again.json()["code"]) == (409, "records.undo_running")
    assert len(boss.queued) == 1

    boss.work()

    over = boss.progress(change_set)
    assert (over["state"], over["done"], over["undone"], over["conflicts"]) == ("done", MANY, MANY, 0)
    assert boss.companies() == []
    made = boss.client.get(f"change-sets/{over['change_set']}").json()
    assert (made["via"], made["label"]) == ("undo", {"undo": change_set})
    assert boss.client.get(f"change-sets/{change_set}").json()["undone"] is True
    repeated = boss.undo(change_set)
    assert (repeated.status_code, repeated.json()["code"]) == (409, "records.already_undone")


def test_what_it_would_do_is_said_at_once(boss: Boss) -> None:
    change_set = boss.make()

    answer = boss.undo(change_set, preview=True).json()

    assert (answer["undone"], answer["change_set"], answer["progress"]) == (MANY, None, None)
    assert boss.queued == []


def test_conflicts_leave_everything_until_they_are_skipped(boss: Boss) -> None:
    change_set = boss.make()
    (one, *_) = boss.companies()
    boss.client.patch(f"records/company/{one['id']}", {"values": {"level": "A"}})

    boss.undo(change_set)
    boss.work()

    failed = boss.progress(change_set)
    assert (failed["state"], failed["conflicts"], failed["undone"]) == ("failed", 1, 0)
    assert failed["error"] == {
        "code": "records.undo_conflicts",
        "message": "有 1 条记录之后又被修改。可以只撤销其余记录，或全部保持不变。",
    }
    assert len(boss.companies()) == MANY

    boss.undo(change_set, skip_conflicts=True)
    assert boss.progress(change_set)["error"] is None
    boss.work()

    over = boss.progress(change_set)
    assert (over["state"], over["undone"], over["conflicts"]) == ("done", MANY - 1, 1)
    assert [row["id"] for row in boss.companies()] == [one["id"]]


def test_only_whose_change_it_is_may_ask_for_it_or_look(boss: Boss) -> None:
    change_set = boss.make()
    other = Boss(Client.signed_in_as("salesperson"), boss.queued)

    assert other.undo(change_set).status_code == 404
    assert other.client.get(f"change-sets/{change_set}/undo").status_code == 404
    assert boss.queued == []
    boss.undo(change_set)
    assert other.client.get(f"change-sets/{change_set}/undo").status_code == 404


def test_a_program_gets_no_further_by_a_job_than_without(boss: Boss) -> None:
    change_set = boss.make()
    actor = replace(world.actor("manager"), scopes=frozenset({"contact:write"}), key="名片")
    with work(world.workspace(), actor, via="api") as ctx:
        long_undo.begin(ctx, ctx.run("SELECT $1::uuid", [change_set])[0][0], skip_conflicts=False)

    boss.work()

    failed = boss.progress(change_set)
    assert (failed["state"], failed["conflicts"]) == ("failed", MANY)
    assert len(boss.companies()) == MANY


def test_who_left_meanwhile_takes_nothing_back_and_that_is_told(boss: Boss) -> None:
    change_set = boss.make()
    boss.undo(change_set)
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        values = {"status": "left"}
        writes.update(ctx, "member", [writes.Change(world.membership("manager").member_id, values)])

    boss.work()

    boss.client = Client.signed_in_as("administrator")
    told = boss.progress(change_set)
    assert (told["state"], told["error"]["code"]) == ("failed", "workspace.no_such_member")
    assert len(boss.companies()) == MANY


@pytest.mark.parametrize("error", [ZeroDivisionError, psycopg.OperationalError])
def test_a_mistake_or_a_lost_database_changes_nothing(
    boss: Boss, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    change_set = boss.make()
    boss.undo(change_set)
    (queued,) = boss.queued
    real = undo.undo

    def break_off(*args: Any, **options: Any) -> None:
        real(*args, **options)
        raise error

    with monkeypatch.context() as during:
        during.setattr(undo, "undo", break_off)
        if error is ZeroDivisionError:
            boss.work()
        else:  # the queue tries again
            with pytest.raises(error):
                boss.work()

    assert len(boss.companies()) == MANY
    if error is ZeroDivisionError:
        assert boss.progress(change_set)["error"]["code"] == "records.undo_failed"
        boss.undo(change_set)
    else:
        assert boss.progress(change_set)["state"] == "running"
        boss.queued.append(queued)
    boss.work()
    assert (boss.progress(change_set)["state"], boss.companies()) == ("done", [])


def test_a_job_that_comes_twice_does_it_once(boss: Boss) -> None:
    change_set = boss.make()
    boss.undo(change_set)
    boss.queued *= 2

    boss.work()

    over = boss.progress(change_set)
    assert (over["state"], over["undone"], over["error"]) == ("done", MANY, None)


def test_one_that_was_given_up_can_be_begun_again(boss: Boss, monkeypatch: pytest.MonkeyPatch) -> None:
    change_set = boss.make()
    boss.undo(change_set)
    boss.queued.clear()
    monkeypatch.setattr(long_undo, "DEAD", -long_undo.DEAD)

    assert boss.undo(change_set).status_code == 200

    boss.work()
    assert boss.progress(change_set)["state"] == "done"


def test_how_far_it_is_is_told_while_it_goes_on(
    committing_database: str, few: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = Boss(Client.signed_in_as("manager"), few)
    change_set = boss.make(40)
    boss.undo(change_set)
    monkeypatch.setattr(long_undo, "TOLD_SECONDS", 0.02)
    monkeypatch.setattr(undo.writes, "BATCH", 10)
    seen: list[tuple[str, int]] = []
    tell: Callable[..., None] = long_undo._tell

    def told(workspace: Any, id_: Any, done: int) -> None:
        tell(workspace, id_, done)
        with work(workspace, world.actor("manager"), via="job") as ctx:
            now = long_undo.progress(ctx, id_)
        seen.append((now.state, now.done))

    real = undo.writes._bin

    def slowly(*args: Any, **named: Any) -> Any:
        done = real(*args, **named)
        time.sleep(0.2)
        return done

    monkeypatch.setattr(long_undo, "_tell", told)
    monkeypatch.setattr(undo.writes, "_bin", slowly)

    boss.work()

    assert {state for state, _ in seen} == {"running"}
    assert [done for _, done in seen] == sorted(done for _, done in seen)
    assert {10, 20, 30} <= {done for _, done in seen}
    over = boss.progress(change_set)
    assert (over["state"], over["done"], over["undone"]) == ("done", 40, 40)
    assert boss.companies() == []


def test_a_key_gets_no_further_by_a_job_than_the_roles_it_was_bound_to(boss: Boss) -> None:
    change_set = boss.make()
    actor = replace(world.actor("manager"), roles=(), role_ids=(), key="同步程序")
    with work(world.workspace(), actor, via="api") as ctx:
        long_undo.begin(ctx, ctx.run("SELECT $1::uuid", [change_set])[0][0], skip_conflicts=False)

    boss.work()

    assert boss.progress(change_set)["state"] == "failed"
    assert len(boss.companies()) == MANY
