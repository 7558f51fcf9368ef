"""Where things stand in a list while changes are made to it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

Numbered: TypeAlias = tuple[str, int]
"""A key, and which of those that share it."""
Neighbours: TypeAlias = tuple[str | None, str | None]
"""The keys of what stands above and below something in its list; None: nothing."""


@attrs.define(eq=False)
class Node(Generic[T]):
    """A thing in its place."""

    label: str
    held: T
    above: Node[T] | None = None
    below: Node[T] | None = None


class Line(Generic[T]):
    """
    Things in a row, found by key and put beside one another in constant time.

    A page of ten thousand incidents may see as many come in one reading.
    """

    def __init__(self, things: Iterable[tuple[str, T]]) -> None:
        self._first: Node[T] | None = None
        self._last: Node[T] | None = None
        self._by_label: defaultdict[str, list[Node[T]]] = defaultdict(list)
        for label, held in things:
            self._put(Node(label, held), self._last)

    def __iter__(self) -> Iterator[T]:
        return (node.held for node in self.nodes())

    def find(self, label: str, nth: int = 0) -> Node[T] | None:
        """The node of a key, of several the one of that number."""
        alike = self._by_label.get(label, ())
        return alike[nth] if nth < len(alike) else None

    def insert(self, label: str, held: T, between: Neighbours) -> None:
        """Put something above the one neighbour, else below the other, else on top."""
        above, below = between
        under = None if below is None else self.find(below)
        if under is not None:
            self._put(Node(label, held), under.above)
        else:
            over = None if above is None else self._by_label.get(above)
            self._put(Node(label, held), over[-1] if over else None)

    def take_out(self, label: str, nth: int) -> Neighbours:
        """Take something out, and tell what it stood between."""
        node = self._by_label[label].pop(nth)
        self._join(node.above, node.below)
        return (
            None if node.above is None else node.above.label,
            None if node.below is None else node.below.label,
        )

    def numbered(self) -> list[Numbered]:
        """The keys of all, in order, each with its number."""
        numbers = {
            id(node): (label, nth)
            for label, alike in self._by_label.items()
            for nth, node in enumerate(alike)
        }
        return [numbers[id(node)] for node in self.nodes()]

    def rearrange(self, order: Iterable[Numbered]) -> None:
        """Put things in an order; those that it does not name stay behind the rest."""
        named = dict.fromkeys(
            node for label, nth in order if (node := self.find(label, nth)) is not None
        )
        nodes = [*named, *(node for node in self.nodes() if node not in named)]
        self._first = self._last = None
        above: Node[T] | None = None
        for node in nodes:
            self._join(above, node)
            above = node
        self._join(above, None)

    def nodes(self) -> Iterator[Node[T]]:
        """The nodes, from the top."""
        node = self._first
        while node is not None:
            yield node
            node = node.below

    def _put(self, node: Node[T], above: Node[T] | None) -> None:
        below = self._first if above is None else above.below
        self._join(above, node)
        self._join(node, below)
        self._by_label[node.label].append(node)

    def _join(self, above: Node[T] | None, below: Node[T] | None) -> None:
        if above is None:
            self._first = below
        else:
            above.below = below
        if below is None:
            self._last = above
        else:
            below.above = above
