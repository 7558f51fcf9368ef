"""Instants: what is taken in, what is refused, and that nothing else changes them."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
import time
import zoneinfo
from typing import TYPE_CHECKING, Final

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pendulum import Date, DateTime, Duration

from incidentkit import _time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import override
else:

    def override(method: object) -> object:
        """Mean nothing, on Pythons before 3.12."""
        return method


UTC: Final = pendulum.UTC
PARIS: Final = zoneinfo.ZoneInfo("Europe/Paris")
ST_JOHNS: Final = zoneinfo.ZoneInfo("America/St_Johns")
PLUS_14: Final = dt.timezone(dt.timedelta(hours=14))
MINUS_12: Final = dt.timezone(dt.timedelta(hours=-12))

ZONES: Final = (
    *("UTC", "Europe/Paris", "Europe/London", "America/St_Johns", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "Africa/Monrovia"),
)
#: Moments a day away from the ends of the calendar, so that any offset fits.
moments = st.datetimes(
    min_value=dt.datetime(1, 1, 2),  # noqa: DTZ001
    max_value=dt.datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
instants = moments.map(_time.utc)
zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)
offsets = st.integers(-1439, 1439).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
#: Texts near enough to a time to get past the first look.
scraps = st.text(alphabet="0123456789-+:.,TtZz PW\u0663\u00e9\n", max_size=40)


class Stated(dt.tzinfo):
    """A zone that says of its offset what a test tells it to."""

    def __init__(self, answer: dt.timedelta | Exception | None) -> None:
        self.answer = answer

    @override
    def utcoffset(self, _moment: dt.datetime | None, /) -> dt.timedelta | None:
        """Say it, or fail."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @override
    def tzname(self, _moment: dt.datetime | None, /) -> str | None:
        """Say nothing."""
        return None

    @override
    def dst(self, _moment: dt.datetime | None, /) -> dt.timedelta | None:
        """Say nothing."""
        return None


VAGUE: Final = Stated(None)


def at(*fields: int) -> DateTime:
    """Give an instant by its fields in UTC."""
    year, month, day, hour, minute, second, microsecond = (*fields, 0, 0, 0, 0)[:7]
    return DateTime(year, month, day, hour, minute, second, microsecond, UTC)


def is_instant(value: DateTime) -> bool:
    """Tell whether this is what the package calls an instant."""
    return type(value) is DateTime and value.tzinfo is UTC


# --- instants -----------------------------------------------------------------------


def test_an_instant_is_taken_as_it_is() -> None:
    """What is an instant already is not copied."""
    moment = at(2021, 3, 22)

    assert moment is _time.utc(moment)
    assert moment is _time.instant(moment)
    assert moment is _time.optional_instant(moment)


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2021, 3, 22, 19, 22, tzinfo=dt.UTC),
        dt.datetime(2021, 3, 22, 20, 22, tzinfo=PARIS),
        dt.datetime(2021, 3, 22, 16, 52, tzinfo=ST_JOHNS),
        pendulum.datetime(2021, 3, 22, 19, 22),
        pendulum.datetime(2021, 3, 22, 20, 22, tz="Europe/Paris"),
        DateTime(2021, 3, 22, 20, 22, tzinfo=PARIS),
        DateTime(2021, 3, 22, 19, 22, tzinfo=dt.UTC),
        DateTime(2021, 3, 22, 20, 22, tzinfo=pendulum.FixedTimezone(3600)),
    ],
)
def test_aware_datetimes_become_instants(moment: dt.datetime) -> None:
    """Whoever made the datetime, and in whatever zone, the instant is the same."""
    result = _time.utc(moment)

    assert at(2021, 3, 22, 19, 22) == result
    assert is_instant(result)


@pytest.mark.parametrize("kind", [dt.datetime, DateTime])
@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_fold_decides_between_two_hours(
    kind: type[dt.datetime], fold: int, hour: int
) -> None:
    """In a fold, an instant is the one of the two that the datetime means."""
    moment = kind(2021, 10, 31, 2, 30, tzinfo=PARIS, fold=fold)

    assert at(2021, 10, 31, hour, 30) == _time.utc(moment)


@given(moments, st.one_of(zones, offsets))
def test_instants_keep_the_moment(moment: dt.datetime, zone: dt.tzinfo) -> None:
    """Conversion changes neither when it was nor, done again, anything."""
    result = _time.utc(moment.astimezone(zone))

    assert moment == result
    assert is_instant(result)
    assert result is _time.utc(result)


def test_a_naive_datetime_is_refused_with_the_remedy() -> None:
    """A naive datetime is no instant, and the message says how to make it one."""
    with pytest.raises(ValueError, match=r"no time zone") as caught:
        _time.utc(dt.datetime(2021, 3, 22, 19, 22))  # noqa: DTZ001

    assert str(caught.value) == (
        "2021-03-22T19:22:00 has no time zone, so it is no instant: give it one with "
        ".replace(tzinfo=...), make it with pendulum.datetime(...), which is in UTC, "
        "or write it as text with a Z, as in '2021-03-22T19:22:00Z'"
    )


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(1, 1, 1, tzinfo=PLUS_14),
        dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=MINUS_12),
        DateTime(9999, 12, 31, 23, 59, 59, tzinfo=MINUS_12),
        dt.datetime(2021, 3, 22, tzinfo=Stated(OverflowError())),
    ],
)
def test_beyond_the_calendar_is_a_value_error(moment: dt.datetime) -> None:
    """What has no year in UTC is refused as a value, not as an overflow."""
    with pytest.raises(ValueError, match=r"lies outside the years 1 to 9999 in UTC"):
        _time.utc(moment)


def test_the_ends_of_the_calendar_are_instants() -> None:
    """The first and the last moment of the calendar are taken and written."""
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    last = dt.datetime.max.replace(tzinfo=dt.UTC)

    assert _time.write(_time.utc(first)) == "0001-01-01T00:00:00.000Z"
    assert _time.write(_time.utc(last)) == "9999-12-31T23:59:59.999999Z"


def test_texts_become_instants() -> None:
    """A constructor takes RFC 3339 text, and None where it is optional."""
    expected = at(2021, 3, 22, 19, 22)

    assert expected == _time.instant("2021-03-22T19:22:00Z")
    assert expected == _time.optional_instant("2021-03-22T12:22:00-07:00")
    assert _time.optional_instant(None) is None


@pytest.mark.parametrize("value", [0, 1.5, b"2021", dt.date(2021, 3, 22), None])
def test_other_types_are_no_instants(value: object) -> None:
    """Numbers, bytes and dates are no instants, and the message says what is."""
    with pytest.raises(TypeError) as caught:
        _time.instant(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    assert (
        "an instant is an aware datetime or an RFC 3339 text such as "
        f"'2021-03-22T19:22:00Z', not {type(value).__name__}"
    ) == str(caught.value)


def test_now_is_an_instant_between_two_looks_at_the_clock() -> None:
    """The clock is read, in UTC."""
    before = dt.datetime.now(dt.UTC)
    present = _time.now()

    assert before <= present <= dt.datetime.now(dt.UTC)
    assert is_instant(present)


def test_instants_survive_pickling() -> None:
    """A pickled instant comes back with the very same zone."""
    assert is_instant(pickle.loads(pickle.dumps(at(2021, 3, 22))))


# --- dates --------------------------------------------------------------------------


def test_dates_are_taken() -> None:
    """A date, a date of pendulum and its text are the same day."""
    expected = Date(2021, 3, 22)

    assert expected == _time.date(dt.date(2021, 3, 22))
    assert expected == _time.date(expected)
    assert expected == _time.date("2021-03-22")
    assert expected == _time.optional_date("2021-03-22")
    assert type(_time.date(dt.date(2021, 3, 22))) is Date
    assert _time.optional_date(None) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021", "2021-3-22", "20210322", "2021-W12-1", "2021-081", "now"),
        *("2021-02-29", "2021-13-01", "0000-01-01", "2021-03-22T00:00:00Z"),
        *("2021-03-22\n", " 2021-03-22", "\u0662\u0660\u0662\u0661-03-22"),
    ],
)
def test_other_texts_are_no_dates(text: str) -> None:
    """Only YYYY-MM-DD is a date."""
    with pytest.raises(ValueError, match=r"is not a date"):
        _time.date(text)


@pytest.mark.parametrize("value", [at(2021, 3, 22), 20210322, None])
def test_other_types_are_no_dates(value: object) -> None:
    """A datetime is refused, since its day depends on the zone; so is the rest."""
    with pytest.raises(TypeError, match=r"date is wanted|a date is a"):
        _time.date(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# --- RFC 3339 -----------------------------------------------------------------------

WELL_FORMED: Final = {
    "2021-03-22T19:22:00Z": at(2021, 3, 22, 19, 22),
    "2021-03-22t19:22:00z": at(2021, 3, 22, 19, 22),
    "2021-03-22 19:22:00Z": at(2021, 3, 22, 19, 22),
    "2021-03-22T19:22:00.5Z": at(2021, 3, 22, 19, 22, 0, 500_000),
    "2021-03-22T19:22:00.120Z": at(2021, 3, 22, 19, 22, 0, 120_000),
    "2021-03-22T19:22:00.123456Z": at(2021, 3, 22, 19, 22, 0, 123_456),
    "2021-03-22T19:22:00.123456000Z": at(2021, 3, 22, 19, 22, 0, 123_456),
    "2021-03-22T12:22:00-07:00": at(2021, 3, 22, 19, 22),
    "2021-03-22T12:22:00.250-07:00": at(2021, 3, 22, 19, 22, 0, 250_000),
    "2021-03-22T12:22:00.250001-07:00": at(2021, 3, 22, 19, 22, 0, 250_001),
    "2021-03-23T00:52:00+05:30": at(2021, 3, 22, 19, 22),
    "2021-03-22T19:22:00+00:00": at(2021, 3, 22, 19, 22),
    "2021-03-22T19:22:00-00:00": at(2021, 3, 22, 19, 22),
    "2021-03-23T19:21:00+23:59": at(2021, 3, 22, 19, 22),
    "2020-02-29T00:00:00Z": at(2020, 2, 29),
    "2020-02-28T23:00:00Z": at(2020, 2, 28, 23),
    "0001-01-01T00:00:00Z": at(1, 1, 1),
    "9999-12-31T23:59:59.999999Z": at(9999, 12, 31, 23, 59, 59, 999_999),
}

MALFORMED: Final = (
    *("", "Z", "now", "10:00", "2026", "2026-11", "2026-W47", "2026-326", "P1D"),
    *("20261122", "2026/11/22", "T10", "2026-01-01/P1D", "2021-03-22"),
    *("2021-03-22T19:22:00", "2021-03-22T19:22Z", "2021-03-22T19Z"),
    *("20210322T192200Z", "2021-W12-1T19:22:00Z", "2021-03-22T192200Z"),
    *("2021-03-22_19:22:00Z", "2021-03-22T19:22:00 Z", "2021-03-22T19:22:00Z\n"),
    *(" 2021-03-22T19:22:00Z", "2021-03-22T19:22:00ZZ", "2021-03-22T19:22:00.Z"),
    *("2021-03-22T19:22:00,5Z", "2021-03-22T19:22:00.1234567890Z"),
    *("2021-03-22T19:22:00.1234567Z", "2021-03-22T19:22:00.000000001Z"),
    *("2021-03-22T19:22:00+01:00Z", "2021-03-22T19:22:00.123+01Z"),
    *("2021-03-22T19:22:00.12ZZ", "2021-03-22T19:22:00.123456789+01:00"),
    *("2021-03-22T24:00:00Z", "2021-03-22T24:00:00+01:00", "2021-03-22T25:00:00Z"),
    *("2021-03-22T24:00:00.000Z", "2021-03-22T24:00:00.000+01:00"),
    *("2021-03-22T19:22:00.-07Z", "2021-03-22T19:22:00.-07-07:00"),
    *("2021-03-22T19:60:00Z", "2016-12-31T23:59:60Z", "2021-03-22T19:22:61Z"),
    *("2021-02-29T00:00:00Z", "2021-13-01T00:00:00Z", "2021-00-01T00:00:00Z"),
    *("0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z"),
    *("2021-03-22T19:22:00+24:00", "2021-03-22T19:22:00+23:60"),
    *("2021-03-22T19:22:00+0100", "2021-03-22T19:22:00+01", "2021-03-22T19:22:00+1:00"),
    *("2021-03-22T19:22:00+01:00:00", "2021-03-22T19:22:00+01:0\u0663"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    *("\u0662\u0660\u0662\u0661-03-22T19:22:00Z", "2021-03-22T19:22:0\u0663Z"),
    *("2021-03-22T19:22:00\u00b1", "2021-03-22T19:22:00Z[Europe/Paris]"),
    *("2021-03-22T+1:22:00Z", "2021-03-22T1_:22:00Z", "2021-03-097T16:00:00Z"),
)


@pytest.mark.parametrize(("text", "expected"), WELL_FORMED.items())
def test_rfc3339_is_read(text: str, expected: DateTime) -> None:
    """Every form that RFC 3339 section 5.6 allows is read, as an instant."""
    result = _time.rfc3339(text)

    assert expected == result
    assert is_instant(result)
    assert _time.Reading(expected, ()) == _time.timestamp(text)


@pytest.mark.parametrize("text", MALFORMED)
def test_all_else_is_not_rfc3339(text: str) -> None:
    """What the standard library and pendulum take besides is refused."""
    with pytest.raises(ValueError, match=r"RFC 3339|not a time|finer|outside"):
        _time.rfc3339(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("now", "'now' is not an RFC 3339 time such as '2021-03-22T19:22:00Z'"),
        ("2021-02-29T00:00:00Z", "'2021-02-29T00:00:00Z' is not a time: day is out"),
        ("9" * 99, f"'{'9' * 57}...' is not an RFC 3339 time such as"),
        (
            "2021-03-22T19:22:00+24:00",
            "'2021-03-22T19:22:00+24:00' is not a time: the offset +24:00 is beyond",
        ),
    ],
)
def test_the_message_shows_the_text(text: str, message: str) -> None:
    """A refusal quotes the text, shortened, and says what is wrong with it."""
    with pytest.raises(ValueError, match=r"is not") as caught:
        _time.rfc3339(text)

    assert str(caught.value).startswith(message)


@given(
    moments,
    offsets,
    st.sampled_from(("seconds", "milliseconds", "microseconds")),
    st.sampled_from("Tt "),
)
def test_rfc3339_agrees_with_the_standard_library(
    moment: dt.datetime, zone: dt.timezone, timespec: str, separator: str
) -> None:
    """Where both take a text, they take it for the same moment."""
    there = moment.astimezone(zone)
    text = there.isoformat(separator, timespec)

    assert dt.datetime.fromisoformat(text) == _time.rfc3339(text)
    zulu = moment.isoformat(separator, timespec).replace("+00:00", "Z")
    assert dt.datetime.fromisoformat(zulu) == _time.rfc3339(zulu)


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-22T19:22:00Z",
        "2021-03-22T19:22:00.123Z",
        "2021-03-22T19:22:00.123456Z",
        "2021-03-22T19:22:00+05:30",
        "2021-03-22T19:22:00.123-09:30",
        "1969-12-31T23:59:59Z",
    ],
)
def test_rfc3339_agrees_with_pendulum(text: str) -> None:
    """Ordinary times are what pendulum takes them for."""
    assert pendulum.parse(text) == _time.rfc3339(text)


@given(st.one_of(scraps, st.text(max_size=40)))
@example("2021-03-22T19:22:00+01:0\u0663")
def test_rfc3339_is_total(text: str) -> None:
    """Any text is read or is a ValueError."""
    try:
        result = _time.rfc3339(text)
    except ValueError:
        return
    assert is_instant(result)


@given(
    st.sampled_from(sorted(WELL_FORMED)),
    st.integers(0, 31),
    st.sampled_from("0259+-Z:.,T W\u0663"),
    st.sampled_from("0259+-Z:.,T W\u0663"),
)
def test_the_quick_way_and_the_careful_way_agree(
    text: str, position: int, first: str, second: str
) -> None:
    """Nothing slips past the quick way of reading that the careful one refuses."""
    mutant = text[:position] + first + second + text[position + 2 :]

    def outcome() -> DateTime | str:
        try:
            return _time.rfc3339(mutant)
        except ValueError as error:
            return str(error)

    quickly = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_time, "_ZULU", "")
        patch.setattr(_time, "_SEPARATORS", frozenset[str]())
        carefully = outcome()
    assert carefully == quickly


@given(st.lists(st.one_of(instants.map(_time.write), scraps), max_size=8))
def test_the_memo_equals_the_reader(texts: list[str]) -> None:
    """A memo gives what the reader gives, once made, and keeps no refusal."""
    times = _time.Times()
    for text in texts:
        try:
            expected = _time.rfc3339(text)
        except ValueError:
            with pytest.raises(ValueError, match=r"."):
                times[text]
            assert text not in times
        else:
            assert expected == times[text]
            assert times[text] is times[text]


def test_a_memo_reads_each_text_once() -> None:
    """The same text gives the same object; a refused one is not kept."""
    times = _time.Times()
    text = "2021-03-22T19:22:00Z"

    assert times[text] is times[text]
    assert {text: at(2021, 3, 22, 19, 22)} == times
    with pytest.raises(ValueError, match=r"not an RFC 3339 time"):
        times["now"]
    assert [text] == list(times)


# --- tolerant reading ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "remarks"),
    [
        (" 2021-03-22T19:22:00Z\r\n", at(2021, 3, 22, 19, 22), ()),
        ("2021-03-22T19:22Z", at(2021, 3, 22, 19, 22), ()),
        ("2021-03-22 19:22+05:30", at(2021, 3, 22, 13, 52), ()),
        ("2021-03-22T19:22:00+0530", at(2021, 3, 22, 13, 52), ()),
        ("2021-03-22T19:22:00-05", at(2021, 3, 23, 0, 22), ()),
        ("2021-03-22T19:22:00,5z", at(2021, 3, 22, 19, 22, 0, 500_000), ()),
        ("2021-03-22T19:22:00.0000000000Z", at(2021, 3, 22, 19, 22), ()),
        (
            "2021-03-22T19:22:00.123456789Z",
            at(2021, 3, 22, 19, 22, 0, 123_456),
            ("time.precision",),
        ),
        ("2021-12-31T24:00:00Z", at(2022, 1, 1), ("time.end_of_day",)),
        ("2021-12-31T24:00+01:00", at(2021, 12, 31, 23), ("time.end_of_day",)),
        ("2016-12-31T23:59:60Z", at(2017, 1, 1), ("time.leap_second",)),
        ("2017-01-01T08:59:60+09:00", at(2017, 1, 1), ("time.leap_second",)),
        (
            "2016-12-31T23:59:60.25Z",
            at(2017, 1, 1, 0, 0, 0, 250_000),
            ("time.leap_second",),
        ),
    ],
)
def test_documents_are_read_tolerantly(
    text: str, expected: DateTime, remarks: tuple[str, ...]
) -> None:
    """Other spellings are read, and what was guessed is said."""
    result = _time.timestamp(text)

    assert _time.Reading(expected, remarks) == result
    assert is_instant(result.at)


@pytest.mark.parametrize(
    ("zone", "text", "expected", "remarks"),
    [
        (UTC, "2021-03-22T19:22:00", at(2021, 3, 22, 19, 22), ()),
        (PARIS, "2021-03-22 19:22", at(2021, 3, 22, 18, 22), ()),
        (PARIS, "2021-03-28T02:30:00", at(2021, 3, 28, 1, 30), ("time.nonexistent",)),
        (PARIS, "2021-10-31T02:30:00", at(2021, 10, 31, 0, 30), ("time.ambiguous",)),
        (PARIS, "2021-10-31T03:00:00", at(2021, 10, 31, 2), ()),
        (ST_JOHNS, "2021-03-14T02:30:00", at(2021, 3, 14, 6), ("time.nonexistent",)),
        (ST_JOHNS, "2021-11-07T01:30:00", at(2021, 11, 7, 4), ("time.ambiguous",)),
        (
            PARIS,
            "2021-10-30T24:00:00.0000001",
            None,
            (),
        ),
        (PARIS, "2021-10-30T24:00:00", at(2021, 10, 30, 22), ("time.end_of_day",)),
    ],
)
def test_naive_texts_take_the_zone_given(
    zone: dt.tzinfo,
    text: str,
    expected: DateTime | None,
    remarks: tuple[str, ...],
) -> None:
    """A time without a zone is in the caller's: first in a fold, later in a gap."""
    result = _time.timestamp(text, zone)

    if expected is None:
        assert at(2021, 10, 30, 22) == result.at
        assert result.remarks == ("time.precision", "time.end_of_day", "time.naive")
    elif remarks == ("time.end_of_day",):
        assert _time.Reading(expected, (*remarks, "time.naive")) == result
    else:
        assert _time.Reading(expected, ("time.naive", *remarks)) == result


@given(moments, zones)
def test_a_naive_text_is_shown_by_the_clock(
    moment: dt.datetime, zone: dt.tzinfo
) -> None:
    """But for a gap, the zone's clock shows what the text says at the instant read."""
    naive = moment.replace(tzinfo=None)
    result = _time.timestamp(naive.isoformat(), zone)
    there = dt.datetime.fromisoformat(str(result.at)).astimezone(zone)

    assert result.remarks[0] == "time.naive"
    shown = there.replace(tzinfo=None)
    if "time.nonexistent" in result.remarks:
        assert naive < shown
    else:
        assert naive == shown


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "now", "10:00", "2026", "2026-W47", "P1D", "2021-03-22"),
        *("2021-03-22T19Z", "2021-03-22T19:22.5Z", "2021-03-22T19:22:00 UTC"),
        *("0000-01-01T00:00:00Z", "2021-03-22T19:22:00+24", "2021-03-22T19:22:00+5"),
        *("2021-03-22T24:00:01Z", "2021-03-22T24:01Z", "2021-03-22T24:00:00.000001Z"),
        *("2021-03-22T19:22:60Z", "2021-03-22T19:59:61Z"),
        *("9999-12-31T24:00:00Z", "9999-12-31T23:59:60Z", "0001-01-01T00:00+0100"),
        *("2021-03-2\u0662T19:22:00Z", "\u00a02021-03-22T19:22:00Z"),
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """What is no moment of the calendar is refused, in any zone."""
    with pytest.raises(ValueError, match=r"not a time|cannot read|outside"):
        _time.timestamp(text)
    with pytest.raises(ValueError, match=r"not a time|cannot read|outside"):
        _time.timestamp(text, PARIS)


def test_a_naive_text_without_a_zone_says_what_to_give() -> None:
    """The refusal names the argument that helps."""
    with pytest.raises(ValueError, match=r"cannot read") as caught:
        _time.timestamp("2021-03-22T19:22:00")

    assert str(caught.value) == (
        "cannot read '2021-03-22T19:22:00': it does not say its time zone; "
        "give one with tz="
    )


def test_a_zone_must_know_its_offset() -> None:
    """A zone without an offset is no help."""
    with pytest.raises(ValueError, match=r"does not say its offset"):
        _time.timestamp("2021-03-22T19:22:00", VAGUE)


def test_a_naive_text_beyond_the_calendar_is_a_value_error() -> None:
    """The last evening of the calendar is beyond it in Newfoundland."""
    with pytest.raises(ValueError, match=r"outside the years 1 to 9999"):
        _time.timestamp("9999-12-31T23:00:00", ST_JOHNS)


@given(st.one_of(scraps, st.text(max_size=40)), st.none() | zones)
@example("2021-03-22T23:59:60", None)
def test_timestamp_is_total(text: str, zone: dt.tzinfo | None) -> None:
    """Any text is read or is a ValueError."""
    try:
        result = _time.timestamp(text, zone)
    except ValueError:
        return
    assert is_instant(result.at)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, " " * 100_000 + "x", "2021-03-22T19:22:00." + "9" * 100_000]
)
def test_long_texts_take_no_time(text: str) -> None:
    """Reading takes time in proportion to the text, however it is made."""
    started = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        _time.timestamp(text)

    assert time.process_time() - started < 0.05


# --- arithmetic ---------------------------------------------------------------------


@given(instants, instants)
def test_lengths_are_differences(start: DateTime, end: DateTime) -> None:
    """A length is exact, has a sign, and is a Duration and never an Interval."""
    difference = dt.datetime.fromisoformat(str(end)) - dt.datetime.fromisoformat(
        str(start)
    )
    length = _time.length(start, end)

    assert difference == length
    assert difference == _time.elapsed(start, end)
    assert type(length) is Duration
    assert type(_time.elapsed(start, end)) is dt.timedelta
    assert -difference == _time.length(end, start)


@given(st.timedeltas())
def test_spans_are_exact(delta: dt.timedelta) -> None:
    """A span equals the timedelta it was made of, at any size and sign."""
    span = _time.span(delta)

    assert delta == span
    assert hash(delta) == hash(span)
    assert span == _time.span(span)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_span_is_made_of_seconds_and_microseconds(sign: int) -> None:
    """A span has neither months nor years, whose length would be a guess."""
    delta = sign * dt.timedelta(days=800, seconds=1, microseconds=500_000)
    span = _time.span(delta)

    assert delta == span
    assert (span.years, span.months) == (0, 0)


def test_a_length_across_a_change_of_clocks_counts_hours() -> None:
    """The night in which the clocks go forward has 23 hours."""
    start = dt.datetime(2021, 3, 27, 12, tzinfo=PARIS)
    end = dt.datetime(2021, 3, 28, 12, tzinfo=PARIS)

    assert dt.timedelta(hours=23) == _time.length(start, end)


# --- writing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (at(2021, 3, 22, 19, 22), None, "2021-03-22T19:22:00.000Z"),
        (at(2021, 3, 22, 19, 22), UTC, "2021-03-22T19:22:00.000Z"),
        (at(2021, 3, 22, 19, 22), dt.UTC, "2021-03-22T19:22:00.000Z"),
        (at(2021, 3, 22, 19, 22), PARIS, "2021-03-22T20:22:00.000+01:00"),
        (at(2021, 7, 22, 19, 22), PARIS, "2021-07-22T21:22:00.000+02:00"),
        (at(2021, 3, 22, 19, 22), ST_JOHNS, "2021-03-22T16:52:00.000-02:30"),
        (
            at(2021, 1, 22),
            zoneinfo.ZoneInfo("Europe/London"),
            "2021-01-22T00:00:00.000+00:00",
        ),
        (at(2021, 3, 22, 19, 22, 0, 120_000), None, "2021-03-22T19:22:00.120Z"),
        (at(2021, 3, 22, 19, 22, 0, 120_001), None, "2021-03-22T19:22:00.120001Z"),
        (at(2021, 3, 22, 19, 22, 0, 1), PARIS, "2021-03-22T20:22:00.000001+01:00"),
        (at(1800, 1, 1), PARIS, "1800-01-01T00:00:00.000Z"),
        (at(1, 1, 1), MINUS_12, "0001-01-01T00:00:00.000Z"),
        (at(9999, 12, 31, 23), PLUS_14, "9999-12-31T23:00:00.000Z"),
        (at(2021, 3, 22), VAGUE, "2021-03-22T00:00:00.000Z"),
        (
            dt.datetime(2021, 3, 22, 20, 22, tzinfo=PARIS),
            None,
            "2021-03-22T19:22:00.000Z",
        ),
    ],
)
def test_instants_are_written(
    moment: dt.datetime, zone: dt.tzinfo | None, expected: str
) -> None:
    """Milliseconds always, microseconds where needed, and the zone's own offset."""
    assert expected == _time.write(moment, zone)


@given(instants, st.none() | zones | offsets)
def test_what_is_written_is_read_again(
    moment: DateTime, zone: dt.tzinfo | None
) -> None:
    """Written in any zone, an instant comes back."""
    assert moment == _time.rfc3339(_time.write(moment, zone))
    assert moment == _time.rfc3339(_time.text(moment))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2021, 3, 22, 19, 22), "2021-03-22T19:22:00Z"),
        (at(2021, 3, 22, 19, 22, 0, 120_000), "2021-03-22T19:22:00.120Z"),
        (at(2021, 3, 22, 19, 22, 0, 1), "2021-03-22T19:22:00.000001Z"),
        (at(1, 1, 1), "0001-01-01T00:00:00Z"),
    ],
)
def test_the_short_form_has_a_fraction_only_where_there_is_one(
    moment: DateTime, expected: str
) -> None:
    """Our own form says no more than there is."""
    assert expected == _time.text(moment)


@pytest.mark.parametrize("writer", [_time.write, _time.text])
def test_naive_datetimes_are_not_written(
    writer: Callable[[dt.datetime], str],
) -> None:
    """Nothing without a zone is written as if it were in UTC."""
    with pytest.raises(ValueError, match=r"no time zone"):
        writer(dt.datetime(2021, 3, 22))  # noqa: DTZ001


# --- zones --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("UTC", "Etc/UTC", "Z", "GMT", "Etc/GMT", "Etc/GMT0", "Etc/GMT-0", "Zulu"),
        *("Etc/UCT", "Universal", "Etc/Greenwich", "GMT+0"),
    ],
)
def test_zones_that_are_always_utc_are_utc(name: str) -> None:
    """Every name of UTC is the one object."""
    assert _time.zone(name) is UTC


@pytest.mark.parametrize(
    "name",
    [
        *("Europe/Paris", "America/St_Johns", "America/Argentina/Buenos_Aires"),
        *("America/Port-au-Prince", "Etc/GMT+8", "EST5EDT"),
    ],
)
def test_zones_are_found_by_name(name: str) -> None:
    """An IANA name gives its zone."""
    assert zoneinfo.ZoneInfo(name) == _time.zone(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", "Nowhere", "Europe", "America/Nowhere", "PST", "+08:00"),
        *("localtime", "posixrules", "posix/Europe/Paris", "right/Europe/Paris"),
        *(
            "leapseconds",
            "Factory",
            "Europe/Paris\n",
            "Europe/Paris\0",
            "Europe//Paris",
        ),
    ],
)
def test_other_names_are_no_zones(name: str) -> None:
    """What is no IANA zone is None: folders, the machine's own zone, leap seconds."""
    assert _time.zone(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../../etc/passwd",
            "/etc/passwd",
            "Europe/../../passwd",
            "A" * 300,
            "a/" * 9,
        ),
        *("Europe\\Paris", ".", "Europe/.Paris", "\u00c9urope/Paris", "C:/zone"),
    ],
)
def test_no_path_is_looked_up(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that could not be a zone's is refused without looking for it."""

    def look(key: str) -> dt.tzinfo:
        pytest.fail(f"looked up {key!r}")

    monkeypatch.setattr(zoneinfo, "ZoneInfo", look)

    assert _time.zone(name) is None


@given(st.text(max_size=40) | st.text(alphabet="AEUPaeu/._-+", max_size=80))
def test_any_name_is_a_zone_or_none(name: str) -> None:
    """No name raises."""
    zone = _time.zone(name)

    assert zone is None or isinstance(zone, dt.tzinfo)


# --- the environment ----------------------------------------------------------------


@pytest.fixture(params=["Asia/Kolkata", "America/St_Johns", "Bad/Zone", "XYZ-3ABC"])
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

    assert expected == _time.rfc3339("2021-03-22T19:22:00Z")
    assert expected == _time.timestamp("2021-03-22T20:22:00", PARIS).at
    assert _time.write(expected) == "2021-03-22T19:22:00.000Z"
    assert _time.write(expected, PARIS) == "2021-03-22T20:22:00.000+01:00"
    with pytest.raises(ValueError, match=r"tz="):
        _time.timestamp("2021-03-22T19:22:00")
    assert abs(_time.now().timestamp() - time.time()) < 60


def test_text_without_a_zone_is_told_so() -> None:
    """A refusal of naive text teaches the remedy; other text is no time."""
    with pytest.raises(ValueError, match="does not say its time zone"):
        _time.instant("2021-03-22T19:22:00")
    with pytest.raises(ValueError, match="not an RFC 3339"):
        _time.instant("yesterday")
