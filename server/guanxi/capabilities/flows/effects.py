"""What leaves the house: rows written with the step that asks for them, sent afterwards, and answered to the token.

An effect has a key, ``{run}:{node}:{visit}``, that is the same however often the step is tried: it is written once, and
whoever receives it is given the same key with every attempt. It is sent at least once; that it is done once is for the
receiver to see by the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

import orjson

from guanxi.capabilities.flows.kinds.base import Go, Outcome, Wait
from guanxi.capabilities.flows.registers import Kinds
from guanxi.capabilities.flows.runs import Run, Token
from guanxi.engine.context import Context
from guanxi.kit.ids import uuid7


@dataclass(frozen=True)
class Effect:
    """One effect as it is sent; ``secrets`` are those that its payload names, known only while it is sent."""

    id: UUID
    key: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int
    run: UUID | None
    host: str
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """It was done. ``answer`` is kept with the effect, ``data`` is what the run remembers under the step's name."""

    answer: Mapping[str, Any] = field(default_factory=dict)
    data: Any = None


@dataclass(frozen=True)
class TryLater:
    """It may be done later: the receiver is not reached, or asks to wait (``seconds``). ``hangs``: it did not answer in time."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None
    hangs: bool = False


@dataclass(frozen=True)
class Refused:
    """It will never be done like this."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


Result = Answered | TryLater | Refused


class EffectKind:
    """A kind of effect. ``send`` is called outside of any transaction, in a thread of its own, and has a time limit."""

    key: ClassVar[str]

    def host(self, payload: Mapping[str, Any]) -> str:
        """Who receives it: of one receiver that hangs no other has to wait."""
        raise NotImplementedError

    def secrets(self, payload: Mapping[str, Any]) -> Iterable[str]:
        """Names of the secrets that sending needs."""
        return ()

    def send(self, effects: Sequence[Effect]) -> Iterable[Result]:
        """Send effects for one receiver one after the other, each when its result is asked for."""
        raise NotImplementedError


effect_kinds: Kinds[EffectKind] = Kinds("effect")
"""Every kind of effect by its key."""
effect_kind = effect_kinds.register


@dataclass(frozen=True)
class Wanted:
    """An effect that a step asks for. ``part`` tells several of one visit apart; ``remember`` is the name for the answer."""

    run: Run
    token: Token
    kind: str
    payload: Mapping[str, Any]
    part: str = ""
    remember: str | None = None


def key_of(run: Run, token: Token) -> str:
    """What a visit of a token at its node is known by to whoever receives something of it."""
    entered = int(token.entered_at.timestamp() * 1_000_000) if token.entered_at else 0
    return f"{run.id}:{token.node}:{token.id}-{entered}"


def ask(ctx: Context, wanted: Sequence[Wanted], *, waits: bool = True) -> None:
    """Write effects; they are sent once the unit of work has committed.

    What was asked for before and failed is tried anew, with what it says now; what was done is not done again.
    """
    if not wanted:
        return
    kinds = effect_kinds()
    keys = [key_of(one.run, one.token) + (f":{one.part}" if one.part else "") for one in wanted]
    ctx.run(
        "INSERT INTO sys_effect (id, key, kind, payload, host, run, token, corr, next_at, created_at, updated_at)"
        " SELECT v.id, v.key, v.kind, v.payload::jsonb, v.host, v.run, v.token, v.corr, $9, $9, $9"
        " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bigint[], $8::text[])"
        " AS v(id, key, kind, payload, host, run, token, corr) ON CONFLICT (key) DO UPDATE SET state = 'waiting',"
        " attempts = 0, next_at = excluded.next_at, payload = excluded.payload, host = excluded.host, error = NULL,"
        " updated_at = excluded.updated_at WHERE sys_effect.state = 'failed'",
        [
            [uuid7() for _ in wanted], keys, [one.kind for one in wanted],
            [json_text({**one.payload, "remember": one.remember}) for one in wanted],
            [kinds[one.kind].host(one.payload) for one in wanted], [one.run.id for one in wanted],
            [one.token.id if waits else None for one in wanted], [corr_of(one.run, one.token) for one in wanted], ctx.now,
        ],
    )  # fmt: skip


def awaited(ctx: Context, held: Sequence[tuple[Run, Token]], *, port: str = "out") -> list[Outcome]:
    """For each token the wait for its effects; one that has none left to wait for goes on."""
    corrs = [corr_of(run, token) for run, token in held]
    rows = ctx.run("SELECT DISTINCT corr FROM sys_effect WHERE corr = ANY($1::text[]) AND state <> 'done'", [corrs])
    still = {corr for (corr,) in rows}
    return [Wait(corr=corr, port=port) if corr in still else Go(port) for corr in corrs]


def corr_of(run: Run, token: Token) -> str:
    """What a token waits for that waits for the effects of its visit."""
    return f"effect:{key_of(run, token)}"


def json_text(value: Any) -> str:
    """JSON as the database takes it."""
    return orjson.dumps(clean(value), default=str).decode()


def clean(value: Any) -> Any:
    """A value of JSON without the one character that the database cannot hold."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, Mapping):
        return {clean(str(key)): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value
