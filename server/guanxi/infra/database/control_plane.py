"""Brings the tables outside the workspaces up to date: Django's migrations and the job queue."""

import psycopg
from django.core.management import call_command
from django.db import connection

from guanxi.infra.database.address import conninfo
from guanxi.infra.errors import Unavailable
from guanxi.infra.jobs import queue

MINIMUM_VERSION = 15


def migrate() -> None:
    """Run what the database has not seen yet; Unavailable when it does not answer or is too old."""
    check_version()
    call_command("migrate", interactive=False, verbosity=0)
    queue.install(conninfo(connection.settings_dict))


def check_version() -> None:
    """Refuse a PostgreSQL that lacks what the product relies on."""
    address = connection.settings_dict
    try:
        with psycopg.connect(conninfo(address, connect_timeout="10")) as found:
            version = found.info.server_version // 10_000
    except psycopg.OperationalError as error:
        where = f"{address['HOST']}:{address['PORT'] or 5432}/{address['NAME']}"
        raise Unavailable("database.not_reachable", {"address": where, "reason": str(error).strip()}) from error
    if version < MINIMUM_VERSION:
        raise Unavailable("database.too_old", {"found": version, "needed": MINIMUM_VERSION})
