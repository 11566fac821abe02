"""The step that calls another system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson

from guanxi.capabilities.flows import values, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.effects import Wanted, ask, awaited
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Foreseen, Go, Outcome, Place, StepKind, step_kind
from guanxi.capabilities.flows.outside.http import HEADER_NAME, METHODS, OURS
from guanxi.capabilities.flows.secrets import NAME
from guanxi.capabilities.flows.values import HOLE
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.infra.http.outbound import NotReached, check_address

AUTHORITY = re.compile(r"https?://[^/?#{}]+(?=[/?#]|$)")
"""Scheme and host of an address: they are fixed, so that no record decides who is called."""
BODYLESS = frozenset({"GET", "DELETE"})
MOST_HEADERS = 20
LONGEST_URL = 4000


@step_kind
class CallHttp(StepKind):
    """A request to another system; its answer is remembered."""

    key = "http"
    label = words("调用接口", "Call another system")
    help = words(
        "向外部系统发送 HTTP 请求，失败会自动重试；同一步骤的每次尝试带相同的 Idempotency-Key",
        "Sends an HTTP request and tries again when it fails, each time with the same Idempotency-Key",
    )
    icon = "world"
    group = "outside"
    about_record = False
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``method``, ``url``, ``headers``, ``json`` values or a ``body`` template, ``as``: a name for the answer."""
        return (
            Setting(
                "method", "choice", words("方法", "Method"), required=True, default="POST",
                choices=tuple((one, words(one, one)) for one in METHODS),
            ),
            Setting(
                "url", "template", words("地址", "Address"),
                words("域名必须写明，路径和参数可引用字段", "The host is fixed; the rest may hold fields in braces"),
                required=True, max=2000,
            ),
            Setting(
                "headers", "headers", words("请求头", "Headers"),
                words("值可引用字段，或使用密钥", "A value may hold fields, or be a secret"),
            ),
            Setting("json", "assignments", words("JSON 内容", "JSON values")),
            Setting("body", "template", words("请求正文", "Body"), max=100_000),
            Setting("as", "text", words("变量名", "Remember as"), max=40),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The host is fixed and may be asked, headers are some, there is one body at most."""
        settings = place.settings
        url = str(settings.get("url") or "")
        if AUTHORITY.match(url) is None:
            yield place.problem("flows.host_not_fixed", "url")
        else:
            try:
                check_address(HOLE.sub("x", url))
            except NotReached as bad:
                yield place.problem(bad.code, "url", **bad.params)
        yield from worked.text_problems(place, "url", "body")
        yield from _header_problems(place)
        if settings.get("json") and settings.get("body"):
            yield place.problem("flows.one_body", "body")
        if settings.get("method") in BODYLESS and (settings.get("json") or settings.get("body")):
            yield place.problem("flows.no_body", "method", method=settings["method"])
        if isinstance(settings.get("json"), Mapping):
            yield from worked.problems(place, settings["json"], "json")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes the requests; each run goes on when its own is answered."""
        settings = batch.settings
        fixed = [one for one in settings.get("headers") or () if not one.get("secret")]
        specs: dict[str, values.Spec] = {
            f"hole {path}": {"text": f"{{{path}}}"} for path in HOLE.findall(settings["url"])
        }
        specs |= {f"header {place}": {"text": str(one.get("value", ""))} for place, one in enumerate(fixed)}
        specs |= {f"json {name}": spec for name, spec in (settings.get("json") or {}).items()}
        if settings.get("body"):
            specs["body"] = {"text": settings["body"]}
        requests = [_request(settings, fixed, row) for row in worked.work_out(batch, specs, kept=False)]
        batch.give(None, [_shown(one) for one in requests])
        ask(
            batch.ctx,
            [
                Wanted(run, token, "http", one, remember=settings.get("as"))
                for (run, token), one in zip(batch.held, requests, strict=True)
            ],
        )
        return awaited(batch.ctx, batch.held)

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Requests that would be sent; what would be answered is not known."""
        settings = batch.settings
        said = {"method": settings.get("method"), "host": HOLE.sub("…", settings["url"])}
        return [Foreseen(Go(), (Deed("http", outside=1, values=said),)) for _ in batch.held]


def _request(settings: Mapping[str, Any], fixed: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> dict[str, Any]:
    url = HOLE.sub(lambda hole: quote(str(row[f"hole {hole[1]}"]), safe=""), settings["url"])
    headers = [
        {"name": one["name"], "value": " ".join(str(row[f"header {place}"]).split())} for place, one in enumerate(fixed)
    ]
    headers += [
        {"name": one["name"], "value": str(one.get("value") or ""), "secret": one["secret"]}
        for one in settings.get("headers") or () if one.get("secret")
    ]  # fmt: skip
    body = row.get("body")
    if settings.get("json"):
        body = orjson.dumps({name: worked.plain(row[f"json {name}"]) for name in settings["json"]}).decode()
        if not any(one["name"].lower() == "content-type" for one in headers):
            headers.append({"name": "Content-Type", "value": "application/json"})
    return {"method": settings["method"], "url": url, "headers": headers, "body": body}


def _shown(request: Mapping[str, Any]) -> dict[str, Any]:
    """A request as it is kept with its run: secrets are not in it before it is sent, and where they come in is told."""
    headers = {
        one["name"]: one["value"] + (f"{{{one['secret']}}}" if one.get("secret") else "") for one in request["headers"]
    }
    return {"url": request["url"], "headers": headers, **({"body": request["body"]} if request["body"] else {})}


def _header_problems(place: Place) -> Iterator[Problem]:
    headers = place.settings.get("headers") or ()
    if len(headers) > MOST_HEADERS:
        yield place.problem("flows.too_many", "headers", name="headers", limit=MOST_HEADERS)
    for one in headers:
        name, value, secret = (
            (one.get(key) for key in ("name", "value", "secret")) if isinstance(one, Mapping) else (None,) * 3
        )
        if not isinstance(name, str) or not HEADER_NAME.fullmatch(name) or name.lower() in OURS:
            yield place.problem("flows.bad_header", "headers", header=str(name)[:40])
        elif secret is not None and (not isinstance(secret, str) or not NAME.fullmatch(secret)):
            yield place.problem("flows.bad_secret_name", "headers")
        elif value is not None and (not isinstance(value, str) or not value.isprintable()):
            yield place.problem("flows.bad_header", "headers", header=name[:40])
        elif value and secret is None:
            yield from worked.problems(place, {name: {"text": value}}, "headers")
