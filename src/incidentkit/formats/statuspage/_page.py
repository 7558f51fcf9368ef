"""From a document in the shape of the public API to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs
import msgspec
from msgspec import UNSET, UnsetType

from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit._frozen import DOCUMENT, FrozenMapping
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._make import changer
from incidentkit._page import StatusPage, make_page
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _rows as ours
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._components import read_components
from incidentkit.formats.statuspage._coverage import coverage_of
from incidentkit.formats.statuspage._events import Events
from incidentkit.formats.statuspage._memo import Lives, Lookup, Memo, States
from incidentkit.formats.statuspage._pen import NAME, Pen
from incidentkit.formats.statuspage._reading import straight
from incidentkit.formats.statuspage._shapes import (
    Document,
    PageRow,
    StatusRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._recorded import RecordedDay
    from incidentkit.formats.statuspage._reading import Reading

_NOBODY = make_page()
_stating = changer(StatusPage, "stated_indicator", "stated_description")
_whole = changer(StatusPage, "coverage", "extras")


def page_of(reading: Reading, document: Document, name: str) -> StatusPage:
    """
    All of a document, in the shape of those of the public API.

    Args:
        reading: where findings go.
        document: what was read.
        name: which document it was.

    Raises:
        LimitExceeded: there are too many things in it.
    """
    reading.check_count(_count(document))
    row = PageRow() if document.page is UNSET else document.page
    given = reading.source.page or _NOBODY
    zone_name = _first(row.time_zone, given.time_zone)
    zone = None if zone_name is None else time.zone(zone_name)
    if reading.zone is None:
        reading.zone = zone
    rows: dict[str, object] = {}
    # Our writer, asked what it would write, finds nothing that the reader has not.
    pen = Pen(
        page_id=_page_id(document, row, given),
        zone=zone if name in shapes.ZONED else None,
        rows=rows,
        report=Report(),
        is_legacy=name in shapes.LEGACY,
    )
    components = read_components(reading, pen, rows, name, document.components or [])
    memo = Memo(
        page_id=pen.page_id,
        times=cast("Lookup[DateTime]", reading.times),
        states=States(),
        lives=Lives(rows, reading.times, reading.source.limits.depth),
        odd=reading.odd,
    )
    met, incidents, maintenances = _events(Events(reading, pen, memo), document, name)
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
    if document.status is not UNSET:
        page = rolled_up(reading, page, document.status, "$.status.indicator")
    page = _whole(
        page,
        coverage_of(page, name, reading.source.at, _present(document)),
        _extras(reading, pen, page, document, name),
    )
    planned = _mixed(met) if name in shapes.LISTS else ()
    return remembering(page, {"planned": planned}) if planned else page


def _mixed(met: Sequence[Event]) -> tuple[int, ...]:
    """The places of the maintenances, if they do not all follow the incidents."""
    kinds = [isinstance(event, Maintenance) for event in met]
    if kinds == sorted(kinds):
        return ()
    return tuple(index for index, is_planned in enumerate(kinds) if is_planned)


def _present(document: Document) -> frozenset[str]:
    """The keys that a document has."""
    fields = Document.__struct_fields__
    return frozenset(name for name in fields if getattr(document, name) is not UNSET)


def _count(document: Document) -> int:
    """How many things are in a document."""
    count = len(document.components or ())
    for events in (document.incidents, document.scheduled_maintenances):
        for event in events or ():
            count += 1 + len(event.incident_updates or ())
    return count


def _page_id(document: Document, row: PageRow, given: StatusPage) -> str | None:
    """The page's id: its own, else what is on it says, else the caller's."""
    if row.id is not UNSET and row.id is not None:
        return str(row.id)
    for events in (document.incidents, document.scheduled_maintenances):
        for event in events or ():
            if event.page_id is not UNSET and event.page_id is not None:
                return str(event.page_id)
    for raw in document.components or ():
        component = straight(bytes(raw), _Whose)
        if component is not None and component.page_id is not None:
            return str(component.page_id)
    return given.id


class _Whose(msgspec.Struct):
    """What of a component says whose it is."""

    page_id: wire.Id | None = None


def _first(said: str | UnsetType | None, given: str | None) -> str | None:
    """What a document says of its page, else what the caller does."""
    return given if said is UNSET or said is None else said


def _events(
    events: Events, document: Document, name: str
) -> tuple[list[Event], tuple[Incident, ...], tuple[Maintenance, ...]]:
    """What a document tells of, in its order, and that by kind."""
    top, rows = "$.incidents", document.incidents or []
    if document.incident is not UNSET:
        top, listed = "$.incident", [events.event(document.incident, "$.incident")]
    elif name in shapes.LONE:
        top, listed = "$", [events.event(row, "$") for row in rows]
    else:
        top = "$" if name in shapes.LISTS else top
        listed = events.read(rows, top)
    if name == "summary":
        _check_open(events.reading.report, listed, top)
    planned = events.read(
        document.scheduled_maintenances or [], "$.scheduled_maintenances", planned=True
    )
    met: list[Event] = [one for one in (*listed, *planned) if one is not None]
    incidents = tuple(one for one in met if isinstance(one, Incident))
    maintenances = tuple(one for one in met if isinstance(one, Maintenance))
    events.reading.check_ids(incidents, top)
    events.reading.check_ids(maintenances, "$.scheduled_maintenances")
    return met, incidents, maintenances


def _check_open(report: Report, listed: Iterable[Event | None], path: str) -> None:
    """Report what a summary lists and should not, for no summary gives it back."""
    for index, event in enumerate(listed):
        if event is not None and not event.is_open:
            detail = "a summary lists what is open, and this is over"
            report.add("event.closed", f"{path}[{index}]", detail, event.name)


def side_page(  # noqa: PLR0913 - what a document that is not of the public API tells
    reading: Reading,
    name: str,
    *,
    id: str | None = None,
    components: Iterable[Component] = (),
    recorded: Iterable[RecordedDay] = (),
    told: Mapping[str, object] | None = None,
) -> StatusPage:
    """A page made of a document that does not say whose it is: the caller may."""
    given = reading.source.page or _NOBODY
    remembered = {"name": name, **(told or {})}
    return StatusPage(
        given.name,
        url=given.url,
        id=given.id if id is None else id,
        time_zone=given.time_zone,
        components=components,
        recorded=recorded,
        extras={NAME: {DOCUMENT: remembered}},
    )


# -- what the whole says -----------------------------------------------------------


def rolled_up(
    reading: Reading, page: StatusPage, row: StatusRow, path: str
) -> StatusPage:
    """The page with what it says of itself, where its components say otherwise."""
    indicator = reading.word(shapes.INDICATOR, row.indicator, path)
    description = None if row.description is UNSET else row.description
    if indicator is not page.indicator:
        page = _stating(page, indicator, None)
    if description != page.description:
        page = _stating(page, page.stated_indicator, description)
    return page


def _extras(
    reading: Reading, pen: Pen, page: StatusPage, document: Document, name: str
) -> FrozenMapping[FrozenMapping[object]]:
    """Which document it was, and all of it that our writer would not write so."""
    remembered: dict[str, object] = {"name": name}
    said: dict[str, object] = {}
    if name in shapes.PAGED:
        row = PageRow() if document.page is UNSET else document.page
        said = reading.kept(row, ours.page_row(pen, page))
        around = reading.around(document, ("page", *shapes.PAGED[name]))
        if around:
            remembered["around"] = FrozenMapping(around)
    if document.status is not UNSET:
        status = reading.kept(document.status, ours.status_row(page))
        if status:
            remembered["status"] = FrozenMapping(status)
    said[DOCUMENT] = FrozenMapping(remembered)
    return FrozenMapping({NAME: FrozenMapping(said)})


def remembering(page: StatusPage, more: Mapping[str, object]) -> StatusPage:
    """The page, remembering more of the document that was read."""
    said = page.extras[NAME]
    held = {**cast("Mapping[str, object]", said[DOCUMENT]), **more}
    return attrs.evolve(page, extras={NAME: {**said, DOCUMENT: held}})
