"""Figures over the incidents of a real page."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import pytest

from incidentkit import Incident, read
from incidentkit.statistics import Tally, tally, time_between

DATA = Path(__file__).parents[2] / "shared" / "data"
GITHUB = DATA / "statuspage/github_history/incidents.json"
ARCHIVE = DATA / "statuspage/github_archive/incidents-archive.json"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


@pytest.fixture(scope="module", name="incidents")
def github() -> tuple[Incident, ...]:
    """1,282 incidents of one page, 2010 to 2023."""
    return read(GITHUB.read_bytes()).exact().incidents


@pytest.fixture(scope="module", name="archived")
def archive() -> tuple[Incident, ...]:
    """280 incidents of the same page, up to 2026."""
    rows = [row for row in json.loads(ARCHIVE.read_bytes()) if "page_id" in row]
    return read(json.dumps(rows)).exact().incidents


def test_how_long_they_took(incidents: tuple[Incident, ...]) -> None:
    """Of two thirds nobody knows; the mean is nearly twice the median."""
    figure = time_between(incidents, "began", "ended")
    assert (figure.n, figure.start_unknown, figure.given) == (443, 839, 1282)
    assert (figure.open, figure.missing, figure.out_of_order) == (0, 0, 0)
    minutes = [length.total_seconds() / 60 for length in figure.lengths]
    assert figure.median is not None
    assert round(figure.median.total_seconds() / 60, 1) == 64.2
    assert figure.median.total_seconds() / 60 == pytest.approx(
        statistics.median(minutes)
    )
    assert str(figure) == (
        "began to ended: median 1h 4m (95% interval 57m to 1h 13m), p90 4h 4m, "
        "mean 1h 51m; n = 443 of 1282 (839 start unknown)"
    )


def test_what_was_told_when_it_was_over_is_out_of_order(
    incidents: tuple[Incident, ...],
) -> None:
    """The public was first told of the imports after they had ended."""
    figure = time_between(incidents, "first_update", "ended")
    assert (figure.n, figure.out_of_order) == (443, 839)


def test_how_long_it_took_to_have_a_fix(archived: tuple[Incident, ...]) -> None:
    """Most never said that they were watching one."""
    figure = time_between(archived, "began", "monitoring")
    assert (figure.n, figure.start_unknown, figure.missing) == (74, 13, 193)
    assert figure.given == 280


def counts(counted: Tally) -> dict[str | None, tuple[int, int]]:
    """How many incidents each row has, and how many of them are unmeasured."""
    return {row.group: (row.incidents, row.unmeasured) for row in counted.rows}


def test_what_they_are_counted_by(incidents: tuple[Incident, ...]) -> None:
    """Every incident in its row, the unattributed in one of their own."""
    assert counts(tally(incidents, "impact")) == {
        "none": (33, 4),
        "minor": (1048, 692),
        "major": (199, 143),
        "critical": (2, 0),
    }
    by_component = counts(tally(incidents, "component"))
    assert by_component[None] == (1201, 839)
    assert len(by_component) == 13
    by_day = counts(tally(incidents, "weekday", zone="America/New_York"))
    assert [by_day[day][0] for day in ("Tuesday", "Saturday", "Sunday")] == [
        296,
        67,
        71,
    ]
    assert sum(count for count, _ in by_day.values()) == 1282
