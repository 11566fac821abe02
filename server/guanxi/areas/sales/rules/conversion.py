"""What a lead becomes: the values of the company, contact and opportunity made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]

COMPANY_FROM_LEAD = {
    "name": "company_name", "industry": "industry", "source": "source", "website": "website", "phone": "phone",
    "address": "address", "tags": "tags", "owner": "owner",
}  # fmt: skip
CONTACT_FROM_LEAD = {
    "name": "name", "title": "title", "mobile": "mobile", "mail": "mail", "wechat": "wechat", "tags": "tags",
    "owner": "owner",
}  # fmt: skip
OPPORTUNITY_FROM_LEAD = {"source": "source", "description": "need", "tags": "tags", "owner": "owner"}
SHIPPED: Mapping[str, Mapping[str, str]] = {
    "company": COMPANY_FROM_LEAD, "contact": CONTACT_FROM_LEAD, "opportunity": OPPORTUNITY_FROM_LEAD,
}  # fmt: skip
"""Field of what is made and field of the lead, where the workspace has no mapping of its own."""
SET_BY_VERB: Mapping[str, frozenset[str]] = {
    "company": frozenset(), "contact": frozenset({"company"}), "opportunity": frozenset({"company", "contact", "stage", "pipeline"}),
}  # fmt: skip
"""Fields that the conversion itself fills in."""

_OPPORTUNITY_NAME = {"zh-CN": "{customer}的商机", "en": "{customer}: opportunity"}
_SUFFIXES = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "分公司", "公司", "集团",
    " co., ltd.", " co., ltd", " co.,ltd.", " co.,ltd", ", inc.", " inc.", " inc", " gmbh", " llc", " ltd.", " ltd",
)  # fmt: skip
_SHORTEST = 2
_SPACES = re.compile(r"\s+")


def company(lead: Mapping[str, Any], carried: Values | None = None) -> Values | None:
    """A prospect with what is carried over; None for a private customer, who names no company."""
    values = _taken(lead, COMPANY_FROM_LEAD) if carried is None else carried
    return {"type": "prospect", **values} if values.get("name") else None


def contact(lead: Mapping[str, Any], company_id: Any, carried: Values | None = None) -> Values:
    """The person. Without a company the lead's address and telephone are the person's own."""
    values = _taken(lead, CONTACT_FROM_LEAD) if carried is None else carried
    values = {**values, "company": company_id}
    if company_id is None:
        values |= {key: lead[key] for key in ("address", "phone") if lead.get(key) and key not in values}
    return values


def opportunity(lead: Mapping[str, Any], name: str | None, language: str, carried: Values | None = None) -> Values:
    """The deal, named after the customer unless it has a name."""
    values = _taken(lead, OPPORTUNITY_FROM_LEAD) if carried is None else carried
    customer = lead.get("company_name") or lead["name"]
    fallback = _OPPORTUNITY_NAME.get(language, _OPPORTUNITY_NAME["zh-CN"]).format(customer=customer)
    return {"type": "new_business", **values, "name": name or values.get("name") or fallback}


def spellings(name: str) -> list[str]:
    """How the same company may be called: as it is written, without what it ends in, and with each of the endings."""
    whole = _SPACES.sub(" ", name).strip()
    bare = whole
    lowered = whole.lower()
    for suffix in _SUFFIXES:
        if lowered.endswith(suffix) and len(whole) - len(suffix) >= _SHORTEST:
            bare = whole[: len(whole) - len(suffix)]
            break
    if not bare:
        return []
    chinese = [bare + suffix for suffix in _SUFFIXES if not suffix.isascii()] if not bare.isascii() else []
    return list(dict.fromkeys([whole, bare, *chinese]))


def _taken(lead: Mapping[str, Any], names: Mapping[str, str]) -> Values:
    return {to: lead[of] for to, of in names.items() if lead.get(of) is not None}
