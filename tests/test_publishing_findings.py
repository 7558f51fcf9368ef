"""What no call can carry is said, in its place, and only where it is new."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentState,
    Detection,
    Incident,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit.publishing import statuspage

PAGE = StatusPage(
    "Acme",
    id="pw7c1r5k2m9x",
    components=[Component("API", id="c1"), Component("Web", id="c2")],
)
NINE, TEN, ELEVEN = (f"2026-03-10T{hour:02}:00:00Z" for hour in (9, 10, 11))
OPENED = Incident.open(
    "API down", "We look.", at=NINE, impact="none", id="i1", update_id="u1"
)
RESOLVED = OPENED.resolve("It works.", at=TEN, id="u2")
PUBLISHED = attrs.evolve(RESOLVED, postmortem="DNS.")
LINKED = attrs.evolve(
    RESOLVED.post("postmortem", "DNS.", at=ELEVEN), links={"statuspage": "v1"}
)
PLANNED = Maintenance.schedule(
    "Upgrade",
    at=NINE,
    scheduled_for=TEN,
    scheduled_until=ELEVEN,
    id="i2",
)
NOTE = Update(None, body="Still looking.", at=TEN)


def changed(event: Incident, place: int, **values: Any) -> Incident:
    """Give an incident with something else in one of its updates."""
    updates = list(event.updates)
    updates[place] = attrs.evolve(updates[place], **values)
    return attrs.evolve(event, updates=updates)


def strange(**said: object) -> dict[str, dict[str, object]]:
    """Give extras of this vendor's."""
    return {"statuspage": said}


Case = tuple[
    "Incident | Maintenance | None", "Incident | Maintenance", list[tuple[str, str]]
]

CASES: dict[str, Case] = {
    "nothing is lost": (OPENED, RESOLVED, []),
    "a status that nobody names": (
        OPENED,
        OPENED.post(None, "Still looking.", at=TEN),
        [("status.invented", "$.updates[1]")],
    ),
    "a status that nobody ever named": (
        None,
        Incident("Odd", impact="none", updates=[NOTE]),
        [("status.invented", "$.updates[0]")],
    ),
    "a maintenance's that nobody ever named": (
        None,
        Maintenance("Odd", updates=[NOTE], scheduled_for=TEN, scheduled_until=ELEVEN),
        [("status.invented", "$.updates[0]")],
    ),
    "a status that stands apart": (
        None,
        Incident("Odd", impact="none", updates=[NOTE], stated_status="monitoring"),
        [("status.invented", "$.updates[0]")],
    ),
    "a status that contradicts": (
        None,
        attrs.evolve(OPENED, stated_status="monitoring"),
        [("value.left_out", "$.stated_status")],
    ),
    "a maintenance that is called off": (
        PLANNED,
        PLANNED.cancel("Not today.", at="2026-03-10T09:30:00Z"),
        [("word.coarsened", "$.updates[1]")],
    ),
    "an incident without updates": (
        None,
        Incident("Odd", impact="none"),
        [("value.invented", "$")],
    ),
    "an impact that nobody states": (
        None,
        attrs.evolve(OPENED, impact=None),
        [("impact.derived", "$.impact")],
    ),
    "an impact that is taken back": (
        OPENED,
        attrs.evolve(OPENED, impact=None),
        [("change.refused", "$.impact")],
    ),
    "an impact that nobody ever stated": (
        attrs.evolve(OPENED, impact=None),
        attrs.evolve(RESOLVED, impact=None),
        [],
    ),
    "when nobody says it is to be over": (
        None,
        attrs.evolve(PLANNED, scheduled_until=None),
        [("value.missing", "$.scheduled_until")],
    ),
    "a time that is taken back": (
        PLANNED,
        attrs.evolve(PLANNED, scheduled_until=None, scheduled_for=None),
        [("change.refused", "$.scheduled_for")],  # twice
    ),
    "a time that was never there": (
        attrs.evolve(PLANNED, scheduled_until=None),
        attrs.evolve(PLANNED, scheduled_until=None, name="Else"),
        [],
    ),
    "who noticed": (
        OPENED,
        attrs.evolve(OPENED, detection=Detection("a user")),
        [("value.left_out", "$.detection")],
    ),
    "what is stated apart": (
        RESOLVED,
        attrs.evolve(RESOLVED, stated_start="2026-03-10T08:00:00Z", stated_end=ELEVEN),
        [("value.left_out", "$.stated_start"), ("value.left_out", "$.stated_end")],
    ),
    "addresses": (
        OPENED,
        attrs.evolve(OPENED, url="https://a.test", links={"cstate": "api.md"}),
        [("value.left_out", "$.url"), ("value.left_out", "$.links['cstate']")],
    ),
    "keys that no call takes": (
        None,
        attrs.evolve(OPENED, extras=strange(reminder_intervals="[6]")),
        [("value.left_out", "$.extras['reminder_intervals']")],
    ),
    "keys of an update": (
        None,
        changed(
            OPENED, 0, extras=strange(custom_tweet="!", deliver_notifications=False)
        ),
        [("value.left_out", "$.updates[0].extras['custom_tweet']")],
    ),
    "what an update is called elsewhere": (
        None,
        changed(OPENED, 0, links={"cstate": "y"}),
        [("value.left_out", "$.updates[0].links['cstate']")],
    ),
    "metadata that is no object": (
        OPENED,
        attrs.evolve(OPENED, extras=strange(metadata={"jira": "X-1", "a": {}})),
        [("value.left_out", "$.extras['statuspage'].metadata")],
    ),
    "metadata that is nothing of the kind": (
        OPENED,
        attrs.evolve(OPENED, extras=strange(metadata="X-1")),
        [("value.left_out", "$.extras['statuspage'].metadata")],
    ),
    "metadata that was lost already": (
        attrs.evolve(OPENED, extras=strange(metadata="X-1")),
        attrs.evolve(OPENED, extras=strange(metadata="X-2"), name="Else"),
        [],
    ),
    "when it was typed": (
        None,
        changed(OPENED, 0, created_at=TEN, updated_at=TEN),
        [("time.vendors", "$.updates[0]")],
    ),
    "when it was edited": (
        None,
        changed(OPENED, 0, updated_at=TEN),
        [("time.vendors", "$.updates[0]")],
    ),
    "when it was put up": (
        None,
        attrs.evolve(OPENED, created_at="2026-03-10T08:00:00Z"),
        [("time.vendors", "$.created_at")],
    ),
    "parts of a millisecond": (
        OPENED,
        OPENED.post("identified", at="2026-03-10T10:00:00.123456Z"),
        [("time.coarsened", "$.updates[1].at")],
    ),
    "a level that nobody knows": (
        OPENED,
        attrs.evolve(
            OPENED,
            updates=[
                *OPENED.updates,
                Update("identified", at=TEN, states=[ComponentState("API", None)]),
            ],
        ),
        [("value.left_out", "$.updates[1].states[0]")],
    ),
    "components of what was over": (
        None,
        Incident(
            "Over",
            impact="none",
            updates=[Update("resolved", at=NINE, states={"API": "operational"})],
        ),
        [
            ("value.left_out", "$.components"),
        ],
    ),
    "what is told again": (
        None,
        Incident.open(
            "Down", at=NINE, impact="critical", affects={"API": "major_outage"}
        ).resolve(at=TEN),
        [("replay.live", "$")],
    ),
    "another status": (
        OPENED,
        changed(OPENED, 0, status="identified"),
        [("change.refused", "$.updates[0].status")],
    ),
    "other levels": (
        OPENED,
        changed(OPENED, 0, states=[ComponentState("API", "major_outage")]),
        [("change.refused", "$.updates[0].states")],
    ),
    "an update that is gone": (
        RESOLVED,
        attrs.evolve(RESOLVED, updates=RESOLVED.updates[1:]),
        [("change.refused", "$.updates")],
    ),
    "another update in its place": (
        OPENED,
        changed(OPENED, 0, id="u9"),
        [("change.refused", "$.updates")],
    ),
    "an update that comes late": (
        RESOLVED,
        attrs.evolve(
            RESOLVED, updates=[RESOLVED.updates[0], NOTE, RESOLVED.updates[1]]
        ),
        [("change.refused", "$.updates[1]")],
    ),
    "another order": (
        RESOLVED,
        attrs.evolve(
            RESOLVED, updates=RESOLVED.updates[::-1], stated_status="resolved"
        ),
        [("value.left_out", "$.stated_status"), ("change.refused", "$.updates")],
    ),
    "a post-mortem": (
        RESOLVED,
        RESOLVED.post("postmortem", "DNS.", at=ELEVEN),
        [("time.vendors", "$.updates[2].at")],
    ),
    "the time of a post-mortem that has no id": (
        LINKED,
        changed(LINKED, 2, at=TEN),
        [("time.vendors", "$.updates[2].at")],
    ),
    "a post-mortem apart": (
        RESOLVED,
        PUBLISHED,
        [("postmortem.moved", "$.postmortem")],
    ),
    "a post-mortem that is taken back": (
        PUBLISHED,
        RESOLVED,
        [("change.refused", "$.postmortem")],
    ),
    "a post-mortem of what is open": (
        OPENED,
        attrs.evolve(OPENED, postmortem="DNS."),
        [("value.left_out", "$.postmortem")],
    ),
    "a post-mortem of notes": (
        OPENED,
        attrs.evolve(
            Incident("Odd", impact="none", id="i1"),
            updates=[NOTE, Update("postmortem", at=TEN)],
        ),
        [
            ("status.invented", "$.updates[0]"),
            ("time.vendors", "$.updates[1].at"),
            ("change.refused", "$.updates"),
            ("item.unfitting", "$.updates[1]"),
        ],
    ),
    "a post-mortem apart of what is resolved only by name": (
        OPENED,
        attrs.evolve(OPENED, postmortem="DNS.", stated_status="resolved"),
        [("value.left_out", "$.stated_status"), ("value.left_out", "$.postmortem")],
    ),
    "a post-mortem in the middle": (
        OPENED,
        attrs.evolve(OPENED, updates=[*OPENED.updates, Update("postmortem", at=TEN)]),
        [
            ("time.vendors", "$.updates[1].at"),
            ("item.unfitting", "$.updates[1]"),
        ],
    ),
    "two post-mortems": (
        RESOLVED,
        attrs.evolve(
            RESOLVED.post("postmortem", "DNS.", at=ELEVEN),
            postmortem="It was not DNS.",
        ),
        [
            ("time.vendors", "$.updates[2].at"),
            ("value.left_out", "$.postmortem"),
        ],
    ),
    "what begins with a post-mortem": (
        None,
        Incident(
            "Over", impact="none", updates=[Update("postmortem", body="DNS.", at=NINE)]
        ),
        [("value.invented", "$"), ("time.vendors", "$.updates[0].at")],
    ),
    "a maintenance's post-mortem": (
        PLANNED,
        attrs.evolve(PLANNED, postmortem="DNS."),
        [("value.left_out", "$.postmortem")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_carried_is_said(name: str) -> None:
    """Each loss is found in its place, and nothing else is."""
    before, after, wanted = CASES[name]
    findings = statuspage(before, after, page=PAGE).findings
    assert wanted == [(one.code, one.path) for one in findings]


@pytest.mark.parametrize("name", CASES)
def test_what_was_lost_before_is_not_said_again(name: str) -> None:
    """What did not change has nothing new to lose."""
    _, after, _ = CASES[name]
    assert statuspage(after, after, page=PAGE).findings == ()


def test_what_is_left_out_is_named() -> None:
    """Updates that are not there stand in left_out too, by their ids."""
    gone = attrs.evolve(RESOLVED, updates=RESOLVED.updates[1:])
    (left,) = statuspage(RESOLVED, gone, page=PAGE).left_out
    assert (left.path, left.id) == ("$.updates", "u1")


# -- who else holds a component down ---------------------------------------------------


def down(name: str, id_: str) -> Incident:
    """Give an open incident in which the API is down."""
    return Incident.open(
        name, at=NINE, impact="critical", affects={"API": "major_outage"}, id=id_
    )


def test_a_component_that_another_incident_holds_down_is_told_of() -> None:
    """Resolving one of two turns the component green under the other."""
    first, second = down("First", "i1"), down("Second", "i2")
    page = attrs.evolve(PAGE, incidents=[first, second])
    resolved = first.resolve(at=TEN)
    built = statuspage(first, resolved, page=page)
    (finding,) = built.findings
    assert finding.code == "component.held"
    assert finding.path == "$.updates[1]"
    assert "'Second'" in finding.detail
    assert built.value[0].payload is not None


@pytest.mark.parametrize(
    "other",
    [
        down("Second", "i2").resolve(at=TEN),
        down("Second", "i2").post("monitoring", at=TEN, affects={"API": "operational"}),
        Incident.open("Second", at=NINE, affects={"Web": "major_outage"}, id="i2"),
        Incident.open("Second", at=NINE, affects={"Gone": "major_outage"}, id="i2"),
        Incident("Second", id="i2", components=["API"]),
        # The same one, as it stands there.
        attrs.evolve(down("First", "i1"), name="Else"),
        attrs.evolve(down("First", "v1"), links={"statuspage": "i1"}),
    ],
    ids=["over", "recovered", "another", "unknown", "untold", "same", "linked"],
)
def test_a_component_that_nobody_else_holds_down_may_recover(other: Incident) -> None:
    """What is over, or says nothing of it, holds nothing down."""
    first = down("First", "i1")
    page = attrs.evolve(PAGE, incidents=[other])
    built = statuspage(first, first.resolve(at=TEN), page=page)
    assert built.findings == ()


def test_of_a_page_what_it_is_to_be_counts() -> None:
    """Two incidents that are resolved in one go do not hold each other's components."""
    first, second = down("First", "i1"), down("Second", "i2")
    before = attrs.evolve(PAGE, incidents=[first, second])
    after = attrs.evolve(
        PAGE, incidents=[first.resolve(at=TEN), second.resolve(at=ELEVEN)]
    )
    assert statuspage(before, after, page=before).findings == ()
    one = attrs.evolve(PAGE, incidents=[first.resolve(at=TEN), second])
    codes = [f.code for f in statuspage(before, one, page=before).findings]
    assert codes == ["component.held"]
    # The vendor's page may have more than what is published.
    alone = attrs.evolve(PAGE, incidents=[first])
    resolved = attrs.evolve(PAGE, incidents=[first.resolve(at=TEN)])
    codes = [f.code for f in statuspage(alone, resolved, page=before).findings]
    assert codes == ["component.held"]
