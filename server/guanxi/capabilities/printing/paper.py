"""A document of data and pictures as PDF. Words are data: nothing that anybody types is read as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any, Self

import pylopdf_fonts_zh_cn
import typst

TYPE = "application/pdf"
SHARED = Path(__file__).parent / "paper.typ"
"""What documents of all kinds have alike; their sources import it by its name."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent], include_system_fonts=False)


class Press:
    """Prints any number of documents of one source and with the same pictures, which are read once.

    ``pictures`` are files by the name under which the source speaks of them.
    """

    def __init__(self, source: Path, pictures: Mapping[str, Path]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="guanxi-pdf-")
        self._root = Path(self._folder.name)
        self._there: dict[str, str] = {}
        for name, path in pictures.items():
            kept = self._root / f"{name}{ending(path)}"
            copyfile(path, kept)
            self._there[name] = kept.name
        copyfile(SHARED, self._root / SHARED.name)
        copyfile(source, self._root / "main.typ")
        self._made: typst.Compiler | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing more is printed."""
        self._folder.cleanup()

    def pdf(self, data: Mapping[str, Any], at: datetime | None = None) -> bytes:
        """The document of this data; the same data, printed as of the same moment, are the same bytes."""
        told = json.dumps({**data, "pictures": self._there}, ensure_ascii=False)
        (self._root / "data.json").write_text(told, "utf-8")
        if self._made is None:
            self._made = typst.Compiler(str(self._root / "main.typ"), root=str(self._root), font_paths=_fonts())
        return bytes(self._made.compile(format="pdf", timestamp=at and at.replace(microsecond=0)))  # type: ignore[arg-type]


def pdf(source: Path, data: Mapping[str, Any], pictures: Mapping[str, Path]) -> bytes:
    """One document."""
    with Press(source, pictures) as press:
        return press.pdf(data)


def ending(path: Path) -> str:
    """What a picture is, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(12)
    if head.startswith(b"\xff\xd8"):
        return ".jpg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith(b"GIF8"):
        return ".gif"
    return ".png"
