"""The wiring of configuration as files."""

from guanxi.engine.bundles import actions, catalog
from guanxi.engine.bundles.items import section
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The sections of what the designer makes, and the verbs."""
    for one in (catalog.Objects(), catalog.Fields(), catalog.Components()):
        section(one)
    registry.action(actions.apply_configuration, actions.roll_back_configuration)
