"""Pictures."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.file import File
from guanxi.engine.objects.fields.references import SAMPLE_IDS
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field


@register
class Image(File):
    """Uploaded pictures, shown small in lists."""

    key = "image"
    intro = Introduction(
        "file",
        "image",
        words("图片", "Pictures"),
        words("产品图、现场照片、名片", "Products, sites, business cards"),
        sample=words("现场照片.jpg", "site.jpg"),
    )
    media_types: ClassVar[AbstractSet[str]] = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> list[dict[str, Any]] | None:
        """A list of what the upload answered, pictures only."""
        files = super().parse(field, raw, env)
        for file in files or ():
            if file["type"] not in self.media_types:
                raise BadValue("fields.not_an_image", name=file["name"])
        return files

    def samples(self, field: Field) -> list[Any]:
        """One picture, two pictures."""
        photo = {"id": str(SAMPLE_IDS[1]), "name": "photo 1.jpg", "size": 1_048_576, "type": "image/jpeg"}
        drawn = {"id": "01900000-0000-7000-8000-000000000004", "name": "签名.png", "size": 2048, "type": "image/png"}
        return [[photo], [drawn, photo]]
