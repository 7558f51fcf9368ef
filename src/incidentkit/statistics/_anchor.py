"""The named points of an incident that time is measured between."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn

from incidentkit._override import override
from incidentkit._page import StatusPage
from incidentkit._vocabulary import IncidentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pendulum import DateTime

    from incidentkit._event import Event


class Anchor(Enum):
    """A point of an incident to measure from, or to."""

    BEGAN = "began"
    """`began_at`, where the start is known."""
    DETECTED = "detected"
    """When somebody noticed: the time of its `detection`."""
    FIRST_UPDATE = "first_update"
    """
    When the public was first told: the earliest `created_at` of its updates.

    Not the earliest `at`: what was dated back was not there to be read before it was
    posted.
    """
    IDENTIFIED = "identified"
    """When it was first identified, as `time_to` has it."""
    MONITORING = "monitoring"
    """When a fix was first being watched, as `time_to` has it."""
    ENDED = "ended"
    """`ended_at`: the last end, if it was reopened."""

    @classmethod
    @override
    def _missing_(cls, value: object) -> NoReturn:
        known = ", ".join(repr(one.value) for one in cls)
        raise ValueError(f"{value!r} is no anchor: use one of {known}")


_STATUSES: Mapping[Anchor, IncidentStatus] = {
    Anchor.IDENTIFIED: IncidentStatus.IDENTIFIED,
    Anchor.MONITORING: IncidentStatus.MONITORING,
}


def reached(event: Event, wanted: Anchor) -> DateTime | None:
    """When an incident reached an anchor; None if it did not, or nobody said."""
    if wanted is Anchor.BEGAN:
        return event.began_at if event.start_known else None
    if wanted is Anchor.DETECTED:
        return None if event.detection is None else event.detection.at
    if wanted is Anchor.FIRST_UPDATE:
        return min((update.created_at for update in event.updates), default=None)
    if wanted is Anchor.ENDED:
        return event.ended_at
    status = _STATUSES[wanted]
    return next((one.start for one in event.stretches if one.held is status), None)


def of_page(incidents: StatusPage | Iterable[Event]) -> Iterable[Event]:
    """The incidents of a page, or those that were given."""
    return incidents.incidents if isinstance(incidents, StatusPage) else incidents
