"""The other notations: what each says, what it leaves open, and what it is not."""

from __future__ import annotations

import datetime as dt
import math
import sys
import time
import zoneinfo
from typing import TYPE_CHECKING, Final, Literal

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pendulum import DateTime, Duration

from incidentkit import _clocks, _time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import override
else:

    def override(method: object) -> object:
        """Mean nothing, on Pythons before 3.12."""
        return method


UTC: Final = pendulum.UTC
PARIS: Final = zoneinfo.ZoneInfo("Europe/Paris")
LONDON: Final = zoneinfo.ZoneInfo("Europe/London")
SHANGHAI: Final = zoneinfo.ZoneInfo("Asia/Shanghai")
ST_JOHNS: Final = zoneinfo.ZoneInfo("America/St_Johns")
ZONES: Final = (UTC, PARIS, LONDON, SHANGHAI, ST_JOHNS)

instants = st.datetimes(
    min_value=dt.datetime(1, 1, 2),  # noqa: DTZ001
    max_value=dt.datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
).map(_time.utc)
zones = st.sampled_from(ZONES)
offsets = st.integers(-1439, 1439).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)


class Nameless(dt.tzinfo):
    """An hour ahead of UTC, and nameless."""

    @override
    def utcoffset(self, _moment: dt.datetime | None, /) -> dt.timedelta:
        """An hour."""
        return dt.timedelta(hours=1)

    @override
    def tzname(self, _moment: dt.datetime | None, /) -> None:
        """None."""

    @override
    def dst(self, _moment: dt.datetime | None, /) -> dt.timedelta:
        """Never."""
        return dt.timedelta()


def at(*fields: int) -> DateTime:
    """Give an instant by its fields in UTC."""
    year, month, day, hour, minute, second, microsecond = (*fields, 0, 0, 0, 0)[:7]
    return DateTime(year, month, day, hour, minute, second, microsecond, UTC)


def is_instant(value: DateTime) -> bool:
    """Tell whether this is what the package calls an instant."""
    return type(value) is DateTime and value.tzinfo is UTC


NEAR: Final = at(2021, 6, 15, 12)

# --- RFC 822 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "remarks"),
    [
        ("Sat, 11 Jan 2020 11:57:19 +0000", at(2020, 1, 11, 11, 57, 19), ()),
        ("Sat, 11 Jan 2020 11:57:19 -0400", at(2020, 1, 11, 15, 57, 19), ()),
        ("Sat, 11 Jan 2020 11:57:19 -0000", at(2020, 1, 11, 11, 57, 19), ()),
        ("sat,11 JAN 2020  11:57:19 gmt", at(2020, 1, 11, 11, 57, 19), ()),
        ("Saturday, 11 January 2020 11:57 UT", at(2020, 1, 11, 11, 57), ()),
        ("  Sat, 11 Jan 2020\r\n 11:57:19 Z\t", at(2020, 1, 11, 11, 57, 19), ()),
        ("11 Jan 2020 11:57:19 +0530 (IST)", at(2020, 1, 11, 6, 27, 19), ()),
        ("11 Jan 2020 11:57:19 EST", at(2020, 1, 11, 16, 57, 19), ()),
        ("11 Jan 2020 11:57:19 EDT", at(2020, 1, 11, 15, 57, 19), ()),
        ("11 Jan 2020 11:57:19 CST", at(2020, 1, 11, 17, 57, 19), ()),
        ("11 Jan 2020 11:57:19 CDT", at(2020, 1, 11, 16, 57, 19), ()),
        ("11 Jan 2020 11:57:19 MST", at(2020, 1, 11, 18, 57, 19), ()),
        ("11 Jan 2020 11:57:19 MDT", at(2020, 1, 11, 17, 57, 19), ()),
        ("11 Jan 2020 11:57:19 PST", at(2020, 1, 11, 19, 57, 19), ()),
        ("11 Jan 2020 11:57:19 PDT", at(2020, 1, 11, 18, 57, 19), ()),
        ("1 Jan 49 00:00 UTC", at(2049, 1, 1), ()),
        ("1 Jan 50 00:00 UTC", at(1950, 1, 1), ()),
        ("1 Jan 121 00:00 UTC", at(2021, 1, 1), ()),
        ("Fri, 11 Jan 2020 11:57 GMT", at(2020, 1, 11, 11, 57), ("time.weekday",)),
        ("Sam, 11 Jan 2020 11:57 GMT", at(2020, 1, 11, 11, 57), ("time.weekday",)),
        ("31 Dec 2016 23:59:60 GMT", at(2017, 1, 1), ("time.leap_second",)),
        ("Sat, 31 Dec 2016 24:00 GMT", at(2017, 1, 1), ("time.end_of_day",)),
    ],
)
def test_rfc822_is_read(
    text: str, expected: DateTime, remarks: tuple[str, ...]
) -> None:
    """What RFC 822 and its successors allow is read; slips are said."""
    result = _clocks.rfc822(text)

    assert _time.Reading(expected, remarks) == result
    assert is_instant(result.at)


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "Sat", "2020-01-11T11:57:19Z", "11 Jan 2020", "11:57:19 GMT"),
        *("Sat, 11 Jan 2020 11:57:19 +00000", "Sat, 11 Jan 2020 11:57:19 +2400"),
        *("Sat, 11 Jan 2020 11:57:19 +530", "Sat, 11 Jan 2020 11:57:19 GMT GMT"),
        *("31 Feb 2020 00:00 GMT", "11 Foo 2020 00:00 GMT", "11 Jan 0000 00:00 GMT"),
        *("11 Jan 2020 25:00 GMT", "11 Jan 2020 11:60 GMT", "11 Jan 2020 11:57:60 GMT"),
        *("11 Jan 1 00:00 GMT", "11 Jan 20200 00:00 GMT", "1\u0661 Jan 2020 00:00 GMT"),
        *("31 Dec 9999 23:00 PST", "31 Dec 9999 24:00 GMT", "S, 11 Jan 2020 00:00 GMT"),
    ],
)
def test_all_else_is_no_rfc822(text: str) -> None:
    """What is no date of RFC 822 is refused."""
    with pytest.raises(ValueError, match=r"not a date|cannot read|outside"):
        _clocks.rfc822(text)


@pytest.mark.parametrize("word", ["CEST", "BST", "IST", "A", "M", "Y", "LOCAL"])
def test_ambiguous_zones_need_the_callers(word: str) -> None:
    """An abbreviation of several zones, or of none, is resolved by the caller's."""
    text = f"Wed, 21 Jul 2021 10:00:00 {word}"

    with pytest.raises(ValueError, match=r"say which with tz=") as caught:
        _clocks.rfc822(text)
    assert (
        f"cannot read '{text}': {word} is the time of more than one zone, or of none; "
        "say which with tz="
    ) == str(caught.value)
    assert _time.Reading(
        at(2021, 7, 21, 8), ("time.ambiguous_zone",)
    ) == _clocks.rfc822(text, PARIS)


@pytest.mark.parametrize(
    ("text", "zone", "expected", "remarks"),
    [
        # Whose zone calls its own time CST means that time.
        (
            "11 Jan 2020 12:00 CST",
            SHANGHAI,
            at(2020, 1, 11, 4),
            ("time.ambiguous_zone",),
        ),
        ("11 Jan 2020 12:00 CST", PARIS, at(2020, 1, 11, 18), ()),
        ("11 Jan 2020 12:00 GMT", LONDON, at(2020, 1, 11, 12), ()),
        ("11 Jul 2020 12:00 GMT", LONDON, at(2020, 7, 11, 12), ()),
        # In a fold, the name tells which of the two hours it is.
        ("31 Oct 2021 02:30 CEST", PARIS, at(2021, 10, 31, 0, 30), None),
        ("31 Oct 2021 02:30 CET", PARIS, at(2021, 10, 31, 1, 30), None),
        # A naive one takes the first, and is moved later out of a gap.
        (
            "31 Oct 2021 02:30",
            PARIS,
            at(2021, 10, 31, 0, 30),
            ("time.naive", "time.ambiguous"),
        ),
        (
            "28 Mar 2021 02:30",
            PARIS,
            at(2021, 3, 28, 1, 30),
            ("time.naive", "time.nonexistent"),
        ),
        (
            "31 Oct 2021 02:30 XYZ",
            PARIS,
            at(2021, 10, 31, 0, 30),
            ("time.ambiguous_zone", "time.ambiguous"),
        ),
        ("11 Jan 2020 12:00 +0100", ST_JOHNS, at(2020, 1, 11, 11), ()),
    ],
)
def test_the_callers_zone_settles_what_is_open(
    text: str,
    zone: dt.tzinfo,
    expected: DateTime,
    remarks: tuple[str, ...] | None,
) -> None:
    """The caller's zone is used for what the text leaves open, and no more."""
    if remarks is None:
        remarks = ("time.ambiguous_zone",)

    assert _time.Reading(expected, remarks) == _clocks.rfc822(text, zone)


def test_a_date_without_a_zone_needs_the_callers() -> None:
    """A naive date is refused with the name of the argument that helps."""
    with pytest.raises(ValueError, match=r"time zone; give one with tz="):
        _clocks.rfc822("Sat, 11 Jan 2020 11:57:19")


@given(instants, st.none() | zones | offsets)
def test_rfc822_round_trips(moment: DateTime, zone: dt.tzinfo | None) -> None:
    """What is written is read again, to the second, without remarks."""
    second = moment.replace(microsecond=0)

    assert _time.Reading(second, ()) == _clocks.rfc822(
        _clocks.write_rfc822(moment, zone)
    )


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (None, "Mon, 22 Mar 2021 19:02:05 +0000"),
        (PARIS, "Mon, 22 Mar 2021 20:02:05 +0100"),
        (ST_JOHNS, "Mon, 22 Mar 2021 16:32:05 -0230"),
        (LONDON, "Mon, 22 Mar 2021 19:02:05 +0000"),
        (SHANGHAI, "Tue, 23 Mar 2021 03:02:05 +0800"),
    ],
)
def test_rfc822_is_written(zone: dt.tzinfo | None, expected: str) -> None:
    """Dates are written in English, with the offset of the zone."""
    assert expected == _clocks.write_rfc822(at(2021, 3, 22, 19, 2, 5, 999_999), zone)


# --- dates for people ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan  9, 14:27 UTC", at(2021, 1, 9, 14, 27)),
        ("Jan 09, 14:27 GMT", at(2021, 1, 9, 14, 27)),
        (" Mar\n 21 ,  00:37  PST ", at(2021, 3, 21, 8, 37)),
        ("Mar 21, 00:37 GMT+08:00", at(2021, 3, 20, 16, 37)),
        ("Mar 21, 00:37 GMT+8", at(2021, 3, 20, 16, 37)),
        ("Mar 21, 00:37 GMT+0", at(2021, 3, 21, 0, 37)),
        ("Mar 21, 00:37 UTC-03:30", at(2021, 3, 21, 4, 7)),
        ("Mar 21, 00:37 +08", at(2021, 3, 20, 16, 37)),
        ("Mar 21, 00:37 -03", at(2021, 3, 21, 3, 37)),
        ("March 21 00:37:15 Z", at(2021, 3, 21, 0, 37, 15)),
        ("Jun 15, 23:59 UTC", at(2021, 6, 15, 23, 59)),
        ("Jun 16, 12:00 UTC", at(2021, 6, 16, 12)),
        ("Jun 16, 12:01 UTC", at(2020, 6, 16, 12, 1)),
        ("Aug 21, 00:37 PST", at(2020, 8, 21, 8, 37)),
        ("Dec 31, 11:59 PM EST", at(2021, 1, 1, 4, 59)),
        ("Feb 29, 00:00 UTC", at(2020, 2, 29)),
        ("May 08 - 14:07 UTC", at(2021, 5, 8, 14, 7)),
    ],
)
def test_a_year_is_inferred(text: str, expected: DateTime) -> None:
    """Without a year it is the latest such moment up to a day after the reference."""
    result = _clocks.month_day(text, near=NEAR)

    assert _time.Reading(expected, ("time.year_inferred",)) == result
    assert is_instant(result.at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 22, 2021, 07:22 PM UTC", at(2021, 3, 22, 19, 22)),
        ("Mar 22, 2031, 07:22 pm UTC", at(2031, 3, 22, 19, 22)),
        ("Mar 22, 2021 12:00 AM UTC", at(2021, 3, 22)),
        ("Mar 22, 2021 12:00PM UTC", at(2021, 3, 22, 12)),
        ("May 08, 2025 - 14:07 GMT", at(2025, 5, 8, 14, 7)),
    ],
)
def test_a_year_that_is_said_is_taken(text: str, expected: DateTime) -> None:
    """With a year nothing is guessed, in 24 hours or in twelve."""
    assert _time.Reading(expected, ()) == _clocks.month_day(text, near=NEAR)


@pytest.mark.parametrize(
    ("near", "text", "expected"),
    [
        (at(2021, 1, 1, 0, 30), "Dec 31, 23:50 UTC", at(2020, 12, 31, 23, 50)),
        (at(2021, 1, 1, 0, 30), "Jan  1, 00:10 UTC", at(2021, 1, 1, 0, 10)),
        (at(2020, 12, 31, 23, 50), "Jan  1, 00:10 UTC", at(2021, 1, 1, 0, 10)),
        (at(2020, 12, 31, 23, 50), "Jan  1, 08:10 +08", at(2021, 1, 1, 0, 10)),
        (at(2021, 1, 1, 0, 30), "Dec 31, 16:20 PST", at(2021, 1, 1, 0, 20)),
        (at(1905, 1, 1), "Feb 29, 00:00 UTC", at(1904, 2, 29)),
        (at(1904, 2, 27), "Feb 29, 00:00 UTC", at(1896, 2, 29)),
        (at(1904, 2, 28), "Feb 29, 00:00 UTC", at(1904, 2, 29)),
        (at(9999, 12, 31), "Dec 31, 12:00 UTC", at(9999, 12, 31, 12)),
        (at(2, 1, 1), "Dec 31, 12:00 UTC", at(1, 12, 31, 12)),
    ],
)
def test_years_are_inferred_across_new_year(
    near: DateTime, text: str, expected: DateTime
) -> None:
    """Around New Year it is the year that brings it nearest to the reference."""
    assert expected == _clocks.month_day(text, near=near).at


def test_there_may_be_no_such_day_yet() -> None:
    """At the beginning of the calendar there is no year to go back to."""
    with pytest.raises(ValueError, match=r"there is no such day in the years up to 1"):
        _clocks.month_day("Dec 31, 12:00 UTC", near=at(1, 1, 1))


@pytest.mark.parametrize(
    ("text", "zone", "expected", "remarks"),
    [
        ("Jan 9, 14:27", PARIS, at(2021, 1, 9, 13, 27), ("time.naive",)),
        ("Jan 9, 02:27 PM", PARIS, at(2021, 1, 9, 13, 27), ("time.naive",)),
        ("Jan 9, 14:27 CET", PARIS, at(2021, 1, 9, 13, 27), ("time.ambiguous_zone",)),
        ("Jan 9, 2:27 AMT", PARIS, at(2021, 1, 9, 1, 27), ("time.ambiguous_zone",)),
        ("Jan 9, 24:00 UTC", None, at(2021, 1, 10), ("time.end_of_day",)),
    ],
)
def test_dates_for_people_leave_the_same_open(
    text: str, zone: dt.tzinfo | None, expected: DateTime, remarks: tuple[str, ...]
) -> None:
    """Zones and midnights are settled as for RFC 822, and said after the year."""
    assert _time.Reading(
        expected, ("time.year_inferred", *remarks)
    ) == _clocks.month_day(text, near=NEAR, zone=zone)


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "Jan 9", "14:27 UTC", "9 Jan, 14:27 UTC", "Jan 9, 14:27"),
        *(
            "Jan 9, 14:27 CEST",
            "Jan 1914:27 UTC",
            "Jan 32, 14:27 UTC",
            "Foo 9, 14:27 Z",
        ),
        *("Jan 9, 25:00 UTC", "Jan 9, 14:60 UTC", "Jan 9, 13:00 PM UTC"),
        *("Jan 9, 00:00 AM UTC", "Feb 29, 2021, 00:00 UTC", "Feb 30, 00:00 UTC"),
        *("Jan 9, 14:27 GMT+24", "Jan 9, 14:27 +530", "Jan \u0669, 14:27 UTC"),
        *("Jan 9, 0000, 14:27 UTC", "Dec 31, 9999, 23:00 PST", "Jan 9, 14:27:60 UTC"),
        "Jan\u00a09, 14:27 UTC",
    ],
)
def test_all_else_is_no_date_for_people(text: str) -> None:
    """What is no such date is refused."""
    with pytest.raises(ValueError, match=r"not a date|cannot read|outside"):
        _clocks.month_day(text, near=NEAR)


@given(instants, st.timedeltas(dt.timedelta(), dt.timedelta(days=364)))
def test_a_date_within_the_year_is_found(near: DateTime, before: dt.timedelta) -> None:
    """Whatever happened in the year before is found without its year."""
    if near.year == 1:
        near = at(2, near.month, min(near.day, 28))
    moment = _time.utc(
        dt.datetime.fromisoformat(str(near)) - before + dt.timedelta(hours=12)
    ).replace(second=0, microsecond=0)
    text = moment.strftime("%B %d, %H:%M UTC")

    assert moment == _clocks.month_day(text, near=near).at


@given(instants, st.none() | zones | offsets)
def test_what_people_read_is_read_again(
    moment: DateTime, zone: dt.tzinfo | None
) -> None:
    """What is written for people comes back, to the minute."""
    minute = moment.replace(second=0, microsecond=0)

    assert (
        minute
        == _clocks.month_day(_clocks.human(moment, zone), near=NEAR, zone=zone).at
    )


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (at(2021, 3, 22, 19, 22), None, "Mar 22, 2021, 07:22 PM UTC"),
        (at(2021, 3, 2, 0, 5), None, "Mar 2, 2021, 12:05 AM UTC"),
        (at(2021, 3, 2, 12, 5), None, "Mar 2, 2021, 12:05 PM UTC"),
        (at(2021, 3, 22, 19, 22), PARIS, "Mar 22, 2021, 08:22 PM CET"),
        (
            at(2021, 3, 22, 19, 22),
            zoneinfo.ZoneInfo("America/Sao_Paulo"),
            "Mar 22, 2021, 04:22 PM -03",
        ),
        (
            at(2021, 3, 22, 19, 22),
            pendulum.FixedTimezone(28_800),
            "Mar 23, 2021, 03:22 AM +08:00",
        ),
    ],
)
def test_instants_are_written_for_people(
    moment: DateTime, zone: dt.tzinfo | None, expected: str
) -> None:
    """Twelve hours, the month in English, and the zone's name for itself."""
    assert expected == _clocks.human(moment, zone)


def test_a_zone_without_a_name_is_written_by_its_offset() -> None:
    """Where a zone has no name for itself, its offset tells the time."""
    text = _clocks.human(at(2021, 3, 22, 19, 22), Nameless())

    assert text == "Mar 22, 2021, 08:22 PM GMT+01:00"


def test_days_are_written_for_people() -> None:
    """A day is written in full, the day it is in UTC."""
    assert _clocks.human_date(at(2021, 3, 22, 23, 59)) == "March 22, 2021"
    assert (
        _clocks.human_date(dt.datetime(2021, 12, 31, 23, 59, tzinfo=ST_JOHNS))
        == "January 1, 2022"
    )


# --- JavaScript and epochs ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fri Nov 06 2020 11:04:30 GMT+0000 (Coordinated Universal Time)",
            at(2020, 11, 6, 11, 4, 30),
        ),
        ("Fri Nov 06 2020 11:04:30 GMT+0530 (IST)", at(2020, 11, 6, 5, 34, 30)),
        ("Fri Nov 06 2020 11:04:30 GMT-0330", at(2020, 11, 6, 14, 34, 30)),
        ("Fri Nov 06 2020 11:04:30 GMT+0800 (\u4e2d\u56fd)", at(2020, 11, 6, 3, 4, 30)),
        ("Fri Nov 06 2020 11:04:30 GMT+0800 (GMT(+8))", at(2020, 11, 6, 3, 4, 30)),
    ],
)
def test_javascript_dates_are_read(text: str, expected: DateTime) -> None:
    """What Date.prototype.toString() writes is read, in any language."""
    result = _clocks.javascript_date(text)

    assert expected == result
    assert is_instant(result)


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "Invalid Date", "Fri Nov 06 2020", "Fri Nov 06 2020 11:04:30"),
        *("Fri Nov 06 2020 11:04:30 UTC+0000", "Fri Nov 6 2020 11:04:30 GMT+0000"),
        *("Thu Nov 06 2020 11:04:30 GMT+0000", "Fri Foo 06 2020 11:04:30 GMT+0000"),
        *("Fri Nov 31 2020 11:04:30 GMT+0000", "Fri Nov 06 2020 11:04:30 GMT+2400"),
        *("Fri Nov 06 2020 11:04:60 GMT+0000", "Fri Nov 06 2020 24:00:00 GMT+0000"),
        *(
            "Fri Dec 31 9999 23:00:00 GMT-0800",
            "Fri Nov 06 2020 11:04:3\u0660 GMT+0000",
        ),
    ],
)
def test_all_else_is_no_javascript_date(text: str) -> None:
    """A machine wrote it, so nothing else is taken, a wrong weekday included."""
    with pytest.raises(ValueError, match=r"not a JavaScript|cannot read|outside"):
        _clocks.javascript_date(text)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0, "s", at(1970, 1, 1)),
        (1_616_440_920, "s", at(2021, 3, 22, 19, 22)),
        (-1, "s", at(1969, 12, 31, 23, 59, 59)),
        (1_616_440_920_123, "ms", at(2021, 3, 22, 19, 22, 0, 123_000)),
        (1_616_440_920.25, "s", at(2021, 3, 22, 19, 22, 0, 250_000)),
        (1_616_440_920_123.5, "ms", at(2021, 3, 22, 19, 22, 0, 123_500)),
        ("1616440920", "s", at(2021, 3, 22, 19, 22)),
        ("+1616440920.", "s", at(2021, 3, 22, 19, 22)),
        ("-0.000001", "s", at(1969, 12, 31, 23, 59, 59, 999_999)),
        ("253402300799.999999", "s", at(9999, 12, 31, 23, 59, 59, 999_999)),
        ("1616440920123.4567", "ms", at(2021, 3, 22, 19, 22, 0, 123_457)),
        ("0.0000005", "s", at(1970, 1, 1)),
        ("0.0000015", "s", at(1970, 1, 1, 0, 0, 0, 2)),
        ("0.00000050001", "s", at(1970, 1, 1, 0, 0, 0, 1)),
        (-62_135_596_800, "s", at(1, 1, 1)),
    ],
)
def test_epochs_are_read(
    value: float | str, unit: Literal["s", "ms"], expected: DateTime
) -> None:
    """Seconds and milliseconds are counted exactly, before 1970 too."""
    result = _clocks.epoch(value, unit=unit)

    assert expected == result
    assert is_instant(result)


@given(st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999))
def test_epochs_are_exact(microseconds: int) -> None:
    """No microsecond is lost in the text of an epoch, over the whole calendar."""
    sign = "-" if microseconds < 0 else ""
    whole, fraction = divmod(abs(microseconds), 1_000_000)
    thousands, rest = divmod(abs(microseconds), 1_000)
    expected = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        microseconds=microseconds
    )

    assert expected == _clocks.epoch(f"{sign}{whole}.{fraction:06}")
    assert expected == _clocks.epoch(f"{sign}{thousands}.{rest:03}", unit="ms")


@pytest.mark.parametrize(
    "value",
    [
        *(math.nan, math.inf, -math.inf, 1e18, 1e308, 10**18, -(10**18)),
        *(253_402_300_800, -62_135_596_801, "253402300800", "9" * 20, "9" * 5000),
        *("", " 1", "1 ", "1e9", "nan", "inf", "0x10", "1_000", "--1", ".5", "."),
        *("\u0661", "1,5", "True"),
    ],
    ids=repr,
)
def test_all_else_is_no_epoch(value: float | str) -> None:
    """What is no decimal number, or beyond the calendar, is a ValueError."""
    with pytest.raises(ValueError, match=r"is not a time|lies outside the years"):
        _clocks.epoch(value)


def test_huge_integers_are_no_epoch() -> None:
    """Not even an integer too large to be turned into text is another error."""
    with pytest.raises(ValueError, match=r"such a number of s since 1970 lies outside"):
        _clocks.epoch(10**5000)


@pytest.mark.parametrize("value", [True, False])
def test_truth_is_no_epoch(value: object) -> None:
    """A bool is an int to Python, and no time to anybody."""
    with pytest.raises(TypeError, match=r"is not a time"):
        _clocks.epoch(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@given(st.floats())
def test_epoch_is_total_over_floats(value: float) -> None:
    """Any float is a time, to the microsecond, or a ValueError."""
    try:
        result = _clocks.epoch(value)
    except ValueError:
        return
    since = _time.elapsed(at(1970, 1, 1), result)
    assert abs(since.total_seconds() - value) <= max(1e-6, abs(value) * 1e-15)


# --- lengths ------------------------------------------------------------------------


def hours(number: float) -> dt.timedelta:
    """Give so many hours."""
    return dt.timedelta(hours=number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1DT2H", hours(26)),
        ("PT0.25H", hours(0.25)),
        ("PT0,25H", hours(0.25)),
        ("P2W", hours(336)),
        ("P1W2DT3H4M5S", dt.timedelta(weeks=1, days=2, hours=3, minutes=4, seconds=5)),
        ("PT90M", hours(1.5)),
        ("PT36H", hours(36)),
        ("PT0S", hours(0)),
        ("PT0.000001S", dt.timedelta(microseconds=1)),
        ("PT1.500000000S", dt.timedelta(seconds=1.5)),
        ("P1.56D", dt.timedelta(seconds=134_784)),
        ("P0.5W", hours(84)),
    ],
)
def test_iso_durations_are_read(text: str, expected: dt.timedelta) -> None:
    """Lengths of ISO 8601 are exact, whichever number has the fraction."""
    result = _clocks.iso_duration(text)

    assert expected == result
    assert type(result) is Duration


@pytest.mark.parametrize(
    "text",
    [
        *("", "P", "PT", "P1DT", "T1H", "1H", "PT1", "P1H", "PT1D", "P1D2H", "p1d"),
        *("-P1D", "P-1D", "+P1D", "PT1H2", "PT1M1H", "P1DP1D", "PT.5H", "PT5.H"),
        *("P1.5DT1H", "PT1.0H1M", "PT0.0000001S", "PT0.333333333H", "P\u0661D"),
        *("P1D\n", "P9999999D", "PT9999999999999999H", "PT999999999999999H", "now"),
    ],
)
def test_all_else_is_no_iso_duration(text: str) -> None:
    """What is no length, is negative, too fine or too long is refused."""
    with pytest.raises(ValueError, match=r"not a duration|fraction|finer|longer than"):
        _clocks.iso_duration(text)


@pytest.mark.parametrize("text", ["P1Y", "P1M", "P0Y", "P1Y2M3DT4H"])
def test_months_and_years_are_no_length(text: str) -> None:
    """Months and years differ, so they are refused, with the remedy."""
    with pytest.raises(ValueError, match=r"no one length") as caught:
        _clocks.iso_duration(text)

    assert (
        f"'{text}' has no one length, since months and years differ: say it in days or "
        "weeks"
    ) == str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8d 5h", dt.timedelta(days=8, hours=5)),
        ("45m", dt.timedelta(minutes=45)),
        ("1h 30m", hours(1.5)),
        ("1h30m", hours(1.5)),
        ("90s", dt.timedelta(seconds=90)),
        ("2 days, 3 hours", hours(51)),
        ("1 hour and 5 minutes", dt.timedelta(minutes=65)),
        ("1 week, 2 days, and 3 hrs", hours(219)),
        ("1 wk 1 min 1 sec", dt.timedelta(weeks=1, minutes=1, seconds=1)),
        (" 2 WEEKS\n", hours(336)),
        ("1.5 hours", hours(1.5)),
        ("1h 0.5m", dt.timedelta(minutes=60, seconds=30)),
        ("0m", hours(0)),
    ],
)
def test_durations_of_people_are_read(text: str, expected: dt.timedelta) -> None:
    """Units in full, short or by letter, joined as people join them."""
    result = _clocks.duration(text)

    assert expected == result
    assert type(result) is Duration


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "5", "m", "-5m", "+5m", "5 months", "5y", "5ms", "<1m", "P1D"),
        *("5h 8d", "5h 5h", "5h,", "5h and", "5h and and 5m", "and 5m", ", 5m"),
        *("5h,, 5m", "5h5", "1.5h 5m", "1,5h", "\u0665m", "0.0000001s", "9999999d"),
        *("5hours5", "five minutes", "5\u00a0m", "1:30"),
    ],
)
def test_all_else_is_no_duration(text: str) -> None:
    """What is no length, or is out of order, is refused."""
    with pytest.raises(ValueError, match=r"not a duration|fraction|finer|longer than"):
        _clocks.duration(text)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (dt.timedelta(days=8, hours=5, minutes=22), "8d 5h"),
        (dt.timedelta(days=8, minutes=59), "8d"),
        (dt.timedelta(days=400, hours=23, minutes=59, seconds=59), "400d 23h"),
        (dt.timedelta(hours=1, minutes=30, seconds=59), "1h 30m"),
        (dt.timedelta(hours=1, seconds=59), "1h"),
        (dt.timedelta(minutes=45, seconds=59, microseconds=999_999), "45m"),
        (dt.timedelta(seconds=59, microseconds=999_999), "<1m"),
        (dt.timedelta(), "<1m"),
        (dt.timedelta(minutes=1), "1m"),
        (Duration(weeks=1, days=1, hours=5), "8d 5h"),
        (at(2021, 3, 31, 0, 44) - at(2021, 3, 22, 19, 22), "8d 5h"),
    ],
)
def test_lengths_are_written_for_people(length: dt.timedelta, expected: str) -> None:
    """The largest unit and the next, cut and never rounded up."""
    assert expected == _clocks.duration_text(length)


def test_a_negative_length_is_not_written() -> None:
    """Less than nothing is nobody's duration."""
    with pytest.raises(ValueError, match=r"is negative"):
        _clocks.duration_text(dt.timedelta(microseconds=-1))


@given(st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=3_000_000)))
def test_what_is_written_for_people_is_never_longer(length: dt.timedelta) -> None:
    """A length read again is cut by less than the smaller unit written."""
    text = _clocks.duration_text(length)
    again = _clocks.duration(text)

    assert again <= length
    assert length - again < (hours(1) if "d" in text else dt.timedelta(minutes=1))
    assert text == _clocks.duration_text(again)


# --- all of them --------------------------------------------------------------------

READERS: Final[dict[str, Callable[[str], object]]] = {
    "rfc822": _clocks.rfc822,
    "rfc822 in Paris": lambda text: _clocks.rfc822(text, PARIS),
    "month_day": lambda text: _clocks.month_day(text, near=NEAR),
    "month_day in year 1": lambda text: _clocks.month_day(
        text, near=at(1, 1, 1), zone=ST_JOHNS
    ),
    "month_day in year 9999": lambda text: _clocks.month_day(
        text, near=at(9999, 12, 31), zone=ST_JOHNS
    ),
    "javascript_date": _clocks.javascript_date,
    "epoch": _clocks.epoch,
    "epoch in ms": lambda text: _clocks.epoch(text, unit="ms"),
    "iso_duration": _clocks.iso_duration,
    "duration": _clocks.duration,
}
SEEDS: Final = (
    *("Sat, 11 Jan 2020 11:57:19 +0000", "31 Dec 9999 23:59:60 EST", "1 Jan 1 0:0"),
    *("Jan  9, 14:27 UTC", "Feb 29, 2020, 12:00 AM GMT+8", "Dec 31, 24:00 -03"),
    *("Fri Nov 06 2020 11:04:30 GMT+0000 (UTC)", "1616440920.5", "P1DT2.5H"),
    *("8d 5h", "1 hour and 5 minutes"),
)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Draw a text that is nearly one that some reader takes."""
    text = draw(st.sampled_from(SEEDS))
    position = draw(st.integers(0, len(text)))
    width = draw(st.integers(0, 3))
    piece = draw(st.text(alphabet="0159 ,:+-.()PTZdhmAJan\u0663\u00e9\n", max_size=3))
    return text[:position] + piece + text[position + width :]


@pytest.mark.parametrize("name", READERS)
@given(text=st.text(max_size=40) | mutants())
@example(text="")
def test_every_reader_is_total(name: str, text: str) -> None:
    """Any text is read or is a ValueError, and an instant is in UTC itself."""
    try:
        result = READERS[name](text)
    except ValueError:
        return
    moment = result.at if isinstance(result, _time.Reading) else result
    if isinstance(moment, dt.datetime):
        assert isinstance(moment, DateTime)
        assert is_instant(moment)
    else:
        assert type(moment) is Duration


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "text",
    [
        " " * 100_000 + "x",
        "1" * 100_000,
        "1d " * 50_000,
        "1d" + " " * 100_000 + "x",
        "1d" + "," * 100_000,
        "Sat," + " " * 100_000,
        "Jan 9" + " " * 100_000 + "x",
        "Jan 9, 14:27" + " " * 100_000 + "!",
        "Sat, 11 Jan 2020 11:57" + " " * 100_000 + "(",
        "Sat, 11 Jan 2020 11:57 (" + "(" * 100_000,
        "PT" + "1" * 100_000,
        "A" * 100_000,
    ],
    ids=lambda text: repr(text[:12] + text[-12:]),
)
def test_long_texts_take_no_time(name: str, text: str) -> None:
    """Reading takes time in proportion to the text, however it is made."""
    started = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        READERS[name](text)

    assert time.process_time() - started < 0.05


@pytest.fixture(params=["Asia/Kolkata", "America/St_Johns", "Bad/Zone"])
def _local_zone(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Set the machine's zone for a test."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no tzset")
@pytest.mark.usefixtures("_local_zone")
def test_the_local_zone_changes_nothing() -> None:
    """Reading and writing are the same wherever the machine is."""
    expected = at(2021, 3, 22, 19, 22)

    assert expected == _clocks.rfc822("22 Mar 2021 19:22 GMT").at
    assert expected == _clocks.month_day("Mar 22, 20:22", near=NEAR, zone=PARIS).at
    assert expected == _clocks.epoch(1_616_440_920)
    assert _clocks.write_rfc822(expected) == "Mon, 22 Mar 2021 19:22:00 +0000"
    with pytest.raises(ValueError, match=r"tz="):
        _clocks.month_day("Mar 22, 20:22", near=NEAR)
