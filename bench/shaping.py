"""Measures of a workspace that business people shape: fields added under load, computed fields, many objects."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench import build, wide
from bench.cases import WHERE
from bench.measure import Floor, Result, Session, body, result, timed
from bench.world import Size

CLIENTS = 8
CHILDREN = 10_000
PARENT = "汇总测试有限公司"
STORAGE_FORMS: dict[str, dict[str, Any]] = {
    "text": {}, "integer": {"index": True}, "decimal": {}, "money": {}, "date": {}, "datetime": {}, "boolean": {},
    "choice": {"settings": {"options": [{"key": "a", "label": {"zh-CN": "甲", "en": "A"}, "color": "blue"}]}},
    "multi_choice": {"settings": {"options": [{"key": "a", "label": {"zh-CN": "甲", "en": "A"}, "color": "blue"}]}},
    "json": {}, "lookup": {"settings": {"target": "product", "reverse": ""}},
    "many_to_many": {"settings": {"target": "product", "reverse": ""}}, "auto_number": {},
}  # fmt: skip
COMPUTED: dict[str, tuple[str, dict[str, Any]]] = {
    "bench_weighted": (
        "formula", {"expression": "ROUND(amount * probability / 100, 2)", "result": "money", "currency": "CNY"},
    ),
    "bench_size": (
        "formula", {"expression": 'IF(amount > 500000, "大", IF(amount > 50000, "中", "小"))', "result": "text"},
    ),
    "bench_company": ("formula", {"expression": 'company.name & " / " & company.level', "result": "text"}),
    "bench_steps": ("roll_up", {"object": "stage_change", "by": "opportunity", "function": "count"}),
    "bench_tasks": ("roll_up", {"object": "task", "by": "about", "function": "count"}),
}  # fmt: skip
LIST = {
    "select": ["name", "company", "stage", "amount", *COMPUTED],
    "where": WHERE,
    "sort": [{"field": "bench_weighted", "dir": "desc"}],
    "limit": 50,
}

Case = Callable[[Session, Floor, str, int, Size], list[Result]]


def cases(actor: str) -> Iterator[tuple[str, Case]]:
    """Names and cases for one actor; what only an administrator does is measured once."""
    yield "computed list", computed_list
    yield "roll-up fan-out", roll_up_fan_out
    if actor == "manager":
        yield "add fields under load", add_fields
        yield "many objects", wide.many_objects
        yield "clone of the configuration", wide.configuration_clone


def administrator() -> Session:
    """Who shapes the workspace."""
    return Session(build.ADMINISTRATOR)


def settled(session: Session, object_key: str) -> None:
    """Wait until the background steps of an object are done."""
    while any(one["state"] == "waiting" for one in body(session.send("GET", f"/design/objects/{object_key}"))["steps"]):
        time.sleep(2)  # each answer counts the object's records: asked more often it would be the load itself


def _have_computed(session: Session) -> None:
    known = {part["key"] for part in body(session.send("GET", "/design/objects/opportunity"))["parts"]}
    for key, (kind, settings) in COMPUTED.items():
        if key not in known:
            values = {"settings": settings, "index": key == "bench_weighted"}
            asked = {"object": "opportunity", "kind": kind, "key": key, "label": key, "values": values}
            session.send("POST", "/actions/design/create-field", {"params": asked})
    settled(session, "opportunity")


def computed_list(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """First page with three formulas and two roll-ups shown, sorted by one of the formulas."""
    from guanxi.engine.http.queries import query_of
    from guanxi.engine.records import reads

    _have_computed(administrator())
    times = timed(rounds, lambda _: session.send("POST", "/records/opportunity/query", LIST))
    bare = floor.measure(rounds, lambda ctx: reads.page(ctx, "opportunity", query_of(LIST)))
    return [result("list, 5 computed fields", actor, size.opportunities, times, bare)]


def _children(floor: Floor) -> list[UUID]:
    """Ids of the opportunities of one company that has 10,000 of them, which belong to the actor."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    owner = floor.actor.member_id
    with work(floor.workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        where = {"field": "company.name", "op": "eq", "value": f"{PARENT}{floor.actor.name}"}
        found = reads.ids(ctx, "opportunity", where)
        if not found:
            parent = {"name": f"{PARENT}{floor.actor.name}", "owner": owner}
            (company,) = writes.create(ctx, "company", [parent])
            rows = [{"name": f"子商机{n}", "company": company, "owner": owner, "amount": n} for n in range(CHILDREN)]
            found = writes.create(ctx, "opportunity", rows)
    return found


def roll_up_fan_out(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """Update of one of the 10,000 opportunities that a company's roll-ups add up."""
    children = _children(floor)
    chance = random.Random(3)  # noqa: S311

    def call(n: int) -> None:
        where = f"/records/opportunity/{children[n % len(children)]}"
        session.send("PATCH", where, {"values": {"amount": chance.randrange(10**6)}})

    return [result("update below a roll-up", actor, CHILDREN, timed(rounds, call))]


class _Load(threading.Thread):
    """A client that reads a page, and writes a record with every fourth request, until told to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True)
        self.session = Session(build.MANAGER if number % 2 else build.SALESPERSON)
        rows = body(self.session.send("GET", "/records/opportunity?select=name&limit=50"))["rows"]
        self.ids = [row["id"] for row in rows][number::CLIENTS]
        self.times: list[float] = []
        self.longest_read = 0.0
        self.errors: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Until done."""
        place = 0
        while not self.done.is_set():
            place += 1
            begun = time.perf_counter()
            try:
                if place % 4 and self.ids:
                    self.session.send("GET", f"/records/opportunity/{self.ids[place % len(self.ids)]}")
                elif self.ids:
                    values = {"next_step": f"第{place}步"}
                    self.session.send("PATCH", f"/records/opportunity/{self.ids[0]}", {"values": values})
            except RuntimeError as error:
                self.errors.append(str(error))
            self.times.append((time.perf_counter() - begun) * 1000)
            if place % 4:
                self.longest_read = max(self.longest_read, self.times[-1])


@dataclass
class _Waits:
    """What the clients of a load waited for their answers, in milliseconds."""

    times: list[float]
    longest_read: float
    errors: list[str]

    @property
    def most(self) -> float:
        """What 99 % stay within."""
        return self.times[round(0.99 * (len(self.times) - 1))]


def _under_load(during: Callable[[], None]) -> _Waits:
    clients = [_Load(number) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(1)
    during()
    for client in clients:
        client.done.set()
    for client in clients:
        client.join()
    return _Waits(
        sorted(one for client in clients for one in client.times),
        max(client.longest_read for client in clients),
        [error for client in clients for error in client.errors],
    )


def add_fields(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """A field of every storage form added to the largest object while eight clients read and write."""
    admin = administrator()
    mark = f"{time.time_ns() // 10**9:x}"
    made: list[str] = []

    def add() -> None:
        for kind, values in STORAGE_FORMS.items():
            asked = {"object": "opportunity", "kind": kind, "key": f"b{mark}_{kind}", "label": kind, "values": values}
            made.extend(
                body(admin.send("POST", "/actions/design/create-field", {"params": asked}))["result"]["created"]
            )
        settled(admin, "opportunity")

    begun = time.perf_counter()
    waits = _under_load(add)
    for one in made:
        admin.send("POST", "/actions/design/archive-field", {"params": {"field": one, "confirm": True}})
        admin.send("POST", "/actions/design/drop-field", {"params": {"field": one, "confirm": True}})
    # The machine itself makes some wait, the more the longer one looks: the same load for as long, and nothing changed.
    quiet = _under_load(lambda: time.sleep(time.perf_counter() - begun))
    found = result(f"8 clients while {len(STORAGE_FORMS)} fields are added", "both", size.opportunities, waits.times)
    alone = result("8 clients, nothing is changed", "both", size.opportunities, quiet.times)
    note = (
        f"longest wait {waits.times[-1]:,.0f} ms, without changes {quiet.times[-1]:,.0f} ms; of a reader"
        f" {waits.longest_read:,.0f} ms, without changes {quiet.longest_read:,.0f} ms; 99 % within {waits.most:,.0f} ms,"
        f" without changes {quiet.most:,.0f} ms; {len(waits.errors)} errors"
    )
    found.note = note
    print(f"  {note}" + "".join(f"\n  {error}" for error in waits.errors[:3]))
    return [found, alone]
