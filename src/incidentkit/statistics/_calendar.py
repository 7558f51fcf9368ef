"""
Months and weekdays of a zone, and how much of a stretch of time lies in each.

A day begins when the clocks of the zone first show its midnight, or skip it, and lasts
until the next one begins: 23 or 25 hours where the clocks are changed, and no time at
all where a zone jumped over the date line.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from incidentkit._time import DAY, local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pendulum import DateTime

WEEK = 7 * DAY
# Not from `calendar`, whose names follow the locale.
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


class Unit(NamedTuple):
    """What time is divided into."""

    name: Callable[[dt.date], str]
    """What the piece that a day lies in is called."""
    following: Callable[[dt.date], dt.date]
    """The first day of the next piece."""


def _month(day: dt.date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _next_month(day: dt.date) -> dt.date:
    years, month = divmod(day.month, 12)
    return dt.date(day.year + years, month + 1, 1)


def _weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]


def _next_day(day: dt.date) -> dt.date:
    return day + DAY


MONTH = Unit(_month, _next_month)
WEEKDAY = Unit(_weekday, _next_day)


class Calendar:
    """Pieces of time, in one zone."""

    def __init__(self, unit: Unit, zone: dt.tzinfo) -> None:
        self._unit, self._zone = unit, zone

    def name(self, at: DateTime) -> str:
        """What the piece that an instant lies in is called."""
        return self._piece(local(at, None))[0]

    def shares(
        self, spans: Iterable[tuple[DateTime, DateTime]]
    ) -> dict[str, dt.timedelta]:
        """
        How much of some spans lies in each piece, all spans summed.

        However many spans there are and however they overlap, time that any of them
        covers is visited once.
        """
        changes = sorted(
            (
                # In plain datetimes: a hostile span has a million days.
                (local(at, None), change)
                for start, end in spans
                for at, change in ((start, 1), (end, -1))
            ),
            key=itemgetter(0),
        )
        shares: dict[str, dt.timedelta] = {}
        running = 0
        for (start, change), (end, _) in pairwise(changes):
            running += change
            if running:
                for name, length in self._pieces(start, end):
                    shares[name] = shares.get(name, dt.timedelta()) + running * length
        return shares

    def _pieces(
        self, start: dt.datetime, end: dt.datetime
    ) -> Iterator[tuple[str, dt.timedelta]]:
        while start < end:
            if self._unit is WEEKDAY and (weeks := self._weeks(start, end)):
                yield from ((name, weeks * DAY) for name in WEEKDAYS)
                start += weeks * WEEK
            else:
                name, over = self._piece(start)
                stop = end if over is None else min(over, end)
                yield name, stop - start
                start = stop

    def _weeks(self, start: dt.datetime, end: dt.datetime) -> int:
        """
        How many weeks from an instant on have seven days of 24 hours.

        Since 1883 clocks were changed and changed back within a week only once, in
        Freetown in 1939; there Saturday would be an hour off for those who go by this.
        """
        weeks, offset = 0, self._offset(start)
        while end - start >= WEEK and self._offset(start + WEEK) == offset:
            start += WEEK
            weeks += 1
        return weeks

    def _offset(self, at: dt.datetime) -> dt.timedelta | None:
        return self._local(at).utcoffset()

    def _piece(self, at: dt.datetime) -> tuple[str, dt.datetime | None]:
        """The name of the piece that an instant lies in, and when that is over."""
        day = self._local(at).date()
        while True:
            try:
                following = self._unit.following(day)
                midnight = dt.datetime(*following.timetuple()[:3], tzinfo=self._zone)
                over = midnight.astimezone(dt.UTC)
            except (OverflowError, ValueError):
                # The calendar does not go on for ever.
                return self._unit.name(day), None
            if at < over:
                return self._unit.name(day), over
            # The clocks were put back across midnight: the next day has begun before.
            day = following

    def _local(self, at: dt.datetime) -> dt.datetime:
        try:
            return at.astimezone(self._zone)
        except OverflowError:
            return at
