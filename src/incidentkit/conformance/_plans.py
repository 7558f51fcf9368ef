"""6xx: whether a maintenance went as planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._clocks import duration_text
from incidentkit._maintenance import Maintenance
from incidentkit._time import elapsed
from incidentkit._vocabulary import MaintenanceStatus

if TYPE_CHECKING:
    from incidentkit.conformance._case import Case, Found

_UNDER_WAY = (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING)
_COMPLETED = MaintenanceStatus.COMPLETED


def plans(case: Case) -> Found:
    """What a maintenance did against its own window."""
    event, grace = case.event, case.policy.grace
    if not isinstance(event, Maintenance):
        return
    begin, until, end = event.scheduled_for, event.scheduled_until, event.ended_at
    if event.status is _COMPLETED:
        if until is not None and end is not None and elapsed(until, end) > grace:
            late = duration_text(elapsed(until, end))
            message = f"it was over {late} after its window"
            yield case.violation("IK601", message, at=end)
        if not any(update.status in _UNDER_WAY for update in event.updates):
            message = "it was completed without having been in progress"
            yield case.violation("IK602", message, at=end)
    if begin is not None and until is not None and until < begin:
        early = duration_text(elapsed(until, begin))
        message = f"its window ends {early} before it begins"
        yield case.violation("IK604", message, at=until)


def windows(case: Case) -> Found:
    """What a maintenance should be doing by now."""
    event, now, grace = case.event, case.now, case.policy.grace
    if now is None or not isinstance(event, Maintenance) or not event.is_open:
        return
    begin, until = event.scheduled_for, event.scheduled_until
    if until is not None and elapsed(until, now) > grace:
        late = duration_text(elapsed(until, now))
        yield case.violation("IK603", f"its window ended {late} ago", at=until)
    if (
        event.status is MaintenanceStatus.SCHEDULED
        and begin is not None
        and elapsed(begin, now) > grace
    ):
        late = duration_text(elapsed(begin, now))
        yield case.violation("IK605", f"it was to begin {late} ago", at=begin)
