"""Further ways to a record than lists and searches, and the table that says of every address how it is held shut.

An address that is added to the product has to be named here: with the probe that asks it in random worlds, or with the
test that holds it where no random world has what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.access.probes import PROBES, Asked, Leak, Probe, differ, said


def by_record(asked: Asked) -> Iterator[Leak]:
    """What is told of one record beside its values: who sees it, what a form would say, what deleting it would do."""
    for key in asked.objects:
        reached = asked.reached(key)
        listed = said(asked.client.get(f"records/{key}?limit=200"))["rows"]
        yield from differ(f"list of {key} by address", {row["id"] for row in listed}, reached)
        for record in asked.of(key)[:5]:
            hidden = record.id not in reached
            for what, status in (
                ("access", asked.client.get(f"records/{key}/{record.id}/access").status_code),
                ("draft", asked.client.post(f"records/{key}/draft", {"id": record.id, "values": {}}).status_code),
                ("deletion", asked.client.post(f"records/{key}/deletion", {"ids": [record.id]}).status_code),
            ):
                yield from differ(f"{what} of a hidden {key}", status == 404, hidden)


def files(asked: Asked) -> Iterator[Leak]:
    """A file opens with the records that hold it."""
    for file, record in asked.world.files.items():
        may = record.object in asked.objects and record.id in asked.reached(record.object)
        yield from differ(
            f"file of {record.object}", asked.client.get(f"files/{file}").status_code, 200 if may else 404
        )


def change_sets(asked: Asked) -> Iterator[Leak]:
    """Others' changes are neither listed, told nor taken back, but by who reads the log of all."""
    may = "audit" in asked.world.system(asked.person)
    for change in asked.world.change_sets:
        yield from differ(
            "others' change set", asked.client.get(f"change-sets/{change}").status_code, 200 if may else 404
        )
        if not may:
            yield from differ("others' undo", asked.client.post(f"change-sets/{change}/undo", {}).status_code, 404)


PROBES_OF_WAYS: dict[str, Probe] = {"by record": by_record, "files": files, "change sets": change_sets}
EVERY_PROBE: dict[str, Probe] = {**PROBES, **PROBES_OF_WAYS}

_OWN = "shows its caller's own things alone"
_RIGHT = "needs a right over the workspace: tests/contracts/test_access_matrix.py"
_NO_RECORD = "tells of no record"
_IMPORT = "tests/engine/transfer/test_matching.py"

WAYS: dict[str, str] = {
    "GET records/<object>": "by record",
    "POST records/<object>/query": "lists",
    "POST records/<object>/count": "counts",
    "POST records/<object>/group": "counts",
    "POST records/<object>/draft": "by record",
    "POST records/<object>/deletion": "by record",
    "POST records/<object>/bulk": "changes",
    "POST records/<object>/upsert": "oracles",
    "POST records/<object>/export": "exports",
    "POST records/<object>/formula-preview": "tests/access/test_attacks.py",
    "POST records/<object>": "tests/access/test_attacks.py",
    "GET records/<object>/<id>": "single",
    "PATCH records/<object>/<id>": "changes",
    "DELETE records/<object>/<id>": "tests/contracts/test_access_matrix.py",
    "GET records/<object>/<id>/timeline": "single",
    "GET records/<object>/<id>/access": "by record",
    "GET records/<object>/<id>/related/<relation>": "relations",
    "POST records/<object>/<id>/related/<relation>": "tests/contracts/test_access_matrix.py",
    "GET records/<object>/<id>/shares": "shares",
    "POST records/<object>/<id>/shares": "tests/engine/records/test_shares.py",
    "DELETE records/<object>/<id>/shares/<share>": "tests/engine/records/test_shares.py",
    "GET records/<object>/<id>/approvals": "tests/contracts/test_access_matrix.py",
    "GET records/<object>/<id>/pool": "tests/areas/pools/test_recycling.py",
    "GET records/<object>/<id>/scripts": "tests/areas/enablement/test_scripts.py",
    "GET search": "search",
    "GET catalog": "catalogs",
    "GET openapi.json": "catalogs",
    "GET files/<id>": "files",
    "POST files": _OWN,
    "GET change-sets": _OWN,
    "GET change-sets/<id>": "change sets",
    "POST change-sets/<id>/undo": "change sets",
    "GET change-sets/<id>/undo": "tests/contracts/test_access_matrix.py",
    "POST actions/<area>/<verb>": "tests/access/test_attacks.py",
}  # fmt: skip
"""How each address that can tell of a record is held shut: the name of a probe, or a test, or why it tells of none."""

OTHERS: dict[str, str] = {
    "docs": _NO_RECORD, "me": _OWN, "workspace": _NO_RECORD, "password-rules": _RIGHT, "members": _RIGHT, "hand-overs": _OWN,
    "audit": _RIGHT, "view-as": _RIGHT, "access": "tests/capabilities/access_explained", "imports": _IMPORT,
    "design": _RIGHT, "sandboxes": _RIGHT, "configuration": _RIGHT, "trees": _NO_RECORD, "access-keys": _OWN, "apps": _RIGHT,
    "app-grants": _OWN, "single-sign-on": _RIGHT, "flows": _RIGHT, "approvals": "tests/capabilities/approvals", "pools": "tests/areas/pools",
    "mailboxes": _RIGHT, "quotes": "tests/areas/quotes", "companies": "tests/areas/billing", "opportunities": "tests/areas/sales/test_gates.py",
    "receivables": "tests/areas/billing", "statements": "tests/areas/billing",
    "forecast": "tests/areas/forecast", "targets": "tests/areas/forecast",
    "grading": _RIGHT, "probability-model": _RIGHT, "leads": "tests/areas/sales", "web-forms": _RIGHT,
    "conversion-mappings": _RIGHT,
    "notifications": _OWN,
}  # fmt: skip
"""The same for whole families of addresses, by their first word."""
