"""Publishing a flow: its draft becomes a version that is never changed, and what new runs begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from typing_extensions import TypedDict

from guanxi.capabilities.flows import crowding, saved_filters
from guanxi.capabilities.flows.checking import check
from guanxi.capabilities.flows.definition import Node, Problem, Trigger, read
from guanxi.capabilities.flows.hooks import lends_all_rights, not_lent
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.live import ACTIVE, live
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Conflict, NotAllowed
from guanxi.infra.http.shapes import Id
from guanxi.infra.i18n import sentence
from guanxi.kit.ids import uuid7


class FlowProblem(TypedDict):
    """What is wrong with a draft: at which node or trigger, in which setting, in the reader's words; ``step`` and ``about``
    are what people call these."""

    at: str | None
    setting: str | None
    step: str | None
    about: str | None
    code: str
    says: str


@dataclass(frozen=True)
class PublishFlow:
    """The flow; ``note`` says what is new. With ``rev`` a draft that somebody changed since is not published."""

    flow: UUID
    note: str | None = None
    rev: int | None = None


class PublishedFlow(TypedDict):
    """The version that new runs begin with from now on."""

    flow: Id
    version: int


@action("flows.publish", params=PublishFlow, permission="automation")
def publish(ctx: Context, params: PublishFlow) -> PublishedFlow:
    """Publish the draft of a flow and switch it on; runs that go on keep to the version they began with.

    Conflict ``flows.not_right`` with everything that is wrong when the draft does not make sense, ``records.stale`` when it
    is another one than was seen.
    """
    found = reads.native(ctx, "flow", [params.flow], ["definition", "run_as", "owner"]).get(params.flow)
    if found is None:
        reads.get(ctx, "flow", params.flow, ["name"])  # refuses in the usual words
        raise AssertionError
    if refused := not_lent(ctx, found["run_as"], found["owner"]):
        raise NotAllowed(refused.code)
    problems = problems_of(ctx, found["definition"])
    if problems:
        raise Conflict(
            "flows.not_right", {"count": len(problems), "problems": told(ctx, problems, found["definition"])}
        )
    ((number,),) = ctx.run("SELECT coalesce(max(number), 0) + 1 FROM sys_flow_version WHERE flow = $1", [params.flow])
    ctx.run(
        "INSERT INTO sys_flow_version (id, flow, number, definition, run_as, note, published_at, published_by)"
        " VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8)",
        [
            uuid7(), params.flow, number, orjson.dumps(found["definition"]).decode(), found["run_as"], params.note,
            ctx.now, ctx.author,
        ],
    )  # fmt: skip
    before = live(ctx).flows.get(params.flow)
    if before and before.version and before.version.definition.at_once != read(found["definition"])[0].at_once:
        crowding.let_all_in(ctx, params.flow)
    new = {"number": number, "state": ACTIVE}
    # The version's number is the product's to write; the right to publish was asked for above.
    writes.update(ctx.as_system(), "flow", [writes.Change(params.flow, new, params.rev)])
    return {"flow": str(params.flow), "version": number}


def problems_of(ctx: Context, data: Any) -> list[Problem]:
    """Everything that is wrong with a definition in JSON, for whoever asks: nobody has flows ask about what they may not
    read themselves, be it that they may give flows all rights.
    """
    definition, problems = read(data)
    lends = ctx.actor.is_system or lends_all_rights(ctx)
    snapshot = ctx.snapshot if lends else ctx.guard().readable()
    return [*problems, *check(snapshot, definition), *saved_filters.problems(ctx, definition)]


def told(ctx: Context, problems: Sequence[Problem], data: Any) -> list[FlowProblem]:
    """Problems of a definition in JSON in the reader's words."""
    definition, _ = read(data)
    parts = {**definition.nodes, **{one.id: one for one in definition.triggers}}
    found: list[FlowProblem] = []
    for one in problems:
        part = parts.get(one.at or "")
        step, about = _called(ctx.language, part, one.setting) if part else (None, None)
        found.append({
            "at": one.at, "setting": one.setting, "step": step, "about": about, "code": one.code,
            "says": said(ctx.language, one.code, one.params),
        })  # fmt: skip
    return found


def _called(language: str, part: Node | Trigger, setting: str | None) -> tuple[str, str | None]:
    """What people call a step or a trigger, and one of its settings."""
    own = part.label.get(language) if isinstance(part, Node) else None
    kind = step_kinds().get(part.kind) if isinstance(part, Node) else trigger_kinds().get(part.kind)
    if kind is None:
        return own or part.kind, setting
    label = next((one.label for one in kind.settings_schema() if one.name == setting), {})
    return own or kind.label.get(language, part.kind), label.get(language, setting)


def said(language: str, code: str, params: Mapping[str, Any]) -> str:
    """A sentence in the reader's language; what it names may be known in several."""
    named = {
        name: value.get(language, value) if isinstance(value, Mapping) else value for name, value in params.items()
    }
    return sentence(code, named, language)
