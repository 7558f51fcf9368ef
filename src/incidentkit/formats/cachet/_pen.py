"""What writing one page needs at every turn: its zone, and numbers for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit import _time as time
from incidentkit._component import Mentions
from incidentkit.formats._pen import Numbers, mentioned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit.formats.cachet._words import Version

NUMBERS = Numbers(digits=18)
number, group_number = NUMBERS.of, NUMBERS.of_group


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    version: Version
    zone: tzinfo
    """The zone of the installation, in which its times are."""
    known: Mentions = attrs.field(factory=Mentions)
    """The components of the page, to be found by name."""

    def at(self, at: DateTime | None) -> str | None:
        """A time as the vendor writes it: whole seconds, and no zone."""
        if at is None:
            return None
        there = time.local(at, self.zone).replace(tzinfo=None)
        return there.isoformat(" ", "seconds")

    def mention(self, mention: ComponentRef) -> int:
        """The number of a component that an incident mentions."""
        return number(mentioned(mention, self.known))


def pen_for(
    version: Version, zone: tzinfo | None, components: Iterable[Component] = ()
) -> Pen:
    """What is needed to write a page that has these components."""
    known = Mentions(one.ref for one in components if not one.is_group)
    return Pen(version, zone or time.UTC, known)
