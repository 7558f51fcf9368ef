"""From the model to an incident log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit import _time as time
from incidentkit._clocks import duration_text
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import worst_levels
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats._markup import block, inline, one_line
from incidentkit.formats.markdown._losses import report_event, report_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._component import ComponentState
    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.formats._format import Target

#: What has no name is called by these marks, which are its empty quotes.
NAMELESS: Final = '""'
#: What an update is called that names no status.
NOTE: Final = "update"


def write(target: Target) -> str:
    """The log of a page, or of the one incident or maintenance that was given."""
    report = target.report
    if target.lone is not None:
        report_event("$", target.lone, report)
        return _text(_event(target.lone, 1))
    report_page(target.page, report)
    return _text(_page(target.page))


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _page(page: StatusPage) -> Iterator[str]:
    name = one_line(page.name or "")
    yield f"# {inline(name)}: incident log" if name else "# Incident log"
    if not (page.incidents or page.maintenances):
        yield from ("", "Nothing has happened.")
    if page.incidents:
        yield from ("", "## Incidents")
        for incident in page.incidents:
            yield ""
            yield from _event(incident, 3)
    if page.maintenances:
        yield from ("", "## Maintenance")
        for maintenance in page.maintenances:
            yield ""
            yield from _event(maintenance, 3)


def _event(event: Event, level: int) -> Iterator[str]:
    """An event under its heading: the facts, the components, what was said."""
    yield f"{'#' * level} {_named(event.name)}"
    yield ""
    for fact, value in _facts(event):
        yield f"- **{fact}:** {value}"
    if event.affected:
        yield "- **Affected:**"
        worst = worst_levels(event.updates)
        for mention in event.affected:
            yield f"  - {_named(mention.label)}{_level(worst.get(mention.key))}"
    if event.updates:
        yield from ("", "**Updates**")
    for update in event.updates:
        yield ""
        yield from _update(update)
    if event.postmortem is not None:
        yield from ("", "**Post-mortem**")
        lines = block(event.postmortem)
        if lines:
            yield from ("", *lines)


def _facts(event: Event) -> Iterator[tuple[str, str]]:
    yield "Status", "unknown" if event.status is None else _word(event.status.value)
    if event.impact is not None:
        yield "Impact", _word(event.impact.value)
    if isinstance(event, Maintenance):
        if event.scheduled_for is not None:
            yield "Scheduled for", clock(event.scheduled_for)
        if event.scheduled_until is not None:
            yield "Scheduled until", clock(event.scheduled_until)
    noticed = event.detection
    if noticed is not None:
        at = "" if noticed.at is None else f", {clock(noticed.at)}"
        yield "Noticed by", f"{_named(noticed.by)}{at}"
    yield from _times(event)
    if event.url is not None:
        yield "Address", _named(event.url)


def _times(event: Event) -> Iterator[tuple[str, str]]:
    is_planned = event.status is MaintenanceStatus.SCHEDULED
    if event.began_at is not None and not is_planned:
        # What was first told as over has no start, only a time when somebody wrote.
        began = "Began" if event.start_known else "Told"
        yield began, clock(event.began_at)
    if event.stated_end is not None and event.is_open:
        yield "Stated end", clock(event.stated_end)
    elif event.ended_at is not None:
        yield "Ended", clock(event.ended_at)
    if event.duration is not None:
        yield "Lasted", duration_text(event.duration)
    elif event.is_open and event.status is not None and not is_planned:
        yield "Lasted", "ongoing"


def _update(update: Update) -> Iterator[str]:
    """An update as an item of a list: its time, its status, its text, the levels."""
    word = NOTE if update.status is None else _word(update.status.value)
    yield f"- **{clock(update.at)}, {word}**"
    lines = block(update.body)
    if lines:
        yield ""
        yield from (f"  {line}" if line else "" for line in lines)
    if update.states:
        yield ""
        yield from (_row(row) for row in update.states)


def _row(row: ComponentState) -> str:
    return f"  - {_named(row.component.label)}{_level(row.status)}"


def _named(text: str) -> str:
    """A name as one line, in quotes where it would show as nothing."""
    return inline(one_line(text)) or NAMELESS


def _level(level: ComponentStatus | None) -> str:
    return "" if level is None else f": {_word(level.value)}"


def _word(value: str) -> str:
    return value.replace("_", " ")


def clock(at: DateTime) -> str:
    """
    A time as the log has it: in UTC, without seconds where there are none.

    >>> from incidentkit._time import instant
    >>> clock(instant("2021-03-22T19:22:00Z"))
    '2021-03-22 19:22 UTC'
    """
    day, _, rest = time.text(at).removesuffix("Z").partition("T")
    return f"{day} {rest.removesuffix(':00')} UTC"
