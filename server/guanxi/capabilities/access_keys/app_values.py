"""What may be said of an app, checked before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from guanxi.capabilities.access_keys.errors import Unknown
from guanxi.capabilities.access_keys.models import App
from guanxi.capabilities.access_keys.oauth import redirects, scopes
from guanxi.engine.context import Context
from guanxi.infra.errors import FieldError, Invalid

LONGEST_NAME = 100
LONGEST_TEXT = 300
MOST_ADDRESSES = 10


def check(
    ctx: Context, *, name: str, description: str, website: str, addresses: Sequence[str], wanted: Sequence[str]
) -> None:
    """Invalid names every value that cannot be kept."""
    errors = []
    if not name or len(name) > LONGEST_NAME:
        errors.append(FieldError("name", "access_keys.name_needed", {"limit": LONGEST_NAME}))
    if len(description) > LONGEST_TEXT:
        errors.append(FieldError("description", "access_keys.text_too_long", {"limit": LONGEST_TEXT}))
    if website and not _is_website(website):
        errors.append(FieldError("website", "access_keys.not_a_website"))
    errors.extend(_wrong_addresses(addresses))
    errors.extend(_wrong_scopes(ctx, wanted))
    if errors:
        raise Invalid(errors)


def find(ctx: Context, id_: object) -> App:
    """An app of the workspace; Unknown otherwise."""
    found = App.objects.select_related("client").filter(pk=id_, workspace_id=ctx.workspace.id).first()
    if found is None:
        raise Unknown("app", id_)
    return found


def _is_website(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return len(text) <= LONGEST_TEXT and parts.scheme in {"https", "http"} and bool(parts.hostname)


def _wrong_addresses(addresses: Sequence[str]) -> list[FieldError]:
    if not addresses or len(addresses) > MOST_ADDRESSES:
        return [FieldError("redirect_uris", "access_keys.redirects_needed", {"limit": MOST_ADDRESSES})]
    for one in addresses:
        if problem := redirects.problem_of(one):
            return [FieldError("redirect_uris", f"access_keys.redirect_{problem}", {"address": one[:100]})]
    return []


def _wrong_scopes(ctx: Context, wanted: Sequence[str]) -> list[FieldError]:
    if not wanted:
        return [FieldError("scopes", "access_keys.scopes_needed")]
    for one in wanted:
        scope = scopes.parse(one)
        known = scope is not None and (
            scope.object == scopes.EVERY
            or (scope.object in ctx.snapshot.objects and ctx.actor.rights(scope.object).reads)
        )
        if not known:
            return [FieldError("scopes", "access_keys.scope_unknown", {"scope": one[:60]})]
    return []
