"""`guanxi audit verify`: whole logs are told to be whole, broken ones what is broken, and by its exit code."""

import re

import pytest

from guanxi.app import cli
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit import note
from guanxi.engine.context import work
from guanxi.engine.records import writes
from tests.support import world


@pytest.fixture(autouse=True)
def noted(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("DATABASE_URL", "set: the server of the tests runs already")
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.create(ctx, "company", [{"name": "华信"}])
        note(ctx, "sign_in")


def run(statement: str) -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run(statement)


def test_every_workspace_is_gone_over_and_its_last_entry_printed(capsys):
    assert cli.main(["audit", "verify"]) == 0

    said = capsys.readouterr().out
    assert re.search(r"acme: the audit log is whole: \d+ entries, \d+ sealed changes \(0 wait to be sealed\)", said)
    assert "globex: the audit log is whole" in said
    assert len(re.findall(r"last entry: \d+:[0-9a-f]{64}", said)) == 2


def test_a_row_that_is_gone_is_named_and_the_exit_code_says_so(capsys):
    run("DELETE FROM sys_audit WHERE seq = 1")

    assert cli.main(["audit", "verify", "acme"]) == 2

    said = capsys.readouterr().out
    assert "acme: the audit log is broken in 1 places" in said
    assert "  Entry 1 is gone." in said


def test_what_was_written_down_before_is_compared(capsys):
    assert cli.main(["audit", "verify", "acme"]) == 0
    (seq, digest) = re.findall(r"(\d+):([0-9a-f]{64})", capsys.readouterr().out)[0]

    assert cli.main(["audit", "verify", "acme", "--known", f"{seq}:{digest}"]) == 0
    assert cli.main(["audit", "verify", "acme", "--known", f"{seq}:{'0' * 64}"]) == 2
    assert f"Entry {seq} has another digest" in capsys.readouterr().out


def test_what_is_no_digest_and_no_workspace_is_refused(capsys):
    assert cli.main(["audit", "verify", "acme", "--known", "17"]) == 1
    assert cli.main(["audit", "verify", "nobody"]) == 1

    said = capsys.readouterr().err
    assert "“17” is no NUMBER:DIGEST" in said
