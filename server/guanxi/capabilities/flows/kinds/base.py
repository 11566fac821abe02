"""What a kind of step is: its settings, its ports, what it does with a batch of tokens. Areas register more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from uuid import UUID

from guanxi.capabilities.flows.definition import Definition, Problem
from guanxi.capabilities.flows.registers import Kinds
from guanxi.engine.objects.fields.settings import Setting, Words
from guanxi.engine.objects.model import Object, Snapshot

if TYPE_CHECKING:
    from guanxi.capabilities.flows.batch import Batch
    from guanxi.capabilities.flows.foresight import Foresight

OUT = "out"
"""The port of a step that leads on in one way only."""
ERROR = "error"
"""The port through which a token leaves a step that failed, where something follows it; every kind has it."""
AGAIN = "@again"
"""The port of a wait after which the step is asked once more, such as when people are late."""
Group = Literal["logic", "record", "people", "message", "outside"]


@dataclass(frozen=True)
class Place:
    """A node or a trigger of a definition that is being checked."""

    snapshot: Snapshot
    definition: Definition
    id: str
    settings: Mapping[str, Any]
    about: str | None = None
    """The key of the object that steps here are about, where it is not the flow's."""

    @property
    def object(self) -> Object | None:
        """The object whose records are meant here: the flow's, in a loop that of its records."""
        return self.snapshot.objects.get(self.about or self.definition.object or "")

    def problem(self, code: str, setting: str | None = None, /, **params: Any) -> Problem:
        """Something wrong here."""
        return Problem(code, params, self.id, setting)


@dataclass(frozen=True)
class Go:
    """The token goes on through a port; ``data`` is remembered by the run, ``note`` is told in the run's record."""

    port: str = OUT
    data: Mapping[str, Any] = field(default_factory=dict)
    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """The token stays until an instant, or until what ``corr`` names happens; then it leaves through ``port``."""

    until: datetime | None = None
    corr: str | None = None
    port: str = OUT
    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fork:
    """The token becomes one token for each of ``branches``, (port, data of the branch).

    With ``rest`` it waits for all of them to end and then leaves through that port; without, they meet at a join.
    """

    branches: Sequence[tuple[str, Mapping[str, Any]]]
    rest: str | None = None


@dataclass(frozen=True)
class Meet:
    """The token waits at a join for others of its fork: for ``count`` of them, None for all that can still come."""

    count: int | None = None


@dataclass(frozen=True)
class Stop:
    """The whole run ends here."""

    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fail:
    """The step could not be done: a code with its sentence. ``again`` says that trying later may help."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False


Outcome = Go | Wait | Fork | Meet | Stop | Fail


@dataclass(frozen=True)
class Deed:
    """Something that a step would do: what in one word, with which record, for which members and how many others.

    ``values`` are what would be written or sent, where somebody looks at it closely.
    """

    what: str
    object: str | None = None
    record: UUID | None = None
    to: Sequence[UUID] = ()
    outside: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Touch:
    """A sort of writes: of which object, whether records are made, changed or deleted, and of which fields."""

    object: str
    op: Literal["create", "update", "delete"]
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Foreseen:
    """What would become of a token, and what its step would do."""

    outcome: Outcome
    deeds: Sequence[Deed] = ()


class StepKind:
    """A kind of step. ``about_record`` kinds need a flow with an object.

    ``run`` gets tokens of many runs that stand at the same node and answers for each of them, in order, in the unit of
    work of the flow's actor: what it writes is kept with the tokens' move or not at all. A ``Refusal`` that it raises
    concerns the whole batch; the executor then asks for one token at a time.
    """

    key: ClassVar[str]
    label: ClassVar[Words]
    help: ClassVar[Words]
    icon: ClassVar[str]
    group: ClassVar[Group]
    about_record: ClassVar[bool] = True
    waits: ClassVar[bool] = False
    """Whether every token pauses here."""
    forks: ClassVar[bool] = False
    joins: ClassVar[bool] = False
    moves: ClassVar[bool] = True
    """Whether what stands here may go on at a step of another id, when its run moves to another version."""
    can_be_skipped: ClassVar[bool] = True
    """Whether who looks after automation may leave it out; what people decide is theirs."""
    decides: ClassVar[bool] = False
    """Whether it does nothing but decide where its tokens go, so that it is the same when nothing may be done."""

    def settings_schema(self) -> tuple[Setting, ...]:
        """The settings, from which the form is made."""
        return ()

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """The ways out."""
        return (OUT,)

    def check(self, place: Place) -> Iterator[Problem]:
        """What is wrong with the settings beyond their form."""
        return iter(())

    def about(self, snapshot: Snapshot, obj: Object | None, settings: Mapping[str, Any], port: str) -> str | None:
        """The key of the object that steps behind a port are about, when this one is about ``obj``."""
        return obj.key if obj else None

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """What becomes of each token."""
        raise NotImplementedError

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """What would become of each token, and what would be done, without doing it: asked when a flow is tried."""
        if self.decides:
            return [Foreseen(one) for one in self.run(batch)]
        ports = self.ports(batch.settings)
        onward: Outcome = Go(ports[0]) if ports else Stop()
        return [Foreseen(onward, (Deed("step", values={"kind": self.key}),)) for _ in batch.held]

    def touches(self, snapshot: Snapshot, about: str | None, settings: Mapping[str, Any]) -> Iterator[Touch]:
        """What the step writes, as far as its settings tell; ``about`` is the key of the object that it is about."""
        return iter(())


step_kinds: Kinds[StepKind] = Kinds("step")
"""Every kind of step by its key, in the order of the palette."""
step_kind = step_kinds.register
