"""What a saved view may say: known settings, and only fields of its object that exist for the person who saves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import BadRequest, FieldError, Invalid, NotFound

DENSITIES = ("compact", "default", "comfortable")
BUCKETS = ("day", "week", "month", "quarter", "year")


@hook("view", "before", fields={"object", "config"}, ops=("create", "update"))
def views_make_sense(ctx: Context, batch: list[Write]) -> None:
    """The object is one the writer may read, and the configuration is understood to the last key."""
    errors = []
    for write in batch:
        try:
            obj = ctx.object(write.value("object") or "")
        except NotFound as refusal:
            errors.append(FieldError("object", refusal.code, refusal.params, write.row))
            continue
        source = Source(ctx.snapshot, obj, ctx.guard(), Bind(), ctx.env, "t")
        try:
            check(source, write.value("config"))
        except BadRequest as refusal:
            errors.append(FieldError("config", refusal.code, refusal.params, write.row))
    if errors:
        raise Invalid(errors)


def check(source: Source, config: Any) -> None:
    """BadRequest names the first thing in a view's configuration that is not understood."""
    if not isinstance(config, Mapping):
        raise BadRequest("views.not_an_object")
    for key, value in config.items():
        if key not in _CHECKS:
            raise BadRequest("views.unknown_setting", {"key": key})
        if value is not None:
            _CHECKS[key](source, value)


def _where(source: Source, value: Any) -> None:
    compile_filter(source, value)


def _sort(source: Source, value: Any) -> None:
    for part in _parts("sort", value):
        source.resolve(part.removeprefix("-"))


def _group(source: Source, value: Any) -> None:
    for part in _parts("group", value):
        field, _, bucket = part.partition(":")
        if bucket and bucket not in BUCKETS:
            raise BadRequest("views.wrong_setting", {"key": "group", "value": bucket})
        source.resolve(field)


def _columns(source: Source, value: Any) -> None:
    for part in _parts("columns", value):
        source.resolve(part.split(":")[0])


def _density(_source: Source, value: Any) -> None:
    if value not in DENSITIES:
        raise BadRequest("views.wrong_setting", {"key": "density", "value": value})


def _parts(key: str, value: Any) -> list[str]:
    if not isinstance(value, str):
        raise BadRequest("views.wrong_setting", {"key": key, "value": value})
    return [part for part in value.split(",") if part]


_CHECKS: Mapping[str, Callable[[Source, Any], None]] = {
    "where": _where,
    "sort": _sort,
    "group": _group,
    "columns": _columns,
    "density": _density,
}
