"""The Merkle tree of RFC 9162, section 2.1: root, inclusion proof, consistency proof, and their checks. No database.

A subtree that is complete never changes, so its hash is kept as a node `(level, place)`: the leaves are level 0, and
node `(k, i)` stands over the leaves from `i << k` up to `(i + 1) << k`. Proofs need a handful of nodes, whatever the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32
Node = tuple[int, int]  # level, place
Lookup = Callable[[Node], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; the first byte tells leaves from nodes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(place: int) -> Iterator[Node]:
    """The nodes above the leaves that become complete when leaf `place` is added, from below."""
    level = 1
    while (place + 1) % (1 << level) == 0:
        yield level, place >> level
        level += 1


def nodes_of(start: int, stop: int) -> list[Node]:
    """The complete subtrees that together stand over the leaves from `start` up to `stop`, from left to right."""
    found = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def subtree(start: int, stop: int, node: Lookup) -> bytes:
    """The hash over the leaves from `start` up to `stop`, where `start` is a multiple of the largest power of two below
    the number of leaves: as the tree is divided.
    """
    if start == stop:
        return EMPTY_ROOT
    hashes = [node(one) for one in nodes_of(start, stop)]
    while len(hashes) > 1:
        right = hashes.pop()
        hashes.append(node_hash(hashes.pop(), right))
    return hashes[0]


def inclusion_spans(place: int, size: int) -> list[tuple[int, int]]:
    """The spans of leaves whose hashes prove that leaf `place` is in a tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    if not 0 <= place < size:
        raise ValueError("there is no such leaf in the tree")
    found, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _half(stop - start)
        if place < middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_spans(first: int, second: int) -> list[tuple[int, int]]:
    """The spans whose hashes prove that the tree of `first` leaves is how that of `second` began (2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError("the first tree must have leaves, and no more than the second")
    found: list[tuple[int, int]] = []
    start, stop, is_known = 0, second, True
    while first != stop:
        middle = start + _half(stop - start)
        if first <= middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start, is_known = middle, False
    return ([] if is_known else [(start, stop)]) + found[::-1]


def root_from_inclusion(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the proof leads to, or None when it is not a proof for that place (2.1.3.2)."""
    if not 0 <= place < size:
        return None
    at, last, root = place, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node_hash(sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the first tree is how the second began (2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    hashes = list(path) if first & (first - 1) else [first_root, *path]
    if not hashes:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _half(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)
