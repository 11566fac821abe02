"""Which flows are switched on: their published versions, read once for every change of any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import saved_filters
from guanxi.capabilities.flows.definition import Definition, Trigger, read
from guanxi.capabilities.flows.triggers.base import change_triggers
from guanxi.engine.context import Context
from guanxi.engine.records import reads

DRAFT, ACTIVE, PAUSED = "draft", "active", "paused"
OWNER, STARTER, SYSTEM_ACTOR = "owner", "starter", "system"
"""With whose rights runs act: those of the flow's owner, of whoever set it off, or all rights."""
MARK = "flows"
REMEMBERED = 2_000
"""Published versions that a process remembers, of all workspaces."""
_kept: dict[str, tuple[str | None, Live]] = {}
_versions: dict[tuple[str, UUID], Version] = {}


@dataclass(frozen=True)
class Version:
    """A published version of a flow, which is never changed."""

    id: UUID
    flow: UUID
    number: int
    definition: Definition
    run_as: str


@dataclass(frozen=True)
class Flow:
    """A flow as it stands: ``version`` is what new runs begin with; None before anything was published."""

    id: UUID
    name: str
    owner: UUID | None
    state: str
    version: Version | None
    own_effects: bool
    """Whether what it does itself may set it off again."""

    @property
    def is_on(self) -> bool:
        """Whether it starts."""
        return self.state == ACTIVE and self.version is not None


@dataclass(frozen=True)
class Live:
    """Every flow of a workspace by its id; ``stopped`` when an administrator has stopped all of them."""

    flows: Mapping[UUID, Flow]
    stopped: bool

    @cached_property
    def by_object(self) -> Mapping[str, tuple[tuple[Flow, Trigger], ...]]:
        """What changes of an object's records may set off."""
        kinds = change_triggers()
        found: dict[str, list[tuple[Flow, Trigger]]] = {}
        for flow in self.flows.values():
            if flow.is_on and flow.version is not None and flow.version.definition.object:
                mine = [(flow, one) for one in flow.version.definition.triggers if one.kind in kinds]
                found.setdefault(flow.version.definition.object, []).extend(mine)
        return {key: tuple(ones) for key, ones in found.items()}

    @cached_property
    def by_kind(self) -> Mapping[tuple[str, str], tuple[tuple[Flow, Trigger], ...]]:
        """Triggers by object and kind, of flows that are switched off too."""
        found: dict[tuple[str, str], list[tuple[Flow, Trigger]]] = {}
        for flow in self.flows.values():
            definition = flow.version.definition if flow.version else None
            if definition is not None:
                for one in definition.triggers:
                    found.setdefault((definition.object or "", one.kind), []).append((flow, one))
        return {key: tuple(ones) for key, ones in found.items()}

    @cached_property
    def idle(self) -> frozenset[UUID]:
        """Flows whose runs stand still."""
        return frozenset(flow.id for flow in self.flows.values() if flow.state == PAUSED)


def live(ctx: Context) -> Live:
    """The flows of the workspace as they are in this transaction."""
    mark = ctx.marks.get(MARK)
    known = _kept.get(ctx.workspace.schema)
    if known is not None and known[0] == mark:
        return known[1]
    ((stopped,),) = ctx.run("SELECT stopped_at IS NOT NULL FROM sys_automation")
    found = Live({flow.id: flow for flow in _with_views(ctx, _flows(ctx))}, stopped)
    _kept[ctx.workspace.schema] = (mark, found)
    return found


def flows_changed(ctx: Context) -> None:
    """Have everybody read the flows anew from this commit on."""
    ctx.mark(MARK)


def version_of(ctx: Context, id_: UUID) -> Version | None:
    """A published version; a run keeps to its own, however old. Since it never changes, the process remembers it."""
    known = _versions.get((ctx.workspace.schema, id_))
    if known is not None:
        return known
    rows = ctx.run("SELECT id, flow, number, definition, run_as FROM sys_flow_version WHERE id = $1", [id_])
    if not rows:
        return None
    found = _version(rows[0])
    if len(_versions) >= REMEMBERED:
        _versions.clear()
    _versions[ctx.workspace.schema, id_] = found
    return found


def _flows(ctx: Context) -> list[Flow]:
    if "flow" not in ctx.snapshot.objects:
        return []
    system = ctx.as_system()
    rows = reads.native(
        system, "flow", reads.ids(system, "flow", None), ("name", "owner", "state", "number", "own_effects")
    )
    versions = {
        version.flow: version
        for version in map(
            _version,
            ctx.run(
                "SELECT v.id, v.flow, v.number, v.definition, v.run_as FROM sys_flow_version v"
                " JOIN unnest($1::uuid[], $2::int[]) AS w(flow, number) USING (flow, number)",
                [list(rows), [row["number"] for row in rows.values()]],
            ),
        )
    }
    return [
        Flow(id_, row["name"], row["owner"], row["state"], versions.get(id_), bool(row["own_effects"]))
        for id_, row in rows.items()
    ]


def _with_views(ctx: Context, flows: Sequence[Flow]) -> list[Flow]:
    """The flows with what the views ask that set them off."""
    named = [one for flow in flows if flow.version for one in flow.version.definition.triggers]
    views = saved_filters.filters(ctx, named)
    return [
        replace(flow, version=replace(flow.version, definition=saved_filters.resolved(flow.version.definition, views)))
        if flow.version
        else flow
        for flow in flows
    ]


def _version(row: Any) -> Version:
    id_, flow, number, definition, run_as = row
    return Version(id_, flow, number, read(definition)[0], run_as)
