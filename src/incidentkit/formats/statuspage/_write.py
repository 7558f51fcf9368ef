"""From the model to Statuspage's documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

import attrs

from incidentkit import _time as time
from incidentkit._frozen import DOCUMENT, EMPTY, NO_EXTRAS, STATED
from incidentkit._incident import Incident, default_start
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import last_levels
from incidentkit._vocabulary import Impact, IncidentStatus, MaintenanceStatus
from incidentkit.errors import UnknownFormat
from incidentkit.formats._wire import encode, mapping, restored
from incidentkit.formats.statuspage._shapes import (
    DOCUMENTS,
    WORDS,
    AffectedRow,
    ComponentRow,
    Document,
    EventRow,
    PageRow,
    StatusRow,
    UpdateRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef, ComponentState
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit._vocabulary import ComponentStatus, Status
    from incidentkit.formats._format import Target

NAME = "statuspage"

SINGLE = frozenset({"incident", "bare-incident"})
_WORKING = (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING)
_WATCHED = (IncidentStatus.MONITORING, MaintenanceStatus.VERIFYING)
_ID_LENGTH = 12


class Times(dict["DateTime | None", "str | None"]):
    """Times as the vendor writes them, in one zone, each written once."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__({None: None})
        self._zone = zone

    def __missing__(self, at: DateTime) -> str:
        """Write a time not met before."""
        text = self[at] = time.write(at, self._zone)
        return text


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    page_id: str | None
    zone: tzinfo | None
    rows: Mapping[str, object]
    """The rows of the page's own components, by id."""
    report: Report
    times: Times = attrs.field(init=False)
    # By identity: readers share the rows that updates repeat.
    _states: dict[int, list[AffectedRow]] = attrs.field(
        factory=dict[int, list[AffectedRow]]
    )
    _ids: dict[str, str] = attrs.field(factory=dict[str, str])

    def __attrs_post_init__(self) -> None:
        self.times = Times(self.zone)

    def id(self, id: str | None, key: str, path: str, what: str) -> str:
        """An id, or one derived from the key where nobody gave any."""
        if id is not None:
            return id
        detail = f"{what} has no id; one was derived from its key"
        self.report.add("id.invented", path, detail, key)
        made = self._ids.get(key)
        if made is None:
            made = self._ids[key] = invented(key)
        return made

    def states(
        self, states: tuple[ComponentState, ...], path: str, index: int
    ) -> list[AffectedRow] | None:
        """The rows of an update, given its place; the same rows are made once."""
        if not states:
            return None
        made = self._states.get(id(states))
        if made is None:
            made = self._states[id(states)] = [
                AffectedRow(
                    code=one.component.id
                    or self.component_id(
                        one.component, f"{path}.updates[{index}].states[{place}]"
                    ),
                    name=one.component.name,
                    old_status=WORDS[one.before],
                    new_status=WORDS[one.status],
                )
                for place, one in enumerate(states)
            ]
        return made

    def component_id(self, mention: ComponentRef, path: str) -> str:
        """The id of a component that an incident mentions."""
        return self.id(mention.id, mention.key, path, "a component")


def invented(key: str) -> str:
    """An id in the vendor's own alphabet, always the same for the same key."""
    digest = hashlib.blake2b(key.encode(), digest_size=_ID_LENGTH).digest()
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)


def write(target: Target) -> str:
    """
    A page as one of the vendor's documents.

    Raises:
        UnknownFormat: a document of one incident is wanted, and there is none.
    """
    page, report = target.page, target.report
    remembered = _remembered(page)
    name = target.document or str(remembered.get("name"))
    if name not in DOCUMENTS:
        name = _usual(target)
    pen = pen_for(page, report)
    events = [
        (what, event_value(pen, event, f"$.{what}[{index}]"))
        for what, index, event in _fitting(page, name, report)
    ]
    if name == "bare-list":
        return encode([value for _, value in events])
    if name in SINGLE and not events:
        raise UnknownFormat(
            NAME, f"the document {name!r} is one incident; there is none"
        )
    if name == "bare-incident":
        return encode(events[0][1])
    document = Document(page=_any(page_value(pen, page)))
    wanted = DOCUMENTS[name]
    if "components" in wanted:
        document.components = _any(list(pen.rows.values()))
    if "incidents" in wanted:
        document.incidents = _any([one for what, one in events if what == "incidents"])
    if "scheduled_maintenances" in wanted:
        document.scheduled_maintenances = _any(
            [one for what, one in events if what == "maintenances"]
        )
    if "incident" in wanted:
        document.incident = _any(events[0][1])
    if "status" in wanted:
        document.status = _any(
            restored(status_row(page), mapping(remembered.get("status")))
        )
    same = remembered.get("name") == name
    return encode(
        restored(document, mapping(remembered.get("around")) if same else None)
    )


def _any(value: object) -> Any:  # noqa: ANN401 - in the place of any shape
    # Where extras put something back, a plain dict stands in the place of a shape.
    return value


def _remembered(page: StatusPage) -> Mapping[str, object]:
    """Which document was read, and what stood in it beside the page's own keys."""
    return mapping(page.extras.get(NAME, EMPTY).get(DOCUMENT))


def _usual(target: Target) -> str:
    """The document that holds most of a page that was not read from one."""
    if target.lone is not None:
        return "bare-incident"
    page = target.page
    return "summary" if page.components or page.maintenances else "incidents"


def _fitting(
    page: StatusPage, name: str, report: Report
) -> Iterator[tuple[str, int, Event]]:
    """The events that belong in a document; all else of the page is left out, aloud."""
    wanted = DOCUMENTS[name]
    single = name in SINGLE
    chosen = 0
    for what, key, events in (
        ("incidents", "incidents", page.incidents),
        ("maintenances", "scheduled_maintenances", page.maintenances),
    ):
        for index, event in enumerate(events):
            if name == "bare-list" or (single and not chosen):
                fits = True
            else:
                fits = key in wanted and _belongs(name, event)
            if fits:
                chosen += 1
                yield what, index, event
            else:
                report.leave_out(
                    "item.unfitting",
                    f"$.{what}[{index}]",
                    f"the document {name!r} has no place for it",
                    event.name,
                    event.id,
                )
    if "components" not in wanted:
        for index, one in enumerate(page.components):
            report.leave_out(
                "item.unfitting",
                f"$.components[{index}]",
                f"the document {name!r} lists no components",
                one.name,
                one.id,
            )
    if "status" not in wanted and (page.stated_indicator or page.stated_description):
        detail = f"the document {name!r} has no roll-up"
        report.add("value.left_out", "$.stated_indicator", detail, page.description)
    whose = (page.name, page.url, page.time_zone, page.updated_at)
    if not wanted and any(value is not None for value in whose):
        detail = f"the document {name!r} does not say whose it is"
        report.add("value.left_out", "$.name", detail, page.name)


def _belongs(name: str, event: Event) -> bool:
    status = event.status
    if name in {"summary", "incidents/unresolved"}:
        return event.is_open
    if name == "scheduled-maintenances/upcoming":
        return status is MaintenanceStatus.SCHEDULED
    if name == "scheduled-maintenances/active":
        return status in _WORKING
    return True


# -- the rows, as a writer makes them without looking at extras ---------------------


def pen_for(page: StatusPage, report: Report) -> Pen:
    """What is needed to write a page, its component rows made."""
    zone = None
    if page.time_zone is not None:
        zone = time.zone(page.time_zone)
        if zone is None:
            detail = "the zone is not one we know; times are written in UTC"
            report.add("zone.unknown", "$.time_zone", detail, page.time_zone)
    rows: dict[str, object] = {}
    pen = Pen(page_id=page.id, zone=zone, rows=rows, report=report)
    if page.id is None and page.name is not None:
        pen.page_id = pen.id(None, page.name, "$", "the page")
    ids: list[str] = []
    by_key: dict[str, str] = {}
    for index, one in enumerate(page.components):
        # Incidents mention by key; of several of one key they mean the first.
        key = f"{one.key} {index}" if one.key in by_key else one.key
        ids.append(pen.id(one.id, key, f"$.components[{index}]", "a component"))
        by_key.setdefault(one.key, ids[-1])
    children: dict[str, list[str]] = {}
    for id, one in zip(ids, page.components, strict=True):
        if one.group is not None:
            children.setdefault(one.group, []).append(id)
    for index, (id, one) in enumerate(zip(ids, page.components, strict=True)):
        row = component_row(pen, one, id, children.get(one.key, []))
        if one.group is not None:
            row.group_id = by_key.get(one.group, one.group)
        # Two components of one id are both written, though only one can be found by it.
        key = id if id not in rows else f"{id} {index}"
        rows[key] = restored(row, one.extras.get(NAME))
    return pen


def page_row(pen: Pen, page: StatusPage) -> PageRow:
    """`page`."""
    return PageRow(
        id=pen.page_id,
        name=page.name,
        url=page.url,
        time_zone=page.time_zone,
        updated_at=pen.times[page.updated_at],
    )


def page_value(pen: Pen, page: StatusPage) -> object:
    """`page`, with what extras hold."""
    said = page.extras.get(NAME, EMPTY)
    return restored(
        page_row(pen, page),
        {key: value for key, value in said.items() if key != DOCUMENT},
    )


def status_row(page: StatusPage) -> StatusRow:
    """`status`."""
    indicator = page.indicator
    return StatusRow(
        indicator=WORDS[indicator],
        description=page.description,
    )


def component_row(
    pen: Pen, one: Component, id: str, children: list[str]
) -> ComponentRow:
    """An entry of `components`."""
    row = ComponentRow(
        id=id,
        name=one.name,
        status=WORDS[one.status],
        created_at=pen.times[one.created_at],
        updated_at=pen.times[one.updated_at],
        position=one.position,
        description=one.description,
        showcase=False,
        start_date=None if one.start_date is None else one.start_date.isoformat(),
        group_id=one.group,
        page_id=pen.page_id,
        group=one.is_group,
        only_show_if_degraded=False,
    )
    if one.is_group:
        row.components = cast("list[str | int]", children)
    return row


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
                name=_any(mention.name),
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
    return row.name if isinstance(row, ComponentRow) else _any(row).get("name")


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
    row = EventRow(
        id=pen.id(event.id, event.key, path, "an incident"),
        name=event.name,
        status=WORDS[status],
        created_at=pen.times[event.created_at],
        updated_at=pen.times[event.updated_at],
        monitoring_at=pen.times[watched(event.updates)],
        resolved_at=pen.times[ended],
        impact=WORDS[_impact(pen, event, path)],
        shortlink=event.url,
        started_at=pen.times[started(event)],
        page_id=pen.page_id,
        reminder_intervals=None,
    )
    if isinstance(event, Maintenance):
        row.scheduled_for = pen.times[event.scheduled_for]
        row.scheduled_until = pen.times[event.scheduled_until]
    return row


def _impact(pen: Pen, event: Event, path: str) -> Impact:
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
    row.incident_updates = _any(updates)
    said = event.extras.get(NAME)
    if not _stated(said, "components"):
        row.components = _any(live_rows(pen, event, path))
    _leave_out(pen.report, event, path)
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
    return UpdateRow(
        id=id,
        status=WORDS[status],
        body=update.body,
        incident_id=event_id,
        created_at=times[update.created_at],
        updated_at=times[update.updated_at],
        display_at=times[update.at],
        affected_components=_any(pen.states(update.states, path, index)),
        deliver_notifications=True,
        custom_tweet=None,
        tweet_id=None,
    )


def _leave_out(report: Report, event: Event, path: str) -> None:
    """What these documents have no key for."""
    if event.detection is not None:
        detail = "who noticed it has no place"
        report.add("value.left_out", f"{path}.detection", detail, event.detection.by)
    if event.postmortem is not None:
        detail = "a post-mortem apart from the updates has no place"
        report.add("value.left_out", f"{path}.postmortem", detail)
    if isinstance(event, Maintenance) and event.stated_start is not None:
        detail = "the stated start of a maintenance has no place"
        report.add("value.left_out", f"{path}.stated_start", detail)
