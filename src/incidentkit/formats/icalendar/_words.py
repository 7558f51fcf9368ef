"""
The words of MAINTNOTE and of iCalendar, and what they mean.

MAINTNOTE is the draft of a standard for maintenance notifications of network providers
(https://github.com/jda/maintnote-std, `standard.md`), with two words more that its
readers have met (`RE-SCHEDULED`, `NO-CHANGE`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "icalendar"
OURS: Final = "X-INCIDENTKIT-"
MAINTNOTE: Final = "X-MAINTNOTE-"

INCIDENT: Final = "incident"
MAINTENANCE: Final = "maintenance"

IMPACTS: Final = words(Impact)
LEVELS: Final = words(ComponentStatus)
INCIDENT_STATUSES: Final = words(IncidentStatus)
MAINTENANCE_STATUSES: Final = words(MaintenanceStatus)

#: X-MAINTNOTE-STATUS. Tentative or confirmed, work is yet to begin.
STATUSES: Final[Mapping[str, MaintenanceStatus | None]] = {
    "TENTATIVE": MaintenanceStatus.SCHEDULED,
    "CONFIRMED": MaintenanceStatus.SCHEDULED,
    "RE-SCHEDULED": MaintenanceStatus.SCHEDULED,
    "IN-PROCESS": MaintenanceStatus.IN_PROGRESS,
    "COMPLETED": MaintenanceStatus.COMPLETED,
    "CANCELLED": MaintenanceStatus.CANCELLED,
    "NO-CHANGE": None,
}
STATUS_WORDS: Final[Mapping[MaintenanceStatus | None, str]] = {
    None: "NO-CHANGE",
    MaintenanceStatus.SCHEDULED: "CONFIRMED",
    MaintenanceStatus.IN_PROGRESS: "IN-PROCESS",
    MaintenanceStatus.VERIFYING: "IN-PROCESS",
    MaintenanceStatus.COMPLETED: "COMPLETED",
    MaintenanceStatus.CANCELLED: "CANCELLED",
}
#: STATUS of an event, where it says more than that the event is planned.
EVENT_STATUSES: Final[Mapping[str, MaintenanceStatus | None]] = {
    "TENTATIVE": MaintenanceStatus.SCHEDULED,
    "CONFIRMED": None,
    "CANCELLED": MaintenanceStatus.CANCELLED,
}
#: X-MAINTNOTE-IMPACT. What is unknown is to be taken for an outage.
NOTED_IMPACTS: Final[Mapping[str, Impact]] = {
    "NO-IMPACT": Impact.NONE,
    "REDUCED-REDUNDANCY": Impact.NONE,
    "DEGRADED": Impact.MINOR,
    "OUTAGE": Impact.CRITICAL,
}
IMPACT_WORDS: Final[Mapping[Impact | None, str]] = {
    Impact.NONE: "NO-IMPACT",
    Impact.MINOR: "DEGRADED",
    Impact.MAJOR: "OUTAGE",
    Impact.CRITICAL: "OUTAGE",
    Impact.MAINTENANCE: "OUTAGE",
    None: "OUTAGE",
}
