"""What a page has recorded of outages, as one of the vendor's two tables."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

import attrs
from msgspec import Raw

from incidentkit._component import Component
from incidentkit._finding import Report
from incidentkit._frozen import FrozenMapping
from incidentkit.errors import UnknownFormat
from incidentkit.formats import _wire as wire
from incidentkit.formats._format import Source
from incidentkit.formats._pen import as_any
from incidentkit.formats.statuspage import _uptime as uptime
from incidentkit.formats.statuspage import _uptime_shapes as shapes
from incidentkit.formats.statuspage._calendar import MONTHS
from incidentkit.formats.statuspage._pen import NAME, Pen, items
from incidentkit.formats.statuspage._reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pendulum import Date

    from incidentkit._component import ComponentRef
    from incidentkit._page import StatusPage
    from incidentkit._recorded import RecordedDay

# The colours of a page whose owner chose none: none, partial and major outages.
_GREEN, _YELLOW, _RED = "#2FCC66", "#F1C40F", "#E74C3C"
_DAY = 86_400
_PARTIAL = 0.3


@attrs.frozen
class _Told:
    """A component, its id in the table, and its days with their places on the page."""

    code: str
    component: Component
    days: tuple[tuple[int, RecordedDay], ...]


def uptime_data_value(pen: Pen, page: StatusPage, held: Mapping[str, object]) -> object:
    """
    The last days of every component, as the variable in the page for people.

    A component of which nothing has changed since it was read is written as it was.
    """
    entries = wire.mapping(held.get("entries"))
    tables = _tables(pen, page)
    document: dict[str, object] = {}
    for told in tables:
        raw = entries.get(told.code)
        if raw is None or not _is_still(told, raw):
            raw = _entry(pen, told)
        document[told.code] = raw
    _check_order(pen, page, tables)
    return document


def _tables(pen: Pen, page: StatusPage) -> list[_Told]:
    """The days of each component in the page's order, then of what it does not list."""
    days: dict[str, list[tuple[int, RecordedDay]]] = {}
    for index, day in enumerate(page.recorded):
        days.setdefault(day.component.key, []).append((index, day))
    tables: list[_Told] = []
    for index, (code, one) in enumerate(zip(pen.rows, page.components, strict=True)):
        _check_plain(pen, one, f"$.components[{index}]")
        tables.append(_Told(code, one, tuple(days.pop(one.key, ()))))
    for key, more in days.items():
        place, day = more[0]
        tables.append(_invented(pen, day.component, key, place, tuple(more)))
    return tables


def _invented(
    pen: Pen,
    mention: ComponentRef,
    key: str,
    place: int,
    days: tuple[tuple[int, RecordedDay], ...],
) -> _Told:
    """What is told of a component that the page does not list."""
    path = f"$.recorded[{place}]"
    detail = "the page lists no such component; one is named"
    pen.report.add("value.invented", path, detail, key)
    code = pen.id(mention.id, key, path, "a component")
    return _Told(code, Component(mention.label, id=mention.id), days)


def _check_plain(pen: Pen, one: Component, path: str) -> None:
    """Report what a table does not say of a component."""
    plain = Component(one.name, id=one.id, start_date=one.start_date)
    if attrs.evolve(one, extras={}, links={}) != plain:
        detail = "a table has no more of a component than its name and first day"
        pen.report.add("value.left_out", path, detail, one.name)


def _is_still(told: _Told, raw: object) -> bool:
    """Whether a component that was read still says what is on the page."""
    table = uptime.entry(_silent(), told.code, _raw(raw), "$")
    same = attrs.evolve(told.component, extras={}, links={})
    return table.component == same and list(table.days) == [day for _, day in told.days]


def _entry(pen: Pen, told: _Told) -> shapes.EntryRow:
    """A component with its days; what a day cannot say leaves it out."""
    start = told.component.start_date
    row = shapes.EntryRow(
        component=shapes.CodeRow(code=told.code, name=told.component.name)
    )
    if start is not None:
        as_any(row.component).startDate = start.isoformat()
    row.days = [
        made
        for place, day in told.days
        if _fits(pen, told, place, day)
        for made in [_day(day, start)]
    ]
    return row


def _day(day: RecordedDay, start: Date | None) -> shapes.DayRow:
    outages = shapes.OutagesRow()
    # Zero is said only where its absence would mean that nothing was recorded.
    said_by_absence = start is None or day.date >= start
    if day.major_outage or (day.major_outage == 0 and not said_by_absence):
        outages.m = day.major_outage
    if day.partial_outage or (day.partial_outage == 0 and not said_by_absence):
        outages.p = day.partial_outage
    return shapes.DayRow(
        date=day.date.isoformat(), outages=outages, related_events=_events(day)
    )


def _events(day: RecordedDay) -> list[shapes.EventRow]:
    return [shapes.EventRow(name=name, code=code) for code, name in day.events.items()]


def _fits(
    pen: Pen, told: _Told, place: int, day: RecordedDay, *, grey: bool = False
) -> bool:
    """Whether a table can say what was recorded of a day; if not, it is reported."""
    path = f"$.recorded[{place}]"
    major, partial = day.major_outage, day.partial_outage
    start = told.component.start_date
    unknown = (major, partial) == (None, None)
    if not unknown and None in {major, partial}:
        detail = "the table cannot say that only one kind of outage was recorded"
    elif unknown and not grey and (start is None or day.date >= start):
        detail = "the table cannot say that nothing was recorded"
    else:
        if day.component != told.component.ref:
            detail = "a component is called by one name in the table"
            pen.report.add("value.left_out", path, detail, day.component.label)
        return True
    pen.report.leave_out("item.unfitting", path, detail, day.date, day.component.key)
    return False


def _check_order(pen: Pen, page: StatusPage, tables: Iterable[_Told]) -> None:
    """Report if days do not stand component by component, as they do in a table."""
    places = [place for told in tables for place, _ in told.days]
    if places != list(range(len(page.recorded))):
        detail = "a table has the days of one component together"
        pen.report.add("order.regrouped", "$.recorded", detail)


# -- one component ---------------------------------------------------------------------


def uptime_value(
    pen: Pen, page: StatusPage, held: Mapping[str, object], index: int | None
) -> object:
    """
    The months of one component, as the page `/uptime/<id>` has them.

    Args:
        pen: what to write with.
        page: the page.
        held: what is known of the document that was read, if one was.
        index: the place of the component; None: what is recorded names it.
    """
    days = tuple(enumerate(page.recorded))
    if index is None:
        mention = page.recorded[0].component
        told = _invented(pen, mention, mention.key, 0, days)
    else:
        one = page.components[index]
        _check_plain(pen, attrs.evolve(one, is_group=False), f"$.components[{index}]")
        told = _Told(list(pen.rows)[index], one, days)
    row: object = {"code": told.code, "name": told.component.name}
    if uptime.whose(held.get("component"), is_group=False).ref == told.component.ref:
        row = held.get("component")
    document = shapes.Uptime(
        component=as_any(row),
        component_select_list=as_any(held.get("component_select_list")),
        is_group=told.component.is_group,
        months=as_any(list(_months(pen, told, held.get("months")))),
        group_component_data=as_any(held.get("group_component_data")),
        renderUptimePatternFF=False,
    )
    return wire.restored(document, wire.mapping(held.get("around")))


def _months(pen: Pen, told: _Told, raws: object) -> Iterator[object]:
    """The months as they were read, if their days are still those; else made anew."""
    mention, rows = told.component.ref, items(raws)
    met = [
        day
        for row in rows
        # What is no month has no days.
        if isinstance(row, FrozenMapping)
        for day in uptime.days_of(_silent(), _raw(cast("object", row)), mention, "$")
    ]
    if met == [day for _, day in told.days]:
        yield from rows
        return
    fit = [
        (place, day)
        for place, day in told.days
        if _fits(pen, told, place, day, grey=True)
    ]
    for (year, number), group in groupby(fit, key=_month):
        days = [day for _, day in group]
        known = [day for day in days if day.is_known]
        down = sum(_weighed(day) for day in known)
        yield shapes.UptimeMonth(
            name=MONTHS[number - 1],
            year=year,
            start_offset=days[0].date.replace(day=1).isoweekday() % 7,
            uptime_percentage=1 - down / (len(known) * _DAY) if known else None,
            days=[_month_day(day) for day in days],
        )


def _month(placed: tuple[int, RecordedDay]) -> tuple[int, int]:
    return placed[1].date.year, placed[1].date.month


def _weighed(day: RecordedDay) -> float:
    return (day.major_outage or 0) + _PARTIAL * (day.partial_outage or 0)


def _month_day(day: RecordedDay) -> shapes.MonthDay:
    colour = _RED if day.major_outage else _YELLOW if day.partial_outage else _GREEN
    return shapes.MonthDay(
        color=colour if day.is_known else shapes.NO_DATA,
        date=day.date.isoformat(),
        events=_events(day),
        p=day.partial_outage or 0,
        m=day.major_outage or 0,
    )


def the_recorded(page: StatusPage) -> int | None:
    """
    The place of the one component that something is recorded of; None: not listed.

    Raises:
        UnknownFormat: there is none, or there are several to choose from.
    """
    keys = {day.component.key for day in page.recorded}
    if not keys:
        keys = {one.key for one in page.components}
    if len(keys) != 1:
        what = f"{len(keys)} to choose from" if keys else "none"
        reason = f"the document 'uptime' is about one component; there is {what}"
        raise UnknownFormat(NAME, reason)
    places = [index for index, one in enumerate(page.components) if one.key in keys]
    return places[0] if places else None


def _silent() -> Reading:
    return Reading(Source(data=b"", report=Report()))


def _raw(value: object) -> Raw:
    return Raw(wire.encode(value).encode())
