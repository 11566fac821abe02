"""The functions of the formula language, each as a pair of SQL and Python; a file for each group."""

from __future__ import annotations

from functools import cache

from guanxi.engine.objects.computed.tree import Function


@cache
def named() -> dict[str, Function]:
    """Functions that people call, by name: the English one in capitals and the Chinese one."""
    found: dict[str, Function] = {}
    for function in offered():
        for name in {function.name, function.zh}:
            if name in found:
                raise ValueError(f"two functions are called {name!r}")
            found[name] = function
    return found


@cache
def offered() -> tuple[Function, ...]:
    """Functions that people call, group by group."""
    from guanxi.engine.objects.computed.functions import dates, logic, numbers, text, workdays

    return (*logic.FUNCTIONS, *numbers.FUNCTIONS, *text.FUNCTIONS, *dates.FUNCTIONS, *workdays.FUNCTIONS)


@cache
def every() -> tuple[Function, ...]:
    """Everything with a pair of SQL and Python: functions, operators, conversions."""
    from guanxi.engine.objects.computed.functions import conversions, operators

    return (*offered(), *operators.FUNCTIONS, *conversions.FUNCTIONS)
