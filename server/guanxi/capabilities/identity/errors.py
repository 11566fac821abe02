"""The refusals of identity: who may not come in, and what may not be done to the organisation."""

from guanxi.infra.errors import Conflict, LimitReached, NotFound


class UnknownWorkspace(NotFound):
    """No such workspace, or the caller does not belong to it: the two look the same from outside."""

    def __init__(self) -> None:
        super().__init__("identity.unknown_workspace")


class InvitationNotValid(NotFound):
    """The token was never issued, was used, taken back, or is out of date (`reason` says which)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"identity.invitation_{reason}")


class LastAdministrator(Conflict):
    """The change would leave the workspace without anybody who can administer it."""

    def __init__(self) -> None:
        super().__init__("identity.last_administrator")


class MemberNotInvited(Conflict):
    """The member has no open invitation that could be sent again."""

    def __init__(self) -> None:
        super().__init__("identity.member_not_invited")


class TooManyAttempts(LimitReached):
    """Too many wrong passwords for one address; waiting helps."""

    def __init__(self) -> None:
        super().__init__("identity.too_many_attempts")
