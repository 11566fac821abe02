"""The step that asks somebody to fill in a form, with whose answers the run goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from guanxi.capabilities.flows import people, questions, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import (
    OUT,
    Deed,
    Fail,
    Foreseen,
    Go,
    Outcome,
    Place,
    StepKind,
    Wait,
    step_kind,
)
from guanxi.capabilities.flows.kinds.logic import later
from guanxi.capabilities.flows.kinds.waiting import TIMEOUT
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.kit.ids import uuid7


@step_kind
class FillForm(StepKind):
    """Somebody fills in a form; whoever of those named does it first does it for all."""

    key = "form"
    label = words("填写表单", "Fill in form")
    help = words(
        "请一位成员填写表单，流程带着填写的内容继续；几个人时任一人填写即可",
        "Asks members to fill in a form, and goes on with the answers; of several, one does it for all",
    )
    icon = "forms"
    group = "people"
    about_record = False
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``title``, ``people``, ``questions``, ``text``, ``as``: under what the answers are remembered, ``limit``."""
        return (
            Setting("title", "template", words("标题", "Title"), required=True, max=200),
            Setting("people", "people", words("由谁填写", "Filled in by"), required=True),
            Setting("questions", "questions", words("表单问题", "Questions"), required=True),
            Setting("text", "template", words("说明", "Instructions"), max=10_000),
            Setting("as", "text", words("变量名", "Remember as"), required=True, default="form", max=40),
            Setting("limit", "duration", words("时限", "Time limit"), words("超过后走“超时”", "Afterwards it takes the way “timeout”")),
        )  # fmt: skip

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """When it was filled in, and when it was not in time."""
        return (OUT, TIMEOUT)

    def check(self, place: Place) -> Iterator[Problem]:
        """People are named, questions and texts make sense."""
        yield from people.problems(place, place.settings.get("people"), "people")
        yield from questions.problems(place, place.settings.get("questions"), "questions")
        yield from worked.text_problems(place, "title", "text")
        name = place.settings.get("as")
        if name is not None and not str(name).isidentifier():
            yield place.problem("flows.bad_name", "as", name=str(name)[:40])

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Puts the forms before people, each told what they may see."""
        settings, subjects = batch.settings, batch.subjects()
        starters = [run.starter for run, _ in batch.held]
        named = people.resolve_all(batch.ctx, subjects, starters, settings["people"], delegates=True)
        due = later(batch.ctx, settings["limit"]) if settings.get("limit") else None
        ids = [uuid7() for _ in named]
        out: list[Outcome] = []
        for id_, who, (run, token), subject in zip(ids, named, batch.held, subjects, strict=True):
            if not who:
                out.append(Fail("flows.nobody"))
                continue
            about = (subject[0].key, subject[1]) if subject else (None, None)
            batch.ctx.run(
                "INSERT INTO sys_form (id, run, token, node, members, object, record, asks, due_at, created_at)"
                " VALUES ($1, $2, $3, $4, $5::uuid[], $6, $7, $8::text::jsonb, $9, $10)",
                [
                    id_, run.id, token.id, batch.node.id, who, *about,
                    orjson.dumps({name: settings.get(name) for name in ("title", "text", "questions", "as")}).decode(),
                    due, batch.ctx.now,
                ],
            )  # fmt: skip
            note = {"people": [str(one) for one in who]}
            out.append(Wait(due, corr_of(id_), TIMEOUT, note))
        _tell(batch, ids, named)
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Who would be asked; it is taken for filled in at once, and the answers are not known."""
        texts = batch.worked_out({"subject": {"text": batch.settings["title"]}}, shown=True)
        return [
            Foreseen(Go(), (Deed("form", to=who, values=text),)) if who else Foreseen(Fail("flows.nobody"))
            for who, text in zip(batch.named(batch.settings["people"]), texts, strict=True)
        ]


def corr_of(form: UUID) -> str:
    """What a token waits for that waits for a form."""
    return f"form:{form}"


def _tell(batch: Batch, ids: Sequence[UUID], named: Sequence[Sequence[UUID]]) -> None:
    """Everybody who may fill it in, in words that they may read."""
    organisation = organisation_in(batch.ctx)
    notices = []
    for member, places in worked.of_people(named).items():
        reader = organisation.actor(member)
        if reader is None:
            continue
        mine = batch.part(places)
        told = worked.work_out(mine, {"title": {"text": batch.settings["title"]}}, worked.as_read_by(mine, reader))
        notices += [
            Notice(member, "form", " ".join(row["title"].split()), link=f"/forms/{ids[place]}")
            for place, row in zip(places, told, strict=True)
        ]
    notify(batch.ctx, notices)
