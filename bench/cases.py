"""What is measured: each case takes a signed-in person and gives results."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import clean
from bench.measure import Floor, Result, Session, body, result, timed
from bench.world import CITIES, TRADES, WORDS, Size

Case = Callable[[Session, Floor, str, int, Size], list[Result]]
WHERE = {
    "and": [
        {"field": "status", "op": "eq", "value": "open"},
        {"field": "amount", "op": "gte", "value": 20000},
        {"field": "company.level", "op": "in", "value": ["A", "B"]},
    ]
}
LIST = {
    "select": ["name", "number", "company", "stage", "amount", "expected_close_on", "owner", "updated_at"],
    "where": WHERE,
    "sort": [{"field": "amount", "dir": "desc"}],
    "limit": 50,
}
BULK_ROWS = 100_000


def cases(actor: str) -> Iterator[tuple[str, Case]]:
    """Names and cases for one actor; bulk work is measured once."""
    yield "list", list_page
    yield "deep page", deep_page
    yield "search", search
    yield "record page", record_page
    yield "update", update
    yield "create", create
    yield "group", group
    yield "forecast", forecast
    if actor == "manager":
        yield "import", import_rows
        yield "export", export_rows


def _query(cursor: str | None = None) -> Any:
    from guanxi.engine.http.queries import query_of

    return query_of({**LIST, **({"cursor": cursor} if cursor else {})})


def list_page(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """First page: two own fields, one of the company, sorted by amount."""
    from guanxi.engine.records import reads

    times = timed(rounds, lambda _: session.send("POST", "/records/opportunity/query", LIST))
    bare = floor.measure(rounds, lambda ctx: reads.page(ctx, "opportunity", _query()))
    return [result("list page", actor, size.opportunities, times, bare)]


def deep_page(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """A page far down the same list."""
    from guanxi.engine.records import reads

    cursor = None
    for _ in range(12):
        page = body(session.send("POST", "/records/opportunity/query", {**LIST, "limit": 200, "cursor": cursor}))
        if not page["next_cursor"]:
            break
        cursor = page["next_cursor"]
    times = timed(rounds, lambda _: session.send("POST", "/records/opportunity/query", {**LIST, "cursor": cursor}))
    bare = floor.measure(rounds, lambda ctx: reads.page(ctx, "opportunity", _query(cursor)))
    return [result("deep page", actor, size.opportunities, times, bare)]


def search(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """Two Chinese characters over all objects."""
    from guanxi.engine.records import search as engine_search

    words = [*WORDS, *TRADES, *CITIES][:: max(1, len(WORDS) // 10)]
    times = timed(rounds, lambda n: session.send("GET", f"/search?q={words[n % len(words)]}"))
    # The same words in one round, so that rare and common ones weigh the same on both sides.
    bare = floor.measure(max(5, rounds // len(words)), lambda ctx: [engine_search.find(ctx, w) for w in words]) / len(
        words
    )
    return [result("search, 2 characters", actor, size.opportunities + size.companies, times, bare)]


def _own(session: Session, count: int) -> list[dict[str, Any]]:
    asked = {"select": ["name", "amount"], "sort": [{"field": "updated_at", "dir": "desc"}], "limit": count}
    return body(session.send("POST", "/records/opportunity/query", asked))["rows"]


def record_page(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """Record and first page of its timeline: what opening the page asks for."""
    from uuid import UUID

    from guanxi.engine.records import history, reads

    rows = _own(session, 100)

    def call(n: int) -> None:
        where = f"/records/opportunity/{rows[n % len(rows)]['id']}"
        session.send("GET", where)
        session.send("GET", where + "/timeline?limit=30")

    def engine(ctx: Any) -> None:
        record = UUID(rows[0]["id"])
        reads.get(ctx, "opportunity", record)
        history.timeline(ctx, "opportunity", record, limit=30)

    return [
        result("record page + timeline", actor, size.opportunities, timed(rounds, call), floor.measure(rounds, engine))
    ]


def update(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """One field of one record, with hooks, change log and live notice."""
    rows = _own(session, 100)
    chance = random.Random(1)  # noqa: S311

    def call(n: int) -> None:
        where = f"/records/opportunity/{rows[n % len(rows)]['id']}"
        session.send("PATCH", where, {"values": {"amount": chance.randrange(10**6)}})

    return [result("update", actor, size.opportunities, timed(rounds, call))]


def create(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """One record with a relation."""
    page = body(session.send("GET", "/records/company?select=name&limit=50"))["rows"]

    def call(n: int) -> None:
        values = {"name": f"新商机{n}", "company": page[n % len(page)]["id"], "amount": 1000 + n}
        session.send("POST", "/records/opportunity", {"values": values})

    return [result("create", actor, size.opportunities, timed(rounds, call))]


def forecast(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """The forecast of this quarter where the person begins: over the departments, with targets and adjustments."""
    times = timed(max(5, rounds // 6), lambda _: session.send("GET", "/forecast"))
    return [result("forecast page", actor, size.opportunities, times)]


def group(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """Count and sum by month and stage over everything visible."""
    from guanxi.engine.objects.query.groups import Aggregate, GroupBy
    from guanxi.engine.records import groups

    asked = {
        "by": [{"field": "expected_close_on", "bucket": "month"}, {"field": "stage"}],
        "aggregates": [{"fn": "sum", "field": "amount"}],
        "limit": 1000,
    }
    few = max(5, rounds // 6)
    times = timed(few, lambda _: session.send("POST", "/records/opportunity/group", asked))
    query = groups.GroupQuery(
        [GroupBy("expected_close_on", "month"), GroupBy("stage")], [Aggregate("sum", "amount")], limit=1000
    )
    bare = floor.measure(few, lambda ctx: groups.group(ctx, "opportunity", query))
    return [result("group by month and stage", actor, size.opportunities, times, bare)]


def export_rows(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """100,000 rows as CSV."""
    asked = {
        "select": LIST["select"], "format": "csv",
        "where": {"field": "amount", "op": "gte", "value": 100_000},
    }  # fmt: skip
    begun = time.perf_counter()
    answer = session.send("POST", "/records/opportunity/export", asked)
    taken = time.perf_counter() - begun
    rows = answer.content.count(b"\n") - 1
    made = Result("export", actor, rows, taken * 1000, taken * 1000, rate=rows / taken)
    print(f"  export {rows:,} rows in {taken:.1f} s, {made.rate:,.0f} rows/s")
    return [made]


def _plain_names(session: Session) -> list[str]:
    """Names that one visible company alone has, so that a row means one company."""
    rows = body(session.send("POST", "/records/company/query", {"select": ["name"], "limit": 100}))["rows"]
    where = {"field": "name", "op": "in", "value": [row["name"] for row in rows]}
    asked = {"by": [{"field": "name"}], "where": where}
    groups = body(session.send("POST", "/records/company/group", asked))["groups"]
    return [group["keys"][0] for group in groups if group["count"] == 1]


def import_rows(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """100,000 opportunities with a relation to the company, by the wizard's own API, and all of it taken back."""
    clean.imports_of_earlier_runs(session)
    companies = _plain_names(session)
    chance = random.Random(2)  # noqa: S311
    number = min(BULK_ROWS, size.opportunities)
    text = io.StringIO()
    text.write("商机名称,公司,金额,预计成交日期\n")
    for n in range(number):
        text.write(f"导入商机{n},{chance.choice(companies)},{chance.randrange(10**6)},2027-0{n % 9 + 1}-15\n")
    headers = {"X-CSRFToken": session.client.cookies.get("csrftoken") or "", "Referer": session.client.base_url.host}
    files = {"file": ("opportunities.csv", text.getvalue().encode(), "text/csv")}
    answer = session.client.post("/imports", files=files, data={"object": "opportunity"}, headers=headers)
    answer.raise_for_status()
    made = body(answer)
    where = f"/imports/{made['id']}"
    proposal = body(session.send("GET", where + "/preview"))
    session.send("PUT", where + "/mapping", {"mapping": proposal["proposal"], "mode": "create"})
    begun = time.perf_counter()
    session.send("POST", where + "/run")
    while True:
        state = body(session.send("GET", where))
        if state["state"] not in ("running", "mapped", "checking", "checked", "queued"):
            break
        time.sleep(0.25)
    taken = time.perf_counter() - begun
    counts = state["counts"]
    rate = counts.get("create", 0) / taken
    print(f"  import {counts} in {taken:.1f} s, {rate:,.0f} rows/s ({state['state']})")
    found = Result("import", actor, number, taken * 1000, taken * 1000, rate=rate, note=str(counts))
    return [found, clean.take_back(session, made["id"])]
