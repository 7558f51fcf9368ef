"""
Calls that carry a page of Cachet, version 2 or 3, sent to one that lives in memory.

The laws: what is there afterwards is what the vendor can hold of what was wanted, and a
finding says where that is less; an incident put up whole and one put up state by state
come out the same; what is the same before and after wants no call; and nobody is told
who was not to be.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import strategies
from carried import linked, states
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Detection,
    Finding,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    StatusPage,
    Update,
    read,
)
from incidentkit.publishing import (
    Call,
    CannotPublish,
    Publishable,
    UnfilledCall,
    cachet2,
    cachet3,
)
from vendor_cachet import Cachet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentkit import Converted

    class Publish(Protocol):
        """What builds the calls of one version."""

        def __call__(
            self,
            before: Publishable | None,
            after: Publishable,
            *,
            page: StatusPage,
            notify: bool = False,
        ) -> Converted[tuple[Call, ...]]:
            """Build the calls that carry before to after."""
            ...


E = TypeVar("E", bound=Incident | Maintenance)

NOON = strategies.NOON
MINUTE = strategies.MINUTE
BUILD: dict[int, Publish] = {2: cachet2, 3: cachet3}
NAME = {2: "cachet2", 3: "cachet3"}
majors = st.sampled_from((2, 3))
titles = strategies.names().filter(bool)
both = pytest.mark.parametrize("major", [2, 3])
events = st.one_of(strategies.valid_incidents(), strategies.valid_maintenances())

_NEAREST: dict[object, object] = {
    IncidentStatus.POSTMORTEM: IncidentStatus.RESOLVED,
    MaintenanceStatus.VERIFYING: MaintenanceStatus.IN_PROGRESS,
    MaintenanceStatus.CANCELLED: MaintenanceStatus.COMPLETED,
}


# -- how it is sent and read back ------------------------------------------------------


def page_for(
    major: int, mentions: Iterable[ComponentRef], zone: str = "UTC"
) -> tuple[Cachet, StatusPage]:
    """Set up an installation that has the components that are mentioned."""
    components: dict[str, Component] = {}
    for mention in mentions:
        number = str(11 + len(components))
        known = Component(
            mention.label,
            id=mention.id,
            status="operational",
            links={NAME[major]: number},
        )
        components.setdefault(mention.key, known)
    vendor = Cachet(
        major,
        {int(one.links[NAME[major]]): one.name for one in components.values()},
        zone,
    )
    page = StatusPage("Acme", components=components.values(), time_zone=zone)
    return vendor, page


def account(major: int, event: Incident | Maintenance) -> tuple[Cachet, StatusPage]:
    """Set up a page that knows without a doubt all that an event mentions."""
    met: dict[str, ComponentRef] = {}
    rows = (row.component for update in event.updates for row in update.states)
    for mention in (*event.components, *rows):
        if met.setdefault(mention.key, mention) != mention:
            reject()
    vendor, page = page_for(major, event.affected)
    try:
        BUILD[major](None, event, page=page)
    except CannotPublish:
        reject()
    return vendor, page


P = TypeVar("P", bound=Incident | Maintenance | StatusPage)


def published(
    vendor: Cachet,
    before: P | None,
    after: P,
    page: StatusPage,
    *,
    notify: bool = False,
) -> tuple[P, tuple[Finding, ...]]:
    """Carry something to a page; give it as adopted, and what was found."""
    built = BUILD[vendor.major](before, after, page=page, notify=notify)
    for call in built.value:
        ready = call.filled(after)
        answer = vendor.call(ready.method, ready.path, ready.payload)
        after = ready.adopt(after, answer)
    return after, built.findings


def published_stepwise(
    vendor: Cachet, event: E, page: StatusPage
) -> tuple[E, tuple[Finding, ...]]:
    """Carry an incident to a page state by state."""
    adopted: E | None = None
    found: list[Finding] = []
    for state in states(event):
        after = state if adopted is None else linked(state, adopted)
        adopted, findings = published(vendor, adopted, after, page)
        found += findings
    assert adopted is not None
    return adopted, tuple(found)


def read_back(vendor: Cachet, adopted: E) -> E:
    """Read what the vendor shows of what was published."""
    name = NAME[vendor.major]
    is_incident = isinstance(adopted, Incident)
    number = int(adopted.links.get(name, adopted.id or ""))
    shown = vendor.shown(number, is_incident=is_incident)
    came = read(shown, name, tz=vendor.zone.key).value
    (event,) = came.incidents if is_incident else came.maintenances
    assert isinstance(event, type(adopted))
    return event


def codes(findings: Iterable[Finding]) -> set[str]:
    """Give the codes of what was found."""
    return {one.code for one in findings}


# -- what can be there -----------------------------------------------------------------


def check(
    vendor: Cachet,
    wanted: E,
    adopted: E,
    page: StatusPage,
    findings: Iterable[Finding],
) -> None:
    """Check that what is there is what can be, and that all else was reported."""
    found, told = read_back(vendor, adopted), codes(findings)
    assert found.name == wanted.name
    if isinstance(wanted, Incident):
        assert isinstance(found, Incident)
        _check_incident(vendor, wanted, found, told)
    else:
        assert isinstance(wanted, Maintenance)
        assert isinstance(found, Maintenance)
        _check_maintenance(vendor, wanted, found, told)
    _check_levels(vendor, wanted, found, page, told)
    if wanted.impact is not None and isinstance(wanted, Incident):
        assert "value.left_out" in told
    assert "time.vendors" in told


def _check_bodies(
    wanted: Sequence[Update], found: Sequence[Update], told: set[str]
) -> None:
    for one, again in zip(wanted, found, strict=True):
        if one.body:
            assert again.body == one.body
        else:
            assert again.body
            assert "value.invented" in told


def _check_incident(
    vendor: Cachet, wanted: Incident, found: Incident, told: set[str]
) -> None:
    _check_bodies(wanted.updates, found.updates, told)
    assert found.status is _NEAREST.get(wanted.status, wanted.status)
    at = wanted.began_at
    assert at is not None
    whole = at.replace(microsecond=0)
    if vendor.major == 2:
        whole = whole.replace(second=0)
    assert found.stated_start in {None, whole}
    assert found.began_at == whole or found.stated_start is None
    if whole != at:
        assert "time.coarsened" in told
    status: object = wanted.updates[0].status
    for one, again in zip(wanted.updates[1:], found.updates[1:], strict=True):
        if one.status is None:
            assert "status.invented" in told
        status = one.status or status
        assert again.status is _NEAREST.get(status, status)
        if status is IncidentStatus.POSTMORTEM:
            assert "word.coarsened" in told


def _check_maintenance(
    vendor: Cachet, wanted: Maintenance, found: Maintenance, told: set[str]
) -> None:
    begin = wanted.scheduled_for
    assert begin is not None
    if vendor.major == 2:
        _check_bodies(wanted.updates[:1], found.updates, told)
        assert found.status is _NEAREST.get(wanted.status, wanted.status)
        assert found.scheduled_for == begin.replace(second=0, microsecond=0)
        if len(wanted.updates) > 1:
            assert "item.unfitting" in told
    else:
        _check_bodies(wanted.updates, found.updates, told)
        assert found.scheduled_for == begin.replace(microsecond=0)
        assert "status.by_clock" in told
        if wanted.is_open and wanted.scheduled_until is not None:
            until = wanted.scheduled_until.replace(microsecond=0)
            assert until in {found.scheduled_until, found.stated_end}


def _check_levels(
    vendor: Cachet,
    wanted: Incident | Maintenance,
    found: Incident | Maintenance,
    page: StatusPage,
    told: set[str],
) -> None:
    """Check what is attached, and how bad it is."""
    numbers: dict[str, str] = {}
    for one in page.components:
        there = one.links[NAME[vendor.major]]
        numbers.setdefault(one.name, there)
        numbers[one.key] = there
    attached = wanted.affected
    if vendor.major == 3 and isinstance(wanted, Incident):
        attached = states(wanted)[0].affected
    ids = [numbers[one.key] for one in attached]
    if vendor.major == 2 and isinstance(wanted, Incident):
        assert [one.key for one in found.affected] == ids[:1]
        ids = ids[:1]
    else:
        assert {one.key for one in found.affected} == set(ids)
    if len(ids) < len(wanted.affected):
        assert "value.left_out" in told
    last = {
        row.component.key: row.status
        for update in wanted.updates
        for row in update.states
        if row.status is not None
    }
    table = {
        ComponentStatus.OPERATIONAL: 1,
        ComponentStatus.DEGRADED_PERFORMANCE: 2,
        ComponentStatus.PARTIAL_OUTAGE: 3,
        ComponentStatus.MAJOR_OUTAGE: 4,
        ComponentStatus.UNDER_MAINTENANCE: 2 if vendor.major == 2 else 6,
    }
    for key, level in last.items():
        assert vendor.levels[int(numbers[key])] == table[level]
    if ComponentStatus.UNDER_MAINTENANCE in last.values() and vendor.major == 2:
        assert "word.coarsened" in told


# -- laws ------------------------------------------------------------------------------


@given(majors, events)
def test_what_is_not_reported_is_there(
    major: int, event: Incident | Maintenance
) -> None:
    """What was put up whole reads as it was wanted, but for what a finding names."""
    vendor, page = account(major, event)
    adopted, findings = published(vendor, None, event, page)
    check(vendor, event, adopted, page, findings)


@given(majors, events)
def test_whole_and_step_by_step_come_out_the_same(
    major: int, event: Incident | Maintenance
) -> None:
    """An incident put up when it is over is as one that was put up as it went."""
    vendor, page = account(major, event)
    adopted, _ = published(vendor, None, event, page)
    slowly, _ = account(major, event)
    step_by_step, findings = published_stepwise(slowly, event, page)
    check(slowly, event, step_by_step, page, findings)
    whole, steps = read_back(vendor, adopted), read_back(slowly, step_by_step)
    assert [(one.status, one.body) for one in whole.updates[1:]] == [
        (one.status, one.body) for one in steps.updates[1:]
    ]
    assert whole.affected == steps.affected
    assert vendor.levels == slowly.levels


@given(majors, events)
def test_what_is_as_it_was_wants_no_call(
    major: int, event: Incident | Maintenance
) -> None:
    """Nothing is built and nothing is found where before is after, adopted or not."""
    vendor, page = account(major, event)
    adopted, _ = published(vendor, None, event, page)
    back = read_back(vendor, adopted)
    pairs = [(event, event), (adopted, adopted), (event, adopted), (back, back)]
    for before, after in pairs:
        built = BUILD[major](before, after, page=page)
        assert (built.value, built.findings) == ((), ())


@given(majors, events)
def test_nobody_is_told_who_is_not_to_be(
    major: int, event: Incident | Maintenance
) -> None:
    """What is put up says whether subscribers are told, and none is unless asked."""
    vendor, page = account(major, event)
    adopted, _ = published(vendor, None, event, page)
    assert vendor.told == []
    published(vendor, adopted, attrs.evolve(adopted, name="Other"), page)
    assert vendor.told == []
    vendor, page = account(major, event)
    published(vendor, None, event, page, notify=True)
    assert vendor.told == [event.name]


@given(majors, events, st.data())
def test_edits_arrive(
    major: int, event: Incident | Maintenance, data: st.DataObject
) -> None:
    """Names and texts that change later are there as well."""
    vendor, page = account(major, event)
    adopted, _ = published(vendor, None, event, page)
    place = data.draw(st.integers(0, len(event.updates) - 1))
    edited = attrs.evolve(
        adopted,
        name=data.draw(titles),
        updates=[
            attrs.evolve(update, body="Edited.") if index == place else update
            for index, update in enumerate(adopted.updates)
        ],
    )
    after, findings = published(vendor, adopted, edited, page)
    found = read_back(vendor, after)
    assert found.name == edited.name
    if place < len(found.updates):
        assert found.updates[place].body == "Edited."
    else:
        assert "change.refused" in codes(findings)
    assert BUILD[major](after, after, page=page).value == ()


@given(majors, strategies.valid_incidents(), titles)
def test_what_was_read_is_carried_on(major: int, incident: Incident, name: str) -> None:
    """Of what was read from there the ids are known: nothing needs to be adopted."""
    vendor, page = account(major, incident)
    adopted, _ = published(vendor, None, incident, page)
    back = read_back(vendor, adopted)
    later = max(update.at for update in back.updates) + MINUTE
    after = attrs.evolve(back.post(None, "Still at it.", at=later), name=name)
    carried, _ = published(vendor, back, after, page)
    found = read_back(vendor, carried)
    assert found.name == name
    assert found.status is back.status
    assert [one.body for one in found.updates] == [one.body for one in after.updates]


@given(majors, strategies.incidents() | strategies.maintenances())
def test_odd_histories_are_taken_too(major: int, event: Incident | Maintenance) -> None:
    """Whatever a constructor takes and is not refused, the vendor takes as well."""
    bare = attrs.evolve(
        event,
        links={},
        updates=[attrs.evolve(update, links={}) for update in event.updates],
    )
    vendor, page = account(major, bare)
    adopted, _ = published(vendor, None, bare, page)
    assert read_back(vendor, adopted).name == bare.name


@given(
    majors,
    strategies.incidents() | strategies.maintenances(),
    st.none() | strategies.incidents() | strategies.maintenances(),
    strategies.pages(),
)
def test_only_promised_errors_are_raised(
    major: int,
    after: Incident | Maintenance,
    before: Incident | Maintenance | None,
    page: StatusPage,
) -> None:
    """Whatever is to be published, calls come of it or an error that says why not."""
    with suppress(CannotPublish, TypeError):
        for call in BUILD[major](before, after, page=page).value:
            assert call.is_ready or "{" in call.route


@given(majors, strategies.pages(), st.none() | strategies.pages())
def test_pages_too(major: int, after: StatusPage, before: StatusPage | None) -> None:
    """The same of whole pages; and what is as it was wants no call."""
    with suppress(CannotPublish, TypeError):
        BUILD[major](before, after, page=after)
    try:
        built = BUILD[major](after, after, page=after)
    except CannotPublish:
        return
    assert built.value == ()


# -- what is sent ----------------------------------------------------------------------

PAGE = StatusPage(
    "Acme",
    components=[
        Component("API", id="3", status="operational"),
        Component("Web", id="4", status="operational"),
        Component("db", id="5"),
        Component("All", id="group-1", is_group=True),
        Component("Odd", id="seven"),
    ],
    time_zone="Europe/Berlin",
)
OPENED = Incident.open("Slow", "We look.", at=NOON, impact="none")
PLANNED = Maintenance.schedule(
    "DB", "Soon.", at=NOON, scheduled_for="2024-07-01T02:00:00Z"
)


def sent(
    major: int,
    before: Publishable | None,
    after: Publishable,
    page: StatusPage = PAGE,
) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Give method, path and body of all calls."""
    calls = BUILD[major](before, after, page=page).value
    return [(call.method, call.route, call.payload) for call in calls]


def found(
    major: int,
    before: Publishable | None,
    after: Publishable,
    page: StatusPage = PAGE,
) -> set[tuple[str, str]]:
    """Give the code and place of all findings."""
    built = BUILD[major](before, after, page=page)
    return {(one.code, one.path) for one in built.findings}


def linking(major: int, event: E, number: str = "41") -> E:
    """Give an event with numbers, as if all had been adopted."""
    updates = [
        attrs.evolve(update, links={NAME[major]: str(70 + place)}) if place else update
        for place, update in enumerate(event.updates)
    ]
    return attrs.evolve(event, updates=updates, links={NAME[major]: number})


def test_one_component_of_version_2_is_attached_and_all_are_moved() -> None:
    """The first goes with the incident, with its level; the others by themselves."""
    incident = Incident.open(
        "Down",
        "We look.",
        at="2024-07-01T12:00:00Z",
        affects={"API": "major_outage", "Web": "under_maintenance"},
    )
    assert sent(2, None, incident) == [
        (
            "POST",
            "/incidents",
            {
                "name": "Down",
                "status": 1,
                "message": "We look.",
                "visible": 1,
                "stickied": False,
                "occurred_at": "2024-07-01 14:00",
                "component_id": 3,
                "component_status": 4,
                "notify": False,
            },
        ),
        ("PUT", "/components/4", {"status": 2}),
    ]
    assert {
        ("word.coarsened", "$.updates[0].states"),
        ("value.left_out", "$.updates[0].states"),
        ("value.left_out", "$.components"),
    } <= found(2, None, incident)


def test_components_of_version_3_go_with_their_incident() -> None:
    """All of them, each with its level; what comes later moves the component."""
    incident = Incident.open(
        "Down",
        "We look.",
        at="2024-07-01T12:00:00.5Z",
        affects={"API": "major_outage", "Web": "under_maintenance"},
    )
    ((_, _, body),) = sent(3, None, incident)
    assert body is not None
    assert body["components"] == [{"id": 3, "status": 4}, {"id": 4, "status": 6}]
    assert body["occurred_at"] == "2024-07-01T12:00:00Z"
    assert ("time.coarsened", "$.stated_start") in found(3, None, incident)
    before = linking(3, incident)
    after = before.post(
        "monitoring",
        "Better.",
        at="2024-07-01T13:00:00Z",
        affects={"API": "operational"},
    )
    assert sent(3, before, after) == [
        ("POST", "/incidents/41/updates", {"status": 3, "message": "Better."}),
        ("PUT", "/components/3", {"status": 1}),
    ]
    assert ("value.left_out", "$.updates[1].states") in found(3, before, after)


@both
def test_a_level_is_wanted_and_the_present_one_is_taken(major: int) -> None:
    """A component that is attached without a level keeps the one it has."""
    incident = attrs.evolve(
        OPENED, components=[ComponentRef("db"), ComponentRef("All")]
    )
    ((_, _, body),) = sent(major, None, incident)
    assert body is not None
    if major == 2:
        assert (body["component_id"], body["component_status"]) == (5, 0)
    else:
        assert body["components"] == [{"id": 5, "status": 5}]
    told = found(major, None, incident)
    assert {
        ("value.invented", "$.components"),
        ("value.left_out", "$.components"),
    } <= told


@both
def test_a_component_must_have_a_number(major: int) -> None:
    """What is no number was not read from the vendor."""
    for incident in (
        attrs.evolve(OPENED, components=[ComponentRef("Odd")]),
        Incident.open("Down", "?", at=NOON, affects={"Odd": "major_outage"}),
    ):
        with pytest.raises(CannotPublish, match="no number of a component"):
            BUILD[major](None, incident, page=PAGE)


@both
def test_components_stay_attached(major: int) -> None:
    """None is taken off; another first one is attached."""
    one = linking(major, attrs.evolve(OPENED, components=[ComponentRef("API")]))
    none = attrs.evolve(one, components=[])
    assert sent(major, one, none) == []
    assert found(major, one, none) == {("change.refused", "$.components")}
    other = attrs.evolve(one, components=[ComponentRef("Web")])
    if major == 2:
        body = {"component_id": 4, "component_status": 1, "notify": False}
        assert sent(2, one, other) == [("PUT", "/incidents/41", body)]
    else:
        assert sent(3, one, other) == []
        assert ("value.left_out", "$.components") in found(3, one, other)


@both
def test_an_incident_without_a_word_is_given_one(major: int) -> None:
    """The label of its status; the first update then takes its place."""
    bare = Incident("Slow", stated_status="identified")
    ((_, _, body),) = sent(major, None, bare)
    assert body is not None
    assert (body["status"], body["message"]) == (2, "Identified")
    assert "occurred_at" not in body
    assert ("value.invented", "$") in found(major, None, bare)
    dated = attrs.evolve(bare, created_at=NOON)
    assert ("time.vendors", "$.created_at") in found(major, None, dated)
    before = attrs.evolve(bare, links={NAME[major]: "41"})
    after = before.post(
        "monitoring", "Better.", at=NOON, affects={"API": "operational"}
    )
    first, *rest = sent(major, before, after)
    assert first[:2] == ("PUT", "/incidents/41")
    assert first[2] is not None
    assert (first[2]["status"], first[2]["message"]) == (3, "Better.")
    assert [call[1] for call in rest] == (
        ["/components/3", "/incidents/41"] if major == 2 else ["/components/3"]
    )


@both
def test_what_is_edited(major: int) -> None:
    """The first word and its status with the incident, later ones by themselves."""
    before = linking(major, OPENED)
    (first,) = before.updates
    told: dict[str, Any] = {"notify": False} if major == 2 else {}
    edited = attrs.evolve(
        before,
        updates=[attrs.evolve(first, status="identified", body="Found.", id="u")],
    )
    edited = attrs.evolve(before, updates=[attrs.evolve(first, body="Found.")])
    assert sent(major, before, edited) == [
        ("PUT", "/incidents/41", {"message": "Found."} | told)
    ]
    known = attrs.evolve(
        before, updates=[attrs.evolve(first, id="u", links={"x": "1"})]
    )
    other = attrs.evolve(
        known, updates=[attrs.evolve(known.updates[0], status="identified")]
    )
    assert sent(major, known, other) == [("PUT", "/incidents/41", {"status": 2} | told)]
    longer = linking(
        major, OPENED.post("identified", "It is the disk.", at=NOON + MINUTE)
    )
    one, two = longer.updates
    changed = attrs.evolve(two, body="It is the cable.", status="monitoring")
    assert sent(major, longer, attrs.evolve(longer, updates=[one, changed])) == [
        (
            "PUT",
            "/incidents/41/updates/71",
            {"message": "It is the cable.", "status": 3},
        )
    ]
    named = attrs.evolve(longer, updates=[attrs.evolve(one, id="u"), two])
    opening = attrs.evolve(named.updates[0], status="monitoring")
    assert found(major, named, attrs.evolve(named, updates=[opening, two])) == {
        ("change.refused", "$.updates[0].status")
    }


@both
def test_what_of_a_posted_update_cannot_be_edited(major: int) -> None:
    """Its time, its levels, and that it has a status."""
    before = linking(major, OPENED.post("identified", "Found.", at=NOON + MINUTE))
    one, two = before.updates
    other = attrs.evolve(
        two,
        status=None,
        at=NOON + 9 * MINUTE,
        states=[ComponentState(ComponentRef("API"), "major_outage")],
    )
    after = attrs.evolve(before, updates=[one, other], components=[ComponentRef("API")])
    assert {
        ("change.refused", "$.updates[1].status"),
        ("change.refused", "$.updates[1].at"),
        ("change.refused", "$.updates[1].states"),
    } <= found(major, before, after)
    other_first = attrs.evolve(before, updates=[two])
    assert sent(major, before, other_first) == []
    gone = attrs.evolve(before, updates=[one])
    assert sent(major, before, gone) == []
    assert found(major, before, gone) == {("change.refused", "$.updates")}


@both
def test_a_status_apart_from_the_updates(major: int) -> None:
    """It is where an incident stands whose updates name none; else it has no place."""
    note = Update(None, body="We look.", at=NOON)
    before = linking(
        major, Incident("Slow", updates=[note], stated_status="investigating")
    )
    after = attrs.evolve(before, stated_status="resolved")
    ((_, route, body),) = sent(major, before, after)
    assert body is not None
    assert (route, body["status"]) == ("/incidents/41", 4)
    stated = attrs.evolve(OPENED, stated_status="resolved")
    assert ("value.left_out", "$.stated_status") in found(major, None, stated)


def test_version_3_can_say_that_nothing_is_known() -> None:
    """What nobody gave a status has 0 there; version 2 has no such number."""
    unknown = Incident("Slow", updates=[Update(None, body="Hm.", at=NOON)])
    ((_, _, body3),) = sent(3, None, unknown)
    ((_, _, body2),) = sent(2, None, unknown)
    assert body2 is not None
    assert body3 is not None
    assert (body3["status"], body2["status"]) == (0, 1)
    assert ("status.invented", "$.updates[0]") in found(2, None, unknown)
    assert "status.invented" not in {code for code, _ in found(3, None, unknown)}


@both
def test_who_sees_it_is_as_the_vendors_documents_say(major: int) -> None:
    """An incident that was hidden stays hidden; what is no such number is shown."""
    hidden = attrs.evolve(
        OPENED, extras={NAME[major]: {"visible": 0, "stickied": True}}
    )
    ((_, _, body),) = sent(major, None, hidden)
    assert body is not None
    assert (body["visible"], body["stickied"]) == (0, True)
    odd = attrs.evolve(OPENED, extras={NAME[major]: {"visible": 9, "user_id": 1}})
    ((_, _, body),) = sent(major, None, odd)
    assert body is not None
    assert (body["visible"], body["stickied"]) == (1, False)
    place = "$.extras['user_id']"
    assert ("value.left_out", place) in found(major, None, odd)
    before = linking(major, OPENED)
    after = attrs.evolve(before, extras={NAME[major]: {"stickied": True}})
    ((_, _, body),) = sent(major, before, after)
    assert body is not None
    assert body["stickied"] is True


@both
def test_what_has_no_place_is_named(major: int) -> None:
    """Everything that no call takes is a finding at its place."""
    update = Update(
        "resolved",
        body="Over.",
        at=NOON,
        links={"x": "1"},
        extras={NAME[major]: {"user_id": 1}},
    )
    incident = Incident(
        "Slow",
        impact="major",
        updates=[update],
        url="https://example.org/1",
        stated_end=NOON + MINUTE,
        detection=Detection("monitor"),
        postmortem="It was the disk.",
        links={"y": "1"},
    )
    places = {
        path for code, path in found(major, None, incident) if code == "value.left_out"
    }
    assert places == {
        "$.impact",
        "$.url",
        "$.stated_end",
        "$.detection",
        "$.postmortem",
        "$.links['y']",
        "$.updates[0].links['x']",
        "$.updates[0].extras['user_id']",
    }


@both
def test_a_name_is_wanted(major: int) -> None:
    """An empty one is refused; in version 3 a long one as well."""
    with pytest.raises(CannotPublish, match="wants a name"):
        BUILD[major](None, attrs.evolve(OPENED, name=""), page=PAGE)
    long = attrs.evolve(OPENED, name="x" * 256)
    if major == 2:
        assert sent(2, None, long)
    else:
        with pytest.raises(CannotPublish, match="256 characters"):
            cachet3(None, long, page=PAGE)


# -- times -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "at", "written", "code"),
    [
        ("Europe/Berlin", "2024-07-01T12:00:00Z", "2024-07-01 14:00", None),
        ("Europe/Berlin", "2024-07-01T12:00:59Z", "2024-07-01 14:00", "time.coarsened"),
        ("Europe/Berlin", "2024-10-27T00:30:00Z", "2024-10-27 02:30", None),
        ("Europe/Berlin", "2024-10-27T01:30:00Z", "2024-10-27 02:30", "time.ambiguous"),
        ("Europe/Berlin", "1850-01-01T00:00:00Z", "1850-01-01 00:00", "time.coarsened"),
        ("Mars/Olympus", "2024-07-01T12:00:00Z", "2024-07-01 12:00", "zone.unknown"),
        (None, "2024-07-01T12:00:00Z", "2024-07-01 12:00", "time.naive"),
    ],
)
def test_times_of_version_2_are_those_of_the_installation(
    zone: str | None, at: str, written: str, code: str | None
) -> None:
    """Minutes in its zone; what does not come back as it was is reported."""
    incident = Incident.open("Slow", "We look.", at=at)
    page = attrs.evolve(PAGE, time_zone=zone)
    ((_, _, body),) = sent(2, None, incident, page)
    assert body is not None
    assert body["occurred_at"] == written
    told = {code for code, path in found(2, None, incident, page) if "start" in path}
    assert told == ({code} if code else set())


# -- maintenances ----------------------------------------------------------------------


def test_a_schedule_of_version_2_has_a_status_and_one_word() -> None:
    """Its status and end move on; what is said later is left out."""
    before = linking(2, PLANNED)
    after = before.start("Go.", at="2024-07-01T02:00:00Z")
    after = after.complete("Done.", at="2024-07-01T03:00:00Z")
    assert sent(2, before, after) == [
        ("PUT", "/schedules/41", {"status": 2, "completed_at": "2024-07-01 05:00"})
    ]
    assert ("item.unfitting", "$.updates[1]") in found(2, before, after)
    one, two, three = after.updates
    edited = attrs.evolve(after, updates=[one, attrs.evolve(two, body="!"), three])
    assert sent(2, after, edited) == []
    assert found(2, after, edited) == {("change.refused", "$.updates[1].body")}


def test_a_schedule_of_version_3_ends_with_its_last_update() -> None:
    """The planned end goes with what puts it up; the real one with an update."""
    before = linking(3, attrs.evolve(PLANNED, scheduled_until="2024-07-01T04:00:00Z"))
    ((_, _, body),) = sent(3, None, attrs.evolve(before, links={}))
    assert body is not None
    assert body["completed_at"] == "2024-07-01T04:00:00Z"
    after = before.start("Go.", at="2024-07-01T02:00:00Z")
    after = after.complete("Done.", at="2024-07-01T03:00:00Z")
    assert sent(3, before, after) == [
        ("POST", "/schedules/41/updates", {"message": "Go."}),
        (
            "POST",
            "/schedules/41/updates",
            {"message": "Done.", "completed_at": "2024-07-01T03:00:00Z"},
        ),
    ]
    after = linking(3, after)
    one, two, three = after.updates
    edited = attrs.evolve(after, updates=[one, attrs.evolve(two, body=""), three])
    assert sent(3, after, edited) == [
        ("PUT", "/schedules/41/updates/71", {"message": "In Progress"})
    ]


@both
def test_a_maintenance_must_begin_sometime(major: int) -> None:
    """Without a time to begin at it is no schedule; such a time is never taken back."""
    for planned in (PLANNED, attrs.evolve(PLANNED, updates=[])):
        timeless = attrs.evolve(planned, scheduled_for=None)
        with pytest.raises(CannotPublish, match="give scheduled_for"):
            BUILD[major](None, timeless, page=PAGE)
    before = linking(major, PLANNED)
    after = attrs.evolve(before, scheduled_for=None)
    assert sent(major, before, after) == []
    assert found(major, before, after) == {("change.refused", "$.scheduled_for")}


@both
def test_schedules_too_are_edited(major: int) -> None:
    """Name, first word, times and components."""
    before = linking(major, PLANNED)
    after = attrs.evolve(
        before,
        name="Disks",
        scheduled_for="2024-07-02T02:00:00Z",
        updates=[attrs.evolve(before.updates[0], body="Later.")],
        components=[ComponentRef("API")],
    )
    begin = "2024-07-02 04:00" if major == 2 else "2024-07-02T02:00:00Z"
    assert sent(major, before, after) == [
        (
            "PUT",
            "/schedules/41",
            {
                "name": "Disks",
                "message": "Later.",
                "scheduled_at": begin,
                "components": [{"id": 3, "status": 1}],
            },
        )
    ]
    wordless = attrs.evolve(before, updates=[])
    ((_, _, body),) = sent(major, None, attrs.evolve(wordless, links={}))
    assert body is not None
    assert body["message"] == "Upcoming"
    ((method, _, body),) = sent(major, wordless, before)
    assert (method, body) == ("PUT", {"message": "Soon."})


def test_a_maintenance_that_is_called_off_is_complete() -> None:
    """The nearest number is taken, and a finding says so."""
    off = PLANNED.cancel("Not now.", at=NOON + MINUTE)
    ((_, _, body),) = sent(2, None, off)
    assert body is not None
    assert body["status"] == 2
    assert ("word.coarsened", "$.status") in found(2, None, off)
    stated = attrs.evolve(
        PLANNED, stated_start=NOON, scheduled_until="2024-07-01T03:00:00Z"
    )
    places = {path for _, path in found(2, None, stated)}
    assert {"$.stated_start", "$.scheduled_until"} <= places
    assert "$.scheduled_until" not in {path for _, path in found(3, None, stated)}


# -- pages -----------------------------------------------------------------------------


@both
def test_pages_are_carried(major: int) -> None:
    """An incident and a maintenance may have one number: they are two things."""
    incident = attrs.evolve(OPENED, id="7")
    maintenance = attrs.evolve(PLANNED, id="7")
    web = ComponentStatus.UNDER_MAINTENANCE
    after = attrs.evolve(
        PAGE,
        incidents=[incident],
        maintenances=[maintenance],
        components=[
            attrs.evolve(one, status=web) if one.name == "Web" else one
            for one in PAGE.components
        ],
    )
    vendor = Cachet(major, {3: "API", 4: "Web", 5: "db"}, "Europe/Berlin")
    adopted, findings = published(vendor, PAGE, after, PAGE)
    (one,), (two,) = adopted.incidents, adopted.maintenances
    assert int(one.links[NAME[major]]) in vendor.incidents
    assert int(two.links[NAME[major]]) in vendor.schedules
    assert vendor.levels[4] == (2 if major == 2 else 6)
    assert ("word.coarsened" in codes(findings)) == (major == 2)
    assert BUILD[major](adopted, adopted, page=PAGE).value == ()
    with pytest.raises(CannotPublish, match="there already"):
        BUILD[major](None, incident, page=after)
    only = attrs.evolve(PAGE, maintenances=[maintenance])
    assert BUILD[major](None, incident, page=only).value


@both
def test_who_else_holds_a_component_down(major: int) -> None:
    """An incident and a maintenance of one number are not one thing here either."""
    down = Maintenance.schedule(
        "DB", "Soon.", at=NOON, scheduled_for=NOON, components=["API"], id="7"
    ).start("Go.", at=NOON)
    page = attrs.evolve(PAGE, maintenances=[down])
    before = attrs.evolve(linking(major, OPENED, "7"), id="7")
    after = before.post(
        "monitoring", "Up.", at=NOON + MINUTE, affects={"API": "operational"}
    )
    assert "component.held" in {code for code, _ in found(major, before, after, page)}


@both
def test_two_kinds_are_refused(major: int) -> None:
    """A page is not carried to an incident."""
    with pytest.raises(TypeError, match="two kinds"):
        BUILD[major](PAGE, OPENED, page=PAGE)


# -- answers ---------------------------------------------------------------------------


@both
def test_answers_are_taken_in(major: int) -> None:
    """The first gives the incident's number, each later one that of its own update."""
    incident = OPENED.post("identified", "Found.", at=NOON + MINUTE)
    create, post = BUILD[major](None, incident, page=PAGE).value
    assert not post.is_ready
    with pytest.raises(UnfilledCall):
        _ = post.path
    number = 41 if major == 2 else "41"
    adopted = create.adopt(incident, {"data": {"id": number, "type": "incidents"}})
    ready = post.filled(adopted)
    assert ready.path == "/incidents/41/updates"
    whole = ready.adopt(adopted, update_answer(major, 77, 41))
    assert [dict(one.links) for one in whole.updates] == [{}, {NAME[major]: "77"}]
    with pytest.raises(ValueError, match="about '42'"):
        ready.adopt(adopted, update_answer(major, 77, 42))
    with pytest.raises(ValueError, match="about '78'"):
        ready.adopt(whole, update_answer(major, 78, 41))
    with pytest.raises(ValueError, match="has no update 1"):
        ready.adopt(linking(major, OPENED), update_answer(major, 77, 41))
    nameless = update_answer(major, 77, None)
    assert ready.adopt(adopted, nameless) == whole


def update_answer(major: int, number: int, parent: int | None) -> dict[str, object]:
    """Give what is answered to a call that posts an update."""
    if major == 2:
        return {"data": {"id": number, "incident_id": parent, "message": "Found."}}
    attributes = {"id": number, "updateable_id": parent, "message": None}
    return {"data": {"id": str(number), "type": "updates", "attributes": attributes}}


@both
@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"data": []},
        {"data": {}},
        {"data": {"id": True, "attributes": {}}},
        {"data": {"id": "x", "attributes": {}}},
        {"data": {"id": 41, "attributes": None, "incident_id": "x"}},
        b"<html>",
    ],
    ids=["empty", "list", "bare", "boolean", "word", "parent", "html"],
)
def test_what_is_no_answer_is_refused(major: int, answer: Any) -> None:
    """An error page does not become a number."""
    incident = OPENED.post("identified", "Found.", at=NOON + MINUTE)
    _, post = BUILD[major](None, incident, page=PAGE).value
    with pytest.raises(MalformedDocument):
        post.adopt(incident, answer)


def test_ids_of_other_vendors_are_not_taken_for_numbers() -> None:
    """An incident from elsewhere is not sent to under the id it has there."""
    elsewhere = attrs.evolve(OPENED, id="9h2k5t8w1q4z")
    later = elsewhere.post("identified", "Found.", at=NOON + MINUTE)
    (call,) = cachet2(elsewhere, later, page=PAGE).value
    assert call.route == "/incidents/{incident}/updates"


def test_edits_wait_for_the_number_of_their_update() -> None:
    """As long as nothing was adopted, the edit of a later update cannot be sent."""
    before = attrs.evolve(
        OPENED.post("identified", "Found.", at=NOON + MINUTE), links={"cachet2": "41"}
    )
    one, two = before.updates
    after = attrs.evolve(before, updates=[one, attrs.evolve(two, body="Found it.")])
    (call,) = cachet2(before, after, page=PAGE).value
    assert call.route == "/incidents/41/updates/{update 1}"
