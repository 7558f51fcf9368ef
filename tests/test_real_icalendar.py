"""
What must be true of the notifications that the draft of MAINTNOTE and a provider show.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icalendar
import pytest

from incidentkit import Impact, StatusPage, convert, detect, read, write

DATA = Path(__file__).parents[2] / "shared" / "data" / "providers"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

#: Of each document: the id, the status, the impact, the object, the plan in UTC.
TOLD = {
    "maintnote-ical1.ics": (
        ("42", "scheduled", Impact.NONE, "acme-widgets-as-a-service"),
        ("2015-10-10T08:00:00+00:00", "2015-10-10T10:00:00+00:00"),
    ),
    "maintnote-ical2.ics": (
        ("42", "scheduled", Impact.NONE, "acme-widgets-as-a-service"),
        ("2015-10-12T08:00:00+00:00", "2015-10-12T10:00:00+00:00"),
    ),
    "maintnote-ical3.ics": (
        ("42", "cancelled", Impact.NONE, "acme-widgets-as-a-service"),
        ("2015-10-12T08:00:00+00:00", "2015-10-12T10:00:00+00:00"),
    ),
    "maintnote-ical4.ics": (
        ("42", "in_progress", Impact.NONE, "acme-widgets-as-a-service"),
        ("2015-10-12T08:00:00+00:00", "2015-10-12T10:00:00+00:00"),
    ),
    "maintnote-ical5.ics": (
        ("42", "completed", Impact.NONE, "acme-widgets-as-a-service"),
        ("2015-10-12T08:00:00+00:00", "2015-10-12T10:00:00+00:00"),
    ),
    "maintnote-ical6.ics": (
        ("GIN-CHG0040894", None, Impact.CRITICAL, "246810"),
        ("2021-11-15T18:00:00+00:00", "2021-11-15T20:57:00+00:00"),
    ),
}


def properties(data: str | bytes) -> list[tuple[str, Any]]:
    """Every property of a calendar and its events, as icalendar has them."""
    return sorted(
        (name, str(getattr(value, "dt", value)))
        for part in icalendar.Calendar.from_ical(data).walk()
        for name, value in part.property_items()
    )


def test_all_are_here() -> None:
    """No document is passed over."""
    assert sorted(path.name for path in DATA.glob("*.ics")) == sorted(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_a_notification(name: str) -> None:
    """It reads without a finding, as it says."""
    data = (DATA / name).read_bytes()
    assert detect(data) == "icalendar"
    page = read(data).exact()
    (one,) = page.maintenances
    assert page == StatusPage(maintenances=[one], extras=page.extras)
    word = None if one.status is None else one.status.value
    (component,) = one.components
    assert (one.id, word, one.impact, component.id) == TOLD[name][0]
    plan = one.scheduled_for, one.scheduled_until
    assert tuple(at and at.isoformat() for at in plan) == TOLD[name][1]


@pytest.mark.parametrize("name", TOLD)
def test_it_comes_back_property_for_property(name: str) -> None:
    """Law 3: up to order and folding, and `VALUE=DATE-TIME`, which is the default."""
    data = (DATA / name).read_bytes()
    again = write(read(data).exact(), "icalendar").exact()
    assert properties(again) == properties(data)
    assert write(read(again).exact(), "icalendar").exact() == again


def test_the_story_of_one_maintenance() -> None:
    """The draft tells one in five notifications: the last one is over."""
    pages = [read((DATA / name).read_bytes()).exact() for name in sorted(TOLD)[:5]]
    told = [page.maintenances[0] for page in pages]
    assert len({one.key for one in told}) == 1
    assert [one.is_open for one in told] == [True, True, False, True, False]


@pytest.mark.parametrize("name", TOLD)
def test_it_goes_to_statuspage(name: str) -> None:
    """Its plan, at least, whatever else does not fit."""
    data = (DATA / name).read_bytes()
    went = convert(data, "statuspage", to_document="scheduled-maintenances")
    (one,) = read(went.value, "statuspage").value.maintenances
    assert one.scheduled_for is not None
    assert one.scheduled_for.isoformat() == TOLD[name][1][0]
