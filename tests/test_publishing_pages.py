"""Whole pages: all that is new or changed, the oldest first, and what else moved."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

import strategies
from carried import PAGE_ID, differences, read_back
from incidentkit import Component, Incident, Maintenance, StatusPage
from incidentkit.publishing import CannotPublish, statuspage
from vendor_statuspage import Statuspage

NINE, TEN, ELEVEN = (f"2026-03-10T{hour:02}:00:00Z" for hour in (9, 10, 11))
PAGE = StatusPage(
    "Acme",
    id=PAGE_ID,
    components=[
        Component("Backend", id="g1", is_group=True, status="operational"),
        Component("API", id="c1", group="g1", status="operational"),
        Component("Web", id="c2", status="operational"),
    ],
)
OLD = Incident.open("Old", at=NINE, id="i1", affects={"API": "major_outage"})
NEW = Incident.open("New", at=TEN, impact="none")
PLANNED = Maintenance.schedule("Upgrade", at=ELEVEN, scheduled_for=ELEVEN)


def routes(before: StatusPage | None, after: StatusPage) -> list[str]:
    """Say which calls are built, on the page as it stands."""
    return [
        f"{call.method} {call.route.removeprefix(f'/pages/{PAGE_ID}')}"
        for call in statuspage(before, after, page=PAGE).value
    ]


def codes(before: StatusPage | None, after: StatusPage) -> list[tuple[str, str]]:
    """Say what is found, and where."""
    findings = statuspage(before, after, page=PAGE).findings
    return [(one.code, one.path) for one in findings]


@given(strategies.valid_pages())
def test_a_page_is_carried_whole(page: StatusPage) -> None:
    """Every incident and every level of a page that authors made is there."""
    page = attrs.evolve(page, id=PAGE_ID)
    there = attrs.evolve(
        page,
        components=[
            attrs.evolve(one, links={"statuspage": f"c{place}"}, status=None)
            for place, one in enumerate(page.components)
        ],
        incidents=(),
        maintenances=(),
    )
    vendor = Statuspage(
        PAGE_ID,
        {
            one.links["statuspage"]: one.name
            for one in there.components
            if not one.is_group
        },
    )
    try:
        built = statuspage(None, page, page=there)
    except CannotPublish:
        return  # something is mentioned that is not on it
    wanted = page
    for call in built.value:
        ready = call.filled(page)
        page = ready.adopt(page, vendor.call(ready.method, ready.path, ready.payload))
    for one, other in zip(page.components, there.components, strict=True):
        if one.status is not None and not one.is_group:
            row = vendor.components[other.links["statuspage"]]
            assert row["status"] == one.status.value
    for ours, known in zip(wanted.incidents, page.incidents, strict=True):
        found = read_back(vendor, known)
        assert differences(ours, found, there).keys() <= {
            "impact",
            "statuses",
            "updates",
        }
    again = statuspage(page, page, page=there)
    assert again.value == ()
    assert vendor.mails == 0


def test_all_that_is_new_or_changed_is_carried_the_oldest_first() -> None:
    """Incidents and maintenances together, in the order in which they were put up."""
    before = attrs.evolve(PAGE, incidents=[OLD])
    after = attrs.evolve(
        PAGE, incidents=[NEW, OLD.resolve(at=TEN)], maintenances=[PLANNED]
    )
    assert routes(before, after) == [
        "PATCH /incidents/i1",
        "PATCH /incidents/i1/incident_updates/{update 1}",
        "POST /incidents",
        "PATCH /incidents/{incident}/incident_updates/{update 0}",
        "POST /incidents",
        "PATCH /incidents/{incident}/incident_updates/{update 0}",
    ]


def test_what_has_a_link_is_the_one_of_that_name() -> None:
    """What was read from there by id is known by the link of what is published."""
    before = attrs.evolve(PAGE, incidents=[OLD])
    ours = attrs.evolve(OLD, id=None, links={"statuspage": "i1"}, name="Older")
    assert routes(before, attrs.evolve(PAGE, incidents=[ours])) == [
        "PATCH /incidents/i1"
    ]


def test_nothing_is_deleted() -> None:
    """What is no longer told stays there, and that is said."""
    before = attrs.evolve(PAGE, incidents=[OLD], maintenances=[PLANNED])
    assert routes(before, PAGE) == []
    assert codes(before, PAGE) == [("change.refused", "$.incidents")]
    left = statuspage(before, PAGE, page=PAGE).left_out
    assert [one.path for one in left] == ["$.incidents", "$.maintenances"]


def test_two_of_one_key_are_not_told_apart() -> None:
    """The first is carried; which of them an answer would be about, nobody knows."""
    after = attrs.evolve(PAGE, incidents=[NEW, NEW])
    assert len(routes(None, after)) == 2
    assert codes(None, after) == [("id.duplicate", "$.incidents[1]")]


def moved(page: StatusPage, key: str, **values: Any) -> StatusPage:
    """Give a page with a component that is another."""
    return attrs.evolve(
        page,
        components=[
            attrs.evolve(one, **values) if one.key == key else one
            for one in page.components
        ],
    )


def test_a_component_that_moves_by_itself_is_moved() -> None:
    """A level that changed outside of any incident has a call of its own."""
    after = moved(PAGE, "c2", status="partial_outage")
    for before in (PAGE, None):
        built = statuspage(before, after, page=PAGE)
        (call,) = built.value
        assert (call.method, call.path) == (
            "PATCH",
            f"/pages/{PAGE_ID}/components/c2",
        )
        assert call.payload == {"component": {"status": "partial_outage"}}
        assert call.filled(after) is call
        assert call.adopt(after, {}) is after


def test_a_component_that_an_incident_moves_is_not_moved_twice() -> None:
    """Recording an incident moves the page's component with it."""
    opened = Incident.open("Down", at=TEN, affects={"API": "major_outage"})
    assert not any("components" in each for each in routes(PAGE, PAGE.record(opened)))
    # Somebody has moved it on since.
    other = moved(PAGE.record(opened), "c1", status="degraded_performance")
    assert routes(PAGE, other)[-1] == "PATCH /components/c1"
    # As it was there, it stays: nobody says that it has changed.
    still = attrs.evolve(PAGE, incidents=[opened])
    assert not any("components" in each for each in routes(PAGE, still))


def test_a_group_is_not_moved() -> None:
    """Its level is what its components add up to."""
    assert routes(PAGE, moved(PAGE, "g1", status="major_outage")) == []


@pytest.mark.parametrize("before", [PAGE, None])
def test_a_component_that_is_not_there_is_not_put_up(before: StatusPage | None) -> None:
    """Of components only the levels are carried."""
    more = attrs.evolve(
        PAGE, components=[*PAGE.components, Component("Mail", status="operational")]
    )
    assert routes(before, more) == []
    assert codes(before, more) == [("change.refused", "$.components[3]")]


def test_what_else_changes_of_a_page_is_said() -> None:
    """Entries, levels that nobody knows, and the page itself."""
    assert codes(PAGE, moved(PAGE, "c2", description="Shop")) == [
        ("change.refused", "$.components[2]")
    ]
    assert codes(PAGE, moved(PAGE, "c2", status=None)) == [
        ("value.left_out", "$.components[2].status")
    ]
    assert codes(PAGE, attrs.evolve(PAGE, components=PAGE.components[:2])) == [
        ("change.refused", "$.components")
    ]
    assert codes(PAGE, attrs.evolve(PAGE, name="Else")) == [
        ("change.refused", "$.name")
    ]
