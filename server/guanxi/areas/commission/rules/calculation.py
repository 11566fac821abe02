"""From pieces to lines: who is credited what, by which component and tier, held by caps, filled up by guarantees and draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from guanxi.areas.commission.rules.pay import drawn, pro_rata, topped_up
from guanxi.areas.commission.rules.pieces import Line, Person, Piece, Situation
from guanxi.areas.commission.rules.plan import Component, Version
from guanxi.areas.commission.rules.tiers import HUNDRED, ZERO, capped, rounded, slices
from guanxi.kit.sharing import share


@dataclass(frozen=True, slots=True)
class _Credited:
    """What of a piece is somebody's."""

    piece: Piece
    whole: Decimal
    percent: Decimal
    base: Decimal


def calculate(versions: Sequence[Version], pieces: Sequence[Piece], about: Situation) -> list[Line]:
    """Every line of a period, by member, version and day. Pieces on days of no version give nothing.

    Who joins or leaves within the period is credited what lies within their days; guarantees and draws hold pro rata.
    """
    inside = [one for one in pieces if about.begins <= one.day <= about.ends]
    inside.sort(key=lambda one: (one.day, one.number, one.id, one.product or one.id))
    lines: list[Line] = []
    for version in sorted(versions, key=lambda one: (one.family, one.number)):
        mine = [one for one in inside if version.holds(one.day)]
        earned: dict[UUID, list[Line]] = {}
        sums: dict[UUID, Decimal] = {}
        for component in version.components:
            matching = [one for one in mine if one.fulfils(component)]
            for line in _of_component(version, component, matching, about):
                earned.setdefault(line.member, []).append(line)
        for member, some in sorted(earned.items()):
            some.sort(key=_in_time)
            kept = capped([one.amount for one in some], version.cap)
            lines += [_held(one, amount) for one, amount in zip(some, kept, strict=True)]
            sums[member] = sum(kept, ZERO)
        lines += _floors(version, sums, about)
    return lines


def _in_time(line: Line) -> tuple[str, str]:
    return (line.piece.day.isoformat(), line.piece.number) if line.piece else ("", "")


def _held(line: Line, amount: Decimal) -> Line:
    return line if amount == line.amount else replace(line, amount=amount, note="capped")


def _of_component(version: Version, one: Component, pieces: Sequence[Piece], about: Situation) -> Iterator[Line]:
    if one.credit == "pool":
        yield from _of_pool(version, one, pieces, about)
        return
    for member, credited in _credited(version, one, pieces, about).items():
        quota = one.quota if one.quota is not None else about.quotas.get((member, one.basis))
        yield from _sliced(version, one, member, credited, quota, about.unit)


def _credited(
    version: Version, one: Component, pieces: Sequence[Piece], about: Situation
) -> dict[UUID, list[_Credited]]:
    leads: dict[UUID, list[UUID]] = {}
    if one.credit == "team":
        for who in sorted(version.members):
            for below in about.people[who].team if who in about.people else ():
                leads.setdefault(below, []).append(who)
    found: dict[UUID, list[_Credited]] = {}
    for piece in pieces:
        amount = piece.amount(one.measure)
        if amount is None:
            continue
        whole = rounded(amount * piece.standing, about.unit)
        if not whole:
            continue
        for member, percent, base in _parts(one, piece, whole, leads, about.unit):
            person = about.people.get(member)
            if base and member in version.members and person is not None and person.there(piece.day):
                found.setdefault(member, []).append(_Credited(piece, whole, percent, base))
    return found


def _parts(
    one: Component, piece: Piece, whole: Decimal, leads: Mapping[UUID, Sequence[UUID]], unit: Decimal
) -> list[tuple[UUID, Decimal, Decimal]]:
    """Whose it is, by which percent. Revenue splits share out the whole to the last cent; overlays stand beside them."""
    if one.credit == "splits" and piece.splits:
        among = share(whole, [percent for _, percent in piece.splits], unit)
        return [(who, percent, base) for (who, percent), base in zip(piece.splits, among, strict=True)]
    if one.credit == "overlay":
        return [(who, percent, rounded(whole * percent / HUNDRED, unit)) for who, percent in piece.overlays]
    if piece.owner is None:
        return []
    if one.credit == "team":
        return [(who, HUNDRED, whole) for who in leads.get(piece.owner, ())]
    return [(piece.owner, HUNDRED, whole)]


def _sliced(
    version: Version, one: Component, member: UUID, credited: Sequence[_Credited], quota: Decimal | None, unit: Decimal
) -> list[Line]:
    made = []
    for part in slices(one, [each.base for each in credited], quota, unit):
        mine = credited[part.place]
        made.append(Line(
            member, "earned", part.computed, version, one, mine.piece, one.credit, mine.whole, mine.percent, part.base,
            part.tier, part.rate, part.computed, part.note,
        ))  # fmt: skip
    kept = capped([line.amount for line in made], one.cap)
    return [_held(line, amount) for line, amount in zip(made, kept, strict=True)]


def _of_pool(version: Version, one: Component, pieces: Sequence[Piece], about: Situation) -> Iterator[Line]:
    """A pool earns of what all of its members own together, and shares each amount out to the last cent.

    Only who is there on the day has a part; of somebody who left the others have theirs.
    """
    pooled = []
    for piece in pieces:
        amount = piece.amount(one.measure)
        whole = None if amount is None else rounded(amount * piece.standing, about.unit)
        if whole and piece.owner in one.shares and _present(one, piece, about.people):
            pooled.append(_Credited(piece, whole, HUNDRED, whole))
    if not pooled:
        return
    for line in _sliced(version, one, next(iter(one.shares)), pooled, one.quota, about.unit):
        there = _present(one, line.piece, about.people) if line.piece else []
        weights = [one.shares[who] for who in there]
        for who, percent, amount in zip(there, weights, share(line.amount, weights, about.unit), strict=True):
            of_all = percent * HUNDRED / sum(weights, ZERO)
            yield replace(line, member=who, share=of_all.quantize(Decimal("0.01")), amount=amount)


def _present(one: Component, piece: Piece, people: Mapping[UUID, Person]) -> list[UUID]:
    return sorted(who for who in one.shares if who in people and people[who].there(piece.day) and one.shares[who] > 0)


def _floors(version: Version, earned: Mapping[UUID, Decimal], about: Situation) -> Iterator[Line]:
    if version.floor == "none":
        return
    for member in sorted(version.members):
        person = about.people.get(member)
        if person is None:
            continue
        begins = max(about.begins, version.begins, person.joined or about.begins)
        ends = min(about.ends, version.ends or about.ends, person.left or about.ends)
        floor = pro_rata(version.floor_amount, begins, ends, about.unit) if begins <= ends else ZERO
        mine = earned.get(member, ZERO)
        if version.floor == "guarantee":
            more, back = topped_up(mine, floor), ZERO
        else:
            more, back = drawn(mine, floor, about.balances.get((member, version.family), ZERO))
        if more:
            yield Line(member, version.floor, more, version, whole=floor, base=mine, computed=more)
        if back:
            yield Line(member, "recovery", -back, version, whole=floor, base=mine, computed=-back)
