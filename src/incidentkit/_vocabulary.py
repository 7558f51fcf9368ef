"""
The words of a status page, and their order.

Rule 1: these are plain enums, never strings, so that `Impact.NONE` and
`Indicator.NONE` stay different things. Rule 2: `<` is severity, defined only within
one enum. Rule 3: a word nobody knows is None, and None is never green. Rule 4: every
table from one vocabulary to another is here or in a vendor's room, never inline.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar

from incidentkit._override import override

if TYPE_CHECKING:
    from collections.abc import Mapping

E = TypeVar("E", bound=Enum)


class _Words(Enum):
    """An enum whose value is its word, and which says what it accepts."""

    # Members are singletons, so identity is a sound hash; the one that Enum defines
    # runs in Python and would be most of the cost of a look-up in a set of steps.
    if TYPE_CHECKING:

        @override
        def __hash__(self) -> int: ...

    else:
        __hash__ = object.__hash__

    @classmethod
    @override
    def _missing_(cls, value: object) -> NoReturn:
        known = ", ".join(repr(member.value) for member in cls)
        raise ValueError(
            f"{value!r} is not a word for {cls.__name__}: use one of {known}"
        )


class _Ordered(_Words):
    """An enum whose members are compared by severity: the order they are written in."""

    def __lt__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return _RANKS[self] < _RANKS[other]

    def __le__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return _RANKS[self] <= _RANKS[other]

    def __gt__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return _RANKS[self] > _RANKS[other]

    def __ge__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return _RANKS[self] >= _RANKS[other]


class IncidentStatus(_Words):
    """
    What an update says of an incident.

    The words and their usual order are Atlassian Statuspage's, which most vendors
    share: https://support.atlassian.com/statuspage/docs/create-an-incident/
    """

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    @property
    def is_closed(self) -> bool:
        """Whether an incident of this status is over."""
        return self in CLOSED


class MaintenanceStatus(_Words):
    """What an update says of a planned maintenance."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        """Whether a maintenance of this status is over, done or not."""
        return self in CLOSED


class Impact(_Ordered):
    """How badly an incident hurts, from least to most."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class ComponentStatus(_Ordered):
    """The level a component is at, from best to worst."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def impact(self) -> Impact:
        """
        The impact that a component at this level implies.

        Degraded is minor, a partial outage major, a major outage critical: the default
        of Statuspage, which its operators may override.
        """
        return IMPACT_OF_LEVEL[self]


class Indicator(_Ordered):
    """
    What a page says of itself in one word, from best to worst.

    >>> Indicator.MAJOR.description
    'Partial System Outage'
    """

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def description(self) -> str:
        """
        The sentence that Statuspage shows for it.

        `MINOR` has two: "Partially Degraded Service" when nothing is worse than
        degraded, which only the components tell; `StatusPage.description` knows.
        """
        return DESCRIPTIONS[self]


Status: TypeAlias = IncidentStatus | MaintenanceStatus

CLOSED: frozenset[Status] = frozenset(
    {
        IncidentStatus.RESOLVED,
        IncidentStatus.POSTMORTEM,
        MaintenanceStatus.COMPLETED,
        MaintenanceStatus.CANCELLED,
    }
)
_RANKS: Mapping[object, int] = {
    member: rank
    for ordered in (Impact, ComponentStatus, Indicator)
    for rank, member in enumerate(ordered)
}

IMPACT_OF_LEVEL: Mapping[ComponentStatus, Impact] = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.MAINTENANCE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}

DESCRIPTIONS: Mapping[Indicator, str] = {
    Indicator.NONE: "All Systems Operational",
    Indicator.MAINTENANCE: "Service Under Maintenance",
    Indicator.MINOR: "Minor Service Outage",
    Indicator.MAJOR: "Partial System Outage",
    Indicator.CRITICAL: "Major System Outage",
}
DEGRADED_DESCRIPTION = "Partially Degraded Service"


def words(members: type[E]) -> Mapping[str, E]:
    """Every word of an enum and its member: a look-up that cannot raise ValueError."""
    return {str(member.value): member for member in members}


# One converter an enum, and its optional twin, written out so that type checkers see
# what a constructor takes. Those that verbs call look members and words up in a table:
# calling an enum costs more than the whole check of a step.

_INCIDENT: Mapping[object, IncidentStatus] = {
    name: status for status in IncidentStatus for name in (status, status.value)
}
_MAINTENANCE: Mapping[object, MaintenanceStatus] = {
    name: status for status in MaintenanceStatus for name in (status, status.value)
}
_OPTIONAL_INCIDENT: Mapping[object, IncidentStatus | None] = {None: None, **_INCIDENT}
_OPTIONAL_MAINTENANCE: Mapping[object, MaintenanceStatus | None] = {
    None: None,
    **_MAINTENANCE,
}
_ANY: Mapping[object, Status | None] = {**_OPTIONAL_INCIDENT, **_MAINTENANCE}


def incident_status(value: IncidentStatus | str) -> IncidentStatus:
    """An incident's status from itself or its word."""
    try:
        return _INCIDENT[value]
    except (KeyError, TypeError):
        return IncidentStatus(value)


def optional_incident_status(
    value: IncidentStatus | str | None,
) -> IncidentStatus | None:
    """An incident's status, its word, or None."""
    try:
        return _OPTIONAL_INCIDENT[value]
    except (KeyError, TypeError):
        return IncidentStatus(value)


def maintenance_status(value: MaintenanceStatus | str) -> MaintenanceStatus:
    """A maintenance's status from itself or its word."""
    try:
        return _MAINTENANCE[value]
    except (KeyError, TypeError):
        return MaintenanceStatus(value)


def optional_maintenance_status(
    value: MaintenanceStatus | str | None,
) -> MaintenanceStatus | None:
    """A maintenance's status, its word, or None."""
    try:
        return _OPTIONAL_MAINTENANCE[value]
    except (KeyError, TypeError):
        return MaintenanceStatus(value)


def optional_status(value: Status | str | None) -> Status | None:
    """A status of either kind (no word belongs to both), its word, or None."""
    try:
        return _ANY[value]
    except (KeyError, TypeError):
        known = ", ".join(repr(word) for word in _ANY if isinstance(word, str))
        raise ValueError(f"{value!r} is not a status: use one of {known}") from None


def optional_impact(value: Impact | str | None) -> Impact | None:
    """An impact, its word, or None."""
    return None if value is None else Impact(value)


def component_status(value: ComponentStatus | str) -> ComponentStatus:
    """A component's level from itself or its word."""
    return ComponentStatus(value)


def optional_component_status(
    value: ComponentStatus | str | None,
) -> ComponentStatus | None:
    """A component's level, its word, or None."""
    return None if value is None else ComponentStatus(value)


def optional_indicator(value: Indicator | str | None) -> Indicator | None:
    """A page's indicator, its word, or None."""
    return None if value is None else Indicator(value)
