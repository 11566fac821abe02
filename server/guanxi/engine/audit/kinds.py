"""The kinds of deeds that the audit log knows. Each has the sentences ``audit.kind_<key>`` and ``audit.says_<key>``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Group = Literal["sign_in", "data", "rights", "settings", "audit"]
GROUPS: tuple[Group, ...] = ("sign_in", "data", "rights", "settings", "audit")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of deed. ``audit.kind_<key>`` names it; ``audit.says_<key>`` tells an entry, with the entry's details."""

    key: str
    group: Group


_kinds: dict[str, Kind] = {}


def kind(key: str, group: Group) -> Kind:
    """Register a kind, whose two sentences stand in a locale folder; ValueError for a key that is taken."""
    if key in _kinds:
        raise ValueError(f"the kind {key!r} of audit entries is registered twice")
    return _kinds.setdefault(key, Kind(key, group))


def kinds() -> Mapping[str, Kind]:
    """Every kind by its key."""
    return _kinds


for _key in ("sign_in", "sign_in_failed", "sign_out", "password_change", "password_reset", "session_ended"):
    kind(_key, "sign_in")
for _key in ("reveal", "export", "import_begin", "import_end", "share", "unshare", "undo"):
    kind(_key, "data")
for _key in ("view_as_begin", "view_as_end", "role_change", "member_change", "position_change", "delegation_change",
             "department_change", "access_rule_change"):  # fmt: skip
    kind(_key, "rights")
for _key in ("configuration", "configuration_apply", "configuration_roll_back", "workspace_change", "sandbox_create",
             "sandbox_delete"):  # fmt: skip
    kind(_key, "settings")
SEAL, BROKEN = kind("change_seal", "audit").key, kind("chain_broken", "audit").key
VERIFY, EXPORT = kind("audit_verify", "audit").key, kind("audit_export", "audit").key
