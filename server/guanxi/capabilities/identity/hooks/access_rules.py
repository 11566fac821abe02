"""Rules of access rules: who may write them, that they mean something, and that they hold from the next request on."""

from __future__ import annotations

from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.capabilities.identity.rights_in_words import rights_in_words
from guanxi.capabilities.identity.role_filters import problem_of_filter
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed


@hook("access_rule", "before")
def only_who_manages_roles(ctx: Context, batch: list[Write]) -> None:
    """What people reach is decided by those who manage roles."""
    if not ctx.actor.may("roles"):
        raise NotAllowed("identity.roles_right_needed")


@hook("access_rule", "before", fields={"object", "where", "effect"})
def rules_mean_something(ctx: Context, batch: list[Write]) -> None:
    """The object exists, the filter is understood, and nobody opens what they do not reach themselves."""
    errors = []
    for write in batch:
        if write.op not in ("create", "update"):
            continue
        key, where = write.value("object"), write.value("where")
        if key not in ctx.snapshot.objects:
            errors.append(FieldError("object", "identity.rule_unknown_object", {"object": str(key)[:40]}, write.row))
        elif problem := problem_of_filter(ctx, key, where):
            errors.append(FieldError("where", problem.code, problem.params, write.row))
        elif write.value("effect") == "opens" and not _reaches_all(ctx, key, write.value("level")):
            params = {"rights": rights_in_words(ctx.snapshot, [f"{key}.{write.value('level') or 'read'}"])}
            errors.append(FieldError("object", "identity.grant_beyond_own", params, write.row))
    if errors:
        raise Invalid(errors)


def _reaches_all(ctx: Context, object_key: str, level: str | None) -> bool:
    rights = ctx.actor.rights(object_key)
    return rights.read.is_all and (level != "edit" or rights.edit.is_all)


@hook("access_rule", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """What a rule opens or leaves out holds from the next request on."""
    organisation_changed(ctx)
