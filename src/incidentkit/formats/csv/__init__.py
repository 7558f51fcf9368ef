"""
A table of updates, for spreadsheets and data tools: CSV with one row an update.

It is ours: no vendor has it, and only what is written here is read. Written by the
rules of RFC 4180, every cell in quotes, lines ending in CRLF, text in UTF-8.

- *The first column* says what a row is (`page`, `component`, `group`, `incident` or
  `maintenance`), and its heading is `incidentkit 1`: the format and its version.
- *An incident has as many rows as updates*, and one if it has none. What is said of the
  incident itself is the same in all of them, so that each row can be understood, sorted
  and counted alone. `event` numbers the incidents, `update` the updates of each: by
  them a table that was sorted another way is put in order again, with a finding.
- *`status`, `began_at` and `ended_at`* of an incident follow from its updates, and are
  there for whoever looks. A reading compares them and believes the updates.
- *An empty cell* means that nobody said; empty text is a lone apostrophe.
- *`components` and `levels`* are JSON: names may hold whatever they like.
- *Formulas are defused*: an apostrophe goes before what a spreadsheet would calculate
  (`=`, `+`, `-`, `@` and their like), wherever a cell can begin with any separator, and
  is taken off on reading. See https://owasp.org/www-community/attacks/CSV_Injection.
  Numbers below zero are treated so as well.
- *Not in it*: recorded days, coverage, links and the extras of formats. A text longer
  than 131,072 characters, more than a reader of CSV takes, is cut off. Both are
  findings.

What reading makes of a table that others have had a hand in: semicolons or tabs may
separate its cells, columns may be missing, and all but the first may be in another
order; columns of others are left out with a finding; times may be in any offset, or in
none with `tz=`. A word that nobody knows is a finding, and is written back. An update
without a time is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.csv._columns import NAME
from incidentkit.formats.csv._read import BEGINNING, read
from incidentkit.formats.csv._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

__all__ = ["CSV"]


def _recognises(clue: Clue) -> bool:
    return BEGINNING.match(clue.text) is not None


CSV: Final = Format(
    name=NAME,
    title="CSV, one row an update",
    media_type="text/csv",
    suffix=".csv",
    recognises=_recognises,
    read=read,
    write=write,
)
