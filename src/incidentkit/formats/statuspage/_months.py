"""
The months of a page's history: rows to incidents and maintenances, and back.

A row has a code, a name, an impact, the last message, and from when to when. What that
leaves open is settled by rules, which `_history` states.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias, cast

import attrs
from msgspec import UNSET, Raw, UnsetType

from incidentkit._finding import FINDINGS
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update
from incidentkit._vocabulary import Impact, IncidentStatus, MaintenanceStatus
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _calendar as calendar
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._event_rows import impact_of
from incidentkit.formats.statuspage._shapes import WORDS, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit.formats.statuspage._calendar import Month
    from incidentkit.formats.statuspage._pen import Pen
    from incidentkit.formats.statuspage._reading import Reading

Told: TypeAlias = Incident | Maintenance


class CalendarRow(wire.Shape):
    """An entry of a month's `incidents`; maintenances are among them."""

    code: wire.Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    message: Text = UNSET
    impact: Text = UNSET
    timestamp: Text = UNSET


class MonthRow(wire.Shape):
    """A month; the newest is first."""

    name: Text = UNSET
    year: int | UnsetType | None = UNSET
    starts_on: int | UnsetType | None = UNSET  # its first day: 0 is a Sunday
    days: int | UnsetType | None = UNSET
    incidents: list[CalendarRow] | UnsetType | None = UNSET


@attrs.frozen
class Calendar:
    """What of a calendar's months was read."""

    reading: Reading
    zone: tzinfo | None
    at: DateTime | None

    def month(self, raw: Raw, path: str) -> tuple[Month | None, list[Told]]:
        """
        A month, and what it tells; None in its place if nobody knows which it is.

        Raises:
            MalformedDocument: it is no object.
        """
        row = self.reading.row(raw, MonthRow, path)
        try:
            month = calendar.month_of(str(row.name), cast("int", row.year), self.zone)
        except (ValueError, TypeError) as error:
            detail = "nobody knows which month it is"
            self.reading.report.leave_out("item.malformed", path, detail, str(error))
            return None, []
        told: list[Told] = []
        for index, one in enumerate(row.incidents or ()):
            event = self.event(one, month, f"{path}.incidents[{index}]")
            if event is not None:
                told.append(event)
        return month, told

    def event(self, row: CalendarRow, month: Month, path: str) -> Told | None:
        """An incident or maintenance; None if nobody can tell when it was."""
        reading = self.reading
        if reading.odd.is_lost(row):
            return None
        place = f"{path}.timestamp"
        text = row.timestamp if isinstance(row.timestamp, str) else ""
        try:
            was = calendar.when(text, month, self.zone)
        except ValueError as error:
            code = None if row.code is UNSET else str(row.code)
            reading.report.leave_out("item.malformed", place, str(error), text, code)
            return None
        for remark in was.remarks:
            reading.report.add(remark, place, FINDINGS[remark].meaning, text)
        if row.code is UNSET:
            reading.report.add("id.missing", path, "it has no code")
        if row.name is UNSET:
            reading.report.add("value.missing", path, "it has no name")
        name = "" if row.name is UNSET else row.name
        impact = reading.word(shapes.IMPACT, row.impact, f"{path}.impact")
        reading.report.add("event.kind", path, "its impact decided", name)
        detail = "an end that is not to come says that it is over"
        reading.report.add("status.derived", path, detail, name)
        if isinstance(row.message, str) and row.message:
            detail = "when its message was posted is not told"
            reading.report.add("time.derived", f"{path}.message", detail)
        event = self.told(row, name, impact, was)
        for finding in event.amiss:
            reading.report.add(finding.code, place, finding.detail, finding.value)
        return event

    def told(
        self, row: CalendarRow, name: str, impact: Impact | None, was: calendar.When
    ) -> Told:
        """What a row and its times tell."""
        start, end = was.start, was.end
        is_over = end is not None and (self.at is None or end <= self.at)
        posted = end if end is not None and is_over else start
        if self.at is not None:
            posted = min(posted, self.at)
        updates = (
            (Update(None, body=row.message, at=posted),)
            if isinstance(row.message, str) and row.message
            else ()
        )
        id = None if row.code is UNSET else str(row.code)
        if impact is Impact.MAINTENANCE:
            return Maintenance(
                name,
                id=id,
                updates=updates,
                created_at=min(start, posted),
                scheduled_for=start,
                scheduled_until=end,
                stated_status=MaintenanceStatus.COMPLETED if is_over else None,
                stated_end=end if is_over else None,
            )
        return Incident(
            name,
            impact=impact,
            id=id,
            updates=updates,
            created_at=min(start, posted),
            stated_start=start,
            stated_status=IncidentStatus.RESOLVED if is_over else None,
            stated_end=end if is_over else None,
        )


def when_of(event: Told) -> tuple[DateTime | None, DateTime | None]:
    """From when to when something was; None where it goes on, or nobody knows."""
    end = event.ended_at
    if end is None and isinstance(event, Maintenance):
        end = event.scheduled_until
    return event.began_at, end


def month_row(pen: Pen, month: Month, events: Iterable[tuple[str, Told]]) -> MonthRow:
    """A month with what was in it, each with its place on the page."""
    first = dt.date(month.year, month.number, 1)
    following = dt.date(month.year + month.number // 12, month.number % 12 + 1, 1)
    return MonthRow(
        name=calendar.MONTHS[month.number - 1],
        year=month.year,
        starts_on=first.isoweekday() % 7,
        days=(following - first).days,
        incidents=[_row(pen, path, event) for path, event in events],
    )


def _row(pen: Pen, path: str, event: Told) -> CalendarRow:
    start, end = when_of(event)
    return CalendarRow(
        code=pen.id(event.id, event.key, path, "an incident"),
        name=event.name,
        message=event.updates[-1].body if event.updates else None,
        impact=WORDS[impact_of(pen, event, path)],
        timestamp=calendar.write_when(cast("DateTime", start), end, pen.zone),
    )
