"""`make inject`: sqlmap against a product of its own, on loopback alone, as a salesperson and as the administrator.

Every place of the API that takes what people type is asked once with sqlmap's marks in it: a finding fails the run, and
so does a request that is refused already without an attack, since nothing would be tested behind it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import httpx

from console import ROOT

sys.path.insert(0, str(ROOT / "server"))

MARK = "*"
NAMED = re.compile(r"\{(\w+)\}")
EACH_S = 240
"""Longest attack on one place; what was tried until then counts."""
OPTIONS = (
    "--batch", "--ignore-stdin", "--level=2", "--risk=2", "--dbms=PostgreSQL", "--technique=BEUST", "--time-sec=2", "--threads=2",
    "--skip-urlencode", "--flush-session", "--disable-coloring", "--ignore-code=400,403,404,409,422",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One request, with marks where sqlmap puts its words."""

    who: str
    method: str
    path: str
    body: Any = None


def rule(value: str, field: str = "name", op: str = "eq") -> dict[str, Any]:
    """A filter with one condition."""
    return {"field": field, "op": op, "value": value}


WHERE = '{"field":"name","op":"eq","value":"x*"}'
DEFINITION = {
    "object": "company*", "triggers": [{"id": "t1*", "kind": "record.created*", "settings": {"where": {"where": rule("x*")}}}],
    "start": "n1*",
    "nodes": [
        {"id": "n1", "kind": "notify*", "next": {"out": "n2"},
         "settings": {"people": [{"kind": "field*", "field": "owner*"}], "subject": "x*"}},
        {"id": "n2", "kind": "stop", "settings": {}, "next": {}},
    ],
}  # fmt: skip
BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p*"><startEvent id="s" name="x*"/>'
    '<endEvent id="e" name="y*"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'
)
PLACES = (
    Place("sales", "GET", "records/company?limit=5*&search=%E4%B8%8A%E6%B5%B7*"),
    Place("sales", "GET", "records/company?select=name*&sort=name*"),
    Place("sales", "GET", "records/company/{company}*"),
    Place("sales", "GET", "records/company/{company}/timeline?kinds=change*&limit=5*"),
    Place("sales", "GET", "records/company/{company}/related/contacts?limit=5*&search=x*"),
    Place("sales", "GET", "search?q=%E4%B8%8A%E6%B5%B7*&objects=company*&limit=5*"),
    Place("sales", "GET", "trees/region?text=%E4%B8%8A*&depth=1*"),
    Place("sales", "GET", "change-sets?limit=5*"),
    Place("sales", "POST", "records/company/query", {"where": rule("x*"), "select": ["name*"], "limit": 5}),
    Place("sales", "POST", "records/company/query", {"where": rule("x", "name*"), "search": "x*"}),
    Place("sales", "POST", "records/company/query", {"where": rule("x", op="contains*"), "limit": 5}),
    Place("sales", "POST", "records/company/query", {"sort": [{"field": "name*", "dir": "asc*"}]}),
    Place("sales", "POST", "records/opportunity/query", {"where": rule("x*", "company.name", "contains")}),
    Place("sales", "POST", "records/company/count", {"where": rule("x*", op="starts_with")}),
    Place("sales", "POST", "records/opportunity/group", {"by": [{"field": "stage*"}], "where": rule("x*")}),
    Place("sales", "POST", "records/company", {"values": {"name": "x*", "short_name": "y*"}}),
    Place("sales", "POST", "records/company/upsert", {"match": ["name*"], "records": [{"name": "nobody else*"}]}),
    Place("sales", "POST", "records/company/formula-preview", {"expression": 'LEFT(name, 2)*', "result": "text"}),
    Place("admin", "GET", "audit?kinds=export*&ip=10.0.0.1*&key=x*&limit=5*"),
    Place("admin", "GET", "design/changes?limit=5*"),
    Place("admin", "GET", "design/usage?object=company*&field=name*"),
    Place("admin", "POST", "actions/design/create-field",
          {"params": {"object": "company*", "kind": "text*", "label": "x*", "key": "inj*", "preview": True}}),
    Place("admin", "POST", "access/simulate",
          {"changes": [{"object": "role", "values": {"key": "inj*", "name": "x*", "permissions": {
              "objects": {"company": {"read": {"where": rule("x*")}}}, "system": []}}}]}),
    Place("sales", "POST", "records/opportunity_line/query", {"where": rule("x*", "product.name", "contains")}),
    Place("sales", "POST", "records/product/query", {"where": rule("x*", "category.name"), "search": "x*"}),
    Place("sales", "POST", "records/price_entry/group", {"by": [{"field": "product*"}], "where": rule("x*", "product.name")}),
    Place("sales", "POST", "actions/catalogue/price-lines",
          {"params": {"lines": [{"product": "{product}*"}], "currency": "CNY*", "day": "2026-11-01*"}}),
    Place("sales", "GET", "records/lead/{lead}*/pool"),
    Place("sales", "POST", "records/message/query", {"where": rule("x*", "subject", "contains"), "search": "x*"}),
    Place("sales", "GET", "flows/buttons/lead*"),
    Place("sales", "GET", "flows/forms?state=done*"),
    Place("sales", "GET", "approvals?box=submitted*&limit=5*"),
    Place("sales", "GET", "records/opportunity/{opportunity}*/approvals"),
    Place("admin", "GET", "flows/runs?state=failed*&since=2026-01-01*&limit=5*"),
    Place("admin", "GET", "flows/runs?flow={flow}*&record={lead}*"),
    Place("admin", "GET", "flows/status?days=7*"),
    Place("admin", "GET", "flows/{flow}/approvals?days=30*"),
    Place("admin", "POST", "flows/check", {"definition": DEFINITION}),
    Place("admin", "POST", "flows/{flow}/try", {"definition": DEFINITION, "record": "{company}*"}),
    Place("admin", "POST", "flows/bpmn/read", {"xml": BPMN}),
    Place("admin", "POST", "records/flow", {"values": {"name": "x*", "run_as": "system*", "definition": DEFINITION}}),
    Place("admin", "POST", "actions/flows/set-secret",
          {"params": {"name": "inj*", "host": "api.example.com*", "value": "x*", "note": "y*"}}),
    Place("admin", "POST", "pools/foreseen",
          {"pool": "{pool}*", "field": "updated_at*", "days": 5, "where": rule("x*"), "days_ahead": 30}),
    Place("admin", "POST", "actions/mailbox/save-mailbox",
          {"params": {"name": "x*", "host": "127.0.0.1*", "user": "x*", "password": "y*", "folder": "INBOX*",
                      "security": "none*"}}),
)  # fmt: skip


def main() -> int:
    """Attack every place, or those whose request contains what is asked for; the number of findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="places whose method, path or body contain this")
    parser.add_argument("--since", type=int, default=0, help="leave out so many places at the beginning of the list")
    parser.add_argument("--seconds", type=int, default=EACH_S, help="longest attack on one place")
    asked = parser.parse_args()
    places = [one for one in PLACES[asked.since :] if asked.only in f"{one.method} {one.path} {one.body}"]
    tool = shutil.which("sqlmap")
    if tool is None:
        sys.exit("sqlmap is not installed: on Debian and Ubuntu it is the package sqlmap.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "guanxi.infra.settings"
    django.setup()
    from tests.support.product import Product

    product = Product("up")
    product.start()
    try:
        people = {who: _signed_in(product.address, who) for who in ("sales", "admin")}
        ready = [(place, _named(people[place.who], place)) for place in places]
        bad = sum(not _attack(tool, people[place.who], one, asked.seconds) for place, one in ready)
    finally:
        product.remove()
    print(f"== {len(places)} places, {bad} findings")
    return bad


def _signed_in(address: str, who: str) -> httpx.Client:
    from guanxi.packs.sample.sign_ins import PASSWORD, SIGN_INS
    from guanxi.packs.sample.workspace import SLUG

    role = {"sales": "salesperson", "admin": "administrator"}[who]
    email = next(one["email"] for one in SIGN_INS if one["role"] == role)
    client = httpx.Client(base_url=f"{address}/api/v1/{SLUG}/", headers={"Origin": address}, timeout=60)
    client.get(f"{address}/_allauth/browser/v1/config").raise_for_status()
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    credentials = {"email": email, "password": PASSWORD}
    client.post(f"{address}/_allauth/browser/v1/auth/login", json=credentials).raise_for_status()
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return client


def _named(client: httpx.Client, place: Place) -> Place:
    """The place with the first record of an object instead of the object's name in braces."""

    def first(found: re.Match[str]) -> str:
        return client.get(f"records/{found[1]}?limit=1").json()["rows"][0]["id"]

    body = json.loads(NAMED.sub(first, json.dumps(place.body)))
    return Place(place.who, place.method, NAMED.sub(first, place.path), body)


def _attack(tool: str, client: httpx.Client, place: Place, seconds: int) -> bool:
    """Whether nothing was found in one place."""
    path = place.path
    plain = json.loads(json.dumps(place.body).replace(MARK, ""))
    answer = client.request(place.method, path.replace(MARK, ""), json=plain if place.body is not None else None)
    if answer.status_code >= 400:
        print(f"{place.method} {path}: refused before any attack: {answer.status_code} {answer.text[:200]}")
        return False
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder) / "request.txt"
        request.write_text(_written(client, place, path))
        command = [tool, "-r", str(request), "--output-dir", folder, *OPTIONS]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False).stdout
        except subprocess.TimeoutExpired as late:
            done = (late.stdout or b"").decode(errors="replace")
    tried = done.count("testing '") or done.count("heuristic")
    found = [
        line
        for line in done.splitlines()
        if "is vulnerable" in line or "sqlmap identified" in line or "might be injectable" in line
    ]
    print(f"{place.method} {path}: {tried} tried, {len(found)} found, {time.monotonic() - begun:.0f} s", flush=True)
    for line in found:
        print("   ", line)
    return not found and tried > 0


def _written(client: httpx.Client, place: Place, path: str) -> str:
    """The request as sqlmap reads it from a file."""
    url = client.base_url
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    body = "" if place.body is None else json.dumps(place.body)
    lines = [
        f"{place.method} {url.path}{path} HTTP/1.1", f"Host: {url.host}:{url.port}", f"Cookie: {cookies}",
        f"X-CSRFToken: {client.headers['X-CSRFToken']}", f"Origin: {client.headers['Origin']}", "Accept: application/json",
    ]  # fmt: skip
    if body:
        lines.append("Content-Type: application/json")
    return "\r\n".join([*lines, "", body])


if __name__ == "__main__":
    raise SystemExit(main())
