"""What timelines are held to, where it is a matter of choice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, final

import attrs

from incidentkit._lifecycle import MAINTENANCE, STANDARD, Lifecycle
from incidentkit._time import span
from incidentkit.conformance._cadence import CADENCE, Cadence

if TYPE_CHECKING:
    from pendulum import Duration

    from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus


def _length(value: timedelta) -> Duration:
    if value < timedelta():
        raise ValueError(f"a length of time is wanted, not {value}")
    return span(value)


def _times(value: int) -> int:
    if value < 1:
        raise ValueError(f"at least once the promised time, not {value} times")
    return value


@final
@attrs.frozen(kw_only=True)
class Policy:
    """
    What timelines are held to; change one with `attrs.evolve`.

    >>> import attrs
    >>> from incidentkit import REOPENABLE
    >>> lenient = attrs.evolve(POLICY, lifecycle=REOPENABLE)

    Raises:
        ValueError: a length below zero, or fewer than one.
    """

    lifecycle: Lifecycle[IncidentStatus] = STANDARD
    """The steps an incident may take."""
    maintenance: Lifecycle[MaintenanceStatus] = MAINTENANCE
    """The steps a maintenance may take."""
    cadence: Cadence = CADENCE
    """How often an open incident is to be spoken of."""
    forgotten_after: int = attrs.field(default=10, converter=_times)
    """After how many times the promised time an open incident counts as forgotten."""
    edited_after: Duration = attrs.field(
        default=span(timedelta(days=1)), converter=_length
    )
    """How long an update may be edited without a word."""
    grace: Duration = attrs.field(
        default=span(timedelta(minutes=15)), converter=_length
    )
    """By how much a maintenance may begin or end later than planned."""
    skew: Duration = attrs.field(default=span(timedelta(minutes=1)), converter=_length)
    """By how much the clocks of others may be ahead of `now`."""
    crowd: int = attrs.field(default=5, converter=_times)
    """How many components a page has at least, for all of them to be too many."""


POLICY = Policy()
"""What `check` goes by unless told otherwise."""
