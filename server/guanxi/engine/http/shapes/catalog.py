"""Shapes of the catalog."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import with_config
from typing_extensions import TypeAliasType, TypedDict

from guanxi.infra.http.shapes import CLOSED, OPEN, Id, component

Language = Annotated[str, component("Language")]
Scope = Annotated[str, component("Scope")]
FieldKind = Annotated[str, component("FieldKind")]
Trait = Annotated[str, component("Trait")]
Hue = TypeAliasType(
    "Hue", Literal["slate", "blue", "violet", "cyan", "green", "lime", "amber", "orange", "red", "pink"]
)

Label = TypedDict("Label", {"zh-CN": str, "en": str})
"""Words in every language of the product."""
Help = TypedDict("Help", {"zh-CN": NotRequired[str], "en": NotRequired[str]})
"""Words where there are any."""


class ReachParts(TypedDict):
    """Records of owners in a scope, of members of departments or below them, and records that a filter keeps."""

    scope: Scope
    departments: NotRequired[list[Id]]
    where: NotRequired[Any]


Reach = TypeAliasType("Reach", Scope | ReachParts)
Level = TypeAliasType("Level", Literal["hidden", "masked", "reveal", "read", "edit"])
Rights = TypedDict(
    "Rights",
    {
        "create": bool, "read": Reach, "edit": Reach, "delete": Reach, "restore": bool, "import": bool, "export": bool,
        "bulk": bool, "share": bool, "transfer": bool, "configure": bool,
    },
)  # fmt: skip
"""What a person may do with the records of one object, and with which records."""


@with_config(CLOSED)
class ChoiceOption(TypedDict):
    """One option of a choice."""

    key: str
    label: Label
    color: NotRequired[Hue]


@with_config(OPEN)
class FieldSettings(TypedDict, total=False):
    """What a kind needs beyond its name; which keys exist depends on the kind."""

    options: list[ChoiceOption]
    target: str
    targets: list[str]
    reverse: str
    scale: int
    currency: str
    max_length: int
    prefix: str
    digits: int


class FieldResult(TypedDict):
    """The ordinary kind, with its settings, as which the values of a computed field are shown."""

    kind: FieldKind
    settings: FieldSettings


class Field(TypedDict):
    """One field; `operators` and `aggregates` say how it may be asked for, `access` how far the caller reaches into it at
    best, `access_by_type` on records of the types on which that is less, `access_in_pools` on those in a pool, by its id.
    """

    id: str
    key: str
    kind: FieldKind
    trait: Trait
    label: Label
    help: Help
    required: bool
    unique: bool
    read_only: bool
    hidden: bool
    access: Level
    access_by_type: dict[str, Level]
    access_in_pools: NotRequired[dict[str, Level]]
    system: bool
    searchable: bool
    default: Any
    settings: FieldSettings
    result: FieldResult | None
    operators: list[str]
    sortable: bool
    groupable: bool
    aggregates: list[str]


class Relation(TypedDict):
    """A to-many relation as seen from the object that carries it."""

    key: str
    label: Label
    object: str
    field: str


class LayoutSection(TypedDict):
    """Fields that stand together on a page."""

    label: Label
    fields: list[str]


class Layout(TypedDict, total=False):
    """Which fields are shown where."""

    quick: list[str]
    sections: list[LayoutSection]
    list: list[str]
    highlights: list[str]
    card: list[str]


class PlacedField(TypedDict):
    """A field in a section; without a width it takes what its kind needs."""

    key: str
    width: int | None


class PageSection(TypedDict):
    """Fields that stand together, in one to three columns."""

    label: Label
    columns: int
    collapsed: bool
    fields: list[PlacedField]


@with_config(OPEN)
class Panel(TypedDict):
    """A part of a tab; which settings it has depends on its kind."""

    kind: Literal["facts", "timeline", "related", "files", "changes", "text", "buttons", "chart"]
    label: NotRequired[Label | None]
    width: NotRequired[int | None]


class PageTab(TypedDict):
    """A tab of a record's page."""

    key: str
    label: Label
    panels: list[Panel]


class PageLayout(TypedDict):
    """What is shown of records, of one type where `record_type` names one; without `tabs` a page has the usual ones."""

    key: str | None
    label: Label | None
    record_type: str | None
    quick: list[str]
    list: list[str]
    highlights: list[str]
    card: list[str]
    sections: list[PageSection]
    tabs: list[PageTab] | None


class RecordType(TypedDict):
    """A sort of records: the options of choices (keys) and the targets of references (ids) that it leaves, by field."""

    key: str
    label: Label
    description: Help
    color: Hue
    default: bool
    choices: dict[str, list[str]]
    records: dict[str, list[Id]]


class CatalogObject(TypedDict):
    """One object with everything that the caller may know of it."""

    id: Id
    key: str
    label: Label
    plural: Label
    icon: str
    color: Hue
    title: str
    features: list[str]
    group: str
    position: int
    board: str | None
    inherit: str | None
    layout: Layout
    layouts: list[PageLayout]
    record_types: list[RecordType]
    reactive: bool
    rights: Rights
    fields: list[Field]
    relations: list[Relation]


class Catalog(TypedDict):
    """The objects that the caller may read, at one version of the catalog."""

    version: int
    objects: list[CatalogObject]
