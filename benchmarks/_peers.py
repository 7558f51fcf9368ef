"""
The same document declared for the rivals that read and write JSON.

Each declares all of it, with real times and enums, so that all do the same work: text
in, typed values out, the wrong word or type refused.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import msgspec
import pydantic


class Status(Enum):
    """What an update says of an incident."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"


class Level(Enum):
    """How a component is."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


class Impact(Enum):
    """How badly an incident hurts."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


# -- pydantic ----------------------------------------------------------------------


class PagePydantic(pydantic.BaseModel):
    """`page`."""

    id: str
    name: str
    url: str
    time_zone: str
    updated_at: datetime


class ComponentPydantic(pydantic.BaseModel):
    """An entry of `components`."""

    id: str
    name: str
    status: Level
    created_at: datetime
    updated_at: datetime
    position: int
    description: str | None
    showcase: bool
    start_date: date | None
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool


class AffectedPydantic(pydantic.BaseModel):
    """An entry of `affected_components`."""

    code: str
    name: str
    old_status: Level
    new_status: Level


class UpdatePydantic(pydantic.BaseModel):
    """An entry of `incident_updates`."""

    id: str
    status: Status
    body: str
    incident_id: str
    created_at: datetime
    updated_at: datetime
    display_at: datetime
    affected_components: list[AffectedPydantic] | None
    deliver_notifications: bool
    custom_tweet: str | None
    tweet_id: str | None


class IncidentPydantic(pydantic.BaseModel):
    """An entry of `incidents`."""

    id: str
    name: str
    status: Status
    created_at: datetime
    updated_at: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    impact: Impact
    shortlink: str
    started_at: datetime
    page_id: str
    incident_updates: list[UpdatePydantic]
    components: list[ComponentPydantic]
    reminder_intervals: str | None


class DocumentPydantic(pydantic.BaseModel):
    """`incidents.json`."""

    page: PagePydantic
    incidents: list[IncidentPydantic]


# -- msgspec -----------------------------------------------------------------------


class PageMsgspec(msgspec.Struct):
    """`page`."""

    id: str
    name: str
    url: str
    time_zone: str
    updated_at: datetime


class ComponentMsgspec(msgspec.Struct):
    """An entry of `components`."""

    id: str
    name: str
    status: Level
    created_at: datetime
    updated_at: datetime
    position: int
    description: str | None
    showcase: bool
    start_date: date | None
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool


class AffectedMsgspec(msgspec.Struct):
    """An entry of `affected_components`."""

    code: str
    name: str
    old_status: Level
    new_status: Level


class UpdateMsgspec(msgspec.Struct):
    """An entry of `incident_updates`."""

    id: str
    status: Status
    body: str
    incident_id: str
    created_at: datetime
    updated_at: datetime
    display_at: datetime
    affected_components: list[AffectedMsgspec] | None
    deliver_notifications: bool
    custom_tweet: str | None
    tweet_id: str | None


class IncidentMsgspec(msgspec.Struct):
    """An entry of `incidents`."""

    id: str
    name: str
    status: Status
    created_at: datetime
    updated_at: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    impact: Impact
    shortlink: str
    started_at: datetime
    page_id: str
    incident_updates: list[UpdateMsgspec]
    components: list[ComponentMsgspec]
    reminder_intervals: str | None


class DocumentMsgspec(msgspec.Struct):
    """`incidents.json`."""

    page: PageMsgspec
    incidents: list[IncidentMsgspec]


def read_pydantic(data: bytes) -> DocumentPydantic:
    """Read with pydantic."""
    return DocumentPydantic.model_validate_json(data)


_DECODER = msgspec.json.Decoder(DocumentMsgspec)


def read_msgspec(data: bytes) -> DocumentMsgspec:
    """Read with msgspec."""
    return _DECODER.decode(data)
