"""The whole wiring of identity."""

from pathlib import Path

from guanxi.capabilities.identity import bundle, department_paths, leaving, upkeep, usage
from guanxi.capabilities.identity.actions.deactivate_member import deactivate_member
from guanxi.capabilities.identity.actions.end_sessions import end_sessions
from guanxi.capabilities.identity.actions.invite_member import invite_member
from guanxi.capabilities.identity.actions.reactivate_member import reactivate_member
from guanxi.capabilities.identity.actions.resend_invitation import resend_invitation
from guanxi.capabilities.identity.actions.reset_second_factor import reset_second_factor
from guanxi.capabilities.identity.authenticate import acting, joined, workspace_of
from guanxi.capabilities.identity.hooks import (
    access_rules,
    delegations,
    departments,
    grants,
    member_effects,
    member_guards,
    positions,
    roles,
    sign_in_policies,
    skills,
)
from guanxi.capabilities.identity.http import me, members, password_rules, workspace
from guanxi.engine.acting import provide
from guanxi.engine.bundles import sources
from guanxi.infra.mail import post
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Members, departments, roles; the rules that hold of them; inviting and deactivating; the caller's own page.

    Also answers the engine's question who a stored member id acts as.
    """
    provide(acting, workspace_of)
    sources.provide(joined)
    bundle.register()
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(
        departments,
        member_guards,
        grants,
        member_effects,
        positions,
        delegations,
        roles,
        access_rules,
        usage,
        sign_in_policies,
        skills,
    )
    registry.action(invite_member, resend_invitation, deactivate_member, reactivate_member)
    registry.action(end_sessions, reset_second_factor)
    registry.jobs(post, upkeep, department_paths, leaving)
    registry.routes(*me.ROUTES, *workspace.ROUTES, *members.ROUTES, *password_rules.ROUTES)
