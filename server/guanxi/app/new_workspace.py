"""Making a workspace from the command line: the first door of an installation without the sample."""

import getpass
import sys

from guanxi.infra.i18n import sentence, terminal_language


def create(*, slug: str, name: str, email: str, person: str, language: str) -> None:
    """Make the workspace and its administrator; the password is asked for, or read from standard input.

    Raises Invalid and Conflict for values that cannot be.
    """
    import django
    from django.utils import translation

    django.setup()

    from guanxi.app import installation
    from guanxi.capabilities.identity.passwords import problems
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
    from guanxi.infra.errors import Invalid
    from guanxi.infra.i18n import DJANGO_LANGUAGES

    translation.activate(DJANGO_LANGUAGES[terminal_language()])
    password = _password()
    if wrong := problems(email, person, password):
        raise Invalid(wrong)
    workspace = create_workspace(
        slug=slug,
        name=name,
        definitions=installation.definitions(),
        administrator=NewMember(email, person, password),
        language=language,
        seeds=installation.seeds(),
    )
    installation.finish_deferred(workspace.schema)


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass(sentence("cli.password", {}, terminal_language()) + " ")
    return sys.stdin.readline().rstrip("\n")
