"""Entries stand in a chain in which nothing can be changed, taken out, put in or put elsewhere unnoticed."""

from hashlib import sha256

import orjson
import pytest

from guanxi.engine.audit import note
from guanxi.engine.audit.entries import plain
from guanxi.engine.records import writes
from guanxi.infra.errors import NotAllowed
from tests.support import world
from tests.support.threads import side_by_side

PUT_IN = "INSERT INTO sys_audit (seq, at, kind, via, details, prev, hash)"


def test_an_untouched_log_is_whole(log):
    log.note("a", "b", "c")

    found = log.verify()

    assert (found.entries, found.seq, found.broken) == (3, 3, 0)
    ((seq, digest),) = log.run("SELECT seq, hash FROM sys_audit ORDER BY seq DESC LIMIT 1")
    assert (found.seq, found.hash) == (seq, digest.hex())


def test_the_digest_is_that_of_the_line_that_is_promised(log):
    log.note("a", "b")

    rows = log.run("SELECT seq, at, kind, via, details, prev, hash FROM sys_audit ORDER BY seq")

    prev = bytes(32)
    for seq, at, kind, via, details, before, digest in rows:
        line = {
            "account": None, "agent": None, "at": at.isoformat().replace("+00:00", "Z"), "change_set": None,
            "details": details, "ip": None, "key": None, "kind": kind, "member": None, "object": None,
            "prev": prev.hex(), "record": None, "seq": seq, "session": None, "via": via,
            "workspace": world.workspace().schema,
        }  # fmt: skip
        assert before == prev
        assert digest == sha256(orjson.dumps(line, option=orjson.OPT_SORT_KEYS)).digest()
        prev = digest


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE sys_audit SET details = '{\"name\": \"x\"}' WHERE seq = 2", [("changed", 2)]),
        ("UPDATE sys_audit SET at = at - interval '1 second' WHERE seq = 1", [("changed", 1)]),
        ("UPDATE sys_audit SET ip = '203.0.113.9' WHERE seq = 3", [("changed", 3)]),
        ("UPDATE sys_audit SET member = gen_random_uuid() WHERE seq = 4", [("changed", 4)]),
        ("UPDATE sys_audit SET key_id = gen_random_uuid() WHERE seq = 4", [("changed", 4)]),
        ("DELETE FROM sys_audit WHERE seq = 2", [("missing", 2)]),
        ("DELETE FROM sys_audit WHERE seq IN (2, 3)", [("missing_several", 2)]),
        ("DELETE FROM sys_audit WHERE seq = 1", [("missing", 1)]),
        ("DELETE FROM sys_audit WHERE seq = 4", [("missing", 4)]),
        ("DELETE FROM sys_audit WHERE seq >= 3", [("missing_several", 3)]),
        ("DELETE FROM sys_audit", [("missing_several", 1)]),
        ("UPDATE sys_audit SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END WHERE seq IN (2, 3)",
         [("changed", 2), ("changed", 3)]),
        (f"{PUT_IN} SELECT seq, at, 'sign_out', via, details, prev, hash FROM sys_audit WHERE seq = 2", [("inserted", 2)]),
        (f"{PUT_IN} SELECT 5, at, kind, via, details, hash, hash FROM sys_audit WHERE seq = 4", [("after_the_end", 5)]),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(log, tampering, found):
    log.note("a", "b", "c", "d")

    log.run(tampering)

    assert log.broken() == found


def test_an_entry_with_its_digest_made_anew_is_found_by_the_next_one(log):
    log.note("a", "b", "c")

    forge(log, 2, name="forged")

    assert log.broken() == [("link", 3)]


def test_a_chain_written_anew_to_its_end_does_not_meet_its_anchor(log):
    log.note("a", "b", "c")

    for seq in (2, 3):
        forge(log, seq, name="forged")

    assert log.broken() == [("end", 3)]


def test_an_anchor_moved_back_with_the_end_cut_off_has_not_our_seal(log):
    log.note("a", "b", "c")

    log.run("DELETE FROM sys_audit WHERE seq = 3")
    log.run("UPDATE infra_audit_anchor SET seq = 2, hash = (SELECT hash FROM sys_audit WHERE seq = 2)")

    assert log.broken() == [("anchor", 2)]
    log.note("d")
    assert log.broken() == [("noted", 3)]


def test_an_anchor_that_is_gone_is_missed_and_its_loss_noted_for_good(log):
    log.note("a", "b")

    log.run("DELETE FROM infra_audit_anchor")

    assert log.broken() == [("anchor_missing", 2)]
    log.note("c")
    assert log.broken() == [("noted", 3)]
    assert log.verify().entries == 4


def test_an_anchor_of_another_workspace_is_none(log):
    log.note("a", "b")

    log.run(
        "UPDATE infra_audit_anchor SET seal = (SELECT seal FROM infra_audit_anchor WHERE workspace = $1)",
        world.workspace().schema,
    )
    assert log.broken() == []
    log.run("UPDATE infra_audit_anchor SET seal = set_byte(seal, 0, (get_byte(seal, 0) + 1) % 256)")

    assert log.broken() == [("anchor", 2)]


def test_a_log_and_its_anchor_put_back_together_are_found_by_a_digest_kept_elsewhere(log):
    log.note("a", "b")
    rows = log.run("SELECT seq, hash, seal FROM infra_audit_anchor WHERE workspace = $1", world.workspace().schema)
    log.note("c")
    kept = log.verify()

    log.run("DELETE FROM sys_audit WHERE seq = 3")
    log.run("UPDATE infra_audit_anchor SET seq = $1, hash = $2, seal = $3", *rows[0])

    assert log.broken() == []
    assert [(one.code, one.place) for one in log.verify(**{str(kept.seq): kept.hash}).breaks] == [
        ("audit.broken_known", 3)
    ]


def test_after_an_entry_was_put_behind_the_end_deeds_are_noted_as_before(log):
    log.note("a")
    log.run(f"{PUT_IN} SELECT 2, at, kind, via, details, hash, hash FROM sys_audit WHERE seq = 1")

    log.note("b")

    assert {place for _, place in log.broken()} == {2}


def test_what_is_rolled_back_is_not_noted(log):
    log.note("a")

    def refused() -> None:
        with log.open() as ctx:
            note(ctx, "sign_in")
            raise NotAllowed("records.not_found")

    with pytest.raises(NotAllowed):
        refused()

    assert log.verify().entries == 1


def test_several_deeds_of_one_unit_of_work_are_as_many_entries(log):
    with log.open() as ctx:
        for name in ("a", "b", "c"):
            note(ctx, "sign_in", details={"name": name})

    assert [seq for (seq,) in log.run("SELECT seq FROM sys_audit ORDER BY id")] == [1, 2, 3]
    assert log.broken() == []


def test_a_deed_before_a_write_is_one_entry(log):
    with log.open() as ctx:
        note(ctx, "sign_in", details={"name": "a"})
        writes.create(ctx, "company", [{"name": "甲"}])

    assert log.run("SELECT details->>'name' FROM sys_audit ORDER BY seq") == [("a",)]


def test_an_unknown_kind_is_a_mistake(log):
    with pytest.raises(KeyError), log.open() as ctx:
        note(ctx, "no_such_deed")


@pytest.mark.committing
def test_deeds_at_once_come_one_after_the_other(committing_log):
    log = committing_log
    jobs = [lambda ctx: note(ctx, "sign_in")] * 8

    assert side_by_side(world.workspace(), jobs) == []

    found = log.verify()
    assert (found.entries, found.broken) == (8, 0)


def test_details_keep_what_has_an_exact_form_and_cut_what_is_long():
    told = plain({"a": 1.5, "b": [True, None, 3], "c": "x" * 5000, "d": 2**60, "e": "a\x00b", 7: {"f": ("g",)}})

    assert told["a"] == "1.5"
    assert told["b"] == [True, None, 3]
    assert told["c"].startswith("x" * 2000 + "… (5000, SHA-256 ")
    assert (told["d"], told["e"], told["7"]) == (str(2**60), "ab", {"f": ["g"]})
    assert plain(list(range(500)))[-1] == "… 500"


def forge(log, seq: int, **details: str) -> None:
    """Change an entry and make its digest, and its link to the one before, fit."""
    from guanxi.engine.audit.entries import digest
    from guanxi.engine.audit.notes import COLUMNS
    from guanxi.engine.audit.verifying import entry_of

    log.run("UPDATE sys_audit SET details = $2::text::jsonb WHERE seq = $1", seq, orjson.dumps(details).decode())
    log.run(
        "UPDATE sys_audit SET prev = coalesce((SELECT hash FROM sys_audit WHERE seq = $1::bigint - 1), prev)"
        " WHERE seq = $1", seq,
    )  # fmt: skip
    entry = entry_of(log.run(f"SELECT {COLUMNS} FROM sys_audit WHERE seq = $1", seq)[0])
    made = digest(entry.draft, world.workspace().schema, seq, entry.prev)
    log.run("UPDATE sys_audit SET hash = $2 WHERE seq = $1", seq, made)
