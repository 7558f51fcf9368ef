"""
What must be true of documents that real pages served.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import json
import statistics
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from incidentkit import (
    LINEAR,
    REOPENABLE,
    STANDARD,
    Incident,
    Indicator,
    convert,
    read,
    write,
)

DATA = Path(__file__).parents[2] / "shared" / "data"
STITCHED = "statuspage_github_data-summary.json"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


def documents(*patterns: str) -> list[Path]:
    """The files of some patterns, in order."""
    return sorted(path for pattern in patterns for path in DATA.glob(pattern))


def named(path: Path) -> str:
    """What a test calls a file."""
    return path.name


SUMMARIES = documents(
    "statuspage/cloudflare/*.json",
    "statuspage/digitalocean/*.json",
    "commercial/statuspage_summary_*.json",
    "commercial/statuspage_github_data-summary*.json",
)
STATUSES = documents("commercial/statuspage_github_data-status*.json")
LEGACY = documents("commercial/statuspage_incident_legacy_*.json")
SNAPSHOTS = documents("commercial/statuspage_*_snapshots_*.json")
LISTS = documents("commercial/statuspage_github_incidents_*.json")
GITHUB = DATA / "statuspage/github_history/incidents.json"
ARCHIVE = DATA / "statuspage/github_archive/incidents-archive.json"
KALIX = DATA / "pingoru/kalix-emr-2021-03-22.txt"


def moment(text: object) -> datetime | None:
    """The instant that a text names, if it names one."""
    if not isinstance(text, str) or len(text) < 20:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def differences(one: object, other: object, path: str = "$") -> list[str]:
    """Where two documents differ; equal instants may be spelt differently."""
    if isinstance(one, dict) and isinstance(other, dict):
        found = [f"{path}.{key}" for key in one.keys() ^ other.keys()]
        for key in one.keys() & other.keys():
            found += differences(one[key], other[key], f"{path}.{key}")
        return found
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return [path]
        return [
            place
            for index, (left, right) in enumerate(zip(one, other, strict=True))
            for place in differences(left, right, f"{path}[{index}]")
        ]
    if type(one) is type(other) and one == other:
        return []
    first = moment(one)
    return [] if first is not None and first == moment(other) else [path]


def archived(*, clean: bool) -> list[Any]:
    """The archive's incidents: as the vendor's API gave them, or as scraped."""
    rows: list[Any] = json.loads(ARCHIVE.read_bytes())
    return [row for row in rows if ("page_id" in row) is clean]


@pytest.mark.parametrize(
    "path", [*SUMMARIES, *STATUSES, *LEGACY, *LISTS, GITHUB], ids=named
)
def test_a_served_document_comes_back_key_for_key(path: Path) -> None:
    """It is read with nothing found, and written as it was, unknown keys included."""
    data = path.read_bytes()
    page = read(data).exact()
    went = write(page, "statuspage")
    assert went.findings == ()
    assert differences(json.loads(data), json.loads(went.value)) == []


@pytest.mark.parametrize("path", SNAPSHOTS, ids=named)
def test_each_snapshot_comes_back_key_for_key(path: Path) -> None:
    """Edited, backdated, reopened, out of order: each is written as it was."""
    for snapshot in json.loads(path.read_bytes()):
        source = json.dumps(snapshot["object"])
        page = read(source).exact()
        assert (
            differences(
                json.loads(source), json.loads(write(page, "statuspage").exact())
            )
            == []
        )


def test_the_archive_comes_back_key_for_key() -> None:
    """280 incidents of the vendor's API, 19 of them backfilled."""
    rows = archived(clean=True)
    assert len(rows) == 280
    page = read(json.dumps(rows)).exact()
    assert differences(rows, json.loads(write(page, "statuspage").exact())) == []


def test_every_scraped_incident_is_read_with_findings() -> None:
    """637 objects of another shape: none raises, and each tells what is odd."""
    rows = archived(clean=False)
    assert len(rows) == 637
    for row in rows:
        reading = read(json.dumps(row))
        (incident,) = reading.value.incidents
        assert incident.name == row["name"]
        assert len(incident.updates) == len(row["incident_updates"])
        times = [update.created_at for update in incident.updates]
        assert times == sorted(times)
    whole = read(json.dumps(rows))
    assert {"order.unsorted", "word.label"} <= {f.code for f in whole.findings}


@pytest.mark.parametrize(
    "path", [*SUMMARIES, *STATUSES, *LEGACY, *LISTS, GITHUB, KALIX], ids=named
)
def test_every_page_goes_through_the_native_format(path: Path) -> None:
    """Nothing of any page that was read is lost in our own JSON."""
    page = read(path.read_bytes(), at="2026-11-01T00:00:00Z").value
    assert page == read(write(page, "incidentkit").exact()).exact()


@pytest.mark.parametrize("clean", [True, False], ids=["api", "scraped"])
def test_the_archive_goes_through_the_native_format(*, clean: bool) -> None:
    """What was odd about a page is kept as well as the rest."""
    page = read(json.dumps(archived(clean=clean))).value
    assert page == read(write(page, "incidentkit").exact()).exact()


@pytest.mark.parametrize("path", SUMMARIES, ids=named)
def test_the_roll_up_is_the_stated_one(path: Path) -> None:
    """Components add up to what the page says, but for one stitched together."""
    data = path.read_bytes()
    stated = json.loads(data)["status"]
    page = read(data).exact()
    summed = page.rolled_up, page.rolled_up_description
    if path.name == STITCHED:
        assert summed == (Indicator.NONE, "All Systems Operational")
        assert page.indicator is Indicator(stated["indicator"])
    else:
        assert summed == (Indicator(stated["indicator"]), stated["description"])
        assert page.stated_indicator is None


@pytest.mark.parametrize("path", STATUSES, ids=named)
def test_a_status_without_components_keeps_its_own(path: Path) -> None:
    """What is stated and cannot be derived stays."""
    data = path.read_bytes()
    page = read(data).exact()
    stated = json.loads(data)["status"]
    assert page.rolled_up is None
    assert page.indicator is Indicator(stated["indicator"])
    assert page.description == stated["description"]


@pytest.fixture(scope="module", name="incidents")
def github() -> tuple[Incident, ...]:
    """All incidents of one page."""
    return read(GITHUB.read_bytes()).exact().incidents


@pytest.fixture(scope="module", name="incident")
def kalix() -> Incident:
    """The incident of the page this library began with."""
    (one,) = read(KALIX.read_bytes()).value.incidents
    return one


class TestGitHubHistory:
    """1,282 incidents of one page, 2010 to 2023."""

    def test_an_unknown_start_is_unknown(self, incidents: tuple[Incident, ...]) -> None:
        """443 have a duration, of 64.2 minutes in the median; 839 were imports."""
        lasted = [
            one.duration.total_seconds() / 60
            for one in incidents
            if one.duration is not None
        ]
        assert len(incidents) == 1282
        assert len(lasted) == 443
        assert round(statistics.median(lasted), 1) == 64.2
        assert sum(not one.start_known for one in incidents) == 839

    def test_most_of_them_name_nothing_broken(
        self, incidents: tuple[Incident, ...]
    ) -> None:
        """1,168 claim an impact and no component above operational."""
        assert sum(one.is_unattributed for one in incidents) == 1168

    def test_no_duration_is_negative(self, incidents: tuple[Incident, ...]) -> None:
        """However odd the times."""
        for one in incidents:
            assert one.duration is None or one.duration.total_seconds() >= 0

    def test_no_history_breaks_the_standard(
        self, incidents: tuple[Incident, ...]
    ) -> None:
        """The default lifecycle fits them all."""
        assert [one.id for one in incidents if one.violations(STANDARD)] == []


def test_backfilled_incidents_come_out_right() -> None:
    """What was put up after the fact has no negative duration, no invented start."""
    rows = archived(clean=True)
    naive = [
        row
        for row in rows
        if moment(row["resolved_at"]) < moment(row["started_at"])  # type: ignore[operator]
    ]
    assert len(naive) == 10
    incidents = {one.id: one for one in read(json.dumps(rows)).exact().incidents}
    for row in naive:
        one = incidents[row["id"]]
        assert one.duration is None or one.duration.total_seconds() >= 0
        assert one.ended_at is not None
    backfilled = read(
        (DATA / "commercial/statuspage_github_incidents_backfilled.json").read_bytes()
    ).exact()
    assert len(backfilled.incidents) == 19
    for one in backfilled.incidents:
        lasted = one.duration
        assert lasted is None or lasted.total_seconds() > 0
        assert one.start_known is (lasted is not None)


class TestKalix:
    """The page this library began with: fifteen updates, eight days, back and forth."""

    def test_its_facts(self, incident: Incident) -> None:
        """Critical, resolved, 15 updates, 8 days and 5 hours, five components."""
        assert incident.impact is not None
        assert incident.impact.value == "critical"
        assert not incident.is_open
        assert len(incident.updates) == 15
        assert str(incident.began_at) == "2021-03-22 19:22:00+00:00"
        assert str(incident.ended_at) == "2021-03-31 00:44:00+00:00"
        assert incident.duration is not None
        assert (incident.duration.days, incident.duration.hours) == (8, 5)
        assert [one.name for one in incident.affected] == [
            "Kalix Platform",
            "Telehealth",
            "Online Schedulers",
            "Messaging",
            "Notifications",
        ]

    def test_its_history(self, incident: Incident) -> None:
        """Two steps back, which the textbook does not allow and the standard does."""
        assert incident.violations(STANDARD) == ()
        assert incident.violations(REOPENABLE) == ()
        assert [str(step.at)[:16] for step in incident.regressions] == [
            "2021-03-22 21:22",
            "2021-03-23 20:33",
        ]
        assert [
            (
                step.before.value if step.before else None,
                step.after.value,
                str(step.at)[:16],
            )
            for step in incident.violations(LINEAR)
        ] == [
            ("investigating", "monitoring", "2021-03-22 19:31"),
            ("monitoring", "investigating", "2021-03-22 21:22"),
            ("investigating", "monitoring", "2021-03-22 21:41"),
            ("monitoring", "identified", "2021-03-23 20:33"),
        ]

    def test_it_survives_another_vendor(self, incident: Incident) -> None:
        """Through Statuspage JSON and back it is the same, but for invented ids."""
        there = convert(KALIX.read_bytes(), "statuspage")
        assert {"components.split", "sentence.disagrees", "id.invented"} <= {
            finding.code for finding in there.findings
        }
        (back,) = read(there.value).value.incidents
        assert [(u.status, u.body, u.at) for u in incident.updates] == [
            (u.status, u.body, u.at) for u in back.updates
        ]
        for name in ("name", "impact", "status", "began_at", "ended_at", "duration"):
            assert getattr(incident, name) == getattr(back, name)
        assert [one.name for one in incident.affected] == [
            one.name for one in back.affected
        ]

    def test_it_comes_back_as_it_was(self) -> None:
        """Its text, word for word."""
        page = read(KALIX.read_bytes()).value
        text = KALIX.read_text(encoding="utf-8").strip()
        assert text == write(page, "pingoru").value.strip()
