"""How decisions at the nodes of a flow go: how many, how long they take, how many are rejected or late."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from guanxi.capabilities.approvals.shapes import ApprovalStatistics, NodeStatistics
from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.told import label_of
from guanxi.engine.context import Context
from guanxi.engine.records import reads

LONGEST = 366


def of_flow(ctx: Context, flow: UUID, days: int) -> ApprovalStatistics:
    """The nodes of a flow at which people are asked, in the order in which they stand in it; of the last days, and how
    many wait now. NotFound for a flow that the actor does not see.
    """
    reads.get(ctx, "flow", flow, ["name"])
    rows = ctx.run(
        "SELECT node, count(*) FILTER (WHERE decided), count(*) FILTER (WHERE decided AND state = 'rejected'),"
        " count(*) FILTER (WHERE state = 'returned'),"
        " count(*) FILTER (WHERE state IN ('approved', 'rejected') AND NOT decided),"
        " count(*) FILTER (WHERE decided AND due_at < acted_at), count(*) FILTER (WHERE waits),"
        " count(*) FILTER (WHERE waits AND due_at < $3), avg(hours) FILTER (WHERE decided),"
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FILTER (WHERE decided) FROM ("
        "SELECT t.node, t.state, t.due_at, t.acted_at, t.state = 'open' AND a.state = 'pending' AS waits,"
        " t.state IN ('approved', 'rejected') AND t.acted_by IS NOT NULL AS decided,"
        " extract(epoch FROM t.acted_at - t.created_at) / 3600 AS hours"
        " FROM sys_approval_task t JOIN sys_approval a ON a.id = t.approval"
        " WHERE a.flow = $1 AND t.kind <> 'cc' AND (t.acted_at >= $2 OR t.state = 'open')) one GROUP BY node",
        [flow, ctx.now - timedelta(days=days), ctx.now],
    )
    known = live(ctx).flows.get(flow)
    nodes = known.version.definition.nodes if known and known.version else {}
    order = {node: place for place, node in enumerate(nodes)}
    found: list[NodeStatistics] = [
        {
            "node": node, "label": label_of(ctx, nodes[node]) if node in nodes else node, "decided": decided,
            "rejected": rejected, "returned": returned, "automatic": automatic, "late": late, "waiting": waiting,
            "overdue": overdue, "average_hours": _rounded(average), "median_hours": _rounded(median),
        }
        for node, decided, rejected, returned, automatic, late, waiting, overdue, average, median in rows
    ]  # fmt: skip
    return {"days": days, "nodes": sorted(found, key=lambda one: (order.get(one["node"], len(order)), one["node"]))}


def _rounded(hours: object) -> float | None:
    return None if hours is None else round(float(str(hours)), 2)
