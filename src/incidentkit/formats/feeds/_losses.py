"""What a feed does not give back: each kind of thing, reported once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._time import MINUTE, elapsed
from incidentkit.formats._losses import differences
from incidentkit.formats._xml import allowed
from incidentkit.formats.feeds._words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit.formats._losses import Difference, Fields

_NOTHING: Final = timedelta()
_SECOND: Final = timedelta(seconds=1)

#: The fields of a page, and what to call what is lost with them. What a reading adds of
#: itself (when, and how much it covers) is not of the page.
_OF_PAGE: Final[Fields] = {
    "name": "this name of a page",
    "url": "this address of the page",
    "id": "the id of the page",
    "time_zone": "the zone of the page",
    "components": "the components of the page",
    "updated_at": "when the page changed",
    "stated_indicator": "how the whole page is",
    "stated_description": "how the whole page is",
    "recorded": "what was recorded day by day",
    "links": "names elsewhere",
}
_OF_EVENT: Final[Fields] = {
    "name": "this name of an incident",
    "impact": "the impact",
    "components": "the components of an incident",
    "id": "this id",
    "url": "this address of an incident: the link is the one on its page",
    "created_at": "when it was put up, beside its updates",
    "updated_at": "when it was edited",
    "stated_status": "a status beside its updates",
    "stated_start": "a start beside its updates",
    "stated_end": "an end beside its updates",
    "detection": "who noticed",
    "scheduled_for": "when it was to begin",
    "scheduled_until": "when it was to be over",
    "postmortem": "a post-mortem beside its updates",
    "links": "names elsewhere",
}
_OF_UPDATE: Final[Fields] = {
    "status": "an update without a status",
    "body": "this text of an update",
    "at": "this time of an update",
    "states": "the levels of components",
    "id": "the ids of updates",
    "created_at": "when an update was posted, beside when it is shown",
    "updated_at": "when an update was edited",
    "links": "names elsewhere",
}
#: What a feed demands, and what stands there where nobody gave it.
_INVENTED: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("id.invented", "it has no id; one was derived from its key"),
    "url": ("value.invented", "an entry has a link; it was made of the page's address"),
    "updated_at": ("value.invented", "a feed tells when it changed; nobody said when"),
}


def report_page(
    page: StatusPage, back: StatusPage, report: Report, name: str, *, is_lone: bool
) -> None:
    """Report what of a page itself did not come back."""
    for lost in differences("$", _OF_PAGE, page, back):
        _report(attrs.evolve(lost, path="$") if is_lone else lost, report)
    _report_extras("$" if is_lone else "$.extras", page, back, report, name)


def report_event(
    path: str, event: Event, back: Event, report: Report, name: str
) -> None:
    """Report what of an incident or maintenance did not come back."""
    for lost in differences(path, _OF_EVENT, event, back):
        _report(lost, report)
    _report_extras(f"{path}.extras", event, back, report, name)
    if len(event.updates) != len(back.updates):
        detail = "an update whose year cannot be told from its day and minute"
        report.add("value.left_out", f"{path}.updates", detail)
        return
    for index, told in enumerate(zip(event.updates, back.updates, strict=True)):
        place = f"{path}.updates[{index}]"
        for lost in differences(place, _OF_UPDATE, *told):
            _report(lost, report)
        _report_extras(f"{place}.extras", *told, report, name)


def _report(lost: Difference, report: Report) -> None:
    """Report what of one field did not come back."""
    old, new = lost.old, lost.new
    if old is None and lost.field in _INVENTED:
        code, detail = _INVENTED[lost.field]
        report.add(code, lost.path, detail, new)
    elif isinstance(old, datetime) and isinstance(new, datetime) and _coarse(old, new):
        detail = "a feed shows minutes of updates, and seconds of the newest alone"
        report.add("time.coarsened", lost.path, detail, old)
    elif isinstance(old, str) and isinstance(new, str) and allowed(old) == new:
        report.add("text.forbidden", lost.path, "XML has no such character", old)
    elif isinstance(old, str) and isinstance(new, str) and _same_words(old, new):
        report.add("text.reflowed", lost.path, "a title is one line", old)
    else:
        detail = f"a feed has no place for {lost.what}"
        report.add("value.left_out", lost.path, detail, lost.shown)


def _report_extras(
    place: str, thing: object, back: object, report: Report, name: str
) -> None:
    old = said(thing, name)  # type: ignore[arg-type]  # a page, an event or an update
    if old and old != said(back, name):  # type: ignore[arg-type]  # of the same class
        detail = "what the feed it was read from said does not fit any more"
        report.add("value.left_out", place, detail)


def _coarse(old: datetime, new: datetime) -> bool:
    """Whether the one is the other without its fraction, or without its seconds."""
    lost = elapsed(new, old)
    if new.microsecond or lost < _NOTHING:
        return False
    return lost < _SECOND or (lost < MINUTE and not new.second)


def _same_words(old: str, new: str) -> bool:
    return allowed(old).split() == new.split()
