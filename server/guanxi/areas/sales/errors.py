"""The refusals of sales."""

from uuid import UUID

from guanxi.infra.errors import BadRequest, Conflict, NotAllowed


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


class LeadNotConverted(Conflict):
    """Only a converted lead has a conversion to take back."""

    def __init__(self, lead: UUID) -> None:
        super().__init__("sales.lead_not_converted", {"lead": str(lead)})


class ConversionUnknown(Conflict):
    """The lead came converted, by an import say, or was converted together with others."""

    def __init__(self, lead: UUID) -> None:
        super().__init__("sales.conversion_unknown", {"lead": str(lead)})


class ConversionStands(Conflict):
    """Something stands against taking a conversion back; ``what`` says what, as far as the caller sees it."""

    def __init__(self, lead: UUID, what: str) -> None:
        super().__init__("sales.conversion_stands", {"lead": str(lead), "what": what})


class MappingRightNeeded(NotAllowed):
    """Conversion mappings are kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("sales.mapping_right_needed")


class TrainingRightNeeded(NotAllowed):
    """What a model is worth is told to those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("sales.training_right_needed")


class AssignmentRightNeeded(NotAllowed):
    """Territories and assignment rules are kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("sales.assignment_right_needed")


class NothingToAccept(Conflict):
    """The lead waits for nobody, or for somebody else, or was given away meanwhile."""

    def __init__(self, lead: UUID) -> None:
        super().__init__("sales.nothing_to_accept", {"lead": str(lead)})


class AssignNotAllowed(NotAllowed):
    """Assigning gives leads away: for those who may give them to somebody else."""

    def __init__(self) -> None:
        super().__init__("sales.assign_not_allowed")


class TooManyLeads(BadRequest):
    """So many at once are an import's or a rule's matter."""

    def __init__(self, most: int) -> None:
        super().__init__("sales.assign_too_many", {"most": most})
