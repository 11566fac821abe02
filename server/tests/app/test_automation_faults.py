"""kill -9 of worker, server and database at random points while flows send mails and call another system: every key is
accepted, each once by whoever looks at it, no run stands still and no token is lost. `make faults` does it with very
many runs; `GUANXI_FAULT_REPORT=<file>` keeps the figures.
"""

import contextlib
import json
import os
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.app.test_faults import MAKE, SLUG, VICTIMS, Person, kill, report
from tests.support.product import Product, free_port, until
from tests.support.receivers import HttpReceiver, MailReceiver

pytestmark = pytest.mark.slow

RUNS = int(os.environ.get("GUANXI_FAULT_RUNS", "120"))
KILLS = int(os.environ.get("GUANXI_FAULT_KILLS", "3"))
WRITERS = 4
AHEAD = 60
"""Runs that people are ahead of the calls."""
HEAD = f"""
import json, time
from guanxi.app.areas import registry
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine import actions
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
registry()
workspace = engine_workspace(Workspace.objects.get(slug={SLUG!r}))
"""
PUBLISH = """
with work(workspace, SYSTEM, via="system") as ctx:
    (flow,) = writes.create(ctx, "flow", [{"name": "f", "run_as": "system", "definition": DEFINITION}])
    actions.run(ctx, "flows.publish", {"flow": str(flow)})
"""
FOUND = """
with work(workspace, SYSTEM, via="system") as ctx:
    def ask(statement):
        return [list(row) for row in ctx.run(statement)]
    print(json.dumps({
        "runs": dict(ask("SELECT state, count(*) FROM sys_run GROUP BY state")),
        "tokens": ask("SELECT count(*) FROM sys_token")[0][0],
        "effects": ask("SELECT kind, key, state, attempts, answer ->> 'message_id' FROM sys_effect"),
        "twice": ask("SELECT count(*) FROM (SELECT run, node FROM sys_run_step WHERE outcome = 'sent'"
            " GROUP BY run, node HAVING count(*) > 1) t")[0][0],
        "records": ask("SELECT count(*) FROM rec_company")[0][0],
        "without_run": ask("SELECT count(*) FROM rec_company c WHERE NOT EXISTS"
            " (SELECT 1 FROM sys_run r WHERE r.record = c.id)")[0][0],
        "marked": ask("SELECT count(*) FROM rec_company WHERE description = 'sent'")[0][0],
        "marks": ask("SELECT count(*) FROM sys_change WHERE object = 'company' AND op = 'update'")[0][0],
        "errors": ask("SELECT DISTINCT error::text FROM sys_effect WHERE error IS NOT NULL"),
    }))
"""


@pytest.fixture
def receivers() -> Iterator[tuple[HttpReceiver, MailReceiver]]:
    """The other system and the mail server, which outlive every kill."""
    http, mail = HttpReceiver(seconds=0.02).start(), MailReceiver().start(free_port())
    yield http, mail
    http.stop()
    mail.stop()


@pytest.fixture
def product(receivers: tuple[HttpReceiver, MailReceiver]) -> Iterator[Product]:
    made = Product()
    made.start(EMAIL_URL=f"smtp://127.0.0.1:{receivers[1].controller.port}")
    made.script(MAKE)
    yield made
    made.remove()


def definition(http: HttpReceiver) -> dict[str, Any]:
    """A call, then a mail, then a mark on the record."""
    call = {"method": "POST", "url": f"{http.address}/hook", "json": {"name": {"text": "{name}"}}}
    mail = {"addresses": ["somebody@example.com"], "subject": "{name}", "body": "{name}"}
    mark = {"values": {"description": {"value": "sent"}}}
    return {
        "object": "company",
        "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
        "start": "n1",
        "nodes": [
            {"id": "n1", "kind": "http", "settings": call, "next": {"out": "n2"}},
            {"id": "n2", "kind": "mail", "settings": mail, "next": {"out": "n3"}},
            {"id": "n3", "kind": "record.update", "settings": mark, "next": {}},
        ],
    }


class Writers:
    """People who make companies, each of which sets a run off, until so many are acknowledged; what got no answer is
    not repeated.
    """

    def __init__(self, product: Product, http: HttpReceiver) -> None:
        self.acknowledged, self._http = 0, http
        self.unanswered = 0
        self._numbers = count()
        self._lock = threading.Lock()
        first = Person(product)
        self._threads = [threading.Thread(target=self._write, args=(Person(product, first),)) for _ in range(WRITERS)]
        for one in self._threads:
            one.start()

    def _write(self, person: Person) -> None:
        while True:
            with self._lock:
                if self.acknowledged >= RUNS:
                    return
                number = next(self._numbers)
            while self.acknowledged > len(self._http.asked) + AHEAD:  # so that writing goes on while much is sent
                time.sleep(0.05)
            answer = person.send("POST", "/records/company", json={"values": {"name": f"company {number}"}})
            with self._lock:
                self.acknowledged += answer is not None and answer.status_code == 201
                self.unanswered += answer is None or answer.status_code != 201
            if answer is None or answer.status_code >= 500:
                time.sleep(0.3)

    def join(self) -> None:
        """Wait until they are done."""
        for one in self._threads:
            one.join(120 + RUNS * 0.2)


def victims(chance: random.Random) -> list[str]:
    """Whom to kill: each of the processes in turn, in an order that is not foreseen."""
    found: list[str] = []
    while len(found) < KILLS:
        found += chance.sample(VICTIMS, len(VICTIMS))
    return found[:KILLS]


def test_everything_is_sent_and_nothing_stands_still_whoever_is_killed(
    receivers: tuple[HttpReceiver, MailReceiver], product: Product
) -> None:
    http, mail = receivers
    product.script(f"{HEAD}\nDEFINITION = {definition(http)!r}\n{PUBLISH}")
    begun = time.monotonic()
    chance = random.Random(7)  # noqa: S311 - when to kill is no secret
    writers = Writers(product, http)
    killed: Counter[str] = Counter()
    for place, victim in enumerate(victims(chance), 1):
        # While records are made and calls, and later while mails are: at some point of the way, and some instant after it.
        until(lambda share=place: len(http.asked) + len(mail.taken) >= 2 * RUNS * share // (KILLS + 2), 120 + RUNS / 10)
        time.sleep(chance.random() * 0.5)
        kill_one(product, victim)
        killed[victim] += 1
    writers.join()
    found: dict[str, Any] = {}

    def ended() -> bool:
        with contextlib.suppress(subprocess.CalledProcessError):
            found.update(json.loads(product.script(HEAD + FOUND)))
        return bool(found) and found["runs"] == {"done": found["records"]}

    with contextlib.suppress(AssertionError):
        until(ended, 150 + RUNS / 10)

    by_kind = {kind: {one[1] for one in found["effects"] if one[0] == kind} for kind in ("http", "mail")}
    ids = {one[4] for one in found["effects"] if one[0] == "mail"}
    facts = {
        "acknowledged": writers.acknowledged, "unanswered": writers.unanswered, "records": found["records"], "runs": found["runs"],
        "kills": dict(killed), "tokens": found["tokens"], "without_run": found["without_run"],
        "seconds": round(time.monotonic() - begun), "calls": len(http.asked), "mails": len(mail.taken),
        "calls_repeated": len(http.asked) - len(http.keys), "mails_repeated": len(mail.taken) - len(mail.keys),
        "steps_twice": found["twice"], "most_attempts": max((one[3] for one in found["effects"]), default=0),
        "errors": found["errors"],
    }  # fmt: skip
    report("flows that send", facts)
    made = found["records"]
    assert found["runs"] == {"done": made}, facts
    assert (found["tokens"], found["without_run"]) == (0, 0)
    assert {one[2] for one in found["effects"]} == {"done"}
    assert (len(by_kind["http"]), len(by_kind["mail"])) == (made, made)
    assert set(http.keys) == by_kind["http"]
    assert set(mail.keys) == ids
    assert (found["twice"], found["marked"], found["marks"]) == (0, made, made)
    assert RUNS <= writers.acknowledged <= made <= writers.acknowledged + writers.unanswered
    assert sum(killed.values()) == KILLS


def kill_one(product: Product, module: str) -> None:
    """kill -9, then wait until it is there again."""
    if module != "guanxi.app.worker":
        kill(product, module)
        return
    victim = product.member(module)
    assert victim is not None
    victim.kill()
    until(lambda: (one := product.member(module)) is not None and one.pid != victim.pid, 60)
