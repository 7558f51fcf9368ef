"""
From a page to a feed.

A feed has no place for much of a page, so the writer does not trust itself: it reads
every entry as it will be read, and reports each difference. What it does not report is,
by construction, what a reader gives back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import attrs

from incidentkit._finding import Report
from incidentkit._page import StatusPage
from incidentkit.formats._format import Limits
from incidentkit.formats._xml import allowed, element
from incidentkit.formats.feeds._entries import Entries
from incidentkit.formats.feeds._losses import report_event, report_page
from incidentkit.formats.feeds._pen import Pen, one_line
from incidentkit.formats.feeds._read import page_of, remembering, remembering_head
from incidentkit.formats.feeds._told import feed_of, order_of, ordered
from incidentkit.formats.feeds._words import MARKUP, TIGHT, address, said, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._frozen import FrozenMapping
    from incidentkit.formats._format import Target
    from incidentkit.formats.feeds._shapes import Dialect, Entry, Feed

_LIMITS: Final = Limits()
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def write(dialect: Dialect, target: Target) -> str:
    """A page as a feed: every incident and maintenance of it is an entry."""
    page, report = target.page, target.report
    pen = Pen(dialect, page)
    places = list(ordered(page, pen))
    if target.lone is not None:
        places = [(event, "$") for event, _ in places]
    events = [event for event, _ in places]
    head = _head(pen, page, events, report, is_lone=target.lone is not None)
    draft = _drafted(pen, head, events)
    for (event, path), entry, back in zip(
        places, draft.entries, draft.events, strict=True
    ):
        if said(event, dialect.name):
            back = remembering(back, entry, pen)  # noqa: PLW2901 - the same, whole
        report_event(path, event, back, report, dialect.name)
    for number in draft.numbered:
        event, path = places[number]
        detail = "two entries would have the same id; a number was added"
        report.add("id.duplicate", path, detail, event.id)
    return dialect.render(attrs.evolve(head, entries=draft.entries))


def _head(
    pen: Pen,
    page: StatusPage,
    events: Sequence[Event],
    report: Report,
    *,
    is_lone: bool,
) -> Feed:
    """The head of the feed, as it was read if that still holds."""
    dialect = pen.dialect
    head = feed_of(page, pen)
    back = _page(dialect, head)
    kept = said(page, dialect.name)
    again = attrs.evolve(head, **_texts(kept, _OF_HEAD, pen))
    if _page(dialect, again) == back:
        head = again
    back = attrs.evolve(
        back,
        incidents=page.incidents,
        maintenances=page.maintenances,
        extras={} if pen.padded else {dialect.name: {MARKUP: TIGHT}},
    )
    back = remembering_head(back, head, pen, order_of(events))
    report_page(page, back, report, dialect.name, is_lone=is_lone)
    if page.name is None:
        detail = "a feed names its page, and nobody named it"
        report.add("value.invented", "$" if is_lone else "$.name", detail)
    if pen.url is None:
        detail = "a feed has an address, and the page none that can be linked to"
        report.add("value.invented", "$" if is_lone else "$.url", detail)
    return head


def _page(dialect: Dialect, head: Feed) -> StatusPage:
    return page_of(dialect, head, StatusPage(), _changed(dialect, head))


def _changed(dialect: Dialect, head: Feed) -> DateTime | None:
    return Entries(dialect, Report(), ()).dates.time(head.updated, head.place)


class _Draft(NamedTuple):
    """Entries, and what a reader takes them for."""

    entries: tuple[Entry, ...]
    events: tuple[Event, ...]
    numbered: tuple[int, ...]
    """Which entries have an id that was made different from another's."""


def _drafted(pen: Pen, head: Feed, events: Sequence[Event]) -> _Draft:
    """The entries, each as it was read where that still holds."""
    entries = [pen.entry(event) for event in events]
    plain = _draft(pen, head, entries)
    restored = [
        attrs.evolve(entry, **_texts(said(event, pen.dialect.name), _OF_ENTRY, pen))
        for event, entry in zip(events, entries, strict=True)
    ]
    if restored == entries:
        return plain
    sound = _sound(events, plain, _draft(pen, head, restored))
    kept = [
        old if holds else new
        for new, old, holds in zip(entries, restored, sound, strict=True)
    ]
    # Entries tell of one another what abbreviations of zones mean, so that what holds
    # among all may not hold among some.
    draft = _draft(pen, head, kept)
    return draft if all(_sound(events, plain, draft)) else plain


def _draft(pen: Pen, head: Feed, entries: Sequence[Entry]) -> _Draft:
    unique, numbered = _unique(entries)
    reader = Entries(pen.dialect, Report(), unique, latest=_changed(pen.dialect, head))
    events = tuple(reader.event(told) for told in reader.told)
    return _Draft(unique, events, numbered)


def _sound(events: Sequence[Event], plain: _Draft, draft: _Draft) -> list[bool]:
    """Whether each entry tells, in every field, what it is to, or all that it can."""
    return [
        _agrees(event, old, back)
        for event, old, back in zip(events, plain.events, draft.events, strict=True)
    ]


def _agrees(event: Event, old: Event, back: Event) -> bool:
    return type(back) is type(event) and all(
        getattr(back, field.name)
        in (getattr(event, field.name), getattr(old, field.name))
        for field in attrs.fields(type(event))
        if field.name != "extras"
    )


def _unique(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[int, ...]]:
    """The entries, no two of one id: a reader of feeds would show one of them only."""
    met: set[str | None] = set()
    made: list[Entry] = []
    numbered: list[int] = []
    counts: dict[str | None, int] = {}
    for index, entry in enumerate(entries):
        id = entry.id
        mark = "#" if id == entry.url else "/"
        while id in met:
            counts[entry.id] = counts.get(entry.id, 1) + 1
            id = f"{entry.id}{mark}{counts[entry.id]}"
        if id != entry.id:
            numbered.append(index)
        met.add(id)
        made.append(entry if id == entry.id else attrs.evolve(entry, id=id))
    return tuple(made), tuple(numbered)


# -- what was read ---------------------------------------------------------------------


def _is_text(value: object, _dialect: Dialect) -> bool:
    return isinstance(value, str) and allowed(value) == value


def _is_line(value: object, _dialect: Dialect) -> bool:
    return isinstance(value, str) and one_line(value) == value


def _is_id(value: object, dialect: Dialect) -> bool:
    # Atom's ids are addresses of a kind (section 4.2.6), RSS's are any text.
    if not isinstance(value, str) or not _is_text(value, dialect):
        return False
    return _IRI.fullmatch(value) is not None if dialect.has_updated else bool(value)


def _is_address(value: object, _dialect: Dialect) -> bool:
    return isinstance(value, str) and address(value) == value


def _is_time(value: object, dialect: Dialect) -> bool:
    return isinstance(value, str) and dialect.is_time(value)


def _are_texts(value: object, dialect: Dialect) -> bool:
    return isinstance(value, tuple) and all(
        _is_text(one, dialect) for one in cast("tuple[object, ...]", value)
    )


def _are_elements(value: object, dialect: Dialect) -> bool:
    if not _are_texts(value, dialect):
        return False
    elements = [element(text, _LIMITS) for text in cast("tuple[str, ...]", value)]
    return all(one is not None and not dialect.is_single(one) for one in elements)


#: What can be put back of a feed and of an entry, and what it has to be.
_OF_HEAD: Final[Mapping[str, Callable[[object, Dialect], bool]]] = {
    "id": _is_id,
    "title": _is_line,
    "author": _is_line,
    "url": _is_address,
    "self_url": _is_address,
    "updated": _is_time,
    "description": _is_text,
    "others": _are_elements,
}
_OF_ENTRY: Final[Mapping[str, Callable[[object, Dialect], bool]]] = {
    "id": _is_id,
    "title": _is_line,
    "url": _is_address,
    "published": _is_time,
    "updated": _is_time,
    "until": _is_time,
    "html": _is_text,
    "summary": _is_text,
    "categories": _are_texts,
    "others": _are_elements,
}


def _texts(
    kept: FrozenMapping[object],
    checks: Mapping[str, Callable[[object, Dialect], bool]],
    pen: Pen,
) -> dict[str, Any]:
    """What extras hold that can be put back; anybody may have made them."""
    held = {**stated(kept), **kept}
    return {
        name: value
        for name, value in held.items()
        if name in checks and checks[name](value, pen.dialect)
    }
