"""The step of flows that says what became of a contract's approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guanxi.areas.contracts.rules import states
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Fail, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Snapshot
from guanxi.engine.records import locking, writes
from guanxi.engine.records.writes import Change

OUTCOMES = (
    (states.APPROVED, words("通过：可以签署", "Approved: it can be signed")),
    (states.DRAFT, words("退回：重新成为草稿", "Returned: it is a draft again")),
)


@step_kind
class Decided(StepKind):
    """A contract that is in approval goes on, or back to whoever wrote it."""

    key = "contract_decided"
    label = words("合同审批结果", "Contract decided")
    help = words(
        "审批中的合同变为待签署，或退回草稿；已不在审批中的合同不会改变",
        "A contract in approval is to be signed then, or is a draft again; one that is not in approval stays as it is",
    )
    icon = "file-signature"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``outcome``: approved, or a draft again."""
        return (
            Setting("outcome", "choice", words("结果", "Outcome"), required=True, default=states.APPROVED, choices=OUTCOMES),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The flow is about contracts."""
        if place.object is not None and place.object.key != "contract":
            yield place.problem("contracts.step_of_contracts")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes the contracts that the flow's actor may change and that are still in approval; others fail."""
        found: list[Outcome] = []
        system = batch.ctx.as_system()
        for subject in batch.subjects():
            if subject is None or subject[0].key != "contract":
                found.append(Fail("contracts.step_of_contracts", {}))
                continue
            row = locking.lock(batch.ctx, subject[0], [subject[1]], "edit", ())[subject[1]]
            if row["status"] != states.IN_APPROVAL:
                found.append(Fail("contracts.not_in_approval", {"name": row["name"] or ""}))
                continue
            writes.update(system, "contract", [Change(subject[1], {"status": batch.settings["outcome"]})])
            found.append(Go())
        return found

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Contracts in approval that would go on or back."""
        after = {"status": batch.settings["outcome"]}
        return [
            Foreseen(
                Go(), batch.write(place, after) if image and image.values.get("status") == states.IN_APPROVAL else ()
            )
            for place, image in enumerate(batch.past())
        ]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """The stage."""
        if about:
            yield Touch(about, "update", frozenset({"status"}))
