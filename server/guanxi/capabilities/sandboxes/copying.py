"""Making a sandbox: one transaction that reads the source as it is at one moment, so that a crash leaves nothing behind."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction

from guanxi.capabilities.identity.models import Membership, Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.identity.roles import ADMINISTRATOR
from guanxi.capabilities.sandboxes.models import OPEN, Copy, Sandbox
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.bundles.comparing import digests
from guanxi.engine.bundles.records import record_sections
from guanxi.engine.bundles.sources import read_there
from guanxi.engine.design import steps
from guanxi.engine.objects.ddl.clone import Clone
from guanxi.engine.objects.install import create_schema
from guanxi.infra.database.address import conninfo
from guanxi.infra.database.cursor import cursor
from guanxi.infra.jobs import job
from guanxi.kit.masking import Mask

log = logging.getLogger("guanxi.sandboxes")
MEMBER, DEPARTMENT = "member", "department"
FILE_TABLES = ("sys_file", "sys_file_use")
_ADMINISTRATORS = "id IN (SELECT l.source FROM {link} l JOIN {role} r ON r.id = l.target WHERE r.key = 'administrator')"


class _Stopped(Exception):
    """Somebody does not want the sandbox any more."""


@job("sandboxes.copy", attempts=3, at_once=1)
def copy_job(payload: Mapping[str, Any]) -> None:
    """Make a sandbox. Begun again after a crash, which rolled back whatever there was."""
    id_ = UUID(payload["sandbox"])
    sandbox = Sandbox.objects.select_related("source").filter(pk=id_, state__in=OPEN).first()
    if sandbox is None:
        return
    with psycopg.connect(conninfo(connection.settings_dict), autocommit=True) as outside:
        told = _Told(outside, id_)
        try:
            workspace = sandbox.workspace or _made(sandbox, told)
            steps.run(engine_workspace(workspace))
            told.say("ready")
        except _Stopped:
            told.say("cancelled")
        except Exception as error:
            log.exception("sandbox %s", id_)
            told.say("failed", f"{type(error).__name__}: {error}"[:500])


def _made(sandbox: Sandbox, told: _Told) -> Workspace:
    told.say("copying")
    with transaction.atomic():
        return _copy(sandbox, told)


class _Told:
    """Tells others how far it is, and hears whether to stop, outside the transaction of the copy."""

    def __init__(self, outside: psycopg.Connection[Any], id_: UUID) -> None:
        self.outside = outside
        self.id = id_

    def say(self, state: str, error: str = "") -> None:
        """Another state."""
        statement = "UPDATE sandboxes_sandbox SET state = %s, error = %s, done = 0 WHERE id = %s"
        self.outside.execute(statement, [state, error, self.id])

    def begin(self, total: int) -> None:
        """How many records there are to copy."""
        self.outside.execute("UPDATE sandboxes_sandbox SET total = %s WHERE id = %s", [total, self.id])

    def __call__(self, rows: int) -> None:
        """So many more are copied."""
        statement = "UPDATE sandboxes_sandbox SET done = done + %s WHERE id = %s RETURNING stop"
        row = self.outside.execute(statement, [rows, self.id]).fetchone()
        if row is None or row[0]:
            raise _Stopped


def _copy(sandbox: Sandbox, told: _Told) -> Workspace:
    own = cursor()
    own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    source = Workspace.objects.get(pk=sandbox.source_id)
    row = Workspace.objects.create(
        slug=sandbox.slug, name=sandbox.name, time_zone=source.time_zone, currency=source.currency,
        fiscal_month=source.fiscal_month, language=source.language,
    )  # fmt: skip
    create_schema(own, row.schema)
    clone = Clone(own, source.schema, row.schema, told)
    clone.catalog()
    _rows(clone, sandbox, told)
    _let_in(clone, sandbox, row)
    both_have = digests(read_there(engine_workspace(source), SYSTEM, via="job", language=source.language))
    Copy.objects.create(workspace=row, sandbox=sandbox.pk, digests=both_have)
    return row


def _rows(clone: Clone, sandbox: Sandbox, told: _Told) -> None:
    """Copy what is configuration and, when asked for, all other records. Departments always come along: rights and
    filters name them.
    """
    whole, bare = sandbox.data == "all", sandbox.data == "none"
    mask = None if whole else Mask(secrets.token_bytes(32))
    shared = {one.object: one.where for one in record_sections()}
    configured = [key for key in shared if key in clone.objects]
    others = [key for key in clone.objects if key not in (*shared, MEMBER, DEPARTMENT)] if not bare else []
    told.begin(sum(clone.count(key) for key in [*configured, DEPARTMENT, *others, MEMBER]))
    for key in configured:
        where = None if whole else shared[key]
        if where:
            clone.rows(key, None, f'"{where["field"]}" = $1', [where["value"]])
        else:
            clone.rows(key)
    clone.rows(DEPARTMENT)
    _members(clone, mask, clone.referred(configured, MEMBER) if bare else None)
    for key in others:
        clone.rows(key, mask)
    if not bare:
        clone.table("sys_share")
    if whole:
        for table in FILE_TABLES:
            clone.table(table)
    clone.give_orphans([*configured, *others], sandbox.made_by)
    clone.close([*configured, DEPARTMENT, MEMBER, *others], whole=not bare)


def _members(clone: Clone, mask: Mask | None, only: Sequence[UUID] | None) -> None:
    """Those who will sign in stay who they are; nobody else is left with a way in. Of the others ``only`` these come
    (None: all of them).
    """
    administrators = _administrators(clone)
    clone.rows(MEMBER, None, administrators)
    if only is None:
        clone.rows(MEMBER, mask, f"NOT ({administrators})")
    else:
        clone.rows(MEMBER, mask, f"NOT ({administrators}) AND id = ANY($1::uuid[])", [list(only)])


def _administrators(clone: Clone) -> str:
    link = f'"{clone.source}"."sys_link_member_roles"'
    return _ADMINISTRATORS.format(link=link, role=f'"{clone.source}"."rec_role"')


def _let_in(clone: Clone, sandbox: Sandbox, row: Workspace) -> None:
    """The administrators of the source sign in to the sandbox as the members that they are."""
    found = clone.run(
        "SELECT m.id FROM rec_member m JOIN sys_link_member_roles l ON l.source = m.id"
        " JOIN rec_role r ON r.id = l.target WHERE r.key = $1 AND m.status = 'active' AND m.deleted_at IS NULL",
        [ADMINISTRATOR],
    )
    members = [member for (member,) in found]
    clone.run("UPDATE rec_member SET account_id = NULL WHERE NOT (id = ANY($1::uuid[]))", [members])
    held = Membership.objects.filter(workspace_id=sandbox.source_id, member_id__in=members, is_active=True)
    Membership.objects.bulk_create(
        Membership(account_id=one.account_id, workspace=row, member_id=one.member_id, is_vouched=one.is_vouched)
        for one in held
    )
