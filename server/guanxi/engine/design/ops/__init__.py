"""The operations that a change may consist of, one function each, by their name in the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.design.draft import Change, Draft
from guanxi.engine.design.ops import components, conversion, fields, objects
from guanxi.engine.design.permits import permit_change
from guanxi.infra.errors import FieldError, Invalid

Operation = Callable[[Draft, Change], None]
OPERATIONS: Mapping[str, Operation] = {
    "object.create": objects.create,
    "object.update": objects.update,
    "object.archive": objects.archive,
    "object.restore": objects.restore,
    "object.drop": objects.drop,
    "field.create": fields.create,
    "field.update": fields.update,
    "field.archive": fields.archive,
    "field.restore": fields.restore,
    "field.drop": fields.drop,
    "field.convert": conversion.convert,
    "field.revert": conversion.revert,
    "component.create": components.create,
    "component.update": components.update,
    "component.archive": components.archive,
    "component.restore": components.restore,
}
_KEYS = frozenset("op id object key kind values expected confirm replace_options".split())


def perform(draft: Draft, change: Any, place: int) -> None:
    """Make one change in the draft; Invalid for one that is not understood, NotAllowed for one that is not the
    actor's to make, NotFound and Conflict as the operation says.
    """
    if not isinstance(change, Mapping) or change.get("op") not in OPERATIONS:
        known = ", ".join(OPERATIONS)
        raise Invalid(
            [FieldError("op", "design.unknown_operation", {"known": known}, place)], "design.invalid", {"count": 1}
        )
    if unknown := set(change) - _KEYS:
        errors = [
            FieldError(key, "design.unknown_attribute", {"known": ", ".join(sorted(_KEYS))}, place) for key in unknown
        ]
        raise Invalid(errors, "design.invalid", {"count": len(errors)})
    draft.place = place
    permit_change(draft, change)
    OPERATIONS[change["op"]](draft, change)
