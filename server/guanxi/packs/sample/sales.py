"""Opportunities on their way through the stages, leads, and the products they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.customers import Customer, mobile
from guanxi.packs.sample.draft import Draft, Ref, Step
from guanxi.packs.sample.organisation import ADMINISTRATOR, SELLERS
from guanxi.packs.sample.words import texts, words

STAGES = ("first", "needs", "proposal", "negotiation", "contract", "won", "lost")
"""The seven stages of the default pipeline, in order; `stage:1` is the first."""
WON, LOST = STAGES.index("won"), STAGES.index("lost")
SIGNS_IN = "sales"
LARGE = ("1280000", "2360000")
"""Above what the shipped approval of large orders asks about."""
_DAYS_IN_STAGE = (9, 14, 16, 12, 8)
_LOST_FROM = (0.22, 0.26, 0.28, 0.18, 0.06)
_WIN_SHARE = {"A": 0.5, "B": 0.44, "C": 0.36, "D": 0.28}
_REASONS = ("price", "competitor", "no_budget", "no_decision", "function", "timing", "lost_contact")
_REASON_WEIGHTS = (24, 26, 18, 12, 8, 8, 4)
_QUANTITIES = {"套": (1, 1), "台": (10, 60), "年": (1, 3), "天": (2, 6)}


@dataclass
class Deal:
    """An opportunity with the moments at which it entered its stages."""

    draft: Draft
    customer: Customer
    contact: Draft
    product: str
    entered: list[tuple[int, datetime]]

    @property
    def stage(self) -> int:
        """Where it stands now."""
        return self.entered[-1][0]

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.stage < WON


def products(chance: Chance) -> list[Draft]:
    """What the sample company sells."""
    at = chance.working(chance.now - timedelta(days=364))
    keys = ("name", "code", "series", "unit", "price")
    return [
        Draft("product", f"product:{row['code']}", ADMINISTRATOR.key, at, {key: row[key] for key in keys})
        for row in words()["products"]
    ]


def deals(chance: Chance, customers: list[Customer], number: int) -> list[Deal]:
    """That many opportunities, the better customers having more of them; marks who became a customer."""
    weights = [{"A": 5, "B": 3, "C": 2, "D": 1}[c.level] for c in customers]
    chosen = chance.random.choices(customers, weights, k=number)
    made = [_deal(chance, customer, place) for place, customer in enumerate(chosen)]
    for deal in made:
        won = [at for stage, at in deal.entered if stage == WON]
        company = deal.customer.company
        if won and not company.steps:
            company.steps.append(Step(won[0] + timedelta(minutes=5), {"type": "customer"}))
    return made


def large(deals: list[Deal]) -> None:
    """Two open opportunities become large orders, as far on as there are: what is asked for before such a one is won can
    be tried. One is the salesperson's who can sign in.
    """
    far = sorted((deal for deal in deals if deal.is_open), key=lambda deal: -deal.stage)
    own = [deal for deal in far if deal.draft.owner == SIGNS_IN]
    others = [deal for deal in far if deal.draft.owner != SIGNS_IN]
    for deal, amount in zip([*own[:1], *others[:1]], LARGE, strict=False):
        deal.draft.values["amount"] = amount
        for step in deal.draft.steps:
            step.values.pop("amount", None)


def _deal(chance: Chance, customer: Customer, place: int) -> Deal:
    product = chance.row(words()["products"])
    contact = chance.one(customer.contacts)
    room = chance.now - contact.at
    start = chance.working(contact.at + room * 0.85 * chance.random.random() ** 1.3)
    start = min(max(start, contact.at), chance.now - timedelta(minutes=5))
    entered = _way(chance, customer.level, start)
    amount = product["price"] * chance.random.randint(*_QUANTITIES[product["unit"]]) * chance.random.uniform(0.8, 1.6)
    amount = max(round(amount / 100) * 100, 1000)
    suffix = chance.one(texts()["opportunities"]["suffixes"])
    values: dict[str, Any] = {
        "name": f"{customer.short_name}{product['name'].split(' ')[0]}{suffix}",
        "company": customer.company.ref,
        "contact": contact.ref,
        "product": Ref(f"product:{product['code']}"),
        "stage": Ref("stage:1"),
        "amount": str(amount),
        "source": customer.company.values["source"],
        "type": "new_business" if chance.happens(0.7) else "existing_business",
        "started_on": start.astimezone(chance.zone).date(),
        "expected_close_on": (start + timedelta(days=chance.random.randint(45, 110))).date(),
        "owner": customer.seller.key,
    }
    draft = Draft("opportunity", f"opportunity:{place}", customer.seller.key, start, values)
    for stage, at in entered[1:]:
        step: dict[str, Any] = {"stage": Ref(f"stage:{stage + 1}")}
        if stage == STAGES.index("proposal") and chance.happens(0.5):
            amount = round(amount * chance.random.uniform(0.85, 1.15) / 100) * 100
            step["amount"] = str(amount)
        if stage == LOST:
            step["loss_reason"] = chance.weighted(_REASONS, _REASON_WEIGHTS)
        draft.steps.append(Step(at, step))
    if entered[-1][0] < WON:
        values["next_step"] = chance.one(texts()["opportunities"]["next_steps"])
    return Deal(draft, customer, contact, product["name"], entered)


def _way(chance: Chance, level: str, start: datetime) -> list[tuple[int, datetime]]:
    """Stage by stage until it is won, lost, or today."""
    wins = chance.happens(_WIN_SHARE[level])
    gives_up_at = chance.weighted(range(len(_LOST_FROM)), _LOST_FROM)
    entered = [(0, start)]
    for stage, days in enumerate(_DAYS_IN_STAGE):
        at = chance.after(entered[-1][1], days)
        if at >= chance.now:
            break
        following = LOST if not wins and stage == gives_up_at else stage + 1
        entered.append((following, at))
        if following >= WON:
            break
    return entered


def leads(chance: Chance, customers: list[Customer], deals: list[Deal], number: int) -> list[Draft]:
    """Leads of every status; about a fifth were converted into customers that exist."""
    first: dict[str, Deal] = {}
    for deal in sorted(deals, key=lambda d: d.draft.at):
        first.setdefault(deal.customer.company.name, deal)
    converted = chance.random.sample(list(first.values()), k=min(len(first), number // 5))
    made = [_converted(chance, deal, place) for place, deal in enumerate(converted)]
    brands = {str(c.company.values["name"]) for c in customers}
    while len(made) < number:
        lead = _open_lead(chance, len(made))
        if lead.values["company_name"] not in brands:
            made.append(lead)
    return made


def _converted(chance: Chance, deal: Deal, place: int) -> Draft:
    company, contact = deal.customer.company, deal.customer.contacts[0]
    at = min(chance.working(company.at - timedelta(days=chance.random.uniform(1, 6))), company.at - timedelta(hours=2))
    values = {
        "name": contact.values["name"],
        "company_name": company.values["name"],
        "title": contact.values["title"],
        "mobile": contact.values["mobile"],
        "mail": contact.values["mail"],
        "industry": company.values["industry"],
        "source": company.values["source"],
        "rating": chance.one(("hot", "hot", "warm")),
        "need": _need(chance, deal.product),
        "status": "new",
    }
    became = {
        "status": "converted",
        "converted_at": company.at,
        "converted_company": company.ref,
        "converted_contact": contact.ref,
        "converted_opportunity": deal.draft.ref,
    }
    steps = [Step(at + (company.at - at) / 2, {"status": "qualified"}), Step(company.at, became)]
    return Draft("lead", f"lead:{place}", company.owner, at, values, steps)


def _open_lead(chance: Chance, place: int) -> Draft:
    seller = chance.weighted(SELLERS, [p.share for p in SELLERS])
    name, _ = chance.person()
    industry = chance.row(words()["industries"])
    brand = chance.one(words()["brand_first"]) + chance.one(words()["brand_second"])
    city = chance.one(seller.cities).removesuffix("市")
    at = chance.past(300, 2.2)
    age = (chance.now - at).days
    values = {
        "name": name,
        "company_name": f"{city}{brand}{chance.one(industry['words'])}有限公司",
        "title": chance.one(texts()["leads"]["titles"]),
        "mobile": mobile(chance),
        "industry": industry["key"],
        "source": chance.one(("website", "search", "advertising", "social", "exhibition", "referral", "cold_call")),
        "rating": chance.weighted(("hot", "warm", "cold"), (2, 5, 4)),
        "need": _need(chance, chance.row(words()["products"])["name"]),
        "tags": [chance.one(("高意向", "中意向", "低意向"))] if chance.happens(0.35) else [],
        "status": "new",
    }
    draft = Draft("lead", f"lead:{place}", seller.key, at, values)
    if age > 2 and chance.happens(0.85):
        reached = chance.between(at, min(at + timedelta(days=4), chance.now))
        draft.steps.append(Step(reached, {"status": "contacted"}))
        if age > 14:
            outcome = chance.weighted(("unqualified", "qualified", None), (5, 2, 2))
            if outcome:
                decided = chance.between(reached, min(reached + timedelta(days=20), chance.now))
                draft.steps.append(Step(decided, {"status": outcome}))
    return draft


def _need(chance: Chance, product: str) -> str:
    return chance.one(texts()["leads"]["needs"]).format(product=product, people=chance.random.randint(2, 30) * 5)
