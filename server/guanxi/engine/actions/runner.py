"""The one runner for verbs: screens, API, jobs, automation and the command line all come through here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from guanxi.engine.actions.registry import Action, find
from guanxi.engine.context import Context
from guanxi.infra.errors import FieldError, Invalid, NotAllowed


def run(ctx: Context, name: str, params: Any) -> Mapping[str, Any]:
    """Check permission and parameters and run the verb in the caller's unit of work.

    Everything it writes is in the context's change set, which carries the action's name. Raises NotFound for an
    unknown action, NotAllowed without the permission, Invalid for parameters of the wrong shape.
    """
    verb = find(name)
    _permit(ctx, verb)
    if isinstance(params, Mapping):
        params = _parameters(verb, params)
    ctx.label = ctx.label or {"action": name}
    return verb.function(ctx, params)


def permitted(ctx: Context, verb: Action) -> bool:
    """Whether the actor may run the verb at all."""
    if verb.permission is None:
        return True
    if callable(verb.permission):
        return verb.permission(ctx.actor)
    object_key, _, right = verb.permission.partition(".")
    if not right:
        return ctx.actor.may(object_key)
    return ctx.actor.rights(object_key).allows(right)


def _permit(ctx: Context, verb: Action) -> None:
    if not permitted(ctx, verb):
        raise NotAllowed("actions.not_allowed", {"action": verb.name})


def _parameters(verb: Action, params: Mapping[str, Any]) -> Any:
    unknown = set(params) - set(verb.params.__dataclass_fields__)
    if unknown:
        raise Invalid(FieldError(key, "actions.unknown_parameter") for key in sorted(unknown))
    try:
        return verb.adapter.validate_python(dict(params))
    except ValidationError as error:
        raise Invalid(_refusal(one) for one in error.errors()) from None


_EXPECTED = {
    "missing": "fields.required", "string": "actions.not_text", "uuid": "actions.not_an_id",
    "int": "actions.not_a_number", "decimal": "actions.not_a_number", "float": "actions.not_a_number",
    "list": "actions.not_a_list", "sequence": "actions.not_a_list", "tuple": "actions.not_a_list", "bool": "actions.not_a_truth",
    "dict": "actions.not_an_object", "mapping": "actions.not_an_object",
}  # fmt: skip
"""Our own sentences, by the first word of the kind of mistake."""


def _refusal(mistake: Mapping[str, Any]) -> FieldError:
    """What is wrong with a parameter, in a sentence of ours."""
    field = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "literal_error":
        return FieldError(field, "actions.not_one_of", {"known": mistake["ctx"]["expected"].replace(" or ", ", ")})
    if mistake["type"] == "is_instance_of" and mistake["ctx"]["class"] == "Sequence":
        return FieldError(field, "actions.not_a_list")
    return FieldError(field, _EXPECTED.get(mistake["type"].partition("_")[0], "actions.bad_parameter"))
