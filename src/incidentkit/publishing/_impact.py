"""
The impact: what the vendor derives from the levels, and where it must be overridden.

The vendor's impact is that of the worst level it was told in the incident; it is not
lowered when components recover. An override stays until there is another: none can be
taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import Impact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._update import Update
    from incidentkit.publishing._case import Case


def override(case: Case, worst: Impact) -> Impact | None:
    """
    What to override the impact with; None: with nothing.

    Args:
        case: the incident.
        worst: what follows from the levels that its new updates tell the vendor.
    """
    before, impact = case.before, case.after.impact
    if impact is None:
        if before is None:
            detail = "nobody states an impact; the vendor derives it from the levels"
            case.report("impact.derived", ".impact", detail)
        elif before.impact is not None:
            detail = "an impact can be overridden, and not be taken back"
            case.report("change.refused", ".impact", detail)
        return None
    least = Impact.MAINTENANCE if isinstance(case.after, Maintenance) else Impact.NONE
    told = () if before is None or case.is_backfilled else before.updates
    was = max(least, _of(told))
    derived = max(was, worst)
    if before is None:
        return None if impact is derived else impact
    if impact is before.impact and derived is was:
        return None
    # It may have been overridden since, unless it was right from the first update on.
    first = max(least, _of(told[:1]))
    is_derived = before.impact in {None, was} and first is was
    return None if impact is derived and is_derived else impact


def _of(updates: Iterable[Update]) -> Impact:
    """The impact of the worst level that updates tell."""
    return max(
        (
            row.status.impact
            for update in updates
            for row in update.states
            if row.status is not None
        ),
        default=Impact.NONE,
    )
