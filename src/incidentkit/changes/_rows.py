"""What stands where on a page, when things come, go and change places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from incidentkit.changes._change import Change, SubjectKind
from incidentkit.changes._entries import (
    ComponentAdded,
    ComponentRemoved,
    Rearranged,
)
from incidentkit.changes._events import Appeared, Vanished
from incidentkit.changes._order import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from incidentkit._component import Component
    from incidentkit.changes._dating import About
    from incidentkit.changes._pairing import Pairs


@attrs.frozen
class Row:
    """The components, the incidents or the maintenances of two readings."""

    what: str
    """Which of them."""
    found: Pairs[Any]
    """The two readings, matched."""
    now: Sequence[Component]
    """Of components: as they are in the newer reading."""

    def place(self, made: list[Change]) -> None:
        """Tell everything that comes what it stands between when it comes."""
        line = Line((one.label, None) for one in self.found.new)
        # From the last to the first: each then stands among those that came before.
        for place in range(len(made) - 1, -1, -1):
            change = made[place]
            if self._holds(change) and isinstance(change, _COMING):
                between = line.take_out(change.subject.key, change.subject.nth)
                made[place] = attrs.evolve(change, between=between)

    def rearranged(self, made: Iterable[Change], about: About) -> Iterator[Change]:
        """Whether things stand in other places than their coming and going tells."""
        line = Line((one.label, None) for one in self.found.old)
        for change in filter(self._holds, made):
            if isinstance(change, _COMING):
                line.insert(change.subject.key, None, change.between)
            elif isinstance(change, _GOING):
                line.take_out(change.subject.key, change.subject.nth)
        order = [(one.label, one.nth) for one in self.found.new]
        there = set(order)
        is_moved = [one for one in line.numbered() if one in there] != order
        if is_moved or self._is_renumbered():
            yield about.make(
                Rearranged,
                what=self.what,
                order=tuple(order),
                positions=tuple(one.position for one in self.now),
            )

    def _is_renumbered(self) -> bool:
        old, partner = self.found.old, self.found.partner
        return any(
            place in partner and one.position != old[partner[place]].thing.position
            for place, one in enumerate(self.now)
        )

    def _holds(self, change: Change) -> bool:
        return change.subject.kind is _SORTS[self.what]


_COMING = (Appeared, ComponentAdded)
_GOING = (Vanished, ComponentRemoved)
_SORTS = {
    "components": SubjectKind.COMPONENT,
    "incidents": SubjectKind.INCIDENT,
    "maintenances": SubjectKind.MAINTENANCE,
}
