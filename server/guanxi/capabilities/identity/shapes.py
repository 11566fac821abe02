"""Shapes of what identity answers and asks for, in a workspace and before one."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypeAliasType, TypedDict

from guanxi.engine.http.shapes.catalog import Language, Rights
from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

Theme = TypeAliasType("Theme", Literal["light", "dark", "system"])


class NamedMember(TypedDict):
    """The member that an action was about."""

    member: Id


class InvitedMember(TypedDict):
    """Who was invited; with the link of the invitation where the installation sends no mail."""

    member: Id
    link: NotRequired[str]


class MeMember(TypedDict):
    """The caller as a member."""

    id: Id
    name: str
    email: str
    department: Reference | None
    language: Language | None
    theme: Theme | None
    density: str | None


class MeAccount(TypedDict):
    """The account that is signed in."""

    id: int | None
    email: str


class MeWorkspace(TypedDict):
    """The workspace of the address."""

    slug: str
    name: str
    time_zone: str
    currency: str
    fiscal_month: int
    """1 to 12: years begin with it, quarters are counted from it."""
    is_sample: bool


class WorkspaceSettings(TypedDict, total=False):
    """What those who configure the workspace change of it."""

    name: str
    time_zone: str
    currency: str
    fiscal_month: int


class MeRights(TypedDict):
    """Rights by object that the caller may read, and rights over the workspace itself."""

    objects: dict[str, Rights]
    system: list[str]


class MeSignIn(TypedDict):
    """What the caller's roles demand of the session."""

    second_factor: bool
    idle_minutes: int | None
    """Without anybody at the page for so long the session ends; requests say it with X-Guanxi-Idle, in seconds."""
    ends_at: Instant | None
    """When the session ends whatever is done."""
    watermark: bool


class MeViewAs(TypedDict):
    """Somebody looks with the member's eyes: who it is, and until when at the latest."""

    by: str
    until: Instant


class Me(TypedDict):
    """Who the caller is here and what they may do; `view_as` when it is not the member who looks."""

    member: MeMember
    account: MeAccount
    workspace: MeWorkspace
    roles: list[str]
    rights: MeRights
    sign_in: MeSignIn
    view_as: MeViewAs | None
    live_url: str


class Preferences(TypedDict, total=False):
    """The caller's own settings."""

    language: Language | None
    theme: Theme | None
    density: str | None


class SessionAccount(TypedDict):
    """Whose session it is."""

    id: int
    email: str
    name: str


class NamedWorkspace(TypedDict):
    """A workspace by its address and its name."""

    slug: str
    name: str


SessionEnd = TypeAliasType("SessionEnd", Literal["idle", "over"])


class Session(TypedDict):
    """Who is signed in and where they may go."""

    authenticated: bool
    account: SessionAccount | None
    workspaces: list[NamedWorkspace]
    languages: list[Language]
    development: bool
    mail: bool
    """Whether letters reach anybody: they are sent, or shown on the outbox page of development."""
    password_min_length: int
    """What a new password of this account needs at least; before signing in what holds for everybody."""
    second_factor_needed: bool
    """Whether a second factor has to be set up before one of the workspaces opens."""
    ended: SessionEnd | None
    """Why the session that the caller came with is over."""
    home: str
    """The address at which passkeys work."""


class Invitation(TypedDict):
    """What an invitation says before it is accepted."""

    email: str
    name: str
    workspace: NamedWorkspace
    invited_by: str
    has_account: bool
    password_min_length: int
    expires_at: Instant


class Acceptance(TypedDict, total=False):
    """Name and password of a new account; the password of the one there is."""

    name: str
    password: str


class Accepted(TypedDict):
    """The slug of the workspace."""

    workspace: str


class DeviceSession(TypedDict):
    """One place where the account is signed in; times are seconds since 1970."""

    id: int
    user_agent: str
    ip: str
    created_at: float
    is_current: bool
    last_seen_at: NotRequired[float]


class DeviceSessions(TypedDict):
    """Where the account is signed in."""

    status: int
    data: list[DeviceSession]


class KnownDevice(TypedDict):
    """A browser in which the account has signed in."""

    id: int
    user_agent: str
    address: str | None
    created_at: Instant
    last_used_at: Instant
    trusted_until: Instant | None
    """Until then a sign-in there needs no second factor."""
    is_current: bool


class KnownDevices(TypedDict):
    """The browsers of an account, those last used first."""

    devices: list[KnownDevice]


class MemberSession(TypedDict):
    """A session that was used in this workspace."""

    id: int
    user_agent: str
    address: str
    created_at: Instant
    last_seen_at: Instant
    is_current: bool


class MemberSecondFactor(TypedDict):
    """Which second factors somebody has: never what they are."""

    required: bool
    app: bool
    passkeys: int
    recovery_codes: int
    can_be_reset: bool
    """False for an account that belongs to other workspaces as well, and for somebody who may do more than the caller."""


class MemberSignIn(TypedDict):
    """How a member signs in, for those who manage members."""

    has_account: bool
    sessions: list[MemberSession]
    second_factor: MemberSecondFactor | None


class EndedSessions(TypedDict):
    """How many sessions were ended."""

    member: Id
    ended: int


class PasswordRules(TypedDict):
    """What passwords of a workspace's people must be, and what the installation asks of everybody."""

    min_length: int
    not_last: int
    installation_min_length: int
    installation_not_last: int


class PasswordRulesChange(TypedDict, total=False):
    """What those who look after security change of it."""

    min_length: int
    not_last: int
