"""When something was last done about a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from guanxi.engine.objects.computed.feeds import Feed
from guanxi.engine.objects.computed.rolling import Stored, feed_of
from guanxi.engine.objects.computed.showing import Shapes, showing
from guanxi.engine.objects.fields.base import BadValue, FieldKind, Introduction
from guanxi.engine.objects.fields.kinds.datetime import DateTime
from guanxi.engine.objects.fields.registry import kind, register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.build import Source


class _LastActivity(Stored):
    """The latest moment among the activities about the record: notes, calls, meetings, tasks."""

    key = "last_activity"
    intro = Introduction(
        "computed", "history", words("最近跟进时间", "Last activity"),
        words("最近一次跟进的时间", "When something was last done about the record"),
    )  # fmt: skip
    sample_settings: ClassVar[Mapping[str, Any]] = {}
    result_settings: Mapping[str, Any] = {}

    def settings_schema(self) -> tuple[Setting, ...]:
        """``moments``: which objects count, and which of their moments; by default all, when they were created."""
        return (
            Setting(
                "moments", "values", words("计入的跟进和时间", "Activities and their moments"),
                words("例如 {\"call\": \"started_at\"}；不填则为全部跟进的创建时间",
                      "Such as {\"call\": \"started_at\"}; empty for when any activity was created"),
            ),
        )  # fmt: skip

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """Keys of objects and of their fields."""
        super().check_settings(settings)
        for key, moment in (settings.get("moments") or {}).items():
            if not isinstance(key, str) or not isinstance(moment, str):
                raise BadValue("fields.setting_object", setting="moments")

    def shaped(self, shapes: Shapes, object_key: str, field: Field) -> FieldKind:
        """Always a moment; each field has a kind of its own."""
        return showing(_LastActivity, kind("datetime"), {})

    def feeds(self, field: Field) -> Sequence[Feed]:
        """One for each object whose records can be about this one."""
        if not self.is_shaped:
            return ()
        snapshot, obj, _ = self.bound()
        moments: Mapping[str, str] = field.settings.get("moments") or {}
        found = []
        for child in snapshot.objects.values():
            if (moments and child.key not in moments) or all(one.trait != "about" for one in child.kinds):
                continue
            key = moments.get(child.key, "created_at")
            moment = child.fields.get(key)
            abouts = [one for one in child.fields.values() if one.kind.trait == "about"]
            if moment is None or moment.kind.trait != "datetime" or moment.kind.virtual or not abouts:
                continue
            made = feed_of(snapshot, obj, field, child.key, abouts[0].key, {key}, {"moment": key})
            if made is not None:
                found.append(made)
        return found

    def cells(self, feed: Feed, source: Source) -> list[str]:
        """The latest moment."""
        return [f'max({source.alias}."{feed.values["moment"]}")']

    def combined(self, columns: Sequence[Sequence[str]]) -> list[str]:
        """The latest of all objects."""
        return [f"greatest({', '.join(one[0] for one in columns)})"]


@register
class LastActivity(_LastActivity, DateTime):
    """A moment."""

    result = "datetime"
