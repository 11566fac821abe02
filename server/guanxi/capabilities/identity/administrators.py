"""Who can administer a workspace."""

from __future__ import annotations

from guanxi.capabilities.identity.roles import ADMINISTRATOR, role_ids
from guanxi.engine.context import Context
from guanxi.engine.records import counts


def has_administrator(ctx: Context) -> bool:
    """Whether an active member who can sign in today holds the administrator role."""
    system = ctx.as_system()
    administrator = role_ids(system, [ADMINISTRATOR])
    where = {
        "and": [
            {"field": "status", "op": "eq", "value": "active"},
            {"field": "account_id", "op": "not_empty"},
            {
                "or": [
                    {"field": "joined_on", "op": "is_empty"},
                    {"field": "joined_on", "op": "lte", "value": ctx.today.isoformat()},
                ]
            },
            {"field": "roles", "op": "has_any", "value": [str(one) for one in administrator]},
        ]
    }
    return counts.count(system, "member", where).value > 0
