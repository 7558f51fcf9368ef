"""From a table to a page."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit import _time as time
from incidentkit._component import Component
from incidentkit._event import Detection
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._update import Update
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats.csv import _columns as columns
from incidentkit.formats.csv._cells import Cells
from incidentkit.formats.csv._lists import levels, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._vocabulary import Status
    from incidentkit.formats._format import Source

#: How the document begins, whatever its version and whatever separates its cells.
BEGINNING: Final = re.compile(
    rf'"?{columns.MARK} (?P<version>[0-9]{{1,9}})"?(?P<mark>[,;\t\r\n]|\Z)'
)
_EVENTS: Final = frozenset({columns.INCIDENT, columns.MAINTENANCE})


def read(source: Source) -> StatusPage:
    """
    A table as the page it was written from.

    Raises:
        MalformedDocument: it is not CSV, no table of ours, or one of another version.
        LimitExceeded: it has more rows or bytes than the limits allow.
    """
    text = source.text()
    rows = _rows(text, _separator(text), source.limits.items)
    heading = next(rows)[1]
    _check_heading(heading, source.report)
    page: StatusPage | None = None
    components: list[Component] = []
    events: dict[tuple[str, str], list[Cells]] = {}
    for number, row in rows:
        if len(row) > len(heading) and any(row[len(heading) :]):
            detail = "cells beyond the last column were not read"
            source.report.leave_out("value.left_out", f"row {number}", detail)
        held = dict(zip(heading, row, strict=False))
        cells = Cells(number, held, source.report, source.zone)
        kind = cells.text(columns.KIND)
        if kind in _EVENTS:
            key = cells.raw("event") or cells.raw("id") or cells.raw("name")
            events.setdefault((kind, key), []).append(cells)
        elif kind in {columns.COMPONENT, columns.GROUP}:
            components.append(_component(cells, kind))
        elif kind == columns.PAGE and page is None:
            page = _page(cells)
        elif any(row):
            detail = "a row that is of nothing we know, or of a page once more"
            cells.leave_out("item.malformed", columns.KIND, detail, kind)
    told = [_event(kind, rows) for (kind, _), rows in _sorted(events)]
    return attrs.evolve(
        page or StatusPage(),
        components=components,
        incidents=[one for one in told if isinstance(one, Incident)],
        maintenances=[one for one in told if isinstance(one, Maintenance)],
    )


# -- the table -------------------------------------------------------------------------


def _separator(text: str) -> str:
    begins = BEGINNING.match(text)
    if begins is None:
        raise MalformedDocument(
            "row 1",
            f"no table of incidents: its first column is not headed {columns.KIND!r}",
        )
    if int(begins["version"]) != columns.VERSION:
        raise MalformedDocument(
            "row 1",
            f"this is version {begins['version']}, and this incidentkit knows version "
            f"{columns.VERSION}",
        )
    # A spreadsheet may save what it opened with the separator of its own country.
    return begins["mark"] if begins["mark"] in {";", "\t"} else ","


def _rows(text: str, separator: str, limit: int) -> Iterator[tuple[int, list[str]]]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(table, start=1):
            if number > limit + 1:
                reason = (
                    f"more than {limit} rows, which is the limit: read it with "
                    "Limits(items=…)"
                )
                raise LimitExceeded(f"row {number}", reason)
            yield number, row
    except csv.Error as error:
        reason = f"not CSV: {error}"
        raise MalformedDocument(f"row {number + 1}", reason) from None


def _check_heading(heading: Sequence[str], report: Report) -> None:
    for column in columns.COLUMNS:
        if column not in heading:
            detail = f"the column {column!r} is missing: its cells are empty"
            report.add("value.missing", "row 1", detail)
    met: set[str] = set()
    for column in heading:
        if column not in columns.COLUMNS:
            detail = "a column that is not the format's was not read"
            report.leave_out("value.left_out", "row 1", detail, column)
        elif column in met:
            detail = "a column stands twice; the last counts"
            report.add("key.duplicate", "row 1", detail, column)
        met.add(column)


def _sorted(
    events: Mapping[tuple[str, str], list[Cells]],
) -> list[tuple[tuple[str, str], list[Cells]]]:
    """Incidents in the order of their numbers, however the rows were sorted."""
    groups = list(events.items())
    places = [_place(key[1]) for key, _ in groups]
    if places != sorted(places):
        _tell_sorted(groups[0][1][0], "event")
        groups.sort(key=lambda group: _place(group[0][1]))
    return groups


def _place(number: str) -> tuple[int, str]:
    # As numbers, without asking whether they can be made ones.
    digits = number.lstrip("0")
    return len(digits), digits


def _tell_sorted(cells: Cells, column: str) -> None:
    detail = "the rows were sorted another way; the numbers tell their order"
    cells.report.add("order.unsorted", cells.place(column), detail)


# -- the things in it ------------------------------------------------------------------


def _page(cells: Cells) -> StatusPage:
    return StatusPage(
        cells.optional("name"),
        id=cells.optional("id"),
        url=cells.optional("url"),
        time_zone=cells.optional("time_zone"),
        updated_at=cells.at("updated_at"),
        stated_indicator=cells.word("stated_status", columns.INDICATORS),
        stated_description=cells.optional("description"),
        extras=cells.extras(),
    )


def _component(cells: Cells, kind: str) -> Component:
    return Component(
        cells.text("name"),
        id=cells.optional("id"),
        status=cells.word("status", columns.LEVELS),
        group=cells.optional("group"),
        is_group=kind == columns.GROUP,
        description=cells.optional("description"),
        position=cells.integer("position"),
        start_date=cells.date("start_date"),
        created_at=cells.at("created_at"),
        updated_at=cells.at("updated_at"),
        extras=cells.extras(),
    )


def _event(kind: str, rows: list[Cells]) -> Incident | Maintenance:
    first = rows[0]
    for cells in rows[1:]:
        for column in columns.OF_EVENT:
            if cells.raw(column) != first.raw(column):
                detail = "another is said in the first row of the same; that one counts"
                cells.leave_out("value.left_out", column, detail, cells.text(column))
    places = [_place(cells.raw("update")) for cells in rows]
    if places != sorted(places):
        _tell_sorted(first, "update")
        rows = sorted(rows, key=lambda cells: _place(cells.raw("update")))
    is_incident = kind == columns.INCIDENT
    statuses = (
        columns.INCIDENT_STATUSES if is_incident else columns.MAINTENANCE_STATUSES
    )
    updates = [
        update for cells in rows if (update := _update(cells, statuses)) is not None
    ]
    event = _incident(first, updates) if is_incident else _maintenance(first, updates)
    _compare(first, event)
    return event


def _incident(cells: Cells, updates: list[Update]) -> Incident:
    return Incident(
        cells.text("name"),
        id=cells.optional("id"),
        url=cells.optional("url"),
        impact=cells.word("impact", columns.IMPACTS),
        updates=updates,
        components=mentions(cells, "components"),
        created_at=cells.at("created_at"),
        updated_at=cells.at("updated_at"),
        stated_status=cells.word("stated_status", columns.INCIDENT_STATUSES),
        stated_start=cells.at("stated_start"),
        stated_end=cells.at("stated_end"),
        detection=_detection(cells),
        postmortem=cells.optional("postmortem"),
        extras=cells.extras(),
    )


def _maintenance(cells: Cells, updates: list[Update]) -> Maintenance:
    return Maintenance(
        cells.text("name"),
        id=cells.optional("id"),
        url=cells.optional("url"),
        impact=cells.word("impact", columns.IMPACTS),
        scheduled_for=cells.at("scheduled_for"),
        scheduled_until=cells.at("scheduled_until"),
        updates=updates,
        components=mentions(cells, "components"),
        created_at=cells.at("created_at"),
        updated_at=cells.at("updated_at"),
        stated_status=cells.word("stated_status", columns.MAINTENANCE_STATUSES),
        stated_start=cells.at("stated_start"),
        stated_end=cells.at("stated_end"),
        detection=_detection(cells),
        postmortem=cells.optional("postmortem"),
        extras=cells.extras(),
    )


def _detection(cells: Cells) -> Detection | None:
    by = cells.optional("detected_by")
    if by is not None:
        return Detection(by, cells.at("detected_at"))
    if cells.raw("detected_at"):
        detail = "when it was noticed, and not by whom"
        cells.leave_out("value.malformed", "detected_at", detail)
    return None


def _update(cells: Cells, statuses: Mapping[str, Status]) -> Update | None:
    if not any(map(cells.raw, columns.OF_UPDATE)):
        return None
    at = cells.at("at")
    if at is None:
        detail = "an update without a time"
        cells.leave_out("item.malformed", "at", detail, cells.text("body"))
        return None
    created_at = cells.at("posted_at") or at
    return Update(
        cells.word("update_status", statuses),
        body=cells.text("body"),
        at=at,
        states=levels(cells, "levels"),
        id=cells.optional("update_id"),
        created_at=created_at,
        updated_at=cells.at("edited_at") or created_at,
        extras=cells.extras(),
    )


def _compare(cells: Cells, event: Event) -> None:
    """Tell where a row's summary says something else than its updates."""
    status = "" if event.status is None else event.status.value
    if cells.raw("status") and cells.text("status") != status:
        detail = f"the updates tell {status or 'no status'}; they count"
        place = cells.place("status")
        cells.report.add("sentence.disagrees", place, detail, cells.text("status"))
    for column in ("began_at", "ended_at"):
        said, derived = cells.at(column), getattr(event, column)
        if said is not None and said != derived:
            told = "none" if derived is None else time.text(derived)
            detail = f"the updates tell {told}; they count"
            place = cells.place(column)
            cells.report.add("sentence.disagrees", place, detail, time.text(said))
