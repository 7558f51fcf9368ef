"""Figures over many incidents: what they are, and of how many they are figures."""

from __future__ import annotations

import datetime as dt
import pickle
import statistics
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    ComponentRef,
    ComponentState,
    Detection,
    Event,
    Incident,
    IncidentStatus,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit._time import UTC, elapsed, instant, zone
from incidentkit.statistics import Anchor, By, Tally, TimeBetween, tally, time_between
from incidentkit.statistics._calendar import MONTH, WEEKDAY, WEEKDAYS, Calendar, Unit
from incidentkit.statistics._quantile import HALF, bootstrap, mean, quantile

NOON = instant("2024-05-01T12:00:00Z")
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)

#: Skewed, as lengths of incidents are; in minutes.
SKEWED = (
    *(7, 9, 12, 15, 18, 22, 25, 31, 33, 38, 41, 44, 52),
    *(58, 61, 70, 77, 85, 96, 110, 131, 160, 204, 305, 733),
)


def after(minutes: float) -> dt.datetime:
    """So long after noon."""
    return NOON + minutes * MINUTE


def took(minutes: float, **more: Any) -> Incident:
    """An incident that began at noon and took so long."""
    return Incident.open("API down", at=NOON, **more).resolve(at=after(minutes))


def ticks(length: dt.timedelta) -> int:
    """A length in microseconds."""
    return dt.timedelta.__floordiv__(length, dt.timedelta(microseconds=1))


def minutes(length: dt.timedelta | None) -> float | None:
    """A length in minutes."""
    return None if length is None else length.total_seconds() / 60


def counts(figure: TimeBetween) -> tuple[int, int, int, int, int]:
    """What the number given is made of."""
    return (
        figure.n,
        figure.start_unknown,
        figure.open,
        figure.missing,
        figure.out_of_order,
    )


STILL_OPEN = Incident.open("Open", at=NOON)
IMPORTED = Incident("Imported", updates=[Update("resolved", at=NOON)])
REOPENED_IMPORT = Incident(
    "Imported and reopened",
    updates=[Update("resolved", at=NOON), Update("investigating", at=after(9))],
)
NEVER_ENDED = Incident(
    "Over, and nobody said when",
    updates=[Update("investigating", at=NOON)],
    stated_status="resolved",
)
BACKWARDS = Incident(
    "Ended before it began",
    updates=[Update("investigating", at=NOON), Update("resolved", at=after(60))],
    stated_end=after(-60),
)
TIMELESS = Incident("Nothing is known")


# --- quantiles and the bootstrap ------------------------------------------------------


@given(st.lists(st.integers(0, 10**6), min_size=2), st.integers(2, 20))
def test_quantiles_are_those_of_the_standard_library(
    values: list[int], parts: int
) -> None:
    """They are `statistics.quantiles` with the inclusive method, to the microsecond."""
    ordered = sorted(values)
    cuts = statistics.quantiles(values, n=parts, method="inclusive")
    for place, cut in enumerate(cuts, 1):
        assert quantile(ordered, Fraction(place, parts)) == pytest.approx(cut, abs=0.51)
    exact = statistics.median([Fraction(value) for value in values])
    assert quantile(ordered, HALF) == round(exact)
    assert quantile(ordered, Fraction(0)) == ordered[0]
    assert quantile(ordered, Fraction(1)) == ordered[-1]
    assert mean(values) == round(Fraction(sum(values), len(values)))


# `bootstrap((SKEWED,), numpy.median, method="percentile", n_resamples=99_999,
#  confidence_level=…, rng=numpy.random.default_rng(0))` of scipy.stats 1.17.1; the same
# with `lambda a, axis: numpy.percentile(a, 90, axis=axis)`, and with `numpy.mean`.
SCIPY_MEDIAN = {0.8: (38, 70), 0.9: (33, 77), 0.95: (31, 85), 0.99: (25, 96)}
SCIPY_P90 = {0.8: (112.6, 305), 0.9: (104.4, 561.8)}
SCIPY_MEAN = {0.8: (62.4, 137), 0.9: (56.28, 150.96), 0.95: (51.8, 163.68)}


@pytest.mark.parametrize("confidence", SCIPY_MEDIAN)
def test_the_interval_of_the_median_is_scipys(confidence: float) -> None:
    """Both draw at random, and both come to the same two incidents."""
    interval = time_between(
        map(took, SKEWED), "began", "ended", confidence=confidence
    ).interval
    assert interval is not None
    assert interval.of == "median"
    assert interval.confidence == confidence
    assert (minutes(interval.low), minutes(interval.high)) == SCIPY_MEDIAN[confidence]


@pytest.mark.parametrize("confidence", SCIPY_P90)
def test_the_interval_of_the_ninetieth_percentile_is_scipys(confidence: float) -> None:
    """Interpolated between the same neighbours."""
    interval = time_between(
        map(took, SKEWED), "began", "ended", of="p90", confidence=confidence
    ).interval
    assert interval is not None
    low, high = SCIPY_P90[confidence]
    assert minutes(interval.low) == pytest.approx(low)
    assert minutes(interval.high) == pytest.approx(high)


@pytest.mark.parametrize("confidence", SCIPY_MEAN)
def test_the_interval_of_the_mean_is_near_scipys(confidence: float) -> None:
    """A mean may come out anywhere, so two ways of drawing differ a little."""
    interval = time_between(
        map(took, SKEWED), "began", "ended", of="mean", confidence=confidence
    ).interval
    assert interval is not None
    low, high = SCIPY_MEAN[confidence]
    assert minutes(interval.low) == pytest.approx(low, rel=0.03)
    assert minutes(interval.high) == pytest.approx(high, rel=0.03)


def test_the_interval_is_scipys_where_scipy_is() -> None:
    """The constants above are what scipy gives, asked again."""
    numpy: Any = pytest.importorskip("numpy")
    scipy: Any = pytest.importorskip("scipy.stats")
    for confidence, (low, high) in SCIPY_MEDIAN.items():
        found = scipy.bootstrap(
            (SKEWED,),
            numpy.median,
            method="percentile",
            n_resamples=99_999,
            batch=1_000,
            confidence_level=confidence,
            rng=numpy.random.default_rng(0),
        ).confidence_interval
        assert (found.low, found.high) == (low, high)


def test_the_same_seed_gives_the_same_interval_everywhere() -> None:
    """Pinned: no machine, process or release of Python may come to another."""
    values = [minutes * 60_000_000 for minutes in SKEWED]
    drawn = [
        bootstrap(values, mean, confidence=Fraction(19, 20), resamples=200, seed=seed)
        for seed in (0, 1, 0)
    ]
    assert drawn[0] == drawn[2] == (3_324_540_000, 9_582_960_000)
    assert drawn[1] != drawn[0]


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=9), st.integers(0, 9))
def test_an_interval_lies_within_what_was_measured(
    values: list[int], seed: int
) -> None:
    """It is ordered, and a bolder one lies within a surer one."""
    sure, bold = (
        bootstrap(values, mean, confidence=share, resamples=50, seed=seed)
        for share in (Fraction(9, 10), Fraction(1, 2))
    )
    assert min(values) <= sure[0] <= bold[0] <= bold[1] <= sure[1] <= max(values)


# --- time between anchors -------------------------------------------------------------

events = st.one_of(strategies.incidents(), strategies.maintenances())
anchors = st.sampled_from(Anchor)


@given(st.lists(events, max_size=6), anchors, anchors, st.none() | strategies.moments())
def test_every_incident_is_counted_once(
    incidents: list[Event], start: Anchor, end: Anchor, now: dt.datetime | None
) -> None:
    """Whatever they are, the counts add up to the number given, and figures to n."""
    figure = time_between(incidents, start, end, now=now, resamples=10)
    assert sum(counts(figure)) == figure.given == len(incidents)
    assert (figure.median is None) == (figure.mean is None) == (figure.n == 0)
    assert (figure.interval is None) == (figure.n < 2)
    assert len(figure.so_far) <= figure.open
    assert all(length >= dt.timedelta() for length in figure.lengths + figure.so_far)
    assert f"n = {figure.n} of {figure.given}" in str(figure)
    assert pickle.loads(pickle.dumps(figure)) == figure


@given(strategies.incidents())
def test_from_beginning_to_end_is_the_duration(incident: Incident) -> None:
    """One that ended before it began has a duration of zero, and is in no figure."""
    figure = time_between([incident], "began", "ended")
    ended, began = incident.ended_at, incident.began_at
    if figure.n:
        assert figure.lengths == (incident.duration,)
    elif figure.out_of_order:
        assert ended is not None
        assert began is not None
        assert ended < began
    else:
        assert incident.duration is None


@given(strategies.incidents(), st.sampled_from(["identified", "monitoring"]))
def test_to_a_status_is_the_time_to_it(incident: Incident, word: str) -> None:
    """A figure of many is made of the facts of each."""
    figure = time_between([incident], "began", word)
    if figure.n:
        assert figure.lengths == (incident.time_to(word),)
    elif figure.start_unknown or figure.missing or figure.open:
        assert incident.time_to(word) is None


@given(st.lists(events, max_size=4), anchors)
def test_from_an_anchor_to_itself_is_no_time(
    incidents: list[Event], anchor: Anchor
) -> None:
    """What has come to it has come to it at once."""
    figure = time_between(incidents, anchor, anchor, resamples=1)
    assert figure.total == dt.timedelta()
    assert figure.out_of_order == 0


@pytest.mark.parametrize(
    ("incident", "expected"),
    [
        (took(9), (1, 0, 0, 0, 0)),
        (took(0), (1, 0, 0, 0, 0)),
        (IMPORTED, (0, 1, 0, 0, 0)),
        (TIMELESS, (0, 1, 0, 0, 0)),
        # Open as well, and it will never be known when it began.
        (REOPENED_IMPORT, (0, 1, 0, 0, 0)),
        (STILL_OPEN, (0, 0, 1, 0, 0)),
        (NEVER_ENDED, (0, 0, 0, 1, 0)),
        (BACKWARDS, (0, 0, 0, 0, 1)),
    ],
)
def test_what_cannot_be_measured_is_counted(
    incident: Incident, expected: tuple[int, ...]
) -> None:
    """Each under one reason."""
    assert counts(time_between([incident], "began", "ended")) == expected


@pytest.mark.parametrize(
    ("start", "end", "incident", "expected"),
    [
        # Who noticed is not said later on, so that is missing and not to be waited for.
        ("detected", "first_update", STILL_OPEN, (0, 0, 0, 1, 0)),
        ("detected", "ended", STILL_OPEN, (0, 0, 1, 0, 0)),
        ("detected", "ended", IMPORTED, (0, 0, 0, 1, 0)),
        ("began", "first_update", TIMELESS, (0, 1, 0, 0, 0)),
        ("first_update", "ended", TIMELESS, (0, 0, 1, 0, 0)),
        ("first_update", "identified", took(9), (0, 0, 0, 1, 0)),
        ("first_update", "identified", STILL_OPEN, (0, 0, 1, 0, 0)),
        ("ended", "began", took(9), (0, 0, 0, 0, 1)),
    ],
)
def test_the_first_reason_counts(
    start: str, end: str, incident: Incident, expected: tuple[int, ...]
) -> None:
    """Start unknown, then open, then missing, then out of order."""
    assert counts(time_between([incident], start, end)) == expected


def test_the_anchors_are_where_they_are_said_to_be() -> None:
    """Each from its own fact; the public was told when an update was posted."""
    incident = Incident.open(
        "API down",
        at=after(30),
        started_at=NOON,
        detection=Detection("monitor", at=after(5)),
    )
    incident = incident.post("identified", at=after(40))
    incident = incident.post("monitoring", at=after(50))
    incident = incident.post("identified", at=after(60))
    incident = incident.post("monitoring", at=after(70)).resolve(at=after(80))
    incident = incident.reopen(at=after(90)).resolve(at=after(100))
    passed = {
        anchor: minutes(time_between([incident], "began", anchor).median)
        for anchor in Anchor
    }
    assert passed == {
        Anchor.BEGAN: 0,
        Anchor.DETECTED: 5,
        Anchor.FIRST_UPDATE: 30,
        Anchor.IDENTIFIED: 40,
        Anchor.MONITORING: 50,
        Anchor.ENDED: 100,
    }


def test_what_was_dated_back_was_not_there_to_be_read() -> None:
    """The first update is when it was posted, not the time it is shown under."""
    incident = Incident(
        "Told late",
        updates=[Update("investigating", at=NOON, created_at=after(45))],
    )
    figure = time_between([incident], Anchor.BEGAN, Anchor.FIRST_UPDATE)
    assert minutes(figure.median) == 45


def test_what_came_after_now_has_not_happened() -> None:
    """What ended later is open, and has waited until now: in no figure, but told."""
    incidents = [took(10), took(50), STILL_OPEN, IMPORTED]
    figure = time_between(incidents, "began", "ended", now=after(30))
    assert counts(figure) == (1, 1, 2, 0, 0)
    assert [minutes(length) for length in figure.so_far] == [30, 30]
    assert minutes(figure.median) == 10
    before = time_between(incidents, "began", "ended", now=after(-30))
    assert counts(before) == (0, 1, 3, 0, 0)
    assert before.so_far == ()
    assert time_between(incidents, "began", "ended").so_far == ()


def test_a_detection_to_come_is_no_detection_yet() -> None:
    """Nothing is known at an instant that came later."""
    noticed = took(50, detection=Detection("monitor", at=after(40)))
    figure = time_between([noticed], "detected", "first_update", now=after(30))
    assert counts(figure) == (0, 0, 0, 1, 0)


def test_figures_are_what_they_are_called() -> None:
    """Of the same skewed lengths, three figures that are far apart."""
    figure = time_between(map(took, SKEWED), "began", "ended")
    assert minutes(figure.median) == 52
    assert minutes(figure.p90) == pytest.approx(186.4)
    assert minutes(figure.mean) == pytest.approx(97.48)
    assert minutes(figure.total) == sum(SKEWED)
    assert [minutes(length) for length in figure.lengths] == list(SKEWED)


@pytest.mark.parametrize(
    ("incidents", "expected"),
    [
        ([], "began to ended: nothing to measure; n = 0 of 0"),
        (
            [STILL_OPEN],
            "began to ended: nothing to measure; n = 0 of 1 (1 open)",
        ),
        (
            [took(90)],
            "began to ended: median 1h 30m, p90 1h 30m, mean 1h 30m; n = 1 of 1",
        ),
        (
            [took(20), took(60), IMPORTED, STILL_OPEN, NEVER_ENDED, BACKWARDS],
            (
                "began to ended: median 40m (95% interval 20m to 1h), p90 56m, "
                "mean 40m; n = 2 of 6 "
                "(1 start unknown, 1 open, 1 missing, 1 out of order)"
            ),
        ),
    ],
    ids=["none", "nothing measured", "one", "all kinds"],
)
def test_no_figure_comes_without_its_n(
    incidents: list[Incident], expected: str
) -> None:
    """Nor without what was left out, and why."""
    figure = time_between(incidents, "began", "ended")
    assert str(figure) == expected
    assert repr(figure) == f"<TimeBetween {expected}>"


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "resolved"},
        {"end": "mttr"},
        {"of": "mode"},
        {"confidence": 1.0},
        {"confidence": 0.0},
        {"confidence": float("nan")},
        {"resamples": 0},
        {"now": "2024-05-01T12:00:00"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    """By name, with what would do."""
    asked: dict[str, Any] = {"start": "began", "end": "ended", **wrong}
    with pytest.raises(ValueError, match=r"."):
        time_between([took(1), took(2)], **asked)


# --- counts and hours -----------------------------------------------------------------


def rows(counted: Tally) -> list[tuple[str | None, int, float | None, int]]:
    """The rows in short, hours in minutes."""
    return [
        (row.group, row.incidents, minutes(row.time), row.unmeasured)
        for row in counted.rows
    ]


def span_of(event: Event, now: dt.datetime | None) -> dt.timedelta:
    """How long an incident took by `now`; nothing if nobody can know."""
    began, ended = event.began_at, event.ended_at
    if began is None or not event.start_known:
        return dt.timedelta()
    until = instant(now) if ended is None and event.is_open and now else ended
    if until is None or until < began:
        return dt.timedelta()
    if now is not None:
        began, until = min(began, instant(now)), min(until, instant(now))
    return elapsed(began, until)


@given(
    st.lists(events, max_size=5),
    st.sampled_from([By.MONTH, By.WEEKDAY, By.IMPACT]),
    st.none() | strategies.near(),
    st.sampled_from(["UTC", "America/New_York", "Pacific/Apia"]),
)
def test_no_incident_and_no_hour_is_lost(
    incidents: list[Event], by: By, now: dt.datetime | None, name: str
) -> None:
    """Rows add up to the number given, and to all the time there is."""
    counted = tally(incidents, by, now=now, zone=name)
    assert sum(row.incidents for row in counted.rows) == len(incidents)
    # In whole microseconds: sums of pendulum's durations go through floats.
    assert sum(ticks(row.time) for row in counted.rows) == sum(
        ticks(span_of(event, now)) for event in incidents
    )
    assert all(0 <= row.unmeasured <= row.incidents for row in counted.rows)
    assert pickle.loads(pickle.dumps(counted)) == counted
    assert len(str(counted).splitlines()) == len(counted.rows) + 1


@given(st.lists(events, max_size=5), st.none() | strategies.near())
def test_by_component_no_incident_is_dropped(
    incidents: list[Event], now: dt.datetime | None
) -> None:
    """What names nothing as broken has a row of its own."""
    counted = tally(incidents, By.COMPONENT, now=now)
    broken = [
        {
            row.component.key
            for update in event.updates
            for row in update.states
            if row.status is not None and row.status.value != "operational"
        }
        for event in incidents
    ]
    met = {row.group: row.incidents for row in counted.rows}
    assert met.get(None, 0) == sum(not keys for keys in broken)
    for key in set().union(*broken):
        assert met[key] == sum(key in keys for keys in broken)
    assert all(row.time >= dt.timedelta() for row in counted.rows)


def test_hours_are_split_at_the_end_of_a_month() -> None:
    """The incident is counted once, where it began."""
    late = Incident.open("API down", at="2024-05-31T22:00:00Z")
    late = late.resolve(at="2024-07-01T01:30:00Z")
    assert rows(tally([late], "month")) == [
        ("2024-05", 1, 120, 0),
        ("2024-06", 0, 30 * 24 * 60, 0),
        ("2024-07", 0, 90, 0),
    ]
    assert rows(tally([late], "month", zone="Asia/Tokyo")) == [
        ("2024-06", 1, 30 * 24 * 60 - 7 * 60, 0),
        ("2024-07", 0, 10.5 * 60, 0),
    ]


def test_a_day_is_as_long_as_its_clocks_make_it() -> None:
    """23 hours in spring, 25 in autumn, in the page's zone."""
    spring = Incident.open("x", at="2024-03-09T12:00:00-05:00")
    spring = spring.resolve(at="2024-03-11T12:00:00-04:00")
    assert rows(tally([spring], By.WEEKDAY, zone="America/New_York")) == [
        ("Monday", 0, 12 * 60, 0),
        ("Saturday", 1, 12 * 60, 0),
        ("Sunday", 0, 23 * 60, 0),
    ]
    autumn = Incident.open("x", at="2024-11-02T12:00:00-04:00")
    autumn = autumn.resolve(at="2024-11-04T12:00:00-05:00")
    found = rows(tally([autumn], By.WEEKDAY, zone=zone("America/New_York") or UTC))
    assert found[-1] == ("Sunday", 0, 25 * 60, 0)


def test_incidents_at_once_both_count() -> None:
    """Hours are those of incidents, not those in which there was one."""
    assert rows(tally([took(60), took(60), took(30)], "weekday")) == [
        ("Wednesday", 3, 150, 0)
    ]


def test_by_impact() -> None:
    """From least to most, and what states none is no zero."""
    incidents = [took(10, impact="major"), took(5, impact="none"), took(7), STILL_OPEN]
    assert rows(tally(incidents, "impact")) == [
        ("none", 1, 5, 0),
        ("major", 1, 10, 0),
        (None, 2, 7, 1),
    ]
    assert rows(tally(incidents, "impact", now=after(3)))[-1] == (None, 2, 6, 0)


def test_by_component() -> None:
    """The hours are those in which the component was broken, by its own rows."""
    both = Incident.open(
        "Both",
        at=NOON,
        affects={"API": "major_outage", "Web": "partial_outage"},
    )
    both = both.post("monitoring", at=after(20), affects={"API": "operational"})
    going_on = Incident.open("API again", at=NOON, affects={"API": "major_outage"})
    named = took(10, impact="minor", affects={"Web": "operational"})
    unknown = Incident(
        "Imported",
        updates=[Update("resolved", at=NOON, states={"Web": "major_outage"})],
    )
    incidents = [both.resolve(at=after(60)), going_on, named, unknown, STILL_OPEN]
    assert rows(tally(incidents, By.COMPONENT)) == [
        ("API", 2, 20, 1),
        ("Web", 2, 60, 1),
        (None, 2, 10, 1),
    ]
    assert rows(tally(incidents, By.COMPONENT, now=after(30))) == [
        ("API", 2, 50, 0),
        ("Web", 2, 30, 1),
        (None, 2, 40, 0),
    ]
    assert rows(tally(incidents, By.COMPONENT, now=after(-30)))[0] == ("API", 2, 0, 0)


def test_a_component_is_shown_by_its_name_and_told_by_its_id() -> None:
    """Two of one name are two rows; what a terminal would obey is shown."""
    state = {"id": "1"}
    incident = Incident(
        "x",
        updates=[
            Update(
                "investigating",
                at=NOON,
                states=[
                    ComponentState(ComponentRef("A\x1b[2J", id=id_), "major_outage")
                    for id_ in ("2", *state.values())
                ],
            ),
            Update("resolved", at=after(30)),
        ],
    )
    counted = tally([incident], By.COMPONENT)
    assert [(row.group, row.label) for row in counted.rows] == [
        ("1", "A\x1b[2J"),
        ("2", "A\x1b[2J"),
    ]
    assert str(counted) == (
        "incidents  unmeasured  time  component\n"
        "        1           0   30m  A\\x1b[2J\n"
        "        1           0   30m  A\\x1b[2J"
    )


def test_what_tells_no_time_is_counted() -> None:
    """In the row of None, at the end."""
    assert rows(tally([TIMELESS, took(0)], By.MONTH)) == [
        ("2024-05", 1, 0, 0),
        (None, 1, 0, 1),
    ]
    assert str(tally([TIMELESS], "month")).endswith("1           1     0  no time told")
    assert rows(tally([], By.MONTH)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "severity"},
        {"by": "month", "zone": "Mars/Olympus"},
        {"by": "month", "now": "2024-05-01T12:00:00"},
    ],
    ids=str,
)
def test_what_cannot_be_counted_by_is_refused(wrong: dict[str, Any]) -> None:
    """A wrong word says which are right."""
    with pytest.raises(ValueError, match=r"."):
        tally([took(1)], **wrong)


# --- the calendar ---------------------------------------------------------------------

ZONES = ("UTC", "America/New_York", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata")
units = st.sampled_from([MONTH, WEEKDAY])
zones = st.sampled_from(ZONES).map(zone)


@given(strategies.recent(), st.integers(0, 10**9), st.integers(0, 10**9), units, zones)
def test_cutting_a_stretch_in_two_changes_nothing(
    start: dt.datetime, first: int, second: int, unit: Unit, there: dt.tzinfo
) -> None:
    """Whole weeks are taken at once, and come out as day by day."""
    calendar = Calendar(unit, there)
    begin = instant(start)
    middle = instant(start + dt.timedelta(seconds=first))
    end = instant(start + dt.timedelta(seconds=first + second))
    assert calendar.shares([(begin, end)]) == calendar.shares(
        [(begin, middle), (middle, end)]
    )


@given(strategies.any_time(), units, zones)
def test_time_goes_where_its_instant_lies(
    at: dt.datetime, unit: Unit, there: dt.tzinfo
) -> None:
    """At any time there is, the very ends of the calendar included."""
    begin = min(at, strategies.DOOMSDAY - dt.timedelta(microseconds=1))
    calendar = Calendar(unit, there)
    tick = dt.timedelta(microseconds=1)
    moment = instant(begin)
    assert calendar.shares([(moment, instant(begin + tick))]) == {
        calendar.name(moment): tick
    }


@pytest.mark.parametrize("name", ZONES)
def test_weeks_are_the_sum_of_their_days(name: str) -> None:
    """Two years, whole weeks at once, and the same in steps of five hours."""
    there = zone(name)
    assert there is not None
    calendar = Calendar(WEEKDAY, there)
    start, step = instant("2010-01-01T00:00:00Z"), dt.timedelta(hours=5)
    times = [instant(start + place * step) for place in range(365 * 24 * 2 // 5)]
    steps = list(pairwise(times))
    walked: dict[str, dt.timedelta] = {}
    for one in steps:
        for day, length in calendar.shares([one]).items():
            walked[day] = walked.get(day, dt.timedelta()) + length
    assert calendar.shares([(times[0], times[-1])]) == walked


def test_a_midnight_shown_twice_begins_one_day() -> None:
    """Newfoundland put its clocks back at a minute past midnight, until 2011."""
    there = zone("America/St_Johns")
    assert there is not None
    calendar = Calendar(WEEKDAY, there)
    # Sunday 2010-11-07 began at 02:30 UTC; a minute later it was Saturday once more.
    assert calendar.name(instant("2010-11-07T02:29:00Z")) == "Saturday"
    assert calendar.name(instant("2010-11-07T02:30:00Z")) == "Sunday"
    assert calendar.name(instant("2010-11-07T02:45:00Z")) == "Sunday"


def test_a_day_that_was_skipped_takes_no_time() -> None:
    """Samoa went from Thursday to Saturday at the end of 2011."""
    there = zone("Pacific/Apia")
    assert there is not None
    found = Calendar(WEEKDAY, there).shares(
        [(instant("2011-12-29T10:00:00Z"), instant("2012-01-01T10:00:00Z"))]
    )
    assert {day: length // HOUR for day, length in found.items()} == {
        "Thursday": 24,
        "Saturday": 24,
        "Sunday": 24,
    }
    assert set(WEEKDAYS) > set(found)


def test_a_thousand_years_take_no_age() -> None:
    """A page may claim anything; the same claim twenty times costs no more."""
    endless = Incident(
        "Since ever",
        stated_status=IncidentStatus.RESOLVED,
        stated_start="1500-01-01T00:00:00Z",
        stated_end="2500-01-01T00:00:00Z",
    )
    counted = tally([endless] * 20, "weekday", zone="America/New_York")
    assert sum(row.incidents for row in counted.rows) == 20
    assert len(counted.rows) == 7


def test_maintenances_count_as_well() -> None:
    """From their plan, or from when they were in progress."""
    planned = Maintenance.schedule("Upgrade", at=NOON, scheduled_for=after(60))
    done = planned.start(at=after(65)).complete(at=after(95))
    assert minutes(time_between([done], "began", "ended").median) == 30
    assert rows(tally([done, planned], "impact")) == [("maintenance", 2, 30, 1)]


def test_a_page_stands_for_its_incidents() -> None:
    """Whoever has a page need not take it apart."""
    incident = took(30)
    page = StatusPage(incidents=[incident])
    both = [time_between(told, "began", "ended") for told in (page, [incident])]
    assert both[0] == both[1]
    assert tally(page, "month") == tally([incident], "month")
