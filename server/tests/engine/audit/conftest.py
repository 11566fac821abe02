"""Tampering with the audit log as somebody at the database would."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit import note
from guanxi.engine.audit.seals import seal
from guanxi.engine.audit.verifying import Verdict, verify
from guanxi.engine.context import Context, work
from guanxi.engine.records import writes
from tests.support import world
from tests.support.databases import TestServer, using


class Log:
    """The audit log of `acme`, in a database of the test's own."""

    @contextmanager
    def open(self, actor=SYSTEM) -> Iterator[Context]:
        with work(world.workspace(), actor, via="api") as ctx:
            yield ctx

    def note(self, *names: str) -> None:
        """One entry in a unit of work each."""
        for name in names:
            with self.open() as ctx:
                note(ctx, "sign_in", details={"name": name})

    def write(self, *names: str) -> None:
        """Companies, each in a change set of its own."""
        for name in names:
            with self.open() as ctx:
                writes.create(ctx, "company", [{"name": name}])

    def seal(self) -> None:
        """As the job does."""
        while True:
            with self.open() as ctx:
                if not seal(ctx):
                    return

    def run(self, statement: str, *params) -> list:
        """What somebody does who gets at the database."""
        with self.open() as ctx:
            return ctx.run(statement, list(params))

    def verify(self, **known: str) -> Verdict:
        with self.open() as ctx:
            return verify(ctx, {int(seq): value for seq, value in known.items()})

    def broken(self) -> list[tuple[str, int]]:
        """Code and place of everything that is found."""
        return [(one.code.removeprefix("audit.broken_"), one.place) for one in self.verify().breaks]


def emptied() -> Log:
    """The log with what making the world has noted taken away."""
    made = Log()
    made.run("TRUNCATE sys_audit, sys_audit_seal, sys_change, sys_change_set")
    made.run("DELETE FROM infra_audit_anchor")
    return made


@pytest.fixture
def log(database: None) -> Log:
    """An empty log; what is done to it is rolled back."""
    return emptied()


@pytest.fixture(scope="module")
def own_database(server: TestServer, world_template: str) -> Iterator[str]:
    """A copy of the world for the tests of one file, in which they may commit."""
    name = server.create("audited", world_template)
    yield name
    server.drop(name)


@pytest.fixture
def committing_log(own_database: str) -> Iterator[Log]:
    """An empty log whose transactions end for real."""
    with using(own_database):
        yield emptied()
