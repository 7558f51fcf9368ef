"""A page as the files of its public API, and what each of them covers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from incidentkit import (
    Component,
    Coverage,
    Detection,
    Incident,
    Maintenance,
    RecordedDay,
    StatusPage,
    Stretch,
    read,
    read_files,
)
from incidentkit._finding import Report
from incidentkit.formats._format import Target
from incidentkit.formats.statuspage._tree import PATHS, documents


def page() -> StatusPage:
    """A page with something in every document."""
    made = StatusPage(
        "Acme",
        id="p",
        url="https://status.acme.test",
        time_zone="Etc/UTC",
        components=[Component("API", id="a", status="operational", position=1)],
        updated_at="2026-03-01T00:00:00Z",
    )
    over = Incident.open(
        "Old", at="2026-02-01T00:00:00Z", impact="minor", id="i1", update_id="u1"
    ).resolve(at="2026-02-01T01:00:00Z", id="u2")
    now = Incident.open(
        "New",
        at="2026-03-01T00:00:00Z",
        impact="major",
        affects={made.component("API"): "partial_outage"},
        id="i2",
        update_id="u3",
    )
    ahead = Maintenance.schedule(
        "Work",
        at="2026-03-01T00:00:00Z",
        scheduled_for="2026-03-08T00:00:00Z",
        scheduled_until="2026-03-08T01:00:00Z",
        id="m1",
        update_id="u4",
    )
    return made.record(over).record(now).record(ahead)


def test_a_page_is_written_as_every_document() -> None:
    """Under the vendor's own paths; what one leaves out another has."""
    report = Report()
    files = documents(Target(page=page(), report=report))
    assert list(files) == [*PATHS.values()]
    assert "api/v2/scheduled-maintenances/upcoming.json" in files
    assert report.converted(None).findings == ()
    summary = json.loads(files["api/v2/summary.json"])
    assert [one["id"] for one in summary["incidents"]] == ["i2"]
    history = json.loads(files["api/v2/incidents.json"])
    assert [one["id"] for one in history["incidents"]] == ["i2", "i1"]


def test_the_files_are_the_page_again() -> None:
    """Read together and joined, but for what a reading adds of itself."""
    made = page()
    came = read_files(documents(Target(page=made, report=Report())), "statuspage").value
    for name in ("name", "url", "id", "time_zone", "components"):
        assert getattr(came, name) == getattr(made, name)
    assert {one.fingerprint for one in came.incidents} == {
        one.fingerprint for one in made.incidents
    }
    assert [one.fingerprint for one in came.maintenances] == [
        one.fingerprint for one in made.maintenances
    ]


def test_what_no_document_says_is_reported_once() -> None:
    """Though an incident stands in three of them."""
    incident = Incident(
        "Down", id="i", impact="none", detection=Detection("a probe"), updates=()
    )
    made = StatusPage(
        id="p", incidents=[incident], recorded=[RecordedDay("API", "2026-03-01")]
    )
    report = Report()
    documents(Target(page=made, report=report))
    told = report.converted(None)
    assert [(one.code, one.path, one.count) for one in told.findings] == [
        ("value.left_out", "$.incidents[0].detection", 1),
        ("item.unfitting", "$.recorded[0]", 1),
    ]
    assert [one.path for one in told.left_out] == ["$.recorded[0]"]


# -- what absence means ----------------------------------------------------------------

NOW = Stretch("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", None)
SINCE_OLDEST = Stretch("2026-02-01T00:00:00Z", "2026-03-02T00:00:00Z", None)
SINCE_WORK = Stretch("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", None)
COVERED: dict[str, Coverage] = {
    "summary": Coverage(incidents=[NOW], maintenances=[NOW], states=[NOW]),
    "status": Coverage(),
    "components": Coverage(states=[NOW]),
    "incidents": Coverage(incidents=[SINCE_OLDEST]),
    "incidents/unresolved": Coverage(incidents=[NOW]),
    "scheduled-maintenances": Coverage(maintenances=[SINCE_WORK]),
    "scheduled-maintenances/upcoming": Coverage(),
    "scheduled-maintenances/active": Coverage(maintenances=[NOW]),
}


@pytest.mark.parametrize("name", COVERED)
def test_what_each_document_covers(name: str) -> None:
    """When it was fetched, as the caller says."""
    files = documents(Target(page=page(), report=Report()))
    text = files[PATHS[name]]
    came = read(text, "statuspage", document=name, at="2026-03-02T00:00:00Z")
    assert came.value.coverage == COVERED[name]


@pytest.mark.parametrize("name", COVERED)
def test_without_a_time_it_is_when_the_page_last_changed(name: str) -> None:
    """And where that is not told either, nothing is covered."""
    document: Any = json.loads(
        documents(Target(page=page(), report=Report()))[PATHS[name]]
    )
    at = read(json.dumps(document), "statuspage", document=name).value.coverage
    for known, expected in (
        (at.incidents, COVERED[name].incidents),
        (at.maintenances, COVERED[name].maintenances),
        (at.states, COVERED[name].states),
    ):
        assert bool(known) is bool(expected)
        assert all(str(one.end) == "2026-03-01 00:00:00+00:00" for one in known)
    document["page"]["updated_at"] = None
    came = read(json.dumps(document), "statuspage", document=name)
    assert came.value.coverage == Coverage()


@pytest.mark.parametrize("name", ["summary", "incidents", "scheduled-maintenances"])
def test_a_list_that_is_not_there_covers_nothing(name: str) -> None:
    """A page that imitates the vendor's may leave it out."""
    document = '{"page": {"name": "Acme"}, "status": {"indicator": "none"}}'
    came = read(document, "statuspage", document=name, at="2026-03-02T00:00:00Z")
    assert came.value.coverage == Coverage()
