"""
Feeds: Atom and RSS, as Statuspage emits them, and as anybody else does.

Statuspage's feeds (`/history.atom`, `/history.rss`) list the 25 incidents and
maintenances that were updated last. What is peculiar to them:

- An entry's HTML has a paragraph for each update, the newest first: a date with a
  month and a day, a minute and the abbreviation of a zone, but no year and no seconds;
  a label in bold; the text. Years are inferred from the entry's own date backwards.
- The label is the status, or *Update* where the status is that of the update before
  it.
- `published` and `pubDate` are the time of the *newest* update, to the second, and
  never the start; `updated` is the last edit, often days later.
- The id of Atom's entries holds a number that nothing else does. The code that ends the
  link is the incident's id in JSON, and so it is here; the number is kept in `extras`.
- Of a maintenance that is yet to begin, RSS's `pubDate` is when it is to; a paragraph
  says so too (`THIS IS A SCHEDULED EVENT …`), and `maintenanceEndDate` until when.
- Impact, components and their levels, the ids and seconds of updates are not in a feed.
  A body is HTML as somebody typed it, not even its ampersands escaped: JSON has the
  same text with its `<br />` as they are.
- Since 2026 the markup has blanks within and between its paragraphs.

How it becomes ours: bodies become plain text; a line break is a line break, and a link
is its text and its address (`this incident (https://…)`). What an entry says otherwise
than our writer would is in `extras["atom"]` or `extras["rss"]`, so that a feed that was
read comes back to the byte; what the model then says otherwise is written from the
model. A zone's abbreviation is UTC, GMT or one of RFC 822's; else what `tz=` or the
page's zone calls so; else what the date of an entry beside its newest update tells of
it; else the update is left out. A feed covers the time from the date of its oldest
entry, when nothing that was updated is missing; of what lies before, nothing is known.

Any other feed (Atom, RSS 2.0, 0.9x, 1.0) is read too, each item as an incident with one
update: see `_generic`.

What is ours, for want of a real feed: `Cancelled` as a label, *maintenance* as the
category of a maintenance without any label, the schedule in the paragraphs of Atom
(where only those of RSS were seen), `GMT+05:30` in the place of an abbreviation that no
reader could resolve, and the host `incidentkit.invalid` in the ids of a page that has
no address. An id is made of the incident's own, or of its key, and so is always the
same. Entries are merged by date, but each kind stays in the page's own order.

Sources: feeds of githubstatus.com (2022 to 2026), status.digitalocean.com (2019, 2020)
and of pages of the British government; https://www.rfc-editor.org/rfc/rfc4287 (Atom),
https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.feeds._atom import DIALECT as _ATOM
from incidentkit.formats.feeds._read import read
from incidentkit.formats.feeds._rss import DIALECT as _RSS
from incidentkit.formats.feeds._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

_ROOT: Final = re.compile(r"<(?:\w{1,20}:)?(feed|rss|RDF)[\s>]", re.ASCII)


def _root(clue: Clue) -> str | None:
    """The first element of a feed at the beginning of a text."""
    # Any text may speak of feeds: one that is a feed has nothing but XML in it.
    is_xml = clue.text.lstrip().startswith("<")
    found = _ROOT.search(clue.text) if is_xml else None
    return None if found is None else found[1]


def is_atom(clue: Clue) -> bool:
    """Whether the beginning of a text has the root of an Atom feed."""
    return _root(clue) == "feed"


def is_rss(clue: Clue) -> bool:
    """Whether the beginning of a text has the root of an RSS feed."""
    return _root(clue) in {"rss", "RDF"}


ATOM = Format(
    name="atom",
    title="Atom feed of a status page",
    media_type="application/atom+xml",
    suffix=".atom",
    recognises=is_atom,
    read=partial(read, _ATOM),
    write=partial(write, _ATOM),
)
RSS = Format(
    name="rss",
    title="RSS feed of a status page",
    media_type="application/rss+xml",
    suffix=".rss",
    recognises=is_rss,
    read=partial(read, _RSS),
    write=partial(write, _RSS),
)
