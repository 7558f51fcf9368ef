"""1xx: whether the statuses follow one another as the lifecycle has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._vocabulary import IncidentStatus

if TYPE_CHECKING:
    from incidentkit._vocabulary import Status
    from incidentkit.conformance._case import Case, Found

_RESOLVED = IncidentStatus.RESOLVED
_MONITORING = IncidentStatus.MONITORING


def steps(case: Case) -> Found:
    """What follows an illegal step is judged from where it led."""
    lifecycle = case.lifecycle
    before: Status | None = None
    for place, update in enumerate(case.event.updates):
        after = update.status
        if after is None or after is before:
            continue
        within = f".updates[{place}]"
        if before is None:
            if after not in lifecycle.initial:
                message = f"it began as {word(after)}"
                yield case.violation("IK102", message, within=within, at=update.at)
        else:
            if (before, after) not in lifecycle.edges:
                message = f"{word(before)} was followed by {word(after)}"
                yield case.violation("IK101", message, within=within, at=update.at)
            if after is _RESOLVED and not (before is _MONITORING or before.is_closed):
                message = f"{word(before)} was followed by resolved"
                yield case.violation("IK103", message, within=within, at=update.at)
        before = after
    stated = case.event.stated_status
    if stated is not None and before is not None:
        message = f"{word(stated)} is stated, and the updates tell {word(before)}"
        yield case.violation("IK104", message)


def word(status: Status) -> str:
    """A status as it stands in a sentence."""
    return str(status.value).replace("_", " ")
