"""Approvals as the people read them who take part: their boxes, and one with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.approvals import askable, exporting, showing, store
from guanxi.capabilities.approvals.deciding import ports_of
from guanxi.capabilities.approvals.moving import takes_part
from guanxi.capabilities.approvals.rehearsal import side_by_side
from guanxi.capabilities.approvals.returning import passed
from guanxi.capabilities.approvals.shapes import (
    ApprovalDetails,
    ApprovalItem,
    ApprovalTask,
    BoxCounts,
    NoteDetails,
)
from guanxi.capabilities.approvals.standing import standing_in
from guanxi.capabilities.approvals.store import OPEN, Approval, Task
from guanxi.capabilities.flows.live import version_of
from guanxi.capabilities.flows.publishing import said
from guanxi.capabilities.flows.told import instant, instant_or_none, label_of, member_or_none, named
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, titles
from guanxi.infra.errors import BadRequest

MOST = 100
_BOXES: Mapping[str, str] = {
    "to_do": "EXISTS (SELECT 1 FROM sys_approval_task t WHERE t.approval = a.id AND t.state = 'open' AND t.kind <> 'cc'"
    f" AND {store.MAY_DECIDE}) AND a.state = 'pending'",
    "done": "EXISTS (SELECT 1 FROM sys_approval_task t WHERE t.approval = a.id AND t.acted_by = ANY($1::uuid[]))",
    "submitted": "a.submitter = ANY($1::uuid[])",
    "copied": "EXISTS (SELECT 1 FROM sys_approval_task t WHERE t.approval = a.id AND t.kind = 'cc'"
    " AND t.assignee = ANY($1::uuid[]))",
}
BOXES = tuple(_BOXES)


def page(ctx: Context, box: str, limit: int, cursor: str | None) -> tuple[list[ApprovalItem], str | None]:
    """The approvals of one of the reader's boxes, the latest first; what is to be done once for each of their tasks."""
    if not 1 <= limit <= MOST:
        raise BadRequest("query.bad_limit", {"limit": MOST})
    try:
        after = UUID(cursor) if cursor else None
    except ValueError:
        raise BadRequest("query.bad_cursor") from None
    found = store.select(ctx, _BOXES[box], mine(ctx, box), after, limit + 1)
    shown = found[:limit]
    listed = items(ctx, shown, each=box == "to_do")
    return listed, str(shown[-1].id) if len(found) > limit else None


def counts(ctx: Context) -> BoxCounts:
    """How many tasks the reader has to decide, and how many approvals there are in each of the other boxes."""
    others = BOXES[1:]
    found = store.count(ctx, [(_BOXES[box], mine(ctx, box)) for box in others])
    to_do = store.count_tasks(ctx, mine(ctx, "to_do"))
    return cast("BoxCounts", {"to_do": to_do, **dict(zip(others, found, strict=True))})


def mine(ctx: Context, box: str) -> list[UUID]:
    """The reader, and for what is to be done those whom the reader stands in for."""
    me = ctx.actor.member_id
    return [*([me] if me else []), *(ctx.actor.delegators if box == "to_do" else ())]


def items(ctx: Context, ones: Sequence[Approval], *, each: bool = False) -> list[ApprovalItem]:
    """Approvals as lists show them; with ``each`` once for each task that the reader has to decide."""
    open_tasks = store.open_tasks(ctx, [one.id for one in ones])
    own = {one.id: _own(ctx, one, open_tasks.get(one.id, ())) for one in ones}
    steps = _steps(ctx, [one for one in ones if own[one.id]])
    known = {("flow", one.flow) for one in ones} | {("member", one.submitter) for one in ones if one.submitter}
    known |= {("member", task.assignee) for tasks in open_tasks.values() for task in tasks}
    records = {
        (one.object, one.record) for one in ones if one.object and one.record and one.object in ctx.snapshot.objects
    }
    # What a flow and a member are called is told to whoever takes part; a record's title to those who see the record.
    found = {
        **titles(ctx.as_system(), known),
        **titles(ctx, {one for one in records if ctx.actor.rights(one[0]).reads}),
    }
    return [
        _item(one, open_tasks.get(one.id, ()), task, steps.get(one.id, {}), found)
        for one in ones
        for task in (own[one.id] if each else own[one.id][:1]) or [None]
    ]


def _own(ctx: Context, one: Approval, tasks: Sequence[Task]) -> list[Task]:
    """What the reader has to decide of it now."""
    if one.state != "pending":
        return []
    me = mine(ctx, "submitted" if one.submitter == ctx.actor.member_id else "to_do")
    return [task for task in tasks if task.state == "open" and task.kind != "cc" and task.assignee in me]


def _steps(ctx: Context, ones: Sequence[Approval]) -> dict[UUID, Mapping[str, str]]:
    """What the nodes of approvals are called, by approval."""
    versions = store.versions_of_runs(ctx, [one.run for one in ones]) if ones else {}
    known = {id_: version_of(ctx, id_) for id_ in set(versions.values())}
    labels = {
        id_: {key: label_of(ctx, node) for key, node in version.definition.nodes.items()}
        for id_, version in known.items()
        if version is not None
    }
    return {one.id: labels.get(versions[one.run], {}) for one in ones if one.run in versions}


def sees(ctx: Context, id_: UUID) -> bool:
    """Whether the actor takes part in an approval or sees its record; NotFound when there is none."""
    one = store.get(ctx, id_)
    return takes_part(ctx, one, store.tasks(ctx, id_)) or _sees_record(ctx, one)


def details(ctx: Context, id_: UUID, task: UUID | None = None) -> ApprovalDetails:
    """One approval; as if it did not exist for those who take no part and may not see its record.

    ``task`` is which of the reader's own it is about, where they have several; their first one otherwise.
    """
    one = store.get(ctx, id_)
    tasks = store.tasks(ctx, id_)
    if not takes_part(ctx, one, tasks) and not _sees_record(ctx, one):
        raise store.absent(id_)
    version = version_of(ctx, store.version_of_run(ctx, one.run))
    nodes = version.definition.nodes if version else {}
    labels = {key: label_of(ctx, node) for key, node in nodes.items()}
    notes = store.notes(ctx, id_)
    people = {("member", each.assignee) for each in tasks} | {
        ("member", each.acted_by) for each in tasks if each.acted_by
    }
    people |= {("member", row[2]) for row in notes if row[2]}
    people |= {("member", one) for row in notes for one in _named(row[6] or {})}
    flows = {("flow", UUID(row[6]["flow"])) for row in notes if (row[6] or {}).get("flow")}
    found = titles(ctx.as_system(), people | flows)
    own = items(ctx, [one], each=True)
    item = next((each for each in own if each["task"] == str(task)), own[0])
    my_task = next((each for each in tasks if str(each.id) == item["task"]), None)
    reach = showing.reach(ctx, one, tasks, my_task, nodes)
    stands_in = standing_in(ctx, [each.assignee for each in tasks if each.state in OPEN])
    beside = side_by_side(version.definition, [each.node for each in tasks]) if version else {}
    todo = {each["task"] for each in own}
    was = next((row[6][showing.WAS] for row in notes if showing.WAS in (row[6] or {})), {})
    back = passed(version.definition, tasks, my_task.node) if version and my_task else ()
    return {
        **item,
        "held": showing.held(ctx, one, reach, was),
        "hidden": sorted(key for key, right in reach.rights.items() if right == "hidden"),
        "export": exporting.told(ctx, one) if takes_part(ctx, one, tasks) else None,
        "tasks": [_task(each, labels, found, stands_in, beside.get(each.node, []), is_mine=str(each.id) in todo) for each in tasks],
        "notes": [
            {
                "at": instant(at), "kind": kind, "member": member_or_none(found, member), "node": node,
                "node_label": labels.get(node or ""), "comment": comment, "more": _more(more or {}, found, labels),
            }
            for at, kind, member, _, node, comment, more in notes
        ],
        "may": _may(ctx, one, tasks, my_task, nodes),
        "not_askable": askable.left_out(ctx, one, tasks) if takes_part(ctx, one, tasks) else [],
        "returnable": [{"id": key, "title": labels.get(key, key)} for key in back],
        "error": said(ctx.language, one.error["code"], one.error.get("params") or {}) if one.error else None,
    }  # fmt: skip


def _named(more: Mapping[str, Any]) -> list[UUID]:
    """The people whom a line of the history names beside whoever did it."""
    return [UUID(one) for one in (more.get("to"), more.get("for"), *more.get("people", ())) if one and _is_id(one)]


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _more(more: Mapping[str, Any], found: Titles, labels: Mapping[str, str]) -> NoteDetails:
    to, whose = more.get("to"), more.get("for")
    if flow := more.get("flow"):
        return {"to": named(found, "flow", UUID(flow)), "instead_of": None, "people": [], "why": None, "files": []}
    return {
        "to": None
        if not to
        else member_or_none(found, UUID(to))
        if _is_id(to)
        else {"id": to, "title": labels.get(to)},
        "instead_of": member_or_none(found, UUID(whose)) if whose else None,
        "people": [named(found, "member", UUID(one)) for one in more.get("people", ())],
        "why": more.get("why"),
        "files": list(more.get("files", ())),
    }


def _may(ctx: Context, one: Approval, tasks: Sequence[Task], task: Task | None, nodes: Mapping[str, Any]) -> list[str]:
    """What the reader may do now."""
    found = []
    if task is not None and one.state == "pending":
        found += ["approve", "transfer", "add", "return"]
        if "rejected" in ports_of(nodes[task.node]):
            found.append("reject")
    if one.submitter in mine(ctx, "to_do"):
        if one.state in ("pending", "returned"):
            found.append("withdraw")
        if one.state == "pending":
            found.append("urge")
        if one.state == "returned":
            found.append("resubmit")
    elif ctx.actor.may("automation") and one.state in ("pending", "returned"):
        found.append("withdraw")
        if one.state == "pending" and any(each.state in OPEN and each.kind != "cc" for each in tasks):
            found.append("reassign")
    if one.op == "export" and one.state == "approved" and one.submitter == ctx.actor.member_id:
        found.append("download")
    return [*found, "comment"]


def _item(
    one: Approval, tasks: Sequence[Task], own: Task | None, steps: Mapping[str, str], found: Titles
) -> ApprovalItem:
    return {
        "id": str(one.id), "flow": named(found, "flow", one.flow), "object": one.object,
        "record": _about(one, found), "title": one.title, "op": one.op, "state": one.state,
        "submitter": member_or_none(found, one.submitter), "submitted_at": instant(one.submitted_at),
        "ended_at": instant_or_none(one.ended_at), "task": str(own.id) if own else None,
        "step": steps.get(own.node, own.node) if own else None,
        "waits_for": [
            named(found, "member", member)
            for member in dict.fromkeys(task.assignee for task in tasks if task.state == "open" and task.kind != "cc")
        ],
    }  # fmt: skip


def _task(
    task: Task,
    labels: Mapping[str, str],
    found: Titles,
    stands_in: Mapping[UUID, list[Reference]],
    beside: list[str],
    *,
    is_mine: bool,
) -> ApprovalTask:
    return {
        "id": str(task.id), "node": task.node, "node_label": labels.get(task.node, task.node), "round": task.round,
        "kind": cast("Any", task.kind),
        "assignee": {**named(found, "member", task.assignee), "stands_in": stands_in.get(task.assignee, []) if task.state in OPEN else []},
        "is_mine": is_mine, "beside": beside,
        "state": task.state, "comment": task.comment, "due_at": instant_or_none(task.due_at), "created_at": instant(task.created_at),
        "acted_at": instant_or_none(task.acted_at), "acted_by": member_or_none(found, task.acted_by), "urged_at": instant_or_none(task.urged_at),
    }  # fmt: skip


def _sees_record(ctx: Context, one: Approval) -> bool:
    if one.object is None or one.record is None or one.object not in ctx.snapshot.objects:
        return False
    return bool(ctx.actor.rights(one.object).reads and reads.visible(ctx, one.object, [one.record]))


def _about(one: Approval, found: Titles) -> Reference | None:
    key = (one.object or "", one.record)
    return named(found, one.object or "", one.record) if one.record and key in found else None
