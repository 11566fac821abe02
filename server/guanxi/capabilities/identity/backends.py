"""Sign-in as django-allauth does it; the account of a running session is found with a prepared statement."""

from allauth.account.auth_backends import AuthenticationBackend

from guanxi.capabilities.identity.models import Account
from guanxi.infra.database.lookup import lookup

_find = lookup(Account, "WHERE t.id = $1 AND t.is_active")


class AccountBackend(AuthenticationBackend):
    """Accounts that may sign in; a closed one is nobody from its next request on."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, None once it is closed."""
        return _find(int(user_id))
