"""
The other notations of time that status pages and people use, beside RFC 3339.

Every reader is strict about shape and open about meaning: what a text leaves open (a
year, a zone, one of two hours) is settled by a rule and named in the `remarks` of the
`Reading`, or refused. `_time` says what the remarks are. All patterns are ASCII, match
the whole text and take time in proportion to it.

Zones by name are those of RFC 822 section 5.1, without the military letters, which
RFC 2822 section 4.3 found to mean nothing. All other abbreviations are ambiguous: IST
is India, Ireland and Israel, and even CST is China. They need the caller's zone.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Final, Literal

from incidentkit._time import (
    DAY,
    MICROSECOND,
    MINUTE,
    Reading,
    at_offset,
    elapsed,
    in_zone,
    local,
    offset_of,
    offset_text,
    shown,
    span,
    utc,
    wall,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pendulum import DateTime, Duration

# Tables of our own: the calendar module's names follow the locale.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
_MONTH_NUMBERS: Final = {
    spelling.lower(): number
    for number, name in enumerate(_MONTHS, 1)
    for spelling in (name, name[:3])
}
_ZONES: Final = {
    name: dt.timedelta(hours=hours)
    for names, hours in (
        (("UT", "UTC", "GMT", "Z"), 0),
        (("EDT",), -4),
        (("EST", "CDT"), -5),
        (("CST", "MDT"), -6),
        (("MST", "PDT"), -7),
        (("PST",), -8),
    )
    for name in names
}

_BLANKS: Final = " \t\r\n"
_SPACE: Final = rf"[{_BLANKS}]"
_ZONE: Final = (
    r"(?:GMT|UTC)?[+-]\d\d(?::?\d\d)?|(?:GMT|UTC)?[+-]\d(?::\d\d)?|[A-Za-z]{1,6}"
)
_OFFSET: Final = re.compile(r"(?:GMT|UTC)?([+-])(\d\d?):?(\d\d)?", re.ASCII)

# https://www.rfc-editor.org/rfc/rfc2822#section-3.3, with its one comment at the end
_RFC822: Final = re.compile(
    rf"(?:([A-Za-z]{{3,9}})(?:,{_SPACE}*|{_SPACE}+))?"
    rf"(\d{{1,2}}){_SPACE}+([A-Za-z]{{3,9}}){_SPACE}+(\d{{2,4}}){_SPACE}+"
    rf"(\d{{1,2}}):(\d\d)(?::(\d\d))?"
    rf"(?:{_SPACE}*({_ZONE}))?(?:{_SPACE}*\([^()]*\))?",
    re.ASCII,
)
_MONTH_DAY: Final = re.compile(
    rf"([A-Za-z]{{3,9}}){_SPACE}+(\d{{1,2}})(?:{_SPACE}*,{_SPACE}*(\d{{4}}))?"
    rf"(?:{_SPACE}*[,-]{_SPACE}*|{_SPACE}+)(\d{{1,2}}):(\d\d)(?::(\d\d))?"
    rf"(?:{_SPACE}*([AaPp][Mm])\b)?(?:{_SPACE}*({_ZONE}))?",
    re.ASCII,
)
# https://tc39.es/ecma262/#sec-todatestring; the name of the zone is the browser's
_JAVASCRIPT: Final = re.compile(
    r"([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d):(\d\d):(\d\d) "
    r"GMT([+-])(\d\d)(\d\d)(?: \(.*\))?",
    re.ASCII,
)
_EPOCH: Final = re.compile(r"([+-]?)(\d{1,20})(?:\.(\d{0,20}))?", re.ASCII)

_NUMBER: Final = r"\d{1,15}(?:[.,]\d{1,15})?"
_ISO_DURATION: Final = re.compile(
    rf"P(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?",
    re.ASCII,
)
_AMOUNT: Final = rf"(\d{{1,15}}(?:\.\d{{1,15}})?){_SPACE}*"
_JOINT: Final = rf"(?:{_SPACE}*,{_SPACE}*(?:and{_SPACE}+)?|{_SPACE}+(?:and{_SPACE}+)?|)"
_DURATION: Final = re.compile(
    "".join(
        rf"(?:{_AMOUNT}(?:{unit}){_JOINT})?"
        for unit in (
            "w|wks?|weeks?",
            "d|days?",
            "h|hrs?|hours?",
            "m|mins?|minutes?",
            "s|secs?|seconds?",
        )
    ),
    re.ASCII | re.IGNORECASE,
)

_EPOCH_START: Final = dt.datetime(1970, 1, 1)
_SECOND: Final = 1_000_000
_UNITS: Final = tuple(
    _SECOND * seconds for seconds in (7 * 86_400, 86_400, 3_600, 60, 1)
)
_CALENDAR: Final = 9999 * 366 * _UNITS[1]
_EPOCH_UNITS: Final = {"s": _SECOND, "ms": 1_000}


# --- dates of mail and feeds --------------------------------------------------------


def rfc822(text: str, zone: dt.tzinfo | None = None) -> Reading:
    """
    Read a date of RSS and mail, such as `Sat, 11 Jan 2020 11:57:19 +0000`.

    RFC 822 as amended by RFC 1123 and RFC 2822: the weekday and the seconds may be
    absent, and a comment may follow. Years of two digits are 1950 to 2049, of three
    1900 and so many (RFC 2822 section 4.3). `-0000` is UTC, its local zone unknown.

    >>> rfc822("Sat, 11 Jan 2020 06:57:19 EST").at.isoformat()
    '2020-01-11T11:57:19+00:00'

    Args:
        text: The date.
        zone: The zone of a date without one, or with an abbreviation that several
            zones share. Where the zone calls its own time so, that time is meant: in
            Asia/Shanghai CST is not Chicago's.

    Raises:
        ValueError: It is anything else, outside the years 1 to 9999 in UTC, or says
            no zone or an ambiguous one when `zone` is None.
    """
    match = _RFC822.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise ValueError(
            f"{shown(text)} is not a date such as 'Sat, 11 Jan 2020 11:57:19 +0000'"
        )
    weekday, day, month, digits, hour, minute, second, word = match.groups("")
    year = int(digits)
    if len(digits) == 2 and year < 50:
        year += 2000
    elif len(digits) < 4:
        year += 1900
    try:
        number = _month(month)
        naive, turned = wall(
            year, number, int(day), int(hour), int(minute), int(second or "0")
        )
        name = _DAYS[dt.date(year, number, int(day)).weekday()].lower()
        at, placed = _placed(naive, word, zone)
    except (ValueError, OverflowError) as error:
        raise _refusal(text, error) from None
    mistaken = () if name.startswith(weekday.lower()) else ("time.weekday",)
    return Reading(at, (*mistaken, *turned, *placed))


def write_rfc822(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """
    Write an instant as feeds and mail have it, in English, to the second.

    A fraction of a second is left out. In UTC where the zone's clock cannot be written
    (see `_time.local`).

    >>> write_rfc822(rfc822("11 Jan 2020 06:57:19 EST").at)
    'Sat, 11 Jan 2020 11:57:19 +0000'

    Raises:
        ValueError: The instant has no zone.
    """
    there = local(at, zone)
    offset = offset_text(there).replace(":", "").replace("Z", "+0000")
    return (
        f"{_DAYS[there.weekday()][:3]}, {there.day:02} {_MONTHS[there.month - 1][:3]} "
        f"{there.year:04} {there.hour:02}:{there.minute:02}:{there.second:02} {offset}"
    )


# --- dates that people read ---------------------------------------------------------


def month_day(text: str, *, near: DateTime, zone: dt.tzinfo | None = None) -> Reading:
    """
    Read a date of a page for people, such as `Jan  9, 14:27 UTC`.

    With or without a year, in 24 hours or with AM and PM, with any blanks. A year that
    is not said is the one that gives the latest such moment up to a day after `near`.
    A zone may also be `+08`, `GMT+8` or `GMT+08:00`, as Statuspage writes it.

    >>> near = rfc822("2 Jan 2021 10:00 GMT").at
    >>> month_day("Dec 31, 23:10 PST", near=near).at.isoformat()
    '2021-01-01T07:10:00+00:00'

    Args:
        text: The date.
        near: An instant known to be later, or less than a day earlier: of the feed's
            entry, or when the page was fetched.
        zone: As for `rfc822`.

    Raises:
        ValueError: It is anything else, outside the years 1 to 9999 in UTC, or says
            no zone or an ambiguous one when `zone` is None.
    """
    near = utc(near)
    match = _MONTH_DAY.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise ValueError(f"{shown(text)} is not a date such as 'Jan 9, 14:27 UTC'")
    month, day, year, hour, minute, second, half, word = match.groups("")
    try:
        clock = (
            *(_month(month), int(day)),
            *(_hour(hour, half), int(minute), int(second or "0")),
        )
        if year:
            return _dated(int(year), clock, word, zone)
        return _latest(clock, word, zone, near)
    except (ValueError, OverflowError) as error:
        raise _refusal(text, error) from None


def human(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """
    Write an instant for people, in English, to the minute.

    In UTC where the zone's clock cannot be written (see `_time.local`).

    >>> human(rfc822("22 Mar 2021 19:22 GMT").at)
    'Mar 22, 2021, 07:22 PM UTC'

    Raises:
        ValueError: The instant has no zone.
    """
    there = local(at, zone)
    return (
        f"{_MONTHS[there.month - 1][:3]} {there.day}, {there.year:04}, "
        f"{(there.hour - 1) % 12 + 1:02}:{there.minute:02} "
        f"{'AM' if there.hour < 12 else 'PM'} "
        f"{there.tzname() or 'GMT' + offset_text(there)}"
    )


def human_date(at: dt.datetime) -> str:
    """
    Write the day of an instant for people: its day in UTC, in English.

    >>> human_date(rfc822("22 Mar 2021 19:22 GMT").at)
    'March 22, 2021'

    Raises:
        ValueError: The instant has no zone.
    """
    moment = utc(at)
    return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year:04}"


def _refusal(text: str, error: Exception) -> ValueError:
    if isinstance(error, OverflowError):
        return ValueError(f"{shown(text)} lies outside the years 1 to 9999 in UTC")
    return ValueError(f"cannot read {shown(text)}: {error}")


def _month(word: str) -> int:
    number = _MONTH_NUMBERS.get(word.lower())
    if number is None:
        raise ValueError(f"{shown(word)} is no month in English")
    return number


def _hour(digits: str, half: str) -> int:
    hour = int(digits)
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"there is no {hour} o'clock {half}")
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _dated(
    year: int,
    clock: tuple[int, int, int, int, int],
    word: str,
    zone: dt.tzinfo | None,
) -> Reading:
    naive, turned = wall(year, *clock)
    at, placed = _placed(naive, word, zone)
    return Reading(at, (*turned, *placed))


def _latest(
    clock: tuple[int, int, int, int, int],
    word: str,
    zone: dt.tzinfo | None,
    near: DateTime,
) -> Reading:
    # The next year too, since the date may be another in its own zone. A leap day may
    # be eight years back, as it was in 1904.
    month, day, *_ = clock
    years = range(min(near.year + 1, 9999), max(near.year - 9, 0), -1)
    for year in years:
        if (month, day) == (2, 29) and not calendar.isleap(year):
            continue
        at, remarks = _dated(year, clock, word, zone)
        if elapsed(near, at) <= DAY:
            return Reading(at, ("time.year_inferred", *remarks))
    raise ValueError(f"there is no such day in the years up to {near.year}")


def _placed(naive: dt.datetime, word: str, zone: dt.tzinfo | None) -> Reading:
    """Give the instant at which a clock shows this in a zone named by a word."""
    if not word:
        return in_zone(naive, zone, "time.naive")
    offset = _OFFSET.fullmatch(word)
    if offset is not None:
        sign, hours, minutes = offset.groups("00")
        return Reading(at_offset(naive, offset_of(sign, hours, minutes)), ())
    name = word.upper()
    fixed = _ZONES.get(name)
    own = None if zone is None else _own(naive, name, zone)
    if own is not None and own != fixed:
        return Reading(at_offset(naive, own), ("time.ambiguous_zone",))
    if fixed is not None:
        return Reading(at_offset(naive, fixed), ())
    if zone is None:
        raise ValueError(
            f"{word} is the time of more than one zone, or of none; say which with tz="
        )
    return in_zone(naive, zone, "time.ambiguous_zone")


def _own(naive: dt.datetime, name: str, zone: dt.tzinfo) -> dt.timedelta | None:
    # In a fold the name tells which of the two it is: CEST comes before CET.
    for fold in (0, 1):
        there = naive.replace(tzinfo=zone, fold=fold)
        if there.tzname() == name:
            return there.utcoffset()
    return None


# --- clocks of machines -------------------------------------------------------------


def javascript_date(text: str) -> DateTime:
    """
    Read what JavaScript's `Date.prototype.toString()` writes.

    Written by a machine, so it is read to the letter, the weekday included; only the
    zone's name in parentheses may be anything, since it is in the browser's language.

    >>> javascript_date("Fri Nov 06 2020 11:04:30 GMT+0100 (CET)").isoformat()
    '2020-11-06T10:04:30+00:00'

    Raises:
        ValueError: It is anything else, or outside the years 1 to 9999 in UTC.
    """
    match = _JAVASCRIPT.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{shown(text)} is not a JavaScript date such as "
            "'Fri Nov 06 2020 11:04:30 GMT+0000 (Coordinated Universal Time)'"
        )
    weekday, month, day, year, hour, minute, second, *offset = match.groups()
    try:
        naive = dt.datetime(
            *(int(year), _month(month), int(day)),
            *(int(hour), int(minute), int(second)),
        )
        if not _DAYS[naive.weekday()].startswith(weekday):
            raise ValueError(f"it is a {_DAYS[naive.weekday()]}")  # noqa: TRY301 - told with the text below
        return at_offset(naive, offset_of(*offset))
    except (ValueError, OverflowError) as error:
        raise _refusal(text, error) from None


def epoch(value: float | str, *, unit: Literal["s", "ms"] = "s") -> DateTime:
    """
    Read the seconds or milliseconds since 1970-01-01T00:00:00Z.

    Integers and decimal text are counted exactly; what is finer than a microsecond is
    rounded to the nearest, to the even one of two. Which unit it is, the format must
    say: a guess by size would be wrong for a time of 1970.

    >>> epoch("1616440920.25").isoformat()
    '2021-03-22T19:22:00.250000+00:00'

    Args:
        value: A number, or ASCII decimal digits with a sign and a fraction, if any.
        unit: "s" or "ms".

    Raises:
        ValueError: It is not a finite decimal number, or outside the years 1 to 9999.
        TypeError: It is a bool.
    """
    if isinstance(value, bool):
        raise TypeError(f"{value} is not a time")
    if isinstance(value, str):
        match = _EPOCH.fullmatch(value)
        if match is None:
            raise ValueError(f"{shown(value)} is not a time such as '1616440920'")
        sign, whole, fraction = match.groups("")
        above, below = int(sign + whole + fraction), 10 ** len(fraction)
    else:
        try:
            above, below = value.as_integer_ratio()
        except (ValueError, OverflowError):
            raise ValueError(f"{value} is not a time") from None
    try:
        # Not with timedelta(seconds=...), which rounds by way of a float.
        microseconds = _nearest(above * _EPOCH_UNITS[unit], below)
        return at_offset(_EPOCH_START, -microseconds * MICROSECOND)
    except OverflowError:
        # Not every integer can be turned into text.
        given = str(value) if below > 1 or abs(above) < 10**30 else "such a number"
        raise ValueError(
            f"{given} of {unit} since 1970 lies outside the years 1 to 9999"
        ) from None


def _nearest(above: int, below: int) -> int:
    quotient, rest = divmod(above, below)
    return quotient + (2 * rest > below or (2 * rest == below and quotient % 2 == 1))


# --- lengths ------------------------------------------------------------------------


def iso_duration(text: str) -> Duration:
    """
    Read an ISO 8601 duration of weeks, days, hours, minutes and seconds, exactly.

    The last number may have a fraction, after a point or a comma. A day is 24 hours.

    >>> iso_duration("PT0.25H").in_words()
    '15 minutes'

    Raises:
        ValueError: It is anything else, negative, in months or years (which are not
            always equally long), finer than a microsecond, or longer than 9999 years.
    """
    match = _ISO_DURATION.fullmatch(text)
    if match is None or text[-1] in "PT":
        raise ValueError(f"{shown(text)} is not a duration such as 'P1DT2H'")
    years, months, *amounts = match.groups("")
    if years or months:
        raise ValueError(
            f"{shown(text)} has no one length, since months and years differ: say it "
            "in days or weeks"
        )
    return _sum(text, amounts)


def duration(text: str) -> Duration:
    """
    Read a length as people write it: `8d 5h`, `45m`, `2 days, 3 hours`.

    Weeks, days, hours, minutes and seconds, in full, short or by their letter, the
    longest first and each at most once. The last number may have a fraction. `m` is
    minutes, and a day is 24 hours.

    >>> duration("1 hour and 5 minutes") == duration("1h 5m") == duration("65 min")
    True

    Raises:
        ValueError: It is anything else, finer than a microsecond, or longer than 9999
            years.
    """
    stripped = text.strip(_BLANKS)
    match = _DURATION.fullmatch(stripped)
    # A joint may end the pattern, but not the text.
    if match is None or match.lastindex is None or not stripped[-1].isalpha():
        raise ValueError(f"{shown(text)} is not a duration such as '8d 5h' or '45m'")
    return _sum(text, match.groups(""))


def duration_text(length: dt.timedelta) -> str:
    """
    Write a length for people, in its largest unit and the next smaller one.

    Days are the largest. What is smaller is left out, never rounded up; a second unit
    of zero is left out too.

    >>> duration_text(duration("8d 5h 59m")), duration_text(duration("8d 59m"))
    ('8d 5h', '8d')
    >>> duration_text(duration("59s"))
    '<1m'

    Raises:
        ValueError: It is negative.
    """
    # Unbound, since Duration and Interval have a `//` of their own.
    minutes = dt.timedelta.__floordiv__(length, MINUTE)
    if minutes < 0:
        raise ValueError(f"a length of {length.total_seconds()} seconds is negative")
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d {hours}h" if hours else f"{days}d"
    if hours:
        return f"{hours}h {minutes}m" if minutes else f"{hours}h"
    return f"{minutes}m" if minutes else "<1m"


def _sum(text: str, amounts: Sequence[str]) -> Duration:
    total = 0
    fraction = ""
    for amount, unit in zip(amounts, _UNITS, strict=True):
        if amount and fraction:
            raise ValueError(f"{shown(text)} has a fraction before its last number")
        whole, _, fraction_here = amount.replace(",", ".").partition(".")
        fraction = fraction or fraction_here
        units, rest = divmod(
            int(whole + fraction_here or "0") * unit, 10 ** len(fraction_here)
        )
        if rest:
            raise ValueError(f"{shown(text)} is finer than a microsecond")
        total += units
    if total > _CALENDAR:
        raise ValueError(f"{shown(text)} is longer than the calendar, 9999 years")
    return span(total * MICROSECOND)
