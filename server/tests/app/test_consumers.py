"""`guanxi consumers`: how far each is, held changes told again, the log told anew."""

from collections.abc import Sequence

import pytest

from guanxi.app import cli
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.feed import Change, consumers
from guanxi.engine.feed.consumers import Consumer
from guanxi.engine.feed.telling import catch_up
from guanxi.engine.records import writes
from tests.support import world

NAME = "test.listener"


@pytest.fixture(autouse=True)
def stumbling(database: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A consumer that cannot bear the companies named here."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("DATABASE_URL", "set: the server of the tests runs already")
    poison = ["毒"]

    def told(ctx: Context, changes: Sequence[Change]) -> None:
        if any(change.diff.get("name", [None, None])[1] in poison for change in changes):
            raise ValueError("not this one")

    monkeypatch.setitem(consumers(), NAME, Consumer(NAME, told, 100))
    catch_up(world.workspace(), NAME)
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.create(ctx, "company", [{"name": "毒"}])
        # A transaction sees itself in no snapshot; the tests' own goes on, so its rows are put before it.
        ctx.run("UPDATE sys_change SET txid = '4' WHERE txid = pg_current_xact_id()")
        ctx.run("UPDATE sys_consumer SET seen = '3:3:' WHERE name = $1", [NAME])
    return poison


def test_what_is_held_is_listed_and_told_again(stumbling, capsys):
    catch_up(world.workspace(), NAME)
    assert cli.main(["consumers", "list", "--workspace", "acme"]) == 2
    assert "acme: test.listener: 0 changes wait to be told, 1 are held" in capsys.readouterr().out

    assert cli.main(["consumers", "retry", NAME, "--workspace", "acme"]) == 2
    assert "took 0 changes, 1 are still held" in capsys.readouterr().out

    stumbling.clear()
    assert cli.main(["consumers", "retry", NAME, "--workspace", "acme"]) == 0
    assert "took 1 changes, 0 are still held" in capsys.readouterr().out
    assert cli.main(["consumers", "list", "--workspace", "acme"]) == 0


def test_the_log_is_told_anew_from_a_number_on(stumbling, capsys):
    stumbling.clear()
    catch_up(world.workspace(), NAME)
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ((last,),) = ctx.run("SELECT max(seq) FROM sys_change")

    assert cli.main(["consumers", "replay", NAME, "--after", str(last - 1), "--workspace", "acme"]) == 0
    assert cli.main(["consumers", "list", "--workspace", "acme"]) == 0

    said = capsys.readouterr().out
    assert "acme: test.listener: 1 changes wait to be told, 0 are held" in said
    assert "the oldest has waited since" in said


def test_unknown_names_are_refused(stumbling, capsys):
    assert cli.main(["consumers", "retry", "nobody"]) == 1
    assert cli.main(["consumers", "replay", "nobody", "--after", "0"]) == 1
    assert cli.main(["consumers", "list", "--workspace", "nobody"]) == 1

    assert "There is no consumer of changes named “nobody”." in capsys.readouterr().err
