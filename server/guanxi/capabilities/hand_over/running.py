"""Running a hand-over: a small one in the request that asks for it, a large one batch by batch as a job.

A batch and the position behind it are one transaction, so a run that is killed goes on where the last committed batch
ended. The whole run is one change set. A check takes the same steps and keeps none of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.db import OperationalError

from guanxi.capabilities.approvals import leaving
from guanxi.capabilities.hand_over import checking, pending, planning, steps, store
from guanxi.capabilities.hand_over.asked import HandOver
from guanxi.capabilities.hand_over.store import State, Stored
from guanxi.engine.access.actor import SYSTEM, Actor
from guanxi.engine.acting import acting_or_told
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.records import long_undo, share_moves, undo, writes
from guanxi.engine.records.undo import Reverse, Undo
from guanxi.engine.transfer.imports.attempts import attempt
from guanxi.infra.errors import Conflict, Refusal
from guanxi.infra.jobs import enqueue, job
from guanxi.kit.ids import uuid7

AT_ONCE = 1000
"""Up to this many steps are taken while the caller waits."""
BATCH = 500

_AWAY = (psycopg.OperationalError, OperationalError)
"""The database does not answer: the job is tried again and goes on."""

log = logging.getLogger("guanxi.hand_over")


def begin(ctx: Context, asked: HandOver, *, rehearse: bool) -> Stored:
    """Check or run a hand-over; one that is large is queued and told as it stands.

    NotFound, NotAllowed, Invalid as ``checking``; Conflict when there is nothing to hand over, and LastAdministrator
    when somebody is to leave without whom nobody could administer the workspace.
    """
    name = checking.giver(ctx, asked.member)
    checking.check(ctx, asked)
    made = planning.plan(ctx, asked)
    shares = asked.shares != "leave" and share_moves.count_received(ctx, asked.member)
    if not (made.items or shares or asked.leave):
        raise Conflict("hand_over.nothing", {"name": name})
    is_small = len(made.items) <= AT_ONCE
    change_set = None if rehearse else ctx.change_set if is_small else uuid7()
    id_ = uuid7()
    store.add(ctx, id_, asked, "checking" if rehearse else "running", made.items, change_set)
    one = store.get(ctx, id_)
    one.counts = {"parts": {part: {"to": {}, "refused": 0, "left": left} for part, left in made.left.items()}}
    if not is_small:
        with attempt(ctx, keep=False), _rehearsal(ctx):
            _leave(ctx, asked)
        store.advance(ctx, one)
        enqueue("hand_over.run", _payload(ctx, one))
        return one
    ctx.label = _label(name)
    if rehearse:
        with attempt(ctx, keep=False), _rehearsal(ctx):
            steps.take(ctx, one, made.items)
            steps.finish(ctx, one)
        store.forget_items(ctx, id_)
    else:
        steps.take(ctx, one, made.items)
        steps.finish(ctx, one)
    store.advance(ctx, one)
    store.say(ctx, id_, "checked" if rehearse else "done")
    return store.get(ctx, id_)


def cancel(ctx: Context, id_: UUID) -> Stored:
    """Have a run end behind the batch it is at; what was handed over stays so, and can be undone or gone on with."""
    one = store.get(ctx, id_, lock=True)
    if one.state not in ("checking", "running"):
        raise Conflict("hand_over.not_running")
    store.stop(ctx, id_)
    return store.get(ctx, id_)


def resume(ctx: Context, id_: UUID) -> Stored:
    """Go on with a run that was stopped or failed, where it was and in the same change set.

    Refused as a new one would be: what it asks for, its receivers and the actor's rights may have changed since.
    """
    one = store.get(ctx, id_, lock=True)
    rest = store.items(ctx, one, one.total)
    if one.change_set is None or one.state not in ("cancelled", "failed") or len(rest) < one.total - one.done:
        raise Conflict("hand_over.nothing_to_resume")
    checking.check(ctx, one.what)
    checking.still_allowed(ctx, one.giver, rest)
    store.say(ctx, id_, "running")
    enqueue("hand_over.run", _payload(ctx, one))
    return store.get(ctx, id_)


def take_back(ctx: Context, id_: UUID, *, preview: bool, skip_conflicts: bool) -> tuple[Stored, Undo]:
    """Undo a hand-over, or say what that would do; a large one is queued.

    Conflict ``records.undo_conflicts`` when records were changed since, unless those are to be skipped.
    """
    one = store.get(ctx, id_, lock=True)
    if one.change_set is None or one.state not in ("done", "cancelled", "failed"):
        raise Conflict("hand_over.nothing_to_undo")
    if preview or one.total > AT_ONCE:
        found = undo.undo(ctx, one.change_set, preview=True, lent=_lent(ctx))
        if preview:
            return one, found
        if found.conflicts and not skip_conflicts:
            params = {"count": len(found.conflicts), "conflicts": found.conflicts[:50]}
            raise Conflict("records.undo_conflicts", params)
        store.say(ctx, id_, "undoing")
        store.set_done(ctx, id_, 0)
        payload = {**_payload(ctx, one), "before": one.state, "done": one.done}
        enqueue("hand_over.undo", payload | {"skip_conflicts": skip_conflicts})
    else:
        found = _undone(ctx, one, one.change_set, skip_conflicts=skip_conflicts)
    return store.get(ctx, id_), found


def beside_records(ctx: Context, change_set: UUID) -> Reverse | None:
    """How shares, waiting jobs and approvals go back when the change set of a hand-over is undone."""
    one = store.of_change_set(ctx, change_set)
    if one is None:
        return None

    def back() -> None:
        share_moves.put_back(ctx, store.kept_shares(ctx, one.id))
        asked = one.what
        if one.counts.get("jobs"):
            pending.hand_on(ctx, asked.rest[0], asked.member, one.counts["jobs"])
        if one.counts.get("approvals"):
            leaving.hand_on(ctx, asked.rest[0], asked.member, one.counts["approvals"])
        store.forget_items(ctx, one.id)
        store.say(ctx, one.id, "undone")

    return back


def lent_to(ctx: Context, change_set: UUID) -> frozenset[str]:
    """Objects whose records go back whatever the actor reaches when the change set of a hand-over is undone."""
    return _lent(ctx) if store.of_change_set(ctx, change_set) else frozenset()


@job("hand_over.run")
def run_job(payload: Mapping[str, Any]) -> None:
    """Run or check a large hand-over; payload: workspace, member, hand_over, change_set, language."""
    change_set = UUID(payload["change_set"]) if payload["change_set"] else None
    id_ = UUID(payload["hand_over"])
    found = _acting(payload, "failed")
    if found is None:
        return
    open_work = partial(work, *found, via="job", language=payload["language"], change_set=change_set)

    def fail(code: str, params: Mapping[str, Any]) -> None:
        with open_work() as ctx:
            store.say(ctx, id_, "failed", error={"code": code, "params": dict(params)})

    try:
        while _goes_on(open_work, id_):
            pass
    except Refusal as refusal:
        fail(refusal.code, refusal.params)
    except _AWAY:
        raise
    except Exception:
        log.exception("hand-over %s failed", id_)
        fail("hand_over.failed", {})


@job("hand_over.undo")
def undo_job(payload: Mapping[str, Any]) -> None:
    """Take a large hand-over back; one that cannot be has changed nothing and stands as before, with the reason."""
    id_, change_set = UUID(payload["hand_over"]), UUID(payload["change_set"])
    found = _acting(payload, payload["before"])
    if found is None:
        return
    open_work = partial(work, *found, via="undo", language=payload["language"])

    def fail(code: str, params: Mapping[str, Any]) -> None:
        with open_work() as ctx:
            store.say(ctx, id_, payload["before"], error={"code": code, "params": dict(params)})
            store.set_done(ctx, id_, payload["done"])

    try:
        with open_work() as ctx:
            # The row itself is left free: how far it is, is told beside this transaction.
            if long_undo.alone(ctx, id_, "SELECT 1 FROM sys_hand_over WHERE id = $1 AND state = 'undoing'"):
                one = store.get(ctx, id_)
                with long_undo.watched(ctx, _telling(ctx, one, long_undo.writes_of(ctx, change_set))):
                    _undone(ctx, one, change_set, skip_conflicts=bool(payload["skip_conflicts"]))
                store.set_done(ctx, id_, payload["done"])
    except Refusal as refusal:
        fail(refusal.code, refusal.params)
    except _AWAY:
        raise
    except Exception:
        log.exception("undo of hand-over %s failed", id_)
        fail("hand_over.undo_failed", {})


def _telling(ctx: Context, one: Stored, total: int) -> Callable[[int], None]:
    """A function that tells how far an undo is, as a part of the steps of the hand-over."""

    def tell(written: int) -> None:
        with work(ctx.workspace, SYSTEM, via="job") as own:
            store.tell_undo(own, one.id, one.total * min(written, total) // max(total, 1))

    return tell


def _acting(payload: Mapping[str, Any], state: State) -> tuple[Workspace, Actor] | None:
    """Who runs it. When they have left, the hand-over gets the state and the reason, so that somebody else goes on."""

    def left(workspace: Workspace, refusal: Refusal) -> None:
        with work(workspace, SYSTEM, via="job") as ctx:
            error = {"code": refusal.code, "params": dict(refusal.params)}
            store.say(ctx, UUID(payload["hand_over"]), state, error=error)
            if "done" in payload:
                store.set_done(ctx, UUID(payload["hand_over"]), payload["done"])

    return acting_or_told(payload, left)


def _goes_on(open_work: Any, id_: UUID) -> bool:
    try:
        return _step(open_work, id_)
    except CatalogMoved:  # somebody changes an object while its records are handed over
        return True


def _step(open_work: Any, id_: UUID) -> bool:
    """One transaction's worth of work; False when there is nothing left to do."""
    with open_work() as ctx:
        # Two workers may hold the job for a moment after one was thought dead: the second finds the row taken.
        one = store.get(ctx, id_, lock=True)
        if one.state not in ("checking", "running"):
            return False
        ctx.label = _label(checking.giver(ctx.as_system(), one.giver))
        dry = one.state == "checking"
        batch = [] if one.stop else store.items(ctx, one, BATCH)
        if not one.stop:
            checking.still_there(ctx, one.what)
        with attempt(ctx, keep=not dry), _rehearsal(ctx, on=dry):
            if batch:
                steps.take(ctx, one, batch)
            elif not one.stop:
                steps.finish(ctx, one)
        store.advance(ctx, one)
        if batch:
            return True
        if dry or not one.stop:
            store.forget_items(ctx, id_)
        store.say(ctx, id_, "cancelled" if one.stop else "checked" if dry else "done")
        return False


def _undone(ctx: Context, one: Stored, change_set: UUID, *, skip_conflicts: bool) -> Undo:
    ctx.via = "undo"
    ctx.label = {"undo": str(change_set)}
    # Going back to what was is never refused by rules that were made meanwhile.
    lenient = replace(ctx, lenient=True)
    return undo.undo(lenient, change_set, skip_conflicts=skip_conflicts, lent=_lent(ctx))


def _lent(ctx: Context) -> frozenset[str]:
    """Objects whose records go back whatever the actor reaches: all for who manages members."""
    return frozenset(ctx.snapshot.objects) if ctx.actor.may(checking.RIGHT) else frozenset()


def _leave(ctx: Context, asked: HandOver) -> None:
    if asked.leave:
        writes.update(ctx, "member", [writes.Change(asked.member, {"status": "left"})])


@contextmanager
def _rehearsal(ctx: Context, *, on: bool = True) -> Iterator[None]:
    before, ctx.rehearsal = ctx.rehearsal, on
    try:
        yield
    finally:
        ctx.rehearsal = before


def _label(name: str) -> dict[str, Any]:
    return {"code": "hand_over.label", "params": {"name": name}}


def _payload(ctx: Context, one: Stored) -> dict[str, Any]:
    return {
        "workspace": ctx.workspace.id,
        "member": str(ctx.actor.member_id),
        "hand_over": str(one.id),
        "change_set": str(one.change_set) if one.change_set else None,
        "language": ctx.language,
    }
