"""Who may say what roles demand of signing in, and that nobody shuts the door on themselves with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.capabilities.identity.sign_in_policy import KEY, policy_of, problem_of
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed
from guanxi.infra.http.addresses import address_of


@hook("role", "before", fields={"permissions", "baseline"})
def only_who_looks_after_security(ctx: Context, batch: list[Write]) -> None:
    """What roles demand of signing in, and of everybody, is changed by those who look after security."""
    if not ctx.actor.may("security") and any(_of(write.old) != _demands(write) or _spreads(write) for write in batch):
        raise NotAllowed("identity.security_right_needed")


@hook("role", "before", fields={"permissions", "baseline"}, ops=("create", "update", "restore"))
def nobody_shuts_themselves_out(ctx: Context, batch: list[Write]) -> None:
    """A list of addresses for a role that the writer holds has the writer's own address in it."""
    address = address_of(ctx.origin.address or "")
    if address is None or ctx.actor.is_system:
        return
    errors = []
    for write in batch:
        demands = _demands(write)
        was_mine = write.op == "update" and write.old is not None and write.old["key"] in ctx.actor.roles
        is_mine = was_mine or bool(write.value("baseline"))
        if not is_mine or not demands or problem_of(demands) or (was_mine and demands == _of(write.old)):
            continue
        if not policy_of([{KEY: demands}]).admits(address):
            errors.append(
                FieldError("permissions", "identity.sign_in_own_address", {"address": str(address)}, write.row)
            )
    if errors:
        raise Invalid(errors)


def _spreads(write: Write) -> bool:
    """Whether the demands of a role become everybody's, or cease to be."""
    return bool(_demands(write)) and bool((write.old or {}).get("baseline")) != bool(write.value("baseline"))


def _demands(write: Write) -> Any:
    return _of({"permissions": write.value("permissions")})


def _of(values: Mapping[str, Any] | None) -> Any:
    permissions = (values or {}).get("permissions")
    return permissions.get(KEY) or None if isinstance(permissions, Mapping) else None
