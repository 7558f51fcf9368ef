"""What a feed is to tell of a page, before any memory of the feed it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._maintenance import Maintenance
from incidentkit.formats.feeds._pen import one_line
from incidentkit.formats.feeds._shapes import Feed
from incidentkit.formats.feeds._words import (
    INCIDENT,
    NAMELESS,
    NOWHERE,
    ORDER,
    PLANNED,
    TITLE,
    said,
    stated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats.feeds._pen import Pen
    from incidentkit.formats.feeds._shapes import Entry


def feed_of(page: StatusPage, pen: Pen) -> Feed:
    """What the head of a feed is to tell of a page."""
    name = one_line(page.name or "") or None
    title = (NAMELESS if name is None else name) + TITLE
    changed = pen.time(pen.changed)
    if not pen.dialect.has_updated:
        return Feed(
            title=title,
            url=pen.url or f"http://{NOWHERE}",
            description="Statuspage",
            updated=changed,
        )
    return Feed(
        id=f"tag:{pen.host},2005:/history",
        title=title,
        author=name or NAMELESS,
        url=pen.url,
        self_url=None if pen.url is None else f"{pen.url.rstrip('/')}/history.atom",
        updated=changed,
    )


def ordered(page: StatusPage, pen: Pen) -> Iterator[tuple[Event, str]]:
    """
    The incidents and maintenances of a page with their places, as a feed lists them.

    Each kind stays in the page's own order, which a reading gives back; a page that
    lists the newest first, as most do, gives a feed that does (RFC 4287, section 4.1.1,
    gives the order no meaning).
    """
    incidents = ((one, f"$.incidents[{n}]") for n, one in enumerate(page.incidents))
    maintenances = (
        (one, f"$.maintenances[{n}]") for n, one in enumerate(page.maintenances)
    )
    for kind in _order(page, pen):
        yield next(incidents if kind == INCIDENT else maintenances)


def merged(page: StatusPage, pen: Pen) -> str:
    """Which kind is next in the feed, letter by letter: the newer one."""
    kinds = [
        [pen.published(one) for one in reversed(events)]
        for events in (page.incidents, page.maintenances)
    ]
    letters: list[str] = []
    while kinds[0] and kinds[1]:
        is_planned = kinds[0][-1] < kinds[1][-1]
        kinds[is_planned].pop()
        letters.append(PLANNED if is_planned else INCIDENT)
    return "".join(letters) + INCIDENT * len(kinds[0]) + PLANNED * len(kinds[1])


def order_of(events: Iterable[Event]) -> str:
    """Which kind each of some events is, letter by letter."""
    return "".join(
        PLANNED if isinstance(event, Maintenance) else INCIDENT for event in events
    )


def _order(page: StatusPage, pen: Pen) -> str:
    """The order of the kinds in the feed that was read, if it is still of as many."""
    order = stated(said(page, pen.dialect.name)).get(ORDER)
    mine = merged(page, pen)
    if isinstance(order, str) and sorted(order) == sorted(mine):
        return order
    return mine


def fields(record: Entry | Feed, names: Iterable[str]) -> dict[str, object]:
    """Some fields of a record."""
    return {name: getattr(record, name) for name in names}
