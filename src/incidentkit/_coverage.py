"""Coverage: in which stretches of time absence means that something did not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from incidentkit._stretch import Stretch, merge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

Known: TypeAlias = tuple[Stretch[None], ...]


def _known(value: Iterable[Stretch[None]]) -> Known:
    return merge(value)


@final
@attrs.frozen(kw_only=True)
class Coverage:
    """
    The stretches of time in which absence means *did not happen*, for three things.

    A document rarely tells everything: a summary covers one instant, a list of the
    newest fifty incidents nothing before the oldest of them. Outside its coverage a
    page is silent, and silence is not uptime. A stretch that ends where it starts is
    that one instant.
    """

    incidents: Known = attrs.field(default=(), converter=_known)
    """Where an incident that is not there did not happen."""
    maintenances: Known = attrs.field(default=(), converter=_known)
    """Where a maintenance that is not there did not happen."""
    states: Known = attrs.field(default=(), converter=_known)
    """Where the levels of components are told completely."""

    def __or__(self, other: Coverage) -> Coverage:
        """What either of two knows."""
        return Coverage(
            incidents=(*self.incidents, *other.incidents),
            maintenances=(*self.maintenances, *other.maintenances),
            states=(*self.states, *other.states),
        )

    def until(self, moment: DateTime) -> Coverage:
        """What of it lies no later than an instant."""
        return Coverage(
            incidents=_until(self.incidents, moment),
            maintenances=_until(self.maintenances, moment),
            states=_until(self.states, moment),
        )


def _until(known: Known, moment: DateTime) -> Iterable[Stretch[None]]:
    for one in known:
        if one.start <= moment:
            end = moment if one.end is None else min(one.end, moment)
            yield Stretch(one.start, end, None)


NO_COVERAGE = Coverage()
