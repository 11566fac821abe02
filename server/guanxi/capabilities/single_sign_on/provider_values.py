"""What may be said of an identity provider, checked before it is kept."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography import x509

from guanxi.capabilities.identity.hooks.grants import check_roles
from guanxi.capabilities.identity.roles import role_ids
from guanxi.capabilities.single_sign_on import finding, oidc
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import FieldError, Invalid, Refusal
from guanxi.infra.http.outbound import NotReached, check_address

LONGEST_NAME = 60
LONGEST = 500
MOST_DOMAINS = 20
MOST_PAIRS = 100
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PEM = re.compile(r"-----(?:BEGIN|END) CERTIFICATE-----|\s")


def ask(values: dict[str, Any], seen: Provider | None) -> list[FieldError]:
    """Ask an issuer who it is, unless it was believed before; what is wrong with it."""
    issuer = values["issuer"]
    if values["protocol"] != "oidc" or not issuer or (seen is not None and seen.issuer == issuer):
        return []
    try:
        oidc.discover(issuer)
    except Refusal as refusal:
        return [FieldError("issuer", refusal.code, refusal.params)]
    return []


def check(ctx: Context, values: dict[str, Any], before: Provider | None, wrong: Sequence[FieldError]) -> None:
    """Invalid names every value that cannot be kept, what is ``wrong`` with the issuer among them; NotAllowed for roles
    that hold more than the actor.
    """
    errors = list(wrong)
    if not values["name"] or len(values["name"]) > LONGEST_NAME:
        errors.append(FieldError("name", "single_sign_on.name_needed", {"limit": LONGEST_NAME}))
    errors.extend(_too_long(values))
    errors.extend(_domains(ctx, values["domains"], before))
    errors.extend(_oidc(values) if values["protocol"] == "oidc" else _saml(values))
    errors.extend(_roles(ctx, values))
    errors.extend(_department(ctx, values["default_department"]))
    if errors:
        raise Invalid(errors)
    check_roles(ctx, {UUID(pair["role"]) for pair in values["role_map"]} | ({values["default_role"]} - {None}))


def plain(certificate: str) -> str:
    """A certificate without the lines around it."""
    return _PEM.sub("", certificate)


def _department(ctx: Context, wanted: UUID | None) -> list[FieldError]:
    if wanted is None or reads.native(ctx.as_system(), "department", [wanted], ("name",)):
        return []
    return [FieldError("default_department", "single_sign_on.department_unknown")]


def _too_long(values: dict[str, Any]) -> Iterable[FieldError]:
    for key in ("issuer", "client_id", "scopes", "sign_in_url", "email_claim", "name_claim", "roles_claim"):
        limit = LONGEST if key in {"issuer", "sign_in_url"} else 200
        if len(values[key]) > limit:
            yield FieldError(key, "single_sign_on.too_long", {"limit": limit})


def _domains(ctx: Context, domains: Sequence[str], before: Provider | None) -> list[FieldError]:
    if len(domains) > MOST_DOMAINS:
        return [FieldError("domains", "single_sign_on.too_many_domains", {"limit": MOST_DOMAINS})]
    for one in domains:
        if not _DOMAIN.fullmatch(one):
            return [FieldError("domains", "single_sign_on.not_a_domain", {"domain": one[:80]})]
    wrong = finding.unproved(domains, ctx.workspace.id, before.domains if before else ())
    if wrong:
        code = "domain_public" if wrong[0] in finding.PUBLIC_MAIL else "domain_unproved"
        return [FieldError("domains", f"single_sign_on.{code}", {"domain": wrong[0]})]
    return []


def _oidc(values: dict[str, Any]) -> list[FieldError]:
    needed = ("issuer", "client_id", "email_claim")
    return [FieldError(key, "single_sign_on.value_needed") for key in needed if not values[key]]


def _saml(values: dict[str, Any]) -> list[FieldError]:
    errors = [FieldError(key, "single_sign_on.value_needed") for key in ("issuer", "sign_in_url") if not values[key]]
    if values["sign_in_url"]:
        try:
            check_address(values["sign_in_url"])
        except NotReached as refusal:
            errors.append(FieldError("sign_in_url", refusal.code, refusal.params))
    if not 1 <= len(values["certificates"]) <= 5:
        errors.append(FieldError("certificates", "single_sign_on.certificate_needed"))
    problems = filter(None, map(_certificate_problem, values["certificates"]))
    return errors + [FieldError("certificates", f"single_sign_on.{one}") for one in problems]


def _certificate_problem(text: str) -> str | None:
    try:
        found = x509.load_der_x509_certificate(b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return "certificate_unreadable"
    return "certificate_expired" if found.not_valid_after_utc <= datetime.now(UTC) else None


def _roles(ctx: Context, values: dict[str, Any]) -> list[FieldError]:
    if len(values["role_map"]) > MOST_PAIRS:
        return [FieldError("role_map", "single_sign_on.too_many_pairs", {"limit": MOST_PAIRS})]
    if any(not pair["value"] for pair in values["role_map"]) or (values["role_map"] and not values["roles_claim"]):
        return [FieldError("role_map", "single_sign_on.pair_incomplete")]
    if values["makes_members"] and not values["default_role"] and not values["role_map"]:
        return [FieldError("default_role", "single_sign_on.role_needed")]
    wanted = [pair["role"] for pair in values["role_map"]]
    if values["default_role"]:
        wanted.append(str(values["default_role"]))
    try:
        role_ids(ctx.as_system(), wanted)
    except Invalid as refusal:
        return [FieldError("default_role", one.code, one.params) for one in refusal.fields]
    return []
