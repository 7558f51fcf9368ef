"""From a page to a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit import _time as time
from incidentkit._frozen import EMPTY
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit.formats._escape import csv_cell, csv_text
from incidentkit.formats.csv._columns import (
    COLUMNS,
    COMPONENT,
    GROUP,
    INCIDENT,
    KIND,
    LONGEST,
    MAINTENANCE,
    NAME,
    PAGE,
)
from incidentkit.formats.csv._lists import levels_cell, mentions_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit.formats._format import Target

#: Empty text, where an empty cell means that nobody said.
_EMPTY_TEXT: Final = "'"


def write(target: Target) -> str:
    """A page as a table: one row an update, and one for each thing without."""
    page, report = target.page, target.report
    pen = _Pen(report)
    if target.lone is None:
        pen.page(page)
    for index, one in enumerate(page.components):
        pen.component(f"$.components[{index}]", one)
    events = _events(page)
    if target.lone is not None:
        events = [("$", event) for _, event in events]
    for number, (path, event) in enumerate(events, start=1):
        pen.event(path, event, number)
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerows(pen.rows)
    return out.getvalue()


def _events(page: StatusPage) -> list[tuple[str, Incident | Maintenance]]:
    return [
        *(
            (f"$.incidents[{index}]", incident)
            for index, incident in enumerate(page.incidents)
        ),
        *(
            (f"$.maintenances[{index}]", maintenance)
            for index, maintenance in enumerate(page.maintenances)
        ),
    ]


@attrs.frozen
class _Pen:
    """What makes rows, and reports what does not fit in them."""

    report: Report
    rows: list[list[str]] = attrs.field(factory=lambda: [list(COLUMNS)])

    def page(self, page: StatusPage) -> None:
        self.row(
            "$",
            {
                KIND: PAGE,
                "id": _optional(page.id),
                "name": _optional(page.name),
                "url": _optional(page.url),
                "status": _word(page.indicator),
                "updated_at": _at(page.updated_at),
                "stated_status": _word(page.stated_indicator)
                or _kept(page, "stated_status"),
                "description": _optional(page.stated_description),
                "time_zone": _optional(page.time_zone),
            },
        )
        if page.recorded:
            detail = "a table of updates has no place for recorded days"
            self.report.leave_out("item.unfitting", "$.recorded", detail)

    def component(self, path: str, one: Component) -> None:
        self.row(
            path,
            {
                KIND: GROUP if one.is_group else COMPONENT,
                "id": _optional(one.id),
                "name": csv_cell(one.name),
                "status": _word(one.status) or _kept(one, "status"),
                "group": _optional(one.group),
                "description": _optional(one.description),
                "position": "" if one.position is None else csv_cell(str(one.position)),
                "start_date": ""
                if one.start_date is None
                else one.start_date.isoformat(),
                "created_at": _at(one.created_at),
                "updated_at": _at(one.updated_at),
            },
        )

    def event(self, path: str, event: Incident | Maintenance, number: int) -> None:
        if event.created_at is None and event.updates:
            detail = "it was put up with its first update; nobody said when"
            self.report.add("value.invented", f"{path}.created_at", detail)
        told = {KIND: INCIDENT if isinstance(event, Incident) else MAINTENANCE}
        told |= {"event": str(number)} | _of_event(event)
        for index, update in enumerate(event.updates):
            place = f"{path}.updates[{index}]"
            self.row(place, told | {"update": str(index + 1)} | _of_update(update))
        if not event.updates:
            self.row(path, told)

    def row(self, path: str, cells: Mapping[str, str]) -> None:
        self.rows.append(
            [self.fitted(path, cells.get(column, "")) for column in COLUMNS]
        )

    def fitted(self, path: str, cell: str) -> str:
        if len(cell) <= LONGEST:
            return cell
        detail = f"a cell takes {LONGEST:,} characters; the text was cut off there"
        self.report.add("value.left_out", path, detail, cell)
        # What is left must still be what would be written of it.
        return csv_cell(csv_text(cell[:LONGEST]))


def _of_event(event: Incident | Maintenance) -> dict[str, str]:
    detection = event.detection
    planned = event if isinstance(event, Maintenance) else None
    return {
        "id": _optional(event.id),
        "name": csv_cell(event.name),
        "url": _optional(event.url),
        "impact": _word(event.impact) or _kept(event, "impact"),
        "status": _word(event.status),
        "began_at": _at(event.began_at),
        "ended_at": _at(event.ended_at),
        "scheduled_for": "" if planned is None else _at(planned.scheduled_for),
        "scheduled_until": "" if planned is None else _at(planned.scheduled_until),
        "components": csv_cell(mentions_cell(event.components)),
        "created_at": _at(event.created_at),
        "updated_at": _at(event.updated_at),
        "stated_status": _word(event.stated_status) or _kept(event, "stated_status"),
        "stated_start": _at(event.stated_start),
        "stated_end": _at(event.stated_end),
        "detected_by": "" if detection is None else _optional(detection.by),
        "detected_at": "" if detection is None else _at(detection.at),
        "postmortem": _optional(event.postmortem),
    }


def _of_update(update: Update) -> dict[str, str]:
    return {
        "update_id": _optional(update.id),
        "update_status": _word(update.status) or _kept(update, "update_status"),
        "at": _at(update.at),
        "posted_at": _at(update.created_at),
        "edited_at": _at(update.updated_at),
        "body": csv_cell(update.body),
        "levels": csv_cell(levels_cell(update.states)),
    }


def _kept(thing: StatusPage | Component | Event | Update, column: str) -> str:
    """A word that nobody knew when it was read."""
    said = thing.extras.get(NAME, EMPTY).get(column)
    return csv_cell(said) if isinstance(said, str) else ""


def _optional(text: str | None) -> str:
    return "" if text is None else csv_cell(text) or _EMPTY_TEXT


def _word(word: Enum | None) -> str:
    return "" if word is None else str(word.value)


def _at(at: DateTime | None) -> str:
    return "" if at is None else time.text(at)
