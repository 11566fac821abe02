"""Arms and limits of the predicate in words: which role, department, share, rule or record above lets somebody in.

What the caller may not see is not named: a record above, a colleague or a rule is then spoken of in general.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.capabilities.access_explained.people import People
from guanxi.capabilities.access_explained.subject import ShareAbove, Subject
from guanxi.engine.access.actor import ObjectRights
from guanxi.engine.access.predicate import Arm, Limit
from guanxi.engine.access.reach import Reach, put_in
from guanxi.engine.context import Context
from guanxi.engine.records.titles import titles
from guanxi.infra.i18n import sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """What lets somebody in or keeps them out: its kind, and the sentence."""

    kind: str
    text: str


def of_arms(ctx: Context, those: People, about: Subject, member: UUID, arms: Sequence[Arm]) -> list[Reason]:
    """Every way in which the member reaches the record; a way that a nearer one contains is left out."""
    told = _Telling(ctx, those, about, member)
    kinds = {arm.kind for arm in arms}
    found = []
    for arm in arms:
        # Owners are told by the narrowest of these; what is inherited through them is a way of its own.
        if arm.kind in ("department", "tree") and kinds & {"own", "delegated"}:
            continue
        if arm.kind == "tree" and "department" in kinds:
            continue
        found += [Reason(arm.kind, text) for text in told.arm(arm)]
    return list(dict.fromkeys(found))


def of_limits(ctx: Context, limits: Iterable[Limit]) -> list[Reason]:
    """What leaves the record out for the member, however else it is reached."""
    found = []
    for limit in limits:
        if limit.kind == "private":
            found.append(Reason("private", sentence("access.limit_private", {}, ctx.language)))
        else:
            name = titles(ctx, [("access_rule", limit.detail["rule"])]).get(("access_rule", limit.detail["rule"]))
            code = "access.limit_rule" if name else "access.limit_some_rule"
            found.append(Reason("restriction", sentence(code, {"rule": name}, ctx.language)))
    return found


def left(ctx: Context) -> Reason:
    """Nobody who left sees anything."""
    return Reason("left", sentence("access.limit_left", {}, ctx.language))


def nearest(ctx: Context, those: People, about: Subject, member: UUID, *, reached: bool) -> list[Reason]:
    """What would let the member in, the smallest step first; nothing where only a limit stands against it."""
    return [] if reached else list(_Telling(ctx, those, about, member).missing())


class _Telling:
    """Finds the words for one member and one record."""

    def __init__(self, ctx: Context, those: People, about: Subject, member: UUID) -> None:
        self.ctx = ctx
        self.those = those
        self.about = about
        self.member = member
        self.actor = those.actor(member)
        self.person = those.organisation.people[member]

    def say(self, code: str, **params: Any) -> str:
        return sentence(f"access.{code}", {"object": self.about.obj.plural, **params}, self.ctx.language)

    def name(self, object_key: str, record: UUID | None) -> str:
        """The title of a record that the caller sees; words for somebody or something otherwise."""
        if record is not None and (found := self.title(object_key, record)):
            return found
        return sentence(
            f"access.unnamed_{object_key}" if object_key in _NAMED else "access.unnamed", {}, self.ctx.language
        )

    def title(self, object_key: str, record: UUID) -> str | None:
        """The title of a record that the caller sees."""
        place, known = (object_key, record), self.about.named
        if place not in known:
            known[place] = titles(self.ctx, [place]).get(place)
        return known[place]

    def arm(self, arm: Arm) -> Iterator[str]:
        """The sentences of one way in."""
        about = self.about
        if arm.kind == "all":
            yield self.say("arm_all", roles=self.roles(lambda reach: reach.is_all or not about.obj.has_owner))
        elif arm.kind == "own":
            yield self.say("arm_own")
        elif arm.kind == "delegated":
            yield self.say("arm_delegated", owner=self.name("member", about.owner))
        elif arm.kind in ("department", "tree", "departments"):
            yield self.by_department(arm.kind, about.owner, "")
        elif arm.kind == "inherited":
            yield self.inherited()
        elif arm.kind == "filter":
            yield self.say("arm_filter", roles=self.roles(lambda reach: arm.detail["where"] in self.own(reach).where))
        elif arm.kind == "rule":
            name = self.title("access_rule", arm.detail["rule"])
            yield self.say("arm_rule", rule=name) if name else self.say("arm_some_rule")
        elif arm.kind in ("share", "share_above"):
            for one in about.shares:
                if one.reaches(self.actor) and bool(one.steps) == (arm.kind == "share_above"):
                    yield self.shared(one)
        elif arm.kind == "pool":
            yield self.say("arm_pool")
        else:
            yield self.say("arm_open")

    def own(self, reach: Reach) -> Reach:
        return reach.with_filters(lambda tree: put_in(tree, self.person.mine))

    def roles(self, gives: Any) -> str:
        """Names of the member's roles whose reach to read gives the way in."""
        names = []
        for id_ in self.those.organisation.held(self.member):
            objects = self.those.organisation.roles[id_].permissions.get("objects", {})
            line = objects.get(self.about.obj.key) or objects.get("*")
            if line and gives(ObjectRights.from_json(line).read):
                names.append(self.name("role", id_))
        return sentence("access.join", {}, self.ctx.language).join(dict.fromkeys(names)) or self.name("role", None)

    def by_department(self, kind: str, owner: UUID | None, suffix: str) -> str:
        """The owner stands in a department that the member's role reaches."""
        organisation = self.those.organisation
        stands = organisation.people.get(owner) if owner else None
        of_owner: frozenset[UUID] = stands.departments if stands else frozenset()
        if kind == "department":
            gives, places = lambda reach: reach.scope in ("department", "tree"), of_owner & self.person.departments
        elif kind == "tree":
            gives, places = lambda reach: reach.scope == "tree", of_owner
        else:
            chosen = self.actor.rights(self.about.obj.key).read.departments
            gives, places = lambda reach: bool(reach.departments & chosen), of_owner
        department = self.name("department", min(places, default=None))
        return self.say(
            f"arm_{kind}{suffix}", owner=self.name("member", owner), department=department, roles=self.roles(gives)
        )

    def inherited(self) -> str:
        """The record above is somebody's whom the member reaches."""
        key, record = next(iter(self.about.above), ("", None))
        parent = self.name(key, record) if key else sentence("access.unnamed", {}, self.ctx.language)
        owner = self.about.via_owner
        if owner in (self.member, *self.actor.delegators):
            return self.say("arm_inherited_own", parent=parent)
        return self.say("arm_inherited", parent=parent, owner=self.name("member", owner))

    def shared(self, one: ShareAbove) -> str:
        """Who gave the share to whom, at which level, until when, and over which record above."""
        given = one.given
        receiver = self.say(f"shared_with_{given.kind}", name=self.name(given.kind, given.receiver))
        if given.kind == "member" and given.receiver == self.member:
            receiver = self.say("shared_with_them")
        level = self.say(f"level_{given.level}")
        if given.until:
            day = given.until.astimezone(ZoneInfo(self.ctx.workspace.time_zone)).date()
            level = self.say("level_until", level=level, day=day.isoformat())
        parts = {"by": self.name("member", given.by), "receiver": receiver, "level": level}
        if one.steps:
            return self.say("arm_share_above", parent=self.name(one.object, one.record), **parts)
        return self.say("arm_share", **parts)

    def missing(self) -> Iterator[Reason]:
        """The reach that would contain the record, and a share where records of the object can be shared."""
        obj, rights = self.about.obj, self.actor.rights(self.about.obj.key)
        if not rights.reads:
            yield Reason("role", self.say("missing_role"))
            return
        if obj.has_owner:
            now, wanted = self.scope(rights.read.scope), self.scope(self.needed())
            yield Reason("reach", self.say("missing_reach", now=now, wanted=wanted))
            yield Reason("share", self.say("missing_share"))
        else:
            yield Reason("reach", self.say("missing_condition"))

    def scope(self, scope: str) -> str:
        return self.say(f"scope_{scope}")

    def needed(self) -> str:
        """The smallest scope that contains the owner, or the owner of the record above."""
        owners = {self.about.owner, self.about.via_owner} - {None}
        for scope in ("own", "department", "tree"):
            if not owners.isdisjoint(self.actor.owners(scope)):  # type: ignore[arg-type]
                return scope
        return "all"


_NAMED = frozenset({"member", "department", "role"})
"""Objects with words of their own for a record that may not be named."""
