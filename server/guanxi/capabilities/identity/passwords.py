"""What a new password must be."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.infra.errors import FieldError


def problems(email: str, name: str, password: str, joining: Iterable[Workspace] = ()) -> list[FieldError]:
    """Why somebody's new password cannot be taken, in the language of the moment; empty when it can.

    ``joining`` are the workspaces that the account is made for: what they ask counts already.
    """
    account = Account(email=email, name=name)
    account.joining = list(joining)  # type: ignore[attr-defined]
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [FieldError("password", "identity.password_refused", {"reason": text}) for text in error.messages]
    return []
