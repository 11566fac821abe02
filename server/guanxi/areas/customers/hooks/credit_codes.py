"""A unified social credit code is kept in normal form, and only if its check digit is right."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit import credit_code

_LENGTH = 18


@hook("company", "before", fields={"credit_code"}, ops=("create", "update"))
def credit_code_is_right(ctx: Context, batch: list[Write]) -> None:
    """Registration numbers of the time before 2015 have 15 digits and no check digit; they are let through."""
    errors: list[FieldError] = []
    for write in batch:
        text = write.new.get("credit_code")
        if not text:
            continue
        code = write.new["credit_code"] = credit_code.normalise(text)
        is_old_number = len(code) < _LENGTH and code.isdigit()
        if not is_old_number and not credit_code.is_valid(code):
            errors.append(FieldError("credit_code", "customers.credit_code_wrong", {"value": text}, write.row))
    if errors:
        raise Invalid(errors)
