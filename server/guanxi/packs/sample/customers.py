"""Invented companies with their people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from guanxi.kit import credit_code, pinyin
from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.draft import Draft
from guanxi.packs.sample.organisation import SELLERS, Person
from guanxi.packs.sample.words import divisions, texts, words

_SIZES = {"micro": (6, 19), "small": (20, 99), "medium": (100, 499), "large": (500, 1999), "huge": (2000, 6000)}
_SIZE_WEIGHTS = (4, 24, 40, 24, 8)
_LEVELS = {"micro": "CD", "small": "CCDB", "medium": "BBC", "large": "AAB", "huge": "A"}
_SOURCES = ("website", "search", "advertising", "social", "exhibition", "event", "referral", "partner", "cold_call")
_SOURCE_WEIGHTS = (18, 12, 8, 7, 16, 8, 16, 7, 8)
_MOBILE_PREFIX = "154"  # not given to any operator: none of these numbers rings anywhere
_LOCAL_PREFIX = "60000"


@dataclass
class Customer:
    """A company and its contacts as drafts, and who of them speaks with us."""

    company: Draft
    contacts: list[Draft] = field(default_factory=list)
    seller: Person = SELLERS[0]

    @property
    def short_name(self) -> str:
        """How people call the company."""
        return str(self.company.values["short_name"])

    @property
    def level(self) -> str:
        """A to D."""
        return str(self.company.values["level"])


def customers(chance: Chance, number: int) -> list[Customer]:
    """That many companies, some of them subsidiaries of an earlier one, each with one to five contacts."""
    made: list[Customer] = []
    names: set[str] = set()
    while len(made) < number:
        customer = _customer(chance, len(made), names)
        if customer is not None:
            made.append(customer)
    groups = [c for c in made if c.company.values["size"] in ("large", "huge")][:14]
    for place, customer in enumerate(c for c in made if c.company.values["size"] in ("small", "medium")):
        if place >= 2 * len(groups):
            break
        group = groups[place % len(groups)]
        customer.company.values["parent"] = group.company.ref
    return made


def _customer(chance: Chance, place: int, names: set[str]) -> Customer | None:
    seller = chance.weighted(SELLERS, [p.share for p in SELLERS])
    division = chance.row([chance.one(divisions()[city]) for city in seller.cities])
    industry = chance.row(words()["industries"])
    brand = chance.one(words()["brand_first"]) + chance.one(words()["brand_second"])
    trade = chance.one(industry["words"])
    if brand in names:
        return None
    names.add(brand)
    size = chance.weighted(list(_SIZES), _SIZE_WEIGHTS)
    at = chance.past(365)
    company = Draft(
        "company",
        f"company:{place}",
        seller.key,
        at,
        {"industry": industry["key"], "size": size} | _company_values(chance, division, (brand, trade), size),
    )
    customer = Customer(company, seller=seller)
    for number in range(chance.weighted((1, 2, 3, 4, 5), (22, 34, 26, 12, 6))):
        customer.contacts.append(_contact(chance, customer, number))
    return customer


def _company_values(chance: Chance, division: dict[str, str], named: tuple[str, str], size: str) -> dict[str, Any]:
    brand, trade = named
    city = division["city"].removesuffix("市")
    employees = chance.random.randint(*_SIZES[size])
    domain = f"{pinyin.spell(brand)}.example"
    founded = chance.random.randint(1994, chance.now.year - 2)
    form = "股份有限公司" if size in ("large", "huge") and chance.happens(0.4) else "有限公司"
    name = f"{city}{brand}{trade}{form}" if chance.happens(0.75) else f"{brand}{trade}（{city}）{form}"
    description = chance.one(texts()["companies"]["descriptions"])
    street = f"{chance.one(words()['streets'])}{chance.random.randint(1, 999)}号"
    if chance.happens(0.4):
        street += f"{chance.one(words()['buildings'])}{chance.random.randint(1, 12)}栋"
    return {
        "name": name,
        "short_name": brand + (trade if len(trade) <= 4 else ""),
        "level": chance.one(_LEVELS[size]),
        "type": "prospect",
        "source": chance.weighted(_SOURCES, _SOURCE_WEIGHTS),
        "employees": employees,
        "founded_year": founded,
        "annual_revenue": str(round(employees * chance.random.uniform(35, 130)) * 10_000),
        "phone": f"{division['dialing']}-{_LOCAL_PREFIX}{chance.random.randint(100, 999)}",
        "website": f"https://www.{domain}",
        "mail": f"info@{domain}",
        "address": {
            "country": "中国",
            "province": division["province"],
            "city": division["city"],
            "district": division["district"],
            "street": street,
        },
        "credit_code": _credit_code(chance),
        "tags": _tags(chance, size),
        "description": description.format(industry=trade, year=founded, people=employees) or None,
    }


def _contact(chance: Chance, customer: Customer, number: int) -> Draft:
    name, gender = chance.person()
    position = chance.one(words()["positions"])
    company = customer.company
    at = chance.between(company.at, min(company.at + timedelta(days=40), chance.now)) if number else company.at
    domain = str(company.values["mail"]).partition("@")[2]
    spelled = pinyin.spell(name)
    values: dict[str, Any] = {
        "name": name,
        "gender": gender,
        "company": company.ref,
        "title": position["title"],
        "department": position["department"],
        "role": position["role"],
        "mobile": mobile(chance),
        "mail": f"{spelled}{chance.random.randint(1, 99)}@{domain}",
    }
    if chance.happens(0.6):
        values["wechat"] = f"{spelled}_{chance.random.randint(100, 9999)}"
    if chance.happens(0.25):
        values["birthday"] = (chance.now - timedelta(days=chance.random.randint(9_500, 20_000))).date()
    if number and chance.happens(0.4):
        values["reports_to"] = customer.contacts[0].ref
    return Draft("contact", f"contact:{company.name}:{number}", company.owner, at, values)


def mobile(chance: Chance) -> str:
    """A mobile number that belongs to nobody."""
    return f"{_MOBILE_PREFIX}{chance.random.randint(0, 99_999_999):08d}"


def _credit_code(chance: Chance) -> str:
    stem = "91" + "".join(str(chance.random.randint(0, 9)) for _ in range(6))
    stem += "MA" + "".join(chance.one("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(7))
    return stem + credit_code.check_digit(stem)


def _tags(chance: Chance, size: str) -> list[str]:
    tags = []
    if size in ("large", "huge"):
        tags.append(chance.one(("重点客户", "VIP", "招投标")))
    if chance.happens(0.3):
        tags.append(chance.one(("价格敏感", "决策周期长", "可转介绍", "待回访")))
    return tags
