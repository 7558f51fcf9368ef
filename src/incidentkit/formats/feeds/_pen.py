"""How the entries of a feed are written."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from incidentkit._clocks import month_day
from incidentkit._maintenance import Maintenance
from incidentkit._time import local, offset_text, rfc3339, zone
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats._xml import allowed
from incidentkit.formats.feeds._posts import Post, render
from incidentkit.formats.feeds._shapes import Entry
from incidentkit.formats.feeds._words import (
    LABEL,
    MAINTENANCE,
    MARKUP,
    NOWHERE,
    REPEATED,
    STATUS_TO_LABEL,
    TIGHT,
    address,
    code_of,
    host,
    link_of,
    quoted,
    said,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit._vocabulary import Status
    from incidentkit.formats.feeds._shapes import Dialect

#: When a page changed that says no time at all.
_EPOCH: Final = rfc3339("1970-01-01T00:00:00Z")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


class Pen:
    """What writing the entries of one page needs at every turn."""

    def __init__(self, dialect: Dialect, page: StatusPage) -> None:
        self.dialect = dialect
        self.url = address(page.url)
        self.host = host(self.url) or NOWHERE
        self.zone = None if page.time_zone is None else zone(page.time_zone)
        self.padded = said(page, dialect.name).get(MARKUP) != TIGHT
        self.changed = _changed(page)
        self._names: dict[tuple[str | None, dt.timedelta | None], str] = {}
        self._taught = self._teaching(page.incidents)

    # -- times -----------------------------------------------------------------

    def time(self, at: DateTime) -> str:
        """A time in the notation of the format, in the page's own zone."""
        return self.dialect.write_time(at, self.zone)

    def when(self, at: DateTime) -> str:
        """A time as people read it, such as `Aug  1, 00:37 UTC`."""
        there = local(at, self.zone)
        return f"{_stamp(there)} {self._zone_name(at, there)}"

    def schedule(self, event: Maintenance) -> str | None:
        """When a maintenance that has not begun is to be; None of any other."""
        start, end = event.scheduled_for, event.scheduled_until
        if start is None or event.status is not MaintenanceStatus.SCHEDULED:
            return None
        if end is None:
            return self.when(start)
        begins, ends = local(start, self.zone), local(end, self.zone)
        if begins.utcoffset() != ends.utcoffset():
            # One name of a zone stands for both, so it cannot be the page's own.
            begins, ends = local(start, None), local(end, None)
        last = f"{ends:%H:%M}" if ends.date() == begins.date() else _stamp(ends)
        return f"{_stamp(begins)} - {last} {self._zone_name(start, begins)}"

    def _zone_name(self, at: DateTime, there: dt.datetime) -> str:
        key = there.tzname(), there.utcoffset()
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._new_zone_name(at, there)
        return name

    def _new_zone_name(self, at: DateTime, there: dt.datetime) -> str:
        """The zone's own abbreviation, if a reader can know what it means."""
        name = there.tzname() or ""
        if self._taught.get(name) == there.utcoffset():
            return name
        try:
            meant = month_day(f"{_stamp(there)} {name}", near=at).at
        except ValueError:
            meant = None
        if meant == at.replace(second=0, microsecond=0):
            return name
        return f"GMT{offset_text(there)}"

    def _teaching(self, incidents: Iterable[Event]) -> dict[str, dt.timedelta | None]:
        """What an entry's own date tells of the abbreviation beside its last update."""
        taught: dict[str, dt.timedelta | None] = {}
        for event in incidents:
            if event.updates and self.zone is not None:
                there = local(event.updates[-1].at, self.zone)
                name, offset = there.tzname() or "", there.utcoffset()
                taught[name] = offset if taught.get(name, offset) == offset else None
        return taught

    # -- entries ---------------------------------------------------------------

    def entry(self, event: Event) -> Entry:
        """What an entry is to tell of an incident or maintenance."""
        id = identity(event)
        given = address(event.url)
        url = given
        if self.url is not None and (event.id or given is None):
            linked = link_of(self.url, id)
            url = given if given is not None and code_of(given) == id else linked
        tag = f"tag:{self.host},2005:Incident/{quoted(id)}"
        published = self.published(event)
        scheduled = until = None
        categories: tuple[str, ...] = ()
        if isinstance(event, Maintenance):
            scheduled = self.schedule(event)
            until = event.scheduled_until if self.dialect.has_until else None
            if not (scheduled or until or _tells(event)):
                categories = (MAINTENANCE,)
        html = render(tuple(self._posts(event)), scheduled, padded=self.padded)
        edited = event.updated_at or published
        return Entry(
            id=tag if self.dialect.has_updated or code_of(url) != id else url,
            title=one_line(event.name),
            url=url,
            published=self.time(published),
            updated=self.time(edited) if self.dialect.has_updated else None,
            until=None if until is None else self.time(until),
            html=html,
            categories=categories,
        )

    def published(self, event: Event) -> DateTime:
        """
        The date of an entry: of its last update, whatever the name of the element says.

        In RSS, a maintenance that is yet to begin has the date when it is to.
        """
        if (
            self.dialect.has_until
            and isinstance(event, Maintenance)
            and event.status is MaintenanceStatus.SCHEDULED
            and event.scheduled_for is not None
        ):
            return event.scheduled_for
        newest = event.updates[-1].at if event.updates else event.created_at
        return newest or event.updated_at or self.changed

    def _posts(self, event: Event) -> Iterator[Post]:
        posts: list[Post] = []
        before: Status | None = None
        for update in event.updates:
            status = update.status
            if status is None:
                word = said(update, self.dialect.name).get(LABEL)
                label = word if isinstance(word, str) else REPEATED
            else:
                label = REPEATED if status is before else STATUS_TO_LABEL[status]
                before = status
            posts.append(
                Post(self.when(update.at), allowed(label), allowed(update.body))
            )
        return reversed(posts)


def identity(event: Event) -> str:
    """An id, the code in its address, or one derived from its key."""
    if event.id:
        return event.id
    return (
        code_of(address(event.url))
        or blake2b(event.key.encode(), digest_size=6).hexdigest()
    )


def one_line(text: str) -> str:
    """Text as a title can hold it: of characters that XML allows, and in one line."""
    return " ".join(allowed(text).splitlines()) if not text.isprintable() else text


def _tells(event: Event) -> bool:
    return any(update.status is not None for update in event.updates)


def _changed(page: StatusPage) -> DateTime:
    """When the page changed; a feed must say it."""
    times = (
        event.updated_at
        for event in (*page.incidents, *page.maintenances)
        if event.updated_at is not None
    )
    return page.updated_at or max(times, default=_EPOCH)


def _stamp(there: dt.datetime) -> str:
    month = _MONTHS[3 * there.month - 3 : 3 * there.month]
    return f"{month} {there.day:2}, {there.hour:02}:{there.minute:02}"
