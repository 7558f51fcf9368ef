"""The shapes of both tables of recorded outages: see `_uptime`."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import UNSET, Raw, UnsetType

from incidentkit.formats import _wire as wire

# At run time, for it is from annotations that shapes are made.
from incidentkit.formats.statuspage._shapes import Flag, Text  # noqa: TC001

Seconds: TypeAlias = int | UnsetType | None

#: The colour of a day of which nothing was recorded.
NO_DATA = "#EAEAEA"


class EventRow(wire.Shape):
    """An incident or maintenance that the vendor relates to a day."""

    name: Text = UNSET
    code: wire.Id | UnsetType = UNSET


class CodeRow(wire.Shape):
    """`component`: which it is."""

    code: wire.Id | UnsetType | None = UNSET
    name: Text = UNSET
    startDate: Text = UNSET  # noqa: N815 - the vendor's; missing for the oldest


class OutagesRow(wire.Shape):
    """`outages`: seconds; what there was none of is missing."""

    m: Seconds = UNSET
    p: Seconds = UNSET


class DayRow(wire.Shape):
    """A day of `uptime-data`."""

    date: Text = UNSET
    outages: OutagesRow | UnsetType | None = UNSET
    related_events: list[EventRow] | UnsetType | None = UNSET


class EntryRow(wire.Shape):
    """A component of `uptime-data`."""

    component: CodeRow | UnsetType = UNSET
    days: list[DayRow] | UnsetType = UNSET


class MonthDay(wire.Shape):
    """A day of `uptime`."""

    color: Text = UNSET
    date: Text = UNSET
    events: list[EventRow] | UnsetType | None = UNSET
    p: Seconds = UNSET
    m: Seconds = UNSET


class UptimeMonth(wire.Shape):
    """A month of `uptime`."""

    name: Text = UNSET
    year: int | UnsetType | None = UNSET
    start_offset: int | UnsetType | None = UNSET  # its first day: 0 is a Sunday
    uptime_percentage: float | UnsetType | None = UNSET
    days: list[MonthDay] | UnsetType = UNSET


class Uptime(wire.Shape):
    """`uptime`."""

    component: Raw | UnsetType = UNSET
    component_select_list: Raw | UnsetType = UNSET
    is_group: Flag = UNSET
    months: list[Raw] | UnsetType = UNSET
    group_component_data: Raw | UnsetType = UNSET
    renderUptimePatternFF: Flag = UNSET  # noqa: N815 - the vendor's
