"""What of a feed has to be understood value by value: words, times, mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import attrs
from msgspec import UNSET, UnsetType

from incidentkit import _time as time
from incidentkit._component import make_ref, make_state
from incidentkit._finding import FINDINGS, Report
from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
    words,
)
from incidentkit.formats import _wire as wire
from incidentkit.formats.jsonfeed._shapes import EXTENSION, Mention, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from pendulum import Date, DateTime

    from incidentkit._component import ComponentRef, ComponentState

V = TypeVar("V")
S = TypeVar("S", bound=wire.Shape)

IMPACTS: Final = words(Impact)
INCIDENT_STATUSES: Final = words(IncidentStatus)
INDICATORS: Final = words(Indicator)
LEVELS: Final = words(ComponentStatus)
MAINTENANCE_STATUSES: Final = words(MaintenanceStatus)


@attrs.define
class Values:
    """The values of one feed, and where findings about them go."""

    report: Report
    zone: tzinfo | None
    odd: wire.Oddities = attrs.field(factory=wire.Oddities)
    """The unknown keys of each shape that has any."""

    def word(self, said: object, table: Mapping[str, V], path: str) -> V | None:
        """What a word means; None if there is none, or nobody knows it."""
        if not isinstance(said, str):
            return None
        found = table.get(said)
        if found is None:
            detail = f"a word that is none of {', '.join(table)}"
            self.report.add("word.unknown", path, detail, said)
        return found

    def at(self, said: object, path: str) -> DateTime | None:
        """The instant that is told; None if there is none, or it is no time."""
        if not isinstance(said, str):
            return None
        try:
            reading = time.timestamp(said, self.zone)
        except ValueError:
            detail = "not a time as RFC 3339 has them, or there was no such day"
            self.leave_out("time.malformed", path, detail, said)
            return None
        for remark in reading.remarks:
            self.report.add(remark, path, FINDINGS[remark].meaning, said)
        return reading.at

    def date(self, said: object, path: str) -> Date | None:
        """The day that is told; None if there is none, or it is no day."""
        if not isinstance(said, str):
            return None
        try:
            return time.date(said)
        except ValueError:
            detail = "not a date such as 2021-03-22"
            self.leave_out("time.malformed", path, detail, said)
            return None

    def items(self, said: list[S] | UnsetType, path: str) -> Iterator[tuple[str, S]]:
        """The objects of a list that could be read, each with its place."""
        for index, shape in enumerate([] if said is UNSET else said):
            if not self.odd.is_lost(shape):
                place = f"{path}[{index}]"
                self.strange(shape, place)
                yield place, shape

    def strange(self, shape: wire.Shape, path: str) -> None:
        """Tell of the keys that the extension does not have: it keeps none."""
        if type(shape).__name__ in _KEEPING:
            return
        for key, value in self.odd.of(shape).items():
            detail = f"{EXTENSION!r} has no such key here"
            self.report.leave_out("value.left_out", path, detail, f"{key}: {value!r}")

    def mention(self, said: Mention | UnsetType, path: str) -> ComponentRef | None:
        """A mention of a component; None if it is of none."""
        if said is UNSET or (said.name is UNSET and said.id is UNSET):
            detail = "a component is mentioned by name, by id, or both"
            self.leave_out("item.malformed", path, detail)
            return None
        self.strange(said, path)
        return make_ref(given(said.name), id=given(said.id))

    def mentions(
        self, said: list[Mention] | UnsetType, path: str
    ) -> tuple[ComponentRef, ...]:
        """The mentions of a list, but for those of none."""
        met = (self.mention(one, place) for place, one in self.items(said, path))
        return tuple(one for one in met if one is not None)

    def states(
        self, said: list[State] | UnsetType, path: str
    ) -> tuple[ComponentState, ...]:
        """The levels of a list, but for those of no component."""
        made: list[ComponentState] = []
        for place, row in self.items(said, path):
            mention = self.mention(row.component, f"{place}.component")
            if mention is not None:
                status = self.word(row.status, LEVELS, f"{place}.status")
                before = self.word(row.before, LEVELS, f"{place}.before")
                made.append(make_state(mention, status, before))
        return tuple(made)

    def leave_out(self, code: str, path: str, detail: str, said: object = None) -> None:
        """Tell of something that is not in the page."""
        self.report.leave_out(code, path, detail, said)


#: The shapes whose unknown keys are kept, in extras.
_KEEPING: Final = frozenset({"Feed", "Item"})


def given(value: V | UnsetType | None) -> V | None:
    """A value, or None if its key is absent."""
    return None if value is UNSET else value
