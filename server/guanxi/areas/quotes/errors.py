"""The refusals of quotes."""

from uuid import UUID

from guanxi.infra.errors import Conflict, NotFound


class WrongState(Conflict):
    """The quote is not in a state in which that can be done."""

    def __init__(self, code: str, quote: UUID, status: str | None) -> None:
        super().__init__(f"quotes.{code}", {"quote": str(quote), "status": status or ""})


class NoSuchLink(NotFound):
    """The link is unknown, revoked, or has run out; which of them is nobody's business."""

    def __init__(self) -> None:
        super().__init__("quotes.no_such_link")
