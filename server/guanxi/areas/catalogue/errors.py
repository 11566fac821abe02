"""The refusals of the catalogue."""

from guanxi.infra.errors import NotAllowed


class ConfigureRightNeeded(NotAllowed):
    """Limits are set by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("catalogue.configure_right_needed")
