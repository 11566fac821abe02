"""The refusals of orders: each says what stands in the way, and what to do."""

from decimal import Decimal

from guanxi.infra.errors import Conflict, FieldError, Invalid
from guanxi.kit.money import Money, display


class NotADraft(Conflict):
    """Only drafts are confirmed."""

    def __init__(self, number: str) -> None:
        super().__init__("orders.not_a_draft", {"number": number})


class NotConfirmed(Conflict):
    """What was not confirmed is neither shipped nor invoiced."""

    def __init__(self, number: str) -> None:
        super().__init__("orders.not_confirmed", {"number": number})


class NothingLeft(Conflict):
    """All of it was shipped, invoiced or cancelled already."""

    def __init__(self, number: str) -> None:
        super().__init__("orders.nothing_left", {"number": number})


class AlreadyBegun(Conflict):
    """Something of it was shipped or invoiced."""

    def __init__(self, number: str) -> None:
        super().__init__("orders.already_begun", {"number": number})


class ShipmentState(Conflict):
    """A shipment is picked, then shipped, then delivered."""

    def __init__(self, number: str) -> None:
        super().__init__("orders.shipment_state", {"number": number})


class CarrierUnknown(Conflict):
    """Nobody can be asked where it is."""

    def __init__(self, carrier: str) -> None:
        super().__init__("orders.carrier_unknown", {"carrier": carrier})


class NotToBeOrdered(Conflict):
    """The quote was not accepted, or the contract does not hold."""

    def __init__(self, code: str, number: str) -> None:
        super().__init__(f"orders.{code}", {"number": number})


def above_contract(number: str, amount: Money, above: Money) -> Invalid:
    """Orders come to more than their contract."""
    return wrong("amount", "above_contract", number=number, amount=display(amount), above=display(above))


def above_order(field: str, left: Money) -> Invalid:
    """More was to be asked for ahead than is left of the order."""
    return wrong(field, "above_order", left=display(left))


def more_than_left(field: str, item: str, left: Decimal, row: int | None = None) -> Invalid:
    """More was to be shipped or invoiced than is left."""
    return Invalid([FieldError(field, "orders.more_than_left", {"item": item, "left": f"{left.normalize():f}"}, row)])


def wrong(field: str, code: str, **params: object) -> Invalid:
    """One refused value."""
    return Invalid([FieldError(field, f"orders.{code}", params)])
