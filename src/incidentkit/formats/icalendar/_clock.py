"""
The times of a calendar.

Three forms (RFC 5545, section 3.3.5): with `Z`; in the zone that TZID names, which is
looked up among the zones there are and never in the document; and floating, which is
read in the caller's zone, else in the calendar's, or not at all. A date is its
midnight.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit import _time as time
from incidentkit._clocks import iso_duration
from incidentkit._finding import FINDINGS, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit.formats.icalendar._lines import Line

_TIME: Final = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII | re.IGNORECASE
)


@attrs.frozen
class Clock:
    """What reads times, and tells what it had to guess."""

    report: Report
    zone: tzinfo | None
    """The zone of times that name none."""

    def at(self, line: Line | None, path: str) -> DateTime | None:
        """The instant of a property; None if there is none, or it is no time."""
        if line is None:
            return None
        match = _TIME.fullmatch(line.value.strip(" \t"))
        if match is None:
            self.refuse(path, "no time such as 20210322T192200Z", line.value)
            return None
        year, month, day, hour, minute, second, zulu = match.groups("")
        iso = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}"
        named = None if zulu else line.params.get("TZID")
        zone = self.zone if named is None else time.zone(named)
        if named is not None and zone is None:
            detail = "a zone that is none of the IANA's; the time is read without it"
            self.report.add("zone.unknown", path, detail, named)
            zone, named = self.zone, None
        return self._read(iso + zulu, zone, path, is_named=named is not None)

    def exact(self, said: str | None, path: str) -> DateTime | None:
        """An instant as our own properties have it: RFC 3339."""
        return None if said is None else self._read(said, None, path, is_named=False)

    def _read(
        self, said: str, zone: tzinfo | None, path: str, *, is_named: bool
    ) -> DateTime | None:
        try:
            reading = time.timestamp(said, zone)
        except ValueError:
            detail = "no such time, or one without a zone: read it with tz="
            self.refuse(path, detail, said)
            return None
        for remark in reading.remarks:
            if not (is_named and remark == "time.naive"):
                self.report.add(remark, path, FINDINGS[remark].meaning, said)
        return reading.at

    def after(
        self, start: DateTime | None, line: Line | None, path: str
    ) -> DateTime | None:
        """The instant a length after another; None if there is none."""
        if start is None or line is None:
            return None
        try:
            return time.utc(start + iso_duration(line.value.strip(" \t").lstrip("+")))
        except (ValueError, OverflowError):
            self.refuse(path, "no length such as PT2H, or one out of range", line.value)
            return None

    def first(
        self, lines: Sequence[Line], names: Sequence[str], place: Callable[[str], str]
    ) -> DateTime | None:
        """The first of some times that there is."""
        for name in names:
            line = next((line for line in lines if line.name == name), None)
            at = self.at(line, place(name))
            if at is not None:
                return at
        return None

    def refuse(self, path: str, detail: str, said: str) -> None:
        """Tell of what is no time."""
        self.report.leave_out("time.malformed", path, detail, said)
