"""The whole wiring of the catalogue."""

from pathlib import Path

from guanxi.areas.catalogue.actions.price_lines import price_lines
from guanxi.areas.catalogue.hooks import names, prices, products
from guanxi.areas.catalogue.seed import seed
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Products, categories, units, taxes, price books, currency rates and discount limits."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(names, prices, products)
    registry.action(price_lines)
    registry.seed(seed)
