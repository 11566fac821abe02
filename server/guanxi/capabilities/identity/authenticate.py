"""From a request to the person who acts in a workspace; every door to a workspace's data passes here."""

from django.http import HttpRequest

from guanxi.capabilities.identity.errors import UnknownWorkspace
from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of
from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Workspace
from guanxi.infra.errors import NotSignedIn


def authenticate(request: HttpRequest, slug: str) -> tuple[Workspace, Actor]:
    """The workspace and the caller as a member of it, with rights as they are now.

    Raises NotSignedIn without a valid session, UnknownWorkspace when there is none of that name for this person.
    """
    account = signed_in(request)
    membership = (
        Membership.objects.select_related("workspace")
        .filter(account_id=account.pk, workspace__slug=slug, is_active=True)
        .first()
    )
    if membership is None:
        raise UnknownWorkspace
    actor = organisation_of(membership.workspace).actor(membership.member_id, account.pk)
    if actor is None:
        raise UnknownWorkspace
    return engine_workspace(membership.workspace), actor


def signed_in(request: HttpRequest) -> Account:
    """The account of the request's session, from the cookie or the X-Session-Token header; NotSignedIn otherwise."""
    if not isinstance(request.user, Account) or not request.user.is_authenticated:
        raise NotSignedIn
    return request.user
