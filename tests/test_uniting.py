"""Two tellings of one incident: what says less adds, and takes nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings

import strategies
from incidentkit import (
    ComponentStatus,
    Incident,
    IncidentStatus,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit._time import instant
from incidentkit._uniting import united

if TYPE_CHECKING:
    from pendulum import DateTime

SECOND = strategies.MINUTE / 60


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(strategies.NOON + minutes * strategies.MINUTE)


def minute(moment: DateTime) -> DateTime:
    """Give the minute of an instant, as a feed shows it."""
    return moment.replace(second=0, microsecond=0)


#: As the page's own JSON has it: ids, seconds, levels, when it was typed.
RICH = Incident(
    "API down",
    id="i1",
    impact="major",
    url="https://stspg.io/x",
    components=["API"],
    updates=[
        Update(
            "investigating",
            body="We are  looking.",
            at=at(0.5),
            id="u1",
            states={"API": "partial_outage"},
        ),
        Update("identified", body="A cable.", at=at(5.25), id="u2"),
    ],
    extras={"statuspage": {"@absent": ("started_at",), "reminder_intervals": "[6]"}},
    links={"cstate": "a.md"},
)


def poor(event: Any, **changes: Any) -> Any:
    """Give an event as a feed tells it: no ids, no levels, minutes."""
    told = [
        Update(update.status, body=update.body, at=minute(update.at))
        for update in event.updates
    ]
    fields = {
        "impact": None,
        "components": (),
        "updates": told,
        "created_at": None,
        "links": {},
        "extras": {"atom": {"id": "tag:x,2005:Incident/1"}},
        **changes,
    }
    return attrs.evolve(event, **fields)


def test_an_older_feed_adds_only_what_it_is_called() -> None:
    """The page's own JSON is believed, and keeps what the feed knows besides."""
    whole = united(poor(RICH, updated_at=at(5)), RICH)

    assert attrs.evolve(whole, extras=RICH.extras) == RICH
    assert whole.extras == {
        **RICH.extras,
        "atom": {"id": "tag:x,2005:Incident/1"},
    }


def test_a_newer_feed_takes_nothing_away() -> None:
    """Ids, seconds, levels and impact stay, though the feed has none of them."""
    whole = united(RICH, poor(RICH, updated_at=at(60)))

    assert whole.updates == RICH.updates
    assert (whole.impact, whole.components) == (RICH.impact, RICH.components)
    assert (whole.created_at, whole.updated_at) == (RICH.created_at, at(60))
    assert whole.extras["statuspage"] == RICH.extras["statuspage"]
    assert whole.links == RICH.links


def test_a_newer_feed_tells_what_came_later() -> None:
    """Its new updates go where they belong, and what was stated before is past."""
    stated = attrs.evolve(RICH, stated_status="monitoring", stated_end=at(3))
    longer = poor(RICH, updated_at=at(60))
    longer = attrs.evolve(
        longer,
        name="API down (fixed)",
        updates=[*longer.updates, Update("resolved", body="Fixed.", at=at(30))],
    )

    whole = united(stated, longer)

    assert whole.name == "API down (fixed)"
    assert whole.status is IncidentStatus.RESOLVED
    assert whole.ended_at == at(30)
    assert [update.id for update in whole.updates] == ["u1", "u2", None]
    assert whole.updates[:2] == RICH.updates
    # Which keys were absent from the document is true no more.
    assert whole.extras["statuspage"] == {"reminder_intervals": "[6]"}


def test_a_newer_feed_tells_what_was_edited() -> None:
    """Another text at that minute and status is the same update, edited."""
    edited = poor(RICH, updated_at=at(60))
    told = [attrs.evolve(edited.updates[0], body="It was DNS."), edited.updates[1]]

    whole = united(RICH, attrs.evolve(edited, updates=told))

    assert [update.body for update in whole.updates] == ["It was DNS.", "A cable."]
    assert whole.updates[0].id == "u1"
    assert whole.updates[0].at == at(0.5)
    assert whole.updates[0].states == RICH.updates[0].states


def test_a_newer_feed_tells_what_was_dated_back() -> None:
    """The same text and status at another minute is the same update."""
    moved = poor(RICH, updated_at=at(60))
    told = [attrs.evolve(moved.updates[0], at=at(-30)), moved.updates[1]]

    whole = united(RICH, attrs.evolve(moved, updates=told))

    assert [update.id for update in whole.updates] == ["u1", "u2"]
    assert whole.updates[0].at == at(-30)
    assert whole.updates[0].created_at == at(0.5)


def test_a_list_of_months_has_the_last_message_alone() -> None:
    """It names no status and is none of its own; the others stay."""
    listed = Incident(
        "API down",
        id="i1",
        updates=[Update(None, body="A cable.", at=at(5))],
        updated_at=at(60),
        stated_status="resolved",
        stated_end=at(20),
    )

    whole = united(RICH, listed)

    assert whole.updates == RICH.updates
    assert (whole.status, whole.ended_at) == (IncidentStatus.RESOLVED, at(20))


def test_updates_of_one_minute_keep_their_order() -> None:
    """Two of one status and minute are paired one by one."""
    twice = attrs.evolve(
        RICH,
        updates=[
            Update("investigating", body=body, at=at(0.1 * n), id=f"u{n}")
            for n, body in enumerate(("One.", "Two.", "Three."))
        ],
    )
    told = poor(twice, updated_at=at(60))
    changed = attrs.evolve(told.updates[1], body="Too.")
    told = attrs.evolve(told, updates=[told.updates[0], changed, told.updates[2]])

    whole = united(twice, told)

    assert [(one.id, one.body) for one in whole.updates] == [
        *(("u0", "One."), ("u1", "Too."), ("u2", "Three."))
    ]


def test_of_two_feeds_the_newer_is_believed() -> None:
    """What was deleted between two documents of one kind is gone."""
    old = poor(RICH, updated_at=at(60))
    new = attrs.evolve(old, updates=old.updates[:1], updated_at=at(70))

    assert united(old, new) == new
    assert united(new, old) == new


@pytest.mark.parametrize(("moved", "is_kept"), [(0.5, True), (3, False)])
def test_the_window_of_a_maintenance(
    moved: float,
    is_kept: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A feed may tell that it was put off, but not to the second."""
    plan = Maintenance(
        "Work",
        id="m1",
        scheduled_for=at(10.25),
        scheduled_until=at(20.5),
        updates=[Update("scheduled", at=at(0), id="u1")],
    )
    feed = poor(plan, updated_at=at(60), scheduled_for=minute(at(10.25 + moved)))

    whole = united(plan, attrs.evolve(feed, scheduled_until=None))

    expected = at(10.25) if is_kept else minute(at(10.25 + moved))
    assert (whole.scheduled_for, whole.scheduled_until) == (expected, at(20.5))


def test_a_summary_says_how_the_page_is_and_a_feed_does_not() -> None:
    """However new the feed is."""
    summary = StatusPage(
        components=["API"], stated_description="So so.", updated_at=at(0)
    )
    feed = StatusPage("Acme", incidents=[RICH], updated_at=at(60))

    for pages in ((summary, feed), (feed, summary)):
        whole = StatusPage.joined(*pages).exact()
        assert whole.description == "So so."
        assert whole.updated_at == at(60)


@settings(max_examples=60)
@given(strategies.valid_incidents())
def test_no_update_is_lost_to_a_feed(incident: Incident) -> None:
    """Law: what a feed tells of an incident adds nothing to what the page tells."""
    told = [
        attrs.evolve(update, id=f"u{n}") for n, update in enumerate(incident.updates)
    ]
    rich = attrs.evolve(incident, updates=told)
    for later in (-60, 60_000_000):
        feed = poor(rich, updated_at=rich.updates[-1].updated_at.add(seconds=later))
        whole = united(rich, feed)
        assert whole.updates == rich.updates
        assert whole.status is rich.status
        assert [row.status for update in whole.updates for row in update.states] == [
            row.status for update in rich.updates for row in update.states
        ]


@pytest.mark.parametrize("at_first", [False, True], ids=["last", "first"])
def test_a_name_that_is_missing_is_filled_in(
    at_first: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A document of updates alone does not say what the incident is called."""
    nameless = attrs.evolve(RICH, name="", updated_at=at(60 if at_first else 0))
    assert united(nameless, RICH).name == "API down"


def test_levels_are_the_richer_telling_s() -> None:
    """A feed tells none, and none is not operational."""
    whole = united(RICH, poor(RICH, updated_at=at(60)))

    assert whole.worst_status("API") is ComponentStatus.PARTIAL_OUTAGE
