"""Statements of a batch as files: parts of the archive, then the archive with a list of all that is in it."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

from rustpy_xlsxwriter import write_worksheet

from guanxi.areas.billing.statements.store import Made
from guanxi.areas.billing.workbook import number
from guanxi.infra.i18n import sentence
from guanxi.infra.storage import store as files
from guanxi.infra.storage.store import Stored

TYPE = "application/zip"
CHUNK = 1 << 20
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u202a-\u202e\u2066-\u2069]+')
LONGEST = 80


def file_name(place: int, title: str, ending: str) -> str:
    """What a statement is called in the archive: no two are called alike, and every system can unpack it."""
    kept = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:LONGEST].strip(" .")
    return f"{place + 1:05d} {kept}".strip() + f".{ending}"


def part(contents: Mapping[str, bytes], at: datetime) -> str:
    """Keep some statements; the name in the storage. The same ones, made as of the same moment, are kept once."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in contents.items():
            archive.writestr(_entry(name, at), content)
    content = packed.getvalue()
    return files.keep([content], limit=len(content)).name


def archive(parts: Sequence[str], overview: bytes, name: str, at: datetime) -> Stored:
    """Put the parts together, with the list of all."""
    with tempfile.TemporaryDirectory(prefix="guanxi-statements-") as folder:
        path = Path(folder) / "statements.zip"
        with zipfile.ZipFile(path, "w") as whole:
            whole.writestr(_entry(name, at), overview)
            for one in parts:
                with files.open_file(one) as opened, zipfile.ZipFile(opened) as some:
                    for entry in some.infolist():
                        whole.writestr(_entry(entry.filename, at), some.read(entry))
        return files.keep(_chunks(path), limit=path.stat().st_size)


def overview(made: Sequence[Made], titles: Mapping[UUID, str], language: str) -> bytes:
    """A sheet of all companies: their balances and where their statements are; those left out are told as such."""
    keys = ("customer", "currency", "opening", "charged", "paid", "closing", "file")
    names = {key: sentence(f"billing.overview_{key}", {}, language) for key in keys}
    rows = []
    for one in made:
        told = {
            "customer": titles.get(one.company, "—"),
            "file": one.file or sentence("billing.run_left_out", {}, language),
        }
        for its in one.balances or ({},):
            numbers = {key: number(its.get(key)) for key in ("opening", "charged", "paid", "closing")}
            row = {**told, "currency": its.get("currency"), **numbers}
            rows.append({names[key]: row[key] for key in keys})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "overview.xlsx"
        write_worksheet(rows, str(path), freeze_row=1, bold_headers=True, autofit=True)
        return path.read_bytes()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.external_attr = 0o644 << 16
    return entry


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk
