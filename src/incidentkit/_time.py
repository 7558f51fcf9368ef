"""
Instants: how they are taken in, compared, measured and written.

Rule 1: an instant is a `pendulum.DateTime` in UTC whose tzinfo is `pendulum.UTC`
itself, and a length is a `pendulum.Duration` made from seconds and microseconds. Made
any other way they misbehave: an `Interval` breaks hashing, values in a fold are equal
an hour apart, and with the standard library's UTC `.add()` gives naive results.

Rule 2: the work is done by the standard library and by integers. `pendulum.parse`
takes `now` and `P1D`, its two back ends disagree, and it takes five to nine times as
long.

Rule 3: nothing here depends on the local zone, the locale or the present moment; only
`now` reads the clock. What a text leaves open is answered by the caller or refused.

The other notations of time, such as RFC 822 and `Jan  9, 14:27 UTC`, are in `_clocks`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import sys
import zoneinfo
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import pendulum
from pendulum import Date, DateTime, Duration

if TYPE_CHECKING:
    from collections.abc import Callable

#: The zone of every instant. Compare it by identity.
UTC: Final = pendulum.UTC

MICROSECOND: Final = dt.timedelta(microseconds=1)
MINUTE: Final = dt.timedelta(minutes=1)
DAY: Final = dt.timedelta(days=1)

# What stands between the numbers of an RFC 3339 time, and the lengths of its date and
# clock with a fraction of none to six digits. On PyPy fromisoformat goes through int(),
# which takes "+1", "1_0" and Arabic digits, so there every text is read carefully.
_CPYTHON: Final = sys.implementation.name == "cpython"
_ZULU: Final = "--T::Z" if _CPYTHON else ""
_MILLISECOND: Final = "--T::." if _CPYTHON else ""
_SEPARATORS: Final = frozenset(("--T::.", "--T::+", "--T::-") if _CPYTHON else ())
_LENGTHS: Final = frozenset({19, 21, 22, 23, 24, 25, 26})
_from_iso: Final = dt.datetime.fromisoformat
# How datetimes are pickled: as ten bytes, which the constructor takes as well. Field by
# field, reading a time takes a third longer, and reading a page is mostly that.
_bytes_of: Final = cast(
    "Callable[[dt.datetime], tuple[type, tuple[bytes]]]", dt.datetime.__reduce__
)
_made_of: Final = cast("Callable[[bytes, dt.tzinfo], DateTime]", DateTime)
_plain_of: Final = cast("Callable[[bytes, dt.tzinfo], dt.datetime]", dt.datetime)

# Patterns are compiled when they are first used, which most programs never come to.
_DATE: Final = r"(\d{4})-(\d\d)-(\d\d)"
# https://www.rfc-editor.org/rfc/rfc3339#section-5.6
_RFC3339: Final = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?"
    r"(?:[Zz]|([+-]\d\d:\d\d))"
)
_TOLERANT: Final = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r"([Zz]|[+-]\d\d(?::?\d\d)?)?"
)
_SECONDS: Final = "%04d-%02d-%02dT%02d:%02d:%02dZ"
_TWO: Final = tuple(f"{number:02}" for number in range(60))
_THREE: Final = tuple(f"{number:03}" for number in range(1_000))
_ZONE_KEY: Final = r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z][A-Za-z0-9_+-]{0,31}){0,3}"
_ALWAYS_UTC: Final = frozenset(
    prefix + name
    for name in (
        *("UTC", "UCT", "Universal", "Zulu"),
        *("GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich"),
    )
    for prefix in ("", "Etc/")
) | {"Z"}
# Files that lie beside the zones: the machine's own zone, and rules with leap seconds.
_NOT_ZONES: Final = frozenset({"localtime", "posixrules", "Factory", "posix", "right"})


class Reading(NamedTuple):
    """
    An instant as a document tells it, and what had to be guessed to have it.

    `remarks` are codes: "time.precision" (digits beyond the microsecond dropped),
    "time.end_of_day" (24:00, taken as the next midnight), "time.leap_second" (:60,
    taken as the next second), "time.weekday" (the weekday is another date's),
    "time.year_inferred", "time.naive" (no zone given, the caller's taken),
    "time.ambiguous_zone" (an abbreviation of several zones, the caller's taken),
    "time.ambiguous" (the clock showed it twice, the first time is taken) and
    "time.nonexistent" (the clock skipped it, it is moved later by what was skipped).
    """

    at: DateTime
    remarks: tuple[str, ...]


class Times(dict[str, DateTime]):
    """
    The instants of one document, each text read once.

    A page says most of its times several times over. Make one for each document and
    let it go with the document: kept longer, a hostile page would fill it.

    >>> times = Times()
    >>> times["2021-03-22T19:22:00Z"] is times["2021-03-22T19:22:00Z"]
    True
    """

    def __missing__(self, text: str) -> DateTime:
        """Read a text not met before; what `rfc3339` refuses is not kept."""
        at = self[text] = rfc3339(text)
        return at


def shown(text: str) -> str:
    """
    Quote a text for a message, at most 60 characters of it.

    >>> shown("x" * 100) == repr("x" * 57 + "...")
    True
    """
    return repr(text if len(text) <= 60 else text[:57] + "...")


# --- taking in ----------------------------------------------------------------------


def now() -> DateTime:
    """
    Read the clock: the present instant.

    The only place in the package that does; everything else takes `now=`.
    """
    return at_offset(dt.datetime.now(dt.UTC).replace(tzinfo=None), dt.timedelta())


def utc(moment: dt.datetime) -> DateTime:
    """
    Give an aware datetime as an instant.

    One that is an instant already is returned as it is. In a fold, `fold` decides.

    Raises:
        ValueError: It has no zone, or lies outside the years 1 to 9999 in UTC.
    """
    if type(moment) is DateTime and moment.tzinfo is UTC:
        return moment
    # Field by field: pendulum's replace() takes four times as long.
    naive = dt.datetime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
    )
    try:
        offset = moment.utcoffset()
        if offset is not None:
            return at_offset(naive, offset)
    except OverflowError:
        raise ValueError(_out_of_range(naive.isoformat())) from None
    raise ValueError(
        f"{naive.isoformat()} has no time zone, so it is no instant: give it one with "
        ".replace(tzinfo=...), make it with pendulum.datetime(...), which is in UTC, "
        "or write it as text with a Z, as in '2021-03-22T19:22:00Z'"
    )


def instant(value: dt.datetime | str) -> DateTime:
    """
    Take what a caller gives as an instant: an aware datetime, or RFC 3339 text.

    >>> instant("2021-03-22T12:22:00-07:00").isoformat()
    '2021-03-22T19:22:00+00:00'

    Raises:
        ValueError: It has no zone, is no RFC 3339 text or is out of range.
        TypeError: It is anything else.
    """
    return utc(value) if isinstance(value, dt.datetime) else _instant_of_text(value)


def optional_instant(value: dt.datetime | str | None) -> DateTime | None:
    """Take what a caller gives as `instant` does, or None for not known."""
    return None if value is None else instant(value)


def date(value: dt.date | str) -> Date:
    """
    Take what a caller gives as a day of the calendar: a date, or `YYYY-MM-DD`.

    A datetime is refused, because the day it falls on depends on the zone.

    >>> date("2021-03-22")
    Date(2021, 3, 22)

    Raises:
        ValueError: The text is no such date.
        TypeError: It is a datetime, or neither date nor text.
    """
    if isinstance(value, dt.datetime):
        raise TypeError(
            f"{value.isoformat()} is a datetime where a date is wanted: say the day in "
            "the zone you mean with .date()"
        )
    if isinstance(value, dt.date):
        return Date(value.year, value.month, value.day)
    return _date_of_text(value)


def optional_date(value: dt.date | str | None) -> Date | None:
    """Take what a caller gives as `date` does, or None for not known."""
    return None if value is None else date(value)


def _instant_of_text(value: object) -> DateTime:
    if isinstance(value, str):
        try:
            return rfc3339(value)
        except ValueError:
            if _is_naive(value):
                raise ValueError(
                    f"{shown(value)} does not say its time zone: "
                    "end it with Z for UTC, or an offset such as +02:00"
                ) from None
            raise
    raise TypeError(
        "an instant is an aware datetime or an RFC 3339 text such as "
        f"'2021-03-22T19:22:00Z', not {type(value).__name__}"
    )


def _is_naive(text: str) -> bool:
    try:
        rfc3339(text + "Z")
    except ValueError:
        return False
    return True


def _date_of_text(value: object) -> Date:
    if not isinstance(value, str):
        raise TypeError(
            "a date is a datetime.date or a text such as '2021-03-22', not "
            f"{type(value).__name__}"
        )
    match = re.fullmatch(_DATE, value, re.ASCII)
    if match is None:
        raise ValueError(f"{shown(value)} is not a date such as '2021-03-22'")
    try:
        return Date(*map(int, match.groups()))
    except ValueError as error:
        raise ValueError(f"{shown(value)} is not a date: {error}") from None


# --- reading RFC 3339 ---------------------------------------------------------------


def rfc3339(text: str) -> DateTime:
    """
    Read an RFC 3339 time, strictly.

    A date, `T`, `t` or a space, a time with seconds, a fraction of one to nine digits
    if any, and `Z`, `z` or an offset up to 23:59 (RFC 3339 section 5.6). Digits beyond
    the microsecond must be zeros. `-00:00` is UTC (section 4.3). Neither :60 nor 24:00
    is taken: `timestamp` takes them, with a remark.

    >>> rfc3339("2021-03-22T12:22:00.250-07:00").isoformat()
    '2021-03-22T19:22:00.250000+00:00'

    Raises:
        ValueError: It is anything else, or outside the years 1 to 9999 in UTC.
    """
    try:
        # What status pages write comes first: milliseconds, in Z or with an offset.
        is_millisecond = text[4:20:3] == _MILLISECOND
        if is_millisecond and text[23:] == "Z" and text[11:13] != "24":
            clock = _from_iso(text)
        elif is_millisecond and len(text) == 29 and text[11:13] != "24":
            clock = _from_iso(text[:23]) - _offset(text[23:])
            if clock.tzinfo is not None:
                return _rfc3339_carefully(text)
        else:
            clock = _clock(text)
    except (ValueError, OverflowError):
        return _rfc3339_carefully(text)  # It says what is wrong.
    return _made_of(_bytes_of(clock)[1][0], UTC)


def _clock(text: str) -> dt.datetime:
    # What the clocks in UTC show; a ValueError if only the careful way can tell. Where
    # the separators stand in their places and the length is right, there can be but
    # digits between them, or fromisoformat refuses; except an offset in the place of
    # the fraction and, from Python 3.14 on, 24:00.
    separators = text[4:20:3]
    if separators == _ZULU and len(text) == 20:
        clock = _from_iso(text[:19])
    elif separators in _SEPARATORS and text[11:13] != "24":
        is_zulu = text[-1] == "Z"
        written = text[:-1] if is_zulu else text[:-6]
        if len(written) not in _LENGTHS:
            raise ValueError(text)
        clock = _from_iso(written)
        if not is_zulu:
            clock -= _offset(text[-6:])
    else:
        raise ValueError(text)
    if clock.tzinfo is not None:
        raise ValueError(text)
    return clock


def _rfc3339_carefully(text: str) -> DateTime:
    match = re.fullmatch(_RFC3339, text, re.ASCII)
    if match is None:
        raise ValueError(
            f"{shown(text)} is not an RFC 3339 time such as '2021-03-22T19:22:00Z'"
        )
    year, month, day, hour, minute, second, fraction, offset = match.groups("")
    if fraction[6:].strip("0"):
        raise ValueError(f"{shown(text)} is finer than a microsecond")
    try:
        naive = dt.datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second),
            int(fraction[:6].ljust(6, "0")),
        )
        return at_offset(naive, _offset(offset or "+00:00"))
    except ValueError as error:
        raise ValueError(f"{shown(text)} is not a time: {error}") from None
    except OverflowError:
        raise ValueError(_out_of_range(text)) from None


def timestamp(text: str, zone: dt.tzinfo | None = None) -> Reading:
    """
    Read a time as documents write it, saying what had to be guessed.

    All that `rfc3339` takes, and besides: a comma before the fraction, any number of
    its digits, no seconds, offsets as `+0530` and `+05`, 24:00, :60 in the last minute
    of an hour, blanks around, and no zone at all if the caller gives `zone`.

    >>> timestamp("2021-03-22T24:00:00Z").remarks
    ('time.end_of_day',)

    Args:
        text: The time.
        zone: The zone of a text that does not say its own.

    Raises:
        ValueError: It is anything else, outside the years 1 to 9999 in UTC, or has no
            zone when `zone` is None.
    """
    text = text.strip(" \t\r\n")
    try:
        return Reading(rfc3339(text), ())
    except ValueError:
        match = re.fullmatch(_TOLERANT, text, re.ASCII)
    if match is None:
        raise ValueError(f"{shown(text)} is not a time such as '2021-03-22T19:22:00Z'")
    year, month, day, hour, minute, second, fraction, offset = match.groups("")
    dropped = ("time.precision",) if fraction[6:].strip("0") else ()
    placed: tuple[str, ...] = ()
    try:
        naive, turned = wall(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second or "0"),
            int(fraction[:6].ljust(6, "0")),
        )
        if offset:
            at = at_offset(naive, _offset(_colon(offset)))
        else:
            at, placed = in_zone(naive, zone, "time.naive")
    except ValueError as error:
        raise ValueError(f"cannot read {shown(text)}: {error}") from None
    except OverflowError:
        raise ValueError(_out_of_range(text)) from None
    return Reading(at, (*dropped, *turned, *placed))


# Bounded by itself: only the 2,880 texts of legal offsets are kept, refusals are not.
@functools.cache
def _offset(text: str) -> dt.timedelta:
    hours, colon, minutes = text[1:].partition(":")
    if colon and len(hours) == len(minutes) == 2 and text[0] in "+-":
        return offset_of(text[0], hours, minutes)
    raise ValueError(f"{shown(text)} is no offset such as '+05:30'")


def _colon(offset: str) -> str:
    if offset in ("Z", "z"):
        return "+00:00"
    return f"{offset[:3]}:{offset[3:].lstrip(':') or '00'}"


# --- what all readers of clocks share ------------------------------------------------


def offset_of(sign: str, hours: str, minutes: str) -> dt.timedelta:
    """
    Give an offset from UTC by its sign and its digits.

    Raises:
        ValueError: These are no ASCII digits, or it is beyond 23:59.
    """
    digits = hours + minutes
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{shown(digits)} are no digits of an offset")
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError(f"the offset {sign}{hours}:{minutes} is beyond 23:59")
    size = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return -size if sign == "-" else size


def at_offset(naive: dt.datetime, offset: dt.timedelta) -> DateTime:
    """
    Give the instant at which a clock so far ahead of UTC shows this.

    Raises:
        OverflowError: It lies outside the years 1 to 9999 in UTC.
    """
    naive -= offset
    return DateTime(
        naive.year,
        naive.month,
        naive.day,
        naive.hour,
        naive.minute,
        naive.second,
        naive.microsecond,
        UTC,
    )


def in_zone(naive: dt.datetime, zone: dt.tzinfo | None, remark: str) -> Reading:
    """
    Give the instant at which the clocks of a zone show this, with remark and more.

    What the clocks show twice is taken the first time, what they skip is moved later:
    both are what fold=0 means (PEP 495).

    Raises:
        ValueError: There is no zone, or it does not know its offset.
        OverflowError: It lies outside the years 1 to 9999 in UTC.
    """
    if zone is None:
        raise ValueError("it does not say its time zone; give one with tz=")
    first = naive.replace(tzinfo=zone, fold=0).utcoffset()
    second = naive.replace(tzinfo=zone, fold=1).utcoffset()
    if first is None or second is None:
        raise ValueError(f"the zone {zone} does not say its offset")
    at = at_offset(naive, first)
    if first == second:
        return Reading(at, (remark,))
    return Reading(
        at, (remark, "time.ambiguous" if first > second else "time.nonexistent")
    )


def wall(  # noqa: PLR0913, PLR0917 - as datetime takes them
    year: int,
    month: int,
    day: int,
    hour: int,
    minute: int,
    second: int,
    microsecond: int = 0,
) -> tuple[dt.datetime, tuple[str, ...]]:
    """
    Put together what a clock shows, taking 24:00 and :60 for the moment after.

    A leap second ends an hour in all zones but the few half an hour off, so :60 is
    taken in minute 59 only (RFC 3339 section 5.7).

    Raises:
        ValueError: There is no such date or time.
        OverflowError: The moment after lies beyond the year 9999.
    """
    if hour == 24 and minute == second == microsecond == 0:
        return dt.datetime(year, month, day) + DAY, ("time.end_of_day",)
    if second == 60 and minute == 59:
        last = dt.datetime(year, month, day, hour, 59, 59, microsecond)
        return last + dt.timedelta(seconds=1), ("time.leap_second",)
    return (
        dt.datetime(year, month, day, hour, minute, second, microsecond),
        (),
    )


def _out_of_range(text: str) -> str:
    return f"{shown(text)} lies outside the years 1 to 9999 in UTC"


# --- arithmetic ---------------------------------------------------------------------


def elapsed(start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """
    Give the time from start to end, negative if end is earlier.

    For inner loops, over instants: pendulum's `-` takes seventy times as long.
    Of datetimes in one other zone it gives the difference of their clocks.
    """
    return dt.datetime.__sub__(end, start)


def span(delta: dt.timedelta) -> Duration:
    """
    Give a length as a Duration, exact to the microsecond.

    >>> span(dt.timedelta(days=8, hours=5, minutes=22))
    Duration(weeks=1, days=1, hours=5, minutes=22)
    """
    # Unbound, since Duration and Interval have a `//` of their own.
    total = dt.timedelta.__floordiv__(delta, MICROSECOND)
    seconds, microseconds = divmod(abs(total), 1_000_000)
    if total < 0:
        return Duration(seconds=-seconds, microseconds=-microseconds)
    return Duration(seconds=seconds, microseconds=microseconds)


def length(start: dt.datetime, end: dt.datetime) -> Duration:
    """
    Give the time from start to end as a Duration, negative if end is earlier.

    Raises:
        ValueError: One of them has no zone.
    """
    return span(elapsed(utc(start), utc(end)))


# --- writing ------------------------------------------------------------------------


def write(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """
    Write an instant as documents have it, always with milliseconds.

    Six digits where three would lose something. In a zone that is not UTC it ends in
    the offset that holds there then, `+00:00` included, as Rails writes it; where
    RFC 3339 cannot (an offset with seconds, a year beyond 9999), it is written in UTC.

    >>> write(rfc3339("2021-03-22T19:22:00Z"))
    '2021-03-22T19:22:00.000Z'

    Raises:
        ValueError: It has no zone.
    """
    moment = at if at.tzinfo is UTC else utc(at)
    end = "Z"
    if zone is not None and zone is not UTC:
        moment = local(moment, zone)
        end = offset_text(moment)
    # Digits come from tables, in half the time that "%" takes.
    microseconds = moment.microsecond
    exact = microseconds % 1_000 == 0
    fraction = _THREE[microseconds // 1_000] if exact else f"{microseconds:06}"
    year = moment.year if moment.year > 999 else f"{moment.year:04}"
    return (
        f"{year}-{_TWO[moment.month]}-{_TWO[moment.day]}T{_TWO[moment.hour]}:"
        f"{_TWO[moment.minute]}:{_TWO[moment.second]}.{fraction}{end}"
    )


def text(at: dt.datetime) -> str:
    """
    Write an instant as shortly as it can be, for our own documents and messages.

    In UTC, with a fraction of three or six digits only where there is one.

    >>> text(rfc3339("2021-03-22T19:22:00.000Z"))
    '2021-03-22T19:22:00Z'

    Raises:
        ValueError: It has no zone.
    """
    moment = utc(at)
    if moment.microsecond:
        return write(moment)
    return _SECONDS % (
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
    )


def local(at: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """
    Give an instant as the clocks of a zone show it, as a plain datetime.

    In UTC if there is no zone, or if its clock cannot be written: an offset with
    seconds (local mean time), or a year that is not 1 to 9999.

    Raises:
        ValueError: The instant has no zone.
    """
    plain = _plain_of(_bytes_of(utc(at))[1][0], dt.UTC)
    if zone is None or zone is UTC:
        return plain
    try:
        there = plain.astimezone(zone)
    except (OverflowError, ValueError):
        return plain
    offset = there.utcoffset()
    return plain if offset is None or offset % MINUTE else there


def offset_text(there: dt.datetime) -> str:
    """
    Write the offset of what `local` gives: `Z` in UTC itself, else `±HH:MM`.

    London in winter is `+00:00`: the same hour, but another zone.
    """
    offset = there.utcoffset() or dt.timedelta()
    return _digits(offset) if offset or there.tzname() != "UTC" else "Z"


# Bounded by itself: `local` gives only whole minutes, up to a day.
@functools.cache
def _digits(offset: dt.timedelta) -> str:
    minutes = offset // MINUTE
    hours, minutes_left = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{minutes_left:02}"


# --- zones --------------------------------------------------------------------------


@functools.lru_cache(maxsize=512)  # Documents choose the names, so it has a bound.
def zone(name: str) -> dt.tzinfo | None:
    """
    Give the zone of an IANA name, or None if there is none.

    A name that always means UTC gives `UTC` itself. Only names that could be zones are
    looked up: no path out of the database, none of the files beside the zones, and not
    `localtime`, which is the machine's own. PST and the like are not names of zones.

    >>> zone("Etc/UTC") is UTC
    True
    >>> zone("../../etc/passwd") is None
    True
    """
    if name in _ALWAYS_UTC:
        return UTC
    is_key = re.fullmatch(_ZONE_KEY, name, re.ASCII) is not None
    if not is_key or name.partition("/")[0] in _NOT_ZONES:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # Not there; not a zone; a folder such as "America", or a name too long.
        return None
