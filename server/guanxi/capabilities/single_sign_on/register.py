"""The whole wiring of single sign-on."""

from guanxi.capabilities.identity import session_reach
from guanxi.capabilities.single_sign_on import entrance
from guanxi.capabilities.single_sign_on.actions.read_issuer import read_issuer
from guanxi.capabilities.single_sign_on.actions.read_provider_metadata import read_provider_metadata
from guanxi.capabilities.single_sign_on.actions.remove_provider import remove_provider
from guanxi.capabilities.single_sign_on.actions.require_single_sign_on import require_single_sign_on
from guanxi.capabilities.single_sign_on.actions.save_provider import save_provider
from guanxi.capabilities.single_sign_on.http import settings
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The verbs and pages of administrators, and what a workspace asks of sessions."""
    session_reach.narrow_with(entrance.only_workspaces)
    session_reach.ask_with(entrance.ask)
    session_reach.vouch_with(entrance.is_vouched)
    registry.action(save_provider, remove_provider, require_single_sign_on, read_provider_metadata, read_issuer)
    registry.routes(*settings.ROUTES)
