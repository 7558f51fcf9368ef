"""
The rows of version 2's documents, made of the model.

A row is made without looking at extras, and a reader makes the same rows: what they
already say need not be kept. The functions called `…_value` put extras back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import UNSET

from incidentkit import _time as time
from incidentkit._frozen import EMPTY
from incidentkit._incident import Incident, default_start
from incidentkit.formats._pen import GROUP, arranged, as_any, posted, row_id, update_key
from incidentkit.formats._wire import mapping, restored
from incidentkit.formats.cachet._pen import Pen, group_number, number
from incidentkit.formats.cachet._shapes import (
    ComponentRow,
    GroupRow,
    IncidentRow,
    ScheduledRow,
    ScheduleRow,
    StatusRow,
    UpdateRow,
)
from incidentkit.formats.cachet._words import (
    SCHEDULED,
    SCHEDULED_LABEL,
    V2,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit._vocabulary import IncidentStatus, Status
    from incidentkit.formats.cachet._fitting import Fitting

NAME = V2.name
#: Under this key of a maintenance's extras stands what was said of it as an incident.
AMONG_INCIDENTS = "@incident"
_PER_PAGE = 20


def said_of(thing: Component | Event | Update) -> Mapping[str, object]:
    """What extras hold of a thing."""
    return thing.extras.get(NAME, EMPTY)


# -- incidents -------------------------------------------------------------------------


def update_row(
    pen: Pen, update: Update, status: Status | None, id: int, event: Event
) -> UpdateRow:
    """An entry of `updates`, given its status and number."""
    word = V2.incident(cast("IncidentStatus | None", status))
    incident_id = number(event.key)
    return UpdateRow(
        id=id,
        incident_id=incident_id,
        status=word,
        message=update.body,
        created_at=pen.at(update.created_at),
        updated_at=pen.at(update.updated_at),
        human_status=V2.incident_labels[word],
        permalink=UNSET if event.url is None else f"{event.url}#update-{id}",
    )


def update_values(pen: Pen, event: Event, *, whole: bool = False) -> list[object]:
    """
    `updates` of an incident, newest first.

    Args:
        pen: what to write with.
        event: the incident.
        whole: whether the first word is an update too; else it is the incident's own.
    """
    values: list[object] = []
    status: Status | None = None
    for place, (index, update) in enumerate(posted(event.updates)):
        status = update.status or status
        if place or whole:
            id = number(update_key(event, index, update))
            row = update_row(pen, update, status, id, event)
            values.append(restored(row, said_of(update)))
    values.reverse()
    return values


def incident_row(pen: Pen, incident: Incident) -> IncidentRow:
    """An incident, without its updates."""
    told = [update for _, update in posted(incident.updates)]
    status = V2.incident(incident.status)
    label = V2.incident_labels[status]
    latest = told[-1] if len(told) > 1 else None
    first, last = incident.created_at, latest and latest.created_at
    mentioned = incident.affected
    return IncidentRow(
        id=number(incident.key),
        component_id=pen.mention(mentioned[0]) if mentioned else 0,
        name=incident.name,
        status=status,
        visible=1,
        stickied=False,
        notifications=False,
        occurred_at=pen.at(incident.stated_start or default_start(incident)),
        message=told[0].body if told else "",
        created_at=pen.at(first),
        updated_at=pen.at(incident.updated_at),
        deleted_at=None,
        is_resolved=not incident.is_open,
        human_status=label,
        latest_update_id=(
            None
            if latest is None
            else number(update_key(incident, incident.updates.index(latest), latest))
        ),
        latest_status=status,
        latest_human_status=label,
        permalink=UNSET if incident.url is None else incident.url,
        duration=(
            0
            if first is None or last is None
            else int(time.elapsed(first, last).total_seconds())
        ),
    )


def incident_value(pen: Pen, incident: Incident) -> object:
    """An incident, with what extras hold."""
    row = incident_row(pen, incident)
    row.updates = as_any(update_values(pen, incident))
    return restored(row, said_of(incident))


def scheduled_row(pen: Pen, maintenance: Maintenance) -> IncidentRow:
    """A maintenance as it was up to 2.3: an incident of status 0."""
    told = [update for _, update in posted(maintenance.updates)]
    mentioned = maintenance.affected
    return IncidentRow(
        id=number(maintenance.key),
        component_id=pen.mention(mentioned[0]) if mentioned else 0,
        name=maintenance.name,
        status=SCHEDULED,
        visible=1,
        scheduled_at=pen.at(maintenance.scheduled_for),
        message=told[0].body if told else "",
        created_at=pen.at(maintenance.created_at),
        updated_at=pen.at(maintenance.updated_at),
        deleted_at=None,
        human_status=SCHEDULED_LABEL,
    )


def scheduled_value(pen: Pen, maintenance: Maintenance) -> object:
    """A maintenance among the incidents, with what extras hold."""
    said = mapping(said_of(maintenance).get(AMONG_INCIDENTS))
    return restored(scheduled_row(pen, maintenance), said)


# -- schedules -------------------------------------------------------------------------


def schedule_row(pen: Pen, maintenance: Maintenance) -> ScheduleRow:
    """A schedule."""
    told = [update for _, update in posted(maintenance.updates)]
    status = V2.schedule(maintenance.status)
    id = number(maintenance.key)
    return ScheduleRow(
        id=id,
        name=maintenance.name,
        status=status,
        message=told[0].body if told else None,
        scheduled_at=pen.at(maintenance.scheduled_for),
        completed_at=pen.at(maintenance.ended_at),
        created_at=pen.at(maintenance.created_at),
        updated_at=pen.at(maintenance.updated_at),
        deleted_at=None,
        components=[
            ScheduledRow(schedule_id=id, component_id=pen.mention(mention))
            for mention in maintenance.affected
        ],
        human_status=V2.schedule_labels[status],
    )


def schedule_value(pen: Pen, maintenance: Maintenance) -> object:
    """A schedule, with what extras hold."""
    said = {
        key: value
        for key, value in said_of(maintenance).items()
        if key != AMONG_INCIDENTS
    }
    return restored(schedule_row(pen, maintenance), said)


# -- components ------------------------------------------------------------------------


def component_row(pen: Pen, one: Component) -> ComponentRow:
    """A component."""
    status = V2.component(one.status)
    return ComponentRow(
        id=number(one.key),
        name=one.name,
        description=one.description,
        link="",
        status=status,
        order=one.position or 0,
        group_id=0 if one.group is None else group_number(one.group),
        enabled=True,
        created_at=pen.at(one.created_at),
        updated_at=pen.at(one.updated_at),
        deleted_at=None,
        status_name=V2.component_labels[status],
        tags=[],
    )


def component_value(pen: Pen, one: Component) -> object:
    """A component, with what extras hold."""
    return restored(component_row(pen, one), said_of(one))


def group_row(pen: Pen, one: Component) -> GroupRow:
    """A group, without its components."""
    return GroupRow(
        id=group_number(one.key),
        name=one.name,
        order=one.position or 0,
        collapsed=0,
        visible=1,
        created_at=pen.at(one.created_at),
        updated_at=pen.at(one.updated_at),
    )


def group_value(pen: Pen, one: Component, members: Iterable[Component]) -> object:
    """A group, with its components and what extras hold."""
    row = group_row(pen, one)
    row.enabled_components = as_any([component_value(pen, each) for each in members])
    return restored(row, said_of(one))


def group_key(id: str | None) -> str | None:
    """What a group is known by here: components have the same numbers."""
    return None if id is None else f"{GROUP}{id}"


# -- documents -------------------------------------------------------------------------


def values(pen: Pen, chosen: Fitting) -> tuple[list[object], list[object]]:
    """What a document holds; this version includes nothing besides."""
    made: list[object] = []
    if chosen.document == "incidents":
        made += [incident_value(pen, one) for _, one in chosen.incidents]
        scheduled = [scheduled_value(pen, one) for _, one in chosen.maintenances]
        for place, value in zip(chosen.planned, scheduled, strict=True):
            made.insert(place, value)
    elif chosen.document == "incidents/updates":
        for _, one in chosen.incidents:
            made += update_values(pen, one, whole=True)
        made = arranged(made, chosen.said.get("order"), row_id)
    elif chosen.document == "schedules":
        made += [schedule_value(pen, one) for _, one in chosen.maintenances]
    elif chosen.document == "components":
        made += [component_value(pen, one) for _, one in chosen.components]
    else:
        made += _group_values(pen, [one for _, one in chosen.components])
    return made, []


def _group_values(pen: Pen, components: Iterable[Component]) -> list[object]:
    """The groups, each with those of its components that follow it."""
    groups: list[tuple[Component, list[Component]]] = []
    for one in components:
        if one.is_group:
            groups.append((one, []))
        else:
            groups[-1][1].append(one)
    return [group_value(pen, group, members) for group, members in groups]


def beside(count: int | None) -> Mapping[str, object]:
    """
    What stands beside a list that is whole.

    Args:
        count: how many things are in it; None: it is one thing and no list.
    """
    if count is None:
        return {}
    links = {"next_page": None, "previous_page": None}
    pagination = {
        "total": count,
        "count": count,
        "per_page": max(count, _PER_PAGE),
        "current_page": 1,
        "total_pages": 1,
        "links": links,
    }
    return {"meta": {"pagination": pagination}}


# -- the page --------------------------------------------------------------------------


def status_row(page: StatusPage, version: Version) -> StatusRow:
    """The page in one word and one sentence."""
    indicator = page.indicator
    return StatusRow(
        status=None if indicator is None else version.indicator(indicator),
        message=page.description,
    )
