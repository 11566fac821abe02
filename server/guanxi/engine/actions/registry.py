"""Actions by name: one verb, its parameters, who may do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
Function = Callable[[Context, Any], Mapping[str, Any]]
Permission = str | Callable[[Actor], bool]


@dataclass(frozen=True)
class Action:
    """A registered verb. ``permission`` is a system right (``members``), ``<object>.<verb>`` such as ``lead.edit``, or a
    question to the actor; None leaves it to the rights on the records that the verb writes.
    """

    name: str
    params: type
    permission: Permission | None
    function: Function

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Checks and builds the parameters."""
        return TypeAdapter(self.params)

    @cached_property
    def answer(self) -> Any:
        """The shape of what the function returns."""
        return get_type_hints(self.function)["return"]

    @property
    def path(self) -> str:
        """Where the verb is in the API: ``sales/convert-lead``."""
        return self.name.replace(".", "/").replace("_", "-")

    @property
    def summary(self) -> str:
        """First sentence of the verb's docstring."""
        return (self.function.__doc__ or self.name).strip().split("\n")[0]


_actions: dict[str, Action] = {}


def action(name: str, *, params: type, permission: Permission | None = None) -> Callable[[Function], Function]:
    """Register a function as the verb ``name`` (``area.verb_noun``); ``params`` is a frozen dataclass,
    and the function's return type the shape of the answer."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an action; it looks like sales.convert_lead")
    if name in _actions:
        raise ValueError(f"the action {name!r} is registered twice")

    def attach(function: Function) -> Function:
        _actions[name] = Action(name, params, permission, function)
        return function

    return attach


def actions() -> Mapping[str, Action]:
    """Every registered action by name."""
    return _actions


def find(name: str) -> Action:
    """The action with this name; NotFound otherwise."""
    try:
        return _actions[name]
    except KeyError:
        raise NotFound("actions.unknown", {"action": name}) from None
