"""The step of signing in that asks for the second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.identity.security import devices


class SecondFactorStage(AuthenticateStage):
    """Asks whoever has a second factor, unless this browser is trusted."""

    def _should_handle(self, request: HttpRequest) -> bool:
        account = self.login.user
        if isinstance(account, Account) and devices.is_trusted(request, account):
            return False
        return super()._should_handle(request)
