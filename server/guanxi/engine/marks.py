"""Places in a list that is read from several sources at once, latest first: where one page ends and the next begins."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from guanxi.infra.errors import BadRequest


class Mark(NamedTuple):
    """A place in the list: the instant, then the number of the source, then the place within it."""

    at: datetime
    source: int
    tie: str

    def encode(self) -> str:
        """Opaque text for the caller."""
        return f"{self.at.isoformat()}~{self.source}~{self.tie}"

    @classmethod
    def decode(cls, text: str, *, numbered: int) -> Mark:
        """The mark of an earlier answer; places within the source ``numbered`` are numbers, elsewhere ids.

        BadRequest when the text is no such mark.
        """
        try:
            at, source, tie = text.split("~")
            mark = cls(datetime.fromisoformat(at), int(source), tie)
            if mark.at.tzinfo is None or not (tie.isdigit() if mark.source == numbered else UUID(tie)):
                raise ValueError
        except ValueError:
            raise BadRequest("query.bad_cursor") from None
        return mark
