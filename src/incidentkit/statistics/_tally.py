"""Incidents and their hours, counted by month, weekday, impact or component."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, NoReturn, final

import attrs

from incidentkit._clocks import duration_text
from incidentkit._override import override
from incidentkit._time import UTC, elapsed, optional_instant, span
from incidentkit._time import zone as zone_of
from incidentkit._vocabulary import ComponentStatus, Impact
from incidentkit.formats._escape import terminal
from incidentkit.statistics._anchor import of_page
from incidentkit.statistics._calendar import MONTH, WEEKDAY, WEEKDAYS, Calendar, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pendulum import DateTime, Duration

    from incidentkit._component import ComponentRef, Outage
    from incidentkit._event import Event
    from incidentkit._page import StatusPage

_OPERATIONAL = ComponentStatus.OPERATIONAL


class By(Enum):
    """What incidents are counted by."""

    MONTH = "month"
    """The month they began in, in a zone; their hours where they fell."""
    WEEKDAY = "weekday"
    """The day of the week they began on, in a zone; their hours where they fell."""
    IMPACT = "impact"
    """The impact they state."""
    COMPONENT = "component"
    """What they say is broken; the hours are those in which it was."""

    @classmethod
    @override
    def _missing_(cls, value: object) -> NoReturn:
        known = ", ".join(repr(one.value) for one in cls)
        raise ValueError(f"nothing is counted by {value!r}: use one of {known}")


@final
@attrs.frozen(kw_only=True)
class Row:
    """One group of incidents."""

    group: str | None
    """
    Which: `2024-05`, `Monday`, the word of an impact, the key of a component.

    None for what belongs to none: no time told, no impact stated, nothing named broken.
    """
    label: str
    """The same for people: of a component its name. Text from a page, unchanged."""
    incidents: int
    """How many began in it; by component, how many say that it was broken."""
    time: Duration
    """Their hours that fell into it, all incidents summed, those at once as well."""
    unmeasured: int
    """How many of `incidents` are not in `time`: open, or with unknown or odd times."""


@final
@attrs.frozen(kw_only=True)
class Tally:
    """Incidents and their hours by something; `str` of it is a table for people."""

    by: By
    """What they are counted by."""
    rows: tuple[Row, ...]
    """
    The groups met, in their own order, the one of what belongs to none at the end.

    There is no row for a month of which nothing is told: whether nothing happened then,
    only the coverage of a page knows.
    """

    @override
    def __str__(self) -> str:
        head = ("incidents", "unmeasured", "time", self.by.value)
        cells = [head, *map(_cells, self.rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(3)]
        # What a page calls a thing stands last: nobody knows how wide it is.
        return "\n".join(
            "  ".join([*map(str.rjust, row[:3], widths), row[3]]) for row in cells
        )


def tally(
    incidents: StatusPage | Iterable[Event],
    by: By | str,
    *,
    zone: tzinfo | str = UTC,
    now: datetime | str | None = None,
) -> Tally:
    """
    Count incidents and their hours.

    By month, weekday and impact each incident is in one row, and the hours of all rows
    add up to those of all incidents, split where they cross midnight or the end of a
    month. By component an incident is in the row of each component that it says was
    above operational, with the time in which it was; what names none is in the row of
    None with all its time, whether it claims an impact or not.

    >>> from incidentkit import Incident
    >>> incident = Incident.open("API down", at="2024-05-31T22:00:00Z")
    >>> print(tally([incident.resolve(at="2024-06-01T01:30:00Z")], "month"))
    incidents  unmeasured    time  month
            1           0      2h  2024-05
            0           0  1h 30m  2024-06

    Args:
        incidents: what to count; a page stands for its incidents.
        by: what to count by.
        zone: where days and months begin, as an IANA name or itself; UTC without one.
        now: where hours are cut that go on or end later; without it, those of what is
            open are unmeasured.

    Raises:
        ValueError: a word that is none of these, a name that is no zone, or `now` has
            no zone.
    """
    wanted, moment, told = By(by), optional_instant(now), of_page(incidents)
    if wanted is By.COMPONENT:
        return _by_component(told, moment)
    if wanted is By.IMPACT:
        return _by_impact(told, moment)
    return _by_calendar(wanted, Calendar(_UNITS[wanted], _zone(zone)), told, moment)


_UNITS: Mapping[By, Unit] = {By.MONTH: MONTH, By.WEEKDAY: WEEKDAY}
_IMPACTS = tuple(impact.value for impact in Impact)


def _by_calendar(
    by: By, calendar: Calendar, incidents: Iterable[Event], now: DateTime | None
) -> Tally:
    groups = _Groups()
    spans: list[tuple[DateTime, DateTime]] = []
    for event in incidents:
        began, lasted = event.began_at, _span(event, now)
        group = None if began is None else calendar.name(began)
        # Its hours are added below: they may belong to other groups.
        groups.count(group, None if lasted is None else timedelta())
        if lasted is not None:
            spans.append(lasted)
    for name, length in calendar.shares(spans).items():
        groups.add(name, length)
    order = WEEKDAYS if by is By.WEEKDAY else groups.sorted()
    return groups.tally(by, order, "no time told")


def _by_impact(incidents: Iterable[Event], now: DateTime | None) -> Tally:
    groups = _Groups()
    for event in incidents:
        impact = None if event.impact is None else event.impact.value
        groups.count(impact, _lasted(event, now))
    return groups.tally(By.IMPACT, _IMPACTS, "no impact stated")


def _by_component(incidents: Iterable[Event], now: DateTime | None) -> Tally:
    groups = _Groups()
    labels: dict[str, str] = {}
    for event in incidents:
        outages = _outages(event)
        if not outages:
            groups.count(None, _lasted(event, now))
        for component, mine in outages.items():
            labels.setdefault(component.key, component.label)
            broken = _summed(mine, now) if event.start_known else None
            groups.count(component.key, broken)
    order = sorted(labels, key=lambda key: (labels[key], key))
    return groups.tally(By.COMPONENT, order, "nothing named as broken", labels)


def _outages(event: Event) -> dict[ComponentRef, list[Outage]]:
    """What an incident says was above operational, and when; perhaps for no time."""
    broken: dict[str, ComponentRef] = {}
    for update in event.updates:
        for row in update.states:
            if row.status is not None and row.status is not _OPERATIONAL:
                broken.setdefault(row.component.key, row.component)
    outages: dict[ComponentRef, list[Outage]] = {one: [] for one in broken.values()}
    for outage in event.outages:
        outages[broken[outage.component.key]].append(outage)
    return outages


def _summed(outages: Iterable[Outage], now: DateTime | None) -> timedelta | None:
    """How long some outages took by `now`; None if one goes on and there is no now."""
    length = timedelta()
    for outage in outages:
        end = outage.end if now is None else min(outage.end or now, now)
        if end is None:
            return None
        length += max(elapsed(outage.start, end), timedelta())
    return length


def _lasted(event: Event, now: DateTime | None) -> timedelta | None:
    span_of = _span(event, now)
    return None if span_of is None else elapsed(*span_of)


def _span(event: Event, now: DateTime | None) -> tuple[DateTime, DateTime] | None:
    """From when to when an incident took by `now`; None if that cannot be known."""
    began, ended = event.began_at, event.ended_at
    if began is None or not event.start_known:
        return None
    if ended is None and event.is_open:
        ended = now
    if ended is None or ended < began:
        return None
    return (began, ended) if now is None else (min(began, now), min(ended, now))


class _Groups:
    # Counts and hours by group, while they are summed.

    def __init__(self) -> None:
        self._incidents: dict[str | None, int] = {}
        self._unmeasured: dict[str | None, int] = {}
        self._time: dict[str | None, timedelta] = {}

    def count(self, group: str | None, lasted: timedelta | None) -> None:
        """Count one incident, with the time that it adds; None: nobody knows."""
        self._incidents[group] = self._incidents.get(group, 0) + 1
        if lasted is None:
            self._unmeasured[group] = self._unmeasured.get(group, 0) + 1
        else:
            self.add(group, lasted)

    def add(self, group: str | None, length: timedelta) -> None:
        """Add some time."""
        self._time[group] = self._time.get(group, timedelta()) + length

    def sorted(self) -> list[str]:
        """The groups met, in order of their names."""
        met = self._incidents.keys() | self._time.keys()
        return sorted(group for group in met if group is not None)

    def tally(
        self,
        by: By,
        order: Iterable[str],
        none: str,
        labels: Mapping[str, str] | None = None,
    ) -> Tally:
        """The groups met, as rows."""
        met = self._incidents.keys() | self._time.keys()
        known = labels or {}
        return Tally(
            by=by,
            rows=tuple(
                Row(
                    group=group,
                    label=none if group is None else known.get(group, group),
                    incidents=self._incidents.get(group, 0),
                    time=span(self._time.get(group, timedelta())),
                    unmeasured=self._unmeasured.get(group, 0),
                )
                for group in (*order, None)
                if group in met
            ),
        )


def _zone(value: tzinfo | str) -> tzinfo:
    if isinstance(value, tzinfo):
        return value
    found = zone_of(value)
    if found is None:
        raise ValueError(f"{value!r} is no time zone such as 'America/Chicago'")
    return found


def _cells(row: Row) -> tuple[str, str, str, str]:
    return (
        str(row.incidents),
        str(row.unmeasured),
        duration_text(row.time) if row.time else "0",
        " ".join(terminal(row.label).split()),
    )
