"""A signature drawn by hand."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.file import File
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field


@register
class Signature(File):
    """One PNG picture of a signature, drawn in the browser and uploaded."""

    key = "signature"
    intro = Introduction(
        "file",
        "signature",
        words("手写签名", "Signature"),
        words("在屏幕上签名", "Signed by hand on the screen"),
        sample=words("签名.png", "signature.png"),
    )
    searchable = False
    media_types: ClassVar[AbstractSet[str]] = frozenset({"image/png"})

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> list[dict[str, Any]] | None:
        """A list of one, as the upload answered it."""
        files = super().parse(field, raw, env)
        if files and (len(files) > 1 or files[0]["type"] not in self.media_types):
            raise BadValue("fields.not_a_signature")
        return files

    def samples(self, field: Field) -> list[Any]:
        """Two signatures."""
        first = {"id": "01900000-0000-7000-8000-000000000004", "name": "签名.png", "size": 2048, "type": "image/png"}
        return [[first], [{**first, "id": "01900000-0000-7000-8000-000000000005", "name": "签名 2.png"}]]
