"""What of a document has to be understood value by value: times, numbers, ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
from msgspec import UNSET, Raw, UnsetType

from incidentkit import _time as time
from incidentkit._finding import FINDINGS, Report, shorten
from incidentkit._page import StatusPage
from incidentkit.errors import LimitExceeded
from incidentkit.formats import _wire as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.formats._format import Source
    from incidentkit.formats.cachet._words import Version

T = TypeVar("T")
S = TypeVar("S", bound=wire.Shape)


@attrs.define
class Reading:
    """The reading of one document: where findings go, and what its values mean."""

    source: Source
    version: Version
    report: Report = attrs.field(init=False)
    odd: wire.Oddities = attrs.field(factory=wire.Oddities)
    """The unknown keys of each row that has any."""
    given: StatusPage = attrs.field(init=False)
    """Whose document it is, as the caller says."""
    zone: tzinfo = attrs.field(init=False)
    """The zone of the installation, in which its times are."""
    zone_name: str | None = attrs.field(init=False)
    """What that zone is called, if the caller told it."""
    _is_told: bool = attrs.field(init=False)
    _times: dict[str, time.Reading] = attrs.field(factory=dict[str, time.Reading])
    count: int = 0
    """How many things were read."""

    def __attrs_post_init__(self) -> None:
        self.report = self.source.report
        self.given = self.source.page or StatusPage()
        name = self.given.time_zone
        told = self.source.zone or (None if name is None else time.zone(name))
        self._is_told = told is not None
        self.zone = told or time.UTC
        # Of other kinds of zone nobody knows the IANA name.
        self.zone_name = name if self.source.zone is None else zone_name(told)

    # -- rows --------------------------------------------------------------------------

    def rows(self, raw: Raw, shape: type[S], path: str) -> list[tuple[str, S]]:
        """
        The rows of an array, or the one that an object is, each with its place.

        What is no row at all is reported and left out.

        Raises:
            LimitExceeded: there are too many of them.
        """
        depth = self.source.limits.depth
        if not bytes(raw).startswith(b"["):
            return [(path, self.counted(self.row(raw, shape, path)))]
        rows = wire.read_list(bytes(raw), shape, self.report, self.odd, depth, path)
        return self.present(rows, path)

    def row(self, raw: Raw, shape: type[S], path: str) -> S:
        """
        A row that is an object, read carefully.

        Raises:
            LimitExceeded: it nests too deep.
        """
        depth = self.source.limits.depth
        return wire.careful(raw, shape, self.report, self.odd, depth, path)

    def present(self, rows: list[S], path: str) -> list[tuple[str, S]]:
        """The rows of an array that were not left out, each with its place."""
        return [
            (f"{path}[{index}]", self.counted(row))
            for index, row in enumerate(rows)
            if not self.odd.is_lost(row)
        ]

    def counted(self, row: T) -> T:
        """
        A row, counted.

        Raises:
            LimitExceeded: it is one too many.
        """
        self.count += 1
        limit = self.source.limits.items
        if self.count > limit:
            raise LimitExceeded("$", f"more things than the limit, which is {limit}")
        return row

    # -- values ------------------------------------------------------------------------

    def when(self, text: str | UnsetType | None, path: str) -> DateTime | None:
        """A time, in the zone of the installation unless it names another."""
        if text is UNSET or text is None or not text:
            return None
        try:
            reading = self._read_time(text)
        except ValueError as error:
            self.report.leave_out("time.malformed", path, str(error), text)
            return None
        for remark in reading.remarks:
            if remark != "time.naive":
                self.report.add(remark, path, FINDINGS[remark].meaning, text)
            elif not self._is_told:
                detail = "no zone is named, and UTC was taken: give the page's with tz="
                self.report.add(remark, path, detail, text)
        return reading.at

    def _read_time(self, text: str) -> time.Reading:
        known = self._times.get(text)
        if known is None:
            known = self._times[text] = time.timestamp(text, self.zone)
        return known

    def word(
        self,
        table: Mapping[int, T | None],
        number: int | str | UnsetType | None,
        path: str,
    ) -> T | None:
        """What a number means; None for one that nobody knows, which is reported."""
        if number is UNSET or number is None:
            return None
        if isinstance(number, str):
            digits = number.isascii() and number.isdigit() and len(number) == 1
            found = int(number) if digits else -1
        else:
            found = number
        if found not in table:
            detail = f"nobody knows the number {shorten(number)}"
            self.report.add("word.unknown", path, detail, number)
            return None
        return table[found]

    def label(
        self, word: str | UnsetType | None, table: Mapping[str, T], path: str
    ) -> T | None:
        """What a word means; None for one that nobody knows, which is reported."""
        if word is UNSET or word is None:
            return None
        if word not in table:
            detail = f"nobody knows the word {shorten(word)!r}"
            self.report.add("word.unknown", path, detail, word)
        return table.get(word)

    def name(self, name: str | UnsetType, path: str) -> str:
        """A name; one that is missing is empty."""
        if name is UNSET:
            self.report.add("value.missing", path, "it has no name")
            return ""
        return name

    def is_nothing(self, id: object, name: object, path: str) -> bool:
        """Whether there is neither an id nor a name, which is reported."""
        if not (id is None or id is UNSET) or name is not UNSET:
            return False
        detail = "it has no id and no name"
        self.report.leave_out("item.malformed", path, detail)
        return True

    # -- what is kept ------------------------------------------------------------------

    def kept(self, row: wire.Shape, ours: wire.Shape, *apart: str) -> dict[str, object]:
        """What extras must hold for our writer to give a row back as it was."""
        return wire.kept(row, ours, self.odd.of(row), self.same, frozenset(apart))

    def same(self, name: str, theirs: object, mine: object) -> bool:
        """Whether two values of a key mean the same: equal instants do."""
        if not name.endswith("_at"):
            return False
        if not (isinstance(theirs, str) and isinstance(mine, str)):
            return False
        try:
            return self._read_time(theirs).at == self._read_time(mine).at
        except ValueError:
            return False

    def tell_amiss(self, event: Event, path: str) -> None:
        """Report what an event says that cannot be right."""
        for finding in event.amiss:
            if finding.code != "component.left_broken":
                self.report.add(finding.code, path, finding.detail, finding.value)

    def check_ids(
        self, things: Iterable[Component | Event | Update], path: str
    ) -> None:
        """Report ids that are missing, or that several things share; they are kept."""
        met: set[str] = set()
        for thing in things:
            if thing.id is None:
                self.report.add("id.missing", path, "a thing here has no id")
            elif thing.id in met:
                detail = "two things here share an id; both are kept"
                self.report.add("id.duplicate", path, detail, thing.id)
            else:
                met.add(thing.id)


def zone_name(zone: tzinfo | None) -> str | None:
    """The IANA name of a zone, if it is of a kind that has one."""
    name = str(zone)
    return name if time.zone(name) is not None else None


def id_text(id: str | int | UnsetType | None) -> str | None:
    """An id as text; 0 is how the vendor says that there is none."""
    return None if id is UNSET or id is None or id in {0, "0", ""} else str(id)


def text_of(value: str | UnsetType | None) -> str | None:
    """A text, if there is one."""
    return None if value is UNSET else value
