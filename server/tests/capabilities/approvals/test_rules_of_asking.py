"""Special cases of who is asked: nobody, the submitter, somebody who has approved before. Every combination."""

from itertools import product
from typing import get_args
from uuid import UUID

import pytest

from guanxi.capabilities.approvals.rules import Asked, Empty, Repeat, Self, asked

ME, BOSS, ANN, ADMIN = (UUID(int=number) for number in range(1, 5))
CASES = list(product(get_args(Empty), get_args(Self), get_args(Repeat)))


def _asked(found: list[UUID], empty: Empty, itself: Self, repeat: Repeat, earlier: set[UUID] | None = None) -> Asked:
    return asked(
        found, ME, earlier or set(), empty=empty, itself=itself, repeat=repeat, instead=[ADMIN],
        superior=lambda one: BOSS if one == ME else None,
    )  # fmt: skip


@pytest.mark.parametrize(("empty", "itself", "repeat"), CASES)
def test_nobody_is_found(empty: Empty, itself: Self, repeat: Repeat) -> None:
    got = _asked([], empty, itself, repeat)
    wanted = {"approve": Asked(decided="approved"), "reject": Asked(decided="rejected")}
    assert got == wanted.get(empty, Asked((ADMIN,)))


@pytest.mark.parametrize(("empty", "itself", "repeat"), CASES)
def test_the_submitter_alone_is_found(empty: Empty, itself: Self, repeat: Repeat) -> None:
    got = _asked([ME], empty, itself, repeat)
    wanted = {"ask": Asked((ME,)), "approve": Asked((), ((ME, "self"),)), "superior": Asked((BOSS,))}
    assert got == wanted.get(itself, _asked([], empty, itself, repeat))


@pytest.mark.parametrize(("empty", "itself", "repeat"), CASES)
def test_somebody_who_has_approved_before_is_found_beside_another(empty: Empty, itself: Self, repeat: Repeat) -> None:
    got = _asked([ANN, BOSS], empty, itself, repeat, {ANN})
    assert got == (Asked((BOSS,), ((ANN, "repeat"),)) if repeat == "approve" else Asked((ANN, BOSS)))


def test_nobody_is_asked_twice() -> None:
    assert _asked([ANN, ANN, BOSS, ME], "approve", "superior", "ask").people == (ANN, BOSS)
