"""
What a vendor recorded of a component, day by day, apart from any incident.

Statuspage's uptime calendar is such a table: seconds of outage a day, summed from the
component's levels. It tells how long, and not when within the day, nor which incident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from incidentkit._component import ComponentRef, ref
from incidentkit._frozen import NO_LINKS, FrozenMapping, links
from incidentkit._make import maker
from incidentkit._time import date

if TYPE_CHECKING:
    from pendulum import Date


def _seconds(value: int | None) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"whole seconds are wanted, not {value!r}")
    if value < 0:
        raise ValueError(f"an outage of {value} seconds cannot be: give 0 or more")
    return value


@final
@attrs.frozen
class RecordedDay:
    """
    How long a component was out on one day, as its vendor recorded it.

    >>> day = RecordedDay("API", "2020-10-30", major_outage=3917, partial_outage=120)
    >>> day.is_known
    True

    Raises:
        ValueError: a date that is none, seconds below zero.
        TypeError: seconds that are no whole number.
    """

    component: ComponentRef = attrs.field(converter=ref)
    """Which component, or group."""
    date: Date = attrs.field(converter=date)
    """The day, in the page's own time zone: it may have 23 or 25 hours."""
    major_outage: int | None = attrs.field(
        default=None, converter=_seconds, kw_only=True
    )
    """Seconds in major outage; None: nothing was recorded that day."""
    partial_outage: int | None = attrs.field(
        default=None, converter=_seconds, kw_only=True
    )
    """Seconds in partial outage; None: nothing was recorded that day."""
    events: FrozenMapping[str] = attrs.field(
        default=NO_LINKS, converter=links, kw_only=True
    )
    """The names of the incidents and maintenances the vendor relates to it, by id."""

    @property
    def is_known(self) -> bool:
        """Whether anything was recorded; no outage at all is known too."""
        return self.major_outage is not None or self.partial_outage is not None


make_day = maker(RecordedDay)
