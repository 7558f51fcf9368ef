"""
Version 3's documents, field by field: JSON:API, https://jsonapi.org/format/1.1/.

A resource has its values in `attributes`, and names others in `relationships`; those
others stand in `included`, where they were asked for. A status is its number with what
people call it, a time is its text with how long ago that is.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from msgspec import UNSET, Raw, UnsetType

from incidentkit.formats._wire import Id, Shape
from incidentkit.formats.cachet._shapes import Flag, Free, Scalar, Text

#: `{"human": …, "value": 2}`, of a status; `{"human": …, "string": …}`, of a time.
Told: TypeAlias = dict[str, Scalar] | str | int | UnsetType | None
#: What the pivot of a component says of it in one incident.
Pivot: TypeAlias = dict[str, dict[str, Scalar] | Scalar] | UnsetType | None


class IncidentAttributes(Shape):
    """Of an incident."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "occurred", "published", "created", "updated", "components_count"}
    )

    id: Id | UnsetType = UNSET
    guid: Text = UNSET
    name: str | UnsetType = UNSET
    message: Text = UNSET
    visible: Flag = UNSET  # 0: whoever has signed in, 1: all, 2: nobody
    stickied: Flag = UNSET
    notifications: Flag = UNSET
    status: Told = UNSET
    occurred: Told = UNSET
    published: Told = UNSET
    created: Told = UNSET
    updated: Told = UNSET
    components_count: int | UnsetType | None = UNSET  # this and the next: if asked for
    meta: Free = UNSET


class UpdateAttributes(Shape):
    """Of an update, of an incident or of a schedule."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"updateable_id", "updateable_type", "status", "created", "updated"}
    )

    id: Id | UnsetType = UNSET
    updateable_id: Id | UnsetType | None = UNSET
    updateable_type: Text = UNSET
    message: Text = UNSET
    status: Told = UNSET  # of incidents only
    created: Told = UNSET
    updated: Told = UNSET


class ScheduleAttributes(Shape):
    """Of a schedule; its status follows from its times and the present moment."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "scheduled", "completed", "published", "created", "updated"}
    )

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    message: Text = UNSET
    status: Told = UNSET
    scheduled: Told = UNSET
    completed: Told = UNSET  # as planned, and once it is past, when it was
    published: Told = UNSET
    created: Told = UNSET
    updated: Told = UNSET
    meta: Free = UNSET


class ComponentAttributes(Shape):
    """Of a component."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "latest_status", "created", "updated", "pivot"}
    )

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: Text = UNSET
    link: Text = UNSET
    order: int | UnsetType | None = UNSET
    status: Told = UNSET
    latest_status: Told = UNSET
    enabled: Flag = UNSET
    created: Told = UNSET
    updated: Told = UNSET
    pivot: Pivot = UNSET  # in an incident's `included`: its level there
    meta: Free = UNSET


class GroupAttributes(Shape):
    """Of a group of components."""

    derived: ClassVar[frozenset[str]] = frozenset({"created", "updated"})

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    order: int | UnsetType | None = UNSET
    order_column: Text = UNSET
    order_direction: Text = UNSET
    collapsed: Flag = UNSET
    visible: Flag = UNSET
    created: Told = UNSET
    updated: Told = UNSET
    meta: Free = UNSET


class Resource(Shape):
    """What every resource has around its attributes."""

    id: Id | UnsetType = UNSET
    type: str | UnsetType = UNSET
    # `updates`, `components` and `group`, each an object whose `data` names one
    # resource or several; raw, because installations relate more than we know.
    relationships: Raw | UnsetType = UNSET


class IncidentResource(Resource):
    """An incident."""

    attributes: IncidentAttributes | UnsetType = UNSET


class UpdateResource(Resource):
    """An update."""

    attributes: UpdateAttributes | UnsetType = UNSET


class ScheduleResource(Resource):
    """A schedule."""

    attributes: ScheduleAttributes | UnsetType = UNSET


class ComponentResource(Resource):
    """A component."""

    attributes: ComponentAttributes | UnsetType = UNSET


class GroupResource(Resource):
    """A group of components."""

    attributes: GroupAttributes | UnsetType = UNSET
