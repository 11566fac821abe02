"""The wiring of the designer."""

from guanxi.engine.design import actions, background, computing, converting, standing
from guanxi.engine.records import trees
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Its verbs, its jobs, and the rule of trees, which is a setting of fields."""
    registry.action(
        actions.apply_changes, actions.create_object, actions.update_object, actions.create_field,
        actions.update_field, actions.convert_field, actions.create_relation, actions.create_component,
        actions.update_component, actions.roll_back, *standing.VERBS, computing.verify_computed,
    )  # fmt: skip
    registry.hooks(trees)
    registry.jobs(background, converting)
