"""A place on the globe."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import (
    DEFAULT_ZONE,
    BadValue,
    Column,
    FieldKind,
    Introduction,
    ParseEnv,
    shown,
)
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.kit.folding import half_width

DIGITS = 6
"""Digits after the point: a tenth of a metre."""
_NUMBER = r"(-?\d{1,3}(?:\.\d{1,20})?)\s*°?\s*"
_TEXT = re.compile(rf"{_NUMBER}([NS])?\s*[,;\s]\s*{_NUMBER}([EW])?", re.ASCII)
SYSTEM = Setting(
    "system", "choice", words("坐标系", "Coordinates"), default="gcj02",
    help=words("国内地图用 GCJ-02，GPS 设备用 WGS-84", "Maps in China use GCJ-02, GPS devices WGS-84"),
    choices=(
        ("gcj02", words("GCJ-02（高德、腾讯）", "GCJ-02")), ("wgs84", words("WGS-84（GPS）", "WGS-84 (GPS)")),
        ("bd09", words("BD-09（百度）", "BD-09")),
    ),
)  # fmt: skip


class GeoPoint(NamedTuple):
    """Latitude and longitude in degrees."""

    lat: float
    lng: float


@register
class GeoPointKind(FieldKind):
    """Latitude and longitude in degrees, to six digits, in the coordinates that the field's ``system`` names."""

    key = "geo_point"
    intro = Introduction(
        "place",
        "locate-fixed",
        words("定位", "Location"),
        words("经纬度，可按距离筛选", "A place, filtered by distance"),
    )
    trait = "geo"
    sortable = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """Latitude and longitude."""
        return (Column("", "double precision"), Column("__lng", "double precision"))

    def indexes(self, field: Field) -> tuple[str, ...]:
        """The latitude first: a distance or a box is a small band of it."""
        return (f'USING btree ("{field.key}", "{field.key}__lng")',)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``system`` of the coordinates, for maps."""
        return (SYSTEM,)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> GeoPoint | None:
        """An object with ``lat`` and ``lng``, or text."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            return self.parse_text(field, raw, env)
        if isinstance(raw, Mapping):
            if set(raw) != {"lat", "lng"}:
                raise BadValue("fields.not_a_point", value=shown(raw))
            raw = (raw["lat"], raw["lng"])
        if not isinstance(raw, tuple) or len(raw) != 2:
            raise BadValue("fields.not_a_point", value=shown(raw))
        lat, lng = (_degrees(part) for part in raw)
        if lat is None or lng is None or abs(lat) > 90 or abs(lng) > 180:
            raise BadValue("fields.not_a_point", value=shown(raw))
        return GeoPoint(lat, lng)

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> GeoPoint | None:
        """``22.5431, 113.9532``, the latitude first; ``22.5431N 113.9532E``."""
        text = half_width(text).strip() if len(text) <= 100 else text
        if not text:
            return None
        match = _TEXT.fullmatch(text.upper()) if len(text) <= 100 else None
        if match is None:
            raise BadValue("fields.not_a_point", value=shown(text))
        lat, south, lng, west = match.groups()
        return self.parse(
            field, (float(lat) * (-1 if south == "S" else 1), float(lng) * (-1 if west == "W" else 1)), env
        )

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """Both."""
        return (None, None) if value is None else (value.lat, value.lng)

    def from_db(self, values: Sequence[Any]) -> Any:
        """Both together."""
        lat, lng = values
        return None if lat is None or lng is None else GeoPoint(lat, lng)

    def render(self, value: Any) -> dict[str, float] | None:
        """An object with ``lat`` and ``lng``."""
        return None if value is None else {"lat": value.lat, "lng": value.lng}

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``22.5431, 113.9532``."""
        return "" if value is None else f"{_plain(value.lat)}, {_plain(value.lng)}"

    def samples(self, field: Field) -> list[Any]:
        """Shenzhen, Beijing, the southern and western half, the corners."""
        return [
            GeoPoint(22.5431, 113.9532), GeoPoint(39.904989, 116.405285), GeoPoint(-33.86882, 151.20929),
            GeoPoint(40.7128, -74.006), GeoPoint(0.0, 0.0), GeoPoint(-90.0, 180.0),
        ]  # fmt: skip

    def json_schema(self, field: Field) -> dict[str, Any]:
        """Degrees."""
        properties = {
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "lng": {"type": "number", "minimum": -180, "maximum": 180},
        }
        return {"type": "object", "properties": properties, "required": ["lat", "lng"]}


def _degrees(raw: Any) -> float | None:
    if isinstance(raw, str):
        try:
            raw = float(raw) if len(raw) <= 40 else None
        except ValueError:
            return None
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not -360 <= raw <= 360:
        return None
    return round(float(raw), DIGITS) + 0.0


def _plain(degrees: float) -> str:
    text = f"{degrees:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
