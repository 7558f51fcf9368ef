"""The rows of incidents and maintenances, made of the model: see `_rows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from incidentkit._frozen import NO_EXTRAS, STATED
from incidentkit._incident import Incident, default_start
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import last_levels
from incidentkit._vocabulary import Impact, IncidentStatus, MaintenanceStatus
from incidentkit.formats._pen import as_any
from incidentkit.formats._wire import mapping, restored
from incidentkit.formats.statuspage._pen import NAME, Pen
from incidentkit.formats.statuspage._shapes import (
    WORDS,
    ComponentRow,
    EventRow,
    LegacyRow,
    UpdateRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._update import Update
    from incidentkit._vocabulary import ComponentStatus, Status

_WATCHED = (IncidentStatus.MONITORING, MaintenanceStatus.VERIFYING)


def live_rows(pen: Pen, event: Event, path: str) -> list[object]:
    """`components` of an incident: the page's rows, or what the incident knows."""
    rows: list[object] = []
    levels: Mapping[str, ComponentStatus | None] | None = None
    for index, mention in enumerate(event.components):
        place = f"{path}.components[{index}]"
        row = None if mention.id is None else pen.rows.get(mention.id)
        if row is None or _name_of(row) != mention.name:
            if levels is None:
                levels = last_levels(event.updates)
            level = levels.get(mention.key)
            row = ComponentRow(
                id=pen.component_id(mention, place),
                name=as_any(mention.name),
                status=WORDS[level],
                created_at=pen.times[event.created_at],
                updated_at=pen.times[event.updated_at],
                position=index + 1,
                description=None,
                showcase=False,
                start_date=None,
                group_id=None,
                page_id=pen.page_id,
                group=False,
                only_show_if_degraded=False,
            )
        rows.append(row)
    return rows


def _name_of(row: object) -> object:
    return row.name if isinstance(row, ComponentRow) else as_any(row).get("name")


def started(event: Event) -> DateTime | None:
    """
    `started_at`: as stated, else what a reader can derive.

    Of a maintenance it is when it was put on the page. Of an incident whose start
    nobody knows it is its end: any earlier time would claim to know.
    """
    if isinstance(event, Maintenance):
        return event.created_at
    if event.stated_start is not None:
        return event.stated_start
    return default_start(cast("Incident", event))


def watched(updates: tuple[Update, ...]) -> DateTime | None:
    """`monitoring_at`: when it was first monitored or verified."""
    for update in updates:
        if update.status in _WATCHED:
            return update.at
    return None


def event_row(pen: Pen, event: Event, path: str) -> EventRow:
    """An entry of `incidents` or `scheduled_maintenances`, without updates or rows."""
    ended, status = event.ended_at or event.stated_end, event.status
    shape = LegacyRow if pen.is_legacy else EventRow
    row = shape(
        id=pen.id(event.id, event.key, path, "an incident"),
        name=event.name,
        status=WORDS[status],
        created_at=pen.times[event.created_at],
        updated_at=pen.times[event.updated_at],
        monitoring_at=pen.times[watched(event.updates)],
        resolved_at=pen.times[ended],
        impact=WORDS[impact_of(pen, event, path)],
        shortlink=event.url,
        started_at=pen.times[started(event)],
        page_id=pen.page_id,
        reminder_intervals=None,
    )
    if isinstance(event, Maintenance):
        row.scheduled_for = pen.times[event.scheduled_for]
        row.scheduled_until = pen.times[event.scheduled_until]
    if isinstance(row, LegacyRow):
        _fill(pen, row, event)
    return row


def _fill(pen: Pen, row: LegacyRow, event: Event) -> None:
    """What webhooks and the management API say besides, as it is by default."""
    if isinstance(event, Incident):
        row.scheduled_for = None
        row.scheduled_until = None
    row.postmortem_ignored = False
    row.postmortem_body = event.postmortem
    row.postmortem_body_last_updated_at = None
    row.postmortem_published_at = None
    if (told := told_postmortem(event.updates)) is not None:
        if event.postmortem is None:
            row.postmortem_body = told.body
        row.postmortem_published_at = pen.times[told.at]
    row.postmortem_notified_subscribers = False
    row.postmortem_notified_twitter = False
    row.backfilled = False
    row.scheduled_remind_prior = False
    row.scheduled_reminded_at = None
    row.impact_override = None
    row.scheduled_auto_in_progress = False
    row.scheduled_auto_completed = False


def told_postmortem(updates: tuple[Update, ...]) -> Update | None:
    """The update that is the post-mortem: the last, if there are several."""
    for update in reversed(updates):
        if update.status is IncidentStatus.POSTMORTEM:
            return update
    return None


def impact_of(pen: Pen, event: Event, path: str) -> Impact:
    """The impact as stated, else as the vendor derives it, from the worst level."""
    if event.impact is not None:
        return event.impact
    impact = event.derived_impact or Impact.NONE
    said = event.extras.get(NAME)
    if said is None or not ("impact" in said or "impact" in mapping(said.get(STATED))):
        detail = "nobody states an impact; it was derived from the levels"
        pen.report.add("impact.derived", path, detail, impact.value)
    return impact


def event_value(pen: Pen, event: Event, path: str) -> object:
    """An entry of `incidents` or `scheduled_maintenances`, with what extras hold."""
    row = event_row(pen, event, path)
    id, key = cast("str", row.id), event.key
    status: Status | None = None
    updates: list[object] = []
    for index, update in in_order(pen.report, event, path):
        said = None if update.extras is NO_EXTRAS else update.extras.get(NAME)
        status = update.status or status
        if update.status is None and not _stated(said, "status"):
            status = _carried(pen, event, status, f"{path}.updates[{index}]")
        made = update_row(pen, update, status, id, path, key, index)
        updates.append(made if said is None else restored(made, said))
    updates.reverse()
    row.incident_updates = as_any(updates)
    said = event.extras.get(NAME)
    if not _stated(said, "components"):
        row.components = as_any(live_rows(pen, event, path))
    _leave_out(pen, event, path)
    return restored(row, said)


def in_order(report: Report, event: Event, path: str) -> list[tuple[int, Update]]:
    """The updates with their places, in the one order the vendor has: of posting."""
    told = list(enumerate(event.updates))
    posted = [update.created_at for update in event.updates]
    if posted != sorted(posted):
        detail = "the updates are not in order of posting; they were put in it"
        report.add("order.unsorted", f"{path}.updates", detail)
        told.sort(key=lambda place: place[1].created_at)
    return told


def _stated(said: Mapping[str, object] | None, key: str) -> bool:
    """Whether extras will put a key in the place of what we would derive."""
    return said is not None and key in mapping(said.get(STATED))


def _carried(pen: Pen, event: Event, status: Status | None, path: str) -> Status | None:
    """What the vendor makes of an update that names no status: it repeats the last."""
    detail = "the update names no status; the one before was repeated"
    pen.report.add("status.invented", path, detail)
    if status is not None:
        return status
    return (
        MaintenanceStatus.SCHEDULED
        if isinstance(event, Maintenance)
        else IncidentStatus.INVESTIGATING
    )


def update_row(  # noqa: PLR0913, PLR0917 - the parts of a row, and where it stands
    pen: Pen,
    update: Update,
    status: Status | None,
    event_id: str,
    path: str,
    key: str,
    index: int,
) -> UpdateRow:
    """An entry of `incident_updates`, given the place and key of its event."""
    id, times = update.id, pen.times
    if id is None:
        place = f"{path}.updates[{index}]"
        id = pen.id(None, f"{key}/{index}", place, "an update")
    row = UpdateRow(
        id=id,
        status=WORDS[status],
        body=update.body,
        incident_id=event_id,
        created_at=times[update.created_at],
        updated_at=times[update.updated_at],
        display_at=times[update.at],
        affected_components=as_any(pen.states(update.states, path, index)),
        deliver_notifications=True,
        custom_tweet=None,
        tweet_id=None,
    )
    if pen.is_legacy:
        row.wants_twitter_update = False
        row.twitter_updated_at = None
    return row


def _leave_out(pen: Pen, event: Event, path: str) -> None:
    """What these documents have no key for."""
    report = pen.report
    if event.detection is not None:
        detail = "who noticed it has no place"
        report.add("value.left_out", f"{path}.detection", detail, event.detection.by)
    if event.postmortem is not None:
        told = told_postmortem(event.updates) if pen.is_legacy else None
        if not pen.is_legacy:
            detail = "a post-mortem apart from the updates has no place"
            report.add("value.left_out", f"{path}.postmortem", detail)
        elif told is not None and told.body == event.postmortem:
            detail = "the post-mortem is told by an update, and is not kept twice"
            report.add("value.left_out", f"{path}.postmortem", detail)
    if isinstance(event, Maintenance) and event.stated_start is not None:
        detail = "the stated start of a maintenance has no place"
        report.add("value.left_out", f"{path}.stated_start", detail)
