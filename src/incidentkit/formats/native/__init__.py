"""
The native format: a page with all that is known of it, as versioned JSON.

For a bot's database and a watcher's snapshots: what other formats lose or can only say
in their own words, this one keeps.

>>> from incidentkit import Incident, read, write
>>> incident = Incident.open("API down", at="2021-03-22T19:22:00Z", id="p31z")
>>> text = write(incident, "incidentkit").exact()
>>> read(text).exact().incidents == (incident,)
True

What it promises:

- *Every value comes back*, equal: coverage, `observed_at`, links and the extras of all
  formats included. Writing has no findings, ever, and neither has reading what was
  written.
- *It is the same text* for the same value, in every process, and what was read is
  written as it was.
- *Names are the model's*, and so are the words. Times are RFC 3339 in UTC, as short as
  they can be without loss. What is as usual is not written: what the model's
  constructors fill in by themselves.
- *It has a version.* A document of a later version is refused, by number, and never
  read in part.

What reading does with documents that somebody else has had a hand in:

- A key that version 1 does not have is kept, in `extras["incidentkit"]`, and written
  there from then on; a word that nobody knows is kept so too, and is a finding. In an
  object that has no extras (a mention of a component, a level, a stretch, a detection,
  the document itself) both are left out, with a finding.
- What is of the wrong kind or no time at all is left out with a finding, the smallest
  thing that can be: a level, else its update, else its incident.
- Times in any offset are taken. Stretches of coverage that overlap become one.
- What merely is odd (two incidents of one id, an end before the beginning) was odd when
  it was written, and is no finding.

There is a JSON Schema: `schema()`, shipped as `incidentkit.schema.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.native._read import read
from incidentkit.formats.native._schema import schema, schema_text
from incidentkit.formats.native._shapes import NAME
from incidentkit.formats.native._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

__all__ = ["KEYS", "NATIVE", "schema", "schema_text"]

KEYS: Final = frozenset({"format", "version", "page"})
"""The keys of every native document, of whatever version."""


def _recognises(clue: Clue) -> bool:
    return clue.keys is not None and not clue.is_list and clue.keys >= KEYS


NATIVE: Final = Format(
    name=NAME,
    title="incidentkit's own",
    media_type="application/json",
    suffix=".json",
    recognises=_recognises,
    read=read,
    write=write,
)
