"""
The feeds of all other vendors: an item is an incident with one update.

What an item says is kept: title, link, id, dates, text. A status is taken only where
the title, a line of the text or a category plainly names one, and is then *stated*:
the one date of an item may be of the first update or of the last (xAI's is the first,
Statuspage's the last), so nothing is dated by it but the text itself. What is stated to
be over has therefore no known start and no known end, and its `duration` is None. Of
what is open, `began_at` is the date of the item, which is the latest it can have begun.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update
from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus, Status
from incidentkit.formats.feeds._posts import plain
from incidentkit.formats.feeds._words import LABEL_TO_STATUS, MAINTENANCE, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit.formats.feeds._dates import Told
    from incidentkit.formats.feeds._entries import Entries
    from incidentkit.formats.feeds._shapes import Entry

_WORDS: Final = "|".join(map(re.escape, LABEL_TO_STATUS))
#: `Status: RESOLVED`, on a line of its own.
_IN_TEXT: Final = re.compile(rf"^status: ?({_WORDS})\.?$", re.IGNORECASE | re.MULTILINE)
#: `[RESOLVED] …`, `Resolved: …`, `… - Issue Resolved`.
_IN_TITLE: Final = re.compile(
    rf"\[({_WORDS})\]|^({_WORDS})(?=:| - )|(?::| -) (?:issue )?({_WORDS})$",
    re.IGNORECASE,
)


def event(entries: Entries, told: Told) -> Event:
    """An item as an incident with one update, or as a maintenance."""
    entry, report = told.entry, entries.report
    text = plain(entry.html or "").text.strip()
    detail = "an item that does not tell its updates; its text was taken for one"
    report.add("entry.generic", entry.place, detail)
    status = _status(entry, text)
    planned = isinstance(status, MaintenanceStatus) or (
        status is None and MAINTENANCE in map(str.lower, entry.categories)
    )
    if status is not None:
        detail = "the status is what the words of the item name"
        report.add("status.derived", entry.place, detail, status.value)
    edited = entries.dates.time(entry.updated, entry.place)
    date = entries.dates.time(entry.published, entry.place) or edited
    updates = tuple(_updates(entries, entry, text, date, edited))
    id, url = entries.id(entry), address(entry.url)
    name = entry.title or text.partition("\n")[0]
    if planned:
        return Maintenance(
            name,
            impact=None,
            updates=updates,
            id=id,
            url=url,
            updated_at=edited,
            stated_status=status if isinstance(status, MaintenanceStatus) else None,
        )
    return Incident(
        name,
        updates=updates,
        id=id,
        url=url,
        updated_at=edited,
        stated_status=status if isinstance(status, IncidentStatus) else None,
    )


def _updates(
    entries: Entries,
    entry: Entry,
    text: str,
    date: DateTime | None,
    edited: DateTime | None,
) -> Iterator[Update]:
    at = date or entries.dates.latest
    if at is None:
        detail = "an item without a date: its text is in extras alone"
        entries.report.leave_out("value.missing", entry.place, detail, entry.title)
        return
    if date is None:
        detail = "an item has no date; that of the feed stands for it"
        entries.report.add("value.missing", entry.place, detail, entry.title)
    else:
        detail = "one date is told; it may be of the beginning or the end"
        entries.report.add("time.single", entry.place, detail)
    yield Update(None, body=text, at=at, updated_at=edited or at)


def _status(entry: Entry, text: str) -> Status | None:
    """The status that the words of an item plainly name."""
    found = _IN_TEXT.search(text) or _IN_TITLE.search((entry.title or "").strip())
    words = (*(found.groups() if found else ()), *entry.categories)
    for word in words:
        status = None if word is None else LABEL_TO_STATUS.get(word.lower())
        if status is not None:
            return status
    return None
