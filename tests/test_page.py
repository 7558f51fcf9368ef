"""Pages: what is on them, what it adds up to, and other pages made of them."""

from __future__ import annotations

import itertools
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incidentkit
import strategies
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Coverage,
    Incident,
    Indicator,
    Maintenance,
    StatusPage,
    Stretch,
    Update,
)
from incidentkit._time import instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pendulum import DateTime

    Said: TypeAlias = Mapping[str, Mapping[str, object]]

NOON, MINUTE = strategies.NOON, strategies.MINUTE
DOOMSDAY = strategies.DOOMSDAY
pages = strategies.pages()
few = settings(max_examples=50)


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(NOON + minutes * MINUTE)


@pytest.fixture
def page() -> StatusPage:
    """Give a page with a group of two, and one more."""
    return StatusPage(
        "Kalix",
        id="p1",
        components=[
            Component("API", id="a1", status="operational", group="g1"),
            Component("Backend", id="g1", is_group=True),
            Component("db", id="b2", status="operational", group="g1"),
            Component("Mail", status="degraded_performance"),
        ],
        updated_at=NOON,
    )


def levels(page: StatusPage) -> list[str | None]:
    """Give the levels of a page's components, in order."""
    return [None if c.status is None else c.status.value for c in page.components]


# --- laws -----------------------------------------------------------------------------


@few
@given(pages, strategies.moments())
def test_everything_derived_is_defined(page: StatusPage, now: dt.datetime) -> None:
    """Whatever a constructor accepts, every derived fact has a value."""
    for name, member in vars(StatusPage).items():
        if isinstance(member, property):
            getattr(page, name)
    page.outages(until=now)
    page.as_of(now)
    page.covering(now, DOOMSDAY)
    for component in page.components:
        page.leaves(component)
    events: list[Incident | Maintenance] = [*page.incidents, *page.maintenances]
    for event in events:
        page.record(event)


@few
@given(pages)
def test_a_page_shows_in_one_short_line(page: StatusPage) -> None:
    """However much is on it."""
    assert repr(page).isprintable()
    assert len(repr(page)) < 900


def test_a_page_shows_whose_it_is_and_how_much_is_on_it(page: StatusPage) -> None:
    """Not all that is on it."""
    shown = "<StatusPage 'Kalix': 4 components, 0 incidents, 0 maintenances>"
    assert shown == repr(page)
    assert repr(StatusPage()).startswith("<StatusPage of nobody: 0 components")


@few
@given(pages, strategies.extras(), strategies.links(), strategies.moments())
def test_a_fingerprint_is_of_what_a_reader_notices(
    page: StatusPage,
    extras: Said,
    links: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Extras, links, coverage and when it was built or looked at do not count."""
    twin = attrs.evolve(
        page,
        components=[
            attrs.evolve(
                one, extras=extras, links=links, updated_at=now, created_at=now
            )
            for one in page.components
        ],
        incidents=[
            attrs.evolve(one, extras=extras, links=links, updated_at=now)
            for one in page.incidents
        ],
        updated_at=now,
        observed_at=now,
        coverage=Coverage(),
        extras=extras,
        links=links,
    )
    assert page.fingerprint == twin.fingerprint


@few
@given(pages)
def test_a_fingerprint_changes_with_what_is_told(page: StatusPage) -> None:
    """A name, a level, an incident, a sentence: whatever a reader would notice."""
    down = Incident.open("API down", at=NOON)
    changed = [
        attrs.evolve(page, name=(page.name or "") + "!"),
        attrs.evolve(page, stated_description=(page.description or "") + "!"),
        attrs.evolve(page, components=[*page.components, Component("one more")]),
        attrs.evolve(page, incidents=[*page.incidents, down]),
        attrs.evolve(page, incidents=[*page.incidents, down.resolve(at=NOON)]),
        attrs.evolve(page, maintenances=[*page.maintenances, Maintenance("x")]),
    ]
    if page.components:
        first, *rest = page.components
        other = next(level for level in ComponentStatus if level is not first.status)
        changed += [
            attrs.evolve(page, components=[component, *rest])
            for component in (
                attrs.evolve(first, status=other),
                attrs.evolve(first, name=first.name + "!"),
                attrs.evolve(first, description=(first.description or "") + "!"),
                attrs.evolve(first, is_group=not first.is_group),
            )
        ]
    prints = [one.fingerprint for one in changed]
    assert page.fingerprint not in prints
    assert len(set(prints)) == len(prints)


def test_the_constructor_takes_names_and_refuses_the_rest() -> None:
    """Components may be given by name; an incident is no maintenance."""
    page = StatusPage(components=["API", ComponentRef(id="a1"), Component("db")])
    expected = (Component("API"), Component("a1", id="a1"), Component("db"))
    assert expected == page.components
    down = Incident("API down")
    with pytest.raises(TypeError, match="Maintenance"):
        StatusPage(maintenances=[down])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="Incident"):
        StatusPage(incidents=[Maintenance("x")])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        StatusPage(components=[down])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="use one of"):
        StatusPage(stated_indicator="green")


# --- what it adds up to ---------------------------------------------------------------


def test_what_is_stated_comes_first(page: StatusPage) -> None:
    """The indicator, and the sentence; else those of the components."""
    assert Indicator.MINOR is page.indicator
    assert page.description == "Partially Degraded Service"
    stated = attrs.evolve(page, stated_indicator="major")
    assert Indicator.MAJOR is stated.indicator
    assert Indicator.MINOR is stated.rolled_up
    assert stated.description == "Partial System Outage"
    worded = attrs.evolve(stated, stated_description="Oh dear.")
    assert worded.description == "Oh dear."
    assert page.rolled_up_description == "Partially Degraded Service"


@few
@given(pages)
def test_open_incidents_and_what_they_affect(page: StatusPage) -> None:
    """Those that are not over, and each component they mention once."""
    assert [one for one in page.incidents if one.is_open] == list(page.open_incidents)
    events = (*page.incidents, *page.maintenances)
    mentioned = [ref.key for one in events if one.is_open for ref in one.affected]
    assert list(dict.fromkeys(mentioned)) == [ref.key for ref in page.affected]


@few
@given(pages, strategies.moments())
def test_outages_are_those_of_its_events(page: StatusPage, until: dt.datetime) -> None:
    """In order, cut at an instant, and none that begins later."""
    end = instant(until)
    outages = page.outages(until=until)
    assert sorted(outages, key=lambda one: one.start) == list(outages)
    told = [
        (outage.incident, outage.component, outage.start)
        for event in (*page.incidents, *page.maintenances)
        for outage in event.outages
        if outage.start < end
    ]
    assert sorted(map(repr, told)) == sorted(
        repr((one.incident, one.component, one.start)) for one in outages
    )
    assert all(one.end is not None and one.start < one.end <= end for one in outages)


# --- what is on it --------------------------------------------------------------------


def test_a_component_is_found_by_id_or_name(page: StatusPage) -> None:
    """By whatever means it."""
    for wanted in ("a1", "API", ComponentRef("Renamed", id="a1"), page.components[0]):
        assert page.components[0] is page.component(wanted)
    with pytest.raises(KeyError, match="Backend"):
        page.component("nothing of the sort")
    with pytest.raises(KeyError, match="none"):
        StatusPage().component("API")
    twins = attrs.evolve(page, components=[*page.components, Component("API", id="a2")])
    with pytest.raises(ValueError, match=r"a1.*a2"):
        twins.component("API")


def test_an_id_is_not_mistaken_for_a_name() -> None:
    """The one of that id is found, though another's name comes first."""
    named, meant = Component("a1"), Component("API", id="a1")
    assert meant is StatusPage(components=[named, meant]).component("a1")
    twins = [Component("API", id="a1"), Component("again", id="a1")]
    assert twins[0] is StatusPage(components=twins).component("a1")


@few
@given(pages)
def test_every_component_is_found(page: StatusPage) -> None:
    """By itself: it, or the first of its id, or the first of its name without one."""
    for component in page.components:
        assert (
            component.ref == page.component(component).ref or component.id is not None
        )
        assert component.key == page.component(component).key


def test_the_leaves_of_a_group(page: StatusPage) -> None:
    """In the page's order; what is no group is its own leaf."""
    assert [one.name for one in page.leaves("Backend")] == ["API", "db"]
    assert [one.name for one in page.leaves("Mail")] == ["Mail"]
    with pytest.raises(KeyError):
        page.leaves("Frontend")
    nested = attrs.evolve(
        page,
        components=[
            Component("All", id="g0", is_group=True),
            *(
                attrs.evolve(c, group="g0") if c.is_group else c
                for c in page.components
            ),
        ],
    )
    assert [one.name for one in nested.leaves("All")] == ["API", "db"]


def test_groups_in_circles_end() -> None:
    """A group of itself, two of each other: every leaf once."""
    page = StatusPage(
        components=[
            Component("a", is_group=True, group="b"),
            Component("b", is_group=True, group="a"),
            Component("c", is_group=True, group="c"),
            Component("x", group="a"),
            Component("y", group="b"),
            Component("z", group="c"),
        ]
    )
    leaves = {g: [one.name for one in page.leaves(g)] for g in "abc"}
    assert leaves == {"a": ["x", "y"], "b": ["x", "y"], "c": ["z"]}


def test_a_chain_of_ten_thousand_groups_is_no_trouble() -> None:
    """Nothing recurses, neither into groups nor when compared, copied or shown."""
    size = 10_000
    chain = [
        Component(str(i), is_group=i < size, group=str(i - 1) if i else str(size - 1))
        for i in range(size + 1)
    ]
    page = StatusPage(components=chain)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        assert [str(size)] == [one.name for one in page.leaves("0")]
        assert page == attrs.evolve(page)
        assert hash(page) == hash(attrs.evolve(page))
        assert page.fingerprint
        assert page.rolled_up is None
        assert StatusPage.joined(page, page).value.components
    finally:
        sys.setrecursionlimit(limit)


# --- recording ------------------------------------------------------------------------


def test_recording_moves_components(page: StatusPage) -> None:
    """To the levels that the incident tells anew, found by id or by name."""
    stated = attrs.evolve(
        page,
        stated_indicator="none",
        stated_description="Fine.",
        extras={"statuspage": {"@absent": ["a"], "x": 1}},
    )
    down = Incident.open(
        "API down", at=at(5), affects={"API": "major_outage", "Web": "major_outage"}
    )
    recorded = stated.record(down)
    assert (down,) == recorded.incidents
    assert ["major_outage", None, *levels(page)[2:]] == levels(recorded)
    assert at(5) == recorded.updated_at
    assert (recorded.stated_indicator, recorded.stated_description) == (None, None)
    assert recorded.extras == {"statuspage": {"x": 1}}
    resolved = recorded.record(down.resolve(at=at(9)))
    assert levels(page) == levels(resolved)
    assert len(resolved.incidents) == 1


def test_what_an_incident_told_before_is_not_told_anew(page: StatusPage) -> None:
    """Recorded again with a note, it does not move what has moved since."""
    down = Incident.open("API down", at=at(5), affects={"API": "major_outage"})
    moved = page.record(down).record(
        Incident.open("Better", at=at(6), affects={"API": "degraded_performance"})
    )
    stated = attrs.evolve(moved, stated_indicator="critical")
    noted = stated.record(down.post(None, at=at(7)))
    assert levels(noted)[0] == "degraded_performance"
    assert Indicator.CRITICAL is noted.stated_indicator
    assert [incident.name for incident in noted.incidents] == ["Better", "API down"]


def test_an_incident_takes_the_place_of_the_one_of_its_key(page: StatusPage) -> None:
    """A new one goes first; maintenances are apart."""
    one, two = (Incident.open(name, at=NOON, id=name) for name in ("i1", "i2"))
    work = Maintenance.schedule("Work", at=NOON, scheduled_for=NOON, id="i1")
    both = page.record(one).record(two).record(work)
    assert (two, one) == both.incidents
    assert (work,) == both.maintenances
    one = one.post("identified", at=at(1))
    assert (two, one) == both.record(one).incidents
    begun = work.start(at=at(1), affects={"db": "under_maintenance"})
    recorded = both.record(begun)
    assert (begun,) == recorded.maintenances
    assert levels(recorded)[2] == "under_maintenance"
    assert both.incidents == recorded.incidents
    assert at(1) == recorded.updated_at
    assert StatusPage().record(Incident("x")).updated_at is None


@few
@given(pages, st.one_of(strategies.incidents(), strategies.maintenances()))
def test_anything_can_be_recorded(
    page: StatusPage, event: Incident | Maintenance
) -> None:
    """Once: recording it again changes nothing more."""
    recorded = page.record(event)
    mine = recorded.incidents if isinstance(event, Incident) else recorded.maintenances
    assert event in mine
    assert [one.key for one in page.components] == [
        one.key for one in recorded.components
    ]
    assert recorded == recorded.record(event)


# --- coverage -------------------------------------------------------------------------


def test_declared_coverage_adds_up(page: StatusPage) -> None:
    """What a caller declares complete is, on top of what was known."""
    once = page.covering("2024-05-01T12:00:00Z", at(5))
    expected = (Stretch(NOON, at(5), None),)
    assert (expected,) * 3 == (
        once.coverage.incidents,
        once.coverage.maintenances,
        once.coverage.states,
    )
    twice = once.covering(at(5), at(9)).covering(at(20), at(30))
    assert (Stretch(NOON, at(9)), Stretch(at(20), at(30))) == twice.coverage.incidents
    with pytest.raises(ValueError, match="before"):
        page.covering(at(5), NOON)


@given(strategies.coverages(), strategies.coverages(), strategies.moments())
def test_united_coverage_covers_what_either_does(
    one: Coverage, other: Coverage, when: dt.datetime
) -> None:
    """For each of the three things by itself."""
    both = one | other
    for name in ("incidents", "maintenances", "states"):
        known = [*getattr(one, name), *getattr(other, name)]
        edges = [moment for s in known for moment in (s.start, s.end) if moment]
        for moment in (when, *edges):
            expected = any(stretch.covers(moment) for stretch in known)
            assert expected == any(s.covers(moment) for s in getattr(both, name))
    assert both == other | one
    assert both == both | one
    assert one == one | Coverage()


def test_an_instant_is_covered_by_itself() -> None:
    """A history up to an instant and a summary at it cover that instant together."""
    history = Coverage(incidents=[Stretch(at(0), at(5))])
    summary = Coverage(incidents=[Stretch(at(5), at(5))])
    both = history | summary
    assert any(stretch.covers(at(5)) for stretch in both.incidents)
    assert not any(stretch.covers(at(6)) for stretch in both.incidents)


# --- as it stood ----------------------------------------------------------------------


def test_a_page_as_it_stood(page: StatusPage) -> None:
    """What was posted later is gone; levels are the last told, or unknown."""
    down = Incident.open("API down", at=at(5), affects={"API": "major_outage"})
    work = Maintenance.schedule("Work", at=at(7), scheduled_for=at(8))
    late = Component("Late", id="l1", status="operational", created_at=at(30))
    page = attrs.evolve(
        page,
        components=[*page.components, late],
        stated_indicator="none",
        stated_description="Fine.",
        observed_at=at(60),
        extras={"statuspage": {"@stated": {}, "x": 1}},
    )
    page = page.covering(at(0), at(60)).record(down.resolve(at=at(20))).record(work)
    early = page.as_of(at(1))
    assert (early.incidents, early.maintenances) == ((), ())
    assert levels(early) == [None] * 4
    then = page.as_of(at(6))
    assert (down,) == then.incidents
    assert levels(then) == ["major_outage", None, None, None]
    assert Indicator.MAJOR is then.indicator
    assert StatusPage().covering(at(0), at(6)).coverage == then.coverage
    assert (then.updated_at, then.observed_at) == (None, None)
    assert then.extras == {"statuspage": {"x": 1}}
    now = page.as_of(at(60))
    assert levels(now) == ["operational", None, None, None, None]
    assert (page.incidents, page.maintenances) == (now.incidents, now.maintenances)


@few
@given(pages, strategies.moments())
def test_nothing_on_a_past_page_is_of_the_future(
    page: StatusPage, now: dt.datetime
) -> None:
    """Each event as it stood then, in the page's order."""
    moment = instant(now)
    past = page.as_of(now)
    events = [one.as_of(now) for one in (*page.incidents, *page.maintenances)]
    expected = [one for one in events if one is not None]
    assert expected == [*past.incidents, *past.maintenances]
    for component in past.components:
        assert component.created_at is None or component.created_at <= moment


def test_a_level_is_told_in_order_of_time(page: StatusPage) -> None:
    """Of two incidents the one that spoke last decides, not the one that is listed."""
    api = ComponentRef("The API", id="a1")
    first = Incident.open("first", at=at(1), affects={"API": "major_outage"})
    second = Incident.open("second", at=at(2), affects={api: "degraded_performance"})
    renamed = ComponentState(ComponentRef("Backend - API", id="a1"), "operational")
    third = Incident("third", updates=[Update(None, at=at(3), states=[renamed])])
    for order in itertools.permutations((first, second, third)):
        listed = attrs.evolve(page, incidents=order)
        assert levels(listed.as_of(at(1)))[0] == "major_outage"
        assert levels(listed.as_of(at(2)))[0] == "degraded_performance"
        assert levels(listed.as_of(at(3)))[0] == "operational"


# --- anywhere -------------------------------------------------------------------------

SMOKE = r"""
    import sys
    from incidentkit import Component, Incident, Maintenance, StatusPage

    sys.setrecursionlimit(200)
    noon, then = "2024-05-01T12:00:00Z", "2024-05-03T00:00:00Z"
    page = StatusPage("Kalix \u72b6\u614b", components=["API", Component("Web")])
    down = Incident.open("Ausf\xe4lle", at=noon, affects={"API": "major_outage"})
    down = down.resolve("Gut.", at="2024-05-01T14:00:00+01:00").reopen(at=then)
    work = Maintenance.schedule("x", at=noon, scheduled_for="2024-06-01T00:00:00Z")
    page = page.record(down).record(work)
    past = page.as_of(noon)
    print(page.fingerprint, past.fingerprint, down.fingerprint, ascii(down.key))
    print(ascii((page, page.outages(until=then), down.amiss, page.affected)))
    print(down.elapsed(now=then), [str(step) for step in down.violations()])
    for verb in (down.reopen, work.complete):
        try:
            verb(at=then)
        except ValueError as error:
            print(error)
"""


@pytest.mark.parametrize("seed", ["0", "1"])
def test_anywhere_it_says_the_same(seed: str) -> None:
    """Whatever the hash seed, the zone, the locale, the switches of the interpreter."""

    def run(*switches: str, **environment: str) -> str:
        source = Path(incidentkit.__file__).parents[1]
        return subprocess.run(
            [sys.executable, *switches, "-c", textwrap.dedent(SMOKE)],
            env={"PYTHONPATH": str(source), **environment},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout

    odd = run(
        *("-OO", "-bb", "-W", "error", "-X", "dev"),
        PYTHONHASHSEED=seed,
        TZ="Asia/Kolkata",
        LC_ALL="C",
        PYTHONUTF8="0",
    )
    assert odd == run(TZ="America/New_York", LC_ALL="C.UTF-8")
    assert len(odd.splitlines()) == 5


def test_what_the_components_add_up_to_is_not_stated_besides() -> None:
    """A constructor drops a roll-up, or its sentence, that says what is derived."""
    rows = [Component("API", status="operational")]
    plain = StatusPage("Acme", components=rows)
    assert plain == StatusPage(
        "Acme",
        components=rows,
        stated_indicator="none",
        stated_description="All Systems Operational",
    )
    other = StatusPage("Acme", components=rows, stated_description="Rather good")
    assert other.description == "Rather good"
    assert StatusPage(stated_indicator="minor").description == "Minor Service Outage"
