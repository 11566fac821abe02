"""What was wrong with an import's rows: summed up, listed, and handed back as a file to mend and import again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.transfer.formulas import defused
from guanxi.engine.transfer.imports.store import Import
from guanxi.infra.i18n import sentence

_CHUNK = 2000
_MOST_SUMMED = 100


def summary(ctx: Context, one: Import) -> list[dict[str, Any]]:
    """Distinct errors with the number of their rows and the first of them, the most frequent ones first."""
    rows = ctx.run(
        "SELECT e->>'column', e->>'field', e->>'code', e->'params', count(*), min(r.number)"
        " FROM sys_import_row r, jsonb_array_elements(r.errors) e WHERE r.import = $1 AND r.errors IS NOT NULL"
        " GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 6 LIMIT $2",
        [one.id, _MOST_SUMMED],
    )
    return [
        {
            "column": column,
            "field": field,
            "code": code,
            "params": params,
            "message": sentence(code, params, ctx.language),
            "count": count,
            "first_row": first,
        }
        for column, field, code, params, count, first in rows
    ]


def listed(ctx: Context, one: Import, after: int, limit: int) -> list[dict[str, Any]]:
    """Rows with errors behind a row number: the number, the cells, the errors by column."""
    return [
        {"row": number, "cells": cells, "errors": [_told(ctx, error) for error in errors]}
        for number, cells, errors in _rows(ctx, one.id, after, limit)
    ]


def as_csv(ctx: Context, one: Import) -> Iterator[bytes]:
    """The refused rows as they were, with their number and what is wrong; UTF-8 with the mark that Excel asks for."""
    headings = [sentence(f"transfer.heading_{name}", {}, ctx.language) for name in ("row", "errors")]
    yield b"\xef\xbb\xbf" + _lines([[*one.columns, *headings]])
    after = 0
    while rows := _rows(ctx, one.id, after, _CHUNK):
        yield _lines(
            [
                *(defused(cell) for cell in cells[: len(one.columns)]),
                str(number),
                "; ".join(_sentence(ctx, error) for error in errors),
            ]
            for number, cells, errors in rows
        )
        after = rows[-1][0]


def _rows(ctx: Context, id_: UUID, after: int, limit: int) -> list[tuple[int, list[str], list[dict[str, Any]]]]:
    return ctx.run(
        "SELECT number, cells, errors FROM sys_import_row"
        " WHERE import = $1 AND number > $2 AND errors IS NOT NULL ORDER BY number LIMIT $3",
        [id_, after, limit],
    )


def _told(ctx: Context, error: Mapping[str, Any]) -> dict[str, Any]:
    return {**error, "message": sentence(error["code"], error["params"], ctx.language)}


def _sentence(ctx: Context, error: Mapping[str, Any]) -> str:
    told = sentence(error["code"], error["params"], ctx.language)
    colon = "：" if ctx.language.startswith("zh") else ": "
    return f"{error['column']}{colon}{told}" if error["column"] else told


def _lines(rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
