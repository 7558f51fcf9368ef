"""What a document does not give back, compared and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import pytest
from hypothesis import given

import strategies as pages
from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Incident,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit.formats._losses import Difference, Losses, differences
from incidentkit.formats._pen import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit.formats._losses import Fields

EARLY, LATE = "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"
FIRST = Update("investigating", body="Looking", at=EARLY, id="1")
SECOND = Update("resolved", body="Done", at=LATE, id="2")


class Told(Losses):
    """The losses of a vendor who numbers things."""

    numbers: ClassVar[Numbers] = Numbers(9)
    of_page: ClassVar[Fields] = {"name": "a name", "url": "an address"}
    of_component: ClassVar[Fields] = {
        "id": "an id",
        "name": "a name",
        "status": "a level",
        "group": "a group",
    }
    of_event: ClassVar[Fields] = {
        "name": "a name",
        "id": "an id",
        "url": "an address",
        "impact": "an impact",
        "stated_end": "an end",
        "scheduled_for": "a plan",
    }
    of_update: ClassVar[Fields] = {"status": "a status", "body": "a text"}
    one_update: ClassVar[str] = "there is one"


def found(report: Report) -> list[tuple[str, str, str, object]]:
    """What was reported."""
    came = report.converted(None)
    return [(one.code, one.path, one.detail, one.value) for one in came.findings]


def as_they_stand(updates: Iterable[Update]) -> list[tuple[int, Update]]:
    """Updates in the order of the page."""
    return list(enumerate(updates))


def told_of_event(event: Any, back: Any) -> list[tuple[str, str, str, object]]:
    """What is reported of an incident of which that came back."""
    report = Report()
    Told(report).events("incidents", [(3, event)], [back])
    return found(report)


# -- field by field --------------------------------------------------------------------


def test_fields_that_differ_are_given_in_the_order_of_the_table() -> None:
    """With what is lost, and what was there before and after."""
    fields = {"url": "an address", "id": "an id", "name": "a name", "width": "nothing"}
    page, back = StatusPage("A", id="a"), StatusPage("B", id="a")
    assert list(differences("$", fields, page, back)) == [
        Difference("$.name", "name", "a name", "A", "B")
    ]


def test_what_a_thing_has_not_is_none() -> None:
    """An incident has no schedule, and a maintenance that became one has lost it."""
    plan = Maintenance("Work", scheduled_for=EARLY)
    (lost,) = differences("$", {"scheduled_for": "a plan"}, plan, Incident("Work"))
    assert (lost.old, lost.new) == (time.instant(EARLY), None)


@given(pages.incidents())
def test_nothing_is_lost_of_what_came_back(incident: Incident) -> None:
    """The same incident again is told without a word."""
    report = Report()
    again = attrs.evolve(incident)
    Told(report).events("incidents", [(0, incident)], [again], as_they_stand)
    assert found(report) == []


@pytest.mark.parametrize(
    ("old", "shown"),
    [
        ("a text", "a text"),
        (time.instant(EARLY), time.instant(EARLY)),
        (ComponentStatus.OPERATIONAL, None),
        (7, None),
        ((), None),
    ],
    ids=repr,
)
def test_findings_repeat_texts_and_times(old: object, shown: object) -> None:
    """Of all else they say only that it is lost."""
    assert Difference("$", "field", "a thing", old, None).shown == shown


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            {"url": "https://example.com"},
            {},
            ("value.left_out", "url", "this document has no place for an address"),
        ),
        (
            {"impact": "minor"},
            {},
            ("value.left_out", "impact", "this document has no place for an impact"),
        ),
        (
            {"impact": "minor"},
            {"impact": "major"},
            (
                "word.coarsened",
                "impact",
                "there is no 'minor' here; 'major' comes nearest",
            ),
        ),
        (
            {"id": "x"},
            {"id": "5"},
            (
                "id.invented",
                "id",
                "an id is a number here; one was derived from the key",
            ),
        ),
        (
            {"id": "x"},
            {},
            ("value.left_out", "id", "this document has no place for an id"),
        ),
        (
            {},
            {"id": "5"},
            (
                "id.invented",
                "id",
                "it has no id, and one is wanted; it was made of the key",
            ),
        ),
        (
            {},
            {"url": "https://example.com"},
            (
                "value.invented",
                "url",
                "a value is wanted in the place of an address, and nobody gave one",
            ),
        ),
    ],
    ids=str,
)
def test_a_field_that_did_not_come_back(
    old: dict[str, Any], new: dict[str, Any], told: tuple[str, str, str]
) -> None:
    """What it is told as depends on what was there before and after."""
    code, field, detail = told
    value = next(iter(old.values()), None)
    assert told_of_event(Incident("Down", **old), Incident("Down", **new)) == [
        (code, f"$.incidents[3].{field}", detail, value)
    ]


def test_what_a_reader_derives_is_not_invented() -> None:
    """An end that nobody stated is one that the updates tell."""
    assert told_of_event(Incident("Down"), Incident("Down", stated_end=LATE)) == []


def test_a_page_is_told_by_its_own_table() -> None:
    """What the table does not name is nobody's loss."""
    report = Report()
    Told(report).page(StatusPage("A", id="a"), StatusPage())
    assert [one[:2] for one in found(report)] == [("value.left_out", "$.name")]


# -- components ------------------------------------------------------------------------


def test_components_are_met_by_number() -> None:
    """In whatever order they are read back, and the order that is lost is told."""
    report = Report()
    told = [Component("API", id="1"), Component("Web", id="2"), Component("X", id="3")]
    back = [Component("Web", id="2"), Component("APIs", id="1")]
    Told(report).components(enumerate(told), back)
    assert found(report) == [
        (
            "value.left_out",
            "$.components[0].name",
            "this document has no place for a name",
            "API",
        ),
        (
            "value.left_out",
            "$.components",
            "this document has no place for the order of components and groups",
            None,
        ),
        (
            "item.unfitting",
            "$.components[2]",
            "what its extras hold keeps it from being read again",
            "X",
        ),
    ]
    assert [one.id for one in report.converted(None).left_out] == ["3"]


def test_the_group_of_a_component_gets_a_number() -> None:
    """As an id does."""
    report = Report()
    told = Component("API", id="1", group="All")
    Told(report).components([(0, told)], [Component("API", id="1", group="5")])
    assert [one[0] for one in found(report)] == ["id.invented"]


# -- events ----------------------------------------------------------------------------


def test_an_event_that_is_not_read_again_is_left_out() -> None:
    """Whether nothing stands in its place or the place is not there."""
    report = Report()
    events = [(0, Incident("A", id="a")), (1, Incident("B", id="b"))]
    Told(report).events("incidents", events, [None])
    (finding,) = report.converted(None).findings
    assert (finding.code, finding.count) == ("item.unfitting", 2)
    assert [one.id for one in report.converted(None).left_out] == ["a", "b"]


def test_events_that_come_back_in_another_order_are_met_by_number() -> None:
    """And those that do not come back are missed."""
    told = [(0, Incident("A", id="7")), (2, Incident("B")), (3, Incident("C", id="9"))]
    number = str(Told.numbers.of(told[1][1].key))
    back = [Incident("B", id=number), Incident("A", id="7")]
    assert Told(Report()).by_number(told, back) == [back[1], back[0], None]


def test_the_mentions_of_an_event_are_told_apart() -> None:
    """More than came back, other ids, other names, and names that were found."""
    event = Incident(
        "Down",
        components=[
            ComponentRef(id="1"),
            ComponentRef("Web", id="x"),
            ComponentRef("Mail", id="3"),
            ComponentRef("DNS", id="4"),
        ],
    )
    back = Incident(
        "Down",
        components=[
            ComponentRef("API", id="1"),
            ComponentRef("Web", id="2"),
            ComponentRef("E-mail", id="3"),
        ],
    )
    path = "$.incidents[3].components"
    no_place = "this document has no place for"
    assert told_of_event(event, back) == [
        ("value.left_out", path, f"{no_place} more components of an incident", "DNS"),
        (
            "value.invented",
            path,
            "a component that was mentioned by its id has got its name",
            "API",
        ),
        (
            "id.invented",
            path,
            "an id is a number here; one was derived from the key",
            "x",
        ),
        (
            "value.left_out",
            path,
            f"{no_place} the name by which an incident calls a component",
            "Mail",
        ),
    ]


def test_a_component_that_only_an_update_names_is_attached() -> None:
    """Where the document keeps components of the whole alone."""
    state = ComponentState(ComponentRef("API", id="1"), "major_outage")
    update = Update("investigating", at=EARLY, states=[state])
    event = Incident("Down", updates=[update])
    back = attrs.evolve(event, components=[ComponentRef("API", id="1")])
    assert [one[0] for one in told_of_event(event, back)] == ["value.invented"]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ((SECOND, FIRST), (FIRST, SECOND), "order.unsorted", ""),
        ((FIRST,), (FIRST, SECOND), "id.duplicate", ""),
        ((FIRST, SECOND), (FIRST,), "item.unfitting", "[1]"),
        (
            (FIRST,),
            (attrs.evolve(FIRST, body=""),),
            "value.left_out",
            "[0].body",
        ),
        (
            (FIRST, attrs.evolve(SECOND, status=None)),
            (FIRST, attrs.evolve(SECOND, status="investigating")),
            "status.invented",
            "[1].status",
        ),
    ],
    ids=["order", "more", "fewer", "a text", "a status"],
)
def test_what_of_updates_did_not_come_back(
    old: tuple[Update, ...], new: tuple[Update, ...], code: str, place: str
) -> None:
    """Their order, their number, and each of them."""
    told = told_of_event(Incident("A", updates=old), Incident("A", updates=new))
    assert [one[:2] for one in told] == [(code, f"$.incidents[3].updates{place}")]


@pytest.mark.parametrize(
    ("back", "what"),
    [
        ("API", None),
        ("the API", "how an update calls a component"),
        (None, "the levels of an update"),
    ],
    ids=["same", "name", "gone"],
)
def test_levels_of_updates(back: str | None, what: str | None) -> None:
    """A level that is lost is worse than a name."""
    level, report = ComponentStatus.MAJOR_OUTAGE, Report()
    told = ComponentState(ComponentRef("API", id="1"), level)
    again = () if back is None else (ComponentState(ComponentRef(back, id="1"), level),)
    old, new = attrs.evolve(FIRST, states=[told]), attrs.evolve(FIRST, states=again)
    Told(report).states("$", old, new)
    detail = f"this document has no place for {what}"
    assert [one[2] for one in found(report)] == ([] if what is None else [detail])
