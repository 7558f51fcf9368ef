"""Which incident a document of one incident tells of, where a page has several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._maintenance import Maintenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target


def chosen(target: Target, why: str) -> tuple[Event | None, str]:
    """
    The event that a document is to tell of, and where it is on the page.

    The newest that is open, else the newest; incidents go before maintenances. The
    others are left out, and reported.

    Args:
        target: what is written. The one that was given alone is chosen.
        why: why the others do not fit, as a sentence.
    """
    if target.lone is not None:
        return target.lone, "$"
    events = list(places(target.page))
    # The first of several that are equally new: pages list the newest first.
    best = max(events, key=lambda place: _rank(place[0]), default=None)
    for place in events:
        if place is not best:
            event, path = place
            target.report.leave_out("item.unfitting", path, why, event.name, event.id)
    return (None, "$") if best is None else best


def places(page: StatusPage) -> Iterator[tuple[Event, str]]:
    """Every incident and maintenance of a page, with where it is."""
    for index, incident in enumerate(page.incidents):
        yield incident, f"$.incidents[{index}]"
    for index, maintenance in enumerate(page.maintenances):
        yield maintenance, f"$.maintenances[{index}]"


def _rank(event: Event) -> tuple[bool, bool, bool, float]:
    began = event.began_at
    known, since = (False, 0.0) if began is None else (True, began.timestamp())
    return event.is_open, not isinstance(event, Maintenance), known, since
