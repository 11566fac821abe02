"""The refusals of the catalogue."""

from decimal import Decimal

from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed


class ConfigureRightNeeded(NotAllowed):
    """Limits are set by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("catalogue.configure_right_needed")


class NothingLeft(Conflict):
    """All of a document was taken over into further ones already."""

    def __init__(self) -> None:
        super().__init__("catalogue.nothing_left")


def more_than_left(field: str, item: str, left: Decimal, row: int | None = None) -> Invalid:
    """More of a line was to be taken over than is left."""
    params = {"item": item, "left": f"{left.normalize():f}"}
    return Invalid([FieldError(field, "catalogue.more_than_left", params, row)])
