"""
What a Pingoru page tells of an event: the sections derived from it, as text.

Both directions need it: a writer writes it, and a reader compares it with what the page
says, so that only what would be derived otherwise is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from incidentkit._clocks import duration_text, human
from incidentkit._frozen import ABSENT, EMPTY, STATED, FrozenMapping
from incidentkit._maintenance import Maintenance
from incidentkit._sentence import labels, sentence
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats.pingoru._shape import Document, Entry
from incidentkit.formats.pingoru._words import (
    IMPACT_TO_WORD,
    NAME,
    STATUS_TO_WORD,
    badge_line,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._update import Update

#: The sections whose text is kept where it is not the one we would write.
STATABLE: Final = ("title", "badges", "summary", "duration")
#: The sections that a page may lack though its incident has what belongs there.
OMITTABLE: Final = ("title", "name", *STATABLE[1:], "started", "ended")


def document_of(event: Event, page_name: str | None) -> Document:
    """The sections that tell of an event, each derived from it."""
    kind = "maintenance" if isinstance(event, Maintenance) else "incident"
    noticed = event.detection
    planned: dict[str, Any] = {}
    if isinstance(event, Maintenance):
        planned["scheduled_for"] = _time(event.scheduled_for)
        planned["scheduled_until"] = _time(event.scheduled_until)
    document = Document(
        title=title(page_name, kind),
        name=event.name or None,
        badges=badge_line(_impact_word(event), event.status),
        summary=summary(event, page_name),
        started=_time(event.stated_start or begun(event)),
        ended=_time(event.stated_end or event.ended_at),
        duration=_duration(event),
        detector=None if noticed is None else noticed.by,
        detected=None if noticed is None else _time(noticed.at),
        text=word(said(event), "text"),
        components=labels(event),
        entries=tuple(
            Entry(
                number=number,
                word=_status_word(update),
                time=human(update.at),
                body=update.body,
            )
            for number, update in enumerate(event.updates, 1)
        ),
    )
    return attrs.evolve(document, **planned)


def title(page_name: str | None, kind: str) -> str:
    """The first line: whose page it is, and what it is about."""
    return f"{page_name} {kind}" if page_name else kind.capitalize()


def restated(document: Document, event: Event) -> Document:
    """The sections as the page stated them that the event was read from."""
    kept = said(event)
    stated = kept.get(STATED)
    absent = kept.get(ABSENT)
    changes: dict[str, Any] = {}
    if isinstance(stated, FrozenMapping):
        texts = cast("Mapping[str, object]", stated)
        for section in STATABLE:
            if (text := word(texts, section)) is not None:
                changes[section] = text
        if (text := word(texts, "components")) is not None:
            changes["components"] = tuple(text.split("\n"))
    if isinstance(absent, tuple):
        changes |= {section: None for section in OMITTABLE if section in absent}
    return attrs.evolve(document, **changes)


def all_said(event: Event) -> tuple[FrozenMapping[object], ...]:
    """What Pingoru said of an event, and of each of its updates."""
    return (said(event), *map(said, event.updates))


def said(thing: Event | Update) -> FrozenMapping[object]:
    """What Pingoru said of it that the model has no place for."""
    return thing.extras.get(NAME, EMPTY)


def word(kept: Mapping[str, object], key: str) -> str | None:
    """A text that extras hold, if it is one."""
    value = kept.get(key)
    return value if isinstance(value, str) else None


def summary(event: Event, page_name: str | None) -> str:
    """The paragraph under the badges: what happened, and where it stands."""
    return one_line(f"{sentence(event, page_name)} {_followup(event)}")


def settled(blank: Event, started: DateTime | None, ended: DateTime | None) -> Event:
    """An event with its start and end stated, where the updates do not tell them."""
    return attrs.evolve(
        blank,
        stated_start=None if started == begun(blank) else started,
        stated_end=None if ended == blank.ended_at else ended,
    )


def begun(event: Event) -> DateTime | None:
    """
    When the updates tell that it began.

    A maintenance that is only scheduled has not begun.
    """
    if isinstance(event, Maintenance):
        event = attrs.evolve(event, scheduled_for=None)
    return attrs.evolve(event, stated_start=None).began_at


def _followup(event: Event) -> str:
    what = "maintenance" if isinstance(event, Maintenance) else "incident"
    stands = "is ongoing" if event.is_open else "has been resolved"
    if event.status is None:
        stands = "has no known status"
    elif isinstance(event, Maintenance):
        stands = _STANDS[event.status]
    return f"The {what} {stands}; the full update timeline is below."


_STANDS: Final[Mapping[object, str]] = {
    MaintenanceStatus.SCHEDULED: "is scheduled",
    MaintenanceStatus.IN_PROGRESS: "is in progress",
    MaintenanceStatus.VERIFYING: "is being verified",
    MaintenanceStatus.COMPLETED: "has been completed",
    MaintenanceStatus.CANCELLED: "has been cancelled",
}


def _impact_word(event: Event) -> str | None:
    if event.impact is not None:
        return IMPACT_TO_WORD[event.impact]
    return word(said(event), "impact")


def _status_word(update: Update) -> str:
    if update.status is not None:
        return STATUS_TO_WORD[update.status]
    return word(said(update), "status") or STATUS_TO_WORD[None]


def _duration(event: Event) -> str | None:
    lasted = event.duration
    if lasted is None or event.status is MaintenanceStatus.CANCELLED:
        return None
    return duration_text(lasted)


def _time(at: DateTime | None) -> str | None:
    return None if at is None else human(at)
