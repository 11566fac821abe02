"""The whole wiring of pools."""

from pathlib import Path

from guanxi.areas.pools import chores, limits, membership
from guanxi.areas.pools.actions.claim_records import claim_records
from guanxi.areas.pools.actions.give_records import give_records
from guanxi.areas.pools.actions.release_records import release_records
from guanxi.areas.pools.bundle import LIMITS, POOLS, RULES
from guanxi.areas.pools.hooks import pools, records
from guanxi.areas.pools.kinds import steps
from guanxi.areas.pools.routes import ROUTES
from guanxi.engine.bundles.items import section
from guanxi.engine.objects.validation import add_feature
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Pools with their limits and rules, the verbs, and what they say of who sees what."""
    add_feature("pools")
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(pools, records, membership, limits, steps)
    registry.action(claim_records, release_records, give_records)
    registry.jobs(chores)
    registry.routes(*ROUTES)
    section(POOLS)
    section(RULES)
    section(LIMITS)
