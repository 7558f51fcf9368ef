"""From a page to a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from incidentkit import _time as time
from incidentkit._frozen import EMPTY
from incidentkit.formats._wire import encode, restored
from incidentkit.formats.jsonfeed import _pen as pen
from incidentkit.formats.jsonfeed._shapes import NAME, Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._finding import Report
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit.formats._format import Target


def write(target: Target) -> str:
    """A page as a feed: every incident and maintenance is an item, the newest first."""
    page, report = target.page, target.report
    is_lone = target.lone is not None
    feed = pen.head(page)
    if page.name is None:
        detail = "a feed has a title, and nobody named the page"
        report.add("value.invented", "$" if is_lone else "$.name", detail)
    posts = [
        *_posts("$" if is_lone else "$.incidents", page.incidents),
        *_posts("$" if is_lone else "$.maintenances", page.maintenances),
    ]
    newest = sorted(posts, key=_posted, reverse=True)
    # Where the page has another order than the feed, items tell where they stood.
    is_placed = not (_is_ordered(page.incidents) and _is_ordered(page.maintenances))
    names = _Names(report)
    items: list[object] = []
    for post in newest:
        place = post.place if is_placed else None
        item = pen.item(post.event, names.of(post, is_lone=is_lone), place)
        items.append(restored(item, post.event.extras.get(NAME, EMPTY)))
    feed.items = cast("list[Item]", items)
    return encode(restored(feed, page.extras.get(NAME, EMPTY)))


class _Post(NamedTuple):
    """What becomes an item, and where it stands on its page."""

    path: str
    place: int
    event: Incident | Maintenance


def _posts(path: str, events: Iterable[Incident | Maintenance]) -> list[_Post]:
    return [_Post(path, place, event) for place, event in enumerate(events)]


def _posted(post: _Post) -> tuple[bool, float]:
    return _when(post.event)


def _when(event: Incident | Maintenance) -> tuple[bool, float]:
    at = event.created_at
    if at is None:
        return False, 0
    return True, time.elapsed(_EPOCH, at) / time.MICROSECOND


_EPOCH = time.instant("2000-01-01T00:00:00Z")


def _is_ordered(events: tuple[Incident | Maintenance, ...]) -> bool:
    times = [_when(event) for event in events]
    return times == sorted(times, reverse=True)


class _Names:
    """The ids of items, which are to be unique."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._met: set[str] = set()
        self._last: dict[str, int] = {}

    def of(self, post: _Post, *, is_lone: bool) -> str:
        path = post.path if is_lone else f"{post.path}[{post.place}]"
        called = post.event.key
        if post.event.id is None:
            detail = "an item has an id; one was derived from its key"
            self._report.add("id.invented", f"{path}.id", detail, called)
        if called in self._met:
            detail = "two items would have the same id; a number was added"
            self._report.add("id.duplicate", f"{path}.id", detail, called)
            called = self._another(called)
        self._met.add(called)
        return called

    def _another(self, called: str) -> str:
        number = self._last.get(called, 1)
        while (name := f"{called} ({number + 1})") in self._met:
            number += 1
        self._last[called] = number + 1
        return name
