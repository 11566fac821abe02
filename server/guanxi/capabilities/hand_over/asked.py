"""What somebody asks for who hands over: whose, to whom, how it is split, and what else becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter

Keep = Literal["none", "read", "edit"]
Shares = Literal["move", "end", "leave"]
Roles = Literal["end", "leave"]
_WHOLE = ConfigDict(extra="forbid")
"""What is not understood is refused, never left out."""


@dataclass(frozen=True)
class Chosen:
    """Records picked by hand, and who gets them."""

    __pydantic_config__: ClassVar[ConfigDict] = _WHOLE
    records: Sequence[UUID]
    to: UUID


@dataclass(frozen=True)
class Rule:
    """Records that a filter keeps, and who gets them."""

    __pydantic_config__: ClassVar[ConfigDict] = _WHOLE
    where: Mapping[str, Any]
    to: UUID


@dataclass(frozen=True)
class Split:
    """How one part is split: what is chosen by hand, then rules in their order, then the rest, evenly among ``rest``.

    Without ``rest`` that of the whole hand-over holds; an empty one leaves the rest where it is. A part that is not to be
    taken stays as a whole.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _WHOLE
    part: str
    take: bool = True
    chosen: Sequence[Chosen] = ()
    rules: Sequence[Rule] = ()
    rest: Sequence[UUID] | None = None


@dataclass(frozen=True)
class HandOver:
    """A whole hand-over. ``together``: what inherits access from a record goes to whoever gets that record.

    ``keep`` leaves the giver a share of what is given away. ``shares`` are those the giver has received; ``positions``
    and ``delegations`` may be ended. With ``leave`` the giver's sign-in is closed in the same go.
    """

    member: UUID
    rest: Sequence[UUID] = ()
    splits: Sequence[Split] = ()
    together: bool = True
    only_open: bool = False
    keep: Keep = "none"
    shares: Shares = "leave"
    positions: Roles = "leave"
    delegations: Roles = "leave"
    leave: bool = False

    def split(self, part: str) -> Split:
        """How a part is split."""
        return next((one for one in self.splits if one.part == part), Split(part))

    def rest_of(self, part: str) -> Sequence[UUID]:
        """Who shares the rest of a part."""
        own = self.split(part).rest
        return self.rest if own is None else own

    def receivers(self) -> Iterator[tuple[str, UUID]]:
        """Everybody who is to get something, with the place where it is said."""
        yield from ((f"rest.{place}", one) for place, one in enumerate(self.rest))
        for number, split in enumerate(self.splits):
            where = f"splits.{number}"
            yield from ((f"{where}.chosen.{place}.to", one.to) for place, one in enumerate(split.chosen))
            yield from ((f"{where}.rules.{place}.to", one.to) for place, one in enumerate(split.rules))
            yield from ((f"{where}.rest.{place}", one) for place, one in enumerate(split.rest or ()))

    @property
    def does_more(self) -> bool:
        """Whether it reaches beyond records: into shares, positions, delegations, sign-in."""
        return self.leave or (self.shares, self.positions, self.delegations) != ("leave", "leave", "leave")

    def to_json(self) -> dict[str, Any]:
        """As it is kept while a job is at work."""
        return _ADAPTER.dump_python(self, mode="json")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> HandOver:
        """What was kept."""
        return _ADAPTER.validate_python(data)


_ADAPTER: TypeAdapter[HandOver] = TypeAdapter(HandOver)
