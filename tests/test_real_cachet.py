"""
What must be true of the Cachet documents that people have kept.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from incidentkit import MaintenanceStatus, detect, read, write

DATA = Path(__file__).parents[2] / "shared" / "data" / "oss" / "cachet"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]


#: What each kind of document holds.
KINDS = {
    "incidents": "incidents",
    "incident_updates": "incidents",
    "schedules": "maintenances",
    "components": "components",
}


def named(path: Path) -> str:
    """What a test calls a file."""
    return path.stem


def rows(path: Path) -> list[Any]:
    """What a document holds."""
    whole = json.loads(path.read_bytes())
    held: Any = whole.get("data", whole)
    several: list[Any] = [held] if isinstance(held, dict) else held
    return several


FILES = sorted(DATA.glob("*.json"))
CLIENT = [path for path in FILES if path.name.startswith("andygrunwald")]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_it_is_told_from_all_other_formats(path: Path) -> None:
    """By its keys."""
    assert detect(path.read_bytes()) == "cachet2"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_it_comes_back_key_for_key(path: Path) -> None:
    """In the zone that it was read in, which alone is lost."""
    data = path.read_bytes()
    came = read(data, tz="Europe/Berlin")
    assert came.findings == ()
    went = write(came.value, "cachet2")
    assert json.loads(went.value) == json.loads(data)
    assert [finding.path for finding in went.findings] == ["$.time_zone"]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_what_is_found_is_that_its_times_name_no_zone(path: Path) -> None:
    """And nothing else; then UTC is taken, and it comes back without a finding."""
    data = path.read_bytes()
    came = read(data)
    assert {finding.code for finding in came.findings} == {"time.naive"}
    assert json.loads(write(came.value, "cachet2").exact()) == json.loads(data)


@pytest.mark.parametrize("path", CLIENT, ids=named)
def test_everything_in_it_is_there(path: Path) -> None:
    """Incidents, updates, schedules and components are as many as in the file."""
    kind = path.stem.split("-")[1]
    page = read(path.read_bytes()).value
    told = rows(path)
    found = getattr(page, KINDS[kind])
    assert len(found) == len(told)
    if kind == "incidents":
        # The first word of each is its own message.
        assert [len(one.updates) for one in found] == [
            1 + len(row["updates"]) for row in told
        ]
    if kind == "incident_updates":
        assert sum(len(one.updates) for one in found) == len(told)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_it_goes_through_the_native_format(path: Path) -> None:
    """Nothing of any page that was read is lost in our own JSON."""
    page = read(path.read_bytes(), at="2026-11-01T00:00:00Z").value
    assert page == read(write(page, "incidentkit").exact()).exact()


def test_what_was_planned_up_to_2_3_is_a_maintenance() -> None:
    """An incident of status 0 with a time to begin at."""
    (path,) = (path for path in FILES if path.name.startswith("zettaio"))
    (planned,) = read(path.read_bytes(), tz="UTC").value.maintenances
    assert planned.status is MaintenanceStatus.SCHEDULED
    assert str(planned.scheduled_for) == "2019-09-25 17:53:00+00:00"
    assert planned.id == "91"
    assert planned.affected == ()


def test_a_complete_schedule_ended_when_it_says() -> None:
    """Only of what is complete is that believed."""
    page = read((DATA / "andygrunwald-schedules-0.json").read_bytes(), tz="UTC").value
    (planned,) = page.maintenances
    assert planned.status is MaintenanceStatus.COMPLETED
    assert str(planned.began_at) == "2015-08-01 12:30:00+00:00"
    assert str(planned.ended_at) == "2015-08-01 13:00:00+00:00"
