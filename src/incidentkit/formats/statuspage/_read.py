"""From Statuspage's documents to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import UNSET, Raw, UnsetType

from incidentkit import _time as time
from incidentkit._component import Component, make_component
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._finding import Report
from incidentkit._frozen import DOCUMENT, NO_EXTRAS, FrozenMapping
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._make import changer
from incidentkit._page import StatusPage, make_page
from incidentkit._stretch import Stretch
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage import _write as ours
from incidentkit.formats.statuspage._events import Events
from incidentkit.formats.statuspage._memo import Lives, Lookup, Memo, States
from incidentkit.formats.statuspage._reading import Reading
from incidentkit.formats.statuspage._shapes import (
    ComponentRow,
    Document,
    EventRow,
    PageRow,
)
from incidentkit.formats.statuspage._write import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit.formats._format import Source

_KEYS = tuple(name for name in Document.__struct_fields__ if name != "page")
_NOBODY = make_page()
_keeping = changer(Component, "extras")
_told = changer(
    StatusPage, "stated_indicator", "stated_description", "coverage", "extras"
)


def read(source: Source) -> StatusPage:
    """
    One of the vendor's documents as a page.

    Raises:
        MalformedDocument: it is no JSON, or no document of this vendor.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    data = wire.utf8(source)
    reading = Reading(source)
    if data.lstrip(b" \t\r\n")[:1] == b"[":
        document = Document(incidents=reading.rows(data, EventRow))
        return _page(reading, document, source.document or "bare-list")
    straight = _straight(data)
    if straight is not None:
        return _page(reading, straight, _document_name(straight, source.document))
    keys = wire.parse(data, dict[str, Raw]).keys()
    if keys >= shapes.INCIDENT_KEYS:
        row = wire.read(data, EventRow, *reading.careful)
        return _page(reading, Document(incidents=[row]), "bare-incident")
    if keys.isdisjoint(Document.__struct_fields__):
        raise MalformedDocument("$", "none of the keys of a Statuspage document")
    document = wire.read(data, Document, *reading.careful)
    return _page(reading, document, _document_name(document, source.document))


def _straight(data: bytes) -> Document | None:
    """The document, if it has nothing odd about it and anything in it."""
    try:
        document: Document = wire.decoder(Document).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return None if document == Document() else document


def _document_name(document: Document, said: str | None) -> str:
    """Which document it is: by what the caller says, else by its keys."""
    if said is not None:
        return said
    there = {name for name in _KEYS if getattr(document, name) is not UNSET}
    for name, keys in shapes.DOCUMENTS.items():
        if there == set(keys):
            return name
    return "incident" if "incident" in there else "summary"


# -- the page ------------------------------------------------------------------------


def _page(reading: Reading, document: Document, name: str) -> StatusPage:
    """All of a document."""
    _check_items(document, reading.source.limits.items)
    row = PageRow() if document.page is UNSET else document.page
    given = reading.source.page or _NOBODY
    zone_name = _first(row.time_zone, given.time_zone)
    zone = None if zone_name is None else time.zone(zone_name)
    if reading.zone is None:
        reading.zone = zone
    rows: dict[str, object] = {}
    # Our writer, asked what it would write, finds nothing that the reader has not.
    pen = ours.Pen(
        page_id=_page_id(document, row, given), zone=zone, rows=rows, report=Report()
    )
    components = _components(reading, pen, rows, document.components or [])
    memo = Memo(
        page_id=pen.page_id,
        times=cast("Lookup[DateTime]", reading.times),
        states=States(),
        lives=Lives(rows, reading.times, reading.source.limits.depth),
        odd=reading.odd,
    )
    incidents, maintenances = _events(Events(reading, pen, memo), document, name)
    reading.check_ids(components, "$.components")
    page = make_page(
        name=_first(row.name, given.name),
        url=_first(row.url, given.url),
        id=pen.page_id,
        time_zone=zone_name,
        components=components,
        incidents=incidents,
        maintenances=maintenances,
        updated_at=reading.when(row.updated_at, "$.page.updated_at"),
    )
    page = _rolled_up(reading, page, document)
    return _told(
        page,
        page.stated_indicator,
        page.stated_description,
        _coverage(page, name, reading.source.at),
        _extras(reading, pen, page, document, name),
    )


def _check_items(document: Document, limit: int) -> None:
    """
    Refuse a document with too many things in it.

    Raises:
        LimitExceeded: it has.
    """
    count = len(document.components or ())
    for events in (document.incidents, document.scheduled_maintenances):
        for event in events or ():
            count += 1 + len(event.incident_updates or ())
    if count > limit:
        raise LimitExceeded("$", f"{count} things, and the limit is {limit}")


def _page_id(document: Document, row: PageRow, given: StatusPage) -> str | None:
    """The page's id: its own, else what its incidents say, else the caller's."""
    if row.id is not UNSET and row.id is not None:
        return str(row.id)
    for events in (document.incidents, document.scheduled_maintenances):
        for event in events or ():
            if event.page_id is not UNSET and event.page_id is not None:
                return str(event.page_id)
    return given.id


def _first(said: str | UnsetType | None, given: str | None) -> str | None:
    """What a document says of its page, else what the caller does."""
    return given if said is UNSET or said is None else said


def _events(
    events: Events, document: Document, name: str
) -> tuple[tuple[Incident, ...], tuple[Maintenance, ...]]:
    """The incidents and the maintenances of a document."""
    top, rows = "$.incidents", document.incidents or []
    if document.incident is not UNSET:
        top, listed = "$.incident", [events.event(document.incident, "$.incident")]
    elif name == "bare-incident":
        top, listed = "$", [events.event(row, "$") for row in rows]
    else:
        top = "$" if name == "bare-list" else top
        listed = events.read(rows, top)
    if name == "summary":
        _check_open(events.reading.report, listed, top)
    planned = events.read(
        document.scheduled_maintenances or [], "$.scheduled_maintenances", planned=True
    )
    met = (*listed, *planned)
    incidents = tuple(one for one in met if isinstance(one, Incident))
    maintenances = tuple(one for one in met if isinstance(one, Maintenance))
    events.reading.check_ids(incidents, top)
    events.reading.check_ids(maintenances, "$.scheduled_maintenances")
    return incidents, maintenances


def _check_open(report: Report, listed: Iterable[Event | None], path: str) -> None:
    """Report what a summary lists and should not, for no summary gives it back."""
    for index, event in enumerate(listed):
        if event is not None and not event.is_open:
            detail = "a summary lists what is open, and this is over"
            report.add("event.closed", f"{path}[{index}]", detail, event.name)


# -- components ----------------------------------------------------------------------


def _components(
    reading: Reading, pen: ours.Pen, known: dict[str, object], raws: Sequence[Raw]
) -> tuple[Component, ...]:
    """The page's own components; their rows go to known, for the incidents."""
    rows: list[tuple[str, ComponentRow]] = []
    for index, raw in enumerate(raws):
        path = f"$.components[{index}]"
        row = _component_row(reading, raw, path)
        if row is not None:
            rows.append((path, row))
    children: dict[str, list[str]] = {}
    for _, row in rows:
        if row.group_id is not UNSET and row.group_id is not None:
            children.setdefault(str(row.group_id), []).append(cast("str", row.id))
    made: list[Component] = []
    for path, row in rows:
        one = _component(reading, pen, row, children, path)
        made.append(one)
        if one.id is not None:
            unknown = reading.odd.of(row)
            whole = {**msgspec.to_builtins(row), **unknown} if unknown else row
            known.setdefault(one.id, whole)
    return tuple(made)


def _component_row(reading: Reading, raw: Raw, path: str) -> ComponentRow | None:
    """The row of a component; None if it has neither id nor name."""
    try:
        row: ComponentRow = wire.decoder(ComponentRow).decode(raw)
    except (msgspec.ValidationError, UnicodeDecodeError):
        try:
            row = wire.careful(raw, ComponentRow, *reading.careful, path)
        except LimitExceeded:
            raise
        except MalformedDocument as error:
            reading.report.leave_out("item.malformed", path, error.reason)
            return None
    if row.id is UNSET and row.name is UNSET:
        detail = "a component has neither id nor name"
        reading.report.leave_out("item.malformed", path, detail)
        return None
    return row


def _component(
    reading: Reading,
    pen: ours.Pen,
    row: ComponentRow,
    children: Mapping[str, list[str]],
    path: str,
) -> Component:
    """A component, with all of its row that the model has no place for."""
    id = None if row.id is UNSET else str(row.id)
    name = row.name
    if name is UNSET:
        reading.report.add("value.missing", f"{path}.name", "a component has no name")
        name = id or ""
    group = row.group_id
    parts = make_component(
        name=name,
        id=id,
        status=reading.word(shapes.COMPONENT_STATUS, row.status, f"{path}.status"),
        group=None if group is UNSET or group is None else str(group),
        is_group=row.group is True,
        description=None if row.description is UNSET else row.description,
        position=None if row.position is UNSET else row.position,
        start_date=reading.day(row.start_date, f"{path}.start_date"),
        created_at=reading.when(row.created_at, f"{path}.created_at"),
        updated_at=reading.when(row.updated_at, f"{path}.updated_at"),
    )
    mine = ours.component_row(pen, parts, id or "", children.get(parts.key, []))
    said = reading.kept(row, mine)
    return (
        _keeping(parts, FrozenMapping({NAME: FrozenMapping(said)})) if said else parts
    )


# -- what the whole says -----------------------------------------------------------


def _rolled_up(reading: Reading, page: StatusPage, document: Document) -> StatusPage:
    """The page with what it says of itself, where its components say otherwise."""
    row = document.status
    if row is UNSET:
        return page
    indicator = reading.word(shapes.INDICATOR, row.indicator, "$.status.indicator")
    description = None if row.description is UNSET else row.description
    if indicator is not page.indicator:
        page = _told(page, indicator, None, NO_COVERAGE, NO_EXTRAS)
    if description != page.description:
        page = _told(page, page.stated_indicator, description, NO_COVERAGE, NO_EXTRAS)
    return page


def _extras(
    reading: Reading, pen: ours.Pen, page: StatusPage, document: Document, name: str
) -> FrozenMapping[FrozenMapping[object]]:
    """Which document it was, and all of it that our writer would not write so."""
    remembered: dict[str, object] = {"name": name}
    said: dict[str, object] = {}
    if not name.startswith("bare"):
        row = PageRow() if document.page is UNSET else document.page
        said = reading.kept(row, ours.page_row(pen, page))
        around = wire.kept(
            _presence(document),
            _written_keys(name),
            reading.odd.of(document),
            reading.same,
            frozenset(),
        )
        if around:
            remembered["around"] = FrozenMapping(around)
    if document.status is not UNSET:
        status = reading.kept(document.status, ours.status_row(page))
        if status:
            remembered["status"] = FrozenMapping(status)
    said[DOCUMENT] = FrozenMapping(remembered)
    return FrozenMapping({NAME: FrozenMapping(said)})


def _presence(document: Document) -> Document:
    """Which keys a document has, in the place of what they hold."""
    return _marked(
        key for key in Document.__struct_fields__ if getattr(document, key) is not UNSET
    )


def _written_keys(name: str) -> Document:
    """Which keys a writer gives a document, in the same way."""
    return _marked(("page", *shapes.DOCUMENTS[name]))


def _marked(keys: Iterable[str]) -> Document:
    marked = Document()
    for key in keys:
        setattr(marked, key, True)
    return marked


def _coverage(page: StatusPage, name: str, at: DateTime | None) -> Coverage:
    """What the absence of something from a document means."""
    at = at or page.updated_at
    if at is None:
        return NO_COVERAGE
    instant: tuple[Stretch[None], ...] = (Stretch(at, at, None),)
    incidents: tuple[Stretch[None], ...] = ()
    maintenances = states = incidents
    if name in {"summary", "incidents/unresolved"}:
        incidents = instant
    elif name == "incidents":
        incidents = _since_oldest(page.incidents, at)
    if name == "summary":
        maintenances = instant
    elif name == "scheduled-maintenances":
        maintenances = _since_oldest(page.maintenances, at)
    if name in {"summary", "components"}:
        states = instant
    return Coverage(incidents=incidents, maintenances=maintenances, states=states)


def _since_oldest(events: Iterable[Event], at: DateTime) -> tuple[Stretch[None], ...]:
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
