"""From the entries of a feed to incidents and maintenances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._finding import FINDINGS
from incidentkit._frozen import NO_EXTRAS, FrozenMapping
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import make_update
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats.feeds import _generic as generic
from incidentkit.formats.feeds._dates import Dates, Told
from incidentkit.formats.feeds._posts import parse
from incidentkit.formats.feeds._words import (
    LABEL,
    LABEL_TO_STATUS,
    MAINTENANCE,
    REPEATED,
    STATUS_TO_LABEL,
    address,
    code_of,
    tagged,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._update import Update
    from incidentkit._vocabulary import Status
    from incidentkit.formats.feeds._posts import Post, Posts
    from incidentkit.formats.feeds._shapes import Dialect, Entry


class Entries:
    """What reading the entries of one feed needs at every turn."""

    def __init__(
        self,
        dialect: Dialect,
        report: Report,
        entries: Iterable[Entry],
        zone: dt.tzinfo | None = None,
        latest: DateTime | None = None,
    ) -> None:
        self.report = report
        self.name = dialect.name
        self.told = [Told(entry, parse(entry.html or "")) for entry in entries]
        self.dates = Dates(dialect, report, self.told, zone, latest)

    # -- events ----------------------------------------------------------------

    def event(self, told: Told) -> Event:
        """An entry as an incident, or a maintenance."""
        entry, posts = told
        if not posts.posts and (posts.before or (entry.html and not posts.scheduled)):
            return generic.event(self, told)
        if posts.before:
            detail = "text before the first update, which belongs to none"
            self.report.add("document.text", entry.place, detail, posts.before)
        if posts.marked:
            self.report.add("text.markup", entry.place, FINDINGS["text.markup"].meaning)
        statuses = [LABEL_TO_STATUS.get(post.label.lower()) for post in posts.posts]
        planned = _is_planned(entry, posts, statuses)
        published = self.dates.time(entry.published, entry.place)
        edited = self.dates.time(entry.updated, entry.place)
        updates = tuple(self._updates(told, published or edited, planned=planned))
        name, id, url = self.title(entry), self.id(entry), address(entry.url)
        if not planned:
            return Incident(name, updates=updates, id=id, url=url, updated_at=edited)
        start, end = self.dates.schedule(told, published, updates)
        return Maintenance(
            name,
            impact=None,
            updates=updates,
            id=id,
            url=url,
            updated_at=edited,
            scheduled_for=start,
            scheduled_until=end,
        )

    def title(self, entry: Entry) -> str:
        """The title of an entry."""
        if entry.title is None:
            detail = "an entry has no title"
            self.report.add("value.missing", entry.place, detail)
        return entry.title or ""

    def id(self, entry: Entry) -> str | None:
        """
        The id of what an entry tells of: the code in its link, as in Statuspage's JSON.

        Without a code: the id in Atom's tag; else what the entry calls itself.
        """
        found = code_of(address(entry.url)) or tagged(entry.id) or entry.id
        if found is None:
            detail = "an entry has no id and no link that tells one"
            self.report.add("id.missing", entry.place, detail)
        return found

    # -- updates ---------------------------------------------------------------

    def _updates(
        self, told: Told, date: DateTime | None, *, planned: bool
    ) -> Iterable[Update]:
        """The updates of an entry, the oldest first."""
        times = self.dates.of_updates(told, date)
        before: Status | None = None
        place = told.entry.place
        for post, at in zip(reversed(told.posts.posts), reversed(times), strict=True):
            status, kept = self._status(post, before, place, planned=planned)
            before = before if status is None else status
            if at is None:
                continue
            extras = NO_EXTRAS
            if kept is not None:
                known = FrozenMapping[object]({LABEL: kept})
                extras = FrozenMapping({self.name: known})
            yield make_update(
                status,
                body=post.body,
                at=at,
                created_at=at,
                updated_at=at,
                extras=extras,
            )

    def _status(
        self, post: Post, before: Status | None, place: str, *, planned: bool
    ) -> tuple[Status | None, str | None]:
        """The status that a label names or repeats, or the label that does neither."""
        label = post.label
        if label == REPEATED:
            return before, None
        status = LABEL_TO_STATUS.get(label.lower())
        if status is None or isinstance(status, MaintenanceStatus) != planned:
            detail = "a label that names no status of its kind"
            self.report.add("word.unknown", place, detail, label)
            return None, label
        if label != STATUS_TO_LABEL[status]:
            detail = f"the word is {STATUS_TO_LABEL[status]!r} here"
            self.report.add("word.respelled", place, detail, label)
        return status, None


def _is_planned(entry: Entry, posts: Posts, statuses: Sequence[Status | None]) -> bool:
    """Whether an entry tells of a maintenance: by its oldest label, or by its shape."""
    for status in reversed(statuses):
        if status is not None:
            return isinstance(status, MaintenanceStatus)
    return (
        posts.scheduled is not None
        or entry.until is not None
        or MAINTENANCE in entry.categories
    )
