"""The event stream: tells browsers which records others have changed. `python -m guanxi.app.live`

One process, one LISTEN connection; every browser is a waiting coroutine. An event names records and carries no values,
and a page is told only of records that its person may read, judged by the owners that each notice carries. Before it is
told anything its session and rights are judged anew, and the stream of a session that is over ends.
"""

import asyncio
import contextlib
import logging
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import orjson
import psycopg
import uvicorn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")

import django
from django.conf import settings

django.setup()

from asgiref.sync import sync_to_async

from guanxi.app import live_access
from guanxi.app.live_access import Audience
from guanxi.app.tether import hold
from guanxi.engine.records.notices import CHANNEL
from guanxi.infra.database.address import conninfo
from guanxi.infra.errors import Refusal

log = logging.getLogger("guanxi.live")

HEARTBEAT_SECONDS = 20
JUDGED_SECONDS = 5
"""So often a page that nothing is told to is judged anew as well."""
GATHER_SECONDS = 0.2
"""So long what happens after an event is gathered: however much it is, a page is judged that often and no more."""
RECHECK_SECONDS = 300
"""A stream ends after so long and the browser opens it anew, with the shares of then."""
QUEUE_LIMIT = 200
RECONNECT_SECONDS = 1.0
RESET = b"event: reset\ndata: {}\n\n"
"""Tells a browser that events may be missing: it reloads what it shows."""

Event = tuple[dict[str, Any], frozenset[str]]
"""A change, and the owners of its records."""
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


@dataclass(eq=False)
class Subscriber:
    """One open browser page: who is there, and how that is found out anew."""

    audience: Audience
    judge: Callable[[Audience], Awaitable[Audience]]
    """Takes the audience that is known; raises the refusal that ends the stream."""
    events: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    """What may concern the page; None where events may be missing."""

    def put(self, event: Event | None) -> None:
        """Hand over an event; a page too slow to follow is told to reload instead."""
        if self.events.full():
            self.waiting()
            event = None
        self.events.put_nowait(event)

    def waiting(self) -> list[Event | None]:
        """Take all events that are there."""
        return [self.events.get_nowait() for _ in range(self.events.qsize())]

    async def told(self, events: list[Event | None]) -> list[bytes]:
        """What the page is told of events, by the rights of this moment; Refusal when it is told nothing any more.

        A page whose person has other rights than before reloads: there may be more or less to show.
        """
        known = self.audience
        self.audience = await self.judge(known)
        if self.audience != known:
            events = [None, *events]
        return [chunk for event in events if (chunk := self._chunk(event)) is not None]

    def _chunk(self, event: Event | None) -> bytes | None:
        if event is None:
            return RESET
        told = self.audience.told(*event)
        return b"event: change\ndata: " + orjson.dumps({"type": "change", **told}) + b"\n\n" if told else None


class Hub:
    """Distributes notifications of the database to the pages of the workspace they belong to."""

    def __init__(self) -> None:
        self.subscribers: dict[str, set[Subscriber]] = defaultdict(set)

    async def listen(self, address: str) -> None:
        """Follow the channel for ever; after a lost connection every page is told to reload."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    async for notification in connection.notifies():
                        self.publish(notification.payload)
            except (psycopg.OperationalError, OSError) as error:
                log.warning("database lost, trying again: %s", error)
            await asyncio.sleep(RECONNECT_SECONDS)
            for pages in self.subscribers.values():
                for page in pages:
                    page.put(None)

    def publish(self, payload: str) -> None:
        """Hand one notification to the pages whose persons may know of it; what they are told is judged once more."""
        try:
            change = orjson.loads(payload)
            workspace, owners = change.pop("ws"), frozenset(change.pop("owners"))
        except (orjson.JSONDecodeError, KeyError, AttributeError, TypeError):
            log.warning("unreadable notification %r", payload[:200])
            return
        for page in self.subscribers.get(workspace, ()):
            if page.audience.told(change, owners) is not None:
                page.put((change, owners))

    @contextlib.contextmanager
    def subscribed(self, workspace: str, page: Subscriber) -> Any:
        """Receive the events of a workspace for the length of the block."""
        self.subscribers[workspace].add(page)
        try:
            yield
        finally:
            self.subscribers[workspace].discard(page)
            if not self.subscribers[workspace]:
                del self.subscribers[workspace]


class Live:
    """The ASGI application: GET /events?workspace=slug, GET /healthz."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        path = scope["path"].rstrip("/").rpartition("/")[2]
        if scope["method"] != "GET" or path not in {"events", "healthz"}:
            await _answer(send, 404, scope)
        elif path == "healthz":
            await _answer(send, 200, scope)
        else:
            await self._events(scope, receive, send)

    async def _events(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        slug = parse_qs(scope["query_string"].decode()).get("workspace", [""])[0]
        cookies = SimpleCookie(_header(scope, b"cookie"))
        session = cookies.get(settings.SESSION_COOKIE_NAME)
        judge = partial(sync_to_async(live_access.audience), session.value if session else "", slug, _connection(scope))
        try:
            person = await judge()
        except Refusal as refusal:
            await _answer(send, refusal.status, scope)
            return
        page = Subscriber(person, judge)
        headers = [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no"), *_headers(scope)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
        gone = asyncio.create_task(_disconnected(receive))
        with self.hub.subscribed(slug, page):
            async for chunk in _stream(page, gone):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        gone.cancel()
        await send({"type": "http.response.body", "body": b""})


async def _stream(page: Subscriber, gone: asyncio.Task[None]) -> AsyncIterator[bytes]:
    """What the page is told, until it is gone or its session is over."""
    loop = asyncio.get_running_loop()
    begun = spoken = loop.time()
    while loop.time() < begun + RECHECK_SECONDS and not gone.done():
        waiting = asyncio.ensure_future(page.events.get())
        await asyncio.wait((waiting, gone), timeout=JUDGED_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        events = [waiting.result(), *page.waiting()] if waiting.done() else []
        waiting.cancel()
        try:
            chunks = await page.told(events)
        except Refusal:
            return
        except Exception:  # who is there cannot be found out now: the browser comes back and is asked again
            log.exception("a page could not be judged anew")
            return
        if not chunks and loop.time() >= spoken + HEARTBEAT_SECONDS:
            chunks = [b": still here\n\n"]
        for chunk in chunks:
            spoken = loop.time()
            yield chunk
        if events:
            await asyncio.wait((gone,), timeout=GATHER_SECONDS)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, scope: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), *_headers(scope)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps({"status": status})})


def _headers(scope: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """Only pages of the product itself may read the stream with the person's cookie."""
    headers = [(b"cache-control", b"no-store"), (b"vary", b"origin")]
    origin = _header(scope, b"origin")
    if origin and live_access.is_own_origin(origin):
        headers += [
            (b"access-control-allow-origin", origin.encode()),
            (b"access-control-allow-credentials", b"true"),
        ]
    return headers


def _connection(scope: dict[str, Any]) -> dict[str, str]:
    """Where a request comes from, as WSGI names it."""
    known = {
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "HTTP_X_FORWARDED_FOR": _header(scope, b"x-forwarded-for"),
    }
    return {name: value for name, value in known.items() if value}


def _header(scope: dict[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def serve() -> None:
    """Listen and serve until SIGTERM."""
    hub = Hub()
    config = uvicorn.Config(
        Live(hub),
        host=settings.HOST,
        port=settings.LIVE_PORT,
        log_level="warning",
        lifespan="off",
        # Whose word on the caller's address counts is decided in one place (infra/http/addresses.py).
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=1,
    )
    listening = asyncio.create_task(hub.listen(conninfo(settings.DATABASES["default"])))
    await uvicorn.Server(config).serve()
    listening.cancel()


def main() -> None:
    """Start the event stream."""
    hold()
    asyncio.run(serve())


if __name__ == "__main__":
    main()
