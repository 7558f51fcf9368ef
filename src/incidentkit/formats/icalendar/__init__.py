r"""
iCalendar, for calendars: every incident and maintenance is an event.

Sources: RFC 5545; MAINTNOTE, the draft of a standard for maintenance notifications of
network providers (https://github.com/jda/maintnote-std, `standard.md`); RFC 6868 for
quotes in parameters; `X-WR-CALNAME` and `X-WR-TIMEZONE`, which calendars agree upon. It
needs the extra `icalendar`.

What is written:

- *`DTSTART` and `DTEND`* of a maintenance are as scheduled, of an incident from when to
  when it was. What goes on has no `DTEND`: calendars show its beginning. Times are in
  UTC, to the second; `DTEND` is left out where it would not be after `DTSTART`.
- *`UID`* is the id, or is derived from the key, which is a finding. *`SEQUENCE`* grows
  with every change, for it counts the seconds from `CREATED` to `LAST-MODIFIED`.
- *`STATUS`* is `CANCELLED` for a cancelled maintenance, else `CONFIRMED`; `TRANSP` is
  `TRANSPARENT`, so that nobody is shown as busy. `DESCRIPTION` has the updates, the
  newest first, for people.
- *A maintenance has the properties of MAINTNOTE*; all of them if it names a component,
  else `X-MAINTNOTE-STATUS` alone. The account that it demands is `public`, a finding.
- *`X-INCIDENTKIT-…`* hold what a calendar has no property for, so that incidents and
  maintenances come back exactly: updates, levels, impact, what is stated.
- *Text is harmless*: a line end of any kind becomes `\n`, and a control character
  U+FFFD, with findings. What is no address on the web is no `URL`.
- *Not in it*, with findings: components of the page and recorded days. A page without
  incidents is a calendar without events, which RFC 5545 does not quite allow.

What is read:

- *MAINTNOTE*, of whatever provider: a maintenance with one update, at `DTSTAMP`, that
  has its status. `TENTATIVE` and `CONFIRMED` are scheduled. Objects are components, by
  id. An impact that is unknown is an outage, as the draft says, with a finding.
- *Any other event* is a maintenance, with a finding, unless `CATEGORIES` says which; an
  incident that has an end is resolved, with a finding.
- *Zones* are those of the IANA, by `TZID`; a calendar's own `VTIMEZONE` is not looked
  at. Floating times and dates are in the caller's zone (`tz=`) or the calendar's
  (`X-WR-TIMEZONE`), with a finding; without either they are left out.
- *`RRULE`* is kept and not carried out: the first time is read, a finding.
- *All other properties* are kept in `extras` and written back. Alarms, tasks and the
  like are left out, with a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit.formats._format import Format
from incidentkit.formats.icalendar._read import BEGINNING, read
from incidentkit.formats.icalendar._words import NAME
from incidentkit.formats.icalendar._write import write

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue

__all__ = ["ICALENDAR"]


def _recognises(clue: Clue) -> bool:
    return BEGINNING.match(clue.text) is not None


ICALENDAR: Final = Format(
    name=NAME,
    title="iCalendar with MAINTNOTE",
    media_type="text/calendar",
    suffix=".ics",
    recognises=_recognises,
    read=read,
    write=write,
)
