"""
What of a JSON document has to be understood value by value: rows, times, words, ids.

Decoding into shapes is the work of `_wire`. What the values mean is asked of a
`Reading`, which reports what it had to guess. A vendor's room makes a class of it, with
what is special about its documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
from msgspec import UNSET, UnsetType

from incidentkit import _time as time
from incidentkit._finding import FINDINGS, Report, shorten
from incidentkit._frozen import freeze
from incidentkit._page import StatusPage
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from msgspec import Raw
    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.formats._format import Source

T = TypeVar("T")
S = TypeVar("S", bound=wire.Shape)


@attrs.define
class Reading:
    """The reading of one document: where findings go, and what its values mean."""

    source: Source
    report: Report = attrs.field(init=False)
    odd: wire.Oddities = attrs.field(init=False, factory=wire.Oddities)
    """The unknown keys of each row that has any."""
    given: StatusPage = attrs.field(init=False)
    """Whose document it is, as the caller says."""
    zone: tzinfo | None = attrs.field(init=False)
    """The zone of times that name none."""
    count: int = attrs.field(init=False, default=0)
    """How many things were read."""
    _times: dict[str, time.Reading] = attrs.field(
        init=False, factory=dict[str, time.Reading]
    )

    def __attrs_post_init__(self) -> None:
        self.report = self.source.report
        self.given = self.source.page or StatusPage()
        self.zone = self.source.zone

    # -- rows --------------------------------------------------------------------------

    def rows(self, raw: bytes | Raw, shape: type[S], path: str) -> list[tuple[str, S]]:
        """
        The rows of an array, or the one that an object is, each with its place.

        What is no row at all is reported and left out.

        Raises:
            MalformedDocument: it is neither.
            LimitExceeded: there are too many of them, or they nest too deep.
        """
        data = bytes(raw)
        if not data.startswith(b"["):
            return [(path, self.counted(self.row(data, shape, path)))]
        depth = self.source.limits.depth
        rows = wire.read_list(data, shape, self.report, self.odd, depth, path)
        return self.present(rows, path)

    def row(self, raw: bytes | Raw, shape: type[S], path: str) -> S:
        """
        A row that is an object, read carefully.

        Raises:
            MalformedDocument: it is none.
            LimitExceeded: it nests too deep.
        """
        depth = self.source.limits.depth
        return wire.careful(raw, shape, self.report, self.odd, depth, path)

    def untyped(self, raw: bytes | Raw, path: str) -> object:
        """
        A value of no declared kind, frozen.

        Raises:
            MalformedDocument: it is none that JSON knows.
            LimitExceeded: it nests too deep.
        """
        try:
            return freeze(wire.parse(raw, object), self.source.limits.depth)
        except MalformedDocument as error:
            raise type(error)(path, error.reason) from None
        except ValueError as error:
            raise LimitExceeded(path, str(error)) from None

    def present(
        self, rows: list[S] | UnsetType | None, path: str
    ) -> list[tuple[str, S]]:
        """
        The rows of an array that were not left out, each with its place.

        Raises:
            LimitExceeded: there are too many of them.
        """
        if rows is UNSET or rows is None:
            return []
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
        """A time; what had to be guessed is reported, and what is none left out."""
        if text is UNSET or text is None:
            return None
        try:
            reading = self._time(text)
        except ValueError as error:
            self.report.leave_out("time.malformed", path, str(error), text)
            return None
        for remark in reading.remarks:
            self.remark(remark, path, text)
        return reading.at

    def remark(self, code: str, path: str, text: str) -> None:
        """Report what had to be guessed of a time."""
        self.report.add(code, path, FINDINGS[code].meaning, text)

    def _time(self, text: str) -> time.Reading:
        known = self._times.get(text)
        if known is None:
            known = self._times[text] = time.timestamp(text, self.zone)
        return known

    def word(
        self, table: Mapping[str, T | None], word: str | UnsetType | None, path: str
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

    def kept(
        self, row: wire.Shape, ours: wire.Shape, odd: wire.Shape | None = None
    ) -> dict[str, object]:
        """
        What extras must hold for our writer to give a row back as it was.

        Args:
            row: what was read.
            ours: what our writer would write.
            odd: the row that unknown keys came with, if it is not the same.
        """
        unknown = self.odd.of(row if odd is None else odd)
        return wire.kept(row, ours, unknown, self.same, frozenset())

    def same(self, name: str, theirs: object, mine: object) -> bool:
        """Whether two values of a key mean the same: equal instants do."""
        if not self.is_time(name):
            return False
        if not (isinstance(theirs, str) and isinstance(mine, str)):
            return False
        try:
            return self._time(theirs).at == self._time(mine).at
        except ValueError:
            return False

    def is_time(self, name: str) -> bool:
        """Whether times stand under a key."""
        return name.endswith("_at")

    # -- what cannot be right ----------------------------------------------------------

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
