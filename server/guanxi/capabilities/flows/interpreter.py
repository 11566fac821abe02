"""What tokens do: leave a node through a port, wait, split, meet, end. It knows nothing of tables.

A token carries the list of tokens that it was split from. Branches of a split meet at a join, or a step waits for all of
them; either happens as soon as nothing that could still come is alive, so a branch that ends on its own way, or is cut
off by an error that somebody skips, never leaves the others waiting.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg

from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Node
from guanxi.capabilities.flows.kinds.base import (
    AGAIN,
    ERROR,
    Fail,
    Fork,
    Go,
    Meet,
    Outcome,
    StepKind,
    Stop,
    Wait,
    step_kinds,
)
from guanxi.capabilities.flows.live import Flow, Version
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import CatalogMoved, Context, has_moved
from guanxi.engine.transfer.imports.attempts import attempt
from guanxi.infra.errors import Invalid, Refusal

log = logging.getLogger("guanxi.flows")

MOST_STEPS = 10_000
"""Steps of one run."""
MOST_VISITS = 100
"""Batches of one unit of work; what is left is done in the next."""
TRIES = 8
CHILDREN = "children"
"""What a token waits for whose branches it outlives."""


class Interpreter:
    """Moves the tokens of some runs of one version on, as far as they come."""

    most_steps = MOST_STEPS

    def __init__(
        self,
        ctx: Context,
        version: Version,
        flow: Flow | None,
        runs: Sequence[Run],
        new_ids: Callable[[int], list[int]],
    ) -> None:
        """``new_ids`` gives ids for tokens that are made."""
        self._ctx, self._version, self._flow, self._runs = ctx, version, flow, runs
        self._new_ids = new_ids
        self._nodes = version.definition.nodes

    def go(self) -> None:
        """Move on whatever is due, until everything waits or has ended."""
        for run in self._runs:
            for token in run.live:
                if token.state == "waiting" and _is_due(token, self._ctx.now):
                    if token.port == AGAIN:
                        _set(token, state="ready")
                    else:
                        self._leave(run, token, token.port)
        for _ in range(MOST_VISITS):
            waiting: dict[str, list[tuple[Run, Token]]] = {}
            for run in self._runs:
                for token in run.live:
                    if token.state == "ready" and _is_due(token, self._ctx.now):
                        waiting.setdefault(token.node, []).append((run, token))
            if not waiting:
                return
            node_id, held = next(iter(waiting.items()))
            self._visit(node_id, held)

    def leave(self, run: Run, token: Token, port: str | None) -> None:
        """Have a token that waits or failed go on through a port, since somebody or something decided so."""
        self._leave(run, token, port)

    def fail(self, run: Run, token: Token, fail: Fail) -> None:
        """Have a token that waited fail, since what it waited for did: through its way for errors, or visibly."""
        self._fail(run, token, self._nodes.get(token.node), fail)

    def _visit(self, node_id: str, held: list[tuple[Run, Token]]) -> None:
        node = self._nodes.get(node_id)
        for (run, token), outcome in zip(held, self._outcomes(node, held), strict=True):
            if run.steps + len(run.made) >= self.most_steps:
                self._apply(run, token, node, Fail("flows.too_many_steps", {"limit": self.most_steps}))
            elif not token.is_gone:
                self._apply(run, token, node, outcome)

    def _outcomes(self, node: Node | None, held: list[tuple[Run, Token]]) -> Sequence[Outcome]:
        kind = step_kinds().get(node.kind) if node else None
        if node is None or kind is None:
            return [Fail("flows.unknown_kind", {"kind": node.kind if node else "-"})] * len(held)
        try:
            with attempt(self._ctx):
                return self._do(kind, node, held)
        except (psycopg.OperationalError, CatalogMoved):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this step's and told in the run
            if has_moved(self._ctx, error):
                raise CatalogMoved from None
            if len(held) > 1:
                middle = len(held) // 2
                return [*self._outcomes(node, held[:middle]), *self._outcomes(node, held[middle:])]
            return [_failure(error)]

    def _do(self, kind: StepKind, node: Node, held: Sequence[tuple[Run, Token]]) -> Sequence[Outcome]:
        """What becomes of tokens at a node."""
        return kind.run(Batch(self._ctx, self._flow, self._version, node, held))

    def _now(self, run: Run) -> datetime:
        """What time it is for a run."""
        return self._ctx.now

    def _apply(self, run: Run, token: Token, node: Node | None, outcome: Outcome) -> None:
        match outcome:
            case Go(port, data, note):
                run.data.update(data)
                run.note(token, "done", port, note, gave=data)
                self._move(run, token, port)
            case Wait(until, corr, port, note):
                run.note(token, "wait", None, {**note, **({"until": until} if until else {})})
                _set(token, state="waiting", wake_at=until, corr=corr, port=port)
            case Fork(branches, rest):
                self._fork(run, token, branches, rest)
            case Meet(count):
                run.note(token, "join")
                _set(token, state="joined", wake_at=None, port=None if count is None else str(count))
                self._settle(run, token.forks)
            case Stop(note):
                run.note(token, "stop", None, note)
                for one in run.live:
                    one.is_gone = True
            case Fail():
                self._fail(run, token, node, outcome)

    def _leave(self, run: Run, token: Token, port: str | None) -> None:
        run.note(token, "woken", port)
        self._move(run, token, port)

    def _move(self, run: Run, token: Token, port: str | None) -> None:
        node = self._nodes.get(token.node)
        target = node.next.get(port or "") if node else None
        if target is None:
            token.is_gone = True
            self._settle(run, token.forks)
            return
        now = self._now(run)
        _set(
            token, node=target, state="ready", wake_at=now, corr=None, port=None, attempts=0, error=None, entered_at=now
        )

    def _fork(
        self, run: Run, token: Token, branches: Sequence[tuple[str, Mapping[str, Any]]], rest: str | None
    ) -> None:
        run.note(token, "fork", None, {"branches": len(branches)})
        node = self._nodes[token.node]
        starts = [(node.next[port], data) for port, data in branches if port in node.next]
        for id_, (target, data) in zip(self._new_ids(len(starts)), starts, strict=True):
            made = Token(id_, target, forks=(*token.forks, token.id), item=data.get("item", token.item), is_new=True)
            made.wake_at = made.entered_at = self._now(run)
            run.tokens.append(made)
        if rest is None:
            token.is_gone = True
            self._settle(run, (*token.forks, token.id))
        else:
            _set(token, state="waiting", wake_at=None, corr=CHILDREN, port=rest)
            self._settle(run, (*token.forks, token.id))

    def _settle(self, run: Run, forks: tuple[int, ...]) -> None:
        """Let tokens of a split meet that need not wait any longer, and the step that waits for its branches go on."""
        if not forks:
            return
        family = [one for one in run.live if forks[-1] in one.forks]
        joined = [one for one in family if one.state == "joined" and one.forks == forks]
        coming = [one for one in family if one not in joined]
        # Branches of a step that waits for their end, which meet, are still that step's: the one that goes on ends it.
        parent = next((one for one in run.live if one.id == forks[-1] and one.corr == CHILDREN), None)
        for node_id in {one.node for one in joined}:
            here = [one for one in joined if one.node == node_id]
            wanted = here[0].port
            if not coming or (wanted is not None and len(here) >= int(wanted)):
                first, *others = here
                # Whoever is not waited for any more is cut off, wherever it stands.
                for one in [*others, *(coming if wanted is not None else ())]:
                    one.is_gone = True
                if parent is None:
                    _set(first, forks=forks[:-1])
                run.note(first, "met", None, {"count": len(here)})
                self._move(run, first, "out")
                self._settle(run, forks)
                return
        if not coming and not joined:
            if parent is not None:
                self._leave(run, parent, parent.port)
            else:
                self._settle(run, forks[:-1])

    def _fail(self, run: Run, token: Token, node: Node | None, fail: Fail) -> None:
        error = {"code": fail.code, "params": fail.params}
        if fail.again and token.attempts + 1 < TRIES:
            later = self._now(run) + timedelta(minutes=2**token.attempts)
            run.note(token, "retry", None, {"error": error, "until": later})
            _set(token, wake_at=later, attempts=token.attempts + 1, error=error)
        elif node is not None and ERROR in node.next:
            run.note(token, "error", ERROR, {"error": error})
            run.data["error"] = error
            self._move(run, token, ERROR)
        else:
            run.note(token, "failed", None, {"error": error})
            run.error = error
            _set(token, state="failed", wake_at=None, error=error)


def _failure(error: Exception) -> Fail:
    if isinstance(error, Invalid) and error.fields:
        first = error.fields[0]
        return Fail(first.code, {**first.params, "field": first.field})
    if isinstance(error, Refusal):
        return Fail(error.code, error.params)
    log.error("a step of a flow broke", exc_info=error)
    return Fail("flows.broken", {"error": f"{type(error).__name__}: {error}"[:300]})


def _is_due(token: Token, now: datetime) -> bool:
    return token.wake_at is not None and token.wake_at <= now


def _set(token: Token, **values: object) -> None:
    for name, value in values.items():
        setattr(token, name, value)
    token.is_changed = True
