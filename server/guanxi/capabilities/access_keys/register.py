"""The whole wiring of keys and apps."""

from guanxi.capabilities.access_keys import hooks, upkeep
from guanxi.capabilities.access_keys.actions.change_app import change_app
from guanxi.capabilities.access_keys.actions.create_key import create_key
from guanxi.capabilities.access_keys.actions.new_app_secret import new_app_secret
from guanxi.capabilities.access_keys.actions.register_app import register_app
from guanxi.capabilities.access_keys.actions.remove_app import remove_app
from guanxi.capabilities.access_keys.actions.revoke_grant import revoke_grant
from guanxi.capabilities.access_keys.actions.revoke_key import revoke_key
from guanxi.capabilities.access_keys.http import lists
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The verbs, the lists, what happens when a member leaves, and the chores of the night."""
    registry.hooks(hooks)
    registry.action(create_key, revoke_key, register_app, change_app, new_app_secret, remove_app, revoke_grant)
    registry.jobs(upkeep)
    registry.routes(*lists.ROUTES)
