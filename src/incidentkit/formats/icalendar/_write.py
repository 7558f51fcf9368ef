"""
From a page to a calendar.

A writer that does not trust itself: it reads what it wrote, and reports the difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from incidentkit._finding import Report
from incidentkit._frozen import NO_EXTRAS
from incidentkit.formats.icalendar import _losses as losses
from incidentkit.formats.icalendar import _pen as pen
from incidentkit.formats.icalendar._kept import restored
from incidentkit.formats.icalendar._lines import Line, folded, written
from incidentkit.formats.icalendar._read import Calendar, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target

    AnEvent: TypeAlias = Incident | Maintenance


def write(target: Target) -> str:
    """
    A page as a calendar: every incident and maintenance is an event.

    Raises:
        MissingExtra: icalendar is not installed.
    """
    page, report = target.page, target.report
    is_lone = target.lone is not None
    head = _head(page)
    names = _Names(report)
    events: list[list[Line]] = []
    for path, event in _events(page, is_lone=is_lone):
        lines, back = _event(event, names.of(event, path), page)
        losses.report_event(path, event, back, report)
        if pen.ACCOUNT in lines:
            detail = f"MAINTNOTE demands an account; {pen.ACCOUNT.value!r} was written"
            report.add("value.invented", path, detail)
        events.append(lines)
    losses.report_page(page, _back(Calendar(head)), report, is_lone=is_lone)
    return folded(_calendar(head, events))


def _events(page: StatusPage, *, is_lone: bool) -> Iterator[tuple[str, AnEvent]]:
    for index, incident in enumerate(page.incidents):
        yield "$" if is_lone else f"$.incidents[{index}]", incident
    for index, maintenance in enumerate(page.maintenances):
        yield "$" if is_lone else f"$.maintenances[{index}]", maintenance


def _calendar(head: Sequence[Line], events: Sequence[Sequence[Line]]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield from map(written, head)
    for lines in events:
        yield "BEGIN:VEVENT"
        yield from map(written, lines)
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _head(page: StatusPage) -> list[Line]:
    """The properties of the calendar, as they were read if that still holds."""
    fresh = list(pen.calendar(page))
    again = restored(fresh, page.extras)
    same = _plain(_back(Calendar(again))) == _plain(_back(Calendar(fresh)))
    return again if same else fresh


def _event(event: AnEvent, uid: str, page: StatusPage) -> tuple[list[Line], AnEvent]:
    """The properties of an event, as they were read if that still holds."""
    fresh = list(pen.event(event, uid, page))
    back = _lone(fresh)
    again = restored(fresh, event.extras)
    if again != fresh:
        known = _lone(again)
        bare = attrs.evolve(event, extras=NO_EXTRAS, links={})
        if _plain(known) == _plain(back) or _plain(known) == bare:
            return again, known
    return fresh, back


def _back(calendar: Calendar) -> StatusPage:
    return page_of(calendar, Report())


def _lone(lines: list[Line]) -> AnEvent:
    page = _back(Calendar([], [("VEVENT", lines)]))
    events: tuple[AnEvent, ...] = (*page.incidents, *page.maintenances)
    return events[0]


def _plain(thing: StatusPage | AnEvent) -> StatusPage | AnEvent:
    return attrs.evolve(thing, extras=NO_EXTRAS)


class _Names:
    """The UIDs of events, which are to be unique."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._met: set[str] = set()
        self._last: dict[str, int] = {}

    def of(self, event: AnEvent, path: str) -> str:
        called = pen.uid(event)
        if called in self._met:
            detail = "two events would have the same UID; a number was added"
            self._report.add("id.duplicate", f"{path}.id", detail, called)
            number = self._last.get(called, 1) + 1
            while f"{called} ({number})" in self._met:
                number += 1
            self._last[called] = number
            called = f"{called} ({number})"
        self._met.add(called)
        return called
