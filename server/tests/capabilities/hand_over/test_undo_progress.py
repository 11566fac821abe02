"""How far the undo of a large hand-over is, told beside the one transaction that it is."""

import time
from typing import Any

import pytest

from guanxi.capabilities.hand_over import running, store
from guanxi.engine.records import long_undo, undo
from guanxi.infra.jobs.registry import jobs
from tests.capabilities.hand_over.conftest import act, member, ok, owners
from tests.support.clients import Client

pytestmark = pytest.mark.committing
COMPANIES = 12


def test_it_is_told_while_it_goes_on_and_nobody_waits_for_it(committing_database, monkeypatch):
    queued: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(running, "enqueue", lambda name, payload: queued.append((name, payload)))
    monkeypatch.setattr(running, "AT_ONCE", 3)
    monkeypatch.setattr(long_undo, "TOLD_SECONDS", 0.02)
    boss = Client.signed_in_as("administrator")
    made = [boss.make(name=f"客户{number}", owner=member("salesperson"))["id"] for number in range(COMPANIES)]
    begun = ok(act(boss, "run", member=member("salesperson"), rest=[member("colleague")]))
    _work(queued)
    seen: list[int] = []
    tell, put_back, whole = store.tell_undo, running.share_moves.put_back, undo.undo

    def told(ctx: Any, id_: Any, done: int) -> None:
        tell(ctx, id_, done)
        seen.append(ctx.run("SELECT done FROM sys_hand_over WHERE id = $1", [id_])[0][0])

    def slowly(*args: Any, **options: Any) -> Any:
        time.sleep(0.3)
        return put_back(*args, **options)

    def lingering(*args: Any, **options: Any) -> Any:
        found = whole(*args, **options)
        time.sleep(0.3)  # by now the row is the undo's own
        return found

    monkeypatch.setattr(store, "tell_undo", told)
    monkeypatch.setattr(running.share_moves, "put_back", slowly)
    undoing = ok(act(boss, "undo", hand_over=begun["id"]))["hand_over"]
    monkeypatch.setattr(undo, "undo", lingering)
    _work(queued)

    assert (undoing["state"], undoing["progress"]) == ("undoing", {"done": 0, "total": COMPANIES})
    assert COMPANIES in seen
    assert seen == sorted(seen)
    over = boss.get(f"hand-overs/{begun['id']}").json()
    assert (over["state"], over["progress"]["done"]) == ("undone", COMPANIES)
    assert set(owners("company", made)) == {"salesperson"}


def _work(queued: list[tuple[str, dict[str, Any]]]) -> None:
    while queued:
        name, payload = queued.pop(0)
        jobs()[name].handler(payload)
