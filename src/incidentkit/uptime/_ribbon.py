"""Uptime day by day, in the page's own time zone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, final

import attrs
from pendulum import Date

from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import moment
from incidentkit.uptime._case import case
from incidentkit.uptime._measured import Measured, between
from incidentkit.uptime._policy import STATUSPAGE, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from incidentkit._component import ComponentLike
    from incidentkit._page import StatusPage
    from incidentkit.uptime._evidence import Evidence

_NOTHING: Mapping[str, str] = {}


@final
@attrs.frozen(kw_only=True, repr=False)
class Day(Measured):
    """A day of a ribbon, or as much of it as lies in the window."""

    date: Date
    """Which day, in the page's own time zone: it may have 23 or 25 hours."""


def ribbon(  # noqa: PLR0913 - as many as a figure has
    page: StatusPage | Evidence,
    key: ComponentLike | None,
    *,
    start: datetime | str,
    end: datetime | str,
    policy: Policy = STATUSPAGE,
    exclude: Mapping[str, str] = _NOTHING,
) -> tuple[Day, ...]:
    """
    The uptime of every day of a window, in the page's own time zone.

    Days begin when the clocks there show midnight, so some have 23 or 25 hours; a page
    whose zone is not known has days in UTC. The first and the last are cut by the
    window.

    >>> from incidentkit import Incident, StatusPage
    >>> incident = Incident.open(
    ...     "API down", at="2024-03-30T22:00:00Z", affects={"API": "major_outage"}
    ... )
    >>> page = StatusPage(
    ...     "Kalix",
    ...     time_zone="Europe/Berlin",
    ...     incidents=[incident.resolve(at="2024-03-31T00:30:00Z")],
    ... ).covering("2024-03-29T00:00:00Z", "2024-04-02T00:00:00Z")
    >>> days = ribbon(
    ...     page, "API", start="2024-03-29T23:00:00Z", end="2024-03-31T22:00:00Z"
    ... )
    >>> for day in days:
    ...     print(day.date, day.known.in_hours(), day.worst.value, day.percent())
    2024-03-30 24 major_outage 95.83
    2024-03-31 23 major_outage 93.47

    Raises:
        KeyError, ValueError: as `uptime`.
    """
    asked = case(page, key, start, end, policy, exclude)
    days = axis.days(asked.start, asked.end, asked.zone)
    edges = [asked.start, *(moment(at) for _, at in days[1:]), asked.end]
    return tuple(
        Day(
            date=Date(day.year, day.month, day.day),
            start=since,
            end=until,
            numbers=summed,
        )
        for (day, _), (since, until), summed in zip(
            days, pairwise(edges), between(asked, edges), strict=True
        )
    )
