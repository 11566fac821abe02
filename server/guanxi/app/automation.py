"""Has changes told and flows worked off, in a thread of the worker: at once after each commit, and when a time has come."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import orjson
import psycopg
from django.db import close_old_connections

log = logging.getLogger("guanxi.automation")

LOOK = timedelta(seconds=30)
"""How often a workspace is looked at of which nothing was heard: another worker may have left something."""
PAUSE_SECONDS = 1.0
GATHER_SECONDS = 0.05
"""Changes that follow each other quickly are told together."""


class Automation(threading.Thread):
    """Works until told to stop; a workspace that fails is logged and looked at again, and holds up none of the others."""

    def __init__(self, conninfo: str) -> None:
        super().__init__(name="automation", daemon=True)
        self._conninfo = conninfo
        self._stop_asked = threading.Event()
        self._next: dict[str, datetime] = {}
        """When each workspace is looked at again, by slug."""
        self._schemas: dict[str, str] = {}

    def stop(self) -> None:
        """Ask for the end; what is in hand is finished first."""
        self._stop_asked.set()
        self.join(20)

    def run(self) -> None:
        """Listen and work; a lost database is waited for."""
        while not self._stop_asked.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.OperationalError as error:
                log.warning("database lost, trying again: %s", error)
            except Exception:
                log.exception("a round of automation failed")
            self._stop_asked.wait(PAUSE_SECONDS)

    def _listen(self, connection: psycopg.Connection) -> None:
        from guanxi.capabilities.flows import waking
        from guanxi.engine.records.notices import CHANNEL

        connection.execute(f"LISTEN {CHANNEL}")
        connection.execute(f"LISTEN {waking.CHANNEL}")
        while not self._stop_asked.is_set():
            self._work()
            for notice in connection.notifies(timeout=self._seconds(), stop_after=1):
                self._next[orjson.loads(notice.payload)["ws"]] = datetime.now(UTC)
            self._stop_asked.wait(GATHER_SECONDS)
            for notice in connection.notifies(timeout=0):
                self._next[orjson.loads(notice.payload)["ws"]] = datetime.now(UTC)

    def _seconds(self) -> float:
        """How long nothing is to be done."""
        soonest = min(self._next.values(), default=datetime.now(UTC))
        return min(max((soonest - datetime.now(UTC)).total_seconds(), 0.0), PAUSE_SECONDS)

    def _work(self) -> None:
        from guanxi.capabilities.identity.models import Workspace
        from guanxi.capabilities.identity.organisation import engine_workspace
        from guanxi.engine.objects import catalog

        close_old_connections()
        try:
            rows = {row.slug: row for row in Workspace.objects.order_by("pk")}
            for slug, row in rows.items():
                if self._next.get(slug, datetime.min.replace(tzinfo=UTC)) <= datetime.now(UTC):
                    self._next[slug] = self._look_after(slug, engine_workspace(row))
            for slug in self._next.keys() - rows.keys():
                catalog.forget(self._schemas.pop(slug, ""))
            self._next = {slug: at for slug, at in self._next.items() if slug in rows}
            self._schemas = {slug: row.schema for slug, row in rows.items()}
        finally:
            close_old_connections()

    def _look_after(self, slug: str, workspace: object) -> datetime:
        """Do what is to be done in a workspace; when to look again."""
        from guanxi.capabilities.flows.rounds import do_round
        from guanxi.engine.context import CatalogMoved

        again = datetime.now(UTC) + LOOK
        try:
            due = do_round(workspace)  # type: ignore[arg-type]
        except psycopg.OperationalError:
            raise
        except CatalogMoved:
            return datetime.now(UTC)
        except Exception:
            log.exception("the automation of %s failed", slug)
            return again
        return min(due, again) if due else again
