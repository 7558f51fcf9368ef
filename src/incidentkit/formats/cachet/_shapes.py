"""
Version 2's documents, field by field.

The shapes serve reading and writing. Statuses are numbers, which some installations
write as text; times are text in the zone of the installation. PHP writes an object
without keys as `[]`. The comments say which version has a key.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from msgspec import UNSET, UnsetType

from incidentkit.formats._wire import Id, Shape

Text: TypeAlias = str | UnsetType | None
Number: TypeAlias = int | str | UnsetType | None
Flag: TypeAlias = bool | int | str | UnsetType | None
Scalar: TypeAlias = str | int | float | bool | None
#: An object of whatever keys, or the array that PHP makes of an empty one.
Free: TypeAlias = dict[str, Scalar] | list[Scalar] | UnsetType | None


class UpdateRow(Shape):
    """An entry of an incident's `updates`, newest first; also a document of its own."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"incident_id", "status", "human_status", "permalink"}
    )

    id: Id | UnsetType = UNSET
    incident_id: Id | UnsetType | None = UNSET
    status: Number = UNSET
    message: Text = UNSET
    user_id: Id | UnsetType | None = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    human_status: Text = UNSET  # in the language of the installation
    permalink: Text = UNSET


class IncidentRow(Shape):
    """An incident; with status 0 and `scheduled_at`, up to 2.3, a maintenance."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {
            *("status", "human_status", "is_resolved", "duration", "latest_icon"),
            *("latest_update_id", "latest_status", "latest_human_status"),
            *("component_id", "occurred_at", "updated_at"),
        }
    )

    id: Id | UnsetType = UNSET
    user_id: Id | UnsetType | None = UNSET
    component_id: Id | UnsetType | None = UNSET  # 0 and null: none
    name: str | UnsetType = UNSET
    status: Number = UNSET
    visible: Flag = UNSET
    stickied: Flag = UNSET  # this and the next two: from 2.4 on
    notifications: Flag = UNSET
    occurred_at: Text = UNSET
    scheduled_at: Text = UNSET  # up to 2.3
    message: Text = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    deleted_at: Text = UNSET
    is_resolved: Flag = UNSET  # this and all below but `permalink`: from 2.4 on
    updates: list[UpdateRow] | UnsetType | None = UNSET
    human_status: Text = UNSET
    latest_update_id: Id | UnsetType | None = UNSET
    latest_status: Number = UNSET
    latest_human_status: Text = UNSET
    latest_icon: Text = UNSET
    permalink: Text = UNSET
    duration: Number = UNSET  # seconds from the first word to the last
    meta: Free = UNSET


class ScheduledRow(Shape):
    """An entry of a schedule's `components`."""

    id: Id | UnsetType | None = UNSET
    schedule_id: Id | UnsetType | None = UNSET
    component_id: Id | UnsetType | None = UNSET
    component_status: Number = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET


class ScheduleRow(Shape):
    """A schedule: what is planned, from 2.4 on."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "human_status", "components", "completed_at", "updated_at"}
    )

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    status: Number = UNSET
    message: Text = UNSET
    scheduled_at: Text = UNSET
    completed_at: Text = UNSET  # of what is not complete: when it was asked for
    created_at: Text = UNSET
    updated_at: Text = UNSET
    deleted_at: Text = UNSET
    components: list[ScheduledRow] | UnsetType | None = UNSET
    human_status: Text = UNSET


class ComponentRow(Shape):
    """A component."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "status_name"})

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: Text = UNSET
    link: Text = UNSET
    status: Number = UNSET
    order: int | UnsetType | None = UNSET
    group_id: Id | UnsetType | None = UNSET  # 0 and null: none
    enabled: Flag = UNSET  # from 2.4 on
    meta: Free = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    deleted_at: Text = UNSET
    status_name: Text = UNSET
    tags: Free = UNSET


class GroupRow(Shape):
    """A group of components, and those of its components that are shown."""

    derived: ClassVar[frozenset[str]] = frozenset({"lowest_human_status"})

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    order: int | UnsetType | None = UNSET
    collapsed: Flag = UNSET
    visible: Flag = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    enabled_components: list[ComponentRow] | UnsetType | None = UNSET
    lowest_human_status: Text = UNSET


class StatusRow(Shape):
    """The page in one word and one sentence."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "message"})

    status: Text = UNSET
    message: Text = UNSET
