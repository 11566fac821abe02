"""What came of a back-test, in the reader's words, with the records and people that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.flows.backtest import shapes
from guanxi.capabilities.flows.backtest.store import Stored
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.publishing import said
from guanxi.capabilities.flows.told import instant
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records.titles import Titles, reference, titles

MEMBER = "member"


def short(ctx: Context, one: Stored) -> shapes.Backtest:
    """A back-test without what came of it."""
    return {
        "id": str(one.id), "flow": str(one.flow), "days": one.asks["days"], "version": one.asks.get("version"),
        "state": one.state, "done": one.done, "total": one.total, "error": _problem(ctx, one.error),
        "created_at": instant(one.created_at), "updated_at": instant(one.updated_at),
    }  # fmt: skip


def whole(ctx: Context, one: Stored) -> shapes.BacktestDetails:
    """A back-test with what came of it."""
    definition = one.asks["definition"]
    return {
        **short(ctx, one),
        "object": definition.get("object"),
        "definition": definition,
        "result": _result(ctx, definition.get("object"), one.result) if one.result is not None else None,
    }


def tried(ctx: Context, object_key: str | None, run: Mapping[str, Any]) -> shapes.FlowTried:
    """What a run would do."""
    told = Told(ctx, object_key, [run])
    return {**told.run(run), "data": dict(run["data"]), "unmet": list(run["unmet"])}


def _result(ctx: Context, object_key: str | None, found: Mapping[str, Any]) -> shapes.BacktestResult:
    told = Told(ctx, object_key, found["runs"], [one for one, _ in found["people"]], [one for one, _ in found["often"]])
    return {
        "since": found["since"], "until": found["until"], "changes": found["changes"],
        "starts": found["starts"], "records": found["records"], "foreign": found["foreign"],
        "triggers": [{"name": name, "count": count} for name, count in found["triggers"].items()],
        "ends": found["ends"],
        "nodes": [
            {
                "node": node, "came": counts.get("came", 0), "failed": counts.get("failed", 0),
                "waiting": counts.get("waits", 0),
                "ports": {name[5:]: count for name, count in counts.items() if name.startswith("port:")},
            }
            for node, counts in found["nodes"].items()
        ],
        "deeds": [{"what": what, "object": key, "count": count} for what, key, count in found["deeds"]],
        "people": [{"member": told.member(one), "counts": counts} for one, counts in found["people"]],
        "outside": found["outside"],
        "days": [{"day": day, "counts": counts} for day, counts in found["days"].items()],
        "peak": next(({"at": at, "count": count} for at, count in found["peak"]), None),
        "often": [{"record": one, "count": n} for id_, n in found["often"] if (one := told.record(id_)) is not None],
        "warnings": [told.note(one) for one in found["warnings"]],
        "hints": [told.note(one) for one in found["hints"]],
        "runs": [told.run(one) for one in found["runs"]],
    }  # fmt: skip


class Told:
    """Puts runs into words: every title is asked for once."""

    def __init__(
        self,
        ctx: Context,
        object_key: str | None,
        runs: Sequence[Mapping[str, Any]],
        members: Sequence[str] = (),
        records: Sequence[str] = (),
    ) -> None:
        self._ctx, self._key = ctx, object_key or ""
        self._object: Object | None = ctx.snapshot.objects.get(self._key)
        deeds = [deed for run in runs for line in run["way"] for deed in line["deeds"]]
        wanted = {(MEMBER, UUID(one)) for one in members}
        wanted |= {(MEMBER, UUID(one)) for deed in deeds for one in deed["to"]}
        if self._object is not None:
            wanted |= {(self._key, UUID(one)) for one in records}
            wanted |= {(self._key, UUID(run["record"])) for run in runs if run["record"]}
        wanted |= {one for deed in deeds for one in self._named(deed)}
        self._titles: Titles = titles(ctx, wanted)

    def member(self, id_: str) -> Reference:
        """A member."""
        return cast("Reference", reference(self._titles, MEMBER, UUID(id_)))

    def record(self, id_: str | None) -> Reference | None:
        """A record of the flow's object; None where the reader may not see it."""
        if id_ is None or (self._key, UUID(id_)) not in self._titles:
            return None
        return cast("Reference", reference(self._titles, self._key, UUID(id_)))

    def note(self, one: Mapping[str, Any]) -> shapes.BacktestNote:
        """A warning or a hint."""
        params = dict(one["params"])
        field = self._object.fields.get(str(params.get("field"))) if self._object else None
        if field is not None:
            params["field"] = dict(field.label)
        return {"code": one["code"], "says": said(self._ctx.language, one["code"], params)}

    def run(self, run: Mapping[str, Any]) -> shapes.BacktestRun:
        """One run with its way; what it would do to a record that the reader may not see any more is left out."""
        record = self.record(run["record"])
        is_seen = run["record"] is None or record is not None
        return {
            "at": run["at"], "trigger": run["trigger"] or "", "record": record, "state": run["state"],
            "more": run["more"],
            "way": [
                {
                    "node": line["node"], "outcome": line["outcome"], "port": line["port"], "at": line["at"],
                    "until": line["until"],
                    "error": _problem(self._ctx, line["error"]), "unseen": line.get("unseen", 0),
                    "does": [self._deed(one) for one in line["deeds"]] if is_seen else [],
                }
                for line in run["way"]
            ],
        }  # fmt: skip

    def _deed(self, deed: Mapping[str, Any]) -> shapes.WouldDo:
        obj = self._ctx.snapshot.objects.get(deed["object"] or "")
        values = list(self._values(obj, deed))
        kind = step_kinds().get(str(deed["values"].get("kind")))
        params = {
            **{name: one for name, one in deed["values"].items() if isinstance(one, str)},
            "who": self._who(deed), "object": dict(obj.label) if obj else deed["object"] or "",
            "step": dict(kind.label) if kind else str(deed["values"].get("kind", "")),
            "fields": (", " if self._ctx.language == "en" else "、").join(one["name"] for one in values),
        }  # fmt: skip
        return {
            "what": deed["what"], "says": said(self._ctx.language, f"flows.would_{deed['what']}", params), "values": values
        }  # fmt: skip

    def _who(self, deed: Mapping[str, Any]) -> str:
        names = [self._titles.get((MEMBER, UUID(one)), "…") for one in deed["to"]]
        others = deed["people"] - len(names)
        if others > 0:
            names.append(said(self._ctx.language, "flows.would_others", {"count": others}))
        if deed["outside"]:
            names.append(said(self._ctx.language, "flows.would_outside", {"count": deed["outside"]}))
        return (", " if self._ctx.language == "en" else "、").join(names)

    def _values(self, obj: Object | None, deed: Mapping[str, Any]) -> Iterator[shapes.WouldSay]:
        """Values as people read them; of fields that the reader may not read nothing is told."""
        told = self._ctx.guard().told(obj) if obj is not None and self._ctx.actor.rights(obj.key).reads else None
        for name, one in deed["values"].items():
            field = obj.fields.get(name) if obj is not None else None
            if isinstance(one, list | tuple) and len(one) == 2 and obj is not None:
                if told is None or name not in told.fields or field is None or told.fields[name] is not field:
                    continue
                label = field.label.get(self._ctx.language) or name
                yield {"name": label, "old": self._text(field, one[0]), "new": self._text(field, one[1])}
            elif name in ("subject", "body") and one:
                yield {"name": said(self._ctx.language, f"flows.would_say_{name}", {}), "old": None, "new": str(one)}

    def _text(self, field: Field, value: Any) -> str | None:
        if value is None:
            return None
        ids = list(_ids(field, value))
        if ids:
            return ", ".join(self._titles.get(one, "…") for one in ids)
        try:
            native = field.kind.parse(field, value, self._ctx.env)
            return field.kind.text(field, native, self._ctx.language, self._ctx.env.time_zone)
        except (BadValue, TypeError, ValueError, AttributeError):
            return str(value)

    def _named(self, deed: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
        obj = self._ctx.snapshot.objects.get(deed["object"] or "")
        for name, one in deed["values"].items():
            field = obj.fields.get(name) if obj is not None else None
            if field is not None and isinstance(one, list | tuple):
                for value in one:
                    yield from _ids(field, value)


def _ids(field: Field, value: Any) -> Iterator[tuple[str, UUID]]:
    """The records that a value refers to."""
    if field.kind.trait not in ("ref", "refs") or not field.target:
        return
    for one in value if isinstance(value, list | tuple) else [value]:
        text = one.get("id") if isinstance(one, Mapping) else one
        try:
            yield field.target, UUID(str(text))
        except ValueError:
            continue


def _problem(ctx: Context, error: Mapping[str, Any] | None) -> Any:
    if not error:
        return None
    return {"code": error["code"], "message": said(ctx.language, error["code"], error.get("params") or {})}
