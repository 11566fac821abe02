"""The wiring of the verbs that the engine itself has for every object."""

from guanxi.engine.actions.reveal_value import reveal_value
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Looking at a hidden value."""
    registry.action(reveal_value)
