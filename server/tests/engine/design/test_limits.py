"""Changes many times over: columns, workspaces and administrators at once, up to what a table can hold."""

import threading

import pytest
from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.engine.design.behind import columns
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client


def test_columns_dropped_long_ago_count_until_the_table_is_full(many_projects: Designer, finish):
    """Each add and drop uses a column up for ever; what does not fit any more is refused before anything is done."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        for start in range(0, 1560, 130):
            names = [f"gone_{n}" for n in range(start, start + 130)]
            ctx.run("ALTER TABLE rec_project " + ", ".join(f"ADD COLUMN {name} int" for name in names))
            ctx.run("ALTER TABLE rec_project " + ", ".join(f"DROP COLUMN {name}" for name in names))
    left = many_projects.object("project")["columns_left"]
    assert 10 < left < 40

    fields = [
        {"op": "field.create", "object": "project", "kind": "integer", "values": {"label": f"数{n}"}}
        for n in range(left + 1)
    ]
    refused = many_projects.refused("apply", changes=fields)
    many_projects.act("apply", changes=fields[:left])

    assert (refused["code"], refused["params"]["limit"]) == ("design.too_many_columns", 1600)
    assert many_projects.object("project")["columns_left"] == 0
    assert (
        many_projects.refused("create_field", object="project", kind="text", label="x")["code"]
        == "design.too_many_columns"
    )
    many_projects.client.make("project", name="还能写", shu0=1)


def test_fields_come_and_go_many_times(many_projects: Designer, finish):
    for number in range(12):
        made = many_projects.act(
            "create_field",
            object="project",
            kind="money",
            label=f"第{number}轮",
            values={"settings": {"currency": "CNY"}},
        )
        (id_,) = made["created"]
        many_projects.act("archive_field", field=id_)
        many_projects.act("drop_field", field=id_, confirm=True)
    finish()

    assert {name for name in columns("rec_project") if name.startswith("di")} == set()
    assert many_projects.count("project") == 300


def test_two_administrators_at_once_change_one_thing_each_or_one_is_told(committing: Designer):
    committing.project()
    both, answers = threading.Barrier(2), []

    def change(icon: str) -> None:
        mine = Designer(Client.signed_in_as("administrator"))
        both.wait()
        answers.append(
            mine.send(
                "update_object", object="project", values={"icon": icon, "color": "red"}, expected={"icon": "box"}
            )
        )
        connection.close()

    threads = [threading.Thread(target=change, args=(icon,)) for icon in ("rocket", "flag")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 409]
    (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert (refused["code"], refused["params"]["attribute"]) == ("design.changed_meanwhile", "icon")
    assert refused["params"]["by"] == "administrator"
    assert committing.catalog("project")["icon"] == refused["params"]["now"]
    assert len(committing.changes()) == 2


def test_two_administrators_adding_the_same_field_get_one_field(committing: Designer):
    committing.project()
    both, answers = threading.Barrier(2), []

    def add() -> None:
        mine = Designer(Client.signed_in_as("administrator"))
        both.wait()
        answers.append(mine.send("create_field", object="project", kind="text", key="remark", label="备注"))
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert "remark" in columns("rec_project")


@pytest.mark.slow
def test_fifty_workspaces_are_upgraded_one_transaction_each(committing_empty_database: str, monkeypatch):
    """All of them in one transaction would need more locks than a server has."""
    from django.db import transaction

    from guanxi.app import installation
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.engine.objects.install import create_schema, install
    from guanxi.infra.database.cursor import cursor
    from tests.support import kinds_workspace as parts

    def shipped(fields: int) -> list:
        made = []
        for number in range(6):
            key = f"thing{number}"
            own = [parts._field(key, "name", "text")]
            own += [
                parts._field(key, f"f{n}", "lookup", index=True, settings={"target": "thing0"}) for n in range(fields)
            ]
            made.append(parts._object(key, own))
        return made

    def counted(own, definitions) -> bool:
        changed = install(own, definitions)
        locks.append(own.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()").fetchone()[0])
        return changed

    locks: list[int] = []
    for number in range(50):
        with transaction.atomic():
            row = Workspace.objects.create(
                slug=f"many{number}", name="x", language="en", time_zone="UTC", currency="CNY"
            )
            create_schema(cursor(), row.schema)
            install(cursor(), shipped(2))
    monkeypatch.setattr(installation, "definitions", lambda: shipped(3))
    monkeypatch.setattr(installation, "install", counted)

    installation.upgrade_workspaces()

    (room,) = cursor().execute("SELECT current_setting('max_locks_per_transaction')::int").fetchone()
    assert len(locks) == 50
    assert max(locks) < room
    for row in Workspace.objects.all():
        named = cursor().execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND indexname LIKE 'ix_%f2_order'", [row.schema]
        )
        assert named.fetchone() == (6,)
        waiting = cursor().execute(f"SELECT count(*) FROM {row.schema}.sys_ddl_step WHERE state <> 'done'")
        assert waiting.fetchone() == (0,)
