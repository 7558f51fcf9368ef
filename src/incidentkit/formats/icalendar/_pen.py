"""From parts of the model to properties of a calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit import _time as time
from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats._escape import ics_clean
from incidentkit.formats.icalendar._lines import Line, said
from incidentkit.formats.icalendar._words import (
    IMPACT_WORDS,
    INCIDENT,
    MAINTENANCE,
    MAINTNOTE,
    OURS,
    STATUS_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum

    from pendulum import DateTime

    from incidentkit._component import ComponentRef
    from incidentkit._incident import Incident
    from incidentkit._page import StatusPage
    from incidentkit._update import Update

#: Stands where a time is demanded and none is known.
_NO_TIME: Final = time.instant("1970-01-01T00:00:00Z")
#: Stands where a name is demanded and none is known.
_NO_NAME: Final = "event"
#: The greatest SEQUENCE: RFC 5545, section 3.3.8.
_GREATEST: Final = 2**31 - 1
#: MAINTNOTE demands an account, and a page for everybody has none.
ACCOUNT: Final = Line(f"{MAINTNOTE}ACCOUNT", "public")
# A calendar offers it to be clicked: nothing but the web, and nothing hidden.
_ADDRESS: Final = re.compile(
    r"https?://[^\s\x00-\x20\x7f-\x9f\\<>\"^`{|}\u061c\u200e\u200f\u2028-\u202e"
    r"\u2066-\u2069]+",
    re.IGNORECASE,
)


def calendar(page: StatusPage) -> Iterator[Line]:
    """The properties of a calendar."""
    yield Line("VERSION", "2.0")
    yield Line("PRODID", "-//incidentkit//status page//EN")
    if page.name is not None:
        yield said("X-WR-CALNAME", page.name)
    if page.url is not None:
        yield _address("URL", page.url)
    if page.time_zone is not None:
        yield said("X-WR-TIMEZONE", page.time_zone)
    if page.updated_at is not None:
        yield Line("LAST-MODIFIED", moment(page.updated_at))


def uid(one: Incident | Maintenance) -> str:
    """What to call an event: its id, else its key, on one line."""
    return ics_clean(one.key).replace("\n", " ") or _NO_NAME


def event(one: Incident | Maintenance, uid: str, page: StatusPage) -> Iterator[Line]:
    """The properties of an incident or maintenance."""
    planned = one if isinstance(one, Maintenance) else None
    start, end = _times(one)
    yield said("UID", uid)
    yield Line("DTSTAMP", moment(one.updated_at or one.created_at or start or _NO_TIME))
    yield Line("DTSTART", moment(start or one.updated_at or _NO_TIME))
    if end is not None:
        yield Line("DTEND", moment(end))
    yield said("SUMMARY", one.name)
    if description := _description(one):
        yield said("DESCRIPTION", description)
    yield Line("STATUS", "CANCELLED" if _is_cancelled(one) else "CONFIRMED")
    yield Line("SEQUENCE", str(_sequence(one)))
    yield Line("CATEGORIES", (INCIDENT if planned is None else MAINTENANCE).upper())
    yield Line("TRANSP", "TRANSPARENT")
    if one.created_at is not None:
        yield Line("CREATED", moment(one.created_at))
    if one.updated_at is not None:
        yield Line("LAST-MODIFIED", moment(one.updated_at))
    if one.url is not None:
        yield _address("URL", one.url)
    if planned is not None:
        yield from _noted(planned, uid, page)
    yield from _besides(one, uid)


def _times(one: Incident | Maintenance) -> tuple[DateTime | None, DateTime | None]:
    """When it begins and ends on a calendar; an end is after a beginning, or none."""
    if isinstance(one, Maintenance):
        start = one.scheduled_for or one.began_at or one.created_at
        end = one.scheduled_until
    else:
        start = one.began_at or one.created_at
        end = one.ended_at
    is_after = start is not None and end is not None and moment(end) > moment(start)
    return start, end if is_after else None


def _description(one: Incident | Maintenance) -> str:
    """What was said, for people, the newest first."""
    return "\n\n".join(
        f"{'update' if update.status is None else update.status.value} · "
        f"{time.text(update.at)}\n{ics_clean(update.body)}"
        for update in reversed(one.updates)
    )


def _is_cancelled(one: Incident | Maintenance) -> bool:
    return one.status is MaintenanceStatus.CANCELLED


def _sequence(one: Incident | Maintenance) -> int:
    """
    How far it has come since it was put up: the seconds to its last change.

    It is to grow with every edit, and nobody counts them; time does.
    """
    if one.created_at is None or one.updated_at is None:
        return 0
    created, updated = (
        at.replace(microsecond=0) for at in (one.created_at, one.updated_at)
    )
    seconds = time.elapsed(created, updated) // (1_000_000 * time.MICROSECOND)
    return min(max(seconds, 0), _GREATEST)


def _noted(one: Maintenance, uid: str, page: StatusPage) -> Iterator[Line]:
    """The properties of MAINTNOTE, which demands an object: without one, a few."""
    yield Line(f"{MAINTNOTE}STATUS", STATUS_WORDS[one.status])
    if not one.affected:
        return
    yield said(f"{MAINTNOTE}PROVIDER", page.name or page.url or "unknown")
    yield ACCOUNT
    yield said(f"{MAINTNOTE}MAINTENANCE-ID", uid)
    for mention in one.affected:
        yield said(f"{MAINTNOTE}OBJECT-ID", mention.key)
    yield Line(f"{MAINTNOTE}IMPACT", IMPACT_WORDS[one.impact])


def _besides(one: Incident | Maintenance, uid: str) -> Iterator[Line]:
    """What no calendar has a property for."""
    kind = MAINTENANCE if isinstance(one, Maintenance) else INCIDENT
    yield Line(f"{OURS}KIND", kind)
    if one.id is not None and ics_clean(one.id) != uid:
        yield said(f"{OURS}ID", one.id)
    if one.impact is not None:
        yield Line(f"{OURS}IMPACT", one.impact.value)
    for mention in one.components:
        yield said(f"{OURS}COMPONENT", mention.label, **_mention(mention))
    for number, update in enumerate(one.updates, start=1):
        yield from _told(update, str(number))
    if one.stated_status is not None:
        yield Line(f"{OURS}STATED-STATUS", one.stated_status.value)
    if one.stated_start is not None:
        yield Line(f"{OURS}STATED-START", time.text(one.stated_start))
    if one.stated_end is not None:
        yield Line(f"{OURS}STATED-END", time.text(one.stated_end))
    if one.detection is not None:
        at = one.detection.at
        when = None if at is None else time.text(at)
        yield said(f"{OURS}DETECTED", one.detection.by, at=when)
    if one.postmortem is not None:
        yield said(f"{OURS}POSTMORTEM", one.postmortem)


def _told(update: Update, number: str) -> Iterator[Line]:
    posted = update.created_at
    yield said(
        f"{OURS}UPDATE",
        update.body,
        at=time.text(update.at),
        status=_word(update.status),
        id=update.id,
        posted=None if posted == update.at else time.text(posted),
        edited=None if update.updated_at == posted else time.text(update.updated_at),
    )
    for row in update.states:
        yield said(
            f"{OURS}LEVEL",
            _word(row.status) or "",
            update=number,
            before=_word(row.before),
            **_mention(row.component),
        )


def _mention(mention: ComponentRef) -> dict[str, str | None]:
    return {"component": mention.name, "component_id": mention.id}


def _address(name: str, url: str) -> Line:
    """An address that may be clicked, or one that only says what it is."""
    if _ADDRESS.fullmatch(url) is None:
        return said(f"{OURS}URL", url)
    return Line(name, url)


def _word(word: Enum | None) -> str | None:
    return None if word is None else str(word.value)


def moment(at: DateTime) -> str:
    """An instant as calendars write it: in UTC, to the second."""
    return time.text(at.replace(microsecond=0)).replace("-", "").replace(":", "")
