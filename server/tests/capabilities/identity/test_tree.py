"""Trees kept as child -> parent."""

from hypothesis import given
from hypothesis import strategies as st

from guanxi.capabilities.identity.tree import has_cycle, with_ancestors, with_descendants

TREE = {"head": None, "sales": "head", "east": "sales", "south": "sales", "finance": "head"}


def test_descendants_include_the_roots_and_everything_below():
    assert with_descendants(TREE, ["sales"]) == {"sales", "east", "south"}
    assert with_descendants(TREE, ["east", "finance"]) == {"east", "finance"}


def test_ancestors_begin_with_the_node_and_end_at_the_top():
    assert with_ancestors(TREE, "east") == ["east", "sales", "head"]
    assert with_ancestors(TREE, "head") == ["head"]


def test_a_tree_has_no_cycle_and_a_ring_has_one():
    ring = {"a": "b", "b": "c", "c": "a", "outside": "a"}

    assert not any(has_cycle(TREE, node) for node in TREE)
    assert all(has_cycle(ring, node) for node in "abc")
    assert not has_cycle(ring, "outside")


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12)))
def test_damaged_trees_never_hang_and_a_cycle_is_where_one_meets_oneself(parents):
    for node in parents:
        climbed, above = [], parents.get(node)
        while above is not None and above not in climbed:
            climbed.append(above)
            above = parents.get(above)
        assert has_cycle(parents, node) == (node in climbed)
        assert node in with_descendants(parents, [node])
        assert with_ancestors(parents, node)[0] == node
