"""Shapes of what single sign-on answers and asks for."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from guanxi.infra.http.shapes import Id, Instant


class OfferedProvider(TypedDict):
    """An identity provider as the sign-in page offers it."""

    id: Id
    name: str


class OfferedProviders(TypedDict):
    """What may be signed in with; `others` when there are more to be found by a mail address or a workspace."""

    providers: list[OfferedProvider]
    others: bool


class WhoSignsIn(TypedDict, total=False):
    """`who` is a mail address, or the address of a workspace; without it the only workspace there is."""

    who: str


class WhichProblem(TypedDict, total=False):
    """With what somebody was sent back to the sign-in page."""

    problem: str
    provider: Id


class SignInProblem(TypedDict):
    """Why nobody was signed in, in words, and the provider to try again with."""

    problem: str
    sentence: str
    provider: OfferedProvider | None


class BeginSignIn(TypedDict, total=False):
    """The provider, where to go afterwards (an address of this client), and the mail address that was typed."""

    provider: Id
    next: str
    hint: str


class SignInAt(TypedDict):
    """Where the browser goes to sign in."""

    redirect: str


class RoleForValue(TypedDict):
    """Who has the value in the roles claim holds the role."""

    value: str
    role: Id


class ProviderState(TypedDict):
    """An identity provider, without its secret; the addresses are what has to be entered over there."""

    id: Id
    protocol: str
    name: str
    is_active: bool
    domains: list[str]
    issuer: str
    client_id: str
    has_secret: bool
    scopes: str
    sign_in_url: str
    certificates: list[str]
    email_claim: str
    name_claim: str
    roles_claim: str
    role_map: list[RoleForValue]
    makes_members: bool
    default_role: Id | None
    default_department: Id | None
    callback_url: str
    entity_id: str
    people: int
    proved_at: Instant | None


class ReservedPlace(TypedDict):
    """The addresses of a provider before it is set up: they are entered over there first."""

    reservation: str
    callback_url: str
    consumer_url: str
    entity_id: str


class SingleSignOn(TypedDict):
    """How people sign in to the workspace; `domains` are those it may claim, `next` is where a new provider will be."""

    providers: list[ProviderState]
    required: bool
    domains: list[str]
    sign_in_url: str
    next: ReservedPlace


class IssuerDescription(TypedDict):
    """What an OpenID Connect issuer says of itself."""

    issuer: str
    sign_in_url: str
    scopes: list[str]
    claims: list[str]


class ProviderMetadata(TypedDict):
    """What the metadata of a SAML identity provider say."""

    issuer: str
    sign_in_url: str
    certificates: list[str]


class Removed(TypedDict):
    """What is gone."""

    id: Id


class Required(TypedDict):
    """Whether the workspace is entered by single sign-on alone."""

    required: bool


class TriedSignIn(TypedDict):
    """What an identity provider said when it was tried, and what would come of it.

    `outcome` is member, joins, made or refused; `sentence` says why nobody would get in; `holds` are all roles that the
    person would hold then, `roles` those that the map gives.
    """

    provider: Id
    subject: str
    email: str
    name: str
    values: list[str]
    roles: list[str]
    problem: str | None
    sentence: str | None
    outcome: str
    member: str
    holds: list[str]
    claims: dict[str, Any]


class Tried(TypedDict):
    """The latest trial of this session; null when there was none."""

    tried: TriedSignIn | None
