"""Pools, limits and rules as sections of configuration files."""

from guanxi.engine.bundles.records import RecordSection

POOLS = RecordSection(
    name="pool",
    object="pool",
    attributes=(
        "name", "object", "description", "for_everyone", "members", "departments", "roles", "admins", "shown", "others",
        "claims_per_day", "cooling_days", "views_per_day", "position", "active",
    ),
    folder="pools/{id}/pool.toml",
    natural=("object", "name"),
    as_system=True,
)  # fmt: skip
RULES = RecordSection(
    name="recycle_rule",
    object="recycle_rule",
    attributes=("name", "pool", "field", "days", "where", "warn_days", "position", "active"),
    folder="pools/{pool}/rules/{id}.toml",
    natural=("pool", "name"),
    as_system=True,
    names={"pool": "pool"},
)
LIMITS = RecordSection(
    name="holding_limit",
    object="holding_limit",
    attributes=("name", "object", "most", "where", "for_everyone", "members", "departments", "roles", "active"),
    folder="holding_limits/{id}.toml",
    natural=("object", "name"),
    as_system=True,
)
