"""What writing one page needs at every turn: ids, times, the order of updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit import _time as time
from incidentkit._component import Mentions
from incidentkit.formats._pen import Numbers, mentioned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit._update import Update

NAME = "openstatus"
#: Monitors have numbers of their own, which components have too.
MONITOR = "monitor-"
# As many as JavaScript holds exactly.
NUMBERS = Numbers(digits=15)
number, group_number = NUMBERS.of, NUMBERS.of_group


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    document: str
    """Which document is written."""
    known: Mentions
    """The components of the page, to be found by name."""

    def mention(self, mention: ComponentRef) -> str:
        """The key of a component that an incident mentions, as the page has it."""
        return mentioned(mention, self.known)

    def numbers(self, mentions: Iterable[ComponentRef]) -> list[str | int]:
        """The numbers of components that are mentioned."""
        return [number(self.mention(one)) for one in mentions]


def pen_for(components: Iterable[Component], document: str) -> Pen:
    """What is needed to write a document of a page that has these components."""
    return Pen(document, Mentions(one.ref for one in components if not one.is_group))


def written(at: DateTime | None) -> str | None:
    """A time as JavaScript writes it; finer than milliseconds only where it has to."""
    return None if at is None else time.write(at)


def shown(updates: Iterable[Update]) -> list[tuple[int, Update]]:
    """The updates with their places, in order of the one time that most keep."""
    return sorted(enumerate(updates), key=lambda place: place[1].at)


def id_of(id: str | None, key: str) -> str:
    """An id where text will do, or a number made of the key."""
    return str(number(key)) if id is None else id
