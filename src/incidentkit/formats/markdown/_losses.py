"""What an incident log does not hold: each kind of thing, reported once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._event import default_created_at, default_updated_at
from incidentkit._vocabulary import ComponentStatus
from incidentkit.formats._markup import FORBIDDEN, one_line, reflowed

if TYPE_CHECKING:
    from incidentkit._component import ComponentRef
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._update import Update

_OF_PAGE = {
    "url": "the address of a page",
    "id": "the id of a page",
    "time_zone": "the zone of a page",
    "components": "the components of a page",
    "recorded": "recorded days",
    "updated_at": "when a page changed",
    "stated_indicator": "how a page is as a whole",
    "stated_description": "how a page is as a whole",
}


def report_page(page: StatusPage, report: Report) -> None:
    """Report what of a page is not in its log."""
    for field, what in _OF_PAGE.items():
        if getattr(page, field):
            _leave(f"$.{field}", what, report)
    if page.name:
        _line("$.name", page.name, report)
    for index, incident in enumerate(page.incidents):
        report_event(f"$.incidents[{index}]", incident, report)
    for index, maintenance in enumerate(page.maintenances):
        report_event(f"$.maintenances[{index}]", maintenance, report)


def report_event(path: str, event: Event, report: Report) -> None:
    """Report what of an incident or maintenance is not in its log."""
    told = event.updates
    _line(f"{path}.name", event.name, report)
    _line(f"{path}.url", event.url, report)
    if event.detection is not None:
        _line(f"{path}.detection.by", event.detection.by, report)
    _body(f"{path}.postmortem", event.postmortem or "", report)
    if event.id is not None:
        _leave(f"{path}.id", "ids", report)
    _times(path, event, report)
    for index, mention in enumerate(event.components):
        _mention(f"{path}.components[{index}]", mention, report)
    known: dict[str, ComponentStatus | None] = {}
    for index, update in enumerate(told):
        _update(f"{path}.updates[{index}]", update, known, report)


def _times(path: str, event: Event, report: Report) -> None:
    told = event.updates
    created, updated = default_created_at(told), default_updated_at(told)
    # What has no updates shows when it was put up as its beginning.
    if event.created_at != created and told:
        _leave(f"{path}.created_at", "when it was put up, beside its updates", report)
    if event.updated_at != (updated or event.created_at):
        _leave(f"{path}.updated_at", "when it was edited", report)
    if event.stated_start not in {None, event.began_at}:
        _leave(f"{path}.stated_start", "a start that is not the earliest time", report)


def _update(
    path: str,
    update: Update,
    known: dict[str, ComponentStatus | None],
    report: Report,
) -> None:
    _body(f"{path}.body", update.body, report)
    if update.id is not None:
        _leave(f"{path}.id", "ids", report)
    if update.created_at != update.at:
        what = "when an update was posted, beside when it is shown"
        _leave(f"{path}.created_at", what, report)
    if update.is_edited:
        _leave(f"{path}.updated_at", "when an update was edited", report)
    for index, row in enumerate(update.states):
        place = f"{path}.states[{index}]"
        _mention(f"{place}.component", row.component, report)
        # Whoever reads the log knows the level before from the rows before.
        before = known.get(row.component.key, ComponentStatus.OPERATIONAL)
        if row.before is not None and row.before is not before:
            _leave(f"{place}.before", "a change between two updates", report)
        known[row.component.key] = row.status


def _mention(path: str, mention: ComponentRef, report: Report) -> None:
    _line(f"{path}.name", mention.name, report)
    if mention.id is not None:
        _leave(f"{path}.id", "ids", report)


def _leave(path: str, what: str, report: Report) -> None:
    report.add("value.left_out", path, f"an incident log has no place for {what}")


def _line(path: str, text: str | None, report: Report) -> None:
    if text is None:
        return
    if not one_line(text):
        detail = "a name is empty; two quotation marks stand for it"
        report.add("value.invented", path, detail)
    elif one_line(text) != text:
        detail = "a name is one line, without blanks at its ends"
        report.add("text.reflowed", path, detail, text)
    _forbidden(path, text, report)


def _body(path: str, text: str, report: Report) -> None:
    if reflowed(text) != text:
        detail = "line breaks are spelt one way, and blank lines at the ends go"
        report.add("text.reflowed", path, detail, text)
    _forbidden(path, text, report)


def _forbidden(path: str, text: str, report: Report) -> None:
    if FORBIDDEN.search(text):
        detail = "Markdown cannot hold a control character; U+FFFD stands for it"
        report.add("text.forbidden", path, detail)
