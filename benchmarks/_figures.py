"""
Uptime, changes, checks and calls: against the obvious way, where there is one.

The corpus is a year of incidents on one component, two levels each, many at once.
"""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import portion
from _compare import compared
from _rows import Row, faster, row

from incidentkit import ComponentStatus, Incident, StatusPage, Stretch
from incidentkit._stretch import merge, total
from incidentkit._time import utc
from incidentkit.changes import changes
from incidentkit.conformance import check
from incidentkit.publishing import statuspage
from incidentkit.uptime import ribbon, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentkit import Outage
    from incidentkit.uptime import Day

_START = datetime(2023, 1, 1, tzinfo=UTC)
_END = datetime(2024, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_WEIGHTS: dict[ComponentStatus | None, float] = {
    ComponentStatus.MAJOR_OUTAGE: 1.0,
    ComponentStatus.PARTIAL_OUTAGE: 0.3,
}
_LEVELS = ("partial_outage", "degraded_performance", "major_outage")


def year(incidents: int) -> StatusPage:
    """A page with so many incidents in a year, which it is known to tell all of."""
    chance = random.Random(7)  # noqa: S311 - a seed gives everybody the same corpus
    made: list[Incident] = []
    for number in range(incidents):
        at = _START + timedelta(seconds=chance.randrange(365 * 86_400))
        one = Incident.open(
            "API down",
            at=at,
            id=str(number),
            impact="major",
            affects={"API": chance.choice(_LEVELS)},
        )
        later = at + timedelta(seconds=chance.randrange(1, 3_000))
        one = one.post(
            "identified", at=later, affects={"API": chance.choice(_LEVELS[::2])}
        )
        end = later + timedelta(seconds=chance.randrange(9_000))
        made.append(one.resolve(at=end))
    page = StatusPage(
        "Acme", id="p1", components=["API"], incidents=made, time_zone="Etc/UTC"
    )
    return page.covering("2000-01-01T00:00:00Z", "2030-01-01T00:00:00Z")


def figures(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    """Every row of this subject."""
    yield from union(quick)
    yield from days(quick)
    yield from growth(quick)


# -- the union of outages --------------------------------------------------------------


def union(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    """The union of many stretches, and its length."""
    count = 10_000 if quick else 100_000
    stretches = _stretches(count)
    pieces = [(one.start, one.end) for one in stretches]
    assert _by_us(stretches) == _by_portion(pieces)
    times = compared(
        {
            "incidentkit": partial(_by_us, stretches),
            "portion": partial(_by_portion, pieces),
        },
        3 if quick else 7,
    )
    yield row(times, f"union of {count:,} outages", "portion", faster(3))
    twice = _stretches(2 * count)
    times = compared(
        {"incidentkit": partial(_by_us, twice), "half": partial(_by_us, stretches)},
        5 if quick else 9,
    )
    yield row(times, f"union of {2 * count:,} outages", "half", 2.3)


def _stretches(count: int) -> list[Stretch[None]]:
    chance = random.Random(1)  # noqa: S311 - as above
    made: list[Stretch[None]] = []
    for _ in range(count):
        start = _START + timedelta(seconds=chance.randrange(10 * 365 * 86_400))
        end = start + timedelta(seconds=chance.randrange(60, 7_200))
        made.append(Stretch(utc(start), utc(end), None))
    return made


def _by_us(stretches: list[Stretch[None]]) -> float:
    return total(merge(stretches)).total_seconds()


def _by_portion(pieces: list[tuple[Any, Any]]) -> float:
    whole = portion.Interval(*(portion.closedopen(*piece) for piece in pieces))
    return float(sum((one.upper - one.lower).total_seconds() for one in whole))


# -- a year of days --------------------------------------------------------------------


def days(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    """A year of days, each with its uptime."""
    page = year(500 if quick else 2_000)
    outages = list(page.outages(until=_END))
    evidence = told(page)
    ask = partial(ribbon, evidence, "API", start=_START, end=_END)
    ours = [float(day.fraction or 0) for day in ask()]
    for one, other in zip(ours, by_day(outages), strict=True):
        assert abs(one - other) < 1e-9
    times = compared(
        {"incidentkit": ask, "each by each day": partial(by_day, outages)},
        3 if quick else 7,
    )
    what = f"365 days, {len(page.incidents):,} incidents"
    yield row(times, what, "each by each day", faster(100))
    assert _whole(page)[0].start == ask()[0].start
    times = compared(
        {
            "incidentkit": partial(_whole, page),
            "each by each day": partial(by_day, outages),
        },
        3 if quick else 7,
    )
    yield row(times, f"{what}, from the page", "each by each day", None)


def _whole(page: StatusPage) -> tuple[Day, ...]:
    return tuple(ribbon(page, "API", start=_START, end=_END))


def by_day(outages: list[Outage]) -> list[float]:
    """The uptime of every day, every outage looked at on each."""
    made: list[float] = []
    start = utc(_START)
    while start < _END:
        end = utc(start + _DAY)
        met = [
            (max(one.start, start), min(one.end or end, end), one.status)
            for one in outages
            if one.start < end and (one.end is None or one.end > start)
        ]
        edges = sorted({edge for since, until, _ in met for edge in (since, until)})
        down = 0.0
        for since, until in itertools.pairwise(edges):
            worst = max(
                _WEIGHTS.get(level, 0)
                for first, last, level in [*met, (since, until, None)]
                if first <= since and until <= last
            )
            down += worst * (until - since).total_seconds()
        made.append(1 - down / 86_400)
        start = end
    return made


# -- what grows with the page ----------------------------------------------------------


def growth(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    """Twice the incidents are twice the work, and no more."""
    half = 500 if quick else 2_000
    small, large = year(half), year(2 * half)
    edited = [
        attrs.evolve(page, incidents=[_edited(one) for one in page.incidents])
        for page in (small, large)
    ]
    known = [
        attrs.evolve(page, components=[attrs.evolve(page.components[0], id="c1")])
        for page in (small, large)
    ]
    for what, ways in (
        (
            "changes",
            [
                partial(changes, *both)
                for both in zip((small, large), edited, strict=True)
            ],
        ),
        ("checks", [partial(check, page) for page in (small, large)]),
        (
            "calls",
            [
                partial(
                    statuspage,
                    None,
                    attrs.evolve(page, components=[]),
                    page=attrs.evolve(page, incidents=[]),
                )
                for page in known
            ],
        ),
    ):
        times = compared({"incidentkit": ways[1], "half": ways[0]}, 3 if quick else 5)
        yield row(times, f"{what} of {2 * half:,} incidents", "half", 2.3)


def _edited(incident: Incident) -> Incident:
    return incident.correct(
        incident.updates[0], body="We are looking into it.", edited_at=_END
    )
