"""The refusals of sales."""

from uuid import UUID

from guanxi.infra.errors import Conflict, NotAllowed


class LeadAlreadyConverted(Conflict):
    """A lead is converted once; `params` name what it became."""

    def __init__(self, lead: UUID, **became: str | None) -> None:
        super().__init__("sales.lead_already_converted", {"lead": str(lead), **became})


class DefaultPipelineNeeded(Conflict):
    """One pipeline must be the default."""

    def __init__(self) -> None:
        super().__init__("sales.default_pipeline_needed")


class OpenStageNeeded(Conflict):
    """New opportunities begin in an open stage of the default pipeline; it must keep one."""

    def __init__(self) -> None:
        super().__init__("sales.open_stage_needed")


class ConfigureRightNeeded(NotAllowed):
    """Pipelines and stages are kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("sales.configure_right_needed")


class GradingRightNeeded(NotAllowed):
    """Grading is kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("sales.grading_right_needed")
