"""Make an object a document with priced lines: the one door for areas that have one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.catalogue.documents import pricing, totals
from guanxi.areas.catalogue.documents.declaration import TERMS, PricedDocument
from guanxi.areas.catalogue.rules.line_prices import AMOUNTS
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

_TERMS = frozenset(TERMS)
_documents: dict[str, PricedDocument] = {}


def declare(document: PricedDocument) -> PricedDocument:
    """Attach what holds of documents with priced lines to the writes of both objects; once for an object."""
    if document.object in _documents:
        raise ValueError(f"{document.object} is declared twice")
    _documents[document.object] = document
    fields = AMOUNTS | {document.parent}

    @hook(document.lines, "before")
    def lines_are_open(ctx: Context, batch: list[Write]) -> None:
        _refuse_locked_lines(ctx, document, batch)

    @hook(document.lines, "before", fields=fields, ops=("create", "update"))
    def priced(ctx: Context, batch: list[Write]) -> None:
        pricing.price(ctx, document, batch)

    @hook(document.lines, "after", fields=fields)
    def documents_follow(ctx: Context, batch: list[Write]) -> None:
        totals.follow(ctx, document, totals.of_lines(document, batch))

    @hook(document.object, "after", fields=_TERMS, ops=("update",))
    def lines_follow(ctx: Context, batch: list[Write]) -> None:
        totals.follow(ctx, document, totals.of_terms(batch, _TERMS))

    @hook(document.object, "before", fields={"amount", "currency"}, ops=("update",))
    def amounts_of_lines_are_not_typed(ctx: Context, batch: list[Write]) -> None:
        _refuse_typed_amounts(ctx, batch)

    if document.open_in is not None:

        @hook(document.object, "before", ops=("update", "delete"))
        def documents_are_open(ctx: Context, batch: list[Write]) -> None:
            _refuse_locked(ctx, document, batch)

    return document


def declared(object_key: str) -> PricedDocument | None:
    """The document that an object is, or None."""
    return _documents.get(object_key)


def _refuse_typed_amounts(ctx: Context, batch: list[Write]) -> None:
    """Where there are lines, the amount is their total and the currency is theirs."""
    if ctx.undoes is not None or ctx.actor.is_system:
        return
    errors = []
    for write in batch:
        if (write.old or {}).get("line_count"):
            keys = [key for key in ("amount", "currency") if key in write.asked]
            errors += [FieldError(key, f"catalogue.{key}_of_lines", row=write.row) for key in keys]
    if errors:
        raise Invalid(errors)


def _refuse_locked(ctx: Context, document: PricedDocument, batch: list[Write]) -> None:
    """Terms and whatever else is frozen stay as they are while the document is locked, and it is not deleted."""
    if ctx.actor.is_system:
        return
    frozen = document.frozen | _TERMS | {"company", "amount"}
    errors = []
    for write in batch:
        old: dict[str, Any] = write.old or {}
        if document.is_open(old):
            continue
        keys = sorted(key for key in frozen & write.new.keys() if write.new[key] != old.get(key))
        if write.op == "delete":
            keys = ["status"]
        errors += [FieldError(key, "catalogue.document_locked", row=write.row) for key in keys[:1]]
    if errors:
        raise Invalid(errors)


def _refuse_locked_lines(ctx: Context, document: PricedDocument, batch: list[Write]) -> None:
    if document.open_in is None or ctx.actor.is_system:
        return
    rows = [write for write in batch if not write.along]
    parents: set[UUID] = {
        one for write in rows for one in ((write.old or {}).get(document.parent), write.value(document.parent)) if one
    }
    states = reads.native(ctx.as_system(), document.object, list(parents), ("status",))
    errors = [
        FieldError(document.parent, "catalogue.document_locked", row=write.row)
        for write in rows
        for parent in {(write.old or {}).get(document.parent), write.value(document.parent)}
        if parent in states and not document.is_open(states[parent])
    ]
    if errors:
        raise Invalid(errors)
