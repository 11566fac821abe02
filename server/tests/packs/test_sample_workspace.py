"""The sample in a workspace: what is there, who sees what of it, and how it goes away."""

from datetime import UTC, datetime, timedelta

import pytest

from guanxi.engine import actions
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import history, reads, undo, writes
from guanxi.engine.records.counts import count
from guanxi.infra.errors import NotAllowed
from guanxi.packs.sample.sign_ins import SIGN_INS
from tests.support.databases import using

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_database(server, empty_template):
    """The name of a database with the sample workspace in it."""
    from guanxi.app import installation
    from guanxi.packs.sample.workspace import create_sample

    name = server.create("sample", empty_template)
    with using(name):
        workspace = create_sample(installation.definitions(), installation.seeds(), now=NOW)
        installation.finish_deferred(workspace.schema)
    yield name
    server.drop(name)


@pytest.fixture
def sample(sample_database):
    """A function from the part before the @ of a sign-in to the workspace and its actor; rolled back."""
    from django.db import transaction

    from guanxi.capabilities.identity.models import Membership
    from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of

    def of(name):
        row = Membership.objects.select_related("workspace", "account").get(account__email=f"{name}@guanxi.local")
        actor = organisation_of(row.workspace).actor(row.member_id, row.account_id)
        return engine_workspace(row.workspace), actor

    with using(sample_database), transaction.atomic():
        yield of
        transaction.set_rollback(True)


def counts(ctx):
    return {key: count(ctx, key).value for key in ctx.snapshot.objects}


def test_about_three_thousand_records(sample):
    workspace, _ = sample("admin")
    with work(workspace, SYSTEM, via="cli") as ctx:
        found = counts(ctx)

    assert found["member"] == 15
    assert 2_500 <= sum(found.values()) <= 5_000


def test_each_of_the_sign_ins_works(sample):
    from django.contrib.auth import authenticate
    from django.test import RequestFactory

    for entry in SIGN_INS:
        account = authenticate(RequestFactory().post("/"), email=entry["email"], password=entry["password"])
        assert account is not None
        assert sample(entry["email"].partition("@")[0])[1].roles == (entry["role"],)


def test_everybody_sees_their_part(sample):
    seen = {}
    for name in ("sales", "manager", "admin"):
        workspace, actor = sample(name)
        with work(workspace, actor, via="ui") as ctx:
            seen[name] = count(ctx, "opportunity").value

    assert 0 < seen["sales"] < seen["manager"] < seen["admin"]


def test_history_is_told_by_those_who_made_it_and_when(sample):
    workspace, actor = sample("admin")
    with work(workspace, actor, via="ui") as ctx:
        won = reads.ids(ctx, "opportunity", {"field": "status", "op": "eq", "value": "won"})[0]
        deal = reads.get(ctx, "opportunity", won)
        steps = reads.page(
            ctx,
            "stage_change",
            reads.Query(where={"field": "opportunity", "op": "eq", "value": str(won)}, sort=(("entered_at", "asc"),)),
        ).rows
        items = history.timeline(ctx, "opportunity", won, kinds=("change",)).items

    assert [item["op"] for item in items] == ["update"] * len(steps) + ["create"]
    assert {item["by"]["title"] for item in items} == {deal["owner"]["title"]}
    assert [item["at"] for item in items[::-1]] == [deal["created_at"], *(step["entered_at"] for step in steps)]
    assert deal["stage_since"] == steps[-1]["entered_at"]
    assert all(float(step["days"]) >= 0 for step in steps)


def test_history_reaches_back_a_year(sample):
    workspace, actor = sample("admin")
    with work(workspace, actor, via="ui") as ctx:
        page = reads.page(ctx, "company", reads.Query(select=("created_at",), sort=(("created_at", "asc"),), limit=1))

    assert NOW - timedelta(days=380) < datetime.fromisoformat(page.rows[0]["created_at"]) < NOW - timedelta(days=300)


def test_removal_takes_the_sample_and_leaves_what_was_added(sample):
    workspace, actor = sample("admin")
    with work(workspace, actor, via="ui") as ctx:
        company, contact = reads.ids(ctx, "company", None)[0], reads.ids(ctx, "contact", None)[0]
        seller = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": "sales@guanxi.local"})[0]
        (own,) = writes.create(ctx, "contact", [{"name": "真实联系人", "company": company}])
        about = {"object": "company", "id": company}
        (note,) = writes.create(ctx, "note", [{"body": "真实记录", "about": about, "owner": seller}])
        meeting = {"subject": "会议", "starts_at": NOW, "attendees": [contact, own]}
        (meeting,) = writes.create(ctx, "meeting", [meeting])
        before = counts(ctx)

    with work(workspace, actor, via="ui") as ctx:
        actions.run(ctx, "sample.remove_sample_data", {})
        removal = ctx.change_set
        after = counts(ctx)

        assert {key: count for key, count in after.items() if count} == {
            "contact": 1, "note": 1, "meeting": 1, "member": 1, "pipeline": 1, "stage": 7, "tag": 13, "role": 5,
            "unit_of_measure": 13, "tax_rate": 5, "grading_model": 1, "grading_rule": 13,
        }  # fmt: skip
        assert reads.native(ctx, "contact", [own], ("company",))[own]["company"] is None
        kept = reads.native(ctx, "note", [note], ("about", "owner"))[note]
        assert (kept["about"], kept["owner"]) == (None, actor.member_id)
        assert reads.native(ctx, "meeting", [meeting], ("attendees",))[meeting]["attendees"] == (own,)

    with work(workspace, actor, via="undo") as ctx:
        undo.undo(ctx, removal)

        assert counts(ctx) == before


def test_who_removed_members_cannot_sign_in(sample):
    from guanxi.capabilities.identity.models import Membership

    workspace, actor = sample("admin")
    with work(workspace, actor, via="ui") as ctx:
        actions.run(ctx, "sample.remove_sample_data", {})

    open_ = Membership.objects.filter(workspace_id=workspace.id, is_active=True)
    assert [row.account.email for row in open_] == ["admin@guanxi.local"]


def test_only_who_configures_may_remove_it(sample):
    workspace, actor = sample("manager")
    with work(workspace, actor, via="ui") as ctx:
        before = counts(ctx.as_system())
        with pytest.raises(NotAllowed):
            actions.run(ctx, "sample.remove_sample_data", {})

        assert counts(ctx.as_system()) == before


def test_the_shipped_flows_are_there_and_some_are_on(sample):
    from guanxi.capabilities.flows.live import live
    from guanxi.capabilities.flows.templates import templates

    workspace, admin = sample("admin")
    with work(workspace, SYSTEM, via="cli") as ctx:
        flows = live(ctx).flows.values()
        on = {flow.name for flow in flows if flow.is_on}

    assert {flow.name for flow in flows} == {one.name["zh-CN"] for one in templates()}
    assert on == {"客户未跟进预警", "生日提醒", "续约提醒"}
    assert {flow.owner for flow in flows} == {admin.member_id}
