"""Steps that put something beside the record: a task for somebody, a note."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import people, values, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Fail, Foreseen, Go, Outcome, Place, StepKind, Touch, step_kind
from guanxi.capabilities.flows.kinds.logic import later
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.records import writes

TASK, NOTE, ABOUT = "task", "note", "about"
SUBJECT_LENGTH = 200


@step_kind
class MakeTask(StepKind):
    """Somebody is given a task about the record."""

    key = "task"
    label = words("创建任务", "Create task")
    help = words("为某人创建关于此记录的任务", "Gives somebody a task about the record")
    icon = "square-check"
    group = "people"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """``subject``, ``people``, ``each`` (or the first alone), ``due``, ``priority``, ``description``."""
        priorities = (("high", words("高", "High")), ("normal", words("普通", "Normal")), ("low", words("低", "Low")))
        return (
            Setting("subject", "template", words("主题", "Subject"), required=True, max=500),
            Setting("people", "people", words("负责人", "For"), required=True),
            Setting(
                "each", "flag", words("每人一个", "One for each"), words("否则只给第一位", "Otherwise for the first one")
            ),
            Setting("due", "duration", words("期限", "Due after")),
            Setting("priority", "choice", words("优先级", "Priority"), default="normal", choices=priorities),
            Setting("description", "template", words("说明", "Description"), max=10_000),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """There are tasks here, they may be about the flow's object, people are named."""
        yield from _companion_problems(place, TASK, ("subject", "owner", ABOUT, "due_at", "priority", "description"))
        yield from people.problems(place, place.settings.get("people"), "people")
        yield from worked.text_problems(place, "subject", "description")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Makes the tasks of all tokens as one list."""
        ctx, settings, subjects = batch.ctx, batch.settings, batch.subjects()
        named = people.resolve_all(ctx, subjects, [run.starter for run, _ in batch.held], settings["people"])
        if not settings.get("each"):
            named = [who[:1] for who in named]
        specs: dict[str, values.Spec] = {"subject": {"text": settings["subject"]}}
        if settings.get("description"):
            specs["description"] = {"text": settings["description"]}
        due = later(ctx, settings["due"]).isoformat() if settings.get("due") else None
        rows: list[dict[str, Any]] = []
        for who, subject, texts in zip(named, subjects, worked.work_out(batch, specs), strict=True):
            rows.extend(
                {
                    **texts, "subject": worked.shortened(texts["subject"], SUBJECT_LENGTH), "owner": str(member),
                    "due_at": due, "priority": settings.get("priority") or "normal", ABOUT: _about(subject),
                }
                for member in who
            )  # fmt: skip
        made = iter(writes.create(ctx, TASK, rows) if rows else ())
        return [_made([next(made) for _ in who], TASK) if who else Fail("flows.nobody") for who in named]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """For whom tasks would be made."""
        settings = batch.settings
        named = [who if settings.get("each") else who[:1] for who in batch.named(settings["people"])]
        texts = batch.worked_out({"subject": {"text": settings["subject"]}}, shown=True)
        return [
            Foreseen(Go(), (Deed(TASK, TASK, to=who, values=text),)) if who else Foreseen(Fail("flows.nobody"))
            for who, text in zip(named, texts, strict=True)
        ]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """A task is made."""
        yield Touch(TASK, "create")


@step_kind
class WriteNote(StepKind):
    """A note about the record."""

    key = "note"
    label = words("写跟进记录/评论", "Write note or comment")
    help = words("在记录上留下一条跟进记录，作为备注或评论", "Leaves a note about the record, as a remark or comment")
    icon = "notebook-pen"
    group = "record"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``body``."""
        return (Setting("body", "template", words("内容", "Text"), required=True, max=10_000),)

    def check(self, place: Place) -> Iterator[Problem]:
        """There are notes here, and they may be about the flow's object."""
        yield from _companion_problems(place, NOTE, ("body", ABOUT))
        yield from worked.text_problems(place, "body")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Makes the notes of all tokens as one list."""
        texts = worked.work_out(batch, {"body": {"text": batch.settings["body"]}})
        rows = [
            {"body": _as_html(text["body"]), ABOUT: _about(subject)}
            for text, subject in zip(texts, batch.subjects(), strict=True)
        ]
        return [_made([one], NOTE) for one in writes.create(batch.ctx, NOTE, rows)]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """A note that would be made."""
        texts = batch.worked_out({"body": {"text": batch.settings["body"]}}, shown=True)
        return [Foreseen(Go(), (Deed(NOTE, NOTE, values=text),)) for text in texts]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """A note is made."""
        yield Touch(NOTE, "create")


def _companion_problems(place: Place, key: str, fields: Sequence[str]) -> Iterator[Problem]:
    """Whether there is such an object with the fields that are written, and whether it may be about the flow's object."""
    companion = place.snapshot.objects.get(key)
    if companion is None or any(one not in companion.fields for one in fields):
        yield place.problem("flows.no_companion", None, object=key)
    elif place.object is not None and place.object.key not in companion.fields[ABOUT].prepared:
        yield place.problem("flows.not_about", None, object=key, about=place.object.key)


def _about(subject: tuple[Object, UUID] | None) -> Mapping[str, str] | None:
    return None if subject is None else {"object": subject[0].key, "id": str(subject[1])}


def _made(records: Sequence[UUID], key: str) -> Go:
    return Go(note={"object": key, "record": str(records[0]), "count": len(records)})


def _as_html(text: str) -> str:
    paragraphs = [html.escape(one).replace("\n", "<br>") for one in text.split("\n\n")]
    return "".join(f"<p>{one}</p>" for one in paragraphs)
