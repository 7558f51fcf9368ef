"""
What both versions put around what a document holds, and what is remembered of it.

The API puts an array or an object into `data`, and beside it what it has to say of
pages; people keep the object alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from msgspec import Raw

from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._frozen import DOCUMENT, EMPTY, FrozenMapping
from incidentkit._stretch import Stretch
from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Source
    from incidentkit.formats.cachet._reading import Reading

LIST: Final = "list"
SINGLE: Final = "single"
BARE: Final = "bare"
BARE_LIST: Final = "bare-list"
FORMS: Final = frozenset({LIST, SINGLE, BARE, BARE_LIST})


@attrs.frozen(kw_only=True)
class Envelope:
    """A document, opened."""

    form: str
    """`LIST` or `SINGLE`, in `data`; else `BARE` or `BARE_LIST`."""
    raw: Raw
    """What it holds: an array or an object."""
    path: str
    """Where that stands."""
    around: Mapping[str, Raw]
    """What stands beside it."""

    @property
    def count(self) -> int:
        """How many things it holds."""
        if self.form in {SINGLE, BARE}:
            return 1
        return len(wire.parse(self.raw, list[Raw]))

    def first(self) -> Mapping[str, Raw]:
        """
        The keys of what it holds, or of the first thing in it; none if it is empty.

        Raises:
            MalformedDocument: it holds no object.
        """
        if self.form in {SINGLE, BARE}:
            return wire.parse(self.raw, dict[str, Raw])
        for piece in wire.parse(self.raw, list[Raw]):
            if bytes(piece).startswith(b"{"):
                return wire.parse(piece, dict[str, Raw])
        return {}


def opened(source: Source) -> Envelope:
    """
    A document, opened.

    Raises:
        MalformedDocument: it is no JSON, or neither an array nor an object.
        LimitExceeded: it is too large, or nests too deep.
    """
    data = wire.utf8(source).strip(b" \t\r\n")
    if data.startswith(b"["):
        wire.parse(data, list[Raw])
        return Envelope(form=BARE_LIST, raw=Raw(data), path="$", around={})
    keys = wire.parse(data, dict[str, Raw])
    if "data" not in keys:
        return Envelope(form=BARE, raw=Raw(data), path="$", around={})
    top = keys.pop("data")
    opening = bytes(memoryview(top)[:1])
    if opening not in {b"[", b"{"}:
        raise MalformedDocument("$.data", "an array or an object is wanted")
    form = LIST if opening == b"[" else SINGLE
    return Envelope(form=form, raw=top, path="$.data", around=keys)


def remembering(
    page: StatusPage,
    reading: Reading,
    envelope: Envelope,
    document: str,
    **more: object,
) -> StatusPage:
    """A page that remembers which document it was read from, and what was around it."""
    around = {
        key: reading.untyped(raw, f"$.{key}") for key, raw in envelope.around.items()
    }
    remembered = {
        "name": document,
        "form": envelope.form,
        "around": FrozenMapping(around),
        "count": envelope.count,
        **{key: value for key, value in more.items() if value},
    }
    extras = {reading.version.name: {DOCUMENT: remembered}}
    return attrs.evolve(page, extras=extras)


def remembered(page: StatusPage, name: str) -> Mapping[str, object]:
    """What a page remembers of the document it was read from."""
    return wire.mapping(page.extras.get(name, EMPTY).get(DOCUMENT))


def covered(
    events: Iterable[Event], at: DateTime | None, *, is_newest: bool
) -> tuple[Stretch[None], ...]:
    """
    The stretch in which what a list does not name did not happen.

    From the oldest it names: what lies before that may be on another page of the list.

    Args:
        events: what it names.
        at: when it was fetched.
        is_newest: whether it is the newest part of the whole list.
    """
    if at is None or not is_newest:
        return ()
    oldest = at
    for event in events:
        if event.created_at is not None and event.created_at < oldest:
            oldest = event.created_at
    return (Stretch(oldest, at, None),)


def coverage(
    page: StatusPage, document: str, at: DateTime | None, *, is_newest: bool
) -> Coverage:
    """What the absence of something from a document means."""
    if document == "incidents":
        known = covered(page.incidents, at, is_newest=is_newest)
        return Coverage(incidents=known)
    if document == "schedules":
        known = covered(page.maintenances, at, is_newest=is_newest)
        return Coverage(maintenances=known)
    if document == "components":
        return Coverage(states=covered((), at, is_newest=is_newest))
    return NO_COVERAGE
