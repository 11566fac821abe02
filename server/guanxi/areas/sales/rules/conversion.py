"""What a lead becomes: the values of the company, contact and opportunity made from it."""

from __future__ import annotations

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

_OPPORTUNITY_NAME = {"zh-CN": "{customer}的商机", "en": "{customer}: opportunity"}


def company(lead: Mapping[str, Any]) -> Values | None:
    """A prospect named as the lead's company; None for a private customer."""
    return {**_taken(lead, COMPANY_FROM_LEAD), "type": "prospect"} if lead.get("company_name") else None


def contact(lead: Mapping[str, Any], company_id: Any) -> Values:
    """The person. Without a company the lead's address and telephone are the person's own."""
    values = _taken(lead, CONTACT_FROM_LEAD) | {"company": company_id}
    if company_id is None:
        values |= {key: lead[key] for key in ("address", "phone") if lead.get(key)}
    return values


def opportunity(lead: Mapping[str, Any], name: str | None, language: str) -> Values:
    """The deal, named after the customer unless it has a name."""
    customer = lead.get("company_name") or lead["name"]
    fallback = _OPPORTUNITY_NAME.get(language, _OPPORTUNITY_NAME["zh-CN"]).format(customer=customer)
    return _taken(lead, OPPORTUNITY_FROM_LEAD) | {"name": name or fallback, "type": "new_business"}


def _taken(lead: Mapping[str, Any], names: Mapping[str, str]) -> Values:
    return {to: lead[of] for to, of in names.items() if lead.get(of) is not None}
