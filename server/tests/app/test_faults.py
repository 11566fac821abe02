"""kill -9 of server, worker and database while people write and an import runs: nothing acknowledged is missing,
nothing half-done is visible. `GUANXI_FAULT_REPORT=<file>` also writes what was done and found, for the records.
"""

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.product import Product, until

pytestmark = pytest.mark.slow

WRITES = int(os.environ.get("GUANXI_FAULT_WRITES", "1000"))
WRITERS = 8
IMPORTED = int(os.environ.get("GUANXI_FAULT_ROWS", "12000"))
VICTIMS = ("guanxi.app.web", "guanxi.app.worker", "postgres-18")
SLUG, EMAIL, PASSWORD = "faults", "admin@example.com", "a long enough password"
MAKE = f"""
from guanxi.app.installation import definitions, seeds, finish_deferred
from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
made = create_workspace(slug={SLUG!r}, name="Faults", definitions=definitions(), seeds=seeds(),
    administrator=NewMember({EMAIL!r}, "Admin", {PASSWORD!r}))
finish_deferred(made.schema)
"""
SOUND = """
import json
from guanxi.capabilities.identity.models import Workspace
from guanxi.infra.database.cursor import cursor
schema = Workspace.objects.get(slug="faults").schema
one = cursor()
one.execute(f'SET search_path = "{schema}", public')
def ask(statement):
    return one.execute(statement).fetchall()
print(json.dumps({
    "companies": [n for (n,) in ask("SELECT name FROM rec_company")],
    "without_change": ask("SELECT count(*) FROM rec_company c WHERE NOT EXISTS (SELECT 1 FROM sys_change s"
        " WHERE s.record = c.id AND s.op = 'create')")[0][0],
    "without_document": ask("SELECT count(*) FROM rec_company c WHERE deleted_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM sys_search s WHERE s.record = c.id)")[0][0],
    "changes_of_nothing": ask("SELECT count(*) FROM sys_change s WHERE object = 'company' AND NOT EXISTS"
        " (SELECT 1 FROM rec_company c WHERE c.id = s.record)")[0][0],
}))
"""


@pytest.fixture(scope="module")
def with_people(started_once: Product) -> Iterator[Product]:
    """A stopped product with a workspace."""
    made = Product.like(started_once)
    made.start()
    made.script(MAKE)
    made.stop()
    yield made
    made.remove()


@pytest.fixture
def product(with_people: Product) -> Iterator[Product]:
    """A running one of the test's own."""
    made = Product.like(with_people)
    made.start()
    yield made
    made.remove()


class Person:
    """A signed-in client that goes on after the server was gone."""

    def __init__(self, product: Product, like: "Person | None" = None) -> None:
        self.base = product.address
        self.client = httpx.Client(base_url=f"{self.base}/api/v1/{SLUG}", timeout=30)
        if like is None:
            until(self._sign_in, 60)
        else:
            self.client.cookies.update(like.client.cookies)

    def _sign_in(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            self.client.get(f"{self.base}/_allauth/browser/v1/config")
            body = {"email": EMAIL, "password": PASSWORD}
            answer = self.send("POST", f"{self.base}/_allauth/browser/v1/auth/login", json=body)
            return answer is not None and answer.status_code in (200, 409)
        return False

    def send(self, method: str, path: str, **arguments: Any) -> httpx.Response | None:
        """The answer, None when there was none: then nobody knows whether it was done."""
        headers = {"X-CSRFToken": self.client.cookies.get("csrftoken") or "", "Origin": self.base}
        try:
            return self.client.request(method, path, headers=headers, **arguments)
        except httpx.HTTPError:
            return None


def report(name: str, facts: dict[str, Any]) -> None:
    """Append the facts of a run where the environment asks for it."""
    place = os.environ.get("GUANXI_FAULT_REPORT")
    if place:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"run": name, **facts}, ensure_ascii=False) + "\n")


def kill(product: Product, module: str) -> None:
    """kill -9, then wait until the supervisor has brought it back."""
    victim = product.member(module)
    assert victim is not None
    victim.kill()
    product.until_healthy(90)


def test_nothing_acknowledged_is_lost_and_nothing_half_done_is_visible(product: Product) -> None:
    acknowledged: set[str] = set()
    unanswered: set[str] = set()
    numbers = iter(range(WRITES))
    lock = threading.Lock()
    first = Person(product)

    def write() -> None:
        person = Person(product, first)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            name = f"company {number}"
            answer = person.send("POST", "/records/company", json={"values": {"name": name}})
            with lock:
                if answer is not None and answer.status_code == 201:
                    acknowledged.add(name)
                else:
                    unanswered.add(name)
            if answer is None:
                time.sleep(0.3)

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    kills = 0
    for victim in VICTIMS:
        kills += 1
        until(lambda kills=kills: len(acknowledged) + len(unanswered) >= WRITES * kills // 5, 120)
        kill(product, victim)
    for one in writers:
        one.join(300)

    found = json.loads(product.script(SOUND))
    names = found["companies"]
    facts = {
        "writes": WRITES, "kills": kills, "acknowledged": len(acknowledged), "unanswered": len(unanswered),
        "stored": len(names), "acknowledged_missing": len(acknowledged - set(names)),
        "twice": len(names) - len(set(names)),
        **{key: found[key] for key in ("without_change", "without_document", "changes_of_nothing")},
    }  # fmt: skip
    report("concurrent writes", facts)
    assert acknowledged - set(names) == set()
    assert set(names) - acknowledged - unanswered == set()
    assert len(names) == len(set(names))
    assert (found["without_change"], found["without_document"], found["changes_of_nothing"]) == (0, 0, 0)
    assert len(acknowledged) > WRITES / 4, "too little was written for the kills to mean anything"


@pytest.mark.parametrize("victim", VICTIMS)
def test_an_import_goes_on_where_it_was_without_doubling(product: Product, victim: str) -> None:
    person = Person(product)
    text = "公司名称\n" + "".join(f"imported {n}\n" for n in range(IMPORTED))
    files = {"file": ("companies.csv", text.encode(), "text/csv")}
    made = person.send("POST", "/imports", files=files, data={"object": "company"})
    assert made is not None
    assert made.status_code == 201, made.text
    where = f"/imports/{made.json()['id']}"
    proposal = person.send("GET", where + "/preview").json()["proposal"]
    person.send("PUT", where + "/mapping", json={"mapping": proposal, "mode": "create"})
    assert person.send("POST", where + "/run").status_code == 202

    until(lambda: _progress(person, where) > 0, 60)
    kill(product, victim)
    until(lambda: _state(person, where) in ("done", "failed"), 240)

    found = json.loads(product.script(SOUND))
    names = found["companies"]
    facts = {
        "victim": victim, "rows": IMPORTED, "state": _state(person, where), "stored": len(names),
        "twice": len(names) - len(set(names)),
        **{key: found[key] for key in ("without_change", "without_document", "changes_of_nothing")},
    }  # fmt: skip
    report("import", facts)
    assert _state(person, where) == "done"
    assert sorted(names) == sorted(f"imported {n}" for n in range(IMPORTED))
    assert (found["without_change"], found["without_document"], found["changes_of_nothing"]) == (0, 0, 0)


def _import(person: Person, where: str) -> dict[str, Any]:
    answer = person.send("GET", where)
    return answer.json() if answer is not None and answer.status_code == 200 else {}


def _progress(person: Person, where: str) -> int:
    return _import(person, where).get("progress", {}).get("done", 0)


def _state(person: Person, where: str) -> str:
    return _import(person, where).get("state", "")
