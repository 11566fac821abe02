"""Secrets of a workspace towards other systems: kept sealed, named in flows, and read only while something is sent."""

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
LONGEST = 4000


@dataclass(frozen=True)
class SetSecret:
    """The name by which flows know it, the secret itself, and what it is for."""

    name: str
    value: str
    note: str | None = None


@dataclass(frozen=True)
class RemoveSecret:
    """The name by which flows know it."""

    name: str


class SecretNames(TypedDict):
    """The names of all secrets of the workspace; the secrets themselves are never told."""

    names: list[str]


@action("flows.set_secret", params=SetSecret, permission="automation")
def set_secret(ctx: Context, params: SetSecret) -> SecretNames:
    """Keep a secret that flows send to other systems, or replace it; it is never shown again."""
    if not NAME.fullmatch(params.name):
        raise Invalid([FieldError("name", "flows.bad_secret_name")])
    if not params.value or len(params.value) > LONGEST or not params.value.isprintable():
        raise Invalid([FieldError("value", "flows.bad_secret", {"limit": LONGEST})])
    ctx.run(
        "INSERT INTO sys_secret (name, sealed, note, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, note = excluded.note,"
        " updated_at = excluded.updated_at, updated_by = excluded.updated_by",
        [params.name, seal(params.value, PURPOSE), params.note, ctx.now, ctx.author],
    )
    return names(ctx)


@action("flows.remove_secret", params=RemoveSecret, permission="automation")
def remove_secret(ctx: Context, params: RemoveSecret) -> SecretNames:
    """Forget a secret; steps that name it fail from then on."""
    ctx.run("DELETE FROM sys_secret WHERE name = $1", [params.name])
    return names(ctx)


@dataclass(frozen=True)
class ListSecrets:
    """Nothing."""


@action("flows.list_secrets", params=ListSecrets, permission="automation")
def list_secrets(ctx: Context, params: ListSecrets) -> SecretNames:
    """The names of the secrets that flows may send."""
    return names(ctx)


def names(ctx: Context) -> SecretNames:
    """The names of all secrets."""
    return {"names": [name for (name,) in ctx.run("SELECT name FROM sys_secret ORDER BY name")]}


def with_secrets(ctx: Context, effects: Sequence[Effect]) -> list[Effect]:
    """Effects with the secrets that they name, as far as there are such and they can be read."""
    kinds = effect_kinds()
    wanted = {one.id: list(kinds[one.kind].secrets(one.payload)) for one in effects if one.kind in kinds}
    every = sorted({name for ones in wanted.values() for name in ones})
    known = _read(ctx, every) if every else {}
    return [
        replace(one, secrets={name: known[name] for name in wanted.get(one.id, ()) if name in known}) for one in effects
    ]


def _read(ctx: Context, wanted: Sequence[str]) -> dict[str, str]:
    found = {}
    for name, sealed in ctx.run("SELECT name, sealed FROM sys_secret WHERE name = ANY($1::text[])", [list(wanted)]):
        try:
            found[name] = unseal(sealed, PURPOSE)
        except Unreadable:
            continue
    return found
