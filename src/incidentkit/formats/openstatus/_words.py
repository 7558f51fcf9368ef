"""
OpenStatus's words, family by family, and what they mean.

The words for incidents are ours. Protocol buffers begin each with the name of its enum,
and have one more for each: `…_UNSPECIFIED`, which is what an absent value means. It is
no level at all: an impact that nobody specified is unknown, and never operational.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from incidentkit._vocabulary import (
    ComponentStatus,
    IncidentStatus,
    Indicator,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum

    E = TypeVar("E", bound="Enum")

#: Of reports and their updates, in the feed and in REST.
STATUS: Final[Mapping[str, IncidentStatus | None]] = {
    "investigating": IncidentStatus.INVESTIGATING,
    "identified": IncidentStatus.IDENTIFIED,
    "monitoring": IncidentStatus.MONITORING,
    "resolved": IncidentStatus.RESOLVED,
}
#: The same in protocol buffers.
RPC_STATUS: Final[Mapping[str, IncidentStatus | None]] = {
    "STATUS_REPORT_STATUS_UNSPECIFIED": None,
    "STATUS_REPORT_STATUS_INVESTIGATING": IncidentStatus.INVESTIGATING,
    "STATUS_REPORT_STATUS_IDENTIFIED": IncidentStatus.IDENTIFIED,
    "STATUS_REPORT_STATUS_MONITORING": IncidentStatus.MONITORING,
    "STATUS_REPORT_STATUS_RESOLVED": IncidentStatus.RESOLVED,
}
#: The levels of components in an update, in protocol buffers alone.
RPC_IMPACT: Final[Mapping[str, ComponentStatus | None]] = {
    "PAGE_COMPONENT_IMPACT_UNSPECIFIED": None,
    "PAGE_COMPONENT_IMPACT_OPERATIONAL": ComponentStatus.OPERATIONAL,
    "PAGE_COMPONENT_IMPACT_DEGRADED_PERFORMANCE": ComponentStatus.DEGRADED_PERFORMANCE,
    "PAGE_COMPONENT_IMPACT_PARTIAL_OUTAGE": ComponentStatus.PARTIAL_OUTAGE,
    "PAGE_COMPONENT_IMPACT_MAJOR_OUTAGE": ComponentStatus.MAJOR_OUTAGE,
}
#: How the whole page is, in the feed.
FEED_INDICATOR: Final[Mapping[str, Indicator | None]] = {
    "success": Indicator.NONE,
    "info": Indicator.MAINTENANCE,
    "degraded": Indicator.MINOR,
    "error": Indicator.CRITICAL,
}
#: How the whole page is, in the document that says nothing else. That there is an
#: incident does not say how bad it is: no word of ours is written so.
PUBLIC_INDICATOR: Final[Mapping[str, Indicator | None]] = {
    "operational": Indicator.NONE,
    "under_maintenance": Indicator.MAINTENANCE,
    "degraded_performance": Indicator.MINOR,
    "partial_outage": Indicator.MAJOR,
    "major_outage": Indicator.CRITICAL,
    "unknown": None,
    "incident": Indicator.MINOR,
}

#: The words of ours that a table may lack, and what comes nearest, worse before better.
NEAREST: Final[Mapping[Enum, Enum]] = {
    IncidentStatus.POSTMORTEM: IncidentStatus.RESOLVED,
    ComponentStatus.UNDER_MAINTENANCE: ComponentStatus.DEGRADED_PERFORMANCE,
    Indicator.MAJOR: Indicator.CRITICAL,
}


def spelt(table: Mapping[str, E | None], member: E | None) -> str | None:
    """The word of a member, or the nearest; None where the table has none for None."""
    words: dict[E | None, str] = {}
    for word, meant in table.items():
        words.setdefault(meant, word)
    if member is not None and member not in words:
        member = NEAREST[member]  # type: ignore[assignment] # one enum's own words
    return words.get(member)
