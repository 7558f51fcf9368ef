"""What a Pingoru page does not give back: each kind of thing, reported once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from incidentkit.formats._losses import differences
from incidentkit.formats.pingoru._told import all_said
from incidentkit.formats.pingoru._words import NAME, one_line

if TYPE_CHECKING:
    from incidentkit._event import Detection, Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit.formats._losses import Fields

#: The fields of a page, and what to call what is lost with them. What a reading adds of
#: itself (when, and how much it covers) is not of the page.
_OF_PAGE: Final[Fields] = {
    "name": "this name of a page",
    "url": "the address of the page",
    "id": "the id of the page",
    "time_zone": "the zone of the page",
    "components": "the components of the page",
    "recorded": "recorded days",
    "updated_at": "when the page changed",
    "stated_indicator": "how the whole page is",
    "stated_description": "how the whole page is",
    "links": "names elsewhere",
}
_OF_EVENT: Final[Fields] = {
    "name": "this name of an incident",
    "impact": "the impact",
    "components": "more than the names of components",
    "id": "ids",
    "url": "the address of an incident",
    "created_at": "when it was put up, beside its updates",
    "updated_at": "when it was edited",
    "stated_status": "a status that the updates tell too",
    "stated_start": "this start beside the updates",
    "stated_end": "this end beside the updates",
    "scheduled_for": "when it was to begin",
    "scheduled_until": "when it was to be over",
    "postmortem": "a post-mortem beside the updates",
    "links": "names elsewhere",
}
_OF_UPDATE: Final[Fields] = {
    "status": "the status of an update",
    "body": "this text of an update",
    "at": "the time of an update",
    "states": "the levels of components",
    "id": "ids",
    "created_at": "when an update was posted, beside when it is shown",
    "updated_at": "when an update was edited",
    "links": "names elsewhere",
}


def report_page(page: StatusPage, back: StatusPage, report: Report) -> None:
    """Report what of a page itself did not come back."""
    _report("$", _OF_PAGE, page, back, report)
    if page.extras.get(NAME):
        detail = "a Pingoru page has no place for what extras hold"
        report.add("value.left_out", "$.extras", detail)


def report_event(path: str, event: Event, back: Event, report: Report) -> None:
    """Report what of an incident or maintenance did not come back."""
    _report(path, _OF_EVENT, event, back, report)
    _report_detection(f"{path}.detection", event.detection, back.detection, report)
    for index, (update, again) in enumerate(
        zip(event.updates, back.updates, strict=True)
    ):
        _report(f"{path}.updates[{index}]", _OF_UPDATE, update, again, report)
    for old, new in zip(all_said(event), all_said(back), strict=True):
        if old and old != new:
            detail = "what the page it was read from stated does not fit any more"
            report.add("value.left_out", f"{path}.extras", detail)


def _report_detection(
    path: str, noticed: Detection | None, back: Detection | None, report: Report
) -> None:
    if noticed is not None and back is None:
        detail = "a Pingoru page has no place for a detection by nobody"
        report.add("value.left_out", path, detail)
    elif noticed is not None:
        _report(
            path,
            {"by": "this name", "at": "when it was noticed"},
            noticed,
            back,
            report,
        )


def _report(
    path: str, fields: Fields, thing: object, back: object, report: Report
) -> None:
    for lost in differences(path, fields, thing, back):
        old, new = lost.old, lost.new
        if (
            isinstance(old, datetime)
            and isinstance(new, datetime)
            and _same_minute(old, new)
        ):
            detail = "a Pingoru page shows minutes"
            report.add("time.coarsened", lost.path, detail, old)
        elif isinstance(old, str) and isinstance(new, str) and _same_words(old, new):
            detail = "line breaks, blanks and controls are not kept as they are here"
            report.add("text.reflowed", lost.path, detail, old)
        else:
            detail = f"a Pingoru page has no place for {lost.what}"
            report.add("value.left_out", lost.path, detail, lost.shown)


def _same_minute(old: datetime, new: datetime) -> bool:
    return old.replace(second=0, microsecond=0) == new


def _same_words(old: str, new: str) -> bool:
    return one_line(old).split() == one_line(new).split()
