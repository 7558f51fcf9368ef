"""
When things were, as a feed tells it: the year, the zone and the seconds restored.

An update says a month, a day and a minute. The entry's own date is the newest update's,
to the second; from there, every update is as late as it can be (and no more than a day
later than the one after it, for updates may be dated back).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from incidentkit._clocks import month_day
from incidentkit._finding import FINDINGS
from incidentkit._time import Reading, elapsed, utc
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats.feeds._words import LABEL_TO_STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pendulum import DateTime

    from incidentkit._finding import Report
    from incidentkit._update import Update
    from incidentkit.formats.feeds._posts import Posts
    from incidentkit.formats.feeds._shapes import Dialect, Entry

#: How long before it begins a maintenance is announced, at most: of a day without a
#: year, the latest is taken that is not more than a day after this.
_AHEAD: Final = dt.timedelta(days=330)
_A_YEAR: Final = dt.timedelta(days=363)
_QUARTER: Final = dt.timedelta(minutes=15)
_FARTHEST: Final = dt.timedelta(hours=14)
_MINUTE: Final = dt.timedelta(minutes=1)

_ZONE: Final = re.compile(r"(.*\d) ([A-Z]{3,5})", re.ASCII)
_SCHEDULE: Final = re.compile(
    r"(\w{3}) ([ \d]\d), (\d\d:\d\d)(?: - (?:(\w{3} [ \d]\d), )?(\d\d:\d\d))? (\S.*)",
    re.ASCII,
)


class Told(NamedTuple):
    """An entry, and what its HTML tells."""

    entry: Entry
    posts: Posts


class Dates:
    """What reading the dates of one feed needs at every turn."""

    def __init__(
        self,
        dialect: Dialect,
        report: Report,
        told: Sequence[Told],
        zone: dt.tzinfo | None,
        latest: DateTime | None,
    ) -> None:
        self.latest = latest
        self._dialect = dialect
        self._report = report
        self._told = told
        self._zone = zone
        self._offsets: dict[str, dt.timedelta | None] | None = None

    def time(self, text: str | None, place: str) -> DateTime | None:
        """A time in the notation of the format; None if there is none."""
        if text is None:
            return None
        try:
            reading = self._dialect.read_time(text, self._zone)
        except ValueError as error:
            self._report.add("time.malformed", place, str(error), text)
            return None
        self._remark(reading, place, text)
        return reading.at

    def oldest(self) -> DateTime | None:
        """The earliest date of an entry."""
        dates = (self._quietly(told.entry.published) for told in self._told)
        return min((date for date in dates if date is not None), default=None)

    def _quietly(self, text: str | None) -> DateTime | None:
        try:
            return self._dialect.read_time(text or "", self._zone).at
        except ValueError:
            return None

    def of_updates(
        self, told: Told, date: DateTime | None
    ) -> Sequence[DateTime | None]:
        """When each update was, in document order, by the date of the entry."""
        place = told.entry.place
        near = date or self.latest
        times: list[DateTime | None] = []
        for post in told.posts.posts:
            if times:
                at = self._when(post.when, near, place)
            else:
                at = self._newest(post.when, date, place)
            times.append(at)
            near = at or near
        return times

    def schedule(
        self, told: Told, published: DateTime | None, updates: Sequence[Update]
    ) -> tuple[DateTime | None, DateTime | None]:
        """When a maintenance is to begin and to be over, as far as it is told."""
        entry, posts = told
        until = self.time(entry.until, entry.place)
        newest = updates[-1].at if updates else None
        start: DateTime | None = None
        if posts.scheduled is not None:
            near = newest or published or self.latest
            start, end = self._stretch(posts.scheduled, near, entry.place)
            until = until or end
        if published is None:
            return start, until
        if start == _minute(published):
            return published, until
        is_to_come = (
            self._dialect.has_until
            and newest is not None
            and updates[-1].status is MaintenanceStatus.SCHEDULED
            and published > newest
        )
        return (published if start is None and is_to_come else start), until

    # -- updates -----------------------------------------------------------------

    def _newest(self, text: str, date: DateTime | None, place: str) -> DateTime | None:
        """When the newest update was: at the date of the entry, if its minute is."""
        near, latest = date, self.latest
        if date is None or (
            latest is not None
            and latest < date
            and self._minute_of(text, date) != _minute(date)
        ):
            # A date to come says little of the past, and the feed is of the past.
            near = latest
        at = self._when(text, near, place)
        return at if date is None or at != _minute(date) else date

    def _minute_of(self, text: str, near: DateTime) -> DateTime | None:
        try:
            return self._read(text, near).at
        except ValueError:
            return None

    def _when(self, text: str, near: DateTime | None, place: str) -> DateTime | None:
        """A time as people read it; reported and left out if it cannot be read."""
        if near is None:
            detail = "a date without a year, and nothing tells what year it was"
            self._report.leave_out("time.malformed", place, detail, text)
            return None
        try:
            reading = self._read(text, near)
        except ValueError as error:
            self._report.leave_out("time.malformed", place, str(error), text)
            return None
        self._remark(reading, place, text)
        return reading.at

    def _remark(self, reading: Reading, place: str, text: str) -> None:
        for code in reading.remarks:
            self._report.add(code, place, FINDINGS[code].meaning, text)

    # -- zones -------------------------------------------------------------------

    def _read(self, text: str, near: DateTime) -> Reading:
        """
        A time as people read it, its zone as the caller says, or else the feed.

        Raises:
            ValueError: it is no such time, or nobody knows the zone.
        """
        try:
            return month_day(text, near=near, zone=self._zone)
        except ValueError:
            match = _ZONE.fullmatch(text)
            offset = None if match is None else self._taught().get(match[2])
            if match is None or offset is None:
                raise
        sign, minutes = "-" if offset < dt.timedelta() else "+", abs(offset) // _MINUTE
        zone = f"GMT{sign}{minutes // 60:02}:{minutes % 60:02}"
        at, remarks = month_day(f"{match[1]} {zone}", near=near)
        return Reading(at, ("time.taught_zone", *remarks))

    def _taught(self) -> dict[str, dt.timedelta | None]:
        """The offsets that abbreviations stand for, where the dates of entries tell."""
        if self._offsets is None:
            self._offsets = {}
            for told in self._told:
                for name, offset in self._teaching(told):
                    known = self._offsets.setdefault(name, offset)
                    self._offsets[name] = offset if known == offset else None
        return self._offsets

    def _teaching(self, told: Told) -> Iterator[tuple[str, dt.timedelta]]:
        """How far the newest update's clock is from the entry's own date."""
        entry, posts = told
        labels = (LABEL_TO_STATUS.get(post.label.lower()) for post in posts.posts)
        if any(isinstance(status, MaintenanceStatus) for status in labels):
            return  # Its date may be one to come.
        match = _ZONE.fullmatch(posts.posts[0].when) if posts.posts else None
        at = self._quietly(entry.published)
        if match is None or at is None:
            return
        try:
            shown = month_day(f"{match[1]} UTC", near=at).at
        except ValueError:
            return
        offset = elapsed(_minute(at), shown)
        if not offset % _QUARTER and abs(offset) <= _FARTHEST:
            yield match[2], offset

    # -- schedules -----------------------------------------------------------------

    def _stretch(
        self, text: str, near: DateTime | None, place: str
    ) -> tuple[DateTime | None, DateTime | None]:
        """The beginning and the end of `Jan 16, 12:00 - 16:00 GMT`."""
        match = _SCHEDULE.fullmatch(text)
        if match is None or near is None:
            detail = "a schedule that cannot be read"
            self._report.add("time.malformed", place, detail, text)
            return None, None
        month, day, clock, end_day, end_clock, zone = match.groups()
        ahead = _shifted(near, _AHEAD)
        start = self._when(f"{month} {day}, {clock} {zone}", ahead, place)
        if start is None or end_clock is None:
            return start, None
        end = f"{end_day or f'{month} {day}'}, {end_clock} {zone}"
        return start, self._when(end, _shifted(start, _A_YEAR), place)


def _shifted(at: DateTime, by: dt.timedelta) -> DateTime:
    # By the standard library: pendulum takes its own way over the calendar.
    try:
        return utc(dt.datetime.fromisoformat(at.isoformat()) + by)
    except OverflowError:
        return at


def _minute(at: DateTime) -> DateTime:
    return at if not (at.second or at.microsecond) else at.set(second=0, microsecond=0)
