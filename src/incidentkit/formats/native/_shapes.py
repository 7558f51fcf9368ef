"""
The native document, field by field.

The shapes serve reading, writing and the JSON Schema, whose descriptions are the ones
here. What is not there has the default that the model gives it. Words are the model's
own enums, and times are text.
"""

# ruff: noqa: RUF012 - every shape gets empty lists and mappings of its own

from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from incidentkit._time import rfc3339
from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
)
from incidentkit.formats import _wire as wire

NAME: Final = "incidentkit"
VERSION: Final = 1


def says(description: str) -> Meta:
    """What a key means: the schema tells it too."""
    return Meta(description=description)


#: What tells times and dates from other text, here and in the schema.
AN_INSTANT: Final = Meta(extra_json_schema={"format": "date-time"})
A_DATE: Final = Meta(extra_json_schema={"format": "date"})

Instant: TypeAlias = Annotated[str, AN_INSTANT]
Date: TypeAlias = Annotated[str, A_DATE]

Created: TypeAlias = Annotated[
    Instant | UnsetType | None,
    says("When it was put on the page: if not given, with its first update."),
]
Changed: TypeAlias = Annotated[
    Instant | UnsetType | None,
    says("When it last changed: if not given, with its last edit of an update."),
]
Id: TypeAlias = Annotated[str | None, says("Its id on its page.")]
Links: TypeAlias = Annotated[
    dict[str, str], says("What it is called elsewhere, by place.")
]
Extras: TypeAlias = Annotated[
    dict[str, dict[str, Any]],
    says("What formats said of it that has no place here, by the format's name."),
]
Impacts: TypeAlias = Annotated[
    Impact | None, says("How badly it hurts, as stated; null if nobody said.")
]


class Shape(wire.Shape, omit_defaults=True):
    """An object of ours: what is as usual is not written."""


class ComponentRef(Shape):
    """How an incident mentions a component: by name, by id, or both."""

    name: Annotated[str | None, says("What it was called when it was mentioned.")] = (
        None
    )
    id: Id = None

    def __post_init__(self) -> None:
        """
        Refuse a mention of nothing.

        Raises:
            ValueError: it has neither name nor id.
        """
        if self.name is None and self.id is None:
            raise ValueError("a component is mentioned by name, by id, or both")


class ComponentState(Shape):
    """The level a component is at, as an update states it."""

    component: Annotated[ComponentRef, says("Which component.")]
    status: Annotated[
        ComponentStatus | None,
        says("The level from this update on; null: one that nobody knows."),
    ] = None
    before: Annotated[
        ComponentStatus | None,
        says("The level the update says it had before, if it says."),
    ] = None


class Component(Shape):
    """An entry of a page: something that can be up or down, or a group of such."""

    name: Annotated[str, says("What the page calls it; not unique.")]
    id: Id = None
    status: Annotated[
        ComponentStatus | None, says("Its level; null: nobody said. Null is not green.")
    ] = None
    group: Annotated[
        str | None, says("The id, or else the name, of the group it belongs to.")
    ] = None
    is_group: Annotated[
        bool, says("Whether it only holds others; groups are at no level.")
    ] = False
    description: Annotated[str | None, says("What the page says it is.")] = None
    position: Annotated[
        int | None, says("Its place within its group, from the top.")
    ] = None
    start_date: Annotated[Date | None, says("The day its history begins.")] = None
    created_at: Annotated[Instant | None, says("When it was put on the page.")] = None
    updated_at: Annotated[Instant | None, says("When its entry last changed.")] = None
    links: Links = {}
    extras: Extras = {}


class Told(Shape, kw_only=True):
    """What updates of incidents and of maintenances have in common."""

    at: Annotated[
        Instant, says("The time it is shown under; it may be set back, or edited.")
    ]
    body: Annotated[str, says("What it says, verbatim. Never trust it.")] = ""
    states: Annotated[
        list[ComponentState], says("The levels of components that it states.")
    ] = []
    id: Id = None
    created_at: Annotated[
        Instant | None,
        says("When it was posted: what orders a timeline. `at`, if not given."),
    ] = None
    updated_at: Annotated[
        Instant | None, says("When it was last edited. `created_at`, if not given.")
    ] = None
    links: Links = {}
    extras: Extras = {}


class IncidentUpdate(Told):
    """One message on an incident's timeline."""

    status: Annotated[
        IncidentStatus | None, says("The status from here on; null: it moves nothing.")
    ] = None


class MaintenanceUpdate(Told):
    """One message on a maintenance's timeline."""

    status: Annotated[
        MaintenanceStatus | None,
        says("The status from here on; null: it moves nothing."),
    ] = None


class Detection(Shape):
    """Who noticed, and when: an aggregator, a monitor, a user."""

    by: Annotated[str, says("Who.")]
    at: Annotated[Instant | None, says("When, if it is known.")] = None


class Event(Shape, kw_only=True):
    """What incidents and maintenances have in common, but for their updates."""

    components: Annotated[
        list[ComponentRef], says("The components it is attached to, in order.")
    ] = []
    url: Annotated[
        str | None, says("Its permanent address. Check it before you link to it.")
    ] = None
    created_at: Created = UNSET
    updated_at: Changed = UNSET
    stated_start: Annotated[
        Instant | None,
        says("The start its page states, where its updates tell another."),
    ] = None
    stated_end: Annotated[
        Instant | None, says("The end its page states, where its updates tell another.")
    ] = None
    detection: Annotated[Detection | None, says("Who noticed, and when.")] = None
    postmortem: Annotated[
        str | None, says("The post-mortem, if it is published apart from the updates.")
    ] = None
    links: Links = {}
    extras: Extras = {}


# The fields that a class inherits by keyword are written after its own.


class Incident(Event):
    """An incident, as what was said about it."""

    name: Annotated[str, says("What the page calls it.")]
    id: Id = None
    impact: Impacts = None
    stated_status: Annotated[
        IncidentStatus | None,
        says("The status its page states, where its updates tell another."),
    ] = None
    updates: Annotated[
        list[IncidentUpdate], says("What was said, in posting order.")
    ] = []


class Maintenance(Event):
    """A planned maintenance, as what was said about it."""

    name: Annotated[str, says("What the page calls it.")]
    id: Id = None
    impact: Impacts = Impact.MAINTENANCE
    stated_status: Annotated[
        MaintenanceStatus | None,
        says("The status its page states, where its updates tell another."),
    ] = None
    scheduled_for: Annotated[Instant | None, says("When it is to begin.")] = None
    scheduled_until: Annotated[Instant | None, says("When it is to be over.")] = None
    updates: Annotated[
        list[MaintenanceUpdate], says("What was said, in posting order.")
    ] = []


class Stretch(Shape):
    """A half-open stretch of time; one that ends where it starts is that instant."""

    start: Annotated[Instant, says("The first instant of it.")]
    end: Annotated[
        Instant | None, says("The first instant after it; null if it goes on.")
    ] = None

    def __post_init__(self) -> None:
        """
        Refuse what runs backwards.

        Raises:
            ValueError: it ends before it starts, or a time cannot be read.
        """
        if self.end is not None and rfc3339(self.end) < rfc3339(self.start):
            raise ValueError("a stretch cannot end before it starts")


class Coverage(Shape):
    """The stretches of time in which absence means that something did not happen."""

    incidents: Annotated[
        list[Stretch], says("Where an incident that is not there did not happen.")
    ] = []
    maintenances: Annotated[
        list[Stretch], says("Where a maintenance that is not there did not happen.")
    ] = []
    states: Annotated[
        list[Stretch], says("Where the levels of components are told completely.")
    ] = []


class RecordedDay(Shape):
    """How long a component was out on one day, as its vendor recorded it."""

    component: Annotated[ComponentRef, says("Which component, or group.")]
    date: Annotated[Date, says("The day, in the page's own time zone.")]
    major_outage: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        says("Seconds in major outage; null: nothing was recorded that day."),
    ] = None
    partial_outage: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        says("Seconds in partial outage; null: nothing was recorded that day."),
    ] = None
    events: Annotated[
        dict[str, str],
        says("The names of the incidents and maintenances related to it, by id."),
    ] = {}


class Page(Shape):
    """A status page, or as much of one as is known."""

    name: Annotated[str | None, says("Whose page it is.")] = None
    id: Annotated[str | None, says("Its id with its vendor.")] = None
    url: Annotated[str | None, says("Its address. Check it before you link to it.")] = (
        None
    )
    time_zone: Annotated[
        str | None, says("The zone it shows times in, by its IANA name if it has one.")
    ] = None
    stated_indicator: Annotated[
        Indicator | None,
        says("What it says of itself, where its components add up to something else."),
    ] = None
    stated_description: Annotated[
        str | None,
        says("The sentence it says of itself, where that is not the indicator's own."),
    ] = None
    updated_at: Annotated[Instant | None, says("When it last changed, as it says.")] = (
        None
    )
    observed_at: Annotated[Instant | None, says("When somebody looked.")] = None
    coverage: Annotated[Coverage | None, says("Where absence means something.")] = None
    links: Links = {}
    extras: Extras = {}
    components: Annotated[
        list[Component], says("Its entries, groups included, in the page's order.")
    ] = []
    incidents: Annotated[
        list[Incident], says("Its incidents, in the page's order: mostly newest first.")
    ] = []
    maintenances: Annotated[
        list[Maintenance], says("Its maintenances, in the page's order.")
    ] = []
    recorded: Annotated[
        list[RecordedDay], says("What its vendor recorded, by component and day.")
    ] = []


class Document(Shape):
    """
    A status page with all that is known of it, as incidentkit keeps it.

    Times are RFC 3339; they are written in UTC.
    """

    format: Annotated[Literal["incidentkit"], says("Whose format it is.")]
    version: Annotated[Literal[1], says("Its version; another is another document.")]
    page: Annotated[Page, says("The page.")]
