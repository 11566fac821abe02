"""Making a workspace: its schema with everything the product ships, the first roles, the first administrator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction

from guanxi.capabilities.identity import roles, sign_in
from guanxi.capabilities.identity.models import LANGUAGES, Account
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.definitions import ObjectDefinition
from guanxi.engine.objects.install import create_schema, install
from guanxi.engine.records import writes
from guanxi.infra.database.cursor import cursor
from guanxi.infra.errors import Conflict, FieldError, Invalid

SLUG = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")
RESERVED_SLUGS = frozenset({"session", "invitations", "account", "oauth", "sign-in"})
"""Words that follow /api/v1/ without being a workspace."""


@dataclass(frozen=True)
class NewMember:
    """Somebody who can sign in from the start, without an invitation."""

    email: str
    name: str
    password: str
    roles: Sequence[str] = (roles.ADMINISTRATOR,)


def create_workspace(
    *,
    slug: str,
    name: str,
    definitions: Iterable[ObjectDefinition],
    administrator: NewMember,
    seeds: Iterable[Callable[[Context], None]] = (),
    language: str = "zh-CN",
    time_zone: str = "Asia/Shanghai",
    currency: str = "CNY",
    is_sample: bool = False,
) -> Workspace:
    """A new workspace with the objects of `definitions`, the records of `seeds` and one administrator, in one go.

    Invalid for a slug, language or time zone that cannot be, Conflict when the slug is taken.
    """
    check_new(slug, language, time_zone)
    with transaction.atomic():
        row, made = WorkspaceRow.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "language": language,
                "time_zone": time_zone,
                "currency": currency,
                "is_sample": is_sample,
            },
        )
        if not made:
            raise Conflict("identity.slug_taken", {"slug": slug})
        own = cursor()
        create_schema(own, row.schema)
        install(own, definitions)
        workspace = engine_workspace(row)
        with work(workspace, SYSTEM, via="system", language=language) as ctx:
            roles.seed(ctx)
            add_member(ctx, administrator)
            for seed in seeds:
                seed(ctx)
    return workspace


def add_member(ctx: Context, new: NewMember, **values: Any) -> UUID:
    """A member with an account and a password; `values` are further fields of the member.

    For installation and sample data. An account that exists already keeps its password.
    """
    account = Account.objects.by_email(new.email) or Account.objects.create_user(
        new.email, new.password, name=new.name, language=ctx.language
    )
    record = {
        "name": new.name,
        "email": account.email,
        "language": account.language,
        "roles": roles.role_ids(ctx, new.roles),
        "status": "active",
        "account_id": account.pk,
    }
    (member_id,) = writes.create(ctx, "member", [{**record, **values}])
    sign_in.link(account, workspace_id=ctx.workspace.id, member_id=member_id)
    return member_id


def check_new(slug: str, language: str, time_zone: str) -> None:
    """Invalid for a slug, language or time zone that no workspace can have."""
    errors = []
    if not SLUG.fullmatch(slug):
        errors.append(FieldError("slug", "identity.slug_shape"))
    elif slug in RESERVED_SLUGS:
        errors.append(FieldError("slug", "identity.slug_reserved", {"slug": slug}))
    if language not in dict(LANGUAGES):
        errors.append(FieldError("language", "identity.language_unknown", {"language": language}))
    if time_zone not in available_timezones():
        errors.append(FieldError("time_zone", "identity.time_zone_unknown", {"time_zone": time_zone}))
    if errors:
        raise Invalid(errors)
