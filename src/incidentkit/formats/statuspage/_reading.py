"""What of a document has to be understood value by value: times, words, ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import msgspec
from msgspec import UNSET, Raw, UnsetType

from incidentkit import _time as time
from incidentkit._finding import FINDINGS, Report, shorten
from incidentkit._frozen import ABSENT, freeze
from incidentkit.errors import LimitExceeded
from incidentkit.formats import _wire as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo
    from enum import Enum

    from pendulum import Date, DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit.formats._format import Source

    M = TypeVar("M", bound=Enum)
S = TypeVar("S", bound=wire.Shape)

_TIMES = frozenset(
    {
        *("created_at", "updated_at", "display_at", "monitoring_at", "resolved_at"),
        *("started_at", "scheduled_for", "scheduled_until"),
        *("postmortem_published_at", "generated_at", "start_time", "end_time"),
    }
)
#: Spellings of words met on pages that imitate the vendor's.
_SPELLINGS: Mapping[str, str] = {"canceled": "cancelled", "complete": "completed"}


def straight(data: bytes, kind: Any) -> Any:  # noqa: ANN401 - a type, and a value of it
    """JSON of a type; None if anything about it does not fit."""
    try:
        return wire.decoder(kind).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


@attrs.define
class Reading:
    """The reading of one document: where findings go, and what times and words mean."""

    source: Source
    report: Report = attrs.field(init=False)
    odd: wire.Oddities = attrs.field(factory=wire.Oddities)
    """The unknown keys of each row that has any."""
    times: time.Times = attrs.field(factory=time.Times)
    zone: tzinfo | None = attrs.field(init=False)
    """The zone of times that name none."""

    def __attrs_post_init__(self) -> None:
        self.report = self.source.report
        self.zone = self.source.zone

    @property
    def careful(self) -> tuple[Report, wire.Oddities, int]:
        """What the careful way of decoding needs."""
        return self.report, self.odd, self.source.limits.depth

    def check_count(self, count: int) -> None:
        """
        Refuse a document with too many things in it.

        Raises:
            LimitExceeded: it has.
        """
        if count > (limit := self.source.limits.items):
            raise LimitExceeded("$", f"{count} things, and the limit is {limit}")

    def around(self, row: wire.Shape, written: Iterable[str]) -> dict[str, object]:
        """What extras must hold of a whole document, given the keys our writer has."""
        absent = tuple(name for name in written if getattr(row, name) is UNSET)
        unknown = self.odd.of(row)
        return {**unknown, ABSENT: absent} if absent else dict(unknown)

    def rows(self, data: bytes, shape: type[S], path: str = "$") -> list[S]:
        """An array of rows, the odd ones read carefully."""
        return wire.read_list(data, shape, *self.careful, path)

    def row(self, raw: Raw, shape: type[S], path: str) -> S:
        """
        One row, read carefully if it is odd.

        Raises:
            MalformedDocument: it is no object.
            LimitExceeded: it nests too deep.
        """
        made: S | None = straight(bytes(raw), shape)
        return wire.careful(raw, shape, *self.careful, path) if made is None else made

    def untyped(self, raw: Raw, path: str) -> object:
        """
        A value of no declared kind, frozen.

        Raises:
            MalformedDocument: it is none that JSON knows.
            LimitExceeded: it nests too deep.
        """
        try:
            return freeze(wire.parse(raw, object), self.source.limits.depth)
        except ValueError as error:
            raise LimitExceeded(path, str(error)) from None

    def zone_of(self, page: StatusPage) -> tzinfo | None:
        """The zone of a page's times: its own, else the caller's."""
        own = None if page.time_zone is None else time.zone(page.time_zone)
        return self.source.zone if own is None else own

    def when(self, text: str | UnsetType | None, path: str) -> DateTime | None:
        """A time, as strictly as may be; what had to be guessed is reported."""
        if text is UNSET or text is None:
            return None
        try:
            return self.times[text]
        except ValueError:
            pass
        try:
            reading = time.timestamp(text, self.zone)
        except ValueError as error:
            self.report.leave_out("time.malformed", path, str(error), text)
            return None
        for remark in reading.remarks:
            self.report.add(remark, path, FINDINGS[remark].meaning, text)
        return reading.at

    def day(self, text: str | UnsetType | None, path: str) -> Date | None:
        """A day, or None for what is none."""
        if text is UNSET or text is None:
            return None
        try:
            # The pages for people have the midnight at which it begins, in their zone.
            return time.date(text[:10] if text[10:11] == "T" else text)
        except ValueError as error:
            self.report.leave_out("time.malformed", path, str(error), text)
            return None

    def word(
        self, table: Mapping[str, M], word: str | UnsetType | None, path: str
    ) -> M | None:
        """The member of a word; None for one that nobody knows, which is reported."""
        if word is UNSET or word is None:
            return None
        member = table.get(word)
        if member is not None:
            return member
        plain = word.strip().lower().replace(" ", "_").replace("-", "_")
        member = table.get(_SPELLINGS.get(plain, plain))
        if member is not None:
            detail = f"{shorten(word)!r} is spelt {member.value!r}"
            self.report.add("word.respelled", path, detail, word)
        elif plain == "update":
            detail = "'update' names no status: it moves nothing"
            self.report.add("word.label", path, detail, word)
        else:
            detail = f"nobody knows the word {shorten(word)!r}"
            self.report.add("word.unknown", path, detail, word)
        return member

    def kept(
        self,
        row: wire.Shape,
        ours: wire.Shape,
        *apart: str,
        odd: wire.Shape | None = None,
    ) -> dict[str, object]:
        """
        What extras must hold for our writer to give a row back as it was.

        Args:
            row: what was read.
            ours: what our writer would make of the model.
            apart: the keys that are kept in their own place.
            odd: the row that unknown keys came with, where `row` is a copy of it.

        Raises:
            LimitExceeded: a value nests too deep to be kept.
        """
        unknown = self.odd.of(row if odd is None else odd)
        try:
            return wire.kept(row, ours, unknown, self.same, frozenset(apart))
        except ValueError as error:
            raise LimitExceeded("$", str(error)) from None

    def same(self, name: str, theirs: object, mine: object) -> bool:
        """Whether two values of a key mean the same: equal instants do."""
        if name not in _TIMES or not (
            isinstance(theirs, str) and isinstance(mine, str)
        ):
            return False
        try:
            return self.times[theirs] == self.times[mine]
        except ValueError:
            return False

    def check_ids(
        self, things: Iterable[Component | Event | Update], path: str
    ) -> None:
        """Report ids that several things share; they are kept."""
        met: set[str] = set()
        for thing in things:
            if thing.id is not None and thing.id in met:
                detail = "two things here share an id; both are kept"
                self.report.add("id.duplicate", path, detail, thing.id)
            met.add(thing.id or "")
