"""From a feed to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from incidentkit import _time as time
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._frozen import STATED
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._stretch import Stretch
from incidentkit.errors import LimitExceeded
from incidentkit.formats import _xml as xml
from incidentkit.formats.feeds._entries import Entries
from incidentkit.formats.feeds._pen import Pen
from incidentkit.formats.feeds._shapes import (
    ENTRY_FIELDS,
    ENTRY_LASTING,
    FEED_FIELDS,
    FEED_LASTING,
)
from incidentkit.formats.feeds._told import feed_of, fields, merged, order_of
from incidentkit.formats.feeds._words import (
    MARKUP,
    NAMELESS,
    NOWHERE,
    ORDER,
    TIGHT,
    TITLE,
    address,
    host,
)

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit.formats._format import Source
    from incidentkit.formats.feeds._shapes import Dialect, Entry, Feed


def read(dialect: Dialect, source: Source) -> StatusPage:
    """
    A feed as a page.

    Raises:
        MalformedDocument: it is no XML, or no feed of this kind.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    feed = dialect.parse(xml.parse(source))
    given = source.page or StatusPage()
    zone = source.zone
    if zone is None and given.time_zone is not None:
        zone = time.zone(given.time_zone)
    head = Entries(dialect, source.report, (), zone)
    changed = head.dates.time(feed.updated, feed.place)
    entries = Entries(dialect, source.report, feed.entries, zone, source.at or changed)
    _check_items(entries, source)
    page = page_of(dialect, feed, given, changed)
    events = [entries.event(told) for told in entries.told]
    if not all(told.posts.padded for told in entries.told):
        page = attrs.evolve(page, extras={dialect.name: {MARKUP: TIGHT}})
    pen = Pen(dialect, page)
    events = [
        remembering(event, entry, pen)
        for event, entry in zip(events, feed.entries, strict=True)
    ]
    incidents = tuple(one for one in events if isinstance(one, Incident))
    maintenances = tuple(one for one in events if isinstance(one, Maintenance))
    _check_ids(events, feed, source.report)
    page = attrs.evolve(page, incidents=incidents, maintenances=maintenances)
    page = remembering_head(page, feed, pen, order_of(events))
    known = _coverage(feed, entries, source.at or changed)
    return attrs.evolve(page, coverage=known)


def page_of(
    dialect: Dialect,
    feed: Feed,
    given: StatusPage,
    changed: DateTime | None,
) -> StatusPage:
    """What the head of a feed says of its page, and else the caller."""
    name = feed.author if dialect.has_updated else None
    if name is None and feed.title is not None:
        name = feed.title.removesuffix(TITLE)
    url = address(feed.url)
    return StatusPage(
        given.name if name in {None, NAMELESS} else name,
        url=given.url if url is None or host(url) == NOWHERE else url,
        id=given.id,
        time_zone=given.time_zone,
        updated_at=changed,
    )


def remembering(event: Event, entry: Entry, pen: Pen) -> Event:
    """The event with what its entry says otherwise than we would write it."""
    name = pen.dialect.name
    mine = fields(pen.entry(event), ENTRY_FIELDS)
    theirs = fields(entry, ENTRY_FIELDS)
    kept = _kept(mine, theirs, ENTRY_LASTING)
    return attrs.evolve(event, extras={name: kept}) if kept else event


def remembering_head(page: StatusPage, feed: Feed, pen: Pen, order: str) -> StatusPage:
    """The page with what its feed says otherwise than we would write it."""
    name = pen.dialect.name
    mine = fields(feed_of(page, pen), FEED_FIELDS)
    mine[ORDER] = merged(page, pen)
    theirs = {**fields(feed, FEED_FIELDS), ORDER: order}
    kept = {**page.extras.get(name, {}), **_kept(mine, theirs, FEED_LASTING)}
    return attrs.evolve(page, extras={name: kept}) if kept else page


def _kept(
    mine: dict[str, object], theirs: dict[str, object], lasting: frozenset[str]
) -> dict[str, object]:
    other = {
        name: value
        for name, value in theirs.items()
        if value is not None and value != mine[name]
    }
    stated = {name: value for name, value in other.items() if name not in lasting}
    kept = {name: value for name, value in other.items() if name in lasting}
    return {**kept, STATED: stated} if stated else kept


def _check_items(entries: Entries, source: Source) -> None:
    count = sum(1 + len(told.posts.posts) for told in entries.told)
    if count > (limit := source.limits.items):
        reason = f"{count} entries and updates, and the limit is {limit}"
        raise LimitExceeded("line 1", reason)


def _check_ids(events: list[Event], feed: Feed, report: Report) -> None:
    met: set[str] = set()
    for event, entry in zip(events, feed.entries, strict=True):
        if event.id is not None and event.id in met:
            detail = "two entries have the same id; both are kept"
            report.add("id.duplicate", entry.place, detail, event.id)
        met.add(cast("str", event.id))


def _coverage(feed: Feed, entries: Entries, at: DateTime | None) -> Coverage:
    """
    What the absence of something from a feed means.

    Statuspage lists the newest 25, sorted by their last update: what was updated after
    the oldest of them and is not listed, is not there; of what lies before, nothing is
    known. Other vendors drop items as they please, and their feeds cover nothing.
    A feed without any entry is Statuspage's if it is called so.
    """
    ours = all(told.posts.posts for told in entries.told)
    if not entries.told:
        ours = (feed.title or "").endswith(TITLE)
    if at is None or not ours:
        return NO_COVERAGE
    oldest = entries.dates.oldest() or at
    known = (Stretch(min(oldest, at), at, None),)
    return Coverage(incidents=known, maintenances=known)
