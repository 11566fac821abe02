"""Measures of a workspace of very many objects and fields: reading its catalog, and copying its configuration."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench import build
from bench.measure import Floor, Result, Session, body, result
from bench.world import Size

WIDE_OBJECTS, WIDE_FIELDS = 200, 50


def many_objects(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """A workspace of 200 objects with 50 fields each: reading its catalog for the first time in a process and again
    after each change, and the first request after a change.
    """
    from django.db import connection

    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.objects import catalog

    workspace = _wide()
    person = Session(build.ADMINISTRATOR, slug=workspace.slug)
    places = iter(range(10**6))

    def change() -> None:
        asked = {"object": "wide_0", "values": {"position": 100 + next(places)}}
        person.send("POST", "/actions/design/update-object", {"params": asked})

    def load(before: Callable[[], None]) -> float:
        with work(workspace, SYSTEM, via="system") as ctx:
            before()
            begun = time.perf_counter()
            catalog.load(ctx.cursor, workspace.schema, ctx.snapshot.version)
            return (time.perf_counter() - begun) * 1000

    few = max(5, rounds // 6)
    first = []
    for _ in range(few):
        change()
        begun = time.perf_counter()
        person.send("GET", "/records/wide_1?limit=50")
        first.append((time.perf_counter() - begun) * 1000)
    again = [load(change) for _ in range(few)]
    whole = [load(lambda: catalog.forget(workspace.schema)) for _ in range(few)]
    connection.close()
    fields = WIDE_OBJECTS * WIDE_FIELDS
    return [
        result("catalog of 200 x 50 fields, the first time", "administrator", fields, whole),
        result("catalog of 200 x 50 fields, after a change", "administrator", fields, again),
        result("first request after a change", "administrator", fields, first),
    ]


def configuration_clone(session: Session, floor: Floor, actor: str, rounds: int, size: Size) -> list[Result]:
    """A sandbox of the workspace of 200 objects, without its data, from the wish to the end."""
    person = Session(build.ADMINISTRATOR, slug=_wide().slug)
    times = []
    for number in range(3):
        asked = {"slug": f"bench-clone-{number}", "name": "Clone", "data": "none"}
        begun = time.perf_counter()
        made = body(person.send("POST", "/actions/sandboxes/create-sandbox", {"params": asked}))["result"]["id"]
        while (state := _sandbox(person, made)) not in ("ready", "failed"):
            time.sleep(0.05)
        times.append((time.perf_counter() - begun) * 1000)
        person.send("POST", "/actions/sandboxes/delete-sandbox", {"params": {"sandbox": made}})
        if state == "failed":
            raise RuntimeError("the configuration was not copied")
    return [result("clone of the configuration", "administrator", WIDE_OBJECTS * WIDE_FIELDS, times)]


def _sandbox(person: Session, made: str) -> str:
    rows = body(person.send("GET", "/sandboxes"))["sandboxes"]
    return next(one["state"] for one in rows if one["id"] == made)


def _wide() -> Any:
    from guanxi.app.installation import definitions, seeds
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.design import apply

    slug = "bench-wide"
    row = Workspace.objects.filter(slug=slug).first()
    if row is None:
        person = NewMember(build.ADMINISTRATOR, "管理员", build.PASSWORD)
        create_workspace(slug=slug, name="Wide", administrator=person, definitions=definitions(), seeds=seeds())
        row = Workspace.objects.get(slug=slug)
    workspace = engine_workspace(row)
    _let_in(workspace)
    kinds = ["text", "integer", "decimal", "date", "boolean"]
    for number in range(WIDE_OBJECTS):
        with work(workspace, SYSTEM, via="system") as ctx:
            if f"wide_{number}" in ctx.snapshot.objects:
                continue
            changes: list[dict[str, Any]] = [
                {"op": "object.create", "key": f"wide_{number}", "values": {"label": f"对象{number}"}}
            ]
            changes += [
                {
                    "op": "field.create", "object": f"wide_{number}", "key": f"f{place}", "kind": kinds[place % 5],
                    "values": {"label": f"字段{place}"},
                }
                for place in range(WIDE_FIELDS)
            ]  # fmt: skip
            apply(ctx, changes)
    return workspace


def _let_in(workspace: Any) -> None:
    """Give the administrator's account its way in again: the accounts are new whenever the measured world is."""
    from guanxi.capabilities.identity import sign_in
    from guanxi.capabilities.identity.models import Account
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    account = Account.objects.get(email=build.ADMINISTRATOR)
    if account.memberships.filter(workspace_id=workspace.id, is_active=True).exists():
        return
    with work(workspace, SYSTEM, via="system") as ctx:
        (member,) = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": account.email})
        writes.update(ctx, "member", [writes.Change(member, {"account_id": account.pk})])
        sign_in.link(account, workspace_id=workspace.id, member_id=member)
