"""Remembers that the data is at this release already, so that a start need not look again."""

import hashlib
from pathlib import Path
from typing import Any

from guanxi import __version__
from guanxi.infra.database.embedded import EmbeddedServer
from guanxi.infra.paths import PACKAGE

STAMP = "prepared"
SOURCES = {".py", ".toml", ".json"}


def remember(data_dir: Path) -> None:
    """Note that everything was brought to what the code now says."""
    (data_dir / STAMP).write_text(_fingerprint())


def forget(data_dir: Path) -> None:
    """The data came from elsewhere: look at the next start."""
    (data_dir / STAMP).unlink(missing_ok=True)


def known_facts(data_dir: Path, database: EmbeddedServer, *, sample: bool) -> dict[str, Any] | None:
    """What `guanxi.app.prepare` would answer, or None when it has to run.

    It has to after any change of the code, on a database without the tables, and for a sample that is still to be made.
    """
    stamp = data_dir / STAMP
    if not stamp.is_file() or stamp.read_text() != _fingerprint():
        return None
    told = database.told("select count(*), coalesce(bool_or(is_sample), false) from identity_workspace")
    if told is None or (sample and told.startswith("0|")):
        return None
    from guanxi.packs.sample.sign_ins import SIGN_INS

    return {"sign_ins": list(SIGN_INS) if told.endswith("|t") else []}


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{__version__} {PACKAGE}".encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in SOURCES and "static" not in path.parts:
            stat = path.stat()
            digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    return digest.hexdigest()
