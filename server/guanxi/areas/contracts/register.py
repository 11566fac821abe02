"""The whole wiring of contracts."""

from pathlib import Path

from guanxi.areas.contracts import chores
from guanxi.areas.contracts.actions.contract_quote import contract_quote
from guanxi.areas.contracts.actions.end_contract import renew_contract, terminate_contract
from guanxi.areas.contracts.actions.plan_payments import invoice_instalment, note_event, plan_payments
from guanxi.areas.contracts.actions.sign_contract import sign_contract
from guanxi.areas.contracts.actions.submit_contract import submit_contract, withdraw_contract
from guanxi.areas.contracts.hooks import documents
from guanxi.areas.contracts.kinds import steps
from guanxi.capabilities.flows import templates
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Contracts with lines, signatures and payment plans, and the verbs that take them from stage to stage."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(documents, steps)
    registry.action(contract_quote, submit_contract, withdraw_contract, sign_contract)
    registry.action(terminate_contract, renew_contract, plan_payments, note_event, invoice_instalment)
    registry.jobs(chores)
    open_when("contract", {"field": "status", "op": "not_in", "value": ["expired", "terminated"]})
    open_when("contract_instalment", {"field": "status", "op": "in", "value": ["planned", "due", "part_paid"]})
    templates.ship(Path(__file__).parent / "flows")
