"""
Changes: every kind is provoked, absence is news only where it proves something.

The laws that hold of all pages are in `test_changes_laws`.
"""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    Converted,
    Incident,
    LeftOut,
    Maintenance,
    RecordedDay,
    StatusPage,
    Update,
    changes,
    read,
)
from incidentkit.changes import (
    Appeared,
    Change,
    ComponentChanged,
    Corrected,
    FieldChanged,
    ImpactChanged,
    Listed,
    Opened,
    Rearranged,
    Renamed,
    Resolved,
    StatusChanged,
    Subject,
    SubjectKind,
    Updated,
    Vanished,
    apply,
)

if TYPE_CHECKING:
    from collections.abc import Callable

T08 = "2026-05-04T08:00:00Z"
T0810 = "2026-05-04T08:10:00Z"
T0820 = "2026-05-04T08:20:00Z"
T09 = "2026-05-04T09:00:00Z"
T10 = "2026-05-04T10:00:00Z"

DOWN = Incident.open(
    "Search is down", "We look.", at=T08, id="i7", impact="minor", update_id="u1"
)
WORK = Maintenance.schedule(
    "Upgrade", "Soon.", at=T08, scheduled_for=T09, scheduled_until=T10, id="m1"
)
SEARCH = Component("Search", id="c1", status="operational")
MAIL = Component("Mail", id="c2", status="degraded_performance")


def page(*events: Incident | Maintenance, **fields: Any) -> StatusPage:
    """Make a page of some incidents and maintenances."""
    return StatusPage(
        **{"name": "Parcelwise", "id": "p1"} | fields,
        incidents=[one for one in events if isinstance(one, Incident)],
        maintenances=[one for one in events if isinstance(one, Maintenance)],
    )


def lines(before: Any, after: Any) -> list[str]:
    """Say what happened between two readings."""
    return [str(change) for change in changes.changes(before, after)]


def edited(event: Any, **fields: Any) -> Any:
    """Change what is stated of a thing, at nine."""
    return attrs.evolve(event, updated_at=T09, **fields)


# -- every kind ------------------------------------------------------------------

UNTOLD = edited(DOWN, updates=[], stated_status="investigating")
ENDED = DOWN.resolve(at=T0820)
TWICE = DOWN.post(None, "Still.", at=T0810, id="u2")
BEGUN = WORK.start(at=T09)
SHUFFLED = attrs.evolve(TWICE, updates=TWICE.updates[::-1])
LATER = Update(None, at=T09)

KINDS: dict[str, tuple[Any, Any, list[str]]] = {
    "opened": (
        page(),
        page(DOWN),
        [f"{T08} Search is down: opened, investigating (impact minor)"],
    ),
    "opened, nobody knows how": (
        page(),
        page(Incident("Search is down", id="i7", created_at=T08)),
        [f"{T08} Search is down: opened"],
    ),
    "announced": (
        page(),
        page(WORK),
        [f"{T08} Upgrade: announced for {T09} until {T10}"],
    ),
    "opened and resolved": (
        page(),
        page(TWICE.resolve(at=T0820)),
        [
            f"{T08} Search is down: opened, investigating (impact minor)",
            f"{T0810} Search is down: updated",
            f"{T0820} Search is down: resolved",
        ],
    ),
    "told when it was over": (
        page(),
        page(Incident("Mail was late", id="i8", updates=[Update("resolved", at=T08)])),
        [f"{T08} Mail was late: opened", f"{T08} Mail was late: resolved"],
    ),
    "told when it had begun": (
        page(),
        page(Maintenance("Upgrade", updates=[Update("in_progress", at=T08)])),
        [f"{T08} Upgrade: announced", f"{T08} Upgrade: started"],
    ),
    "listed": (
        page(updated_at=T09),
        page(ENDED, updated_at=T10),
        [f"{T10} Search is down: now listed, resolved"],
    ),
    "listed and reopened": (
        page(updated_at=T09),
        page(ENDED.reopen(at=T10)),
        [
            "Search is down: now listed, resolved",
            f"{T10} Search is down: reopened, investigating",
        ],
    ),
    "vanished": (
        page(DOWN),
        page(observed_at=T10),
        [f"{T10} Search is down: not listed any more, which proves nothing"],
    ),
    "vanished, covered": (
        page(DOWN),
        page(observed_at=T10).covering(T10, T10),
        [f"{T10} Search is down: not listed any more: it is over"],
    ),
    "vanished, over": (
        page(ENDED),
        page(observed_at=T10).covering(T08, T10),
        [f"{T10} Search is down: taken off the page"],
    ),
    "updated": (page(DOWN), page(TWICE), [f"{T0810} Search is down: updated"]),
    "updated late": (
        page(DOWN.resolve(at=T09)),
        page(DOWN.resolve(at=T09).post("identified", at=T0810, backdate=True)),
        [f"{T0810} Search is down: updated, identified, told late"],
    ),
    "updated, out of order": (
        page(SHUFFLED),
        page(attrs.evolve(SHUFFLED, updates=[*SHUFFLED.updates, LATER])),
        [f"{T09} Search is down: updated"],
    ),
    "updated, with levels": (
        page(DOWN),
        page(
            DOWN.post(
                "investigating", at=T09, affects=dict.fromkeys("ABCDE", "major_outage")
            )
        ),
        [
            f"{T09} Search is down: components +A +B +C +D +E",
            (
                f"{T09} Search is down: updated, investigating; A major outage, "
                "B major outage, C major outage, 2 more"
            ),
        ],
    ),
    "corrected": (
        page(DOWN),
        page(DOWN.correct("u1", body="We see.", at=T0810, edited_at=T09)),
        [
            (
                f"{T09} Search is down: update of {T08} corrected: text edited, "
                f"shown at {T0810}"
            )
        ],
    ),
    "corrected, what it states": (
        page(DOWN),
        page(
            edited(
                DOWN,
                updates=[
                    attrs.evolve(
                        DOWN.updates[0],
                        status="identified",
                        states={"Search": "major_outage"},
                    )
                ],
            )
        ),
        [
            (
                f"{T09} Search is down: update of {T08} corrected: now identified, "
                "levels edited"
            ),
            f"{T09} Search is down: identified (was investigating)",
        ],
    ),
    "withdrawn": (
        page(TWICE),
        page(edited(DOWN)),
        [f"{T09} Search is down: update of {T0810} withdrawn"],
    ),
    "status_changed": (
        page(DOWN),
        page(DOWN.post("monitoring", at=T0810)),
        [f"{T0810} Search is down: monitoring (was investigating)"],
    ),
    "status_changed, back": (
        page(DOWN.post("monitoring", at=T0810)),
        page(DOWN.post("monitoring", at=T0810).post("identified", at=T09)),
        [f"{T09} Search is down: back to identified (was monitoring)"],
    ),
    "status_changed, nobody knows": (
        page(attrs.evolve(UNTOLD, updated_at=T08)),
        page(edited(UNTOLD, stated_status=None)),
        [f"{T09} Search is down: unknown (was investigating)"],
    ),
    "status_changed, from post-mortem": (
        page(attrs.evolve(ENDED, stated_status="postmortem")),
        page(ENDED),
        ["Search is down: resolved (was postmortem)"],
    ),
    "resolved": (
        page(DOWN),
        page(ENDED),
        [f"{T0820} Search is down: resolved"],
    ),
    "resolved, without an update": (
        page(DOWN),
        page(edited(DOWN, stated_status="resolved", stated_end=T0820)),
        [f"{T09} Search is down: resolved"],
    ),
    "reopened": (
        page(ENDED),
        page(ENDED.reopen(at=T09)),
        [f"{T09} Search is down: reopened, investigating"],
    ),
    "postmortem_published": (
        page(ENDED),
        page(ENDED.post("postmortem", "Why.", at=T09)),
        [f"{T09} Search is down: post-mortem published"],
    ),
    "resolved with the post-mortem": (
        page(DOWN),
        page(edited(DOWN, stated_status="postmortem")),
        [f"{T09} Search is down: resolved"],
    ),
    "started": (page(WORK), page(BEGUN), [f"{T09} Upgrade: started"]),
    "verifying, and back": (
        page(BEGUN),
        page(BEGUN.verify(at=T09).post("verifying", at=T10)),
        [
            f"{T09} Upgrade: verifying (was in progress)",
            f"{T10} Upgrade: updated, verifying",
        ],
    ),
    "completed": (
        page(BEGUN),
        page(BEGUN.complete(at=T10)),
        [f"{T10} Upgrade: completed"],
    ),
    "cancelled": (
        page(WORK),
        page(WORK.cancel(at=T0820)),
        [f"{T0820} Upgrade: cancelled"],
    ),
    "reopened maintenance": (
        page(WORK.cancel(at=T0820)),
        page(edited(WORK.cancel(at=T0820), stated_status="scheduled")),
        [f"{T09} Upgrade: reopened, scheduled"],
    ),
    "renamed": (
        page(DOWN),
        page(edited(DOWN, name="Search is slow")),
        [f"{T09} Search is slow: renamed, was Search is down"],
    ),
    "impact_changed": (
        page(DOWN),
        page(edited(DOWN, impact=None)),
        [f"{T09} Search is down: impact unknown (was minor)"],
    ),
    "escalated": (
        page(DOWN),
        page(edited(DOWN, impact="critical")),
        [f"{T09} Search is down: escalated from minor to critical"],
    ),
    "lowered": (
        page(DOWN),
        page(edited(DOWN, impact="none")),
        [f"{T09} Search is down: lowered from minor to none"],
    ),
    "rescheduled": (
        page(WORK),
        page(edited(WORK, scheduled_for=T10, scheduled_until=None)),
        [f"{T09} Upgrade: rescheduled for {T10}"],
    ),
    "scope_changed": (
        page(attrs.evolve(DOWN, components=["Search", "Mail"])),
        page(edited(DOWN, components=["Search", "Login"])),
        [f"{T09} Search is down: components +Login -Mail"],
    ),
    "scope_changed, in words": (
        page(attrs.evolve(DOWN, components=[ComponentRef("Search", id="c1")])),
        page(edited(DOWN, components=[ComponentRef("Find", id="c1")])),
        [f"{T09} Search is down: components listed otherwise"],
    ),
    "start_corrected": (
        page(DOWN),
        page(edited(DOWN, stated_start="2026-05-04T07:00:00Z")),
        [f"{T09} Search is down: began at 2026-05-04T07:00:00Z (was {T08})"],
    ),
    "start_corrected, to nothing": (
        page(attrs.evolve(UNTOLD, stated_start=T08)),
        page(attrs.evolve(UNTOLD, created_at=None, updated_at=T10)),
        [f"{T10} Search is down: began at unknown (was {T08})"],
    ),
    "start_corrected, to later": (
        page(UNTOLD),
        page(attrs.evolve(UNTOLD, created_at=T0810, updated_at=T10)),
        [f"{T10} Search is down: began at {T0810} (was {T08})"],
    ),
    "start_corrected, of a maintenance": (
        page(WORK),
        page(edited(WORK, stated_start=T0820)),
        [f"{T09} Upgrade: began at {T0820} (was {T09})"],
    ),
    "end_corrected": (
        page(ENDED),
        page(edited(ENDED, stated_end=T0810)),
        [f"{T09} Search is down: ended at {T0810} (was {T0820})"],
    ),
    "postmortem_changed": (
        page(DOWN),
        page(edited(DOWN, postmortem="Why.")),
        [f"{T09} Search is down: post-mortem published"],
    ),
    "postmortem_changed, edited": (
        page(attrs.evolve(DOWN, postmortem="Who knows.")),
        page(edited(DOWN, postmortem="Why.")),
        [f"{T09} Search is down: post-mortem edited"],
    ),
    "postmortem_changed, taken down": (
        page(attrs.evolve(DOWN, postmortem="Who knows.")),
        page(edited(DOWN)),
        [f"{T09} Search is down: post-mortem taken down"],
    ),
    "address_changed": (
        page(DOWN),
        page(edited(DOWN, url="https://stspg.io/1")),
        [f"{T09} Search is down: now at https://stspg.io/1"],
    ),
    "component_added": (
        page(components=[SEARCH]),
        page(components=[SEARCH, attrs.evolve(MAIL, created_at=T09)], updated_at=T10),
        [
            f"{T09} Mail: component added, degraded performance",
            f"{T10} Parcelwise: Partially Degraded Service (minor, was none)",
        ],
    ),
    "component_added, a group": (
        page(components=[SEARCH]),
        page(components=[Component("All", id="g1", is_group=True), SEARCH]),
        ["All: group added"],
    ),
    "component_removed": (
        page(components=[SEARCH, Component("All", id="g1", is_group=True)]),
        page(components=[SEARCH], observed_at=T10).covering(T10, T10),
        [f"{T10} All: group removed"],
    ),
    "component_changed": (
        page(components=[SEARCH, MAIL]),
        page(components=[edited(SEARCH, status="degraded_performance"), MAIL]),
        [f"{T09} Search: degraded performance (was operational)"],
    ),
    "component_recovered": (
        page(components=[SEARCH, MAIL]),
        page(components=[SEARCH, edited(MAIL, status="operational")], updated_at=T09),
        [
            f"{T09} Mail: operational (was degraded performance)",
            f"{T09} Parcelwise: All Systems Operational (none, was minor)",
        ],
    ),
    "component_changed, known again": (
        page(components=[attrs.evolve(SEARCH, status=None)], stated_indicator="none"),
        page(components=[SEARCH]),
        ["Search: operational (was unknown)"],
    ),
    "component_renamed": (
        page(components=[SEARCH]),
        page(components=[edited(SEARCH, name="Find")]),
        [f"{T09} Find: component renamed, was Search"],
    ),
    "component_edited": (
        page(components=[SEARCH]),
        page(
            components=[edited(SEARCH, group="g1", is_group=True, description="?")],
            stated_indicator="none",
        ),
        [f"{T09} Search: group, is group, description edited"],
    ),
    "rearranged": (
        page(components=[SEARCH, MAIL]),
        page(components=[MAIL, SEARCH]),
        ["Parcelwise: components rearranged"],
    ),
    "rearranged, in number": (
        page(components=[SEARCH, MAIL]),
        page(components=[SEARCH, attrs.evolve(MAIL, position=7)]),
        ["Parcelwise: components rearranged"],
    ),
    "rearranged incidents": (
        page(DOWN, attrs.evolve(DOWN, id="i8")),
        page(attrs.evolve(DOWN, id="i8"), DOWN),
        ["Parcelwise: incidents rearranged"],
    ),
    "rearranged maintenances": (
        page(WORK, attrs.evolve(WORK, id="m2")),
        page(attrs.evolve(WORK, id="m2"), WORK),
        ["Parcelwise: maintenances rearranged"],
    ),
    "rearranged updates": (
        page(TWICE),
        page(edited(TWICE, updates=TWICE.updates[::-1])),
        [f"{T09} Search is down: updates rearranged"],
    ),
    "page_renamed": (
        page(name=None),
        page(updated_at=T09),
        [f"{T09} Parcelwise: page renamed, was without a name"],
    ),
    "page_moved": (
        page(url="https://old.example"),
        page(),
        ["Parcelwise: page now at no address"],
    ),
    "indicator_changed": (
        page(),
        page(stated_indicator="major"),
        ["Parcelwise: Partial System Outage (major, was unknown)"],
    ),
    "indicator_changed, in words": (
        page(stated_indicator="major"),
        page(stated_indicator="major", stated_description="Hm"),
        ["Parcelwise: Hm (major, was major)"],
    ),
    "indicator_changed, unknown": (
        page(stated_indicator="major"),
        page(),
        ["Parcelwise: unknown (unknown, was major)"],
    ),
    "record_changed": (
        page(recorded=[RecordedDay("Search", "2026-05-03", major_outage=0)]),
        page(recorded=[RecordedDay("Search", "2026-05-03", major_outage=60)]),
        ["Parcelwise: recorded outages of 1 day changed"],
    ),
}


@pytest.mark.parametrize(
    ("before", "after", "expected"), KINDS.values(), ids=list(KINDS)
)
def test_what_happened_is_told_and_can_be_made_to_happen(
    before: StatusPage, after: StatusPage, expected: list[str]
) -> None:
    """The lines are these, and applying the changes gives the newer page."""
    made = changes.changes(before, after)
    assert [str(change) for change in made] == expected
    assert apply(before, made).fingerprint == after.fingerprint
    assert changes.changes(after, after) == ()


SHARED = {Change, Appeared, FieldChanged}
CONCRETE: list[type[Change]] = [
    kind
    for kind in map(vars(changes).get, changes.__all__)
    if isinstance(kind, type) and issubclass(kind, Change) and kind not in SHARED
]


def test_every_kind_is_provoked() -> None:
    """The table above misses none."""
    met = {
        change.kind
        for before, after, _ in KINDS.values()
        for change in changes.changes(before, after)
    }
    assert met == {kind.kind for kind in CONCRETE}


def test_every_class_has_a_kind_of_its_own() -> None:
    """Kinds are for settings and keys: each is one class."""
    kinds = [kind.kind for kind in CONCRETE]
    assert len(set(kinds)) == len(kinds)


def test_wider_classes_catch_the_narrower() -> None:
    """Whoever matches a wide class gets what belongs to it."""
    made = [
        c for before, after, _ in KINDS.values() for c in changes.changes(before, after)
    ]
    for wide, kinds in {
        StatusChanged: {"resolved", "reopened", "started", "completed", "cancelled"},
        ImpactChanged: {"escalated", "lowered"},
        ComponentChanged: {"component_recovered"},
        Appeared: {"opened", "announced", "listed"},
        FieldChanged: {"renamed", "end_corrected"},
    }.items():
        assert kinds <= {change.kind for change in made if isinstance(change, wide)}


def test_changes_are_values() -> None:
    """They can be pickled, copied and put in sets."""
    made = changes.changes(page(), page(TWICE.resolve(at=T0820)))
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.deepcopy(made) == made
    assert len({*made, *made}) == len(made)


def test_a_line_stays_a_line_and_is_never_obeyed() -> None:
    """Whatever a page calls things."""
    wild = Incident.open("a\nb\x1b[2J\u202e", at=T08)
    (line,) = lines(page(), page(wild))
    assert line == f"{T08} a b\\x1b[2J\\u202e: opened, investigating"


# -- what makes none ---------------------------------------------------------------


def test_without_an_older_reading_nothing_is_news() -> None:
    """A watcher who just came announces nothing."""
    assert changes.changes(None, page(DOWN)) == ()
    assert changes.changes(None, Converted(page(DOWN))) == ()


def test_what_no_reader_notices_makes_no_change() -> None:
    """Links, extras, build dates, coverage."""
    quiet: dict[str, Any] = {"links": {"a": "b"}, "extras": {"statuspage": {"x": 1}}}
    after = page(
        attrs.evolve(DOWN, updated_at=T10, **quiet),
        components=[attrs.evolve(SEARCH, updated_at=T10, **quiet)],
        updated_at=T10,
        observed_at=T10,
        time_zone="Asia/Kolkata",
        **quiet,
    ).covering(T08, T10)
    assert changes.changes(page(DOWN, components=[SEARCH]), after) == ()


# -- absence -----------------------------------------------------------------------


def vanished(before: Any, after: Any) -> list[bool]:
    """Tell of each that vanished whether it is over."""
    made = changes.changes(before, after)
    return [change.is_over for change in made if isinstance(change, Vanished)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # A summary, after all that was said; one before it; one of another day.
        (T10, T10, True),
        (T0820, T0820, True),
        (T08, T08, False),
        # A list that goes back further; one that is cut off after it came up.
        (T08, T10, True),
        (T0810, T10, False),
    ],
)
def test_what_is_gone_is_over_only_within_coverage(
    start: str, end: str, *, expected: bool
) -> None:
    """An instant shows what is open; a list, what came up since its oldest."""
    before = page(DOWN.post(None, at=T0820))
    assert vanished(before, page().covering(start, end)) == [expected]


def test_maintenances_have_a_coverage_of_their_own() -> None:
    """What is known of incidents says nothing of them."""
    covered = page().covering(T10, T10)
    only = attrs.evolve(covered.coverage, incidents=())
    assert vanished(page(WORK), covered) == [True]
    assert vanished(page(DOWN, WORK), attrs.evolve(covered, coverage=only)) == [
        False,
        True,
    ]


def test_what_has_no_time_proves_nothing() -> None:
    """Nobody knows whether it would be listed."""
    timeless = Incident("Search is down", id="i7")
    assert vanished(page(timeless), page().covering(T08, T10)) == [False]


def test_what_was_over_and_slid_off_a_list_is_no_news() -> None:
    """Lists have an end, and summaries only show what is open."""
    assert changes.changes(page(ENDED), page()) == ()
    assert changes.changes(page(ENDED), page().covering(T10, T10)) == ()
    assert changes.changes(page(ENDED), page().covering(T0820, T10)) == ()


def test_components_go_only_from_pages_that_show_them_all() -> None:
    """Other documents have none."""
    assert (
        lines(
            page(components=[MAIL], stated_indicator="none"),
            page(stated_indicator="none"),
        )
        == []
    )


@pytest.mark.parametrize(
    "left",
    [
        LeftOut("$.incidents[0]", "i7"),
        LeftOut("$.incidents[0]"),
        LeftOut("$.incidents"),
        LeftOut("$.incidents[0].id"),
        LeftOut("summary.json: $.incidents[0]"),
        LeftOut("$[0]"),
        LeftOut("line 7"),
        LeftOut("$.x"),
    ],
    ids=str,
)
def test_what_was_left_out_is_not_gone(left: LeftOut) -> None:
    """By id, or by whatever a path leaves possible."""
    after = Converted(page().covering(T10, T10), left_out=(left,))
    assert changes.changes(page(DOWN), after) == ()


@pytest.mark.parametrize(
    "path",
    [
        "$.components[0]",
        "$.incidents[0].name",
        "$.page.name",
        "$.status",
        "$.scheduled_maintenances[1]",
    ],
)
def test_what_was_left_out_elsewhere_hides_nothing(path: str) -> None:
    """A broken component is no reason to miss the end of an incident."""
    after = Converted(page().covering(T10, T10), left_out=(LeftOut(path),))
    assert vanished(page(DOWN), after) == [True]


@pytest.mark.parametrize("path", ["$.page", "$.recorded[0]"])
def test_days_that_were_recorded_anew_are_told_in_spite_of_doubt(path: str) -> None:
    """Only that they are fewer is not."""
    day = RecordedDay("Search", "2026-05-03", major_outage=60)
    after = Converted(page(recorded=[day]), left_out=(LeftOut(path),))
    assert lines(page(), after) == ["Parcelwise: recorded outages of 1 day changed"]


def test_components_that_were_left_out_are_not_gone() -> None:
    """As for incidents."""
    after = page(components=[MAIL], stated_indicator="none").covering(T10, T10)
    before = page(components=[SEARCH, MAIL], stated_indicator="none")
    left = LeftOut("$.components[0]")
    assert lines(before, after) == ["Search: component removed"]
    assert lines(before, Converted(after, left_out=(left,))) == []


def test_what_a_reading_left_out_of_things_stays_as_it_was() -> None:
    """An empty value is no news where values were left out."""
    told = attrs.evolve(
        DOWN.post(None, "Hm.", at=T0810, affects={"Search": "major_outage"}, id="u2"),
        url="https://stspg.io/1",
        postmortem="Why.",
    )
    bare = Incident(
        "", id="i7", created_at=T08, updates=[Update(None, at=T0810, id="u2")]
    )
    work = Maintenance("", id="m1", impact=None)
    entry = Component("c1", id="c1")
    group = Component("All", id="g1", is_group=True)
    left = (
        LeftOut("$.incidents[0].name"),
        LeftOut("$.components[0].name"),
        LeftOut("$.page.name"),
    )
    days = [RecordedDay("Search", f"2026-05-0{day}") for day in (1, 2)]
    before = page(
        told,
        WORK.cancel(at=T0820),
        components=[SEARCH, group],
        recorded=days,
        url="https://x.example",
    )
    after = page(
        bare,
        work,
        components=[entry, attrs.evolve(group, is_group=False)],
        recorded=days[:1],
        name=None,
    )
    assert len(changes.changes(before, after)) > 10
    assert lines(before, Converted(after, left_out=left)) == []


def test_a_status_or_an_end_that_was_left_out_stays_as_it_was() -> None:
    """Where no update tells them."""
    over = attrs.evolve(UNTOLD, stated_status="resolved", stated_end=T0820)
    emptied: list[dict[str, Any]] = [{"stated_status": None}, {"stated_end": None}]
    for fields in emptied:
        bare = page(attrs.evolve(over, **fields))
        left = (LeftOut("$.incidents[0].status"),)
        assert len(changes.changes(page(over), bare)) > 0
        assert lines(page(over), Converted(bare, left_out=left)) == []


def test_levels_that_were_left_out_stay_as_they_were() -> None:
    """In their order; those that can be read are told."""
    levels = {"A": "major_outage", "B": "partial_outage", "C": "major_outage"}

    def told(**rows: str | None) -> StatusPage:
        states = [ComponentState(name, level) for name, level in rows.items()]
        return page(attrs.evolve(DOWN, updates=[Update(None, at=T08, states=states)]))

    left = (LeftOut("$.incidents[0].incident_updates[0].affected_components[0]"),)
    for rows in ({"C": "major_outage"}, {"A": None, **levels}, {"B": None}):
        assert lines(told(**levels), Converted(told(**rows), left_out=left)) == []
    worse = Converted(told(B="major_outage", D="major_outage"), left_out=left)
    (change,) = changes.changes(told(**levels), worse)
    assert isinstance(change, Corrected)
    assert [row.component.key for row in change.after.states] == ["A", "B", "C", "D"]


def test_updates_that_were_left_out_by_name_are_not_withdrawn() -> None:
    """Others are."""
    after = Converted(
        page(DOWN), left_out=(LeftOut("$.incidents[0].incident_updates[0]", "u2"),)
    )
    assert lines(page(TWICE), after) == []
    assert lines(page(TWICE), page(DOWN)) == [
        f"Search is down: update of {T0810} withdrawn"
    ]
    other = attrs.evolve(after, left_out=(LeftOut("$.x[0]", "u9"),))
    assert lines(page(TWICE), other) == lines(page(TWICE), page(DOWN))


def test_what_came_in_spite_of_doubt_is_told() -> None:
    """Doubt is about what is not there."""
    left = (LeftOut("$.incidents[0].incident_updates[1]"),)
    after = Converted(page(DOWN.resolve("Done.", at=T09)), left_out=left)
    assert lines(page(TWICE), after) == [f"{T09} Search is down: resolved"]


def test_what_the_older_reading_left_out_is_no_news() -> None:
    """Only what was said since is."""
    before = Converted(page(updated_at=T0820), left_out=(LeftOut("$.incidents[0]"),))
    later = DOWN.post("identified", at=T09)
    made = changes.changes(before, page(later, observed_at=T10))
    assert [type(change) for change in made] == [Listed, StatusChanged]
    # What came up since is.
    fresh = changes.changes(
        before, page(attrs.evolve(Incident.open("New", at=T09), id="i9"))
    )
    assert [type(change) for change in fresh] == [Opened]


def test_a_watcher_who_keeps_what_is_known_is_not_fooled_by_a_gap() -> None:
    """Neither when it comes nor when it goes."""

    def reading(*incidents: object) -> Converted[StatusPage]:
        return read(
            json.dumps(
                {
                    "page": {"id": "p1", "name": "Parcelwise", "updated_at": T10},
                    "components": [],
                    "incidents": incidents,
                    "scheduled_maintenances": [],
                }
            ),
            "statuspage",
            document="summary",
        )

    told = {"id": "i7", "name": "Search is down", "created_at": T08}
    first = {"id": "u1", "status": "investigating", "body": "", "display_at": T08}
    second = {"id": "u2", "status": "identified", "body": "", "display_at": T09}
    kept = reading({**told, "incident_updates": [first]}).value
    gap = changes.changes(kept, reading(5))
    assert gap == ()
    kept = apply(kept, gap)
    made = changes.changes(kept, reading({**told, "incident_updates": [second, first]}))
    assert [str(change) for change in made] == [
        f"{T09} Search is down: identified (was investigating)"
    ]
    assert vanished(apply(kept, made), reading()) == [True]


# -- which is which ----------------------------------------------------------------


def test_ids_decide() -> None:
    """Two ids are two things, whatever else is the same."""
    other = attrs.evolve(DOWN, id="i8")
    assert [type(one) for one in changes.changes(page(DOWN), page(other))] == [
        Opened,
        Vanished,
    ]


@pytest.mark.parametrize(
    "without",
    [
        attrs.evolve(DOWN, id=None, url="https://stspg.io/1", name="Otherwise"),
        attrs.evolve(DOWN, id=None, url=None),
    ],
    ids=["by address", "by name and time"],
)
def test_what_has_an_id_in_one_reading_alone_is_known_by_the_rest(
    without: Incident,
) -> None:
    """Feeds give no ids."""
    named = attrs.evolve(DOWN, url="https://stspg.io/1", updates=without.updates)
    for before, after in ((named, without), (without, named)):
        made = changes.changes(page(before), page(after))
        assert {type(one).kind for one in made} <= {"renamed", "address_changed"}
        assert apply(page(before), made).incidents[0].name == after.name


def test_components_and_updates_without_an_id_are_known_by_name_and_time() -> None:
    """In either direction."""
    bare = attrs.evolve(DOWN, updates=[attrs.evolve(DOWN.updates[0], id=None)])
    before = page(bare, components=[attrs.evolve(SEARCH, id=None)])
    assert changes.changes(before, page(DOWN, components=[SEARCH])) == ()
    assert changes.changes(page(DOWN, components=[SEARCH]), before) == ()


def test_the_same_thing_said_twice_is_two_updates() -> None:
    """They are counted, and their keys differ."""
    once = Incident("Mail", id="i1", updates=[Update(None, body="Hm.", at=T08)])
    twice = attrs.evolve(once, updates=[*once.updates, *once.updates])
    (change,) = changes.changes(page(once), page(twice))
    assert isinstance(change, Updated)
    assert change.nth == 1
    (gone,) = changes.changes(page(twice), page(once))
    assert gone.key.endswith(f"/withdrawn//{T08}/1")


# -- when, and keys ------------------------------------------------------------------


def test_keys_are_made_of_page_object_kind_and_instant() -> None:
    """What would part them is encoded."""
    (change,) = changes.changes(page(DOWN), page(DOWN.resolve(at=T09, id="u/9")))
    assert change.key == f"p1/incident/i7/resolved/{T09}/u%2F9"


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("opened", f"p1/incident/i7/opened/{T08}"),
        ("announced", f"p1/maintenance/m1/announced/{T08}"),
        ("corrected", f"p1/incident/i7/corrected/{T09}/u1"),
        ("resolved, without an update", f"p1/incident/i7/resolved/{T09}/stated"),
        ("component_removed", f"p1/component/g1/component_removed/{T10}"),
        ("rearranged incidents", "p1/page/p1/rearranged//incidents"),
        ("page_renamed", f"p1/page/p1/page_renamed/{T09}"),
    ],
)
def test_keys_can_be_read(what: str, expected: str) -> None:
    """They are short, and stay what they are."""
    before, after, _ = KINDS[what]
    assert [change.key for change in changes.changes(before, after)] == [expected]


def test_a_change_of_no_class_has_a_line_and_a_key() -> None:
    """So that classes of one's own can be added."""
    subject = Subject(kind=SubjectKind.COMPONENT, key="c1", name="Search", nth=1)
    change = Change(page="p1", subject=subject, at=None)
    assert (str(change), change.key) == ("Search: change", "p1/component/c1/change//1")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": "p1", "url": "https://x.example"}, "p1"),
        ({"id": None, "url": "https://x.example"}, "https:%2F%2Fx.example"),
        ({"id": None, "name": "Parcelwise"}, "Parcelwise"),
        ({"id": None, "name": None}, ""),
    ],
)
def test_a_page_is_known_by_id_or_address_or_name(
    fields: dict[str, Any], expected: str
) -> None:
    """Whatever it has."""
    (change,) = changes.changes(page(**fields), page(DOWN, **fields))
    assert change.key == f"{expected}/incident/i7/opened/{T08}"


def test_a_second_flap_is_a_second_event() -> None:
    """For its key holds another instant."""
    up = [page(components=[edited(SEARCH)], updated_at=T08)]
    down = attrs.evolve(SEARCH, status="major_outage")
    flaps = [
        page(components=[attrs.evolve(down, updated_at=T0810)]),
        page(components=[attrs.evolve(SEARCH, updated_at=T0820)]),
        page(components=[attrs.evolve(down, updated_at=T09)]),
    ]
    first = changes.changes(up[0], attrs.evolve(flaps[0], updated_at=T0810))
    second = changes.changes(flaps[1], flaps[2])
    assert first[0].key != second[0].key
    assert first[0].subject == second[0].subject


def test_two_watchers_give_one_change_one_key() -> None:
    """However often they look."""
    told = TWICE.resolve(at=T0820)
    often = [
        *changes.changes(page(DOWN), page(TWICE, observed_at=T0820)),
        *changes.changes(page(TWICE), page(told, observed_at=T09)),
    ]
    seldom = changes.changes(page(DOWN), page(told, observed_at=T10))
    assert [one.key for one in often] == [one.key for one in seldom]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"updated_at": T09, "observed_at": T10}, (T09, True)),
        ({"updated_at": T08}, {"updated_at": T09, "observed_at": T10}, (T09, True)),
        ({"updated_at": T09}, {"updated_at": T09, "observed_at": T10}, (T10, False)),
        ({"updated_at": T09}, {"updated_at": T09}, (T09, False)),
        ({}, {}, (None, False)),
    ],
)
def test_what_nothing_dates_is_dated_by_the_page_or_by_the_reading(
    before: dict[str, str], after: dict[str, str], expected: tuple[Any, bool]
) -> None:
    """The source goes before the watcher."""
    older = page(components=[MAIL], stated_indicator="none", **before)
    newer = page(
        components=[attrs.evolve(MAIL, status="partial_outage")],
        stated_indicator="none",
        **after,
    )
    (change,) = changes.changes(older, newer)
    at = None if change.at is None else change.at.isoformat().replace("+00:00", "Z")
    assert (at, change.is_dated) == expected
    came = apply(older, [change])
    if change.is_dated:
        assert came.updated_at == change.at
    else:
        assert came.observed_at == change.at


def test_an_edit_is_dated_by_the_update() -> None:
    """Not by the last change of its incident."""
    told = DOWN.correct("u1", body="!", edited_at=T0820)
    (change,) = changes.changes(page(DOWN), page(edited(told)))
    assert isinstance(change, Corrected)
    assert str(change.at) == str(told.updates[0].updated_at)


def test_changes_are_in_order_of_time() -> None:
    """Whatever they are about."""
    before = page(DOWN, attrs.evolve(DOWN, id="i8"))
    after = page(DOWN.resolve(at=T10), attrs.evolve(DOWN, id="i8").resolve(at=T09))
    assert [str(one.at)[11:16] for one in changes.changes(before, after)] == [
        "09:00",
        "10:00",
    ]


# -- making them happen --------------------------------------------------------------


def test_nothing_changes_nothing() -> None:
    """The page itself comes back."""
    assert apply(before := page(DOWN), ()) is before


def test_things_come_where_they_stand() -> None:
    """Whatever was there before, without rearranging."""
    ids = [attrs.evolve(DOWN, id=f"i{place}") for place in range(6)]
    for there in ([0, 5], [2], [], [1, 3, 4]):
        before, after = page(*(ids[at] for at in there)), page(*ids)
        made = changes.changes(before, after)
        assert not any(isinstance(change, Rearranged) for change in made)
        assert apply(before, made) == attrs.evolve(after, updated_at=DOWN.created_at)


def strange(change: Callable[[Subject], Change], kind: SubjectKind) -> Change:
    """Make a change to something nobody knows."""
    return change(Subject(kind=kind, key="x", name="X"))


def renamed(subject: Subject) -> Change:
    """Make a renaming."""
    return Renamed(page="p1", subject=subject, at=None, before="X", after="Y")


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_change_to_what_is_not_there_is_refused(kind: SubjectKind) -> None:
    """The message says what to do instead."""
    change = strange(renamed, kind)
    with pytest.raises(ValueError, match=r"no (page|component|incident|maintenance)"):
        apply(page(DOWN, WORK, components=[SEARCH]), [change])


def test_a_change_of_another_sort_is_refused() -> None:
    """A subject and a kind have to go together."""
    (added,) = changes.changes(
        page(components=[SEARCH]),
        page(components=[SEARCH, attrs.evolve(MAIL, status="operational")]),
    )
    for key, kind in (("i7", SubjectKind.INCIDENT), ("c1", SubjectKind.COMPONENT)):
        subject = Subject(kind=kind, key=key, name="X")
        wrong: Change = attrs.evolve(added, subject=subject)
        if kind is SubjectKind.COMPONENT:
            wrong = attrs.evolve(renamed(subject))
        with pytest.raises(ValueError, match="is about no"):
            apply(page(DOWN, components=[SEARCH]), [wrong])


def test_a_change_to_an_update_that_is_not_there_is_refused() -> None:
    """So has an update."""
    (gone,) = changes.changes(page(TWICE), page(DOWN))
    with pytest.raises(ValueError, match="'i7' without an update 'u2'"):
        apply(page(DOWN), [gone])


def test_a_resolution_carries_its_end() -> None:
    """Also where no update tells it."""
    (change,) = changes.changes(
        page(DOWN), page(edited(DOWN, stated_status="resolved", stated_end=T0820))
    )
    assert isinstance(change, Resolved)
    assert change.ended_at is not None
    assert change.update is None
