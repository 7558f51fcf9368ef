"""4xx: whether it tells what was hit, and how badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._incident import Incident
from incidentkit._vocabulary import ComponentStatus

if TYPE_CHECKING:
    from incidentkit.conformance._case import Case, Found
    from incidentkit.conformance._violation import Violation

_OPERATIONAL = ComponentStatus.OPERATIONAL


def components(case: Case) -> Found:
    """What an incident says of its components, and what its impact says of them."""
    yield from _left_broken(case)
    event = case.event
    if isinstance(event, Incident) and event.is_unattributed and event.impact:
        message = f"its impact is {event.impact.value}, and nothing is named as broken"
        yield case.violation("IK402", message)
    stated, derived = event.impact, event.derived_impact
    if stated is not None and derived is not None and stated < derived:
        message = (
            f"its impact is {stated.value}, and its components imply {derived.value}"
        )
        yield case.violation("IK403", message)
    if case.crowd is not None and case.crowd.are_all_in(event):
        message = f"all {case.crowd.size} components of the page are attached"
        yield case.violation("IK404", message)
    yield from _gaps(case)


def _left_broken(case: Case) -> Found:
    """One for each component, at the row that last tells its level."""
    if case.event.is_open:
        return
    last: dict[str, Violation | None] = {}
    for place, update in enumerate(case.event.updates):
        for nth, row in enumerate(update.states):
            last[row.component.key] = (
                None
                if row.status is None or row.status is _OPERATIONAL
                else case.violation(
                    "IK401",
                    f"it was at {_word(row.status)} at the end",
                    within=f".updates[{place}].states[{nth}]",
                    subject=row.component.label,
                    at=case.event.ended_at,
                )
            )
    yield from (violation for violation in last.values() if violation is not None)


def _gaps(case: Case) -> Found:
    """Rows whose level before is not the one that was told last."""
    known: dict[str, ComponentStatus | None] = {}
    for place, update in enumerate(case.event.updates):
        for nth, row in enumerate(update.states):
            told, before = known.get(row.component.key), row.before
            if told is not None and before is not None and told is not before:
                message = f"it was told at {_word(told)}, and is said to come from "
                yield case.violation(
                    "IK405",
                    message + _word(before),
                    within=f".updates[{place}].states[{nth}]",
                    subject=row.component.label,
                    at=update.at,
                )
            known[row.component.key] = row.status


def _word(level: ComponentStatus) -> str:
    return level.value.replace("_", " ")
