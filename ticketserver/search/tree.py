"""All terms from each of their signs on, as a tree of signs: what letters fit is found without reading every term.

The letters are dealt out along the tree so that every sign gets a non-empty beginning of itself: `SBK`, `SHEBAOKA`,
`SHEBK` and `SB` all fit 社保卡, and `BK` fits it from its second sign on. Beginnings that many terms share are walked
once. A node keeps its entries as a list until there are more than `CROWD`, so the tree stays small.

How letters are dealt out is the caller's (`Step`): strictly (`terms.strictly`) or with slips (slips.py).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ticketserver.search.terms import Term

CROWD = 8

Step = Callable[[str, set[int]], set[int]]
"""A sign and the states before it → those after it."""


class Entry(NamedTuple):
    """A term of the service with this place in the catalogue, from its sign `start` on."""

    service: int
    term: Term
    start: int


class Node:
    """`entries` end here, or are too few for branches of their own."""

    __slots__ = ("branches", "entries")

    def __init__(self) -> None:
        self.branches: dict[str, Node] = {}
        self.entries: list[Entry] = []

    def add(self, entry: Entry, depth: int) -> None:
        at = entry.start + depth
        if at < len(entry.term.signs) and (branch := self.branches.get(entry.term.signs[at])):
            branch.add(entry, depth + 1)
            return
        self.entries.append(entry)
        if len(self.entries) > CROWD:
            entries, self.entries = self.entries, []
            for each in entries:
                if each.start + depth < len(each.term.signs):
                    self.branches.setdefault(each.term.signs[each.start + depth], Node()).add(each, depth + 1)
                else:
                    self.entries.append(each)

    def below(self) -> Iterator[Entry]:
        yield from self.entries
        for branch in self.branches.values():
            yield from branch.below()


class Tree:
    """Filled once, then walked."""

    def __init__(self) -> None:
        self._root = Node()

    def add(self, service: int, term: Term) -> None:
        """From each of its signs on."""
        for start in range(len(term.signs)):
            self._root.add(Entry(service, term, start), 0)

    def find(self, step: Step, ends: frozenset[int]) -> Iterator[tuple[Entry, int]]:
        """Every entry with which one of the states `ends` is reached from state 0, and by how many signs at most."""
        return _walk(self._root, 0, {0}, 0, step, ends)


def _walk(
    node: Node, depth: int, reached: set[int], covered: int, step: Step, ends: frozenset[int]
) -> Iterator[tuple[Entry, int]]:
    for entry in node.entries:
        if signs := _fit(entry, depth, reached, covered, step, ends):
            yield entry, signs
    for sign, branch in node.branches.items():
        beyond = step(sign, reached)
        signs = covered if ends.isdisjoint(beyond) else depth + 1
        if beyond:
            yield from _walk(branch, depth + 1, beyond, signs, step, ends)
        elif signs:
            for entry in branch.below():
                yield entry, signs


def _fit(entry: Entry, depth: int, reached: set[int], covered: int, step: Step, ends: frozenset[int]) -> int:
    """Goes on sign by sign where the tree has no branches."""
    signs = entry.term.signs
    for at in range(entry.start + depth, len(signs)):
        reached = step(signs[at], reached)
        if not reached:
            break
        if not ends.isdisjoint(reached):
            covered = at - entry.start + 1
    return covered
