"""Steps at which people are asked: approve, handle, be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from guanxi.capabilities.approvals import asking, store
from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Node, Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import (
    AGAIN,
    Deed,
    Foreseen,
    Go,
    Outcome,
    Place,
    StepKind,
    Stop,
    Wait,
    step_kind,
)
from guanxi.capabilities.flows.runs import Run
from guanxi.engine.objects.fields.settings import Setting, words

PEOPLE = Setting(
    "people", "people", words("审批人", "Who decides"), required=True,
    choices=((people.CHOSEN, words("提交人自选", "The submitter's choice")),),
)  # fmt: skip
MODES = (
    ("any", words("或签：一人决定即可", "Any: the first decision counts")),
    ("all", words("会签：全部同意", "All: everybody approves")),
    ("in_turn", words("依次审批", "In turn")),
    ("vote", words("投票：达到比例即通过", "Vote: a share of them approves")),
)
EMPTY = (
    ("approve", words("自动通过", "Approve")),
    ("reject", words("自动驳回", "Reject")),
    ("administrator", words("转给管理员", "Ask an administrator")),
    ("members", words("转给指定的人", "Ask the people named")),
)
ITSELF = (
    ("ask", words("由本人审批", "Ask them")),
    ("approve", words("自动通过", "Approve")),
    ("superior", words("转给直接上级", "Ask their superior")),
    ("leave_out", words("跳过本人", "Leave them out")),
)
REPEAT = (
    ("ask", words("再次审批", "Ask again")),
    ("approve", words("自动通过", "Approve")),
)
LATE = (
    ("remind", words("提醒", "Remind")),
    ("approve", words("自动通过", "Approve")),
    ("reject", words("自动驳回", "Reject")),
    ("superior", words("转给审批人的上级", "Pass on to their superior")),
)
RIGHTS = ("hidden", "read", "edit")
CHOSEN = "chosen"
"""Where a run remembers whom the submitter has chosen."""
DECISIONS = "decisions"
"""Where a run remembers what was decided at its nodes."""


@step_kind
class Approve(StepKind):
    """People approve or reject."""

    key = "approval.approve"
    label = words("审批", "Approve")
    help = words("由一人或多人同意或驳回", "One person or several approve or reject")
    icon = "rubber-stamp"
    group = "people"
    waits = True
    moves = False
    can_be_skipped = False
    decisions: ClassVar[Sequence[str]] = ("approved", "rejected")

    def settings_schema(self) -> tuple[Setting, ...]:
        """Who, how many of them, the special cases, the time limit, and what may be seen and changed of the record."""
        return (
            PEOPLE,
            Setting("mode", "choice", words("多人审批时", "With several approvers"), required=True, default="any", choices=MODES),
            Setting("percent", "whole", words("通过比例（%）", "Approval share (%)"), default=50, min=1, max=100),
            Setting("empty", "choice", words("找不到审批人时", "When nobody is found"), default="administrator", choices=EMPTY),
            Setting("instead", "people", words("指定的人", "The people named")),
            Setting("itself", "choice", words("审批人是提交人时", "When the approver is the submitter"), default="ask", choices=ITSELF),
            Setting("repeat", "choice", words("之前已同意过时", "When they approved earlier"), default="ask", choices=REPEAT),
            Setting("limit", "duration", words("时限", "Time limit")),
            Setting("late", "choice", words("超时后", "When time runs out"), default="remind", choices=LATE),
            Setting("rights", "values", words("字段权限", "Rights on fields"),
                    words("审批人在这一步能看到和修改哪些字段", "Which fields people see and change at this step")),
        )  # fmt: skip

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """A way for each decision."""
        return self.decisions

    def check(self, place: Place) -> Iterator[Problem]:
        """The people are understood, fields of the rights exist."""
        for name in ("people", "instead"):
            if place.settings.get(name) is not None:
                yield from people.problems(place, place.settings[name], name, chosen=name == "people")
        if place.settings.get("empty") == "members" and not place.settings.get("instead"):
            yield place.problem("flows.people_missing", "instead")
        rights = place.settings.get("rights") or {}
        for key, right in rights.items():
            if place.object is not None and key not in place.object.fields:
                yield place.problem("flows.unknown_field", "rights", field=str(key)[:40])
            if right not in RIGHTS:
                yield place.problem("approvals.bad_right", "rights", field=_field_name(place, str(key)))

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Asks, or looks after those who have been asked and are late."""
        known = store.of_runs(batch.ctx, [run.id for run, _ in batch.held])
        out: list[Outcome] = []
        for run, token in batch.held:
            approval = known.get(run.id) or asking.begin(batch.ctx, batch.version, run)
            open_tasks = [one for one in store.tasks(batch.ctx, approval.id, batch.node.id) if one.state in store.OPEN]
            if open_tasks and token.corr is not None:
                decided = asking.late(batch, approval, open_tasks)
            else:
                decided = asking.ask(batch, approval, chosen_for(run, batch.version.flow, batch.node.id))
            if decided is None:
                out.append(Wait(asking.due(batch), corr(approval.id, batch.node.id), AGAIN))
            elif ends(batch.node, decided):
                run.data[DECISIONS] = decisions(run, batch.node.id, decided)
                out.append(Stop({"decided": decided}))
            else:
                out.append(Go(decided, {DECISIONS: decisions(run, batch.node.id, decided)}))
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Who would be asked; it is taken for approved at once where people are found."""
        settings, found = batch.settings, []
        empty = settings.get("empty") or "administrator"
        for place, named in enumerate(batch.named(settings["people"])):
            run, who = batch.run(place), named
            if not named and empty == "members":
                who = batch.part_of(place).named(settings.get("instead"))[0]
            elif not named and empty == "administrator":
                who = people.administrators(batch.ctx)
            decided = "rejected" if not who and empty == "reject" else self.decisions[0]
            if settings.get("itself") in ("leave_out", "approve"):
                who = [one for one in who if one != run.starter]
            deeds = (Deed("approval", to=who),) if who else ()
            found.append(Foreseen(Go(decided, {DECISIONS: decisions(run, batch.node.id, decided)}), deeds))
        return found


@step_kind
class Handle(Approve):
    """People do something and say when it is done; there is no rejecting."""

    key = "approval.handle"
    label = words("办理", "Handle")
    help = words("由指定的人办理，完成后继续", "Somebody deals with it and says when it is done")
    icon = "checklist"
    decisions = ("approved",)


@step_kind
class Copy(StepKind):
    """People are told of the approval."""

    key = "approval.cc"
    label = words("抄送", "Copy")
    help = words("让指定的人看到这次审批", "Lets people see the approval")
    icon = "send"
    group = "people"

    def settings_schema(self) -> tuple[Setting, ...]:
        """Who."""
        return (Setting("people", "people", words("抄送给", "To"), required=True),)

    def check(self, place: Place) -> Iterator[Problem]:
        """The people are understood."""
        if place.settings.get("people") is not None:
            yield from people.problems(place, place.settings["people"], "people")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """A task of the kind ``cc`` for each of them."""
        known = store.of_runs(batch.ctx, [run.id for run, _ in batch.held])
        for run, _ in batch.held:
            approval = known.get(run.id) or asking.begin(batch.ctx, batch.version, run)
            asking.copy(batch, approval)
        return [Go()] * len(batch.held)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Who would be told."""
        return [Foreseen(Go(), (Deed("copy", to=who),)) for who in batch.named(batch.settings["people"])]


def _field_name(place: Place, key: str) -> Any:
    """What a field is called, in each language; its key where there is none."""
    found = place.object.fields.get(key) if place.object else None
    return found.label if found else key[:40]


def decisions(run: Run, node: str, decided: str) -> dict[str, str]:
    """What was decided at each node of a run, this one included."""
    return {**run.data.get(DECISIONS, {}), node: decided}


def ends(node: Node, decided: str) -> bool:
    """Whether a decision is the last word: a rejection that nothing follows."""
    return decided == "rejected" and decided not in node.next


def is_chosen(node: Node) -> bool:
    """Whether the submitter is asked who decides at a node."""
    return any(one.get("kind") == people.CHOSEN for one in node.settings.get("people") or ())


def chosen_for(run: Run, flow: UUID, node: str) -> list[UUID]:
    """Whom the submitter has chosen for a node."""
    return [UUID(one) for one in run.data.get(CHOSEN, {}).get(place_of(flow, node), ())]


def place_of(flow: UUID, node: str) -> str:
    """What a node is called among those of all flows that a change may come to."""
    return f"{flow}/{node}"


def corr(approval: UUID, node: str) -> str:
    """What a token waits for at a node of an approval."""
    return f"approval:{approval}:{node}"
