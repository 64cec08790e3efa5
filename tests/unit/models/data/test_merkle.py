"""The tree against the definitions of RFC 9162, written out plainly, and proofs against every way of tampering."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.data import merkle

sizes = st.integers(1, 70)


def defined(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(defined(leaves[:half]), defined(leaves[half:]))


def leaves_of(size: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(size)]


def kept(leaves: Sequence[bytes]) -> dict[merkle.Node, bytes]:
    """The nodes as they are kept while leaves come one by one."""
    found: dict[merkle.Node, bytes] = {}
    for place, leaf in enumerate(leaves):
        found[0, place] = leaf
        for level, at in merkle.completed(place):
            found[level, at] = merkle.node_hash(found[level - 1, 2 * at], found[level - 1, 2 * at + 1])
    return found


@given(sizes)
def test_the_root_is_as_defined(size: int) -> None:
    leaves = leaves_of(size)
    assert merkle.subtree(0, size, kept(leaves).__getitem__) == defined(leaves)


def test_the_root_of_nothing() -> None:
    assert merkle.subtree(0, 0, {}.__getitem__) == defined([])


@given(st.data(), sizes)
def test_every_leaf_can_be_proved(data: st.DataObject, size: int) -> None:
    place = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    node = kept(leaves).__getitem__
    path = [merkle.subtree(*span, node) for span in merkle.inclusion_spans(place, size)]
    root = defined(leaves)
    assert merkle.root_from_inclusion(leaves[place], place, size, path) == root
    assert merkle.root_from_inclusion(merkle.leaf_hash(b"other"), place, size, path) != root
    assert merkle.root_from_inclusion(leaves[place], place, size, [*path, root]) != root
    if path:
        assert merkle.root_from_inclusion(leaves[place], place, size, path[:-1]) != root


@given(st.data(), sizes)
def test_a_tree_that_only_grew_can_be_proved(data: st.DataObject, second: int) -> None:
    first = data.draw(st.integers(1, second))
    leaves = leaves_of(second)
    node = kept(leaves).__getitem__
    path = [merkle.subtree(*span, node) for span in merkle.consistency_spans(first, second)]
    roots = defined(leaves[:first]), defined(leaves)
    assert merkle.is_consistent(first, second, *roots, path)
    changed = [merkle.leaf_hash(b"changed"), *leaves[1:first]]
    assert not merkle.is_consistent(first, second, defined(changed), roots[1], path)
    assert not merkle.is_consistent(first, second, *roots, [*path, roots[0]])


def test_what_cannot_be_proved() -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_spans(3, 3)
    with pytest.raises(ValueError, match="no more than"):
        merkle.consistency_spans(4, 3)
    assert merkle.root_from_inclusion(b"", 5, 3, []) is None
    assert not merkle.is_consistent(0, 3, b"", b"", [])
    assert not merkle.is_consistent(2, 3, b"a", b"b", [])
