"""The refusals of targets and forecasts: each says what stands in the way, and what to do."""

from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed


class AmountsHidden(NotAllowed):
    """Forecasts are made of fields that the caller may not read."""

    def __init__(self) -> None:
        super().__init__("forecast.amounts_hidden")


class NotTheirHead(NotAllowed):
    """A forecast is adjusted by the person it is about, and by whoever heads their department or one above it."""

    def __init__(self) -> None:
        super().__init__("forecast.not_their_head")


class OutsideOfTree(NotAllowed):
    """Targets are set within one's own departments and those below."""

    def __init__(self) -> None:
        super().__init__("forecast.outside_of_tree")


class KeptForGood(Conflict):
    """Adjustments and snapshots are history: they are neither written nor changed by hand."""

    def __init__(self) -> None:
        super().__init__("forecast.kept_for_good")


def wrong(field: str, code: str, row: int = 0, **params: object) -> Invalid:
    """One refused value."""
    return Invalid([FieldError(field, f"forecast.{code}", params, row=row)])
