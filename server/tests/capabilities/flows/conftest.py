"""Flows of a test: made, published, set off and worked off without waiting."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from guanxi.capabilities.flows.rounds import do_round
from guanxi.engine import context
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.support import world
from tests.support.clients import Client
from tests.support.receivers import HttpReceiver


class Drafts:
    """Flows as the administrator writes them; nothing that they do."""

    def __init__(self) -> None:
        self.admin = Client.signed_in_as("administrator")

    def problems(self, definition: dict[str, Any]) -> list[str]:
        """The codes of what is wrong with a definition."""
        answer = self.admin.post("flows/check", {"definition": definition})
        return [one["code"] for one in answer.json()["problems"]]

    def flow(self, definition: dict[str, Any], **values: Any) -> str:
        """A published flow; its id."""
        made = self.draft(definition, **values)
        answer = self.admin.post("actions/flows/publish", {"params": {"flow": made}})
        assert answer.status_code == 200, answer.content
        return made

    def draft(self, definition: dict[str, Any], **values: Any) -> str:
        """A flow that was not published; its id."""
        named = {"name": "流程", "run_as": "system", "definition": definition, **values}
        answer = self.admin.post("records/flow", {"values": named})
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]


class Automation(Drafts):
    """The automation of the world's workspace, as its administrator shapes it."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = timedelta()
        """How far units of work are ahead of the clock."""
        self.workspace = world.workspace()
        self.round()

    def round(self) -> None:
        """Tell what changed and do what is due."""
        do_round(self.workspace)

    def deliver(self) -> None:
        """Do rounds until everything that is due has been sent and answered."""
        end = time.monotonic() + 60
        self.round()
        while self.effects("sending"):
            assert time.monotonic() < end, "an effect was not answered"
            self.round()

    def effects(self, *states: str) -> list[dict[str, Any]]:
        """Effects of all flows in some states, or in any, in the order in which they were asked for."""
        names = ("id", "key", "kind", "state", "attempts", "payload", "answer", "error", "next_at")
        with work(self.workspace, SYSTEM, via="system") as ctx:
            rows = ctx.run(
                f"SELECT {', '.join(names)} FROM sys_effect WHERE $1::text[] = '{{}}' OR state = ANY($1)"
                " ORDER BY created_at, id",
                [list(states)],
            )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def now(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC)

    def try_again(self) -> None:
        """Send again what waits to be tried again."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            ctx.run("UPDATE sys_effect SET next_at = $1 WHERE state = 'waiting'", [ctx.now])
        self.deliver()

    def set(self, flow: str, **values: Any) -> None:
        """Change a flow's record."""
        rev = self.admin.get(f"records/flow/{flow}").json()["rev"]
        answer = self.admin.patch(f"records/flow/{flow}", {"values": values, "rev": rev})
        assert answer.status_code == 200, answer.content

    def later(self, **stretch: float) -> None:
        """Let time pass."""
        self.ahead += timedelta(**stretch)

    def after(self, moment: datetime, **stretch: float) -> None:
        """Let it be so long after a moment, however long the test took until now."""
        self.ahead = moment + timedelta(**stretch) - datetime.now(UTC)

    def local(self, text: str) -> datetime:
        """An instant where the workspace is."""
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.workspace.time_zone))

    def at_local(self, text: str) -> None:
        """Let it be this time where the workspace is."""
        self.ahead = self.local(text) - datetime.now(UTC)

    def runs(self, flow: str) -> list[dict[str, Any]]:
        """The runs of a flow, the first one first."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            rows = ctx.run(
                "SELECT id, state, record, error, data FROM sys_run WHERE flow = $1 ORDER BY started_at, id",
                [UUID(flow)],
            )
        return [dict(zip(("id", "state", "record", "error", "data"), row, strict=True)) for row in rows]

    def steps(self, run: UUID) -> list[tuple[str, str]]:
        """What a run did: (node, outcome)."""
        with work(self.workspace, SYSTEM, via="system") as ctx:
            return ctx.run("SELECT node, outcome FROM sys_run_step WHERE run = $1 ORDER BY number", [run])


@pytest.fixture
def drafts(database: None) -> Drafts:
    """Flows on a database that is rolled back: what needs no run is tested with them, which costs far less."""
    return Drafts()


@pytest.fixture
def automation(committing_database: str, monkeypatch: pytest.MonkeyPatch) -> Automation:
    """Automation on a database of the test's own, whose clock can be put forward."""
    found = Automation()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + found.ahead

    monkeypatch.setattr(context, "datetime", Clock)
    return found


def rule(trigger: dict[str, Any], *nodes: dict[str, Any], of: str | None = "company") -> dict[str, Any]:
    """A definition whose nodes follow each other."""
    chained = [
        {"id": f"n{n}", **node, "next": {**({"out": f"n{n + 1}"} if n < len(nodes) else {}), **node.get("next", {})}}
        for n, node in enumerate(nodes, start=1)
    ]
    return {"object": of, "triggers": [{"id": "t1", **trigger}], "start": "n1", "nodes": chained}


@pytest.fixture
def receiver() -> Iterator[HttpReceiver]:
    """A system on this machine that may be called."""
    with override_settings(OUTBOUND_LOOPBACK=True):
        made = HttpReceiver().start()
        yield made
        made.stop()


def call(receiver: HttpReceiver, path: str = "/hook", **settings: object) -> dict:
    """A step that calls the receiver."""
    return {"kind": "http", "settings": {"method": "POST", "url": f"{receiver.address}{path}", **settings}}
