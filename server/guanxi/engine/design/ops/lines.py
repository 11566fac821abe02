"""Lines of records and the records they belong to: who may not see the record must not see its lines either."""

from __future__ import annotations

from guanxi.engine.design import storage
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.design.ops.changing import say
from guanxi.infra.errors import FieldError, Invalid

KIND = "sub_table"


def settle(draft: Draft) -> None:
    """Let the lines of every table that was made or changed inherit access from their record.

    An object that has no records yet is told to. Invalid for one whose records would go on being seen without theirs.
    """
    for row in list(draft.rows.values()):
        if row.sort != "field" or row.kind != KIND or not row.is_live:
            continue
        parent = draft.rows[row.object_id]
        place = draft.touched.get(row.id, draft.touched.get(parent.id) if _gains_owner(draft, parent) else None)
        if place is not None and parent.is_live and "owner" in parent.live["features"]:
            _settle(draft, row, parent, place)


def _gains_owner(draft: Draft, parent: Row) -> bool:
    known = draft.ctx.snapshot.objects.get(parent.key)
    return known is not None and not known.has_owner


def _settle(draft: Draft, row: Row, parent: Row, place: int) -> None:
    settings = row.live["settings"]
    child = next((one for one in draft.objects() if one.is_live and one.key == settings.get("object")), None)
    if child is None:
        return  # told of by the check of the whole catalog
    link, features = settings.get("field"), child.live["features"]
    if child.live.get("inherit") == link and "owner" in features:
        return
    link_row = next((one for one in draft.fields(child.id) if one.is_live and one.key == link), None)
    if link_row is None or link_row.live["settings"].get("target") != parent.key:
        return  # no line is ever shown or written along it
    if child.shipped is not None or child.live.get("inherit") or not storage.is_untouched(draft.ctx, child.key):
        names = {
            name: one.label.get(draft.ctx.language) or one.key for name, one in (("lines", child), ("field", link_row))
        }
        params = {**names, "object": parent.label.get(draft.ctx.language) or parent.key}
        raise Invalid(
            [FieldError("settings", "design.lines_need_inherit", params, place)], "design.invalid", {"count": 1}
        )
    # It is never taken back: it only keeps records from being seen.
    child.live = {**child.live, "inherit": link, "features": [*(one for one in features if one != "owner"), "owner"]}
    draft.place = place
    draft.touched.setdefault(child.id, place)
    say(draft, "design.plan_object_update", child, attributes="inherit")
