"""kill -9 of the worker at random points while flows send mails and call another system: every key is accepted, each
once by whoever looks at it, no run stands still and no token is lost. `GUANXI_FAULT_REPORT=<file>` keeps the figures.
"""

import contextlib
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from tests.app.test_faults import MAKE, SLUG, report
from tests.support.product import Product, free_port, until
from tests.support.receivers import HttpReceiver, MailReceiver

pytestmark = pytest.mark.slow

RUNS = int(os.environ.get("GUANXI_FAULT_RUNS", "300"))
KILLS = int(os.environ.get("GUANXI_FAULT_KILLS", "5"))
AT_ONCE = 25
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
BEGIN = """
for start in range(0, RUNS, AT_ONCE):
    with work(workspace, SYSTEM, via="system") as ctx:
        rows = [{"name": f"company {n}"} for n in range(start, min(start + AT_ONCE, RUNS))]
        writes.create(ctx, "company", rows)
    time.sleep(0.2)
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


def test_everything_is_sent_and_nothing_stands_still_whenever_the_worker_is_killed(
    receivers: tuple[HttpReceiver, MailReceiver], product: Product
) -> None:
    http, mail = receivers
    product.script(f"{HEAD}\nDEFINITION = {definition(http)!r}\n{PUBLISH}")
    begun = time.monotonic()
    source = threading.Thread(target=product.script, args=(f"{HEAD}\nRUNS, AT_ONCE = {RUNS}, {AT_ONCE}\n{BEGIN}",))
    source.start()
    chance = random.Random(7)  # noqa: S311 - when to kill is no secret
    kills = 0
    for share in range(1, KILLS + 1):
        # While calls are made, and later while mails are: at some point of the way, and some instant after it.
        until(lambda share=share: len(http.asked) + len(mail.taken) >= 2 * RUNS * share // (KILLS + 2), 120)
        time.sleep(chance.random() * 0.2)
        kills += kill_worker(product)
    source.join(120)
    found: dict[str, Any] = {}

    def ended() -> bool:
        found.update(json.loads(product.script(HEAD + FOUND)))
        return found["runs"] == {"done": RUNS}

    with contextlib.suppress(AssertionError):
        until(ended, 150)

    by_kind = {kind: {one[1] for one in found["effects"] if one[0] == kind} for kind in ("http", "mail")}
    ids = {one[4] for one in found["effects"] if one[0] == "mail"}
    facts = {
        "runs": found["runs"], "kills": kills, "tokens": found["tokens"], "seconds": round(time.monotonic() - begun),
        "calls": len(http.asked), "mails": len(mail.taken), "calls_repeated": len(http.asked) - len(http.keys),
        "mails_repeated": len(mail.taken) - len(mail.keys), "steps_twice": found["twice"],
        "most_attempts": max((one[3] for one in found["effects"]), default=0), "errors": found["errors"],
    }  # fmt: skip
    report("flows that send", facts)
    assert found["runs"] == {"done": RUNS}, facts
    assert found["tokens"] == 0
    assert {one[2] for one in found["effects"]} == {"done"}
    assert (len(by_kind["http"]), len(by_kind["mail"])) == (RUNS, RUNS)
    assert set(http.keys) == by_kind["http"]
    assert set(mail.keys) == ids
    assert (found["twice"], found["marked"], found["marks"]) == (0, RUNS, RUNS)
    assert kills == KILLS


def kill_worker(product: Product) -> int:
    """kill -9, then wait until there is another worker; how many were killed."""
    victim = product.member("guanxi.app.worker")
    if victim is None:
        return 0
    with contextlib.suppress(psutil.NoSuchProcess):
        victim.kill()
    until(lambda: (one := product.member("guanxi.app.worker")) is not None and one.pid != victim.pid, 60)
    return 1
