"""What one person reaches of an object, taken apart into conditions that many people have in common.

It is any of the guard's arms, less what its limits leave out. Arms that ask for the owner alone are told by the owners
they name; all others are conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from guanxi.engine.access.actor import Actor, ObjectRights, Verb
from guanxi.engine.access.predicate import AccessGuard, Arm
from guanxi.engine.access.reach import Reach
from guanxi.engine.objects.model import Object
from guanxi.engine.records.conditions import Condition, Loose

_OWNERS = frozenset({"own", "delegated", "department", "tree", "departments"})
_SHARES = frozenset({"share", "share_above"})


@dataclass(frozen=True, slots=True)
class Private:
    """Private records are left only to those whose own they are or with whom they are shared."""

    others: Condition
    """True for the records that are not private."""
    owners: frozenset[UUID]
    via: frozenset[UUID]
    shares: frozenset[Condition]


@dataclass(frozen=True, slots=True)
class Reached:
    """What one person reaches of an object with a verb: any of the first five, less what the last two leave out."""

    everything: bool = False
    owners: frozenset[UUID] = frozenset()
    via: frozenset[UUID] = frozenset()
    rows: frozenset[Condition] = frozenset()
    shares: frozenset[Condition] = frozenset()
    private: Private | None = None
    kept: frozenset[Condition] = frozenset()
    """Restrictions: only records of which every one is true are left."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is no way in."""
        return not (self.everything or self.owners or self.via or self.rows or self.shares)

    @property
    def of_shares(self) -> frozenset[Condition]:
        """Conditions on what is shared; the same where they open records and where they leave private ones."""
        return self.shares or (self.private.shares if self.private is not None else frozenset())

    @property
    def conditions(self) -> Iterable[Condition]:
        """Conditions that rows have to be asked for, those of shares apart."""
        yield from self.rows
        yield from self.kept
        if self.private is not None:
            yield self.private.others


NOTHING = Reached()


def reached(guard: AccessGuard, obj: Object) -> Reached:
    """The guard of one person for one verb, taken apart."""
    bind = Loose()
    arms = guard.arms(obj, "t", bind)
    if not arms:
        return NOTHING
    owners, via = _owners(arms)
    limits = guard.limits(obj, "t", bind)
    return Reached(
        everything=any(arm.kind == "all" for arm in arms),
        owners=owners,
        via=via,
        rows=frozenset(
            Condition.of(arm.sql, bind, guard.actor.member_id) for arm in arms if arm.kind in ("filter", "rule", "open")
        ),
        shares=frozenset(Condition.of(arm.sql, bind, guard.actor.member_id) for arm in arms if arm.kind in _SHARES),
        private=_private(guard, obj) if any(limit.kind == "private" for limit in limits) else None,
        kept=frozenset(
            Condition.of(limit.sql, bind, guard.actor.member_id) for limit in limits if limit.kind != "private"
        ),
    )


def _owners(arms: Sequence[Arm]) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Owners by whom records are reached, and those by whom what inherits from a record is."""
    own = frozenset(owner for arm in arms if arm.kind in _OWNERS for owner in arm.detail["owners"])
    return own, own if any(arm.kind == "inherited" for arm in arms) else frozenset()


def _private(guard: AccessGuard, obj: Object) -> Private:
    nobody = replace(guard, actor=replace(guard.actor, member_id=None, delegators=()), _owner_lists={})
    bind = Loose()
    (limit,) = (one for one in nobody.limits(obj, "t", bind) if one.kind == "private")
    mine = replace(guard, actor=_with_own(guard.actor, obj, guard.verb), _owner_lists={})
    own = Loose()
    arms = mine.arms(obj, "t", own)
    shares = frozenset(Condition.of(arm.sql, own, guard.actor.member_id) for arm in arms if arm.kind in _SHARES)
    return Private(Condition.of(limit.sql, bind, guard.actor.member_id), *_owners(arms), shares)


def _with_own(actor: Actor, obj: Object, verb: Verb) -> Actor:
    """The actor with nothing but what is their own."""
    own = Reach("own")
    rights = replace(ObjectRights(read=own), **{verb: own})
    return replace(actor, objects=MappingProxyType({obj.key: rights}), scopes=None)
