"""The refusals of pools: each says what to do, and when it is possible again."""

from datetime import date

from guanxi.infra.errors import BadRequest, Conflict, LimitReached, NotAllowed, NotFound


class PoolUnknown(NotFound):
    """There is no active pool of that object, or not that one."""

    def __init__(self, object_key: str) -> None:
        super().__init__("pools.unknown", {"object": object_key})


class ObjectWithoutPools(BadRequest):
    """Records of the object cannot lie in a pool."""

    def __init__(self, object_key: str) -> None:
        super().__init__("pools.object_without_pools", {"object": object_key})


class AlreadyTaken(Conflict):
    """Somebody else was faster; told to those who saw the record in its pool."""

    def __init__(self, title: str, who: str | None, at: str) -> None:
        super().__init__("pools.already_taken", {"title": title, "who": who or "—", "at": at})


class NotInPool(Conflict):
    """The record lies in no pool."""

    def __init__(self, title: str) -> None:
        super().__init__("pools.not_in_pool", {"title": title})


class AlreadyInPool(Conflict):
    """The record lies in a pool already."""

    def __init__(self, title: str) -> None:
        super().__init__("pools.already_in_pool", {"title": title})


class CoolingDown(Conflict):
    """The former owner may not have it back yet."""

    def __init__(self, title: str, until: date) -> None:
        super().__init__("pools.cooling_down", {"title": title, "until": until.isoformat()})


class ClaimsUsedUp(LimitReached):
    """So many may be claimed in a day."""

    def __init__(self, pool: str, limit: int, left: int, again: date) -> None:
        code = "pools.claims_left" if left else "pools.claims_used_up"
        super().__init__(code, {"pool": pool, "limit": limit, "left": left, "again": again.isoformat()})


class ViewsUsedUp(LimitReached):
    """Of so many records masked values may be looked at in a day."""

    def __init__(self, pool: str, limit: int, again: date) -> None:
        super().__init__("pools.views_used_up", {"pool": pool, "limit": limit, "again": again.isoformat()})


class HoldsEnough(LimitReached):
    """Somebody owns as many as they may."""

    def __init__(self, limit: str, most: int, left: int, who: str | None) -> None:
        code = "pools.holds_enough" if who is None else "pools.member_holds_enough"
        super().__init__(code, {"limit": limit, "most": most, "left": left, "who": who})


class NotYours(NotAllowed):
    """Only its owner, or somebody above who may hand it over, puts a record into a pool."""

    def __init__(self, title: str) -> None:
        super().__init__("pools.not_yours", {"title": title})


class AdministratorNeeded(NotAllowed):
    """What lies in a pool is given to people by those who administer the pool."""

    def __init__(self, pool: str | None) -> None:
        super().__init__("pools.administrator_needed", {"pool": pool or "—"})


class ConfigureRightNeeded(NotAllowed):
    """Pools, limits and rules are kept by those who configure the workspace."""

    def __init__(self) -> None:
        super().__init__("pools.configure_right_needed")
