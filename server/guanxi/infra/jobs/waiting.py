"""Queued jobs that will act in a member's name: found, and given to another member before they start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import connection

from guanxi.infra.jobs.queue import SCHEMA


def of_member(workspace: int, member: UUID, *, lock: bool = False) -> dict[int, dict[str, Any]]:
    """Payloads by number of the jobs that have not begun and whose payload names this member of the workspace.

    With ``lock`` none of them begins before the transaction ends; one that a worker is just taking is left out.
    """
    rows = _run(
        f"""select id, payload from {SCHEMA}.pgqueuer where status = 'queued' and payload is not null
            and (convert_from(payload, 'UTF8')::jsonb ->> 'member') = $1
            and (convert_from(payload, 'UTF8')::jsonb ->> 'workspace') = $2
            order by id{" for update skip locked" if lock else ""}""",
        [str(member), str(workspace)],
    )
    return {number: orjson.loads(payload) for number, payload in rows}


def rename(numbers: Sequence[int], member: UUID) -> None:
    """Let queued jobs act in the name of this member."""
    _run(
        f"""update {SCHEMA}.pgqueuer set payload = convert_to(
                (convert_from(payload, 'UTF8')::jsonb || jsonb_build_object('member', $2::text))::text, 'UTF8')
            where id = any($1::bigint[]) and status = 'queued'""",
        [list(numbers), str(member)],
    )


def _run(statement: str, params: Sequence[Any]) -> list[Any]:
    connection.ensure_connection()
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), params)
        return cursor.fetchall() if cursor.description else []
