"""
The columns of the table, and the words that stand in them.

One list decides what is written, in which order, and what is looked for. The heading of
the first column names the format and its version.
"""

from __future__ import annotations

from typing import Final

from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
    words,
)

NAME: Final = "csv"
VERSION: Final = 1
#: The heading of the first column.
MARK: Final = "incidentkit"
KIND: Final = f"{MARK} {VERSION}"

PAGE: Final = "page"
COMPONENT: Final = "component"
GROUP: Final = "group"
INCIDENT: Final = "incident"
MAINTENANCE: Final = "maintenance"

#: What is said of an update: in its row alone.
OF_UPDATE: Final = (
    "update_id",
    "update_status",
    "at",
    "posted_at",
    "edited_at",
    "body",
    "levels",
)
#: What is said of an incident or maintenance: the same in every row of it.
OF_EVENT: Final = (
    "id",
    "name",
    "url",
    "impact",
    "scheduled_for",
    "scheduled_until",
    "components",
    "created_at",
    "updated_at",
    "stated_status",
    "stated_start",
    "stated_end",
    "detected_by",
    "detected_at",
    "postmortem",
)
#: What follows from its updates, for whoever reads the table; a reading only compares.
DERIVED: Final = ("status", "began_at", "ended_at")
COLUMNS: Final = (
    KIND,
    "event",
    "update",
    "id",
    "name",
    "url",
    "impact",
    *DERIVED,
    "scheduled_for",
    "scheduled_until",
    *OF_UPDATE,
    "components",
    "created_at",
    "updated_at",
    "stated_status",
    "stated_start",
    "stated_end",
    "detected_by",
    "detected_at",
    "postmortem",
    "group",
    "position",
    "start_date",
    "description",
    "time_zone",
)

IMPACTS: Final = words(Impact)
INDICATORS: Final = words(Indicator)
LEVELS: Final = words(ComponentStatus)
INCIDENT_STATUSES: Final = words(IncidentStatus)
MAINTENANCE_STATUSES: Final = words(MaintenanceStatus)

#: How long a cell can be: more a reader of tables does not take (Python's own limit).
LONGEST: Final = 131_072
