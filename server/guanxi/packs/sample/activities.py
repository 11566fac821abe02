"""What the sellers did: notes, calls, meetings and tasks around deals, customers and leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count, pairwise

from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.customers import Customer
from guanxi.packs.sample.draft import Draft, Step
from guanxi.packs.sample.sales import STAGES, WON, Deal
from guanxi.packs.sample.words import texts, words


class Diary:
    """Writes activities down as drafts."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.drafts: list[Draft] = []
        self._numbers = count()

    def of_deal(self, deal: Deal) -> None:
        """Notes at every stage, calls and meetings in between, tasks before and behind."""
        chance = self.chance
        moments = [*deal.entered, (deal.stage, chance.now)]
        for (stage, start), (_, end) in pairwise(moments):
            closed = stage >= WON
            for _ in range(1 if closed else chance.weighted((0, 1, 2, 3), (18, 50, 24, 8))):
                self._note(deal, STAGES[stage], start if closed else chance.between(start, end))
            if closed:
                break
            if chance.happens(0.55):
                self._call(deal.draft, deal.contact, deal.product, chance.between(start, end))
            if STAGES[stage] in texts()["meetings"]["subjects"] and chance.happens(0.4):
                self._meeting(deal, STAGES[stage], chance.between(start, end))
            if chance.happens(0.55):
                self._task(deal.draft, deal.contact, deal.product, start, end)
        if deal.is_open and chance.happens(0.55):
            self._open_task(deal)

    def of_customer(self, customer: Customer) -> None:
        """Now and then somebody calls on a customer without a deal."""
        chance = self.chance
        for _ in range(chance.weighted((0, 1, 2), (5, 4, 2))):
            contact = chance.one(customer.contacts)
            text = self._text("after", contact, "系统", customer.company)
            self._add("note", customer.company, chance.between(contact.at, chance.now), {"body": f"<p>{text}</p>"})

    def of_lead(self, lead: Draft) -> None:
        """A call for a lead that was reached."""
        if lead.steps and self.chance.happens(0.5):
            self._call(lead, lead, self.chance.row(words()["products"])["name"], lead.steps[0].at)

    def _note(self, deal: Deal, kind: str, at: datetime) -> None:
        text = self._text(kind, deal.contact, deal.product, deal.draft)
        following = self.chance.one(texts()["notes"]["next"]).format(days=self.chance.random.randint(2, 7))
        body = f"<p>{text}</p>" + (f"<p>{following}</p>" if following and kind not in ("won", "lost") else "")
        self._add("note", deal.draft, at, {"body": body})

    def _call(self, about: Draft, contact: Draft, product: str, at: datetime) -> None:
        who = _called(contact)
        outcome = self.chance.weighted(("connected", "no_answer", "busy", "voicemail"), (70, 18, 8, 4))
        values = {"direction": "outbound" if self.chance.happens(0.8) else "inbound", "outcome": outcome}
        if outcome == "connected":
            subject, summary = self.chance.one(texts()["calls"]["connected"])
            values |= {
                "subject": subject.format(product=product),
                "summary": summary.format(who=who, product=product),
                "duration_minutes": self.chance.random.randint(2, 28),
            }
        else:
            values["subject"] = self.chance.one(texts()["calls"]["other"]).format(product=product)
        self._add("call", about, at, {**values, "started_at": at})

    def _meeting(self, deal: Deal, stage: str, at: datetime) -> None:
        subject, summary = self.chance.one(texts()["meetings"]["subjects"][stage])
        values = {
            "subject": f"{deal.customer.short_name} {subject}",
            "location": self.chance.one(texts()["meetings"]["places"]),
            "starts_at": at,
            "ends_at": at + timedelta(minutes=self.chance.one((30, 60, 90, 120))),
            "attendees": [deal.contact.ref],
            "summary": summary.format(
                who=_called(deal.contact), product=deal.product, people=self.chance.random.randint(8, 40)
            ),
        }
        self._add("meeting", deal.draft, at - timedelta(days=1), values)

    def _task(self, about: Draft, contact: Draft, product: str, start: datetime, end: datetime) -> None:
        made = self.chance.between(start, end)
        done = self.chance.between(made, min(made + timedelta(days=6), self.chance.now))
        due = self.chance.working(done + timedelta(hours=self.chance.random.randint(-30, 60)))
        task = self._add("task", about, made, self._task_values(contact, product, due))
        task.steps.append(Step(done, {"status": "done"}))

    def _open_task(self, deal: Deal) -> None:
        """Due around today: some are overdue, most lie ahead."""
        due = self.chance.working(self.chance.now + timedelta(days=self.chance.random.uniform(-9, 14)))
        made = max(deal.entered[-1][1], self.chance.now - timedelta(days=12))
        values = self._task_values(deal.contact, deal.product, due)
        self._add("task", deal.draft, self.chance.between(made, self.chance.now), values)

    def _task_values(self, contact: Draft, product: str, due: datetime) -> dict[str, object]:
        subject = self.chance.one(texts()["tasks"]["subjects"])
        return {
            "subject": subject.format(who=_called(contact), product=product),
            "due_at": due,
            "priority": self.chance.weighted(("high", "normal", "low"), (25, 65, 10)),
            "description": self.chance.one(texts()["tasks"]["descriptions"]) or None,
        }

    def _text(self, kind: str, contact: Draft, product: str, about: Draft) -> str:
        amount = Decimal(about.values.get("amount") or 100_000)
        return str(self.chance.one(texts()["notes"][kind])).format(
            who=_called(contact),
            product=product,
            rival=self.chance.one(texts()["rivals"]),
            amount=f"{amount / 10_000:.1f} 万元",
            people=self.chance.random.randint(3, 60) * 5,
        )

    def _add(self, kind: str, about: Draft, at: datetime, values: dict[str, object]) -> Draft:
        at = min(max(at, about.at), self.chance.now)
        draft = Draft(kind, f"{kind}:{next(self._numbers)}", about.owner, at, {**values, "about": about.about})
        self.drafts.append(draft)
        return draft


_FORMS_OF_ADDRESS = {
    "总": ("总经理", "副总经理", "总监", "老板"),
    "主任": ("主任",),
    "工": ("工程师",),
    "经理": ("经理", "主管"),
}


def _called(contact: Draft) -> str:
    """How a seller speaks of a contact: family name and what the position calls for."""
    name, title = str(contact.values["name"]), str(contact.values.get("title") or "")
    for form, endings in _FORMS_OF_ADDRESS.items():
        if any(ending in title for ending in endings):
            return name[0] + form
    return name[0] + ("女士" if contact.values.get("gender") == "female" else "先生")


def diary(chance: Chance, deals: list[Deal], customers: list[Customer], leads: list[Draft]) -> Iterator[Draft]:
    """Everything that was done about all of them."""
    book = Diary(chance)
    for deal in deals:
        book.of_deal(deal)
    for customer in customers:
        book.of_customer(customer)
    for lead in leads:
        book.of_lead(lead)
    yield from book.drafts
