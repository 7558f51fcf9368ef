"""What of an incident is told to Statuspage with which update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit import _timeline as timeline
from incidentkit._frozen import EMPTY
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import CLOSED, IncidentStatus, MaintenanceStatus, Status
from incidentkit.publishing._bodies import NAME, STATUS

if TYPE_CHECKING:
    from incidentkit._component import ComponentRef
    from incidentkit._event import Event
    from incidentkit._finding import Report

_POSTMORTEM = IncidentStatus.POSTMORTEM
_CANCELLED = MaintenanceStatus.CANCELLED


def status_word(event: Event, place: int, report: Report, path: str) -> str:
    """The status that an update is posted with; what is not its own is reported."""
    told = event.updates[place].status
    if told is None:
        detail = "the update names no status; the one before is repeated"
        report.add("status.invented", path, detail)
        earlier = event.updates[:place]
        told = timeline.last_status(earlier) or event.stated_status
    return word(event, told, report, path)


def word(event: Event, status: Status | None, report: Report, path: str) -> str:
    """The vendor's word for a status that is posted."""
    if status is None:
        return "scheduled" if isinstance(event, Maintenance) else "investigating"
    if status is _POSTMORTEM:
        # No update is posted with that word: what is said after a post-mortem is said
        # of something resolved.
        return STATUS[IncidentStatus.RESOLVED]
    if status is _CANCELLED:
        detail = "the vendor has no word for 'cancelled'; 'completed' was taken"
        report.add("word.coarsened", path, detail)
        return STATUS[MaintenanceStatus.COMPLETED]
    return STATUS[status]


def attached(event: Event, until: int) -> tuple[ComponentRef, ...]:
    """
    The components that an incident is attached to once so many updates are posted.

    A maintenance names its components when it is announced; an incident has them one by
    one, as its updates mention them, besides those that none of them mentions.
    """
    rows = [
        (place, row.component)
        for place, update in enumerate(event.updates)
        for row in update.states
    ]
    told = {one.key: one for place, one in rows if place < until}
    later = {one.key for place, one in rows if place >= until}
    if isinstance(event, Maintenance):
        later.clear()
    named = {one.key: one for one in event.components if one.key not in later}
    return tuple({**named, **told}.values())


def is_backfilled(event: Event) -> bool:
    """
    Whether it was put up, or is to be, when it was over.

    As the vendor's own document says, else if every update says that it is over, and
    one says when.
    """
    said = event.extras.get(NAME, EMPTY).get("backfilled")
    if isinstance(said, bool):
        return said
    if not isinstance(event, Incident) or event.began_at is None:
        return False
    told = {one.status for one in event.updates} - {None}
    return told <= CLOSED and (bool(told) or event.stated_status in CLOSED)


@attrs.frozen
class Postmortem:
    """The one post-mortem that the vendor keeps of an incident."""

    body: str
    """What it says."""
    place: int | None
    """Which update shows it; None: it is told apart from them."""


def postmortem(event: Event | None) -> Postmortem | None:
    """
    What is published as the post-mortem, if there is one.

    Of updates that are one, of something that was over, the first gives its place and
    the last its text. Else it is the one told apart, if the incident is over then.
    """
    if not isinstance(event, Incident):
        return None
    # What begins with a post-mortem is put up as resolved.
    told = [
        (place, update.body)
        for place, update in enumerate(event.updates)
        if update.status is _POSTMORTEM and (place == 0 or _is_over(event, place))
    ]
    if told:
        return Postmortem(told[-1][1], told[0][0])
    if event.postmortem is None or not _is_over(event, len(event.updates)):
        return None
    return Postmortem(event.postmortem, None)


def _is_over(event: Event, until: int) -> bool:
    """Whether it is over to the vendor once so many updates are posted."""
    for update in reversed(event.updates[:until]):
        if update.status is not None and update.status is not _POSTMORTEM:
            return update.status in CLOSED
    return event.stated_status in CLOSED
