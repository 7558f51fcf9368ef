"""
What every change has: what it is about, when it was, a key, and a line for people.

The classes are grouped by what they are about: `_events` for incidents and
maintenances, `_entries` for components and for the page itself.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar, final
from urllib.parse import quote

import attrs

from incidentkit._override import override
from incidentkit._time import text as time_text
from incidentkit.formats._escape import terminal

if TYPE_CHECKING:
    from pendulum import DateTime


class SubjectKind(Enum):
    """What a change can be about."""

    PAGE = "page"
    COMPONENT = "component"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


@final
@attrs.frozen(kw_only=True)
class Subject:
    """What a change is about, as the older reading knew it."""

    kind: SubjectKind
    """A page, a component, an incident or a maintenance."""
    key: str
    """What tells it from others of its kind; of a page: its id, address or name."""
    name: str
    """What it is called now."""
    nth: int = 0
    """Which of them, where a page has several of one key."""


@attrs.frozen(kw_only=True)
class Change:
    """
    One thing that happened between two readings of a page; what all kinds share.

    Frozen: changes can be compared, hashed, pickled and kept. Each carries what it
    takes to make it happen to the older page (`apply`), and nothing else of the newer.
    """

    kind: ClassVar[str] = "change"
    """What happened, in a word: for settings, logs and keys."""

    page: str
    """Which page: its id, else its address, else its name."""
    subject: Subject
    """What it is about."""
    at: DateTime | None
    """
    When it happened, as the source tells: an update when it was posted, another change
    with the last change that its object or its page states. Where the source tells
    nothing, when the newer reading was made; None if that is not known either.
    """
    is_dated: bool = True
    """Whether the source tells `at`; if not, it happened some time before it."""

    @property
    def key(self) -> str:
        """
        What tells it from every other change: keep it, and announce nothing twice.

        Made of the page, the object, the kind and the instant, each percent-encoded and
        parted by slashes. Two watchers who see the same change of a source that dates
        it get the same key, and a second flap is a second event.
        """
        subject = self.subject
        at = "" if self.at is None else time_text(self.at)
        parts = (self.page, subject.kind.value, subject.key, self.kind, at)
        nth = (str(subject.nth),) if subject.nth else ()
        return "/".join(quote(part, safe=":") for part in (*parts, *self._apart, *nth))

    @property
    def _apart(self) -> tuple[str, ...]:
        # What else tells it from changes of its kind to the same object at that time.
        return ()

    @property
    def _said(self) -> str:
        # What happened, in a few words.
        return self.kind

    @override
    def __str__(self) -> str:
        at = "" if self.at is None else f"{time_text(self.at)} "
        name = self.subject.name
        # What a page says is shown and never obeyed, and a line stays a line.
        return " ".join(terminal(f"{at}{name}: {self._said}").split())


def word(value: Enum | None) -> str:
    """The word of a status, an impact or a level, for people."""
    return "unknown" if value is None else str(value.value).replace("_", " ")


def moment(at: DateTime | None) -> str:
    """An instant, for people."""
    return "unknown" if at is None else time_text(at)


def schedule(start: DateTime | None, end: DateTime | None) -> str:
    """When something is planned for, for people; nothing if nobody says."""
    until = "" if end is None else f" until {time_text(end)}"
    return ("" if start is None else f" for {time_text(start)}") + until


def latest(one: DateTime | None, other: DateTime | None) -> DateTime | None:
    """The later of two instants that may be unknown."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
