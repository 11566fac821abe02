"""Shapes of forms while they are filled."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from guanxi.engine.http.shapes.records import RecordValues
from guanxi.infra.http.refusals import FieldProblem
from guanxi.infra.http.shapes import Id


class DraftRequest(TypedDict):
    """Values that are being typed: into a new record, or over those of the record `id`."""

    id: NotRequired[Id | None]
    values: RecordValues


class DraftState(TypedDict):
    """What follows from the values.

    `visible`, `required` and `read_only` hold the fields that rules name, `options` those whose options (keys) or
    records (ids) are narrowed; for all others the catalog says everything. `defaults` are values that a new record gets
    where none is sent; `errors` is what saving would answer.
    """

    visible: dict[str, bool]
    required: dict[str, bool]
    read_only: dict[str, bool]
    options: dict[str, list[str]]
    computed: dict[str, Any]
    defaults: dict[str, Any]
    errors: list[FieldProblem]
