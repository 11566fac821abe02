"""Every committed change is told to every consumer once, in the order of each record's writes."""

import threading
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

import psycopg
import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.feed import Change, consumers, places
from guanxi.engine.feed.consumers import Consumer
from guanxi.engine.feed.telling import catch_up, replay, tell_held
from guanxi.engine.records import writes
from guanxi.infra.errors import NotFound
from tests.support import world

NAME = "test.listener"


def nothing(_ctx: Context, _changes: Sequence[Change]) -> None:
    """What a consumer does that only listens."""


class Listener:
    """A consumer that remembers what it was told, in the database: what is rolled back was not told."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.ears: bool | Collection[str] = True
        self.does: Callable[[Context, Sequence[Change]], None] = nothing
        with work(workspace, SYSTEM, via="system") as ctx:
            ctx.run("CREATE TABLE told (number bigint GENERATED ALWAYS AS IDENTITY, seq bigint, record uuid, rev int)")

    def __call__(self, ctx: Context, changes: Sequence[Change]) -> None:
        for change in changes:
            ctx.run(
                "INSERT INTO told (seq, record, rev) VALUES ($1, $2, $3::int)", [change.seq, change.record, change.rev]
            )
        self.does(ctx, changes)

    def told(self) -> list[tuple[UUID, int]]:
        """What it was told, in order: (record, revision)."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            return ctx.run("SELECT record, rev FROM told ORDER BY number")

    def lag(self) -> places.Lag:
        """How far it is behind."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            return next(one for one in places.lags(ctx) if one.name == NAME)


@pytest.fixture
def workspace(committing_database: str) -> Workspace:
    """A workspace in which tests commit."""
    return world.workspace()


@pytest.fixture
def listener(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Listener:
    """A consumer of two changes at once, which has been told of everything before."""
    found = Listener(workspace)
    monkeypatch.setitem(consumers(), NAME, Consumer(NAME, found, 2, lambda _: found.ears))
    catch_up(workspace, NAME)
    return found


def make(workspace: Workspace, *names: str) -> list[UUID]:
    """Companies, in one transaction."""
    with work(workspace, SYSTEM, via="system") as ctx:
        return writes.create(ctx, "company", [{"name": name} for name in names])


def rename(workspace: Workspace, record: UUID, name: str) -> None:
    """Another name for a company."""
    with work(workspace, SYSTEM, via="system") as ctx:
        writes.update(ctx, "company", [writes.Change(record, {"name": name})])


class Slow:
    """A transaction of another connection that writes a company and goes on until it is let go."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.record: UUID | None = None
        self._workspace, self._name = workspace, name
        self._written, self._leave = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._written.wait(30)

    def commit(self) -> None:
        """Let it end."""
        self._leave.set()
        self._thread.join(30)

    def _run(self) -> None:
        from django.db import connection

        try:
            with work(self._workspace, SYSTEM, via="system") as ctx:
                (self.record,) = writes.create(ctx, "company", [{"name": self._name}])
                self._written.set()
                assert self._leave.wait(30)
        finally:
            self._written.set()
            connection.close()


def test_a_transaction_that_commits_late_is_neither_skipped_nor_told_twice(workspace, listener):
    slow = Slow(workspace, "迟到")
    early = make(workspace, "先到一", "先到二", "先到三")
    catch_up(workspace, NAME)
    before = listener.told()
    slow.commit()
    catch_up(workspace, NAME)
    catch_up(workspace, NAME)

    assert [record for record, _ in before] == early
    assert [record for record, _ in listener.told()] == [*early, slow.record]


def test_changes_that_are_committed_while_a_window_is_told_come_with_the_next(workspace, listener):
    slow = Slow(workspace, "迟到")
    early = make(workspace, "一", "二", "三", "四")
    later: list[UUID] = []

    def meanwhile(ctx: Context, changes: Sequence[Change]) -> None:
        if not later:
            later.append(slow.record)
            slow.commit()

    listener.does = meanwhile
    catch_up(workspace, NAME)
    first = listener.told()
    catch_up(workspace, NAME)

    assert [record for record, _ in first] == early
    assert [record for record, _ in listener.told()] == [*early, *later]


def test_the_changes_of_a_record_are_told_in_the_order_of_its_writes(workspace, listener):
    first, second = make(workspace, "甲", "乙")
    for number in range(5):
        rename(workspace, first, f"甲{number}")
        if number % 2:
            rename(workspace, second, f"乙{number}")
            catch_up(workspace, NAME)
    catch_up(workspace, NAME)

    told = listener.told()
    assert [rev for record, rev in told if record == first] == [1, 2, 3, 4, 5, 6]
    assert [rev for record, rev in told if record == second] == [1, 2, 3]


def test_what_was_written_before_a_crash_is_told_again_and_kept_once(workspace, listener):
    made = make(workspace, "一", "二", "三")
    crashes = [1]

    def crash(ctx: Context, changes: Sequence[Change]) -> None:
        if crashes and changes[-1].record == made[2]:
            crashes.pop()
            ctx.run("SELECT pg_terminate_backend(pg_backend_pid())")

    listener.does = crash
    with pytest.raises(psycopg.OperationalError):
        catch_up(workspace, NAME)
    _reconnect()
    kept = listener.told()
    catch_up(workspace, NAME)

    assert [record for record, _ in kept] == made[:2]
    assert [record for record, _ in listener.told()] == made


def test_a_change_that_a_consumer_cannot_bear_is_held_and_told_again_when_asked_for(workspace, listener):
    made = make(workspace, "一", "毒", "三")
    poison = made[1]

    def stumble(ctx: Context, changes: Sequence[Change]) -> None:
        if any(change.record == poison for change in changes):
            raise ValueError("not this one")

    listener.does = stumble
    catch_up(workspace, NAME)
    others = [record for record, _ in listener.told()]
    still_held, lag = tell_held(workspace, NAME), listener.lag()
    listener.does = nothing
    taken = tell_held(workspace, NAME)

    assert others == [made[0], made[2]]
    assert (still_held, lag.held, lag.waiting) == (0, 1, 0)
    assert taken == 1
    assert [record for record, _ in listener.told()] == [made[0], made[2], poison]
    assert listener.lag().held == 0
    with pytest.raises(NotFound):
        tell_held(workspace, "nobody")


def test_a_consumer_that_meets_changed_tables_holds_nothing_and_is_told_again(workspace, listener):
    made = make(workspace, "一", "二")

    def behind(ctx: Context, changes: Sequence[Change]) -> None:
        _move_catalog(workspace)
        ctx.run("SELECT no_such_column FROM rec_company")

    listener.does = behind
    with pytest.raises(CatalogMoved):
        catch_up(workspace, NAME)
    listener.does = nothing
    catch_up(workspace, NAME)

    assert [record for record, _ in listener.told()] == made
    assert listener.lag().held == 0


def test_a_replay_tells_every_later_change_again(workspace, listener):
    first = make(workspace, "一")
    catch_up(workspace, NAME)
    with work(workspace, SYSTEM, via="system") as ctx:
        ((last,),) = ctx.run("SELECT max(seq) FROM sys_change")
    second, third = make(workspace, "二", "三")
    catch_up(workspace, NAME)
    replay(workspace, NAME, last)
    behind = listener.lag()
    catch_up(workspace, NAME)

    assert behind.waiting == 2
    assert [record for record, _ in listener.told()] == [*first, second, third, second, third]
    with pytest.raises(NotFound):
        replay(workspace, "nobody", 0)


def test_lag_counts_what_waits_and_tells_since_when(workspace, listener):
    make(workspace, "一", "二", "三")
    with work(workspace, SYSTEM, via="system") as ctx:
        ((oldest,),) = ctx.run("SELECT min(at) FROM sys_change WHERE seq > (SELECT max(seq) - 3 FROM sys_change)")
    behind = listener.lag()
    catch_up(workspace, NAME)

    assert (behind.waiting, behind.since) == (3, oldest)
    assert (listener.lag().waiting, listener.lag().since) == (0, None)


def test_a_consumer_that_is_being_told_is_left_alone_by_others(workspace, listener):
    make(workspace, "一")
    counts: list[int] = []

    def meanwhile(ctx: Context, changes: Sequence[Change]) -> None:
        thread = threading.Thread(target=lambda: counts.append(_elsewhere(workspace)))
        thread.start()
        thread.join(30)

    listener.does = meanwhile
    catch_up(workspace, NAME)

    assert counts == [0]
    assert len(listener.told()) == 1


@pytest.mark.parametrize("in_the_middle", [False, True], ids=["between windows", "in the middle of one"])
def test_after_a_restore_every_consumer_goes_on_where_it_was(workspace, listener, in_the_middle):
    """Transaction ids of another cluster mean nothing here: old rows get ids far above, and far below, those to come."""
    told = make(workspace, "一", "二", "三")
    if in_the_middle:
        _tell_one_batch(workspace)
    else:
        catch_up(workspace, NAME)
    waiting = make(workspace, "四", "五")
    _as_from_another_cluster(workspace)
    after = make(workspace, "六")
    behind = listener.lag()
    catch_up(workspace, NAME)
    latest = make(workspace, "七")
    catch_up(workspace, NAME)

    assert behind.waiting >= 2
    assert [record for record, _ in listener.told()] == [*told, *waiting, *after, *latest]


def _tell_one_batch(workspace: Workspace) -> None:
    with work(workspace, SYSTEM, via="system") as ctx:
        place = places.take(ctx, NAME)
        assert place is not None
        assert places.open_window(ctx, place)
        told = places.rows(ctx, place, 2)
        consumers()[NAME].handler(ctx, told)
        assert places.move(ctx, place, told, 2)


def _as_from_another_cluster(workspace: Workspace) -> None:
    """What a restore leaves: rows and places whose transaction ids are of a cluster that had counted much further."""
    from django.db import connection

    with work(workspace, SYSTEM, via="system") as ctx:
        further = 1_000_000
        ctx.run("ALTER TABLE sys_change DISABLE TRIGGER USER")
        ctx.run("UPDATE sys_change SET txid = (txid::text::bigint + $1::bigint)::text::xid8", [further])
        ctx.run("ALTER TABLE sys_change ENABLE TRIGGER USER")
        for column in ("seen", "upto"):
            ((value,),) = ctx.run(f"SELECT {column} FROM sys_consumer WHERE name = $1", [NAME])
            if value is not None:
                ctx.run(f"UPDATE sys_consumer SET {column} = $2 WHERE name = $1", [NAME, _shifted(value, further)])
    with connection.cursor() as cur:
        places.moved_house(cur.connection, workspace.schema)


def _shifted(snapshot: str, by: int) -> str:
    low, high, between = snapshot.split(":")
    others = ",".join(str(int(one) + by) for one in between.split(",") if one)
    return f"{int(low) + by}:{int(high) + by}:{others}"


def _elsewhere(workspace: Workspace) -> int:
    from django.db import connection

    try:
        return catch_up(workspace, NAME)
    finally:
        connection.close()


def _move_catalog(workspace: Workspace) -> None:
    """Another transaction changes the catalog, while this one goes on."""

    def run() -> None:
        from django.db import connection

        with work(workspace, SYSTEM, via="system") as ctx:
            ctx.run("UPDATE sys_catalog SET version = version + 1")
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)


def _reconnect() -> None:
    from django.db import connection

    connection.close()


def test_what_happens_while_nobody_listens_is_passed_over(workspace: Workspace, listener: Listener) -> None:
    make(workspace, "甲", "乙", "丙")
    listener.ears = False
    catch_up(workspace, NAME)
    assert listener.lag().waiting == 0
    listener.ears = True
    (later,) = make(workspace, "丁")
    catch_up(workspace, NAME)
    assert listener.told() == [(later, 1)]


def test_who_listens_to_some_objects_is_told_of_those_alone(workspace: Workspace, listener: Listener) -> None:
    listener.ears = {"contact"}
    made = []
    for number in range(5):
        make(workspace, f"甲{number}")
        with work(workspace, SYSTEM, via="system") as ctx:
            made += [(one, 1) for one in writes.create(ctx, "contact", [{"name": f"人{number}"}])]
    catch_up(workspace, NAME)
    assert listener.told() == made
    assert listener.lag().waiting == 0
