"""Makers: as fast as plain assignment, and equal to the constructors."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import weakref
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    Detection,
    FrozenMapping,
    Incident,
    Maintenance,
    Outage,
    StatusPage,
    Step,
    Stretch,
    Update,
)
from incidentkit._authoring import CHANGED
from incidentkit._component import make_component, make_outage, make_ref, make_state
from incidentkit._incident import make_incident
from incidentkit._maintenance import make_maintenance
from incidentkit._make import changer, maker
from incidentkit._page import make_page
from incidentkit._stretch import make_stretch
from incidentkit._update import make_update

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = strategies.NOON
HELD = strategies.stretches().map(lambda one: Stretch(one.start, one.end, "x"))

#: Every class that has a maker, with values of it.
MADE: dict[type, tuple[Callable[..., Any], st.SearchStrategy[Any]]] = {
    ComponentRef: (make_ref, strategies.refs()),
    Component: (make_component, strategies.components()),
    ComponentState: (make_state, strategies.states()),
    Outage: (make_outage, strategies.outages()),
    Stretch: (make_stretch, HELD),
    Update: (make_update, strategies.updates()),
    Incident: (make_incident, strategies.incidents()),
    Maintenance: (make_maintenance, strategies.maintenances()),
    StatusPage: (make_page, strategies.pages()),
}
MODEL: dict[type, st.SearchStrategy[Any]] = {
    **{kind: values for kind, (_, values) in MADE.items()},
    Detection: strategies.detections(),
    Step: strategies.steps(),
    type(StatusPage().coverage): strategies.coverages(),
}

kinds = pytest.mark.parametrize("kind", MODEL, ids=lambda kind: kind.__name__)
made = pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
few = settings(max_examples=30)


def parts(value: Any) -> dict[str, Any]:
    """Give all fields of a value, by name."""
    return {
        field.name: getattr(value, field.name) for field in attrs.fields(type(value))
    }


@made
@few
@given(st.data())
def test_a_maker_makes_what_the_constructor_makes(
    kind: type, data: st.DataObject
) -> None:
    """Of the parts of a value, a maker makes the very same value."""
    make, values = MADE[kind]
    value = data.draw(values)
    twin = make(**parts(value))
    assert kind is type(twin)
    assert value == twin
    assert hash(value) == hash(twin)
    assert repr(value) == repr(twin)
    assert parts(value) == parts(twin)
    assert pickle.dumps(value) == pickle.dumps(twin)


@made
@few
@given(st.data())
def test_the_constructor_takes_what_it_made(kind: type, data: st.DataObject) -> None:
    """Converting twice changes nothing: the parts of a value are the value's parts."""
    _, values = MADE[kind]
    value = data.draw(values)
    twin = kind(**parts(value))
    assert value == twin
    assert value == attrs.evolve(value)
    for name, part in parts(value).items():
        assert type(part) is type(getattr(twin, name))


@made
def test_a_maker_has_the_defaults_of_the_constructor(kind: type) -> None:
    """Where only what must be given is given, both make the same."""
    required: dict[type, dict[str, Any]] = {
        ComponentRef: {"name": "API"},
        Component: {"name": "API"},
        ComponentState: {"component": ComponentRef("API"), "status": None},
        Stretch: {"start": Update(None, at=NOON).at},
        Incident: {"name": "API"},
        Maintenance: {"name": "API"},
        StatusPage: {},
    }
    if kind in required:
        make, _ = MADE[kind]
        assert kind(**required[kind]) == make(**required[kind])


@pytest.mark.parametrize("kind", [Incident, Maintenance])
@few
@given(st.data())
def test_a_changer_does_what_evolve_does(kind: type, data: st.DataObject) -> None:
    """A copy with some fields replaced, and the old value as it was."""
    _, values = MADE[kind]
    old, other = data.draw(values), data.draw(values)
    before = parts(old)
    change = {name: getattr(other, name) for name in CHANGED}
    new: Any = changer(kind, *CHANGED)(old, *change.values())
    expected = kind(**{**before, **change})
    assert parts(expected) == parts(new)
    assert expected == new
    assert hash(expected) == hash(new)
    assert kind is type(new)
    assert before == parts(old)


@kinds
@few
@given(st.data())
def test_values_cannot_change(kind: type, data: st.DataObject) -> None:
    """Frozen, slotted: no field can be set or deleted, no other one added."""
    value = data.draw(MODEL[kind])
    assert not hasattr(value, "__dict__")
    for name in (*parts(value), "anything"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, None)
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            delattr(value, name)


@kinds
@few
@given(st.data())
def test_values_survive_copies(kind: type, data: st.DataObject) -> None:
    """Pickled, copied or deep-copied, a value comes back equal, with an equal hash."""
    value = data.draw(MODEL[kind])
    twins = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, 6)]
    for twin in (*twins, copy.copy(value), copy.deepcopy(value)):
        assert value == twin
        assert hash(value) == hash(twin)
        assert type(value) is type(twin)
        assert repr(value) == repr(twin)


@kinds
@few
@given(st.data())
def test_values_can_be_kept_track_of(kind: type, data: st.DataObject) -> None:
    """A value may be referred to weakly, and be a member of a set."""
    value = data.draw(MODEL[kind])
    assert weakref.ref(value)() is value
    assert {value} == {copy.copy(value)}


@kinds
@few
@given(st.data())
def test_values_are_immutable_all_the_way_down(kind: type, data: st.DataObject) -> None:
    """No list, dict or set is anywhere in a value."""
    pending: list[object] = [data.draw(MODEL[kind])]
    while pending:
        value = pending.pop()
        assert not isinstance(value, (list, dict, set, bytearray))
        if isinstance(value, tuple):
            pending.extend(value)
        elif isinstance(value, FrozenMapping):
            pending.extend((*value, *value.values()))
        elif attrs.has(type(value)):
            pending.extend(parts(value).values())


@kinds
def test_values_of_a_subclass_are_not_equal(kind: type) -> None:
    """Equality is strict about the class, so that it stays symmetric."""
    fields = [
        field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING
    ]
    given_parts = {
        "name": "API",
        "component": "API",
        "status": "major_outage",
        "by": "me",
        "before": None,
        "after": None,
        "at": NOON,
        "start": NOON,
    }
    if kind is Update:
        given_parts["status"] = "resolved"
    if kind is ComponentRef:
        fields = ["name"]
    chosen = {name: given_parts[name] for name in fields}
    subclass = type("Sub", (kind,), {})
    assert kind(**chosen) == kind(**chosen)
    assert kind(**chosen) != subclass(**chosen)
    assert subclass(**chosen) != kind(**chosen)


def test_a_naive_time_is_refused_everywhere() -> None:
    """Every constructor that takes a time refuses one without a zone, with a remedy."""
    naive = dt.datetime(2024, 5, 1, 12)  # noqa: DTZ001
    refused: tuple[Callable[[], object], ...] = (
        lambda: Update(None, at=naive),
        lambda: Incident("a", created_at=naive),
        lambda: Incident("a", updated_at=naive),
        lambda: Incident("a", stated_start=naive),
        lambda: Incident("a", stated_end=naive),
        lambda: Maintenance("a", scheduled_for=naive),
        lambda: Maintenance("a", scheduled_until=naive),
        lambda: Component("a", created_at=naive),
        lambda: Component("a", updated_at=naive),
        lambda: Detection("a", naive),
        lambda: Outage("a", "major_outage", naive),
        lambda: Outage("a", "major_outage", NOON, naive),
        lambda: Stretch(naive),
        lambda: Stretch(NOON, naive),
        lambda: StatusPage(updated_at=naive),
        lambda: StatusPage(observed_at=naive),
        lambda: StatusPage().covering(naive, NOON),
        lambda: StatusPage().as_of(naive),
        lambda: StatusPage().outages(until=naive),
        lambda: Incident.open("a", at=naive),
        lambda: Incident.open("a", at=NOON, started_at=naive),
        lambda: Incident.open("a", at=NOON).post(None, at=naive),
        lambda: Incident.open("a", at=NOON).post(None, at=naive, backdate=True),
        lambda: Incident.open("a", at=NOON).as_of(naive),
        lambda: Incident.open("a", at=NOON).elapsed(now=naive),
        lambda: Incident.open("a", at=NOON).open_time(now=naive),
        lambda: Incident.open("a", at=NOON).time_in("resolved", now=naive),
        lambda: Incident.open("a", at=NOON).silence(now=naive),
        lambda: Incident.open("a", at=NOON).affected_at(naive),
    )
    for make in refused:
        with pytest.raises(ValueError, match="tzinfo"):
            make()


def test_makers_take_what_constructors_take_only() -> None:
    """A maker has the fields of its class as parameters, and no others."""
    make = maker(Detection)
    assert Detection("me") == make(by="me")
    with pytest.raises(TypeError):
        make(by="me", who="you")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        make()  # type: ignore[call-arg]
    assert make.__name__ == "make_Detection"
