"""From a calendar to a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit._incident import Incident
from incidentkit._page import StatusPage
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats.icalendar import _kept as kept
from incidentkit.formats.icalendar import _pen as pen
from incidentkit.formats.icalendar._clock import Clock
from incidentkit.formats.icalendar._event import read_event
from incidentkit.formats.icalendar._lines import Line, of, parsed, unfolded
from incidentkit.formats.icalendar._words import OURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from incidentkit._maintenance import Maintenance
    from incidentkit.formats._format import Source

#: How a calendar begins.
BEGINNING: Final = re.compile(r"\s*BEGIN:VCALENDAR[ \t]*(?:\r?\n|\Z)", re.IGNORECASE)
#: How deep its parts may nest: an alarm within an event within a calendar is three.
_DEPTH: Final = 8
#: Says of zones what the database of zones says better.
_PASSED: Final = frozenset({"VTIMEZONE"})


@attrs.define
class Calendar:
    """The properties of a calendar and of its events."""

    lines: list[Line] = attrs.field(factory=list[Line])
    events: list[tuple[str, list[Line]]] = attrs.field(
        factory=list[tuple[str, list[Line]]]
    )
    """Each with its place."""


def read(source: Source) -> StatusPage:
    """
    A calendar as a page of its events.

    Raises:
        MalformedDocument: it is no calendar.
        LimitExceeded: it is larger or nests deeper than it may.
        MissingExtra: icalendar is not installed.
    """
    text = source.text()
    if BEGINNING.match(text) is None:
        raise MalformedDocument("line 1", "no calendar: it begins with BEGIN:VCALENDAR")
    parser = _Parser(source.report, source.limits.items)
    for number, raw in enumerate(unfolded(text.lstrip()), start=1):
        parser.take(raw, f"property {number}")
    calendar = parser.done()
    _check_names(calendar, source.report)
    return page_of(calendar, source.report, source.zone)


@attrs.define
class _Parser:
    """What takes the parts of a calendar one by one; the rest is left out."""

    report: Report
    limit: int
    calendar: Calendar = attrs.field(factory=Calendar)
    _open: list[str] = attrs.field(factory=list[str])
    _event: list[Line] = attrs.field(factory=list[Line])
    _count: int = 0

    def take(self, raw: str, place: str) -> None:
        """
        Take in the next line.

        Raises:
            LimitExceeded: there are too many events, or they nest too deep.
        """
        line = parsed(raw)
        if line is None:
            detail = "no property: a name, a colon and a value"
            self.report.leave_out("item.malformed", place, detail, raw)
        elif line.name == "BEGIN":
            self._begin(line.value.strip(" \t").upper(), place)
        elif line.name == "END":
            if self._is_event:
                self.calendar.events.append((f"VEVENT {self._count}", self._event))
            del self._open[-1:]
        elif len(self._open) == 1:
            self.calendar.lines.append(line)
        elif self._is_event:
            self._event.append(line)

    def done(self) -> Calendar:
        """All that was taken; an event that is not whole is left out."""
        if self._open[1:2] == ["VEVENT"]:
            detail = "the calendar breaks off within it"
            self.report.leave_out("item.malformed", f"VEVENT {self._count}", detail)
        return self.calendar

    @property
    def _is_event(self) -> bool:
        return self._open[1:] == ["VEVENT"]

    def _begin(self, kind: str, place: str) -> None:
        self._open.append(kind)
        if len(self._open) > _DEPTH:
            raise LimitExceeded(place, f"more than {_DEPTH} deep")
        if self._is_event:
            self._count += 1
            self._event = []
        elif len(self._open) > 1 and self._open[1] not in _PASSED:
            detail = "a calendar's alarms, tasks and the like are not read"
            self.report.leave_out("value.left_out", place, detail, kind)
        if self._count > self.limit:
            reason = (
                f"more than {self.limit} events, which is the limit: read it with "
                "Limits(items=…)"
            )
            raise LimitExceeded(place, reason)


def page_of(
    calendar: Calendar, report: Report, zone: tzinfo | None = None
) -> StatusPage:
    """The page of a calendar's parts."""
    lines = calendar.lines
    named = _text(lines, "X-WR-TIMEZONE")
    clock = Clock(report, zone or (None if named is None else time.zone(named)))
    url = next(of(lines, "URL"), None)
    name = _text(lines, "X-WR-CALNAME")
    page = StatusPage(
        _text(lines, "NAME") if name is None else name,
        url=_text(lines, f"{OURS}URL") if url is None else url.value,
        time_zone=named,
        updated_at=clock.at(
            next(of(lines, "LAST-MODIFIED"), None), "VCALENDAR, LAST-MODIFIED"
        ),
    )
    silent = attrs.evolve(clock, report=Report())
    head = kept.kept(lines, list(pen.calendar(page)), silent)
    incidents: list[Incident] = []
    maintenances: list[Maintenance] = []
    for path, properties in calendar.events:
        event = read_event(properties, clock, path)
        uid = _text(properties, "UID")
        ours = list(pen.event(event, pen.uid(event) if uid is None else uid, page))
        event = attrs.evolve(event, extras=kept.kept(properties, ours, silent))
        if isinstance(event, Incident):
            incidents.append(event)
        else:
            maintenances.append(event)
    return attrs.evolve(
        page, incidents=incidents, maintenances=maintenances, extras=head
    )


def _check_names(calendar: Calendar, report: Report) -> None:
    met: set[str] = set()
    for path, lines in calendar.events:
        uid = _text(lines, "UID")
        if next(of(lines, "DTSTAMP"), None) is None:
            detail = "an event demands a DTSTAMP"
            report.add("value.missing", f"{path}, DTSTAMP", detail)
        if uid is None:
            detail = "an event demands a UID"
            report.add("id.missing", f"{path}, UID", detail)
        elif uid in met:
            detail = "two events share a UID; both are kept"
            report.add("id.duplicate", f"{path}, UID", detail, uid)
        else:
            met.add(uid)


def _text(lines: Sequence[Line], name: str) -> str | None:
    line = next(of(lines, name), None)
    return None if line is None else line.text
