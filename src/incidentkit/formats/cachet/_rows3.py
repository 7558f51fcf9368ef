"""
The resources of version 3's documents, made of the model.

Attributes are made without looking at extras, and a reader makes the same attributes:
what they already say need not be kept. The functions called `…_value` put extras back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import UNSET

from incidentkit._frozen import EMPTY, NO_EXTRAS, STATED, FrozenMapping
from incidentkit._incident import Incident, default_start
from incidentkit._timeline import worst_levels
from incidentkit.formats._pen import arranged, as_any, posted, update_key
from incidentkit.formats._wire import Shape, mapping, restored
from incidentkit.formats.cachet._pen import group_number, number
from incidentkit.formats.cachet._shapes3 import (
    ComponentAttributes,
    GroupAttributes,
    IncidentAttributes,
    Resource,
    ScheduleAttributes,
    Told,
    UpdateAttributes,
)
from incidentkit.formats.cachet._words import V3

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit._event import Event
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit._vocabulary import ComponentStatus, IncidentStatus, Status
    from incidentkit.formats.cachet._fitting import Fitting
    from incidentkit.formats.cachet._pen import Pen

NAME = V3.name
#: Under this key of a thing's extras stands what was said around its attributes.
AROUND = "@around"
RELATIONSHIPS = "relationships"

# The types of resources.
INCIDENT = "incidents"
UPDATE = "updates"
SCHEDULE = "schedules"
COMPONENT = "components"
GROUP = "componentGroups"


# -- values ----------------------------------------------------------------------------


def stamp(pen: Pen, at: DateTime | None) -> Told:
    """A time. How long ago it is depends on the reader, and is not written."""
    return {"human": None, "string": pen.at(at)}


def labelled(number: int, labels: Mapping[int, str]) -> Told:
    """A number, and what people call it."""
    return {"human": labels[number], "value": number}


def linkage(type: str, numbers: Iterable[int]) -> dict[str, object]:
    """A relationship to several resources."""
    return {"data": [{"id": str(one), "type": type} for one in numbers]}


def resource(
    type: str,
    attributes: Shape,
    relationships: Mapping[str, object],
    thing: Component | Event | Update | None = None,
) -> dict[str, object]:
    """A resource, with what extras hold of it."""
    extras = NO_EXTRAS if thing is None else thing.extras
    said = dict(extras.get(NAME, EMPTY))
    around = mapping(said.pop(AROUND, None))
    stated = dict(mapping(said.get(STATED)))
    related = stated.pop(RELATIONSHIPS, relationships)
    if STATED in said:
        said[STATED] = FrozenMapping(stated)
    made = Resource(
        id=str(as_any(attributes).id),
        type=type,
        relationships=as_any(related) if related else UNSET,
    )
    whole = restored(made, around)
    parts = plain(made) if whole is made else cast("dict[str, object]", whole)
    return {**parts, "attributes": restored(attributes, said)}


def plain(shape: Shape) -> dict[str, object]:
    """A shape as a dict, without what is not set."""
    made = {name: getattr(shape, name) for name in shape.__struct_fields__}
    return {name: one for name, one in made.items() if one is not UNSET}


# -- incidents -------------------------------------------------------------------------


def incident_attributes(pen: Pen, incident: Incident) -> IncidentAttributes:
    """Of an incident."""
    told = posted(incident.updates)
    return IncidentAttributes(
        id=number(incident.key),
        name=incident.name,
        message=told[0][1].body if told else "",
        visible=1,
        stickied=False,
        notifications=False,
        status=labelled(V3.incident(incident.status), V3.incident_labels),
        occurred=stamp(pen, incident.stated_start or default_start(incident)),
        published=stamp(pen, incident.created_at),
        created=stamp(pen, incident.created_at),
        updated=stamp(pen, incident.updated_at),
    )


def update_attributes(
    pen: Pen, update: Update, status: Status | None, id: int, parent: Resource
) -> UpdateAttributes:
    """Of an update, given its status, its number and what it belongs to."""
    is_incident = parent.type == INCIDENT
    word = V3.incident(cast("IncidentStatus | None", status)) if is_incident else 0
    return UpdateAttributes(
        id=id,
        updateable_id=parent.id,
        updateable_type="incident" if is_incident else "schedule",
        message=update.body,
        status=labelled(word, V3.incident_labels) if is_incident else UNSET,
        created=stamp(pen, update.created_at),
        updated=stamp(pen, update.updated_at),
    )


def update_values(
    pen: Pen, event: Event, *, whole: bool = False
) -> list[dict[str, object]]:
    """
    The updates of an incident or of a schedule, in order of posting.

    Args:
        pen: what to write with.
        event: whose they are.
        whole: whether the first word is an update too; else it is the incident's own.
    """
    is_incident = isinstance(event, Incident)
    parent = Resource(id=number(event.key), type=INCIDENT if is_incident else SCHEDULE)
    values: list[dict[str, object]] = []
    status: Status | None = None
    for place, (index, update) in enumerate(posted(event.updates)):
        status = update.status or status
        if place or whole:
            id = number(update_key(event, index, update))
            attributes = update_attributes(pen, update, status, id, parent)
            values.append(resource(UPDATE, attributes, {}, update))
    return values


def event_relationships(pen: Pen, event: Event) -> dict[str, object]:
    """The updates and the components of an incident or of a schedule."""
    updates = [
        number(update_key(event, index, update))
        for index, update in posted(event.updates)[1:]
    ]
    mentioned = [pen.mention(mention) for mention in event.affected]
    return {
        "updates": linkage(UPDATE, updates),
        "components": linkage(COMPONENT, mentioned),
    }


def incident_value(pen: Pen, incident: Incident) -> dict[str, object]:
    """An incident."""
    attributes = incident_attributes(pen, incident)
    return resource(INCIDENT, attributes, event_relationships(pen, incident), incident)


# -- schedules -------------------------------------------------------------------------


def schedule_attributes(pen: Pen, maintenance: Maintenance) -> ScheduleAttributes:
    """Of a schedule."""
    told = posted(maintenance.updates)
    status = V3.schedule(maintenance.status)
    is_open = maintenance.is_open
    until = maintenance.scheduled_until if is_open else maintenance.ended_at
    return ScheduleAttributes(
        id=number(maintenance.key),
        name=maintenance.name,
        message=told[0][1].body if told else None,
        status=labelled(status, V3.schedule_labels),
        scheduled=stamp(pen, maintenance.scheduled_for),
        completed=stamp(pen, until),
        published=stamp(pen, maintenance.created_at),
        created=stamp(pen, maintenance.created_at),
        updated=stamp(pen, maintenance.updated_at),
    )


def schedule_value(pen: Pen, maintenance: Maintenance) -> dict[str, object]:
    """A schedule."""
    attributes = schedule_attributes(pen, maintenance)
    related = event_relationships(pen, maintenance)
    return resource(SCHEDULE, attributes, related, maintenance)


# -- components ------------------------------------------------------------------------


def component_attributes(pen: Pen, one: Component) -> ComponentAttributes:
    """Of a component."""
    level = labelled(V3.component(one.status), V3.component_labels)
    return ComponentAttributes(
        id=number(one.key),
        name=one.name,
        description=one.description,
        link=None,
        order=one.position or 0,
        status=level,
        latest_status=level,
        enabled=True,
        created=stamp(pen, one.created_at),
        updated=stamp(pen, one.updated_at),
    )


def component_relationships(one: Component) -> dict[str, object]:
    """The group of a component."""
    if one.group is None:
        return {}
    id = str(group_number(one.group))
    return {"group": {"data": {"id": id, "type": GROUP}}}


def pivot(level: ComponentStatus) -> dict[str, object]:
    """The level of a component in the one incident that names it."""
    value = labelled(V3.component(level), V3.component_labels)
    return {"component_status": value}


def component_value(
    pen: Pen, one: Component, level: ComponentStatus | None = None
) -> dict[str, object]:
    """A component, and its level in the one incident that names it."""
    attributes = component_attributes(pen, one)
    if level is not None:
        attributes.pivot = as_any(pivot(level))
    return resource(COMPONENT, attributes, component_relationships(one), one)


def mention_value(
    pen: Pen, mention: ComponentRef, level: ComponentStatus | None
) -> dict[str, object]:
    """A component of which nothing is known but what an incident calls it."""
    attributes = ComponentAttributes(id=pen.mention(mention))
    if mention.name is not None:
        attributes.name = mention.name
    if level is not None:
        attributes.pivot = as_any(pivot(level))
    return resource(COMPONENT, attributes, {})


def group_attributes(pen: Pen, one: Component) -> GroupAttributes:
    """Of a group."""
    return GroupAttributes(
        id=group_number(one.key),
        name=one.name,
        order=one.position or 0,
        collapsed=0,
        visible=1,
        created=stamp(pen, one.created_at),
        updated=stamp(pen, one.updated_at),
    )


def group_value(pen: Pen, one: Component) -> dict[str, object]:
    """A group."""
    return resource(GROUP, group_attributes(pen, one), {}, one)


# -- documents -------------------------------------------------------------------------


def values(pen: Pen, chosen: Fitting) -> tuple[list[object], list[object]]:
    """What a document holds, and what it includes."""
    events: list[Incident | Maintenance] = [
        *(one for _, one in chosen.incidents),
        *(one for _, one in chosen.maintenances),
    ]
    groups = [one for _, one in chosen.components if one.is_group]
    components = [one for _, one in chosen.components if not one.is_group]
    included: list[dict[str, object]] = []
    if chosen.document == "incidents/updates":
        made = [
            one for event in events for one in update_values(pen, event, whole=True)
        ]
        return [*arranged(made, chosen.said.get("order"), identity)], []
    if chosen.document == "components/groups":
        made = [group_value(pen, one) for one in groups]
    elif chosen.document == "components":
        made = [component_value(pen, one) for one in components]
        included += [group_value(pen, one) for one in groups]
    else:
        made = [
            incident_value(pen, one)
            if isinstance(one, Incident)
            else schedule_value(pen, one)
            for one in events
        ]
        for event in events:
            included += update_values(pen, event)
        included += _mentioned(pen, events, components)
        included += [group_value(pen, one) for one in groups]
    others = chosen.said.get("others")
    if isinstance(others, tuple):
        included += [
            cast("dict[str, object]", other)
            for other in cast("tuple[object, ...]", others)
            if isinstance(other, FrozenMapping)
        ]
    return [*made], [*arranged(included, chosen.said.get("order"), identity)]


def beside(count: int | None) -> Mapping[str, object]:  # noqa: ARG001 - as version 2
    """What stands beside a document that is no page of a longer one: what it is."""
    return {"jsonapi": {"version": "1.0"}}


def _mentioned(
    pen: Pen, events: Iterable[Event], components: list[Component]
) -> list[dict[str, object]]:
    """The components that events name, each with its level if that is plain."""
    named: dict[int, list[tuple[Event, ComponentRef, ComponentStatus | None]]] = {}
    for event in events:
        worst = worst_levels(event.updates)
        for mention in event.affected:
            told = event, mention, worst.get(mention.key)
            named.setdefault(pen.mention(mention), []).append(told)
    levels = {
        id: mentions[0][2]
        for id, mentions in named.items()
        # It is included once: of several incidents nobody could tell whose level it is.
        if len(mentions) == 1 and isinstance(mentions[0][0], Incident)
    }
    known = {number(one.key) for one in components}
    made = [
        component_value(pen, one, levels.get(number(one.key))) for one in components
    ]
    for id, mentions in named.items():
        mention, level = mentions[0][1], levels.get(id)
        if id not in known and (mention.name is not None or level is not None):
            made.append(mention_value(pen, mention, level))
    return made


def identity(resource: Mapping[str, object]) -> str:
    """What tells a resource from others: its type and its id."""
    return f"{resource.get('type')}:{resource.get('id')}"
