"""The whole wiring of billing."""

from pathlib import Path

from guanxi.areas.billing.actions.allocate_payment import allocate_payment
from guanxi.areas.billing.actions.cancel_invoice import cancel_invoice
from guanxi.areas.billing.actions.issue_invoice import issue_invoice
from guanxi.areas.billing.actions.make_statements import cancel_statements, make_statements, resume_statements
from guanxi.areas.billing.actions.propose_allocation import propose_allocation
from guanxi.areas.billing.actions.record_payment import record_payment
from guanxi.areas.billing.actions.refund_payment import refund_payment
from guanxi.areas.billing.actions.take_back_allocation import take_back_allocation
from guanxi.areas.billing.actions.write_off import take_back_write_off, write_off
from guanxi.areas.billing.hooks import documents
from guanxi.areas.billing.routes import ROUTES
from guanxi.areas.billing.statements import making
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Invoices, credit notes, payments and what settles what; the verbs that change them."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(documents)
    registry.action(issue_invoice, cancel_invoice, write_off, take_back_write_off)
    registry.action(record_payment, propose_allocation, allocate_payment, take_back_allocation, refund_payment)
    registry.action(make_statements, cancel_statements, resume_statements)
    registry.jobs(making)
    registry.routes(*ROUTES)
    open_when("invoice", {"field": "status", "op": "in", "value": ["draft", "issued", "part_paid"]})
    open_when("payment", {"field": "status", "op": "in", "value": ["open", "part"]})
