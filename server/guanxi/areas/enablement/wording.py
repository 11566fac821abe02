"""Words with fields of a record in braces, as flows write them: ``{contact.name}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from guanxi.capabilities.flows.values import HOLE
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest, NotFound

BLANK = "____"
"""Stands where the record says nothing, so that whoever speaks fills it in."""


def filled(ctx: Context, obj: Object, record: UUID, texts: Mapping[UUID, str]) -> dict[UUID, str]:
    """The texts as they read for a record, as far as the actor is told of it; what is not there is left blank."""
    paths = sorted({path for text in texts.values() for path in HOLE.findall(text)})
    known = [path for path in paths if leads_somewhere(ctx, obj, path)]
    shown = reads.in_words(ctx, obj.key, [record], known).get(record, {}) if known else {}
    return {one: HOLE.sub(lambda hole: shown.get(hole[1]) or BLANK, text) for one, text in texts.items()}


def leading_nowhere(ctx: Context, objects: Mapping[str, Object], text: str) -> Iterator[str]:
    """The paths of a text that no one of the objects has."""
    for path in dict.fromkeys(HOLE.findall(text)):
        if not any(leads_somewhere(ctx, obj, path) for obj in objects.values()):
            yield path


def leads_somewhere(ctx: Context, obj: Object, path: str) -> bool:
    """Whether a path of an object leads to a field that the actor may read."""
    try:
        Source(ctx.snapshot, obj, ctx.guard(), Bind(), ctx.env, "t").resolve(path)
    except (BadRequest, NotFound):
        return False
    return True
