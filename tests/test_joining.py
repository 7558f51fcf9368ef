"""Joining what several documents of one page tell."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Converted,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    Maintenance,
    RecordedDay,
    StatusPage,
    Stretch,
    Update,
)
from incidentkit._time import instant

if TYPE_CHECKING:
    from pendulum import DateTime

NOON, MINUTE = strategies.NOON, strategies.MINUTE


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(NOON + minutes * MINUTE)


def joined(*lists: list[Component]) -> list[Component]:
    """Join components of several documents, which nothing may be found about."""
    pages = [StatusPage(components=components) for components in lists]
    return list(StatusPage.joined(*pages).exact().components)


def codes(converted: Converted[StatusPage]) -> list[str]:
    """Give the codes of what was found."""
    return [finding.code for finding in converted.findings]


def down(**more: object) -> Incident:
    """Give an incident of this name that began at noon."""
    told = {"updates": [Update("investigating", at=NOON)], **more}
    return Incident("API down", **told)  # type: ignore[arg-type]


# --- components -----------------------------------------------------------------------


def test_the_same_id_is_the_same_component() -> None:
    """Whatever it is called now; of two the one updated last is taken."""
    old = Component("API", id="a1", status="operational", updated_at=at(0))
    new = Component("The API", id="a1", status="major_outage", updated_at=at(1))
    assert [new] == joined([old], [new])
    assert [new] == joined([new], [old])
    assert [old] == joined([old], [attrs.evolve(new, updated_at=at(0))])
    assert [old] == joined([old], [attrs.evolve(new, updated_at=None)])
    undated = attrs.evolve(old, updated_at=None)
    assert [new] == joined([undated], [new])


def test_without_an_id_the_name_within_its_group_decides() -> None:
    """The id that one document knows is filled in."""
    group = Component("Backend", id="g1", is_group=True)
    known = Component("API", id="a1", group="g1", status="operational")
    named_group = Component("Backend", is_group=True)
    named = Component("API", group="Backend", description="It answers.")
    expected = attrs.evolve(known, description="It answers.")
    assert [group, expected] == joined([group, known], [named_group, named])
    expected = attrs.evolve(named, id="a1", group="g1", status="operational")
    assert [group, expected] == joined([named_group, named], [group, known])


def test_members_follow_their_group_to_its_id() -> None:
    """What only the document without ids tells stays in the group."""
    named = [Component("Backend", is_group=True), Component("Mail", group="Backend")]
    ided = [Component("Backend", id="g1", is_group=True)]
    for lists in ((named, ided), (ided, named)):
        page = StatusPage(components=joined(*lists))
        assert [one.name for one in page.leaves("Backend")] == ["Mail"]
    # A group that is nowhere to be found is left as it is told.
    lost = Component("Mail", group="Backend")
    assert [lost] == joined([lost])
    assert [lost, lost] == joined([lost, attrs.evolve(lost)])


def test_another_group_or_kind_is_another_component() -> None:
    """A name is not unique: it means something within its group only."""
    api = Component("API", group="Backend")
    groups = [Component("Backend", is_group=True), Component("Frontend", is_group=True)]
    other = Component("API", group="Frontend")
    group = Component("API", is_group=True)
    assert [*groups, api, other, group] == joined(
        [*groups, api], [*groups, other, group]
    )


def test_two_ids_are_two_components() -> None:
    """However they are called."""
    one, other = Component("API", id="a1"), Component("API", id="a2")
    assert [one, other] == joined([one], [other])
    assert [one, other] == joined([one, other], [other])


def test_what_may_be_any_of_several_is_kept_apart() -> None:
    """And reported, with the place in the document."""
    one, other = Component("API", id="a1"), Component("API", id="a2")
    named = Component("API")
    found = StatusPage.joined(
        StatusPage(components=[one, other]), StatusPage(components=["Web", named])
    )
    assert [one, other, Component("Web"), named] == list(found.value.components)
    assert codes(found) == ["join.ambiguous"]
    assert found.findings[0].path == "$[1].components[1]"


def test_two_of_one_document_are_never_one() -> None:
    """Not by name, not by id, and not by way of a third."""
    twins = [Component("API"), Component("API")]
    same_ids = [Component("API", id="a1"), Component("Web", id="a1")]
    assert twins == joined(twins)
    assert same_ids == joined(same_ids)
    found = StatusPage.joined(
        StatusPage(components=[Component("API")]), StatusPage(components=twins)
    )
    assert twins == list(found.value.components)
    assert codes(found) == ["join.ambiguous"]
    assert same_ids == joined(same_ids[:1], same_ids)


def test_a_third_document_finds_what_two_made() -> None:
    """What got its id from the second is found by it, and by the names of both."""
    page = joined(
        [Component("API")], [Component("API", id="a1")], [Component("The API", id="a1")]
    )
    assert [Component("API", id="a1")] == page
    renamed = Component("The API", id="a1", updated_at=at(1))
    page = joined([Component("API", id="a1")], [renamed], [Component("The API")])
    assert [renamed] == page


# --- incidents ------------------------------------------------------------------------


def test_incidents_are_the_same_by_id_address_or_name_and_minute() -> None:
    """Whichever two documents share."""
    plain = down()
    pairs = [
        (down(id="i1"), attrs.evolve(plain, id="i1", name="API still down")),
        (down(id="i1", url="u"), down(url="u")),
        (down(id="i1"), plain),
        (down(url="u"), plain),
        (plain, down(id="i1", url="u")),
    ]
    for one, other in pairs:
        whole = StatusPage.joined(
            StatusPage(incidents=[one]), StatusPage(incidents=[other])
        )
        assert len(whole.exact().incidents) == 1


def test_two_addresses_or_minutes_are_two_incidents() -> None:
    """Of one name, at another address or time."""
    later = Incident("API down", updates=[Update("investigating", at=at(1))])
    pairs = [
        (down(id="i1"), down(id="i2")),
        (down(url="u"), down(url="v")),
        (down(), later),
        (down(id="i1", url="u"), attrs.evolve(later, url="v")),
    ]
    for one, other in pairs:
        whole = StatusPage.joined(
            StatusPage(incidents=[one]), StatusPage(incidents=[other])
        )
        assert (one, other) == whole.exact().incidents


def test_the_last_change_is_taken_whole_and_its_gaps_filled() -> None:
    """Updates are not mixed; what one document leaves out the other tells."""
    listed = Incident(
        "API down",
        id="i1",
        impact="major",
        updates=[Update("investigating", at=NOON)],
        components=["API"],
        postmortem="DNS.",
        url="u",
    )
    newer = Incident("API down", id="i1", stated_status="resolved", updated_at=at(9))
    for pages in itertools.permutations((listed, newer)):
        whole = StatusPage.joined(*[StatusPage(incidents=[one]) for one in pages])
        (incident,) = whole.exact().incidents
        assert IncidentStatus.RESOLVED is incident.status
        assert Impact.MAJOR is incident.impact
        assert listed.updates == incident.updates
        assert listed.components == incident.components
        assert (incident.postmortem, incident.url) == ("DNS.", "u")
        assert at(9) == incident.updated_at


def test_an_incident_without_a_status_is_joined_too() -> None:
    """What is derived is not filled in."""
    whole = StatusPage.joined(
        StatusPage(incidents=[Incident("x", id="i1", updated_at=at(9))]),
        StatusPage(incidents=[Incident("x", id="i1", stated_status="resolved")]),
    )
    assert whole.exact().incidents[0].status is None


def test_maintenances_are_joined_with_their_windows() -> None:
    """As incidents are; the window is filled in."""
    one = Maintenance("Upgrade", id="m1", scheduled_for=at(5), updated_at=at(1))
    other = Maintenance("Upgrade", id="m1", scheduled_until=at(9), updated_at=at(2))
    whole = StatusPage.joined(
        StatusPage(maintenances=[one]), StatusPage(maintenances=[other])
    )
    (joint,) = whole.exact().maintenances
    assert (at(5), at(9)) == (joint.scheduled_for, joint.scheduled_until)


def test_ambiguous_incidents_are_reported() -> None:
    """With their place."""
    both = StatusPage(incidents=[down(id="i1"), down(id="i2")])
    found = StatusPage.joined(both, StatusPage(incidents=[down()]))
    assert len(found.value.incidents) == 3
    assert [finding.path for finding in found.findings] == ["$[1].incidents[0]"]


# --- pages ----------------------------------------------------------------------------


def test_aliases_give_components_another_key() -> None:
    """On the page, in groups, and wherever incidents mention them."""
    row = ComponentState(ComponentRef("API", id="x1"), "major_outage")
    page = StatusPage(
        components=[
            Component("API", id="x1", group="xg"),
            Component("Backend", id="xg", is_group=True),
            "Mail",
        ],
        incidents=[
            down(
                components=[ComponentRef("API", id="x1"), "Mail"],
                updates=[Update("investigating", at=NOON, states=[row])],
            )
        ],
        maintenances=[Maintenance("Upgrade", components=[ComponentRef(id="x1")])],
    )
    theirs = StatusPage(
        components=[
            Component("API", id="a1", group="g1"),
            Component("Backend", id="g1", is_group=True),
        ]
    )
    aliases = {"x1": "a1", "xg": "g1", "Mail": "m1"}
    whole = StatusPage.joined(page, theirs, aliases=aliases).exact()
    assert [one.key for one in whole.components] == ["a1", "g1", "m1"]
    assert [one.group for one in whole.components] == ["g1", None, None]
    (incident,) = whole.incidents
    expected = [ComponentRef("API", id="a1"), ComponentRef("Mail", id="m1")]
    assert expected == list(incident.components)
    assert expected[:1] == [row.component for row in incident.updates[0].states]
    assert [ComponentRef(id="a1")] == list(whole.maintenances[0].components)
    assert (incident.name, incident.key) == (
        page.incidents[0].name,
        page.incidents[0].key,
    )


def test_coverage_is_united() -> None:
    """What either document covers, the page does."""
    one = StatusPage().covering(at(0), at(5))
    other = StatusPage().covering(at(5), at(9))
    whole = StatusPage.joined(one, other).exact()
    assert (Stretch(at(0), at(9)),) == whole.coverage.incidents
    assert one.coverage | other.coverage == whole.coverage


def test_what_the_page_says_of_itself() -> None:
    """Names from the first that tells them, the rest from the one looked at last."""
    one = StatusPage(
        None,
        url="u1",
        observed_at=at(1),
        stated_indicator="minor",
        links={"a": "1", "b": "1"},
        extras={"statuspage": {"x": 1}},
    )
    other = StatusPage(
        "Kalix",
        url="u2",
        id="p",
        time_zone="Etc/UTC",
        updated_at=at(2),
        stated_indicator="major",
        links={"b": "2", "c": "2"},
    )
    for pages in ((one, other), (one, other, StatusPage())):
        whole = StatusPage.joined(*pages).exact()
        assert (
            *(whole.name, whole.url),
            *(whole.id, whole.time_zone),
        ) == ("Kalix", "u1", "p", "Etc/UTC")
        assert Indicator.MAJOR is whole.stated_indicator
        assert at(2) == whole.updated_at
        assert whole.links == {"a": "1", "b": "1", "c": "2"}
        assert whole.extras == {}
    assert (
        Indicator.MINOR
        is StatusPage.joined(one, attrs.evolve(other, updated_at=at(1)))
        .exact()
        .stated_indicator
    )


def test_nothing_joined_is_an_empty_page() -> None:
    """And one page joined is that page, as far as it is known."""
    assert StatusPage() == StatusPage.joined().exact()


@settings(max_examples=40)
@given(strategies.pages())
def test_a_page_joined_with_nothing_is_itself(page: StatusPage) -> None:
    """But for its extras, which are about one document."""
    whole = StatusPage.joined(page)
    assert attrs.evolve(page, extras={}) == whole.exact()


@settings(max_examples=40)
@given(strategies.valid_pages())
def test_a_page_joined_with_itself_is_itself(page: StatusPage) -> None:
    """Where nothing on it shares a name, nothing is doubled."""
    whole = StatusPage.joined(page, page).value
    assert page.components == whole.components
    assert page.maintenances == whole.maintenances
    assert set(page.incidents) == set(whole.incidents)


@settings(max_examples=40)
@given(st.lists(strategies.pages(), max_size=3))
def test_any_pages_can_be_joined(pages: list[StatusPage]) -> None:
    """Nothing raises, no id is lost, and two of one page stay two."""
    whole = StatusPage.joined(*pages)
    assert set(codes(whole)) <= {"join.ambiguous"}
    for kind in ("components", "incidents", "maintenances"):
        told = [getattr(page, kind) for page in pages]
        ids = {one.id for things in told for one in things if one.id is not None}
        things = getattr(whole.value, kind)
        assert ids == {one.id for one in things if one.id is not None}
        most = max(map(len, told), default=0)
        assert most <= len(things) <= sum(map(len, told))


@pytest.mark.parametrize("status", ComponentStatus)
def test_a_level_that_is_missing_is_filled_in(status: ComponentStatus) -> None:
    """A feed does not know it, the summary does."""
    feed = Component("API", updated_at=at(9))
    assert [attrs.evolve(feed, status=status)] == joined(
        [feed], [Component("API", status=status)]
    )


# --- recorded days --------------------------------------------------------------------


def test_a_recorded_day_is_taken_from_the_page_looked_at_last() -> None:
    """Each component's day once, whichever document comes first."""
    first = RecordedDay("API", "2024-05-01", major_outage=10)
    later = RecordedDay("API", "2024-05-01", major_outage=20)
    other = RecordedDay("API", "2024-05-02", major_outage=5)
    old = StatusPage(recorded=[first, other], observed_at=at(0))
    new = StatusPage(recorded=[later], observed_at=at(1))
    for pages in ((old, new), (new, old)):
        assert (later, other) == StatusPage.joined(*pages).exact().recorded
    known = StatusPage.joined(old, aliases={"API": "a1"}).exact().recorded
    assert [day.component.key for day in known] == ["a1", "a1"]


def test_a_day_is_recorded_when_it_is_over() -> None:
    """Where the page is."""
    days = [RecordedDay("API", f"2024-05-0{n}", major_outage=n) for n in (1, 2, 3)]
    page = StatusPage(recorded=days)
    there = StatusPage(recorded=days, time_zone="Pacific/Auckland")
    moment = "2024-05-02T23:00:00Z"
    assert tuple(days[:1]) == page.as_of(moment).recorded
    assert tuple(days[:2]) == there.as_of(moment).recorded


def test_things_that_share_an_id_are_not_multiplied() -> None:
    """However often both documents of a page list both."""
    twice = StatusPage(
        components=[Component("API", id="a1"), Component("Web", id="a1")]
    )
    whole = StatusPage.joined(twice, twice, twice).exact()
    assert twice.components == whole.components
    more = StatusPage(components=[*twice.components, Component("Mail", id="a1")])
    assert more.components == StatusPage.joined(twice, more).exact().components
