"""The refusals of billing: each says what stands in the way, and what to do."""

from typing import Literal

from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed
from guanxi.kit.money import Money, display


class PaymentUsedUp(Conflict):
    """Less of a payment is left than was to be allocated or paid back, perhaps because somebody else was faster."""

    def __init__(self, number: str, left: Money, wanted: Money) -> None:
        super().__init__(
            "billing.payment_used_up", {"number": number, "left": display(left), "wanted": display(wanted)}
        )


class ItemSettled(Conflict):
    """Less of an invoice is open than was to be settled, perhaps because somebody else was faster."""

    def __init__(self, number: str, left: Money) -> None:
        super().__init__("billing.item_settled", {"number": number, "left": display(left)})


class NotADraft(Conflict):
    """Only drafts are issued."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.not_a_draft", {"number": number})


class StillADraft(Conflict):
    """What was not issued is owed by nobody."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.still_a_draft", {"number": number})


class NothingOpen(Conflict):
    """There is nothing left of it."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.nothing_open", {"number": number})


class NotAnInvoice(Conflict):
    """The verb is for invoices, not for credit notes."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.not_an_invoice", {"number": number})


class AlreadyCancelled(Conflict):
    """It was taken back whole."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.already_cancelled", {"number": number})


class Deducted(Conflict):
    """Later invoices took this down payment off: they are cancelled first."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.deducted", {"number": number})


class NotReceived(Conflict):
    """Refunds are not allocated and not paid back."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.not_received", {"number": number})


class OtherCompany(Conflict):
    """A payment settles what its own company owes."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.other_company", {"number": number})


class NotWrittenOff(Conflict):
    """There is no write-off to take back."""

    def __init__(self, number: str) -> None:
        super().__init__("billing.not_written_off", {"number": number})


class StatementNotWhole(NotAllowed):
    """A statement that leaves out what its reader may not see would not balance."""

    def __init__(self) -> None:
        super().__init__("billing.statement_not_whole")


class StatementRun(Conflict):
    """A batch of statements cannot be begun, stopped, resumed or fetched as it stands."""

    def __init__(
        self, why: Literal["busy", "nobody", "not_running", "not_stopped", "not_done", "rights_changed"]
    ) -> None:
        super().__init__(f"billing.run_{why}")


def wrong(field: str, code: str, **params: object) -> Invalid:
    """One refused value."""
    return Invalid([FieldError(field, f"billing.{code}", params)])
