"""The way a change would take before it is submitted: nodes, people, and how long it has taken others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import kinds
from guanxi.capabilities.approvals.asking import who_is_asked
from guanxi.capabilities.approvals.held import Held, image_of
from guanxi.capabilities.approvals.rules import Asked
from guanxi.capabilities.approvals.shapes import RehearsedStep
from guanxi.capabilities.approvals.standing import standing_in
from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.definition import Definition, Node
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.kinds.logic import Branch
from guanxi.capabilities.flows.live import Flow
from guanxi.capabilities.flows.people import Subject
from guanxi.capabilities.flows.told import label_of, named
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.rules.images import Image
from guanxi.engine.records.titles import titles


def way(ctx: Context, flows: Sequence[Flow], held: Held) -> list[RehearsedStep]:
    """The nodes of people of several flows, which are asked one after the other."""
    obj = ctx.object(held.object)
    image = image_of(ctx, obj, held.record, held.values, ctx.author)
    return [step for one in flows for step in steps(ctx, one, obj, image, ctx.author)]


def steps(ctx: Context, flow: Flow, obj: Object, image: Image, submitter: UUID | None) -> list[RehearsedStep]:
    """The nodes of people that would be come to if nobody rejects, in order."""
    if flow.version is None:
        return []
    nodes = list(_way(ctx, flow.version.definition.nodes, flow.version.definition.start, obj, image))
    hours = usual_hours(ctx, flow.id)
    beside = side_by_side(flow.version.definition, [node.id for node in nodes])
    earlier: set[UUID] = set()
    found: list[RehearsedStep] = []
    for node in nodes:
        subject = Subject(obj.key, image.id, image.values, submitter)
        choose = kinds.is_chosen(node)
        # Nobody is named where the submitter names everybody: not even those who stand in where nobody is found.
        unnamed = choose and not people.resolve(ctx, node.settings["people"], subject)
        who = Asked() if unnamed else who_is_asked(ctx, node.settings, subject, earlier)
        earlier.update(who.people)
        stands_in = standing_in(ctx, who.people)
        told = titles(ctx.as_system(), {("member", one) for one in who.people})
        found.append(
            {
                "flow": {"id": str(flow.id), "title": flow.name}, "choose": choose, "node": node.id, "label": label_of(ctx, node), "kind": node.kind, "mode": node.settings.get("mode"),
                "people": [{**named(told, "member", one), "stands_in": stands_in.get(one, [])} for one in who.people],
                "automatic": who.decided or ("approved" if who.passed and not who.people else None),
                "hours": hours.get(node.id), "beside": beside.get(node.id, []),
            }
        )  # fmt: skip
    return found


def side_by_side(definition: Definition, nodes: Sequence[str]) -> dict[str, list[str]]:
    """Of nodes on one way, those that stand beside each: neither comes after the other."""
    after = {one: definition.after(one) for one in dict.fromkeys(nodes) if one in definition.nodes}
    return {
        one: [each for each in after if each != one and each not in later and one not in after[each]]
        for one, later in after.items()
    }


def usual_hours(ctx: Context, flow: UUID) -> dict[str, float]:
    """How many hours the last 200 decisions at each node of a flow have taken, in the middle."""
    rows = ctx.run(
        "SELECT node, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acted_at - created_at) / 3600)"
        " FROM (SELECT t.node, t.acted_at, t.created_at, row_number() OVER (PARTITION BY t.node ORDER BY t.acted_at DESC)"
        " AS n FROM sys_approval_task t JOIN sys_approval a ON a.id = t.approval WHERE a.flow = $1"
        " AND t.acted_by IS NOT NULL) last WHERE n <= 200 GROUP BY node",
        [flow],
    )
    return {node: round(float(hours), 1) for node, hours in rows}


def _way(
    ctx: Context, nodes: Mapping[str, Node], start: str | None, obj: Object, image: Image
) -> Iterator[Node]:  # fmt: skip
    """The nodes of people in the order in which they are come to: branches as conditions say, parallel ways one by one."""
    seen: set[str] = set()
    waiting = [start] if start else []
    while waiting:
        node = nodes.get(waiting.pop(0))
        if node is None or node.id in seen:
            continue
        kind = step_kinds().get(node.kind)
        if _joins(node) and not all(_joins(nodes[one]) for one in waiting if one in nodes and one not in seen):
            waiting.append(node.id)  # what meets here comes first
            continue
        seen.add(node.id)
        if isinstance(kind, kinds.Approve | kinds.Copy):
            yield node
        waiting = [*_onward(ctx, node, kind, obj, image), *waiting]


def _joins(node: Node) -> bool:
    kind = step_kinds().get(node.kind)
    return kind is not None and kind.joins


def _onward(ctx: Context, node: Node, kind: Any, obj: Object, image: Image) -> Sequence[str]:
    if isinstance(kind, Branch):
        ports: Sequence[str] = kind.ways(ctx, obj, node.settings, [image])
    elif isinstance(kind, kinds.Approve):
        ports = ["approved"]
    elif kind is None:
        ports = []
    else:
        ports = kind.ports(node.settings)
    return [node.next[port] for port in ports if port in node.next]
