"""The refusals of scripts and materials."""

from uuid import UUID

from guanxi.infra.errors import Conflict


class NotInUse(Conflict):
    """The script or material is a draft or retired."""

    def __init__(self, object_key: str, record: UUID) -> None:
        super().__init__(f"enablement.{object_key}_not_in_use", {object_key: str(record)})
