"""Shapes of what automation answers."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from guanxi.capabilities.flows.publishing import FlowProblem
from guanxi.engine.http.shapes.catalog import Help, Label
from guanxi.engine.http.shapes.kinds import KindSetting
from guanxi.engine.http.shapes.records import Reference
from guanxi.infra.http.shapes import Id, Instant

RunState = Literal["running", "waiting", "failed", "done", "stopped", "cancelled", "refused"]


class FlowTriggerKind(TypedDict):
    """A kind of trigger as it is chosen."""

    key: str
    label: Label
    help: Help
    icon: str
    about_record: bool
    settings: list[KindSetting]


class FlowStepKind(TypedDict):
    """A kind of step as it is chosen. `ports` are its ways out before any setting is made; kinds that are `forks` take
    several at once, which meet at one that `joins`. Where one fails or waits that `can_be_skipped`, it may be left out."""

    key: str
    label: Label
    help: Help
    icon: str
    group: str
    about_record: bool
    settings: list[KindSetting]
    ports: list[str]
    waits: bool
    forks: bool
    joins: bool
    can_be_skipped: bool


class FlowKinds(TypedDict):
    """The palette."""

    triggers: list[FlowTriggerKind]
    steps: list[FlowStepKind]


class FlowCheck(TypedDict):
    """A definition to be looked at."""

    definition: dict[str, Any]


class FlowProblems(TypedDict):
    """Everything that is wrong with it; it can be published when that is nothing."""

    problems: list[FlowProblem]


class BpmnText(TypedDict):
    """The text of a BPMN 2.0 file."""

    xml: str


class BpmnWanted(TypedDict):
    """A definition to be written as a file, under a title."""

    definition: dict[str, Any]
    title: NotRequired[str]


class BpmnLeftOut(TypedDict):
    """Something in a file that could not be taken over as it was, in the reader's words."""

    code: str
    says: str


class BpmnRead(TypedDict):
    """What a file says, and what of it could not be taken over."""

    definition: dict[str, Any]
    left_out: list[BpmnLeftOut]


class FlowVersion(TypedDict):
    """A published version of a flow."""

    id: Id
    number: int
    note: str | None
    run_as: str
    published_at: Instant
    published_by: Reference | None
    definition: dict[str, Any]


class FlowVersions(TypedDict):
    """The published versions, the last one first."""

    versions: list[FlowVersion]


class RunProblem(TypedDict):
    """Why a step or a run could not go on."""

    code: str
    message: str


class FlowRun(TypedDict):
    """A run. `record` is null where there is none or the reader may not see it; `steps` is how many it took."""

    id: Id
    flow: Reference
    version: int
    state: RunState
    object: str | None
    record: Reference | None
    starter: Reference | None
    started_at: Instant
    ended_at: Instant | None
    steps: int
    error: RunProblem | None


class FlowRuns(TypedDict):
    """A page of runs, the latest first."""

    runs: list[FlowRun]
    next_cursor: str | None


class FlowRunParameters(TypedDict):
    """Which runs are wanted: ``since`` and ``until`` are between which instants they began."""

    flow: NotRequired[Id]
    state: NotRequired[RunState]
    record: NotRequired[Id]
    since: NotRequired[Instant]
    until: NotRequired[Instant]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class StepSeen(TypedDict):
    """What a step was given, by setting, and what it gave, by the names under which the run remembers it. `hidden` are
    names of what the reader may not know; `cut` says that something was too long to be kept whole."""

    given: dict[str, Any]
    gave: dict[str, Any]
    hidden: list[str]
    cut: bool


class RunStep(TypedDict):
    """A line of a run's record: what became of a token at a node, and what the step tells of it; `seen` is what it was
    given and what it gave, null for readers who may not see the run's record."""

    number: int
    node: str
    outcome: str
    port: str | None
    at: Instant
    note: dict[str, Any]
    seen: StepSeen | None
    error: RunProblem | None


class RunToken(TypedDict):
    """Where a run stands: at a node since when, what it waits for, how often it was tried."""

    id: int
    node: str
    state: str
    since: Instant
    wake_at: Instant | None
    attempts: int
    error: RunProblem | None


class FlowRunDetails(FlowRun):
    """A run with its version's definition, its way and where it stands; `data` is what it remembers, null for readers who
    may not see its record, `hidden` names of it that the reader may not know. `may_mend`: whether the reader could lend the
    rights that it acts with, and so may try steps again, leave them out and change its data."""

    may_mend: bool
    definition: dict[str, Any]
    cause: dict[str, Any]
    data: dict[str, Any] | None
    hidden: list[str]
    record_of_steps: list[RunStep]
    tokens: list[RunToken]


class FlowQuestion(TypedDict):
    """A question of a form; choices have ``options``."""

    name: str
    label: str
    kind: Literal["text", "long_text", "number", "date", "flag", "choice"]
    required: NotRequired[bool]
    options: NotRequired[list[str]]


class FlowButton(TypedDict):
    """A flow that may be started on a record; ``label`` is what its button says, in each language, ``questions`` what is
    asked before."""

    flow: Id
    name: str
    label: dict[str, str]
    questions: list[FlowQuestion]


class FlowButtons(TypedDict):
    """The flows that one may start on records of an object."""

    buttons: list[FlowButton]


class FlowForm(TypedDict):
    """A form that a run waits for. ``record`` is null where there is none or the reader may not see it; ``answers`` are
    told to whoever gave them and to those who look after automation."""

    id: Id
    run: Id
    title: str
    text: str | None
    questions: list[FlowQuestion]
    object: str | None
    record: Reference | None
    due_at: Instant | None
    created_at: Instant
    filled_at: Instant | None
    answers: dict[str, Any] | None
    open: bool


class FlowForms(TypedDict):
    """Forms, the latest first."""

    forms: list[FlowForm]


class FlowFormParameters(TypedDict):
    """Which forms are wanted: those that one is asked for, or those that one has filled in."""

    state: NotRequired[Literal["open", "done"]]


class FlowTemplate(TypedDict):
    """A flow to begin with."""

    key: str
    name: Label
    description: Label
    kind: str
    object: str | None


class FlowTemplates(TypedDict):
    """The flows to begin with, in order."""

    templates: list[FlowTemplate]


class RunsOfVersion(TypedDict):
    """How many runs go on with a version."""

    number: int
    runs: int


class MigratedNode(TypedDict):
    """A step at which runs stand, how many times, and the steps at which they may go on; `suggested` is null where
    somebody has to choose, or where there is none."""

    node: str
    tokens: int
    choices: list[str]
    suggested: str | None


class FlowMigration(TypedDict):
    """Older versions with which runs go on, and where those of one of them stand; `definition` is what is published."""

    current: int
    definition: dict[str, Any]
    versions: list[RunsOfVersion]
    version: int | None
    from_definition: dict[str, Any] | None
    nodes: list[MigratedNode]


class FlowMigrationParameters(TypedDict):
    """Whose runs; the oldest version with any when it is left out."""

    version: NotRequired[int]
