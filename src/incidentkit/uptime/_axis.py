"""
The axis of time on which uptime is measured: whole microseconds since 1970, in UTC.

Instants come in and go out as `DateTime`; in between there are integers alone, so that
nothing is rounded and sorting is quick. What has no end ends at `FAR`.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from incidentkit._time import (
    MICROSECOND,
    UTC,
    at_offset,
    elapsed,
    in_zone,
    local,
    span,
    utc,
    zone,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pendulum import DateTime, Duration

    from incidentkit._page import StatusPage
    from incidentkit._stretch import Stretch

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND

_EPOCH: Final = utc(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
_NAIVE: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - made an instant later
_FIRST: Final = dt.date(1970, 1, 1).toordinal()

#: Before and after every instant there is.
DAWN: Final = -(10**18)
FAR: Final = 10**18

Span: TypeAlias = tuple[int, int]
"""A half-open piece of time: its first microsecond, and the first after it."""


def micros(at: DateTime) -> int:
    """Where an instant lies."""
    since = elapsed(_EPOCH, at)
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def moment(at: int) -> DateTime:
    """The instant at a place that is one."""
    return at_offset(_NAIVE + dt.timedelta(microseconds=at), dt.timedelta())


def lasting(micro: int) -> Duration:
    """A length."""
    return span(dt.timedelta(microseconds=micro))


def seconds(length: Duration) -> Fraction:
    """A length in seconds, exactly."""
    return Fraction(length_micros(length), SECOND)


def length_micros(length: Duration) -> int:
    """A length in microseconds."""
    # Unbound, since a Duration has a `//` of its own.
    return dt.timedelta.__floordiv__(length, MICROSECOND)


def in_words(micro: int) -> str:
    """A length for people, in English, to the second, or all of it if it is shorter."""
    if micro < SECOND:
        return f"{micro} µs"
    seconds = micro // SECOND
    days, hours, minutes = seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60
    parts = (days, "d"), (hours, "h"), (minutes, "min"), (seconds % 60, "s")
    return " ".join(f"{many} {unit}" for many, unit in parts if many)


def spans(stretches: Iterable[Stretch[None]]) -> list[Span]:
    """Stretches that are in order and do not overlap, as on this axis."""
    return [
        (micros(one.start), FAR if one.end is None else micros(one.end))
        for one in stretches
    ]


def union(pieces: Iterable[Span]) -> list[Span]:
    """What any of them holds, in order; empty ones hold nothing."""
    united: list[Span] = []
    for start, end in sorted(pieces):
        if united and start <= united[-1][1]:
            if end > united[-1][1]:
                united[-1] = (united[-1][0], end)
        elif start < end:
            united.append((start, end))
    return united


def gaps(pieces: Iterable[Span]) -> list[Span]:
    """What none of them holds, of pieces in order that do not overlap."""
    edges = [DAWN]
    for start, end in pieces:
        edges += (start, end)
    edges.append(FAR)
    return [
        (start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start < end
    ]


def meet(some: Iterable[Span], others: Iterable[Span]) -> Iterator[Span]:
    """What two of them share, where both are in order and do not overlap."""
    mine, theirs = iter(some), iter(others)
    one, other = next(mine, None), next(theirs, None)
    while one is not None and other is not None:
        start, end = max(one[0], other[0]), min(one[1], other[1])
        if start < end:
            yield start, end
        if one[1] <= other[1]:
            one = next(mine, None)
        else:
            other = next(theirs, None)


# -- days --------------------------------------------------------------------------


def page_zone(page: StatusPage) -> dt.tzinfo:
    """The zone of a page's days: the one it names, or UTC."""
    named = None if page.time_zone is None else zone(page.time_zone)
    return UTC if named is None else named


def local_date(at: DateTime, there: dt.tzinfo) -> dt.date:
    """The date that a zone's calendar shows at an instant."""
    return local(at, there).date()


def midnight(day: dt.date, there: dt.tzinfo) -> int:
    """
    Where a day begins: when the clocks of a zone show 0:00 first, or skip it.

    The day is not a length: on it clocks may be set an hour forward or back.
    """
    naive = dt.datetime.combine(day, dt.time())
    try:
        return micros(in_zone(naive, there, "").at)
    except OverflowError:
        return micros(at_offset(naive, dt.timedelta()))


def days(start: DateTime, end: DateTime, there: dt.tzinfo) -> list[tuple[dt.date, int]]:
    """
    The days that touch a window, each with where it begins.

    A day that a zone skipped altogether is none.
    """
    begin, stop = micros(start), micros(end)
    found: list[tuple[dt.date, int]] = []
    day = local_date(start, there)
    while True:
        at = midnight(day, there)
        if found and at >= stop:
            break
        if found and at <= max(found[-1][1], begin):
            found.pop()
        found.append((day, at))
        if day == dt.date.max:
            break
        day += dt.timedelta(days=1)
    return found


def nominal(day: dt.date) -> int:
    """
    Where a day begins on an axis on which each has 86,400 seconds.

    Vendors' day tables are counted so, whatever the clocks did on the day.
    """
    return (day.toordinal() - _FIRST) * DAY


def nominal_place(at: DateTime, zone: dt.tzinfo) -> int:
    """Where an instant lies on the axis on which each day has 86,400 seconds."""
    day = local_date(at, zone)
    since = micros(at) - midnight(day, zone)
    return nominal(day) + min(max(since, 0), DAY)


def nominal_day(at: int) -> dt.date:
    """The day that holds a place on that axis."""
    return dt.date.fromordinal(at // DAY + _FIRST)


def months(start: dt.date, end: dt.date) -> list[dt.date]:
    """The first days of months, from one to another."""
    found = [start]
    while found[-1] < end:
        found.append(next_month(found[-1]))
    return found


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after the one of a first day."""
    return (first + dt.timedelta(days=31)).replace(day=1)
