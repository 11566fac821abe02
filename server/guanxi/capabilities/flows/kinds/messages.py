"""Steps that tell somebody something: a mail, a notification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import people, readers, values, worked
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.effects import Wanted, ask, awaited
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import Deed, Fail, Foreseen, Go, Outcome, Place, StepKind, step_kind
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.access.actor import Actor
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.records import reads
from guanxi.kit import links

PEOPLE = Setting("people", "people", words("人员", "People"))
SUBJECT = Setting("subject", "template", words("标题", "Subject"), required=True, max=200)
BODY = Setting("body", "template", words("正文", "Text"), max=20_000)
_TEXTS = ("subject", "body")
MOST_ADDRESSES = 100
"""Mails of one step of one run."""


@step_kind
class SendMail(StepKind):
    """A plain-text mail to members, to addresses, and to addresses that the record holds: one for each of them."""

    key = "mail"
    label = words("发送邮件", "Send mail")
    help = words(
        "发送纯文本邮件，每位收件人单独一封；成员只会看到自己有权看到的字段",
        "Sends a plain-text mail to each recipient; members are told only of fields that they may see",
    )
    icon = "mail"
    group = "message"
    about_record = False
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``people``, ``addresses``, ``fields`` that hold addresses; ``subject`` and ``body``."""
        return (
            PEOPLE,
            Setting("addresses", "texts", words("邮箱地址", "Mail addresses")),
            Setting("fields", "fields", words("含邮箱的字段", "Fields that hold addresses")),
            SUBJECT,
            Setting("body", "template", words("正文", "Text"), required=True, max=20_000),
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """It goes to somebody, addresses are some, fields hold some."""
        settings = place.settings
        if not any(settings.get(name) for name in ("people", "addresses", "fields")):
            yield place.problem("flows.nobody_named", "people")
        yield from people.problems(place, settings.get("people"), "people")
        for address in settings.get("addresses") or ():
            if _address(address) is None:
                yield place.problem("flows.bad_address", "addresses", address=str(address)[:80])
        for path in settings.get("fields") or ():
            yield from _mail_field(place, str(path))
        yield from worked.text_problems(place, "subject", "body")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Writes a mail for each recipient; the run goes on when all of them were taken."""
        ready: list[tuple[Actor | None, str, int]] = []
        members, unseen = readers.those_who_see(batch, _addressed(batch, batch.settings.get("people")), *_TEXTS)
        addresses = _mail_addresses(batch, {one for who in members for one in who})
        organisation = organisation_in(batch.ctx)
        for member, places in worked.of_people(members).items():
            if member in addresses:
                ready.extend((organisation.actor(member), addresses[member], place) for place in places)
        for place, outer in enumerate(_outer(batch)):
            ready.extend((None, address, place) for address in outer)
        found: list[dict[str, tuple[str, str]]] = [{} for _ in batch.held]
        for reader, address, place, subject, body in _written(batch, ready):
            if reader is not None or address not in found[place]:
                found[place][address] = (subject, body)
        good = [place for place, mails in enumerate(found) if 0 < len(mails) <= MOST_ADDRESSES]
        ask(
            batch.ctx,
            [
                Wanted(*batch.held[place], "mail", {"to": to, "subject": subject, "body": body}, to)
                for place in good
                for to, (subject, body) in found[place].items()
            ],
        )
        waits = dict(zip(good, awaited(batch.ctx, [batch.held[place] for place in good]), strict=True))
        return [
            readers.noted(waits[place], unseen[place]) if place in waits else _nobody(len(mails), unseen[place])
            for place, mails in enumerate(found)
        ]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """To whom mails would go."""
        named, unseen = readers.those_who_see(batch, batch.named(batch.settings.get("people")), *_TEXTS)
        with_mail = _mail_addresses(batch, {one for who in named for one in who})
        members = [[one for one in who if one in with_mail] for who in named]
        outside = [len(set(addresses)) for addresses in _outer(batch)]
        return _told(batch, "mail", members, outside, unseen)


@step_kind
class Notify(StepKind):
    """A notification in the product, and a mail besides where it is asked for."""

    key = "notify"
    label = words("发送通知", "Notify")
    help = words(
        "在产品内通知成员，可同时发邮件；内容按接收人的权限生成",
        "Notifies members in the product, and by mail if wanted; what it says depends on what each may see",
    )
    icon = "bell"
    group = "message"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """``people``, ``subject``, ``body``, ``mail``."""
        return (
            Setting("people", "people", words("人员", "People"), required=True),
            SUBJECT,
            BODY,
            Setting("mail", "flag", words("同时发邮件", "By mail as well")),
        )

    def check(self, place: Place) -> Iterator[Problem]:
        """People are named, the texts make sense."""
        yield from people.problems(place, place.settings.get("people"), "people")
        yield from worked.text_problems(place, "subject", "body")

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Keeps a notification for each person; mails are not waited for."""
        ctx, subjects = batch.ctx, batch.subjects()
        named, unseen = readers.those_who_see(batch, _addressed(batch, batch.settings["people"]), *_TEXTS)
        organisation = organisation_in(ctx)
        actors = {one: organisation.actor(one) for who in named for one in who}
        ready = [(actors[one], str(one), place) for one, places in worked.of_people(named).items() for place in places]
        notices, mails = [], []
        addresses = _mail_addresses(batch, set(actors)) if batch.settings.get("mail") else {}
        for _, member, place, subject, body in _written(batch, ready):
            about = subjects[place]
            notices.append(
                Notice(
                    UUID(member), "flow", subject, body or None,
                    about[0].key if about else None, about[1] if about else None,
                )
            )  # fmt: skip
            if (to := addresses.get(UUID(member))) is not None:
                mails.append(Wanted(*batch.held[place], "mail", {"to": to, "subject": subject, "body": body}, to))
        notify(ctx, notices)
        ask(ctx, mails, waits=False)
        return [
            readers.noted(Go(note={"people": len(who)}), left) if who else _nobody(0, left)
            for who, left in zip(named, unseen, strict=True)
        ]

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Who would be notified, and by mail as well."""
        named, unseen = readers.those_who_see(batch, batch.named(batch.settings["people"]), *_TEXTS)
        found = _told(batch, "notification", named, [0] * len(named), unseen)
        if not batch.settings.get("mail"):
            return found
        with_mail = _mail_addresses(batch, {one for who in named for one in who})
        return [
            Foreseen(one.outcome, (*one.deeds, Deed("mail", to=[m for m in who if m in with_mail])) if who else ())
            for one, who in zip(found, named, strict=True)
        ]


def _told(
    batch: Foresight, what: str, members: Sequence[Sequence[UUID]], outside: Sequence[int], unseen: Sequence[int]
) -> list[Foreseen]:
    settings = batch.settings
    specs = {"subject": {"text": settings["subject"]}, "body": {"text": settings.get("body") or ""}}
    texts = batch.worked_out(specs, shown=True)
    return [
        Foreseen(readers.noted(Go(), left), (Deed(what, to=who, outside=others, values=text),))
        if 0 < len(who) + others <= MOST_ADDRESSES
        else Foreseen(_nobody(len(who) + others, left))
        for who, others, text, left in zip(members, outside, texts, unseen, strict=True)
    ]


def _addressed(batch: Batch, spec: Any) -> list[list[UUID]]:
    if not spec:
        return [[] for _ in batch.held]
    return people.resolve_all(batch.ctx, batch.subjects(), [run.starter for run, _ in batch.held], spec)


def _mail_addresses(batch: Batch, members: set[UUID]) -> dict[UUID, str]:
    rows = reads.native(batch.ctx.as_system(), people.MEMBER, sorted(members), ["email"]) if members else {}
    return {member: row["email"] for member, row in rows.items() if row["email"]}


def _outer(batch: Batch) -> list[list[str]]:
    """For each token the addresses that the settings and the record's fields name."""
    fixed = [one for text in batch.settings.get("addresses") or () if (one := _address(text)) is not None]
    found = [list(fixed) for _ in batch.held]
    paths = [str(one) for one in batch.settings.get("fields") or ()]
    if paths:
        by_object: dict[str, dict[UUID, list[int]]] = {}
        for place, subject in enumerate(batch.subjects()):
            if subject is not None:
                by_object.setdefault(subject[0].key, {}).setdefault(subject[1], []).append(place)
        for key, records in by_object.items():
            for record, row in reads.native(batch.ctx, key, list(records), paths).items():
                texts = [one for path in paths for one in _listed(row[path])]
                for place in records[record]:
                    found[place] += [one for text in texts if (one := _address(text)) is not None]
    return found


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    return [str(one.get("value", "")) if isinstance(one, Mapping) else str(getattr(one, "value", one)) for one in value]


def _written(
    batch: Batch, ready: Sequence[tuple[Actor | None, str, int]]
) -> Iterator[tuple[Actor | None, str, int, str, str]]:
    """What each recipient is told of each token, as they may read it; outsiders as the flow's actor may."""
    settings = batch.settings
    specs: dict[str, values.Spec] = {
        "subject": {"text": settings["subject"]},
        "body": {"text": settings.get("body") or ""},
    }
    by_reader: dict[UUID | None, list[tuple[Actor | None, str, int]]] = {}
    for one in ready:
        by_reader.setdefault(one[0].member_id if one[0] else None, []).append(one)
    for mine in by_reader.values():
        reader = mine[0][0]
        part = batch.part([place for *_, place in mine])
        texts = worked.work_out(part, specs, worked.as_read_by(part, reader) if reader else None)
        for (_, to, place), text in zip(mine, texts, strict=True):
            yield reader, to, place, " ".join(text["subject"].split()), text["body"]


def _nobody(count: int, unseen: int) -> Outcome:
    if count:
        return Fail("flows.too_many_people", {"limit": MOST_ADDRESSES, "count": count})
    return Fail("flows.nobody_sees", {"count": unseen}) if unseen else Fail("flows.nobody")


def _address(text: Any) -> str | None:
    try:
        return links.mail(str(text))
    except links.BadMail:
        return None


def _mail_field(place: Place, path: str) -> Iterator[Problem]:
    field = yield from worked.field_at(place, path, "fields")
    if field is not None and field.kind.key not in ("mail", "mails"):
        yield place.problem("flows.no_mail_field", "fields", field=path[:40])
