"""The refusals of web forms."""

from guanxi.infra.errors import NotAllowed


class ConfigureRightNeeded(NotAllowed):
    """Web forms are kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("web_forms.configure_right_needed")
