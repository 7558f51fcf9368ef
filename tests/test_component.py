"""Components: what they are called, which one is meant, and how they are mentioned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Outage,
    Update,
)
from incidentkit._component import Mentions, find, ref, refs

NOON, MINUTE = strategies.NOON, strategies.MINUTE
API = ComponentRef("API", id="a1")
API_AGAIN = ComponentRef("API", id="a2")
NAMELESS = ComponentRef(id="a3")
BARE = ComponentRef("Web")


def test_a_mention_has_a_name_or_an_id() -> None:
    """Either will do; neither is a ValueError."""
    assert (API.key, API.label) == ("a1", "API")
    assert (NAMELESS.key, NAMELESS.label) == ("a3", "a3")
    assert (BARE.key, BARE.label) == ("Web", "Web")
    with pytest.raises(ValueError, match="give one"):
        ComponentRef()


def test_an_empty_name_is_a_name() -> None:
    """Pages have nameless entries; that is no reason to lose them."""
    assert (ComponentRef("").key, ComponentRef("").label) == ("", "")
    assert (ComponentRef(id="").key, ComponentRef(id="").label) == ("", "")


@given(strategies.components())
def test_a_component_is_mentioned_by_name_and_id(component: Component) -> None:
    """The mention of a component has its key and its name."""
    assert ComponentRef(component.name, id=component.id) == component.ref
    assert component.key == component.ref.key
    assert component.name == component.ref.label


@pytest.mark.parametrize("status", [None, *ComponentStatus])
def test_only_operational_is_operational(status: ComponentStatus | None) -> None:
    """A component of unknown level is not operational."""
    expected = status is ComponentStatus.OPERATIONAL
    assert expected == Component("API", status=status).is_operational


@given(strategies.components())
def test_a_component_shows_in_one_short_line(component: Component) -> None:
    """Whatever it is called."""
    assert repr(component).isprintable()
    assert "\n" not in repr(component)


def test_a_component_shows_what_matters() -> None:
    """Its name, its key, its level, and whether it is a group."""
    shown = repr(Component("API", id="a1", status="major_outage"))
    assert shown == "<Component 'API' (component 'a1'): major_outage>"
    shown = repr(Component("Backend", is_group=True))
    assert shown == "<Component 'Backend' (group 'Backend'): unknown>"
    assert len(repr(Component("x" * 10_000))) < 300


def test_a_component_is_meant_by_itself_or_its_name() -> None:
    """Where a component is asked for, a component, a mention or a word will do."""
    component = Component("API", id="a1")
    assert ref(component) == API
    assert API is ref(API)
    assert ComponentRef("API") == ref("API")
    assert (API, ComponentRef("Web")) == refs([component, "Web"])
    with pytest.raises(TypeError):
        ref(1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("a1", API),
        ("a2", API_AGAIN),
        ("a3", NAMELESS),
        ("Web", BARE),
        ("Mail", None),
        (API, API),
        (ComponentRef("Renamed", id="a1"), API),
        (Component("Renamed", id="a2"), API_AGAIN),
        (ComponentRef(id="a3"), NAMELESS),
        (ComponentRef("API", id="zz"), None),
        (ComponentRef("Web", id="zz"), BARE),
        (ComponentRef("Web"), BARE),
        (Component("Web"), BARE),
        (ComponentRef(id="Web"), None),
    ],
    ids=repr,
)
def test_which_one_is_meant(
    wanted: Component | ComponentRef | str, expected: ComponentRef | None
) -> None:
    """The one of that id, else the only one of that name; an id never means another."""
    assert expected == find(wanted, [API, API_AGAIN, NAMELESS, BARE])


def test_without_an_id_the_one_without_is_meant() -> None:
    """A mention that has no id; whoever gives a word may mean either."""
    bare = ComponentRef("API")
    assert bare == find(ComponentRef("API"), [API, bare])
    assert bare == find(ComponentRef("API", id="zz"), [API, bare])
    assert find(ComponentRef(id="zz"), [ComponentRef("")]) is None
    with pytest.raises(ValueError, match=r"a1.*API"):
        find("API", [API, bare])


@pytest.mark.parametrize("wanted", ["API", ComponentRef("API"), Component("API")])
def test_an_ambiguous_name_is_refused(wanted: ComponentRef | str) -> None:
    """Several of that name and none of that id: a ValueError that names the ids."""
    with pytest.raises(ValueError, match=r"a1.*a2"):
        find(wanted, [API, API_AGAIN])


def test_an_id_goes_before_a_name() -> None:
    """A word that is one's id and another's name means the one whose id it is."""
    named_so = ComponentRef("a1", id="b1")
    assert find("a1", [named_so, API]) == API
    assert find("a1", [API, ComponentRef("a1")]) == API


def test_the_same_one_twice_is_one() -> None:
    """Mentioned often, a component is not ambiguous; its first mention is found."""
    renamed = ComponentRef("Backend - API", id="a1")
    assert API is find("a1", [API, renamed])
    assert API is find("API", [API, renamed, ComponentRef("API", id="a1")])
    assert renamed is find("Backend - API", [API, renamed])


@given(st.lists(strategies.refs(), max_size=4), strategies.refs())
def test_mentions_find_whatever_they_took_in(
    met: list[ComponentRef], one: ComponentRef
) -> None:
    """Whatever was taken in is meant by itself, and by nothing else alone."""
    mentions = Mentions(met)
    mentions.add(one)
    found = mentions.find(one)
    assert found is not None
    assert one.key == found.key
    assert (found,) == mentions.meant(one)


def test_states_are_rows_or_a_mapping() -> None:
    """An update takes states, or names mapped to levels or their words."""
    rows = (
        ComponentState("API", "major_outage"),
        ComponentState("Web", "operational"),
    )
    told: dict[str, ComponentStatus | str] = {
        "API": "major_outage",
        "Web": ComponentStatus.OPERATIONAL,
    }
    assert rows == Update(None, at=NOON, states=told).states
    assert rows == Update(None, at=NOON, states=iter(rows)).states
    with pytest.raises(TypeError):
        Update(None, at=NOON, states=["API"])  # type: ignore[list-item]


def test_a_state_takes_whatever_means_a_component() -> None:
    """A component, a mention or a name; and levels by their words."""
    expected = ComponentState(API, ComponentStatus.MAJOR_OUTAGE)
    assert expected == ComponentState(Component("API", id="a1"), "major_outage")
    assert ComponentState("API", None).status is None
    with pytest.raises(ValueError, match="use one of"):
        ComponentState("API", "major")


def test_an_outage_takes_what_callers_give() -> None:
    """Names, words and texts of times; and an end that is not before the start."""
    outage = Outage("API", "major_outage", NOON, "2024-05-01T13:00:00Z")
    expected = Outage(
        ComponentRef("API"), ComponentStatus.MAJOR_OUTAGE, NOON, NOON + 60 * MINUTE
    )
    assert expected == outage
    assert Outage("API", "major_outage", NOON).end is None
    with pytest.raises(ValueError, match="before"):
        Outage("API", "major_outage", NOON, NOON - MINUTE)


def test_an_outage_lasts_until_its_end() -> None:
    """Its duration is a length, and None while it goes on."""
    start = "2024-05-01T12:00:00Z"
    over = Outage("API", "major_outage", start, "2024-05-01T13:30:00Z")
    assert over.duration is not None
    assert over.duration.total_minutes() == 90
    assert Outage("API", "major_outage", start).duration is None
