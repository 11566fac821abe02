"""The whole wiring of customers."""

from pathlib import Path

from guanxi.areas.customers.hooks import affiliations, credit_codes, trees
from guanxi.areas.customers.seed import seed
from guanxi.capabilities.flows import templates
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Companies, contacts, affiliations, tags, and the rules that hold of them."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(affiliations, credit_codes, trees)
    templates.ship(Path(__file__).parent / "flows")
    registry.seed(seed)
