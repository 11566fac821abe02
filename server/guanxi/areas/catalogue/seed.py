"""Units of measure and tax rates that a new workspace begins with."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

UNITS: tuple[tuple[str, str, int], ...] = (
    ("个", "piece", 0), ("台", "unit", 0), ("套", "set", 0), ("件", "item", 0), ("箱", "box", 0), ("吨", "tonne", 3),
    ("公斤", "kg", 3), ("米", "metre", 2), ("小时", "hour", 2), ("天", "day", 1), ("人天", "person-day", 1), ("月", "month", 1), ("年", "year", 1),
)  # fmt: skip
"""Name in both languages and the decimals of quantities."""
TAXES: tuple[tuple[str, str, int], ...] = (
    ("增值税 13%", "VAT 13%", 13), ("增值税 9%", "VAT 9%", 9), ("增值税 6%", "VAT 6%", 6), ("增值税 3%", "VAT 3%", 3),
    ("免税", "Tax-free", 0),
)  # fmt: skip
"""Name in both languages and the percent."""


def seed(ctx: Context) -> None:
    """The usual units and the rates of value-added tax, in the workspace's language, unless there are some already."""
    place = 1 if ctx.language == "en" else 0
    if not reads.ids(ctx, "unit_of_measure", None, limit=1000):
        rows = [{"name": one[place], "digits": one[2], "position": at} for at, one in enumerate(UNITS, 1)]
        writes.create(ctx, "unit_of_measure", rows)
    if not reads.ids(ctx, "tax_rate", None, limit=1000):
        rows = [{"name": one[place], "percent": one[2], "position": at} for at, one in enumerate(TAXES, 1)]
        writes.create(ctx, "tax_rate", rows)
