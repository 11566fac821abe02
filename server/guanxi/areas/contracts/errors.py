"""The refusals of contracts: each says what stands in the way, and what to do."""

from decimal import Decimal

from guanxi.infra.errors import Conflict, FieldError, Invalid
from guanxi.kit.money import Money, display


class WrongStage(Conflict):
    """The contract is not in a stage in which that can be done."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"contracts.{code}", {"name": name})


class AlreadyRenewed(Conflict):
    """A renewal of it was made and not given up."""

    def __init__(self, name: str) -> None:
        super().__init__("contracts.already_renewed", {"name": name})


class AlreadyInvoiced(Conflict):
    """There is an invoice of the instalment."""

    def __init__(self, name: str, number: str) -> None:
        super().__init__("contracts.already_invoiced", {"name": name, "number": number})


class InvoicedAboveContract(Conflict):
    """With this instalment more would be invoiced than the contract comes to."""

    def __init__(self, name: str, left: Money) -> None:
        super().__init__("contracts.invoiced_above", {"name": name, "left": display(left)})


def wrong(field: str, code: str, **params: object) -> Invalid:
    """One refused value."""
    return Invalid([FieldError(field, f"contracts.{code}", params)])


def not_whole(missing: Decimal, total: Money) -> Invalid:
    """The payment plan comes to more or less than the contract."""
    difference = display(Money(abs(missing), total.currency))
    return wrong(
        "instalments", "plan_short" if missing > 0 else "plan_over", total=display(total), difference=difference
    )
