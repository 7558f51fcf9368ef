"""Uptime, against the same rules applied to every quarter of an hour by itself."""

from __future__ import annotations

import datetime as dt
import sys
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Coverage,
    Incident,
    Maintenance,
    StatusPage,
    Stretch,
    Update,
)
from incidentkit._override import override
from incidentkit._time import elapsed, instant
from incidentkit.uptime import (
    ANY_INCIDENT,
    INCIDENT_IO,
    STATUSPAGE,
    STRICT,
    Counts,
    Figure,
    Measured,
    Policy,
    Reason,
    ribbon,
    told,
    uptime,
)
from incidentkit.uptime._axis import seconds
from slow_uptime import QUARTER, Added, Look, Slow, added, local_date, quarters

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

#: Zones, each with an hour shortly before its clocks do something odd.
ZONES = {
    None: "2024-05-01T12:00:00Z",
    "Mars/X": "2024-05-01T12:00:00Z",
    "Asia/Kathmandu": "2024-05-01T12:00:00Z",
    "Europe/Berlin": "2024-03-30T20:00:00Z",
    "America/New_York": "2024-11-02T20:00:00Z",
    "Australia/Lord_Howe": "2024-04-06T10:00:00Z",
    "America/Havana": "2024-03-09T20:00:00Z",
    "Atlantic/Azores": "2024-10-26T20:00:00Z",
    "Pacific/Apia": "2011-12-29T20:00:00Z",
}
LENGTH = 110
API, WEB, TWIN, GROUP = (
    ComponentRef("API", id="a1"),
    ComponentRef("Web"),
    ComponentRef("API", id="a2"),
    ComponentRef("Backend", id="g1"),
)
MENTIONS = (API, API, WEB, WEB, TWIN, GROUP, ComponentRef("API"), ComponentRef("Gone"))
weights = st.sampled_from(["0", "0.1", "0.3", "1"]).map(Fraction)
policies = st.one_of(
    st.sampled_from([STATUSPAGE, INCIDENT_IO, STRICT, ANY_INCIDENT]),
    st.builds(
        Policy,
        st.just("made up"),
        major=weights,
        partial=weights,
        degraded=weights,
        maintenance=weights,
        counts=st.sampled_from(["levels", "levels", "incidents"]),
        group=st.sampled_from(["mean", "all"]),
        page=st.sampled_from(["mean", "all"]),
        excludes_maintenance=st.booleans(),
        counts_outages_in_maintenance=st.booleans(),
        unattributed=st.sampled_from(["named", "any"]),
    ),
)


class World:
    """A page on which everything happens on quarters of an hour, and a window."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.zone = draw(st.sampled_from(list(ZONES)))
        self.origin = dt.datetime.fromisoformat(ZONES[self.zone])
        self.incidents = [self.incident(n) for n in range(draw(st.integers(0, 4)))]
        self.maintenances = [
            self.maintenance(n) for n in range(draw(st.integers(0, 2)))
        ]
        first, last = sorted(
            draw(st.lists(st.integers(0, LENGTH), min_size=2, max_size=2, unique=True))
        )
        self.start, self.end = self.at(first), self.at(last)
        keys = [one.key for one in (*self.incidents, *self.maintenances)]
        excluded = st.sets(st.sampled_from(keys), max_size=1) if keys else st.just(keys)
        self.exclude = dict.fromkeys(draw(excluded), "a reason")
        self.page = StatusPage(
            "Kalix",
            time_zone=self.zone,
            components=[
                self.component(API, "g1"),
                self.component(WEB, "g1"),
                self.component(TWIN),
                Component("Backend", id="g1", is_group=True),
            ],
            incidents=self.incidents,
            maintenances=self.maintenances,
            coverage=Coverage(
                incidents=self.stretches(),
                maintenances=self.stretches(),
                states=self.stretches() if draw(st.integers(0, 3)) == 3 else (),
            ),
        )

    @override
    def __repr__(self) -> str:
        window = f"{self.start} to {self.end} without {set(self.exclude)}"
        told = [attrs.asdict(one, recurse=False) for one in self.incidents]
        return f"{window} of {attrs.asdict(self.page, recurse=False)}, {told}"

    def at(self, quarter: int) -> dt.datetime:
        """The instant so many quarters after the origin."""
        return self.origin + quarter * QUARTER

    def some(self) -> dt.datetime:
        """An instant in or about the window."""
        return self.at(self.draw(st.integers(-8, LENGTH + 8)))

    def stretches(self) -> list[Stretch[None]]:
        """Usually all of the time there is, or else some of it."""
        if self.draw(st.integers(0, 2)):
            return [Stretch(self.at(-99), self.at(LENGTH + 99), None)]
        ends = self.draw(st.lists(st.integers(-8, LENGTH + 8), max_size=4))
        ends = sorted(ends[: len(ends) // 2 * 2])
        return [
            Stretch(self.at(start), self.at(end), None)
            for start, end in zip(ends[::2], ends[1::2], strict=True)
        ]

    def component(self, ref: ComponentRef, group: str | None = None) -> Component:
        """An entry, whose history may begin in the window."""
        start = None
        if self.draw(st.integers(0, 3)) == 3:
            day = self.origin.date() + dt.timedelta(days=self.draw(st.integers(0, 2)))
            start = dt.date(day.year, day.month, day.day)
        return Component(str(ref.name), id=ref.id, group=group, start_date=start)

    def updates(self, statuses: SearchStrategy[Any]) -> list[Update]:
        """A few updates, out of order now and then."""
        times = sorted(self.some() for _ in range(self.draw(st.integers(0, 4))))
        if self.draw(st.integers(0, 5)) == 5:
            times = self.draw(st.permutations(times))
        return [
            Update(
                self.draw(statuses),
                at=at,
                states=[
                    ComponentState(
                        self.draw(st.sampled_from(MENTIONS)),
                        self.draw(st.none() | strategies.levels),
                        before=self.draw(strategies.rarely(strategies.levels)),
                    )
                    for _ in range(self.draw(st.integers(0, 2)))
                ],
            )
            for at in times
        ]

    def rest(self) -> dict[str, Any]:
        """What incidents and maintenances share."""
        draw = self.draw
        return {
            "impact": draw(st.none() | strategies.impacts),
            "components": draw(st.lists(st.sampled_from(MENTIONS), max_size=1)),
            "created_at": None if draw(st.booleans()) else self.some(),
            "stated_start": None if draw(st.booleans()) else self.some(),
            "stated_end": None if draw(st.booleans()) else self.some(),
        }

    def incident(self, number: int) -> Incident:
        """An incident with any history."""
        statuses = st.none() | strategies.incident_statuses
        return Incident(
            "down", id=f"i{number}", updates=self.updates(statuses), **self.rest()
        )

    def maintenance(self, number: int) -> Maintenance:
        """A maintenance with any history."""
        statuses = st.none() | strategies.maintenance_statuses
        return Maintenance(
            "work",
            id=f"m{number}",
            updates=self.updates(statuses),
            scheduled_for=None if self.draw(st.booleans()) else self.some(),
            scheduled_until=None if self.draw(st.booleans()) else self.some(),
            **self.rest(),
        )


@st.composite
def worlds(draw: DrawFn) -> World:
    """Give a page and a window."""
    return World(draw)


def seen(measured: Measured) -> Added:
    """The numbers of a figure, as the slow way has them."""
    return Added(
        int(seconds(measured.known)),
        int(seconds(measured.unknown)),
        int(seconds(measured.excluded)),
        measured.fraction,
        measured.lower,
        measured.upper,
        {
            level: measured.seconds(level)
            for level in ComponentStatus
            if measured.seconds(level)
        },
        measured.worst,
    )


def looks(world: World, key: str | None, policy: Policy) -> list[Look]:
    """How what is asked for stands in every quarter, the slow way."""
    slow = Slow(world.page, policy, world.exclude)
    leaves = [one for one in world.page.components if not one.is_group]
    rule = policy.page if key is None else policy.group
    wanted: list[Component | None] = [*leaves]
    if key is None and policy.counts is Counts.INCIDENTS:
        wanted = [None]
    elif key is not None:
        wanted = [one for one in leaves if key in (one.key, one.group)]
    assert rule is not None
    return [
        slow.together([slow.look(one, at) for one in wanted], rule)
        for at in quarters(world.start, world.end)
    ]


def asked(world: World, key: str | None, policy: Policy, **how: Any) -> Figure:
    """The figure of a world's window."""
    window: dict[str, Any] = {"start": world.start, "end": world.end}
    window |= {"exclude": world.exclude, **how}
    return uptime(world.page, key, policy=policy, **window)


@given(worlds(), policies, st.sampled_from(["a1", "Web", "g1", "a2", None]))
def test_every_figure_is_the_one_of_looking_at_each_quarter(
    world: World, policy: Policy, key: str | None
) -> None:
    """Whatever the policy, the overlaps, the coverage and the zone."""
    if key is None and policy.page is None:
        policy = policy.but(page="mean")
    assert added(looks(world, key, policy)) == seen(asked(world, key, policy))


@given(worlds(), policies)
def test_a_ribbon_is_the_figure_of_each_day_of_the_calendar(
    world: World, policy: Policy
) -> None:
    """Whether it has 23 hours, 25, half an hour more, or does not exist."""
    days = ribbon(
        world.page,
        "Backend",
        start=world.start,
        end=world.end,
        policy=policy,
        exclude=world.exclude,
    )
    by_date: dict[dt.date, list[Look]] = {}
    for at, look in zip(
        quarters(world.start, world.end), looks(world, "g1", policy), strict=True
    ):
        by_date.setdefault(local_date(world.page, at), []).append(look)
    assert list(by_date) == [day.date for day in days]
    assert [added(held) for held in by_date.values()] == [seen(day) for day in days]
    edges = [world.start, *(day.end for day in days)]
    assert [*(day.start for day in days), world.end] == edges


@given(worlds(), policies, st.sampled_from(["a1", "Web", "a2"]))
def test_what_was_counted_is_the_downtime(
    world: World, policy: Policy, key: str
) -> None:
    """Of a single component, to the microsecond; and no stretch counts twice."""
    figure = asked(world, key, policy)
    explained = figure.explain()
    counted = explained.counted
    assert figure.downtime == sum(
        (seconds(one.length) * one.weight for one in counted), Fraction(0)
    )
    assert all(one.end - one.start == one.length for one in counted)
    assert all(before.end <= after.start for before, after in pairwise(counted))
    unknown = {Reason.UNCOVERED, Reason.BEFORE_START, Reason.STRANGE_LEVEL}
    assert seconds(figure.unknown) == sum(
        seconds(one.length)
        for one in explained.not_counted
        if one.incident is None and one.reason in unknown
    )


@given(worlds(), policies, st.sampled_from(["a1", "g1", None]))
def test_everything_in_the_window_is_accounted_for(
    world: World, policy: Policy, key: str | None
) -> None:
    """Every incident and maintenance is counted or not, and an explanation says so."""
    if key is None and policy.page is None:
        policy = policy.but(page="mean")
    figure = asked(world, key, policy)
    explained = figure.explain()
    listed = {one.incident for one in explained.counted}
    listed |= {one.incident for one in explained.not_counted}
    for event in (*world.incidents, *world.maintenances):
        if event.is_open and any(
            world.start <= update.at < world.end for update in event.updates
        ):
            assert event.key in listed
    assert set(figure.unattributed) <= listed
    assert str(explained).startswith(repr(figure)[1:-1])


@given(worlds(), policies.filter(lambda policy: policy.counts is Counts.LEVELS))
def test_all_of_an_outage_that_lies_in_the_window_is_counted_or_not(
    world: World, policy: Policy
) -> None:
    """Each piece of it once, whatever the reason."""
    explained = asked(world, "a1", policy).explain()
    listed: dict[object, Fraction] = {}
    for counted in explained.counted:
        key = (counted.incident, counted.status)
        listed[key] = listed.get(key, Fraction(0)) + seconds(counted.length)
    for left in explained.not_counted:
        if left.status is not None and left.reason is not Reason.CLIPPED:
            key = (left.incident, left.status)
            listed[key] = listed.get(key, Fraction(0)) + seconds(left.length)
    outages: dict[object, Fraction] = {}
    for outage in told(world.page).outages:
        start = max(outage.start, world.start)
        end = world.end if outage.end is None else min(outage.end, world.end)
        if outage.component.key in {"a1", "g1"} and start < end:
            key = (outage.incident, outage.status)
            lasted = Fraction(elapsed(start, end) // dt.timedelta(seconds=1))
            outages[key] = outages.get(key, Fraction(0)) + lasted
    assert outages == listed


@given(worlds(), policies)
def test_a_window_is_the_sum_of_its_parts(world: World, policy: Policy) -> None:
    """Cut it anywhere, and lengths and downtime add up."""
    middle = world.start + (world.end - world.start) / 2
    whole = asked(world, "a1", policy)
    parts = [
        asked(world, "a1", policy, end=middle),
        asked(world, "a1", policy, start=middle),
    ]
    assert whole.downtime == sum(part.downtime for part in parts)
    for name in ("known", "unknown", "excluded"):
        assert seconds(getattr(whole, name)) == sum(
            seconds(getattr(part, name)) for part in parts
        )


@given(
    worlds(), policies.filter(lambda policy: not policy.excludes_maintenance), st.data()
)
def test_more_is_never_better(
    world: World, policy: Policy, data: st.DataObject
) -> None:
    """An incident more raises neither bound."""
    if not world.incidents:
        return
    gone = data.draw(st.sampled_from(world.incidents))
    window: Any = {"start": world.start, "end": world.end, "policy": policy}
    fewer = attrs.evolve(
        world.page, incidents=[one for one in world.incidents if one is not gone]
    )
    before = bounds(uptime(fewer, "a2", **window))
    after = bounds(uptime(world.page, "a2", **window))
    assert after[0] <= before[0]
    assert after[1] <= before[1]


def bounds(measured: Measured) -> tuple[Fraction, Fraction]:
    """The bounds of what has some."""
    assert measured.lower is not None
    assert measured.upper is not None
    return measured.lower, measured.upper


@given(strategies.pages(), policies, st.data())
def test_any_page_can_be_asked(
    page: StatusPage, policy: Policy, data: st.DataObject
) -> None:
    """Whatever constructors take; and the figure lies between its bounds."""
    start, end = sorted(
        data.draw(
            st.lists(strategies.moments(), min_size=2, max_size=2, unique_by=instant)
        )
    )
    refs = told(page).roster.everything()
    key = data.draw(st.sampled_from([None, *refs]))
    if policy.page is None and key is None:
        policy = policy.but(page="mean")
    if key is None and not refs and policy.counts is Counts.LEVELS:
        return
    try:
        figure = uptime(page, key, start=start, end=end, policy=policy)
    except ValueError as error:
        assert "are called" in str(error)
        return
    if figure.fraction is not None:
        assert 0 <= bounds(figure)[0] <= figure.fraction <= bounds(figure)[1] <= 1
    assert str(figure.explain())
    if end - start < dt.timedelta(days=400):
        days = ribbon(page, key, start=start, end=end, policy=policy)
        assert figure.downtime == sum(day.downtime for day in days)


def calls(run: Callable[[], object]) -> int:
    """How many functions are called, those of the interpreter included."""
    counted = 0

    def count(frame: object, event: str, held: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return counted


def crowded(many: int) -> StatusPage:
    """A year in which so many incidents overlap each other, and a few more."""
    page = StatusPage("Kalix", components=["API"])
    noon = dt.datetime(2023, 1, 1, 12, tzinfo=dt.UTC)
    incidents = [
        Incident.open(
            "down",
            at=noon + n * dt.timedelta(days=300) / many,
            id=str(n),
            affects={"API": "major_outage" if n % 3 else "partial_outage"},
        ).resolve(at=noon + n * dt.timedelta(days=300) / many + dt.timedelta(days=9))
        for n in range(many)
    ]
    return attrs.evolve(page, incidents=incidents).covering(*YEAR.values())


YEAR: dict[str, Any] = {"start": "2023-01-01T00:00:00Z", "end": "2024-01-01T00:00:00Z"}
QUESTIONS: dict[str, Callable[[StatusPage], object]] = {
    "figure": lambda page: uptime(page, "API", **YEAR),
    "explanation": lambda page: str(uptime(page, "API", **YEAR).explain()),
    "ribbon": lambda page: ribbon(page, "API", **YEAR),
    "any": lambda page: uptime(page, None, policy=ANY_INCIDENT, **YEAR),
    "findings": lambda page: uptime(page, "API", policy=STRICT, **YEAR).findings,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_twice_the_incidents_are_twice_the_work(question: str) -> None:
    """And a bit, for the sort: though all of them overlap many others."""
    few, many = crowded(200), crowded(400)
    ask = QUESTIONS[question]
    assert calls(lambda: ask(many)) < 2.2 * calls(lambda: ask(few))
