"""A document of data and pictures as PDF. Words are data: nothing that anybody types is read as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any

import pylopdf_fonts_zh_cn
import typst

SOURCE = Path(__file__).parent / "quote.typ"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent], include_system_fonts=False)


def pdf(data: Mapping[str, Any], pictures: Mapping[str, Path]) -> bytes:
    """The document; ``pictures`` are files by the name under which the data speaks of them."""
    with tempfile.TemporaryDirectory(prefix="guanxi-pdf-") as folder:
        root = Path(folder)
        there = {}
        for name, path in pictures.items():
            kept = root / f"{name}{ending(path)}"
            copyfile(path, kept)
            there[name] = kept.name
        (root / "data.json").write_text(json.dumps({**data, "pictures": there}, ensure_ascii=False), "utf-8")
        source = root / "main.typ"
        copyfile(SOURCE, source)
        made = typst.Compiler(str(source), root=str(root), font_paths=_fonts()).compile(format="pdf")
        return bytes(made)  # type: ignore[arg-type]


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
