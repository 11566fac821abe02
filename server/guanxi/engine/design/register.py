"""The wiring of the designer."""

from guanxi.engine.design import actions, background, computing, converting
from guanxi.engine.records import trees
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Its verbs, its jobs, and the rule of trees, which is a setting of fields."""
    registry.action(
        actions.apply_changes, actions.create_object, actions.update_object, actions.archive_object,
        actions.restore_object, actions.drop_object, actions.create_field, actions.update_field,
        actions.archive_field, actions.restore_field, actions.drop_field, actions.convert_field,
        actions.revert_field, actions.create_relation, actions.create_component,
        actions.update_component, actions.archive_component, actions.restore_component, actions.roll_back,
        computing.verify_computed,
    )  # fmt: skip
    registry.hooks(trees)
    registry.jobs(background, converting)
