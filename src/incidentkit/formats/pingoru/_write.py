"""
From the model to the text of a Pingoru page.

A page has room for one incident and for little of it, so the writer does not trust
itself: it reads what it wrote, and reports every difference. What it does not report
is, by construction, what a reader gets back.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._event import Detection
from incidentkit._finding import Report
from incidentkit._frozen import NO_EXTRAS, NO_LINKS
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import last_status
from incidentkit._update import Update
from incidentkit.errors import MalformedDocument
from incidentkit.formats._choice import chosen
from incidentkit.formats._format import Limits, Source
from incidentkit.formats.pingoru._losses import report_event, report_page
from incidentkit.formats.pingoru._read import read
from incidentkit.formats.pingoru._shape import HEADINGS, Document, render
from incidentkit.formats.pingoru._told import (
    all_said,
    document_of,
    restated,
    said,
    settled,
    title,
)
from incidentkit.formats.pingoru._words import NAME, one_line

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target

_RETURNS: Final = re.compile(r"\r\n?")
_NO_LIMITS: Final = Limits(bytes=sys.maxsize, items=sys.maxsize)


def write(target: Target) -> str:
    """
    The text that tells of one incident or maintenance of a page.

    The newest that is open, an incident before a maintenance; else the newest.
    """
    page, report = target.page, target.report
    name = one_line(page.name or "") or None
    event, path = chosen(target, "a Pingoru page tells of one incident")
    if event is None:
        text = render(Document(title=title(name, "incident")))
        report_page(page, _read(text), report)
        return text
    text = render(document_of(_fitted(event, lasting=False), name))
    back = _read(text)
    if any(all_said(event)):
        fitted = _fitted(event, lasting=True)
        again = render(restated(document_of(fitted, name), fitted))
        back_again = _read_if_possible(again)
        if back_again is not None and _is_sound(back_again, back, event):
            text, back = again, back_again
    report_page(page, back, report)
    report_event(path, event, _only(back), report)
    return text


def _only(page: StatusPage) -> Event:
    events: tuple[Event, ...] = (*page.incidents, *page.maintenances)
    return events[0]


# -- what fits ------------------------------------------------------------------------


def _fitted(event: Event, *, lasting: bool) -> Event:
    """
    The event without what the text has no place for.

    Args:
        event: what to write.
        lasting: whether what Pingoru said of it stays.
    """
    updates = tuple(
        Update(
            update.status,
            body=_RETURNS.sub("\n", update.body),
            at=_minute(update.at),
            extras={NAME: said(update)} if lasting else NO_EXTRAS,
        )
        for update in event.updates
    )
    names = (one_line(mention.label) for mention in event.affected)
    noticed = event.detection
    by = "" if noticed is None else one_line(noticed.by)
    known = event.stated_status
    blank = attrs.evolve(
        event,
        name=one_line(event.name),
        updates=updates,
        components=dict.fromkeys(name for name in names if _is_component(name)),
        id=None,
        url=None,
        created_at=None,
        updated_at=None,
        stated_status=None if known is last_status(updates) else known,
        stated_start=None,
        stated_end=None,
        detection=(
            Detection(by, at=_optional_minute(noticed.at)) if noticed and by else None
        ),
        postmortem=None,
        links=NO_LINKS,
        extras={NAME: said(event)} if lasting else NO_EXTRAS,
    )
    started = event.stated_start
    if isinstance(blank, Maintenance):
        blank = attrs.evolve(
            blank,
            scheduled_for=_optional_minute(blank.scheduled_for),
            scheduled_until=_optional_minute(blank.scheduled_until),
        )
    else:
        started = started or event.began_at
    return settled(blank, _optional_minute(started), _optional_minute(event.stated_end))


def _is_component(name: str) -> bool:
    # A heading would end the list that it stands in.
    return bool(name) and name.lower() != HEADINGS[1].lower()


def _minute(at: DateTime) -> DateTime:
    if not (at.second or at.microsecond):
        return at
    return at.set(second=0, microsecond=0)


def _optional_minute(at: DateTime | None) -> DateTime | None:
    return None if at is None else _minute(at)


# -- what was written ------------------------------------------------------------------


def _read(text: str) -> StatusPage:
    return read(Source(data=text, report=Report(), limits=_NO_LIMITS))


def _read_if_possible(text: str) -> StatusPage | None:
    # What extras hold may have been made by anybody, and may be no page at all.
    try:
        page = _read(text)
    except MalformedDocument:
        return None
    return page if page.incidents or page.maintenances else None


def _is_sound(again: StatusPage, plain: StatusPage, event: Event) -> bool:
    """Whether a text with all that extras hold tells the same, and gives them back."""
    back = _only(again)
    return (
        again.name == plain.name
        and _bare(back) == _bare(_only(plain))
        and all_said(back) == all_said(event)
    )


def _bare(event: Event) -> Event:
    updates = tuple(attrs.evolve(one, extras=NO_EXTRAS) for one in event.updates)
    return attrs.evolve(event, updates=updates, extras=NO_EXTRAS)
