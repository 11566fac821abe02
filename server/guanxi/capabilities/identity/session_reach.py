"""Which workspaces a session opens: all of its account's, or only some; and what a workspace asks of a session besides.

Accounts are the installation's, while a workspace's own identity provider may have vouched for the person. Whoever sets
such a provider up could otherwise open every workspace of whomever it names. The capability that knows providers plugs
its answers in here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from guanxi.capabilities.identity.models import Membership
from guanxi.engine.access.actor import Actor

Narrowing = Callable[[HttpRequest], "frozenset[int] | None"]
Gate = Callable[[HttpRequest, Membership, Actor], None]
Vouching = Callable[[HttpRequest, int], bool]
_narrowing: list[Narrowing] = []
_gates: list[Gate] = []
_vouching: list[Vouching] = []


def narrow_with(function: Narrowing) -> None:
    """Plug in what tells the workspaces that a session is limited to; None for a session that is not."""
    _narrowing[:] = [function]


def ask_with(gate: Gate) -> None:
    """Plug in what may refuse a session at the door of a workspace."""
    _gates[:] = [gate]


def vouch_with(function: Vouching) -> None:
    """Plug in what knows for whom a workspace's own identity provider spoke."""
    _vouching[:] = [function]


def only_workspaces(request: HttpRequest) -> frozenset[int] | None:
    """The workspaces that the session is limited to; None when it opens every workspace of its account."""
    return _narrowing[0](request) if _narrowing else None


def opens(request: HttpRequest, workspace_id: int) -> bool:
    """Whether the session opens the workspace, if the account belongs to it."""
    only = only_workspaces(request)
    return only is None or workspace_id in only


def ask(request: HttpRequest, membership: Membership, actor: Actor) -> None:
    """Let the session in, or raise what the workspace has against it."""
    for gate in _gates:
        gate(request, membership, actor)


def is_vouched(request: HttpRequest, workspace_id: int) -> bool:
    """Whether somebody whom the workspace trusts vouched for the person of the session, second factor and all."""
    return any(one(request, workspace_id) for one in _vouching)
