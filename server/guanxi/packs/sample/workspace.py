"""Makes the sample workspace: its people, and the year that lies behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from guanxi.capabilities.flows import templates
from guanxi.capabilities.flows.publishing import PublishFlow, publish
from guanxi.capabilities.identity import roles
from guanxi.capabilities.identity.workspaces import NewMember, add_member, create_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.definitions import ObjectDefinition
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.packs.sample.assignment import assignment
from guanxi.packs.sample.cash import orders
from guanxi.packs.sample.competitors import competitors
from guanxi.packs.sample.contracts import contracts
from guanxi.packs.sample.enablement import enablement
from guanxi.packs.sample.forecast import forecasts
from guanxi.packs.sample.generator import drafts
from guanxi.packs.sample.grading import grades
from guanxi.packs.sample.organisation import ADMINISTRATOR, DEPARTMENTS, HEADS, PEOPLE, POSITIONS, STANDS_IN
from guanxi.packs.sample.pools import pools
from guanxi.packs.sample.probability import probabilities
from guanxi.packs.sample.sign_ins import PASSWORD, SIGN_INS
from guanxi.packs.sample.web_forms import web_forms
from guanxi.packs.sample.writer import Writer

SLUG, NAME = "yunfan", "云帆软件（示例）"
SWITCHED_ON = frozenset({"idle_customer", "birthday", "renewal"})
"""Shipped flows that are on; the others are drafts to look through."""
LABEL = {"action": "sample.create_sample_data"}
"""Label of the change set that holds everything the sample consists of."""


def create_sample(
    definitions: Iterable[ObjectDefinition],
    seeds: Iterable[Callable[[Context], None]],
    *,
    now: datetime | None = None,
) -> Workspace:
    """A new workspace with sample data, all or nothing; takes some seconds. Dates are told relative to `now`."""
    with transaction.atomic():
        first = NewMember(ADMINISTRATOR.email, ADMINISTRATOR.name, PASSWORD, (ADMINISTRATOR.role,))
        workspace = create_workspace(
            slug=SLUG, name=NAME, definitions=definitions, administrator=first, seeds=seeds, is_sample=True
        )
        with work(workspace, SYSTEM, via="system", label=LABEL, now=now) as ctx:
            fill(ctx)
    return workspace


def fill(ctx: Context) -> None:
    """The sample's people and records, in a workspace that has its administrator and first records."""
    paper = drafts(ctx.now, ZoneInfo(ctx.workspace.time_zone))
    members = _organisation(ctx)
    writer = Writer(ctx, members)
    writer.write(paper)
    writer.carry_on(paper)
    pools(ctx, members)
    orders(ctx)
    contracts(ctx)
    web_forms(ctx, members)
    assignment(ctx, members)
    grades(ctx)
    competitors(ctx)
    enablement(ctx)
    probabilities(ctx)
    forecasts(ctx, members)
    _flows(ctx, members[ADMINISTRATOR.key])


def _flows(ctx: Context, owner: UUID) -> None:
    """The shipped flows, those that disturb nobody switched on; they act with the rights of their owner."""
    for template in templates.templates():
        made = templates.make(ctx, template, owner)
        if template.key in SWITCHED_ON:
            publish(ctx, PublishFlow(made))


def _organisation(ctx: Context) -> dict[str, UUID]:
    """Departments and members; ids of the members by their keys."""
    departments: dict[str, UUID] = {}
    for place, (name, parent) in enumerate(DEPARTMENTS, 1):
        values = {"name": name, "parent": departments[parent] if parent else None, "position": place * 10}
        (departments[name],) = writes.create(ctx, "department", [values])
    signing_in = {entry["email"] for entry in SIGN_INS}
    members: dict[str, UUID] = {}
    for person in PEOPLE:
        values = {
            "title": person.title,
            "department": departments[person.department],
            "manager": members[person.manager] if person.manager else None,
            "language": None,  # whoever tries the sample reads it in the language of their browser
        }
        if person is ADMINISTRATOR:
            (member,) = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": person.email})
            writes.update(ctx, "member", [Change(member, values)])
        elif person.email in signing_in:
            member = add_member(ctx, NewMember(person.email, person.name, PASSWORD, (person.role,)), **values)
        else:
            values |= {"name": person.name, "email": person.email, "status": "active"}
            values["roles"] = roles.role_ids(ctx, (person.role,))
            (member,) = writes.create(ctx, "member", [values])
        members[person.key] = member
    _more_places(ctx, departments, members)
    return members


def _more_places(ctx: Context, departments: Mapping[str, UUID], members: Mapping[str, UUID]) -> None:
    """Who leads which department, who works in another one as well, and who stands in for a colleague."""
    heads = [Change(departments[name], {"head": members[head]}) for name, head in HEADS.items()]
    writes.update(ctx, "department", heads)
    rows = [{"member": members[who], "department": departments[where], "title": as_} for who, where, as_ in POSITIONS]
    writes.create(ctx, "position", rows)
    away, delegate, note = STANDS_IN
    today = ctx.today
    delegation = {
        "member": members[away], "delegate": members[delegate], "note": note,
        "begins_on": today - timedelta(days=3), "ends_on": today + timedelta(days=11),
    }  # fmt: skip
    writes.create(ctx, "delegation", [delegation])
