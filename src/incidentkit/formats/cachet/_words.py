"""
Cachet's numbers, version by version, and what they mean.

A version is a frozen value: what reads and writes takes it as an argument. None in a
table is a number that says of itself that nothing is known; nothing unknown is ever
operational.

Where the vendor has no number for a word of ours, the nearest is written: `NEAREST`
says which, and the writer reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from incidentkit._vocabulary import (
    ComponentStatus,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Word: TypeAlias = IncidentStatus | MaintenanceStatus | ComponentStatus

#: The words that neither version has, and what comes nearest.
NEAREST: Final[Mapping[Word, Word]] = {
    IncidentStatus.POSTMORTEM: IncidentStatus.RESOLVED,
    MaintenanceStatus.VERIFYING: MaintenanceStatus.IN_PROGRESS,
    MaintenanceStatus.CANCELLED: MaintenanceStatus.COMPLETED,
    # Only version 2 lacks it. What is worked on is impaired: never write it green.
    ComponentStatus.UNDER_MAINTENANCE: ComponentStatus.DEGRADED_PERFORMANCE,
}
_NEAREST_INDICATOR: Final[Mapping[Indicator, Indicator]] = {
    Indicator.MAINTENANCE: Indicator.MINOR,
    Indicator.MINOR: Indicator.MAJOR,
    Indicator.MAJOR: Indicator.MINOR,
}


@attrs.frozen(kw_only=True)
class Version:
    """What the numbers of one major version of Cachet mean."""

    name: str
    """The name of the format, and of its place in extras."""
    incidents: Mapping[int, IncidentStatus | None]
    """The statuses of incidents and of their updates."""
    schedules: Mapping[int, MaintenanceStatus | None]
    """The statuses of schedules."""
    components: Mapping[int, ComponentStatus | None]
    """The levels of components."""
    indicators: Mapping[str, Indicator]
    """The words for the whole page."""
    incident_labels: Mapping[int, str]
    """What an English installation calls the statuses of incidents."""
    schedule_labels: Mapping[int, str]
    """What it calls those of schedules."""
    component_labels: Mapping[int, str]
    """What it calls the levels of components."""

    def incident(self, status: IncidentStatus | None) -> int:
        """The number of an incident's status; of none at all, investigating."""
        return _number(self.incidents, status, IncidentStatus.INVESTIGATING)

    def schedule(self, status: MaintenanceStatus | None) -> int:
        """The number of a maintenance's status; of none at all, upcoming."""
        return _number(self.schedules, status, MaintenanceStatus.SCHEDULED)

    def component(self, level: ComponentStatus | None) -> int:
        """The number of a level, or the one that says that it is unknown."""
        return _number(self.components, level, None)

    def indicator(self, indicator: Indicator) -> str:
        """The word for a whole page, or the nearest."""
        words = {member: word for word, member in self.indicators.items()}
        if indicator not in words:
            indicator = _NEAREST_INDICATOR[indicator]
        return words[indicator]


def _number(
    table: Mapping[int, Word | None], word: Word | None, otherwise: Word | None
) -> int:
    numbers = {member: number for number, member in table.items()}
    if word is None and None not in numbers:
        word = otherwise
    if word is not None and word not in numbers:
        word = NEAREST[word]
    return numbers[word]


_FOUR: Final[Mapping[int, IncidentStatus | None]] = {
    1: IncidentStatus.INVESTIGATING,
    2: IncidentStatus.IDENTIFIED,
    3: IncidentStatus.MONITORING,
    4: IncidentStatus.RESOLVED,
}
_FOUR_LABELS: Final[Mapping[int, str]] = {
    1: "Investigating",
    2: "Identified",
    3: "Watching",
    4: "Fixed",
}
_THREE: Final[Mapping[int, MaintenanceStatus | None]] = {
    0: MaintenanceStatus.SCHEDULED,
    1: MaintenanceStatus.IN_PROGRESS,
    2: MaintenanceStatus.COMPLETED,
}
_THREE_LABELS: Final[Mapping[int, str]] = {
    0: "Upcoming",
    1: "In Progress",
    2: "Complete",
}
_LEVELS: Final[Mapping[int, ComponentStatus | None]] = {
    1: ComponentStatus.OPERATIONAL,
    2: ComponentStatus.DEGRADED_PERFORMANCE,
    3: ComponentStatus.PARTIAL_OUTAGE,
    4: ComponentStatus.MAJOR_OUTAGE,
}
_LEVEL_LABELS: Final[Mapping[int, str]] = {
    1: "Operational",
    2: "Performance Issues",
    3: "Partial Outage",
    4: "Major Outage",
}

#: The status of what up to 2.3 is a maintenance among the incidents, and its label.
SCHEDULED: Final = 0
SCHEDULED_LABEL: Final = "Scheduled"

V2: Final = Version(
    name="cachet2",
    incidents=_FOUR,
    schedules=_THREE,
    components={0: None, **_LEVELS},
    indicators={
        "success": Indicator.NONE,
        "info": Indicator.MINOR,
        "danger": Indicator.CRITICAL,
    },
    incident_labels=_FOUR_LABELS,
    schedule_labels=_THREE_LABELS,
    component_labels={0: "Unknown", **_LEVEL_LABELS},
)
"""Versions 2.3 and 2.4."""

V3: Final = Version(
    name="cachet3",
    incidents={0: None, **_FOUR},
    schedules=_THREE,
    components={**_LEVELS, 5: None, 6: ComponentStatus.UNDER_MAINTENANCE},
    indicators={
        "operational": Indicator.NONE,
        "under_maintenance": Indicator.MAINTENANCE,
        "partial_outage": Indicator.MAJOR,
        "major_outage": Indicator.CRITICAL,
    },
    incident_labels={0: "Reported", **_FOUR_LABELS},
    schedule_labels=_THREE_LABELS,
    component_labels={
        **_LEVEL_LABELS,
        5: "Unknown",
        6: "Under Maintenance",
    },
)
"""Version 3, as `cachethq/core` has it."""
