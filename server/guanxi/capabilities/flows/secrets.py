"""Secrets of a workspace towards other systems: kept sealed, named in flows, and read only while something is sent.

A secret belongs to one host and is sent to no other, so that whoever writes flows cannot have it sent to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from typing_extensions import TypedDict

from guanxi.capabilities.flows.effects import Effect, effect_kinds
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.sealed import Unreadable, seal, unseal

PURPOSE = "flows.secret"
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?")
LONGEST = 4000


@dataclass(frozen=True)
class SetSecret:
    """The name by which flows know it, the host that it is sent to (``api.example.com``), the secret, what it is for."""

    name: str
    host: str
    value: str
    note: str | None = None


@dataclass(frozen=True)
class RemoveSecret:
    """The name by which flows know it."""

    name: str


class NamedSecret(TypedDict):
    """A secret as it is told: everything but itself."""

    name: str
    host: str
    note: str | None


class FlowSecrets(TypedDict):
    """All secrets of the workspace; what they are is never told."""

    secrets: list[NamedSecret]


@action("flows.set_secret", params=SetSecret, permission="automation")
def set_secret(ctx: Context, params: SetSecret) -> FlowSecrets:
    """Keep a secret that flows send to another system, or replace it; it is never shown again."""
    if not NAME.fullmatch(params.name):
        raise Invalid([FieldError("name", "flows.bad_secret_name")])
    if not HOST.fullmatch(params.host):
        raise Invalid([FieldError("host", "flows.bad_secret_host")])
    if not params.value or len(params.value) > LONGEST or not params.value.isprintable():
        raise Invalid([FieldError("value", "flows.bad_secret", {"limit": LONGEST})])
    ctx.run(
        "INSERT INTO sys_secret (name, host, sealed, note, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (name) DO UPDATE SET host = excluded.host, sealed = excluded.sealed, note = excluded.note,"
        " updated_at = excluded.updated_at, updated_by = excluded.updated_by",
        [params.name, params.host, seal(params.value, PURPOSE), params.note, ctx.now, ctx.author],
    )
    return _told(ctx)


@action("flows.remove_secret", params=RemoveSecret, permission="automation")
def remove_secret(ctx: Context, params: RemoveSecret) -> FlowSecrets:
    """Forget a secret; steps that name it fail from then on."""
    ctx.run("DELETE FROM sys_secret WHERE name = $1", [params.name])
    return _told(ctx)


def _told(ctx: Context) -> FlowSecrets:
    rows = ctx.run("SELECT name, host, note FROM sys_secret ORDER BY name")
    return {"secrets": [{"name": name, "host": host, "note": note} for name, host, note in rows]}


def with_secrets(ctx: Context, effects: Sequence[Effect]) -> list[Effect]:
    """Effects with the secrets that they name, as far as there are such and they can be read."""
    kinds = effect_kinds()
    wanted = {one.id: list(kinds[one.kind].secrets(one.payload)) for one in effects if one.kind in kinds}
    every = sorted({name for ones in wanted.values() for name in ones})
    known = _read(ctx, every) if every else {}
    return [
        replace(
            one, secrets={name: known[name, one.host] for name in wanted.get(one.id, ()) if (name, one.host) in known}
        )
        for one in effects
    ]


def _read(ctx: Context, wanted: Sequence[str]) -> dict[tuple[str, str], str]:
    """Secrets by their name and the host that each is for."""
    found = {}
    for name, host, sealed in ctx.run(
        "SELECT name, host, sealed FROM sys_secret WHERE name = ANY($1::text[])", [list(wanted)]
    ):
        try:
            found[name, host] = unseal(sealed, PURPOSE)
        except Unreadable:
            continue
    return found
