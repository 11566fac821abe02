"""Work that waits to be done in somebody's name: queued jobs, and the imports that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.infra.jobs import waiting


def count(ctx: Context, member: UUID) -> int:
    """How many jobs wait to run in a member's name."""
    return len(waiting.of_member(ctx.workspace.id, member))


def hand_on(ctx: Context, member: UUID, to: UUID, numbers: Sequence[int] | None = None) -> list[int]:
    """Let waiting jobs, or those of them that are named, run in somebody else's name and with their rights."""
    jobs = waiting.of_member(ctx.workspace.id, member, lock=True)
    mine = {number: payload for number, payload in jobs.items() if numbers is None or number in numbers}
    waiting.rename(list(mine), to)
    imports = [UUID(payload["import"]) for payload in mine.values() if "import" in payload]
    if imports:
        ctx.run("UPDATE sys_import SET created_by = $2 WHERE id = ANY($1::uuid[])", [imports, to])
    return list(mine)
