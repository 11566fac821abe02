"""Every change of the change log is vouched for, in blocks, however transactions overlap."""

import threading

import pytest
from django.db import connection

from guanxi.engine.audit import seals
from guanxi.engine.audit.verifying import Verdict
from guanxi.engine.records import writes
from tests.support.clients import Client

pytestmark = pytest.mark.committing


@pytest.fixture
def log(committing_log):
    return committing_log


def changes(log) -> list[int]:
    return [seq for (seq,) in log.run("SELECT seq FROM sys_change ORDER BY seq")]


def test_untouched_changes_are_vouched_for(log):
    log.write("甲", "乙")
    log.seal()

    found = log.verify()

    assert (found.changes, found.waiting, found.broken) == (len(changes(log)), 0, 0)


def test_nothing_is_noted_where_nothing_was_written(log):
    log.write("甲")
    log.seal()
    before = log.verify().entries

    log.seal()

    assert (before, log.verify().entries) == (1, 1)


@pytest.mark.parametrize(
    "tampering",
    [
        'UPDATE sys_change SET diff = diff || \'{"name": [null, "假"]}\' WHERE seq = $1',
        "UPDATE sys_change SET actor = gen_random_uuid() WHERE seq = $1",
        "UPDATE sys_change SET at = at - interval '1 microsecond' WHERE seq = $1",
        "UPDATE sys_change SET record = gen_random_uuid() WHERE seq = $1",
        "UPDATE sys_change_set SET ip = '203.0.113.9' WHERE id = (SELECT change_set FROM sys_change WHERE seq = $1)",
        "UPDATE sys_change_set SET key_id = id WHERE id = (SELECT change_set FROM sys_change WHERE seq = $1)",
    ],
)
def test_a_change_that_was_tampered_with_is_named(log, tampering):
    log.write("甲", "乙", "丙")
    log.seal()
    second = changes(log)[1]

    log.run(tampering, second)

    (found,) = log.verify().breaks
    ((object_key, record),) = log.run("SELECT object, record FROM sys_change WHERE seq = $1", second)
    assert (found.code, found.params["change"]) == ("audit.broken_change", second)
    assert (found.params["object"], found.params["record"]) == (object_key, str(record))


def test_a_change_that_is_gone_is_named(log):
    log.write("甲", "乙", "丙")
    log.seal()
    second = changes(log)[1]

    log.run("DELETE FROM sys_change WHERE seq = $1", second)

    assert [(one.code, one.params) for one in log.verify().breaks] == [
        ("audit.broken_change_missing", {"change": second})
    ]


def test_the_last_changes_that_are_gone_are_named(log):
    log.write("甲", "乙", "丙")
    log.seal()
    *_, last = changes(log)

    log.run("DELETE FROM sys_change WHERE seq = $1", last)
    log.write("丁")
    log.seal()

    assert [one.params for one in log.verify().breaks] == [{"change": last}]


def test_changes_that_changed_places_are_named(log):
    log.write("甲", "乙")
    log.seal()
    first, second = changes(log)

    log.run(
        "UPDATE sys_change c SET record = o.record, diff = o.diff FROM sys_change o"
        " WHERE c.seq IN ($1, $2) AND o.seq = $1::bigint + $2 - c.seq",
        first, second,
    )  # fmt: skip

    assert [one.params["change"] for one in log.verify().breaks] == [first, second]


def test_a_change_put_among_sealed_ones_is_named(log):
    log.write("甲")
    log.run("SELECT nextval('sys_change_seq_seq')")
    log.write("乙")
    log.seal()
    first, last = changes(log)

    log.run(
        "INSERT INTO sys_change (seq, at, change_set, actor, via, object, record, op, rev, diff) OVERRIDING SYSTEM VALUE"
        " SELECT $1, at, change_set, actor, via, object, record, op, rev, diff FROM sys_change WHERE seq = $2",
        first + 1, last,
    )  # fmt: skip

    (found,) = log.verify().breaks
    assert (found.code, found.params["change"]) == ("audit.broken_change_inserted", first + 1)
    log.write("丙")
    log.seal()
    assert [one.params["change"] for one in log.verify().breaks] == [first + 1]


def test_a_list_of_marks_that_was_tampered_with_hides_nothing(log):
    log.write("甲", "乙")
    log.seal()
    second = changes(log)[1]

    log.run("DELETE FROM sys_change WHERE seq = $1", second)
    log.run("UPDATE sys_audit_seal SET marks = substring(marks FROM 1 FOR 16)")
    assert [code for code, _ in log.broken()] == ["list", "change_inserted"]

    log.run("DELETE FROM sys_audit_seal")
    assert "list" in [code for code, _ in log.broken()]


def test_marks_made_to_fit_a_change_do_not_meet_the_digest(log):
    log.write("甲", "乙")
    log.seal()
    first, _ = changes(log)

    log.run("UPDATE sys_change SET rev = 9 WHERE seq = $1", first)
    lines = log.run(f"{seals.ROWS} ORDER BY c.seq")
    log.run("UPDATE sys_audit_seal SET marks = $1", seals.marks(lines))

    assert [code for code, _ in log.broken()] == ["block"]


def test_long_logs_are_sealed_in_blocks(log, monkeypatch):
    monkeypatch.setattr(seals, "BLOCK", 3)
    monkeypatch.setattr(seals, "MOST_BLOCKS", 2)
    log.write(*"甲乙丙丁戊己庚辛")

    log.seal()

    rows = log.run("SELECT details->>'rows' FROM sys_audit ORDER BY seq")
    assert [int(count) for (count,) in rows] == [3, 3, 2]
    assert (log.verify().changes, log.broken()) == (8, [])
    log.run("DELETE FROM sys_change WHERE seq = $1", changes(log)[4])
    assert [one.place for one in log.verify().breaks] == [2]


def test_a_transaction_that_ends_late_is_sealed_when_it_has_ended(log):
    """Its rows have lower numbers than others that were sealed before it ended."""
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with log.open() as ctx:
                writes.create(ctx, "company", [{"name": "慢"}])
                begun.set()
                may_end.wait(20)
        finally:
            begun.set()
            connection.close()

    log.write("甲")
    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(20)
    seen: list[Verdict] = []
    for name in "乙丙":
        log.write(name)
        log.seal()
        seen.append(log.verify())
    may_end.set()
    thread.join()
    log.seal()
    after = log.verify()

    assert [(one.changes, one.broken) for one in seen] == [(2, 0), (3, 0)]
    assert (after.changes, after.waiting, after.broken) == (4, 0, 0)
    slow_one = changes(log)[1]
    log.run("DELETE FROM sys_change WHERE seq = $1", slow_one)
    assert [one.params for one in log.verify().breaks] == [{"change": slow_one}]


def test_a_later_run_looks_only_above_what_cannot_come_any_more(log):
    log.write("甲", "乙")
    log.seal()
    log.write("丙")
    log.seal()

    ((floor, counter),) = log.run(
        "SELECT details->>'floor', details->>'counter' FROM sys_audit ORDER BY seq DESC LIMIT 1"
    )

    assert int(floor) == int(counter) == changes(log)[-1]


def test_an_import_of_many_rows_is_vouched_for(log):
    client = Client.signed_in_as("administrator")
    records = [{"name": f"公司 {number}", "external_id": str(number)} for number in range(300)]
    answer = client.post("records/company/upsert", {"match": ["external_id"], "records": records})
    assert answer.status_code == 200

    log.seal()

    found = log.verify()
    assert (found.changes, found.broken) == (300, 0)
