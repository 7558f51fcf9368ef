"""
What must be true of uptime on documents that real pages served.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentStatus,
    Coverage,
    Incident,
    StatusPage,
    Update,
    read,
)
from incidentkit._time import instant
from incidentkit.uptime import (
    ANY_INCIDENT,
    INCIDENT_IO,
    STATUSPAGE,
    STRICT,
    Reason,
    observed,
    ribbon,
    table,
    told,
    uptime,
)
from incidentkit.uptime._axis import seconds

DATA = Path(__file__).parents[2] / "shared" / "data"
GITHUB = DATA / "statuspage/github_history/incidents.json"
WINDOW: Any = {"start": "2023-01-01T00:00:00Z", "end": "2023-10-01T00:00:00Z"}
GIT = "Git Operations"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


@pytest.fixture(scope="module")
def github() -> StatusPage:
    """The history of GitHub's page, 2010 to 2023."""
    return read(GITHUB.read_bytes()).exact()


def rounded(share: Fraction | None) -> str:
    """A percentage of four decimals, to the nearest: as the surveys have it."""
    assert share is not None
    return f"{float(share * 100):.4f}"


@pytest.mark.parametrize(
    ("key", "nearest", "cut", "unattributed", "left_broken"),
    [
        (GIT, "99.7752", "99.7752", 12, 9),
        ("Actions", "99.7065", "99.7064", 18, 14),
        ("Packages", "99.9505", "99.9504", 8, 4),
    ],
)
def test_told_outages_of_github(  # noqa: PLR0913, PLR0917 - a row of the table
    github: StatusPage,
    key: str,
    nearest: str,
    cut: str,
    unattributed: int,
    left_broken: int,
) -> None:
    """By weights 1 and 0.3, with what was left broken and what nobody attributed."""
    figure = uptime(github, key, **WINDOW)
    assert (rounded(figure.fraction), str(figure.percent(4))) == (nearest, cut)
    assert figure.unknown.total_seconds() == 0
    explained = figure.explain()
    assert (len(figure.unattributed), len(explained.left_broken)) == (
        unattributed,
        left_broken,
    )
    assert set(explained.left_broken) == {
        incident.key
        for incident in github.incidents
        if any(
            finding.code == "component.left_broken"
            and finding.detail.startswith(f"{key} was ")
            for finding in incident.amiss
        )
        and str(incident.began_at) > "2023"
    }
    assert figure.downtime == sum(
        (seconds(one.length) * one.weight for one in explained.counted), Fraction(0)
    )


def test_every_incident_of_the_window_is_counted_or_not(github: StatusPage) -> None:
    """There are 129, and of 63 nobody said what broke."""
    figure = uptime(github, GIT, policy=STATUSPAGE.but(unattributed="any"), **WINDOW)
    explained = figure.explain()
    listed = {one.incident for one in explained.counted}
    listed |= {one.incident for one in explained.not_counted}
    assert len(listed) == 129
    assert len(figure.unattributed) == 63
    assert rounded(figure.lower) == "98.3286"


def test_four_readings_of_the_same_rows(github: StatusPage) -> None:
    """One is ours. The three others are what one gets by other rules."""
    end = github.coverage.incidents[-1].end
    assert end is not None

    # What is told, each level until the next row or the end of the incident.
    assert rounded(uptime(github, GIT, **WINDOW).fraction) == "99.7752"
    # Only what is told by incidents that left nothing broken.
    tidy = attrs.evolve(
        github, incidents=[one for one in github.incidents if not one.amiss]
    )
    assert rounded(uptime(tidy, GIT, **WINDOW).fraction) == "99.9358"
    # Only rows that change the level.
    changes = [
        attrs.evolve(
            incident,
            updates=[
                attrs.evolve(
                    update,
                    states=[row for row in update.states if row.before != row.status],
                )
                for update in incident.updates
            ],
        )
        for incident in github.incidents
    ]
    changing = attrs.evolve(github, incidents=changes)
    assert rounded(uptime(changing, GIT, **WINDOW).fraction) == "99.9358"
    # The open time of every incident that names it.
    assert rounded(uptime(github, GIT, policy=ANY_INCIDENT, **WINDOW).fraction) == (
        "98.9408"
    )
    # Each level until the next row of any incident: what was left broken stays so.
    rows = sorted(
        (
            (update.at, row.status)
            for incident in github.incidents
            for update in incident.updates
            for row in update.states
            if row.component.name == GIT
        ),
        key=lambda row: row[0],
    )
    from_row_to_row = observed(
        (
            StatusPage(components=[Component(GIT, status=status)], observed_at=at)
            for at, status in [*rows, (end, None)]
        ),
        longest_gap=dt.timedelta(days=9999),
    )
    assert rounded(uptime(from_row_to_row, GIT, **WINDOW).fraction) == "78.4290"


def test_named_policies_and_what_they_cannot_know(github: StatusPage) -> None:
    """A list of incidents tells no maintenance: where that is down, all is unknown."""
    lenient = uptime(github, GIT, policy=INCIDENT_IO, **WINDOW)
    assert rounded(lenient.fraction) == "99.3277"
    strict = uptime(github, GIT, policy=STRICT, **WINDOW)
    assert strict.fraction is None
    assert strict.upper == lenient.fraction
    declared = github.covering(WINDOW["start"], WINDOW["end"])
    assert uptime(declared, GIT, policy=STRICT, **WINDOW).fraction == lenient.fraction
    whole = uptime(github, None, policy=ANY_INCIDENT, **WINDOW)
    assert rounded(whole.fraction) == "96.6345"


def test_without_coverage_there_is_a_bound_and_no_figure(github: StatusPage) -> None:
    """Of a page that claims nothing, what was told is the least that was down."""
    silent = attrs.evolve(github, coverage=Coverage())
    figure = uptime(silent, GIT, **WINDOW)
    assert figure.fraction is None
    assert figure.lower == 0
    assert rounded(figure.upper) == "99.7752"
    assert "page.covering(start, end)" in figure.findings[-1].detail
    asked = silent.covering(WINDOW["start"], WINDOW["end"])
    assert rounded(uptime(asked, GIT, **WINDOW).fraction) == "99.7752"


def test_a_newer_window_than_the_document_is_partly_unknown(github: StatusPage) -> None:
    """It was last updated on the 6th of October: of the rest nothing is known."""
    figure = uptime(
        github, GIT, start="2023-10-01T00:00:00Z", end="2023-11-01T00:00:00Z"
    )
    assert figure.unknown.in_days() == 25
    assert {
        one.reason for one in figure.explain().not_counted if one.incident is None
    } == {Reason.UNCOVERED}


def test_days_and_months_add_up_to_the_figure(github: StatusPage) -> None:
    """However the window is cut."""
    evidence = told(github)
    figure = uptime(evidence, "Actions", **WINDOW)
    days = ribbon(evidence, "Actions", **WINDOW)
    assert (len(days), figure.downtime) == (273, sum(day.downtime for day in days))
    assert sum(day.worst is not ComponentStatus.OPERATIONAL for day in days) == 29
    months = table(
        evidence, [GIT, "Actions"], [f"2023-{month:02}" for month in range(1, 10)]
    )
    assert figure.downtime == sum(month.downtime for month in months.rows[1].months)
    assert str(months).splitlines()[1].split()[2:5] == ["99.93", "100.00", "99.86"]


def test_summaries_that_somebody_kept_are_observations() -> None:
    """Nine looks in five years know nothing, until the caller says that they do."""
    looks = [
        read(path.read_bytes(), at=read(path.read_bytes()).value.updated_at).value
        for path in sorted((DATA / "statuspage/digitalocean").glob("*.json"))
    ]
    window: Any = {"start": looks[0].observed_at, "end": looks[-1].observed_at}
    assert uptime(observed(looks), "API", **window).fraction is None
    bold = observed(looks, longest_gap=dt.timedelta(days=9999))
    assert uptime(bold, "API", **window).fraction is not None


def test_outages_are_those_of_the_incidents(github: StatusPage) -> None:
    """The walk here and the one of the model agree on every incident there is."""
    mine = {
        (one.component.key, one.status, one.start, one.end, one.incident)
        for one in told(github).outages
    }
    assert mine == {
        (one.component.key, one.status, one.start, one.end, one.incident)
        for incident in github.incidents
        for one in incident.outages
    }
    assert all(
        before.start <= after.start for before, after in pairwise(told(github).outages)
    )


# --- figures that a vendor published --------------------------------------------------

MASTODON = DATA / "commercial/instatus_ssr_mastodon_social.json"
#: The months that the page shows, by the number it gives them, but for the current one.
MONTHS = {
    "11": ("2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    "0": ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
    "1": ("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
}
LEVELS = {
    "OPERATIONAL": ComponentStatus.OPERATIONAL,
    "DEGRADEDPERFORMANCE": ComponentStatus.DEGRADED_PERFORMANCE,
    "MAJOROUTAGE": ComponentStatus.MAJOR_OUTAGE,
}


def published(until: str) -> tuple[StatusPage, dict[str, Any]]:
    """A page of Instatus with the levels it lists, and the figures it shows of them."""
    figures = json.loads(MASTODON.read_text(encoding="utf-8"))["componentsUptime"]
    incidents = [
        Incident(
            "",
            id=one["id"],
            updates=[
                Update(
                    "investigating",
                    at=one["from"],
                    states={key: LEVELS[one["status"]]},
                ),
                *([Update("resolved", at=one["to"])] if one["to"] else []),
            ],
        )
        for key, said in figures.items()
        for one in said["outages"]
        if one["status"] != "OPERATIONAL"
    ]
    page = StatusPage(components=list(figures), incidents=incidents)
    return page.covering("2025-11-01T00:00:00Z", until), figures


def test_the_months_of_a_page_are_its_vendors_to_the_digit() -> None:
    """Whole months of four components, one of them down since February."""
    page, figures = published("2026-03-01T00:00:00Z")
    for key, said in figures.items():
        for month, (start, end) in MONTHS.items():
            if month in said:
                percent = uptime(page, key, start=start, end=end).percent()
                assert f"{percent}" == f"{Decimal(said[month]):.2f}"
    assert {said["1"] for said in figures.values()} == {"100.0", "88.86"}


def test_the_figure_of_91_days_follows_from_that_of_the_month() -> None:
    """
    The month that had begun was 47.95 % up of its whole length, whatever came later.

    That tells when the page was served, to some minutes; and by then the share of the
    90 days before and the day itself was what the page shows.
    """
    start, end = "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"
    month = 31 * 86_400
    served = instant(start).add(seconds=int(month * 0.52045))
    page, figures = published(end)
    page = attrs.evolve(
        page,
        incidents=[
            one.resolve(at=served) if one.is_open else one for one in page.incidents
        ],
    )
    days = instant(served).start_of("day").add(days=1)
    for key, said in figures.items():
        asked = uptime(page, key, start=start, end=end)
        assert f"{asked.percent()}" == f"{Decimal(said['2']):.2f}"
        whole = uptime(page, key, start=days.subtract(days=91), end=days)
        assert f"{whole.percent()}" == f"{Decimal(said['uptime']):.2f}"
