"""Lets somebody in who lost every second factor, where no administrator can: `guanxi reset-second-factor EMAIL`."""

import argparse

from guanxi.infra.errors import NotFound
from guanxi.infra.i18n import sentence, terminal_language


def add(parser: argparse.ArgumentParser, language: str) -> None:
    """What the command asks for."""
    parser.set_defaults(run=reset_second_factor)
    parser.add_argument("email", help=sentence("cli.email_of_account", {}, language))


def reset_second_factor(wanted: argparse.Namespace) -> None:
    """Take the second factors of an account away and end its sessions; NotFound when nobody signs in with the address."""
    from guanxi.app.archive import with_product

    with with_product():
        reset(wanted.email)
    print(sentence("app.second_factor_reset", {"email": wanted.email}, terminal_language()))


def reset(email: str) -> None:
    """The same, in the database that is open."""
    from allauth.usersessions.models import UserSession

    from guanxi.capabilities.identity.models import Account
    from guanxi.capabilities.identity.security import second_factor

    account = Account.objects.by_email(email)
    if account is None:
        raise NotFound("app.no_account", {"email": email})
    second_factor.reset(account)
    for session in UserSession.objects.filter(user=account):
        session.end()
