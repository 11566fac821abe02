"""What a new password must be."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guanxi.capabilities.identity.models import Account
from guanxi.infra.errors import FieldError


def problems(email: str, name: str, password: str) -> list[FieldError]:
    """Why somebody's new password cannot be taken, in the language of the moment; empty when it can."""
    try:
        validate_password(password, Account(email=email, name=name))
    except ValidationError as error:
        return [FieldError("password", "identity.password_refused", {"reason": text}) for text in error.messages]
    return []
