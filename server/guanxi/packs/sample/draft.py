"""Records on paper: what the generator makes and the writer puts into a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands for the id of another draft, or of what a new workspace has: a stage of the default pipeline (`stage:3`), a
    rate of tax (`tax:13`), a role (`role:manager`), one of the people (`member:sales`)."""

    name: str


@dataclass(slots=True)
class Step:
    """A later change of a record."""

    at: datetime
    values: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A record with its owner (the key of a person), when it was made, and what became of it since."""

    object: str
    name: str
    owner: str
    at: datetime
    values: dict[str, Any]
    steps: list[Step] = field(default_factory=list)

    @property
    def ref(self) -> Ref:
        """How other drafts point at this one."""
        return Ref(self.name)

    @property
    def about(self) -> dict[str, Any]:
        """How activities point at this one."""
        return {"object": self.object, "id": self.ref}
