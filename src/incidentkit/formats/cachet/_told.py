"""
Incidents and maintenances of what both versions tell in different words.

An incident's first word is no update of its own: it is the incident's `message`, put up
when the incident was. Its status then is not kept: every update overwrites the
incident's own. So it is known only where the row was never written again, or where an
older installation left the own status as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from incidentkit import _timeline as timeline
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update, make_update
from incidentkit._vocabulary import MaintenanceStatus

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._component import ComponentRef, ComponentState
    from incidentkit._finding import Report
    from incidentkit._vocabulary import IncidentStatus


@attrs.frozen(kw_only=True)
class Told:
    """What a row tells, whatever the version."""

    id: str | None
    name: str
    message: str | None
    """The first word; None: there is none."""
    created: DateTime | None
    updated: DateTime | None
    url: str | None = None
    updates: tuple[Update, ...] = ()
    """What was said after the first word, in order."""
    components: tuple[ComponentRef, ...] = ()
    states: tuple[ComponentState, ...] = ()
    """The levels that it states for the whole."""

    @property
    def is_edited(self) -> bool:
        """Whether the row was written again after it was put up."""
        return self.updated is not None and self.updated != self.created

    def opening(
        self,
        status: IncidentStatus | MaintenanceStatus | None,
        otherwise: DateTime | None,
        report: Report,
        path: str,
    ) -> tuple[Update, ...]:
        """The first word as an update, if it can be dated."""
        at = self.created or otherwise or self.updated
        if self.message is None:
            return ()
        if at is None:
            if self.message:
                detail = "no time of the message can be read"
                report.leave_out("item.malformed", path, detail, self.message)
            return ()
        edited = self.updated if self.is_edited and not self.updates else None
        # It was there before the first update, whatever the row says.
        posted = min((at, *(update.created_at for update in self.updates)))
        return (
            make_update(
                status=status,
                body=self.message,
                at=at,
                states=self.states,
                created_at=posted,
                updated_at=edited or posted,
            ),
        )


def incident(  # noqa: PLR0913, PLR0917 - what versions tell each in its own way
    told: Told,
    own: IncidentStatus | None,
    latest: IncidentStatus | None,
    occurred: DateTime | None,
    report: Report,
    path: str,
) -> Incident:
    """
    An incident.

    Args:
        told: what its row tells.
        own: its own status.
        latest: the status that it says it has now, if it says it twice.
        occurred: when it began, as stated.
        report: where a first word is told that cannot be dated.
        path: where the row stands.
    """
    last = timeline.last_status(told.updates)
    now = latest or cast("IncidentStatus | None", last) or own
    first = own if not told.is_edited or (told.updates and own is not now) else None
    opening = told.opening(first, occurred, report, f"{path}.message")
    updates = (*opening, *told.updates)
    return Incident(
        told.name,
        updates=updates,
        components=told.components,
        id=told.id,
        url=told.url,
        created_at=told.created,
        updated_at=told.updated,
        stated_status=now,
        stated_start=occurred,
    )


def maintenance(  # noqa: PLR0913, PLR0917 - as `incident`
    told: Told,
    own: MaintenanceStatus | None,
    begin: DateTime | None,
    until: DateTime | None,
    ended: DateTime | None,
    report: Report,
    path: str,
) -> Maintenance:
    """
    A maintenance.

    Args:
        told: what its row tells.
        own: its status.
        begin: when it is to begin.
        until: when it is to be over.
        ended: when it was over.
        report: where a first word is told that cannot be dated.
        path: where the row stands.
    """
    # The status is the schedule's and moves on by itself; only what is still to come
    # was so from the start.
    first = own if own is MaintenanceStatus.SCHEDULED else None
    opening = told.opening(first, begin, report, f"{path}.message")
    return Maintenance(
        told.name,
        updates=(*opening, *told.updates),
        components=told.components,
        id=told.id,
        created_at=told.created,
        updated_at=told.updated,
        stated_status=own,
        stated_end=ended,
        scheduled_for=begin,
        scheduled_until=until,
    )
