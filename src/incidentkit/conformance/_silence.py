"""3xx: whether updates come as often as promised."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from incidentkit._clocks import duration_text
from incidentkit._time import elapsed
from incidentkit._timeline import effects
from incidentkit.conformance._cadence import impact_of, last_word
from incidentkit.conformance._steps import word

if TYPE_CHECKING:
    from incidentkit._vocabulary import Status
    from incidentkit.conformance._case import Case, Found


def silence(case: Case) -> Found:
    """Every silence that was too long, at the update that ended it."""
    event, cadence = case.event, case.policy.cadence
    impact = impact_of(event)
    status: Status | None = None
    gaps = pairwise(effects(event.updates))
    for place, (update, (at, following)) in enumerate(
        zip(event.updates, gaps, strict=False), 1
    ):
        status = update.status or status
        promised = cadence.promised(status, impact)
        if status is None or promised is None:
            continue
        lasted = elapsed(at, following)
        if lasted > promised:
            message = (
                f"nothing was said for {duration_text(lasted)} while {word(status)}; "
                f"promised is an update every {duration_text(promised)}"
            )
            yield case.violation(
                "IK301", message, within=f".updates[{place}]", at=following
            )


def overdue(case: Case) -> Found:
    """What is open, and has not been spoken of in time."""
    event, now = case.event, case.now
    if now is None or not event.is_open:
        return
    promised = case.policy.cadence.promised(event.status, impact_of(event))
    last = last_word(event)
    if promised is None or last is None:
        return
    lasted = elapsed(last, now)
    if lasted <= promised:
        return
    message = (
        f"nothing was said for {duration_text(lasted)}; "
        f"promised is an update every {duration_text(promised)}"
    )
    # In floats, since so many times the promise may be longer than any length.
    is_forgotten = lasted / promised > case.policy.forgotten_after
    yield case.violation("IK303" if is_forgotten else "IK302", message, at=last)
