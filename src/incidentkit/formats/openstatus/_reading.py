"""What of a document has to be understood value by value: times, words, ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
from msgspec import UNSET, UnsetType

from incidentkit import _time as time
from incidentkit._finding import FINDINGS, Report, shorten
from incidentkit._page import StatusPage
from incidentkit.errors import LimitExceeded
from incidentkit.formats import _wire as wire
from incidentkit.formats.openstatus._rows import OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from msgspec import Raw
    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.formats._format import Source

T = TypeVar("T")
S = TypeVar("S", bound=wire.Shape)

_TIMES = frozenset({"date", "from", "to", "createdAt", "updatedAt"})


@attrs.define
class Reading:
    """The reading of one document: where findings go, and what its values mean."""

    source: Source
    document: str
    """Which document it is."""
    report: Report = attrs.field(init=False)
    odd: wire.Oddities = attrs.field(factory=wire.Oddities)
    """The unknown keys of each row that has any."""
    given: StatusPage = attrs.field(init=False)
    """Whose document it is, as the caller says."""
    count: int = 0
    """How many things were read."""

    def __attrs_post_init__(self) -> None:
        self.report = self.source.report
        self.given = self.source.page or StatusPage()

    # -- rows --------------------------------------------------------------------------

    def rows(self, raw: bytes | Raw, shape: type[S], path: str) -> list[tuple[str, S]]:
        """The rows of an array, or the one that an object is, each with its place."""
        depth, data = self.source.limits.depth, bytes(raw)
        if not data.startswith(b"["):
            row = wire.careful(data, shape, self.report, self.odd, depth, path)
            return [(path, self.counted(row))]
        rows = wire.read_list(data, shape, self.report, self.odd, depth, path)
        return self.present(rows, path)

    def present(
        self, rows: list[S] | UnsetType | None, path: str
    ) -> list[tuple[str, S]]:
        """The rows of an array that were not left out, each with its place."""
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
        """A time; what had to be guessed is reported."""
        if text is UNSET or text is None:
            return None
        try:
            reading = time.timestamp(text, self.source.zone)
        except ValueError as error:
            self.report.leave_out("time.malformed", path, str(error), text)
            return None
        for remark in reading.remarks:
            self.report.add(remark, path, FINDINGS[remark].meaning, text)
        return reading.at

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
        if id is not UNSET or name is not UNSET:
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
        said = wire.kept(row, ours, unknown, self.same, frozenset())
        return {OF: self.document, **said} if said else said

    def same(self, name: str, theirs: object, mine: object) -> bool:
        """Whether two values of a key mean the same: equal instants do."""
        if name not in _TIMES or not (
            isinstance(theirs, str) and isinstance(mine, str)
        ):
            return False
        try:
            zone = self.source.zone
            return time.timestamp(theirs, zone).at == time.timestamp(mine, zone).at
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


def id_text(id: str | int | UnsetType | None) -> str | None:
    """An id as text."""
    return None if id is UNSET or id is None else str(id)


def ids_of(ids: list[str | int] | UnsetType | None) -> list[str]:
    """The ids of an array; none if there is none."""
    return [] if ids is UNSET or ids is None else list(map(str, ids))


def text_of(value: str | UnsetType | None) -> str:
    """A text, or an empty one."""
    return value if isinstance(value, str) else ""
