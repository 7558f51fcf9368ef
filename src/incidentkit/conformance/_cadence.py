"""How often an open incident is to be spoken of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias, cast, final

import attrs

from incidentkit._override import override
from incidentkit._text import text
from incidentkit._time import span, utc
from incidentkit._vocabulary import (
    Impact,
    IncidentStatus,
    Status,
    optional_impact,
    optional_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime, Duration

    from incidentkit._event import Event

_Kept: TypeAlias = "dict[tuple[Status, Impact | None], Duration]"


def _promises(
    value: Iterable[tuple[Status | str, Impact | str | None, timedelta | None]],
) -> tuple[tuple[Status, Impact | None, Duration | None], ...]:
    kept: dict[tuple[Status, Impact | None], Duration | None] = {}
    for status, impact, within in value:
        held = cast("Status", optional_status(status))
        if held.is_closed:
            raise ValueError(f"nothing is promised after {held.value!r}")
        if within is not None and within <= timedelta():
            raise ValueError(f"promise more time than {within} between updates")
        promised = None if within is None else span(within)
        # A later promise takes the place of an earlier one.
        kept[held, optional_impact(impact)] = promised
    return tuple((*key, within) for key, within in kept.items())


@final
@attrs.frozen(kw_only=True, repr=False)
class Cadence:
    """
    What is promised: an update within so long, by status and impact.

    Make your own from ours, or from nothing:

    >>> from datetime import timedelta
    >>> eager = CADENCE.promising(
    ...     "eager", ("investigating", "critical", timedelta(minutes=5))
    ... )
    >>> eager.promised("investigating", "critical").in_words()
    '5 minutes'

    Raises:
        ValueError: a word that is no status or impact, a status that is closed, or no
            time at all.
    """

    name: str = attrs.field(converter=text)
    """What it is called."""
    promises: tuple[tuple[Status, Impact | None, Duration | None], ...] = attrs.field(
        converter=_promises
    )
    """Each status and impact with what is promised; nothing is for those not there."""
    _kept: _Kept = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        kept = {
            (status, impact): within
            for status, impact, within in self.promises
            if within is not None
        }
        object.__setattr__(self, "_kept", kept)

    @override
    def __repr__(self) -> str:
        return f"<Cadence {self.name}: {len(self._kept)} promises>"

    def promised(
        self, status: Status | str | None, impact: Impact | str | None
    ) -> Duration | None:
        """
        Within what time an update is promised; None if nothing is.

        Raises:
            ValueError: a word that is no status or impact.
        """
        held = optional_status(status)
        return None if held is None else self._kept.get((held, optional_impact(impact)))

    def due_at(self, incident: Event) -> DateTime | None:
        """
        When the next update is owed.

        So long after the last time shown as is promised at its status and impact (the
        one its components imply, where none is stated). None where it is over, nothing
        is promised, or nothing tells a time.

        >>> from incidentkit import Incident
        >>> incident = Incident.open(
        ...     "API down", at="2024-05-01T12:00:00Z", impact="critical"
        ... )
        >>> CADENCE.due_at(incident).isoformat()
        '2024-05-01T12:15:00+00:00'
        """
        if not incident.is_open:
            return None
        promised = self.promised(incident.status, impact_of(incident))
        last = last_word(incident)
        if promised is None or last is None:
            return None
        try:
            # Unbound: pendulum's own takes apart what it adds.
            return utc(datetime.__add__(last, promised))
        except OverflowError:
            return None  # owed after the end of the calendar

    def promising(
        self,
        name: str,
        *promises: tuple[Status | str, Impact | str | None, timedelta | None],
    ) -> Cadence:
        """
        The same cadence, named anew, with some promises changed.

        Args:
            name: what to call it.
            promises: each a status, an impact (None for where nobody stated one), and
                within what time an update is promised then (None takes that back).

        Raises:
            ValueError: as the constructor.
        """
        return Cadence(name=name, promises=(*self.promises, *promises))


def impact_of(event: Event) -> Impact | None:
    """The impact that a promise depends on: as stated, else as its components imply."""
    return event.derived_impact if event.impact is None else event.impact


def last_word(event: Event) -> DateTime | None:
    """When something was last said of it: the latest `at`, else when it was put up."""
    times = (update.at for update in event.updates)
    return max(times, default=event.created_at)


_OPEN = (
    IncidentStatus.INVESTIGATING,
    IncidentStatus.IDENTIFIED,
    IncidentStatus.MONITORING,
)
# The lower and the upper ends of what vendors advise:
# https://wiki.atstatus.eu/docs/incidents/updates
_OFTEN = (15, 30, 60)
_SELDOM = (30, 60, 120)

CADENCE = Cadence(
    name="default",
    promises=[
        (status, impact, timedelta(minutes=minutes))
        for impact, advised in (
            (Impact.CRITICAL, _OFTEN),
            (Impact.MAJOR, _SELDOM),
            (Impact.MINOR, _SELDOM),
            (None, _SELDOM),
        )
        for status, minutes in zip(_OPEN, advised, strict=True)
    ],
)
"""
Every 30 minutes while investigating, 60 when identified, 120 while monitoring.

Twice as often where the impact is critical, never where it is none or a maintenance.
No standard says so: it is the range that a vendor of status pages advises, its lower
end for what is critical. Change it with `Cadence.promising`.
"""
