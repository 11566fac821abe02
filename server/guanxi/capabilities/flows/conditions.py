"""Conditions of triggers and steps: a filter tree or a formula of the flow's object, as rules have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.engine.objects.components.conditions import check_condition
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.infra.errors import Refusal

NOT_ASKABLE = (Refusal, BadFormula, BadValue)
"""What a condition is answered with that names something which is not there any more."""


def problems(place: Place, obj: Object, when: Any, setting: str) -> Iterator[Problem]:
    """What is wrong with a condition, with the words that the filter or the formula is refused with."""
    try:
        check_condition(place.snapshot, obj, when)
    except BadValue as bad:
        yield place.problem(bad.code, setting, **bad.params)
