"""From a request to a unit of work: who asks is found by the port that the composition root plugs in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.http import HttpRequest

from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Context, Origin, Via, Workspace, work
from guanxi.infra.errors import BadRequest, Conflict, NotAllowed, Unavailable
from guanxi.infra.http.addresses import client_address
from guanxi.infra.http.languages import language_of

Authenticator = Callable[[HttpRequest, str], tuple[Workspace, Actor]]
_authenticators: list[Authenticator] = []


def authenticate_with(function: Authenticator) -> None:
    """Plug in the function that finds workspace and actor, or raises NotSignedIn or NotFound."""
    _authenticators[:] = [function]


def authenticate(request: HttpRequest, slug: str) -> tuple[Workspace, Actor]:
    """Workspace and actor of a request; NotAllowed for one that writes, of somebody who may only look."""
    workspace, actor = _authenticators[0](request, slug)
    if actor.read_only and not getattr(request, "only_reads", False):
        raise NotAllowed("access.view_as_read_only")
    return workspace, actor


@contextmanager
def request_work(
    request: HttpRequest, slug: str, label: Mapping[str, Any] | None = None, *, kept: bool = True
) -> Iterator[Context]:
    """The unit of work of one request; ``X-Guanxi-Via: ui`` tells that it came from the screens. Unless ``kept``, nothing
    that is written in it stays.
    """
    workspace, actor = authenticate(request, slug)
    via: Via = "ui" if request.headers.get("X-Guanxi-Via") == "ui" else "api"
    try:
        origin = origin_of(request, actor)
        with work(
            workspace, actor, via=via, language=language_of(request), label=label, origin=origin, kept=kept
        ) as ctx:
            yield ctx
    except psycopg.errors.ReadOnlySqlTransaction:
        raise NotAllowed("access.view_as_read_only") from None
    except psycopg.errors.QueryCanceled:
        raise Unavailable("request.too_slow") from None
    except (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable):
        raise Conflict("request.busy") from None
    except psycopg.DataError as error:
        raise BadRequest("request.bad_value", {"reason": str(error).split("\n", 1)[0][:200]}) from None


def origin_of(request: HttpRequest, actor: Actor) -> Origin:
    """Where a request came from."""
    session = getattr(request, "session", None)
    address = client_address(request)
    return Origin(
        address=str(address) if address else None,
        agent=(request.headers.get("User-Agent") or "")[:300] or None,
        session=getattr(session, "session_key", None),
        key=actor.key,
        key_id=actor.key_id,
    )


def uuid_of(text: Any, name: str = "id") -> UUID:
    """A UUID of the caller's; BadRequest when it is none."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        raise BadRequest("request.bad_id", {"name": name, "value": str(text)[:100]}) from None


def json_param(request: HttpRequest, name: str) -> Any:
    """A query parameter that holds JSON; None when it is absent."""
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest("request.bad_parameter", {"name": name, "reason": str(error)}) from None


def int_of(raw: Any, name: str, default: int) -> int:
    """A whole number of the caller's; BadRequest when it is none."""
    if raw is None:
        return default
    if isinstance(raw, bool):
        raise BadRequest("request.bad_parameter", {"name": name, "reason": "boolean"})
    try:
        return int(raw)
    except (TypeError, ValueError):
        raise BadRequest("request.bad_parameter", {"name": name, "reason": str(raw)[:100]}) from None
