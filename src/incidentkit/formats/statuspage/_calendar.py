"""
When something was, as the calendar of a page's history has it.

`Feb <var data-var='date'>29</var>, <var data-var='time'>22:00</var> - <var
data-var='time'>23:00</var> GMT`: a day and two times; the second day too where it is
another; only the first where it goes on. In the page's zone, by its abbreviation, to
the minute, without a year: that of the month it is listed under, or of the year before
where that would be later.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from incidentkit import _time as time
from incidentkit._clocks import month_day

if TYPE_CHECKING:
    from datetime import tzinfo

    from pendulum import DateTime


_TAG = re.compile(r"<[^<>]*>")
_WHEN = re.compile(
    r"(?P<day>[A-Za-z]{3,9} \d{1,2}), (?P<time>\d{1,2}:\d\d)"
    r"(?: - (?:(?P<last>[A-Za-z]{3,9} \d{1,2}), )?(?P<until>\d{1,2}:\d\d))?"
    r"(?P<zone> \S{1,16})?",
    re.ASCII,
)
#: Longer than any such text, its marks included.
_LONGEST = 400
#: A time is nearer than this to what it is told with.
_NEAR = dt.timedelta(days=330)
_YEARLESS = "time.year_inferred"


class Month(NamedTuple):
    """A month of the calendar, and where it begins and ends in the page's zone."""

    year: int
    number: int
    start: DateTime
    end: DateTime


class When(NamedTuple):
    """From when to when something was; None: it goes on."""

    start: DateTime
    end: DateTime | None
    remarks: tuple[str, ...]


def month_of(name: str, year: int, zone: tzinfo | None) -> Month:
    """
    A month by its English name.

    Raises:
        ValueError: there is no such month.
    """
    text = f"{name} 1, {year:04}, 00:00 UTC"
    first = month_day(text, near=time.instant("2000-01-01T00:00:00Z")).at
    return month_at(first.year, first.month, zone)


def month_at(year: int, number: int, zone: tzinfo | None) -> Month:
    """
    A month by its number.

    Raises:
        ValueError: it lies outside the years 1 to 9999.
    """
    start = dt.datetime(year, number, 1)  # noqa: DTZ001 - as clocks there show it
    end = dt.datetime(year + number // 12, number % 12 + 1, 1)  # noqa: DTZ001 - so too
    try:
        return Month(
            year,
            number,
            time.in_zone(start, zone or time.UTC, "").at,
            time.in_zone(end, zone or time.UTC, "").at,
        )
    except OverflowError as error:
        raise ValueError(str(error)) from None


def when(text: str, month: Month, zone: tzinfo | None) -> When:
    """
    Read when something was.

    Args:
        text: as the calendar has it.
        month: the month that it is listed under.
        zone: the page's.

    Raises:
        ValueError: it is anything else, or its zone is ambiguous and the page's is not
            known.
    """
    plain = " ".join(_TAG.sub("", text[:_LONGEST]).split())
    match = _WHEN.fullmatch(plain) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(f"{time.shown(plain)} is not 'Feb 29, 22:00 - 23:00 GMT'")
    word = match["zone"] or ""
    said = f"{match['day']}, {match['time']}{word}"
    first = month_day(said, near=month.end - time.DAY, zone=zone)
    remarks = first.remarks
    if month.start <= first.at < month.end:
        # The month that it is listed under says the year.
        remarks = tuple(one for one in remarks if one != _YEARLESS)
    if match["until"] is None:
        return When(first.at, None, remarks)
    said = f"{match['last'] or match['day']}, {match['until']}{word}"
    # The latest such moment within a year: the first after the start.
    last = month_day(said, near=first.at + _NEAR, zone=zone)
    more = (one for one in last.remarks if one not in {*remarks, _YEARLESS})
    return When(first.at, last.at, (*remarks, *more))


def write_when(start: DateTime, end: DateTime | None, zone: tzinfo | None) -> str:
    """When something was, as the calendar has it."""
    there = time.local(start, zone)
    told = f"{_day(there)}, {_time(there)}"
    if end is not None:
        then = time.local(end, zone)
        day = "" if then.date() == there.date() else f"{_day(then)}, "
        told = f"{told} - {day}{_time(then)}"
    name = there.tzname() or ""
    return f"{told} {name if name.isalpha() else 'GMT' + time.offset_text(there)}"


def _day(there: dt.datetime) -> str:
    return f"{MONTHS[there.month - 1][:3]} <var data-var='date'>{there.day}</var>"


def _time(there: dt.datetime) -> str:
    return f"<var data-var='time'>{there.hour:02}:{there.minute:02}</var>"


#: A table of our own: the calendar module's names follow the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
