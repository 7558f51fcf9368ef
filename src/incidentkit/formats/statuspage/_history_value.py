"""What a page tells of its past, as the vendor's calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import attrs
from msgspec import Raw

from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit._incident import Incident
from incidentkit.formats import _wire as wire
from incidentkit.formats._format import Source
from incidentkit.formats._pen import as_any
from incidentkit.formats.statuspage import _history as history
from incidentkit.formats.statuspage._calendar import month_at
from incidentkit.formats.statuspage._months import Calendar, Told, month_row, when_of
from incidentkit.formats.statuspage._pen import items
from incidentkit.formats.statuspage._rails import iana
from incidentkit.formats.statuspage._reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats.statuspage._calendar import Month
    from incidentkit.formats.statuspage._months import MonthRow
    from incidentkit.formats.statuspage._pen import Pen

_ADDRESS = re.compile(r"https://([^/]+)")


def history_value(
    pen: Pen,
    page: StatusPage,
    held: Mapping[str, object],
    events: Iterable[tuple[str, int, Event]],
) -> object:
    """
    The calendar of a page.

    Months that still say what is on the page are written as they were read; else all of
    them are made anew, and what they cannot say is reported.
    """
    listed = [
        (f"$.{what}[{index}]", cast("Told", event)) for what, index, event in events
    ]
    rows: Sequence[object] = items(held.get("months"))
    months, met = _reread(pen, page, rows)
    if not _same(met, [event for _, event in listed]):
        months, rows = _anew(pen, months, listed)
    document = history.around(page, months)
    document.page_status = as_any({"page": _settings_value(pen, page, held)})
    document.components = as_any(list(pen.rows.values()))
    document.months = as_any(rows)
    return wire.restored(document, wire.mapping(held.get("around")))


def _reread(
    pen: Pen, page: StatusPage, raws: Iterable[object]
) -> tuple[list[Month], list[Told]]:
    """What the months that were read say."""
    table = Calendar(_silent(), pen.zone, page.observed_at)
    months: list[Month] = []
    met: list[Told] = []
    for raw in raws:
        month, told = history.month(table, Raw(wire.encode(raw).encode()), "$")
        months += () if month is None else (month,)
        met += told
    return months, met


def _silent() -> Reading:
    """A reading whose findings nobody wants: of what was read before, or just made."""
    return Reading(Source(data=b"", report=Report()))


def _same(met: Sequence[Told], events: Sequence[Told]) -> bool:
    """Whether these are the same incidents and maintenances, each kind in its order."""
    return _by_kind(met) == _by_kind(events)


def _by_kind(events: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    return (
        [one for one in events if isinstance(one, Incident)],
        [one for one in events if not isinstance(one, Incident)],
    )


def _anew(
    pen: Pen, known: Iterable[Month], listed: Sequence[tuple[str, Told]]
) -> tuple[list[Month], list[object]]:
    """Months with what began in them; the newest is first, as on the vendor's page."""
    held: dict[Month, list[tuple[str, Told]]] = {month: [] for month in known}
    fit: list[Told] = []
    for path, event in listed:
        month = _month_of(event, pen.zone)
        if month is None:
            detail = "a calendar has no place for what began nobody knows when"
            pen.report.leave_out("item.unfitting", path, detail, event.name, event.id)
        else:
            held.setdefault(month, []).append((path, event))
            fit.append(event)
    months = sorted(held, reverse=True)
    rows: list[object] = []
    met: list[Told] = []
    for month in months:
        events = sorted(held[month], key=_began, reverse=True)
        row = month_row(pen, month, events)
        _check_told(pen, month, row, events)
        rows.append(row)
        met += (event for _, event in events)
    if not _same(met, fit):
        detail = "a calendar lists the newest first"
        pen.report.add("order.regrouped", "$", detail)
    return months, rows


def _check_told(
    pen: Pen, month: Month, row: MonthRow, events: Iterable[tuple[str, Told]]
) -> None:
    """Report what a month does not say of what is in it."""
    table = Calendar(_silent(), pen.zone, None)
    for (path, event), one in zip(events, row.incidents or (), strict=True):
        back = table.event(one, month, path)
        if back != attrs.evolve(event, extras={}, links={}):
            detail = (
                "a calendar has no more of it than its name, impact and last message, "
                "and when it was, to the minute"
            )
            pen.report.add("value.left_out", path, detail, event.name)


def _began(placed: tuple[str, Told]) -> DateTime:
    began, _ = when_of(placed[1])
    return cast("DateTime", began)


def _month_of(event: Told, zone: tzinfo | None) -> Month | None:
    """The month in which something began; None if nobody knows."""
    began, _ = when_of(event)
    if began is None:
        return None
    there = time.local(began, zone)
    try:
        return month_at(there.year, there.month, zone)
    except ValueError:
        return None


def _settings_value(
    pen: Pen, page: StatusPage, held: Mapping[str, object]
) -> Mapping[str, object]:
    """The settings as they were, but for what the page says otherwise."""
    before = wire.mapping(held.get("settings"))
    said: dict[str, object] = {"id": pen.page_id, "name": page.name}
    said["time_zone"] = page.time_zone
    zone = before.get("time_zone")
    if isinstance(zone, str) and iana(zone) == page.time_zone:
        said["time_zone"] = zone
    updated = before.get("updated_at")
    if not isinstance(updated, str) or _instant(updated) != page.updated_at:
        said["updated_at"] = pen.times[page.updated_at]
    if history.address(before) != page.url:
        match = None if page.url is None else _ADDRESS.fullmatch(page.url)
        said["domain"] = None if match is None else match[1]
        if page.url is not None and match is None:
            detail = "the address is not that of a host alone"
            pen.report.add("value.left_out", "$.url", detail, page.url)
    settings = dict(before)
    # What was not there and is not known stays away; so does an id told elsewhere.
    return settings | {
        key: value
        for key, value in said.items()
        if not before or key in before or (value is not None and key != "id")
    }


def _instant(text: str) -> DateTime | None:
    try:
        return time.timestamp(text).at
    except ValueError:
        return None
