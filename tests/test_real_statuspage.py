"""
Every JSON document of real Statuspage pages: read, counted, and written as it was.

They lie beside the checkout where the project is developed, and are not part of it.
`test_real` has what is true of their incidents.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidentkit import Coverage, StatusPage, detect, read, write

if TYPE_CHECKING:
    from collections.abc import Iterator
from test_real import differences, moment

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

HISTORY = "commercial/statuspage_history_props_govuk_notify.json"
COMPONENT = "commercial/statuspage_webhook_component_update_zulip.json"
INCIDENT = "commercial/statuspage_webhook_incident_update_zulip.json"
#: What is found in a document; in all others nothing is.
EXPECTED: dict[str, set[str]] = {
    HISTORY: {"event.kind", "status.derived", "time.derived"},
}
#: How many documents of each kind there are.
KINDS = {
    "bare-incident": 26,
    "bare-list": 2,
    "history": 1,
    "incidents": 1,
    "status": 2,
    "summary": 25,
    "v1/incident": 3,
    "webhook/component": 1,
    "webhook/incident": 1,
}


def served() -> Iterator[tuple[str, object]]:
    """Every document, by the name of its file, and each in a wrapper on its own."""
    for path in sorted(
        [
            *DATA.glob("statuspage/*/*.json"),
            *DATA.glob("commercial/statuspage_*.json"),
        ]
    ):
        name = path.relative_to(DATA).as_posix()
        if "archive" in name:
            continue  # Two shapes in one array: `test_real` reads both.
        held: Any = json.loads(path.read_bytes())
        if isinstance(held, list) and "snapshot_updated_at" in held[0]:
            for index, snapshot in enumerate(held):
                yield f"{name}#{index}", snapshot["object"]
        else:
            yield name, held


DOCUMENTS = dict(served())


def name_of(page: StatusPage) -> str:
    """Which document a page was read from."""
    held: Any = page.extras["statuspage"]["@document"]
    return str(held["name"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_comes_back_key_for_key(name: str) -> None:
    """With nothing found but what is expected, and nothing lost on the way back."""
    document = DOCUMENTS[name]
    text = json.dumps(document)
    came = read(text)
    assert {one.code for one in came.findings} == EXPECTED.get(name, set())
    assert came.left_out == ()
    assert (
        differences(document, json.loads(write(came.value, "statuspage").exact())) == []
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_goes_through_the_native_format(name: str) -> None:
    """What is kept of it beside the model survives being stored."""
    page = read(json.dumps(DOCUMENTS[name]), at="2026-11-01T00:00:00Z").value
    assert page == read(write(page, "incidentkit").exact()).exact()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_of_a_document_is_missing(name: str) -> None:
    """As many incidents, updates and components as it has."""
    document: Any = DOCUMENTS[name]
    page = read(json.dumps(document)).value
    if name_of(page) == "history":
        rows = [row for month in document["months"] for row in month["incidents"]]
        assert len(page.incidents) + len(page.maintenances) == len(rows)
        return
    rows = document if isinstance(document, list) else []
    if "incident_updates" in document:
        rows = [document]
    elif isinstance(document, dict):
        rows = [
            *document.get("incidents", []),
            *document.get("scheduled_maintenances", []),
            *([document["incident"]] if "incident" in document else []),
        ]
    events = {one.id: one for one in (*page.incidents, *page.maintenances)}
    assert len(events) == len(rows)
    for row in rows:
        assert len(events[row["id"]].updates) == len(row["incident_updates"])
    if isinstance(document, dict) and "page" in document:
        count = len(document.get("components", []))
        assert len(page.components) == (1 if "component" in document else count)


def test_there_are_as_many_as_there_were() -> None:
    """No document is missed, and each is told by its keys."""
    met: dict[str, int] = {}
    for document in DOCUMENTS.values():
        text = json.dumps(document)
        assert detect(text) == "statuspage"
        name = name_of(read(text).value)
        met[name] = met.get(name, 0) + 1
    assert dict(sorted(met.items())) == KINDS


def test_the_webhook_of_a_component() -> None:
    """A database under maintenance, the page with it."""
    page = read(json.dumps(DOCUMENTS[COMPONENT])).exact()
    (one,) = page.components
    assert (one.name, one.status and one.status.value) == (
        "Database component",
        "under_maintenance",
    )
    assert page.stated_indicator is None
    held: Any = page.extras["statuspage"]["@document"]
    assert held["component_update"]["old_status"] == "operational"
    assert page.coverage == Coverage()


def test_the_webhook_of_an_incident() -> None:
    """Five minutes of slow queries, told twice."""
    (one,) = read(json.dumps(DOCUMENTS[INCIDENT])).exact().incidents
    assert [str(update.status) for update in one.updates] == [
        "IncidentStatus.IDENTIFIED",
        "IncidentStatus.RESOLVED",
    ]
    assert one.duration is not None
    assert one.duration.in_words() == "5 minutes 20 seconds"


def test_the_legacy_incidents() -> None:
    """A start set back by days, an end that nobody tells, long texts."""
    found = {
        name.rpartition("legacy_")[2]: read(json.dumps(document)).exact().incidents[0]
        for name, document in DOCUMENTS.items()
        if "legacy" in name
    }
    start = found["tricky_start_time.json"]
    assert start.began_at == moment("2016-09-03T17:25:00.000-04:00")
    assert start.duration is not None
    assert start.duration.in_words() == "3 minutes"
    end = found["tricky_end_time.json"]
    assert end.began_at == moment("2016-08-30T12:00:00.000-07:00")
    assert (end.is_open, end.ended_at, end.duration) == (False, None, None)
    assert end.extras["statuspage"]["backfilled"] is True
    long = found["major_impact_long_description.json"]
    assert long.impact is not None
    assert (long.impact.value, len(long.components)) == ("critical", 14)


def test_the_calendar() -> None:
    """An hour of a leap day in London."""
    page = read(json.dumps(DOCUMENTS[HISTORY])).value
    (one,) = page.maintenances
    assert (page.url, page.time_zone) == (
        "https://status.notifications.service.gov.uk",
        "Europe/London",
    )
    assert one.scheduled_for == moment("2024-02-29T22:00:00+00:00")
    assert one.duration is not None
    assert one.duration.in_words() == "1 hour"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("statuspage_none.json", set()),
        ("statuspage_major.json", {"id.missing", "event.closed"}),
    ],
)
def test_trimmed_documents_are_read_as_far_as_they_go(
    name: str, found: set[str]
) -> None:
    """Somebody cut keys out of these; two of three incidents are over."""
    data = (DATA / "captures" / name).read_bytes()
    came = read(data)
    assert {one.code for one in came.findings} == found
    assert len(came.value.incidents) == len(json.loads(data)["incidents"])
    assert came.value.coverage.states == ()
