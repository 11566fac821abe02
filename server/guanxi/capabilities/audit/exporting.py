"""The audit log as a CSV file, noted in the log itself."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from typing import IO, Any

from guanxi.capabilities.audit import telling
from guanxi.capabilities.audit.shapes import AuditItem
from guanxi.engine.audit import note, reading
from guanxi.engine.audit.kinds import EXPORT
from guanxi.engine.audit.reading import Wanted
from guanxi.engine.context import Context
from guanxi.engine.transfer.formulas import defused
from guanxi.infra.i18n import sentence

COLUMNS = (
    "at", "kind", "says", "by", "via", "ip", "agent", "session", "key", "key_id", "object", "record", "record_id", "facts",
    "change_set", "seq", "hash",
)  # fmt: skip


def export(ctx: Context, wanted: Wanted, asked: Mapping[str, Any]) -> tuple[IO[bytes], int]:
    """The file, open at its beginning, and how many rows it has; its digest is noted with what was asked for."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes what it is given
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([sentence(f"audit.column_{name}", {}, ctx.language) for name in COLUMNS])
    rows = 0
    for items in reading.pages(ctx, wanted):
        writer.writerows([[defused(one) for one in _cells(item)] for item in telling.told(ctx, items)])
        rows += len(items)
    text.flush()
    text.detach()
    file.seek(0)
    digest = sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    note(ctx, EXPORT, details={"filter": dict(asked), "rows": rows, "sha256": digest.hexdigest()})
    file.seek(0)
    return file, rows


def _cells(item: AuditItem) -> list[str]:
    record = item["record"]
    facts = "; ".join(f"{fact['label']}: {fact['text']}" for fact in item["facts"])
    by = item["by"]
    cells = [
        item["at"], item["label"], item["says"], by and (by["title"] or by["id"]), item["via"], item["ip"], item["agent"],
        item["session"], item["key"], item["key_id"], item["object"], record and record["title"], record and record["id"], facts,
        item["change_set"], item["seq"], item["hash"],
    ]  # fmt: skip
    return ["" if one is None else str(one) for one in cells]
