"""Builds the measured workspace once and keeps it; a second run finds it by its stamp."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import load, world
from bench.world import Generator, People, Size, Stages

SLUG = "bench"
PASSWORD = "bench-password-2026"  # noqa: S105 - of a throw-away database
ADMINISTRATOR, MANAGER, SALESPERSON = "admin@bench.test", "manager@bench.test", "sales@bench.test"
REGIONS, TEAMS, SELLERS = 4, 4, 12
TABLES = "company contact opportunity note task call meeting stage_change".split()


def stamp(size: Size) -> str:
    """Changes when the generator or the size does; newer definitions are installed like anybody's upgrade."""
    parts = [repr(size), *(Path(module.__file__ or "").read_text() for module in (world, load))]
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


def ensure(data_dir: Path, size: Size) -> None:
    """Have the workspace in the database that Django is pointed at."""
    from guanxi.app.installation import finish_deferred, upgrade_workspaces

    mark = data_dir / "bench-stamp"
    if mark.exists() and mark.read_text() == stamp(size):
        upgrade_workspaces()
        return
    mark.unlink(missing_ok=True)
    begun = time.perf_counter()
    workspace = _workspace()
    _fill(workspace, size)
    finish_deferred(workspace.schema)
    _settle(workspace.schema)
    mark.write_text(stamp(size))
    print(f"built in {time.perf_counter() - begun:,.0f} s")


def _workspace() -> Any:
    """A fresh workspace with 200 members in a tree of three levels."""
    from django.db import connection

    from guanxi.app.installation import definitions, seeds
    from guanxi.capabilities.identity.models import Account, Workspace
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace

    old = Workspace.objects.filter(slug=SLUG).first()
    if old is not None:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{old.schema}" CASCADE')
        old.delete()
    Account.objects.filter(email__endswith="@bench.test").delete()
    administrator = NewMember(ADMINISTRATOR, "管理员", PASSWORD)
    shipped = {"definitions": definitions(), "seeds": seeds()}
    return create_workspace(slug=SLUG, name="Bench", administrator=administrator, **shipped)


def _members(ctx: Any) -> People:
    from guanxi.capabilities.identity.workspaces import NewMember, add_member
    from guanxi.engine.records import writes

    def department(name: str, parent: UUID | None) -> UUID:
        (made,) = writes.create(ctx, "department", [{"name": name, "parent": parent}])
        return made

    head = department("总部", None)
    sellers: list[UUID] = []
    for region in range(REGIONS):
        area = department(f"大区{region + 1}", head)
        if region == 0:
            add_member(ctx, NewMember(MANAGER, "大区经理", PASSWORD, ("manager",)), department=area)
        for team in range(TEAMS):
            group = department(f"大区{region + 1}销售{team + 1}部", area)
            people = [
                {"name": f"销售{region}{team}{n:02d}", "email": f"s{region}{team}{n}@bench.test", "department": group}
                for n in range(SELLERS)
            ]
            if not sellers:
                first = NewMember(SALESPERSON, "销售员", PASSWORD, ("salesperson",))
                sellers.append(add_member(ctx, first, department=group))
                people = people[1:]
            sellers.extend(writes.create(ctx, "member", people))
    return People(tuple(sellers))


def _fill(workspace: Any, size: Size) -> None:
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        people = _members(ctx)
        products = writes.create(ctx, "product", [{"name": f"产品{n}", "code": f"P{n}"} for n in range(50)])
        found = reads.page(ctx, "stage", reads.Query(select=["pipeline", "category", "probability"], limit=50)).rows
        pipeline = UUID(found[0]["pipeline"]["id"])
        from decimal import Decimal

        stages = tuple((UUID(s["id"]), s["category"], Decimal(s["probability"] or 0)) for s in found)
        industry = ctx.snapshot.object("company").fields["industry"]
        world.INDUSTRIES[:] = [option["key"] for option in industry.settings["options"]]
    generator = Generator(size, people, Stages(pipeline, stages), tuple(products))
    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        ctx.run("SET LOCAL session_replication_role = replica")
        ctx.run("SET LOCAL maintenance_work_mem = '1GB'")
        indexes = load.without_indexes(ctx, [f"rec_{key}" for key in TABLES] + ["sys_search"])
        ctx.run("INSERT INTO sys_change_set (id, at, via) VALUES ($1, $2, 'import')", [ctx.change_set, ctx.now])
        load.fill(ctx, "company", generator.companies())
        load.fill(ctx, "contact", generator.contacts(), log=False)
        load.fill(ctx, "opportunity", generator.opportunities())
        load.fill(ctx, "note", generator.activities(0.4, None, "body", {}), log=False)
        load.fill(ctx, "task", generator.activities(0.25, "subject", None, {"status": "open"}), log=False)
        load.fill(ctx, "call", generator.activities(0.25, "subject", "summary", {}), log=False)
        load.fill(ctx, "meeting", generator.activities(0.1, "subject", None, {}), log=False)
        for statement in indexes:
            ctx.run(statement)


def _settle(schema: str) -> None:
    """Statistics and visibility maps as a database in use has them."""
    import psycopg
    from django.db import connection

    from guanxi.infra.database.address import conninfo

    with psycopg.connect(conninfo(connection.settings_dict), autocommit=True) as own:
        tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema]).fetchall()
        for (table,) in tables:
            own.execute(f'VACUUM (ANALYZE) "{schema}"."{table}"'.encode())
