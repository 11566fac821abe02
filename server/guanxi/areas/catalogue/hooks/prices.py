"""Price books that can be in force, rates that are worth something, and limits in the hands of those who configure."""

from __future__ import annotations

from guanxi.areas.catalogue.errors import ConfigureRightNeeded
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit import money


@hook("price_book", "before", fields={"valid_from", "valid_to"}, ops=("create", "update"))
def books_end_after_they_begin(ctx: Context, batch: list[Write]) -> None:
    """The last day is not before the first."""
    errors = []
    for write in batch:
        begins, ends = write.value("valid_from"), write.value("valid_to")
        if begins is not None and ends is not None and ends < begins:
            errors.append(FieldError("valid_to", "catalogue.ends_before_it_begins", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("currency_rate", "before", fields={"rate", "currency"}, ops=("create", "update"))
def rates_are_above_zero(ctx: Context, batch: list[Write]) -> None:
    """A currency is worth something, and the workspace's own is worth itself."""
    errors = []
    for write in batch:
        if write.value("rate") is not None and write.value("rate") <= 0:
            errors.append(FieldError("rate", "catalogue.rate_above_zero", row=write.row))
        if write.value("currency") == ctx.workspace.currency:
            errors.append(FieldError("currency", "catalogue.own_currency", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("rounding_rule", "before", fields={"currency", "digits"}, ops=("create", "update"))
def nothing_is_finer_than_it_is_paid(ctx: Context, batch: list[Write]) -> None:
    """A currency has no more decimals than can be paid."""
    errors = []
    for write in batch:
        currency = write.value("currency")
        if currency and (write.value("digits") or 0) > money.decimals(currency):
            params = {"currency": currency, "most": money.decimals(currency)}
            errors.append(FieldError("digits", "catalogue.rounding_digits", params, write.row))
    if errors:
        raise Invalid(errors)


@hook("discount_limit", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """Limits bind people: a role's rights over records alone do not reach them."""
    if not ctx.actor.is_system and not ctx.actor.may("configure"):
        raise ConfigureRightNeeded
