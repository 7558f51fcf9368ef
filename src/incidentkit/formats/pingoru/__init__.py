"""
Pingoru: the text of an incident's page, as a browser shows it and people copy it.

Pingoru gathers what many vendors' status pages say. It has no public API, so what there
is to read is the page itself. What is peculiar to it:

- A page tells of one incident. Its title is whose it is and the word "incident".
- Under the incident's name stand two badges, impact and status, and a link.
- A sentence sums it up. On the one real page we have, it counts three components where
  five are listed; the page is kept as it is, and the sentence is reported.
- The names of components stood in boxes; in the text they run together
  (`Kalix PlatformTelehealth`), and are split by what else is known, or by a guess.
  One name a line is read too, and is what is written where nothing else was read.
- Updates are numbered, oldest first, with a status in small letters and a time to the
  minute in UTC. Bodies hold paragraphs and numbered lists of their own; they are
  indented by four blanks, and heads of updates by two.
- Who noticed, and when, stands beside when it began: Pingoru itself, or the vendor.

How it becomes ours: a `StatusPage` with one incident. What a page states and its
updates do not is in the stated fields, the words that nobody knows and the lines that
belong nowhere in `extras["pingoru"]`, and the texts that we would have written
otherwise there under `@stated`, so that the page comes back as it was.

What is ours, for want of a real page: *maintenance* in the title, *Scheduled for*,
*Scheduled until* and *Ended* beside *Started*, the sentence after the first where an
incident is not resolved, and *update* as the word of an update without a status.

Source: the page of Kalix EMR's incident of March 22, 2021, at https://pingoru.io.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.pingoru._read import read
from incidentkit.formats.pingoru._words import LINK
from incidentkit.formats.pingoru._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

#: How much of a document is looked at.
_GLANCE: Final = 4_000
_MARKS: Final = re.compile(
    r"^[ \t]*(?:update timeline|affected components|detected by .{1,200}|"
    rf".{{0,80}}{re.escape(LINK)})[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)


def recognises(clue: Clue) -> bool:
    """Whether a text has a line that only such a page has."""
    return clue.keys is None and _MARKS.search(clue.text[:_GLANCE]) is not None


PINGORU = Format(
    name="pingoru",
    title="Pingoru incident page, as text",
    media_type="text/plain",
    suffix=".txt",
    recognises=recognises,
    read=read,
    write=write,
)
