"""2xx: whether the times can be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._clocks import duration_text
from incidentkit._incident import Incident
from incidentkit._time import elapsed
from incidentkit._vocabulary import MaintenanceStatus

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit.conformance._case import Case, Found


def lengths(case: Case) -> Found:
    """Whether what lies between the start and the end can be a length."""
    event = case.event
    start, end = _latest_start(event), event.ended_at
    if start is not None and end is not None:
        if end < start:
            early = duration_text(elapsed(end, start))
            message = f"it ended {early} before its start"
            yield case.violation("IK201", message, at=end)
        elif end == start:
            yield case.violation("IK202", "it ended the instant it began", at=end)
    if not event.start_known:
        yield case.violation("IK203", "nobody said when it began", at=event.began_at)
    if event.is_open and event.stated_end is not None:
        message = "an end is stated, and the status is open"
        yield case.violation("IK204", message, at=event.stated_end)


def _latest_start(event: Event) -> DateTime | None:
    """When it began, as stated where that is later than the updates tell."""
    known = event.began_at if event.start_known else None
    if isinstance(event, Incident):
        starts = [at for at in (known, event.stated_start) if at is not None]
        return max(starts, default=None)
    if event.status is MaintenanceStatus.CANCELLED and not any(
        update.status is MaintenanceStatus.IN_PROGRESS for update in event.updates
    ):
        # What is called off before it began took no time, and nothing is amiss.
        return None
    return known


def future(case: Case) -> Found:
    """Whether anything was told that has not happened yet."""
    event, latest = case.event, case.latest
    if latest is None:
        return
    for place, update in enumerate(event.updates):
        at = max(update.at, update.created_at)
        if at > latest:
            message = "it is dated in the future"
            yield case.violation("IK205", message, within=f".updates[{place}]", at=at)
    start, end = event.stated_start, event.ended_at
    if isinstance(event, Incident) and start is not None and start > latest:
        yield case.violation("IK205", "it is to have begun in the future", at=start)
    if end is not None and end > latest:
        yield case.violation("IK206", "it is over, and ends in the future", at=end)


def order(case: Case) -> Found:
    """Whether updates stand in the order of their times."""
    shown: DateTime | None = None
    posted: DateTime | None = None
    for place, update in enumerate(case.event.updates):
        within = f".updates[{place}]"
        if shown is not None and update.at < shown:
            early = duration_text(elapsed(update.at, shown))
            message = f"it is shown {early} earlier than one posted before it"
            yield case.violation("IK207", message, within=within, at=update.at)
        if posted is not None and update.created_at < posted:
            early = duration_text(elapsed(update.created_at, posted))
            message = f"it was posted {early} earlier than one that stands before it"
            yield case.violation("IK208", message, within=within, at=update.created_at)
        shown = update.at if shown is None else max(shown, update.at)
        posted = update.created_at if posted is None else max(posted, update.created_at)
