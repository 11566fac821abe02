"""Taking an import back: a job does it, in one transaction like any undo, and tells how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_or_told
from guanxi.engine.context import Context, work
from guanxi.engine.records import long_undo, undo
from guanxi.engine.transfer.imports import store
from guanxi.engine.transfer.imports.run import AWAY
from guanxi.infra.errors import Refusal
from guanxi.infra.jobs import job

log = logging.getLogger("guanxi.imports")


@job("transfer.undo")
def undo_job(payload: Mapping[str, Any]) -> None:
    """Take an import back; payload as of ``run_job``, with the change set that is to be undone and the state before.

    An undo that fails, or whose starter has left, has changed nothing: the import is again in the state it had, with the
    reason.
    """
    id_ = UUID(payload["import"])

    def fail(open_any: Callable[[], AbstractContextManager[Context]], refusal: Refusal) -> None:
        with open_any() as ctx:
            error = {"code": refusal.code, "params": dict(refusal.params)}
            store.change(ctx, id_, state=payload["before"], done=payload["done"], error=error)

    found = acting_or_told(payload, lambda place, refusal: fail(partial(work, place, SYSTEM, via="job"), refusal))
    if found is None:
        return
    open_work = partial(work, *found, via="undo", language=payload["language"])
    try:
        with open_work(label={"code": "transfer.undo_label"}) as ctx:
            if long_undo.alone(ctx, id_, "SELECT 1 FROM sys_import WHERE id = $1 AND state = 'undoing'"):
                change_set = UUID(payload["change_set"])
                with long_undo.watched(ctx, _telling(ctx, id_, long_undo.writes_of(ctx, change_set))):
                    undo.undo(ctx, change_set, skip_conflicts=bool(payload["skip_conflicts"]))
                store.change(ctx, id_, state="undone", done=payload["done"])
    except Refusal as refusal:
        fail(open_work, refusal)
    except AWAY:
        raise
    except Exception:
        log.exception("undo of import %s failed", id_)
        fail(open_work, Refusal("transfer.undo_failed"))


def _telling(ctx: Context, import_id: UUID, total: int) -> Callable[[int], None]:
    """A function that tells how far the undo of an import is, as a part of its rows."""

    def tell(written: int) -> None:
        with work(ctx.workspace, SYSTEM, via="job") as own:
            own.run(
                "UPDATE sys_import SET done = (rows_total::bigint * least($2::int, $3::int) / greatest($3::int, 1))::int"
                " WHERE id = $1 AND state = 'undoing'",
                [import_id, written, total],
            )

    return tell
