"""Shapes of what explains access."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypeAliasType, TypedDict

from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id

FieldLevel = TypeAliasType("FieldLevel", Literal["hidden", "masked", "reveal", "read", "edit"])
AccessWay = TypeAliasType("AccessWay", Literal["opened", "closed", "changed"])


class AccessReason(TypedDict):
    """One way in which a record is reached, or what stands against it, in words."""

    kind: str
    text: str


class PersonAccess(TypedDict):
    """Whether one person reads and edits a record: what lets them, what takes it away, and what would open it."""

    member: Reference
    department: Reference | None
    reads: bool
    edits: bool
    why: list[AccessReason]
    taken: list[AccessReason]
    missing: list[AccessReason]


class RecordAccess(TypedDict):
    """How many people see the record, and the first of them, its owner before all others; or the one asked about."""

    count: int
    people: list[PersonAccess]


class AccessParameters(TypedDict, total=False):
    """`member` asks about one person, who may be somebody that does not see the record."""

    member: Id


class AccessChange(TypedDict):
    """A record of the organisation as it would be written: a role, an access rule, a member, a department...

    Without an id a new one; `members` of a role are all who would hold it.
    """

    object: Literal["role", "access_rule", "member", "department", "position", "delegation"]
    id: NotRequired[Id]
    values: NotRequired[dict[str, Any]]
    delete: NotRequired[bool]
    members: NotRequired[list[Id]]


class SimulationRequest(TypedDict):
    """What would be changed, in this order."""

    changes: list[AccessChange]


class PersonRecords(TypedDict):
    """A person, and how many records would be opened or closed to them; null where the caller may not be told."""

    member: Reference
    records: int | None


class RecordsChange(TypedDict):
    """Records of an object that would be opened or closed for a verb, and the first of the people concerned.

    `records` counts each record once, however many people it is about; an estimate where `exact` is false. Where the
    caller may not be told how many, or counting took too long, it is null and the way is `changed`.
    """

    object: str
    verb: Literal["read", "edit", "delete"]
    way: AccessWay
    records: int | None
    exact: bool
    people: list[PersonRecords]
    people_count: int
    text: str


class FieldLevelChange(TypedDict):
    """A field that people would reach further or less far than now, on records of a type where one is named."""

    object: str
    field: str
    record_type: str | None
    before: FieldLevel
    after: FieldLevel
    way: AccessWay
    people: list[Reference]
    people_count: int
    text: str


class RightChange(TypedDict):
    """A right that people would gain or lose: over the records of some objects, or over the workspace where none is named."""

    objects: list[str]
    right: str
    way: AccessWay
    people: list[Reference]
    people_count: int
    text: str


class Simulation(TypedDict):
    """What a change of access would do. `exact` is false when any number of records is an estimate."""

    exact: bool
    records: list[RecordsChange]
    fields: list[FieldLevelChange]
    rights: list[RightChange]


class HeldRole(TypedDict):
    """A role that somebody holds, the baseline's among them."""

    id: Id
    key: str
    name: str
    baseline: bool


class GivenReach(TypedDict):
    """How far a right reaches in sum, as permissions write it, and the keys of the roles that give it."""

    reach: Any
    roles: list[str]


class GivenSwitch(TypedDict):
    """Whether something may be done in sum, and the keys of the roles that give it."""

    on: bool
    roles: list[str]


class GivenField(TypedDict):
    """A field that is not edited everywhere: how far it is reached in sum, and the keys of the roles that give that."""

    field: str
    label: Label
    record_type: str | None
    level: FieldLevel
    roles: list[str]


class GivenObject(TypedDict):
    """What somebody may do in sum with the records of an object."""

    object: str
    read: GivenReach
    edit: GivenReach
    delete: GivenReach
    switches: dict[str, GivenSwitch]
    fields: list[GivenField]


class GivenRight(TypedDict):
    """A right over the workspace itself and the keys of the roles that give it."""

    right: str
    roles: list[str]


class MemberRights(TypedDict):
    """All roles of a member merged, each right with the roles that give it."""

    roles: list[HeldRole]
    objects: list[GivenObject]
    system: list[GivenRight]


class RolePreset(TypedDict):
    """Permissions that fit a common post, to begin a role with."""

    key: str
    label: Label
    help: Label
    permissions: dict[str, Any]


class RolePresets(TypedDict):
    """Every preset, with what it says of objects and fields that are here."""

    presets: list[RolePreset]
