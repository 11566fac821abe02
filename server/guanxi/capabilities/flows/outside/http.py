"""Calls of other systems over HTTP, never into the installation's own network unless the operator says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson

from guanxi.capabilities.flows.effects import Answered, Effect, EffectKind, Refused, Result, TryLater, effect_kind
from guanxi.infra.http.outbound import Answer, NotReached, fetch

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
KEY_HEADER = "Idempotency-Key"
OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding", KEY_HEADER.lower()})
"""Headers that a flow does not set."""
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
REMEMBERED = 100_000
"""Bytes of an answer that a run remembers; of a longer one it remembers that it was too long."""
PASSING = frozenset({408, 425, 429})
PASSING_CODES = frozenset({"outbound.no_answer", "outbound.unknown_host"})
UNHAPPY = 400
BROKEN = 500


@effect_kind
class HttpEffect(EffectKind):
    """One request, with the effect's key in the header ``Idempotency-Key`` of every attempt."""

    key = "http"

    def host(self, payload: Mapping[str, Any]) -> str:
        """The host that the address names, with its port."""
        return urlsplit(str(payload["url"])).netloc.lower()[:200]

    def secrets(self, payload: Mapping[str, Any]) -> Iterator[str]:
        """Those that headers name."""
        for one in payload["headers"]:
            if one.get("secret"):
                yield one["secret"]

    def send(self, effects: Sequence[Effect]) -> Iterator[Result]:
        """One request after the other."""
        for one in effects:
            yield _called(one)


def _called(one: Effect) -> Result:
    headers = {}
    for header in one.payload["headers"]:
        name = header.get("secret")
        if name and name not in one.secrets:
            return Refused("flows.no_secret", {"secret": name, "host": one.host})
        headers[header["name"]] = header["value"] + (one.secrets[name] if name else "")
    body = one.payload.get("body")
    headers[KEY_HEADER] = one.key
    try:
        found = fetch(
            one.payload["url"], method=one.payload["method"], headers={k: _header(v) for k, v in headers.items()},
            body=None if body is None else body.encode(),
        )  # fmt: skip
    except NotReached as error:
        if error.code in PASSING_CODES:
            return TryLater(error.code, error.params, hangs=isinstance(error.__cause__, TimeoutError))
        return Refused(error.code, error.params)
    return _result(one, found)


def _result(one: Effect, found: Answer) -> Result:
    params = {"status": found.status, "host": one.host}
    if found.status in PASSING or found.status >= BROKEN:
        return TryLater("flows.http_refused", params, _pause(found))
    if found.status >= UNHAPPY:
        return Refused("flows.http_refused", {**params})
    text = found.body.decode(errors="replace")
    short = len(found.body) <= REMEMBERED
    data = {"status": found.status, "body": _body(found.body, text) if short else None, "too_long": not short}
    return Answered({"status": found.status, "body": text}, data)


def _body(raw: bytes, text: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return text


def _pause(found: Answer) -> float | None:
    """For how long the receiver asks to be left alone."""
    asked = found.headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() and len(asked) < 7 else None


def _header(value: str) -> str:
    """As http.client takes it: bytes of UTF-8 in the guise of Latin-1."""
    return value.encode().decode("latin-1")
