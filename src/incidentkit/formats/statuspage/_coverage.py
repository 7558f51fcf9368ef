"""
What the absence of something from each document means.

A list of what is open covers one instant: what is not in it is not open then. A list of
the newest covers the time since the oldest in it, for the vendor cuts it off at fifty,
and what lies before may be cut off. `scheduled-maintenances/upcoming` covers nothing: a
maintenance that is not in it may be under way. Nor does what is about one thing: a
webhook, an incident with or without its page, a component. Responses of the management
API may be one page of many, or what was searched for.

The instant is when the caller fetched it, else when the page says that it last changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage

_INCIDENTS_NOW = frozenset({"summary", "incidents/unresolved"})
_MAINTENANCES_NOW = frozenset({"summary", "scheduled-maintenances/active"})
_STATES_NOW = frozenset({"summary", "components"})

Known: TypeAlias = tuple[Stretch[None], ...]


def coverage_of(
    page: StatusPage, name: str, at: DateTime | None, present: Collection[str]
) -> Coverage:
    """
    Where absence from a document of the public API means *did not happen*.

    Args:
        page: what was read of it.
        name: which document it is.
        at: when it was fetched, if the caller says.
        present: the keys it has: what has no list of something tells nothing of it.
    """
    at = at or page.updated_at
    if at is None:
        return NO_COVERAGE
    incidents: Known = ()
    maintenances: Known = ()
    states: Known = ()
    if "incidents" in present:
        if name in _INCIDENTS_NOW:
            incidents = _at(at)
        elif name == "incidents":
            incidents = _since_oldest(page.incidents, at)
    if "scheduled_maintenances" in present:
        if name in _MAINTENANCES_NOW:
            maintenances = _at(at)
        elif name == "scheduled-maintenances":
            maintenances = _since_oldest(page.maintenances, at)
    if "components" in present and name in _STATES_NOW:
        states = _at(at)
    return Coverage(incidents=incidents, maintenances=maintenances, states=states)


def _at(at: DateTime) -> Known:
    return (Stretch(at, at, None),)


def _since_oldest(events: Iterable[Event], at: DateTime) -> Known:
    """
    From the oldest that is listed: what came up later and is not listed, is not there.

    The vendor lists the newest fifty; what lies before the oldest may be cut off.
    """
    oldest = at
    for event in events:
        created = event.created_at
        if created is not None and created < oldest:
            oldest = created
    return (Stretch(oldest, at, None),)
