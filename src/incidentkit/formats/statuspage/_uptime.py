"""
What the vendor recorded of outages, day by day: two tables, both read as `recorded`.

- `uptime-data` is a variable in the page for people: by component, the last ninety
  days. `outages` has the seconds in major (`m`) and partial (`p`) outage, and lacks
  those of which there were none. Of a day before the component's `startDate` nothing
  was recorded, unless seconds are told of it.
- `uptime` is the data of the page `/uptime/<component id>`: of one component, or one
  group, by month, with the vendor's own percentage (a fraction, weighted 1 and 0.3).
  A day of the colour `#EAEAEA` is one of which nothing was recorded, unless seconds are
  told of it. A page may have another colour for that, which this document does not say.

A table covers the days of its components only, and tells how long, not when: it adds
nothing to a page's coverage. What a row has besides, and a percentage or a colour that
is not the one we would give, comes back as long as its days are still those on the
page.

Source: the scripts and pages of the vendor as recorded by others; no whole document was
at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from msgspec import UNSET, Raw, UnsetType

from incidentkit._component import Component
from incidentkit._frozen import FrozenMapping
from incidentkit._recorded import RecordedDay
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.statuspage._page import side_page
from incidentkit.formats.statuspage._uptime_shapes import (
    NO_DATA,
    CodeRow,
    EntryRow,
    EventRow,
    OutagesRow,
    Seconds,
    Uptime,
    UptimeMonth,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pendulum import Date

    from incidentkit._component import ComponentRef
    from incidentkit._page import StatusPage
    from incidentkit.formats.statuspage._reading import Reading
    from incidentkit.formats.statuspage._shapes import Text


def is_uptime(keys: Collection[str]) -> bool:
    """Whether these are the keys of an `uptime` document."""
    return "months" in keys and "component" in keys


def is_uptime_data(pieces: Mapping[str, Raw]) -> bool:
    """Whether a document is a table of components with their days."""
    first = next(iter(pieces.values()), Raw(b""))
    if bytes(first)[:1] != b"{":
        return False
    return {"component", "days"} <= wire.parse(first, dict[str, Raw]).keys()


# -- reading ---------------------------------------------------------------------------


@attrs.frozen
class Table:
    """The days of one component."""

    component: Component
    days: tuple[RecordedDay, ...]


def read_uptime_data(reading: Reading, data: bytes) -> StatusPage:
    """
    The last days of every component.

    Raises:
        MalformedDocument: it is no JSON.
        LimitExceeded: it nests too deep, or has too many days.
    """
    tables: list[Table] = []
    kept: dict[str, object] = {}
    count = 0
    for code, raw in wire.parse(data, dict[str, Raw]).items():
        path = wire_path(code)
        try:
            table = entry(reading, code, raw, path)
        except LimitExceeded:
            raise
        except MalformedDocument as error:
            reading.report.leave_out("item.malformed", path, error.reason, id=code)
            continue
        tables.append(table)
        count += 1 + len(table.days)
        reading.check_count(count)
        kept[code] = reading.untyped(raw, path)
    return side_page(
        reading,
        "uptime-data",
        components=[table.component for table in tables],
        recorded=[day for table in tables for day in table.days],
        told={"entries": kept},
    )


def wire_path(key: str) -> str:
    """The place of a key of the document, whatever it is."""
    plain = key.isascii() and key.isalnum()
    return f"$.{key}" if plain else f"$[{wire.encode(key)}]"


def entry(reading: Reading, code: str, raw: Raw, path: str) -> Table:
    """
    A component of `uptime-data`, given the key that it stands under.

    Raises:
        MalformedDocument: it is no object.
        LimitExceeded: it nests too deep.
    """
    row = reading.row(raw, EntryRow, path)
    called = CodeRow() if row.component is UNSET else row.component
    start = reading.day(called.startDate, f"{path}.component.startDate")
    component = _component(called, code, start)
    mention = component.ref
    days: list[RecordedDay] = []
    for index, one in enumerate(row.days or ()):
        place = f"{path}.days[{index}]"
        told = one.outages if isinstance(one.outages, OutagesRow) else OutagesRow()
        date = _date(reading, one, one.date, place)
        if date is None:
            continue
        known = start is None or date >= start or (told.m, told.p) != (UNSET, UNSET)
        seconds = _seconds(reading, told.m, told.p, f"{place}.outages", known=known)
        related = _related(reading, one.related_events, f"{place}.related_events")
        days.append(_recorded(mention, date, seconds, related))
    return Table(component, tuple(days))


def _component(row: CodeRow, code: str, start: Date | None) -> Component:
    id = str(row.code) if isinstance(row.code, (str, int)) else code
    name = row.name if isinstance(row.name, str) else id
    return Component(name, id=id, start_date=start)


def _date(reading: Reading, row: wire.Shape, text: Text, path: str) -> Date | None:
    """The day of a row; None if it has none, which is reported."""
    if reading.odd.is_lost(row):
        return None
    if text is UNSET or text is None:
        detail = "a day has no date"
        reading.report.leave_out("item.malformed", path, detail)
        return None
    return reading.day(text, f"{path}.date")


def _seconds(
    reading: Reading, m: Seconds, p: Seconds, path: str, *, known: bool
) -> tuple[int | None, int | None]:
    """The seconds in major and partial outage; None where nothing was recorded."""
    told: list[int | None] = []
    for key, value in (("m", m), ("p", p)):
        if value is UNSET or value is None:
            told.append(0 if known else None)
        elif value < 0:
            detail = "an outage takes no less than no time"
            reading.report.leave_out("value.malformed", f"{path}.{key}", detail, value)
            told.append(None)
        else:
            told.append(value)
    return told[0], told[1]


def _related(
    reading: Reading, rows: list[EventRow] | UnsetType | None, path: str
) -> dict[str, str]:
    """The names of the events related to a day, by their ids."""
    names: dict[str, str] = {}
    for index, row in enumerate(rows or ()):
        if row.code is UNSET:
            if not reading.odd.is_lost(row):
                detail = "an event has no code"
                reading.report.leave_out("item.malformed", f"{path}[{index}]", detail)
            continue
        names[str(row.code)] = row.name if isinstance(row.name, str) else ""
    return names


def _recorded(
    component: ComponentRef,
    date: Date,
    seconds: tuple[int | None, int | None],
    related: Mapping[str, str],
) -> RecordedDay:
    major, partial = seconds
    return RecordedDay(
        component,
        date,
        major_outage=major,
        partial_outage=partial,
        events=FrozenMapping(related),
    )


def read_uptime(reading: Reading, data: bytes) -> StatusPage:
    """
    Some months of one component.

    Raises:
        MalformedDocument: it is no JSON.
        LimitExceeded: it nests too deep, or has too many days.
    """
    document = wire.read(data, Uptime, *reading.careful)
    held = {
        key: reading.untyped(value, f"$.{key}")
        for key in ("component", "component_select_list", "group_component_data")
        if isinstance(value := getattr(document, key), Raw)
    }
    component = whose(held.get("component"), is_group=document.is_group is True)
    days: list[RecordedDay] = []
    kept: list[object] = []
    for index, raw in enumerate(document.months or ()):
        path = f"$.months[{index}]"
        try:
            days += days_of(reading, raw, component.ref, path)
        except LimitExceeded:
            raise
        except MalformedDocument as error:
            reading.report.leave_out("item.malformed", path, error.reason)
        reading.check_count(len(days))
        kept.append(reading.untyped(raw, path))
    told = {**held, "months": tuple(kept), "around": _around(reading, document)}
    return side_page(
        reading, "uptime", components=[component], recorded=days, told=told
    )


def whose(held: object, *, is_group: bool) -> Component:
    """The component that a table is about; its row is one of two kinds."""
    row = wire.mapping(held)
    told = [row.get(key) for key in ("code", "id", "name")]
    code, id, name = (one if isinstance(one, str) else None for one in told)
    id = code or id
    return Component(name or id or "", id=id, is_group=is_group)


def _around(reading: Reading, document: Uptime) -> Mapping[str, object]:
    """What of the document is not its component and its months."""
    ours = Uptime(
        component=as_any(None),
        component_select_list=as_any(None),
        is_group=document.is_group is True,
        months=[],
        group_component_data=as_any(None),
        renderUptimePatternFF=False,
    )
    # What is there is kept in its own place; here, that it is not.
    there = [
        key
        for key in (
            "component",
            "component_select_list",
            "months",
            "group_component_data",
        )
        if getattr(document, key) is not UNSET
    ]
    return reading.kept(document, ours, *there)


def days_of(
    reading: Reading, raw: Raw, mention: ComponentRef, path: str
) -> Iterator[RecordedDay]:
    """
    The days of a month of `uptime`.

    Raises:
        MalformedDocument: it is no object.
        LimitExceeded: it nests too deep.
    """
    row = reading.row(raw, UptimeMonth, path)
    for index, one in enumerate(row.days or ()):
        place = f"{path}.days[{index}]"
        date = _date(reading, one, one.date, place)
        if date is None:
            continue
        is_grey = isinstance(one.color, str) and one.color.upper() == NO_DATA
        known = bool(one.m or one.p) or not is_grey
        m, p = (one.m, one.p) if known else (None, None)
        seconds = _seconds(reading, m, p, place, known=known)
        related = _related(reading, one.events, f"{place}.events")
        yield _recorded(mention, date, seconds, related)
