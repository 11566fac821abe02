"""The refusals of identity: who may not come in, and what may not be done to the organisation."""

from datetime import timedelta
from math import ceil

from guanxi.infra.errors import Conflict, LimitReached, NotAllowed, NotFound, NotSignedIn, Unavailable


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
    """Too many wrong guesses; waiting so long helps."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("identity.too_many_attempts", {"minutes": max(1, ceil(wait.total_seconds() / 60))})


class SecondFactorNeeded(NotAllowed):
    """A role of the person asks for a second factor and the account has none: it has to be set up first."""

    def __init__(self) -> None:
        super().__init__("identity.second_factor_needed")


class LastSecondFactor(Conflict):
    """A role of the person asks for a second factor, and this is the only one."""

    def __init__(self) -> None:
        super().__init__("identity.last_second_factor")


class SecondFactorUnreadable(Unavailable):
    """What is stored of a second factor was written with another secret key of the installation."""

    def __init__(self) -> None:
        super().__init__("identity.second_factor_unreadable")


class AddressNotAllowed(NotAllowed):
    """A role of the person names the addresses from which one may work, and this is none of them."""

    def __init__(self, address: object) -> None:
        super().__init__("identity.address_not_allowed", {"address": str(address or "?")})


class NotYetJoined(NotAllowed):
    """The member's first working day is still to come, where their workspace is."""

    def __init__(self) -> None:
        super().__init__("identity.not_yet_joined")


class SessionOver(NotSignedIn):
    """The session has ended: after ``idle`` without activity, or because it is older (``absolute``) than a role allows."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"identity.session_{reason}")


class NotTheirOnlyWorkspace(Conflict):
    """The account guards other workspaces too, whose administrators have not been asked."""

    def __init__(self) -> None:
        super().__init__("identity.not_their_only_workspace")
