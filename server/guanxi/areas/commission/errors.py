"""The refusals of commission: each says what stands in the way, and what to do."""

from collections.abc import Sequence
from datetime import date

from guanxi.areas.commission.rules.definition import Problem
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed


class KeptForGood(Conflict):
    """Runs, statements and lines are written by the verbs of commission alone."""

    def __init__(self) -> None:
        super().__init__("commission.kept_for_good")


class LinesLocked(Conflict):
    """What was locked stays as it is."""

    def __init__(self) -> None:
        super().__init__("commission.lines_locked")


class NotADraft(Conflict):
    """A plan in use keeps its rules: they are changed by a new version."""

    def __init__(self) -> None:
        super().__init__("commission.plan_in_use")


class WrongState(Conflict):
    """A verb that the state of a run or statement does not allow; the code says which."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"commission.{code}", params)


class AnotherOpen(Conflict):
    """One run at a time: what is owed and claimed back follows from what was locked before it."""

    def __init__(self, name: str) -> None:
        super().__init__("commission.another_open", {"name": name})


class NotOver(Conflict):
    """A run is locked once its period is over."""

    def __init__(self, ends: date) -> None:
        super().__init__("commission.not_over", {"ends": ends.isoformat()})


class NotYours(NotAllowed):
    """A statement is disputed by the member whom it is about."""

    def __init__(self) -> None:
        super().__init__("commission.not_yours")


def wrong(field: str, code: str, row: int = 0, **params: object) -> Invalid:
    """One refused value."""
    return Invalid([FieldError(field, f"commission.{code}", params, row=row)])


def refused(problems: Sequence[Problem], row: int = 0) -> list[FieldError]:
    """What is wrong with a definition, each with its place."""
    return [FieldError(f"definition.{one.at}", f"commission.{one.code}", one.params, row=row) for one in problems]
