"""The refusals of keys and apps."""

from guanxi.infra.errors import NotAllowed, NotFound, NotSignedIn


class NotAKey(NotSignedIn):
    """What stands in the Authorization header opens nothing: unknown, expired, revoked, or its member has left."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"access_keys.key_{reason}")


class WrongAddress(NotAllowed):
    """The key does not work from the address that the call came from."""

    def __init__(self, address: object) -> None:
        super().__init__("access_keys.wrong_address", {"address": str(address)})


class PeopleOnly(NotAllowed):
    """What decides over keys and apps is done by a person who signed in, never by a program."""

    def __init__(self) -> None:
        super().__init__("access_keys.people_only")


class OwnEyesOnly(NotAllowed):
    """Keys, and what was allowed to apps, are nobody's to see but their owner's and who is in charge of security."""

    def __init__(self) -> None:
        super().__init__("access_keys.own_eyes_only")


class Unknown(NotFound):
    """No such key, app or permission, or not one that the caller may know of."""

    def __init__(self, what: str, id_: object) -> None:
        super().__init__(f"access_keys.unknown_{what}", {"id": str(id_)})
