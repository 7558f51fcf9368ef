"""From parts of the model to parts of a feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import UNSET

from incidentkit import _time as time
from incidentkit._event import default_created_at, default_updated_at
from incidentkit._maintenance import Maintenance
from incidentkit.formats.jsonfeed._shapes import (
    EXTENDED,
    VERSION,
    Day,
    Entry,
    Feed,
    Item,
    Mention,
    Noticed,
    Part,
    State,
    Told,
    Whole,
)

if TYPE_CHECKING:
    from enum import Enum

    from msgspec import UnsetType
    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef, ComponentState
    from incidentkit._incident import Incident
    from incidentkit._page import StatusPage
    from incidentkit._recorded import RecordedDay
    from incidentkit._update import Update

T = TypeVar("T")

INCIDENT: Final = "incident"
MAINTENANCE: Final = "maintenance"

#: What stands for the name of a page that nobody named.
UNNAMED: Final = "Status"

# A reader of feeds offers these to be clicked: nothing but the web, and nothing hidden.
_ADDRESS: Final = re.compile(
    r"https?://[^\s\x00-\x20\x7f-\x9f\\<>\"^`{|}\u061c\u200e\u200f\u2028-\u202e"
    r"\u2066-\u2069]+",
    re.IGNORECASE,
)


def head(page: StatusPage) -> Feed:
    """A page as a feed without items."""
    url = _address(page.url)
    return Feed(
        version=VERSION,
        title=UNNAMED if page.name is None else page.name,
        home_page_url=url,
        whole=Whole(
            version=EXTENDED,
            name=None if page.name is None else UNSET,
            id=_given(page.id),
            url=_given(page.url) if url is UNSET else UNSET,
            time_zone=_given(page.time_zone),
            updated_at=_at(page.updated_at),
            stated_indicator=_word(page.stated_indicator),
            stated_description=_given(page.stated_description),
            components=[_part(one) for one in page.components] or UNSET,
            recorded=[_day(one) for one in page.recorded] or UNSET,
        ),
        items=[],
    )


def item(
    event: Incident | Maintenance, id: str | None = None, place: int | None = None
) -> Item:
    """
    An incident or maintenance as an item.

    Args:
        event: the incident or maintenance.
        id: what to call it, if its own id will not do.
        place: where it stands on its page, if not where it stands in the feed.
    """
    called = event.key if id is None else id
    url = _address(event.url)
    tags = [word.value for word in (event.status, event.impact) if word is not None]
    return Item(
        id=called,
        url=url,
        title=event.name,
        content_text=_content(event),
        date_published=_at(event.created_at),
        date_modified=_at(event.updated_at),
        tags=tags or UNSET,
        entry=_entry(event, called, place),
    )


def _entry(event: Incident | Maintenance, called: str, place: int | None) -> Entry:
    planned = event if isinstance(event, Maintenance) else None
    usual = default_created_at(event.updates)
    edited = default_updated_at(event.updates) or event.created_at
    detection = event.detection
    return Entry(
        kind=INCIDENT if planned is None else MAINTENANCE,
        place=_given(place),
        id=UNSET if called == event.id else event.id,
        url=_given(event.url) if _address(event.url) is UNSET else UNSET,
        impact=_word(event.impact),
        status=_word(event.status),
        began_at=_at(event.began_at),
        ended_at=_at(event.ended_at),
        scheduled_for=UNSET if planned is None else _at(planned.scheduled_for),
        scheduled_until=UNSET if planned is None else _at(planned.scheduled_until),
        components=[_mention(one) for one in event.components] or UNSET,
        updates=[_told(one) for one in event.updates] or UNSET,
        # A time that is not there means the usual one; here there is none at all.
        created_at=None if event.created_at is None is not usual else UNSET,
        updated_at=None if event.updated_at is None is not edited else UNSET,
        stated_status=_word(event.stated_status),
        stated_start=_at(event.stated_start),
        stated_end=_at(event.stated_end),
        detection=UNSET
        if detection is None
        else Noticed(by=detection.by, at=_at(detection.at)),
        postmortem=_given(event.postmortem),
    )


def _content(event: Incident | Maintenance) -> str:
    """What an item says, for people: its updates, the newest first."""
    told = [
        f"{_heading(one)} · {time.text(one.at)}\n{one.body}"
        for one in reversed(event.updates)
    ]
    if isinstance(event, Maintenance) and event.scheduled_for is not None:
        until = event.scheduled_until
        end = "" if until is None else f" until {time.text(until)}"
        told.append(f"planned · {time.text(event.scheduled_for)}{end}")
    return "\n\n".join(told) or event.name


def _heading(update: Update) -> str:
    return "update" if update.status is None else update.status.value


def _told(update: Update) -> Told:
    posted = update.created_at
    return Told(
        status=_word(update.status),
        at=time.text(update.at),
        body=update.body,
        states=[_state(row) for row in update.states] or UNSET,
        id=_given(update.id),
        created_at=UNSET if posted == update.at else time.text(posted),
        updated_at=UNSET if update.updated_at == posted else _at(update.updated_at),
    )


def _state(row: ComponentState) -> State:
    return State(
        component=_mention(row.component),
        status=_word(row.status),
        before=_word(row.before),
    )


def _mention(one: ComponentRef) -> Mention:
    return Mention(name=_given(one.name), id=_given(one.id))


def _part(one: Component) -> Part:
    day = one.start_date
    return Part(
        name=one.name,
        id=_given(one.id),
        status=_word(one.status),
        group=_given(one.group),
        is_group=True if one.is_group else UNSET,
        description=_given(one.description),
        position=_given(one.position),
        start_date=UNSET if day is None else day.isoformat(),
        created_at=_at(one.created_at),
        updated_at=_at(one.updated_at),
    )


def _day(day: RecordedDay) -> Day:
    return Day(
        component=_mention(day.component),
        date=day.date.isoformat(),
        major_outage=_given(day.major_outage),
        partial_outage=_given(day.partial_outage),
        events=dict(day.events) or UNSET,
    )


def _address(url: str | None) -> str | UnsetType:
    return UNSET if url is None or _ADDRESS.fullmatch(url) is None else url


def _given(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value


def _word(word: Enum | None) -> str | UnsetType:
    return UNSET if word is None else str(word.value)


def _at(at: DateTime | None) -> str | UnsetType:
    return UNSET if at is None else time.text(at)
