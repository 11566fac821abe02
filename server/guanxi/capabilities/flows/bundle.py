"""Flows as a section of configuration files: what is published, and drafts of those that never were.

People, roles and departments are told by name as everywhere in those files; secrets are named and never told. A flow
that is on comes as a version of its own: it is published where the files are applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.live import ACTIVE, DRAFT, PAUSED
from guanxi.capabilities.flows.publishing import PublishFlow, problems_of, publish
from guanxi.engine.bundles.items import Item
from guanxi.engine.bundles.records import RecordSection
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import FieldError, Invalid


class FlowSection(RecordSection):
    """Records of flows, with what is published of them.

    They are written with the rights of whoever applies the files, who must be one who may write such flows.
    """

    def items(self, ctx: Context) -> Iterable[Item]:
        """The flows, those that were published as they run."""
        published = _published(ctx)
        for item in super().items(ctx):
            known = published.get(item.record) if item.record else None
            if known is None or item.values.get("state") == DRAFT:
                yield item
            else:
                definition, run_as = known
                yield replace(item, values={**item.values, "definition": definition, "run_as": run_as})

    def create(self, ctx: Context, values: Sequence[Mapping[str, Any]]) -> list[UUID]:
        """Drafts, until everything that they name is there."""
        return writes.create(ctx, self.object, [{**one, "state": DRAFT} for one in values])

    def update(self, ctx: Context, changes: Sequence[writes.Change]) -> None:
        """What is said of them; what they do from now on is published at the end."""
        kept = [
            writes.Change(one.id, {name: value for name, value in one.values.items() if name != "state"})
            for one in changes
        ]
        writes.update(ctx, self.object, [one for one in kept if one.values])

    def delete(self, ctx: Context, records: Sequence[UUID]) -> None:
        """Into the bin."""
        writes.delete(ctx, self.object, records)

    def settle(self, ctx: Context, wanted: Sequence[tuple[UUID, Mapping[str, Any]]]) -> None:
        """Publish those that are to be on or paused, as far as they are not published like that."""
        published = _published(ctx)
        states = reads.native(
            ctx.as_system(), self.object, [one for one, _ in wanted], ["definition", "run_as", "state"]
        )
        errors = []
        for row, (record, values) in enumerate(wanted):
            now = states[record]
            if values["state"] in (ACTIVE, PAUSED) and published.get(record) != (now["definition"], now["run_as"]):
                problems = problems_of(ctx, now["definition"])
                errors += [FieldError(f"definition.{one.at or ''}", one.code, one.params, row) for one in problems]
                if not problems:
                    publish(ctx, PublishFlow(record))
                    now["state"] = ACTIVE
            if not errors and now["state"] != values["state"]:
                writes.update(ctx, self.object, [writes.Change(record, {"state": values["state"]})])
        if errors:
            raise Invalid(errors)


def _published(ctx: Context) -> dict[UUID, tuple[Any, str]]:
    """By flow the definition that it runs, and with whose rights."""
    rows = reads.native(ctx.as_system(), "flow", reads.ids(ctx.as_system(), "flow", None), ["number"])
    found = ctx.run(
        "SELECT v.flow, v.definition, v.run_as FROM sys_flow_version v"
        " JOIN unnest($1::uuid[], $2::int[]) AS w(flow, number) USING (flow, number)",
        [list(rows), [row["number"] for row in rows.values()]],
    )
    return {flow: (definition, run_as) for flow, definition, run_as in found}


FLOWS = FlowSection(
    name="flow",
    object="flow",
    attributes=("name", "description", "kind", "object", "definition", "run_as", "own_effects", "state"),
    folder="flows/{id}.toml",
    natural=("name",),
    # Taken back as they came, the number of the version too, which nobody writes themselves.
    as_system=True,
    right="automation",
)
