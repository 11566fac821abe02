"""Which scripts and materials come first."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.enablement.rules.fitting import Candidate, Situation, in_order

S1, S2, P1, P2 = (UUID(int=number) for number in range(1, 5))


def candidate(name: str, stages=(), products=(), language="zh-CN", uses=0) -> Candidate:
    return Candidate(UUID(int=abs(hash(name)) % 2**64), name, frozenset(stages), frozenset(products), language, uses)


HERE = Situation(frozenset({S1}), frozenset({P1}), "zh-CN")


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ((candidate("通用"), candidate("阶段", [S1]), candidate("都合", [S1], [P1])), ["都合", "阶段", "通用"]),
        ((candidate("别的阶段", [S2]), candidate("通用")), ["通用", "别的阶段"]),
        ((candidate("合一半", [S1], [P2]), candidate("通用")), ["通用", "合一半"]),
        ((candidate("少用", uses=1), candidate("常用", uses=9)), ["常用", "少用"]),
        ((candidate("english", language="en", uses=9), candidate("中文")), ["中文", "english"]),
        ((candidate("乙"), candidate("丙"), candidate("甲")), ["丙", "乙", "甲"]),
        ((), []),
    ],
)
def test_what_fits_comes_first(candidates, expected):
    assert [one.candidate.name for one in in_order(candidates, HERE)] == expected


def test_reasons_are_told():
    told = {one.candidate.name: one.reasons for one in in_order([candidate("a", [S1], [P1]), candidate("b")], HERE)}
    assert told == {"a": ("stage", "product"), "b": ()}


_ids = st.frozensets(st.sampled_from([S1, S2, P1, P2]), max_size=3)
_candidates = st.lists(
    st.builds(
        Candidate, st.uuids(), st.text(max_size=3), _ids, _ids, st.sampled_from(["zh-CN", "en"]), st.integers(0, 9)
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(_candidates, st.builds(Situation, _ids, _ids, st.just("en")), st.randoms())
def test_the_order_depends_on_nothing_else_and_loses_nobody(candidates, there, random):
    shuffled = random.sample(candidates, len(candidates))
    assert in_order(candidates, there) == in_order(shuffled, there)
    assert {one.candidate for one in in_order(candidates, there)} == set(candidates)
