"""
What a calendar does not give back: each kind of thing, reported once.

The writer does not trust itself: it reads what it wrote, and every difference is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from incidentkit.formats._escape import ics_clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage

_OF_PAGE: Final[Mapping[str, str]] = {
    "name": "this name of a page",
    "url": "this address of a page",
    "id": "the id of a page",
    "time_zone": "this zone of a page",
    "updated_at": "this time of a page",
    "stated_indicator": "how the whole page is",
    "stated_description": "how the whole page is, in a sentence",
    "components": "the components of a page",
    "recorded": "recorded days",
}
_OF_EVENT: Final[Mapping[str, str]] = {
    "name": "this name",
    "impact": "this impact",
    "components": "this mention of a component",
    "id": "this id",
    "url": "this address",
    "created_at": "this time of posting",
    "updated_at": "this time of a change",
    "stated_status": "this status",
    "stated_start": "this start",
    "stated_end": "this end",
    "scheduled_for": "a maintenance that is planned for no time",
    "scheduled_until": "a planned end that is not after the beginning",
    "detection": "this word of who noticed",
    "postmortem": "this post-mortem",
}
_OF_UPDATE: Final[Mapping[str, str]] = {
    "status": "this status of an update",
    "body": "this text of an update",
    "at": "this time of an update",
    "states": "this level of a component",
    "id": "this id of an update",
    "created_at": "this time of an update",
    "updated_at": "this time of an update",
}
_LISTS: Final = frozenset({"components", "recorded"})
#: What a calendar demands, and what stands there where nobody gave it.
_INVENTED: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("id.invented", "an event has an id; one was derived from its key"),
    "scheduled_for": (
        "value.invented",
        "an event has a beginning; nobody planned one, and the nearest time was taken",
    ),
    "created_at": (
        "value.invented",
        "nobody said when it was put up; it is taken to be with its first update",
    ),
    "updated_at": (
        "value.invented",
        "nobody said when it changed; it is taken to be with its last edit",
    ),
}


def report_page(
    page: StatusPage, back: StatusPage, report: Report, *, is_lone: bool
) -> None:
    """Report what of a page itself does not come back."""
    for field, what in _OF_PAGE.items():
        path = "$" if is_lone else f"$.{field}"
        if field in _LISTS and getattr(page, field):
            detail = f"a calendar has no place for {what}"
            report.leave_out("item.unfitting", path, detail)
        elif field not in _LISTS:
            _report(path, field, what, (page, back), report)


def report_event(path: str, event: Event, back: Event, report: Report) -> None:
    """Report what of an incident or maintenance does not come back."""
    for field, what in _OF_EVENT.items():
        _report(f"{path}.{field}", field, what, (event, back), report)
    for index, told in enumerate(zip(event.updates, back.updates, strict=True)):
        for field, what in _OF_UPDATE.items():
            place = f"{path}.updates[{index}].{field}"
            _report(place, field, what, told, report)


def _report(
    path: str, field: str, what: str, told: tuple[object, object], report: Report
) -> None:
    """Report what of one field does not come back."""
    old, new = (getattr(thing, field, None) for thing in told)
    if old == new:
        return
    if old is None and field in _INVENTED:
        report.add(_INVENTED[field][0], path, _INVENTED[field][1], str(new))
    elif isinstance(old, datetime) and old.replace(microsecond=0) == new:
        detail = "a calendar tells seconds and nothing finer"
        report.add("time.coarsened", path, detail, old.isoformat())
    elif isinstance(old, str) and isinstance(new, str) and ics_clean(old) == new:
        if old.replace("\r\n", "\n").replace("\r", "\n") == new:
            report.add("text.reflowed", path, "lines end in LF alone", old)
        else:
            report.add("text.forbidden", path, "a calendar has no such character", old)
    else:
        said = old if isinstance(old, str) else None
        report.add("value.left_out", path, f"a calendar has no place for {what}", said)
