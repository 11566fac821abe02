"""The word lists of the sample, read once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("guanxi.packs.sample") / "data"


@cache
def words() -> dict[str, Any]:
    """What names, addresses and positions are composed of."""
    return tomllib.loads((_DATA / "words.toml").read_text("utf-8"))


@cache
def texts() -> dict[str, Any]:
    """What people write."""
    return tomllib.loads((_DATA / "texts.toml").read_text("utf-8"))


@cache
def divisions() -> dict[str, list[dict[str, str]]]:
    """Rows of province, city, district, dialling code and weight, by city."""
    by_city: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader((_DATA / "divisions.csv").read_text("utf-8").splitlines()):
        by_city.setdefault(row["city"], []).append(row)
    return by_city
