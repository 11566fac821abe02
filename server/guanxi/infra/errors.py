"""The one tree of refusals; anything else that is raised is a bug.

Refusal
├── BadRequest     400  the request cannot be understood
├── NotSignedIn    401  no valid session
├── NotAllowed     403  the record is visible, the verb is refused
├── NotFound       404  absent, or invisible to the caller
├── Conflict       409  the state of the data forbids it (stale revision, duplicate)
├── Invalid        422  values refused, field by field
├── LimitReached   429  too much, too often
└── Unavailable    503  a part the request needs is not there now
"""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar


@dataclasses.dataclass(frozen=True, slots=True)
class FieldError:
    """One refused value: `code` names the sentence, `row` is the position in a list of writes."""

    field: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    row: int | None = None


class Refusal(Exception):
    """A normal "no" to the caller: a stable `code`, an HTTP status and the parameters of its sentence."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, params or {})
        self.code = code
        self.params: dict[str, Any] = dict(params or {})

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class BadRequest(Refusal):
    """The request itself is malformed: unknown field, operator, cursor or body."""

    status = 400


class NotSignedIn(Refusal):
    """The caller has no valid session."""

    status = 401

    def __init__(self, code: str = "request.not_signed_in", params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, params)


class NotAllowed(Refusal):
    """The caller sees the thing but may not do this to it."""

    status = 403


class NotFound(Refusal):
    """The thing is absent, or the caller may not know that it exists."""

    status = 404


class Conflict(Refusal):
    """The request is sound, the present state of the data forbids it."""

    status = 409


class Invalid(Refusal):
    """Values were refused; `fields` says which and why, for the whole list of writes at once."""

    status = 422

    def __init__(
        self,
        fields: Iterable[FieldError] = (),
        code: str = "request.invalid",
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code, params)
        self.fields = tuple(fields)

    def __str__(self) -> str:
        return f"{super().__str__()} {list(self.fields)}"


class LimitReached(Refusal):
    """A rate or size limit is reached; trying again later or with less may succeed."""

    status = 429


class Unavailable(Refusal):
    """A part that the request needs (database, mail server) does not answer now."""

    status = 503
