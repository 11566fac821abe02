"""Shapes of what keys and apps answer and ask for."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from guanxi.capabilities.identity.shapes import NamedWorkspace
from guanxi.infra.http.shapes import Id, Instant


class KeyMember(TypedDict):
    """Whom a key or an app acts as; the name of one who is gone is empty."""

    id: Id
    name: str


class KeyRole(TypedDict):
    """A role that a key acts within; `held` is false once the member no longer holds it."""

    id: Id
    name: str
    held: bool


class KeyState(TypedDict):
    """A key, without its secret. `state` is active, expired or revoked."""

    id: Id
    name: str
    hint: str
    state: str
    member: KeyMember
    roles: list[KeyRole]
    networks: list[str]
    expires_at: Instant | None
    created_at: Instant
    last_used_at: Instant | None
    last_used_from: str | None


class OwnRole(TypedDict):
    """A role that the caller holds and can bind a key to."""

    id: Id
    name: str


class Keys(TypedDict):
    """Keys, latest first, and the roles that the caller can bind a new one to."""

    keys: list[KeyState]
    roles: list[OwnRole]


class MadeKey(TypedDict):
    """A new key; the secret is told this once."""

    key: KeyState
    secret: str


class KeyCall(TypedDict):
    """One call of a key or an app."""

    at: Instant
    method: str
    path: str
    status: int
    address: str | None


class KeyCalls(TypedDict):
    """The latest calls, newest first; `next` continues below the last of them."""

    calls: list[KeyCall]
    next: str | None


class AppState(TypedDict):
    """A registered app, without its secret."""

    id: Id
    client_id: str
    name: str
    description: str
    website: str
    redirect_uris: list[str]
    scopes: list[str]
    confidential: bool
    members: int
    created_at: Instant


class Apps(TypedDict):
    """The apps of the workspace, by name, and where they find the authorization server."""

    apps: list[AppState]
    issuer: str


class MadeApp(TypedDict):
    """An app; its secret is told once, when there is a new one."""

    app: AppState
    secret: NotRequired[str]


class GrantState(TypedDict):
    """What a member allowed an app."""

    id: Id
    app_id: Id
    app: str
    website: str
    member: KeyMember
    scopes: list[str]
    created_at: Instant
    last_used_at: Instant | None
    last_used_from: str | None


class Grants(TypedDict):
    """What was allowed and still stands, latest first."""

    grants: list[GrantState]


class AskingApp(TypedDict):
    """The app that asks; `goes_to` is the host that the answer is sent to."""

    name: str
    description: str
    website: str
    goes_to: str


class AskedScope(TypedDict):
    """One thing that the app wants: to read, or to read and write, the records of an object; null is every object."""

    scope: str
    object: str | None
    label: dict[str, str] | None
    icon: str | None
    writes: bool


class AppQuestion(TypedDict):
    """What an app asks of the member; `allowed_at` tells that it was allowed something before."""

    app: AskingApp
    workspace: NamedWorkspace
    member: str
    scopes: list[AskedScope]
    allowed_at: Instant | None


class Asking(TypedDict):
    """The question, or where to go on when the app asks for what it may not."""

    question: AppQuestion | None
    redirect: str | None


class AppAnswer(TypedDict):
    """The query that the app came with, and what the member answers."""

    query: str
    allow: bool


class SentOn(TypedDict):
    """Where the browser goes next."""

    redirect: str
