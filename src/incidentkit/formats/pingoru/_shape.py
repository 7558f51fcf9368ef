"""
The shape of a Pingoru page: its sections, as text, declared once for both directions.

`render` puts them where the vendor has them; `_parse` takes apart again, as it was,
what `render` gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What stands above the names of components, and above the updates.
HEADINGS: Final = ("Affected components", "Update timeline")

Section: TypeAlias = Literal[
    "title",
    "name",
    "badges",
    "summary",
    "scheduled_for",
    "scheduled_until",
    "started",
    "ended",
    "duration",
    "detector",
    "detected",
    "text",
]

#: The blocks of a label and, on the next line, its value. Seen: Started, Resolved and
#: Duration; those of a maintenance are ours.
LABELS: Final[Mapping[str, Section]] = {
    "Scheduled for": "scheduled_for",
    "Scheduled until": "scheduled_until",
    "Started": "started",
    "Resolved": "ended",
    "Ended": "ended",
    "Duration": "duration",
}
#: The block of who noticed: the label holds the value.
DETECTED: Final = "Detected by "

_KINDS: Final = ("incident", "maintenance")
INDENT: Final = "    "
HEAD_INDENT: Final = "  "


@attrs.frozen(kw_only=True)
class Entry:
    """An update of the timeline."""

    number: int
    """Its number, from 1."""
    word: str
    """The word for its status."""
    time: str
    """Its time."""
    body: str = ""
    """What it says, its indentation taken off."""
    line: int = attrs.field(default=0, eq=False)
    """The line it stands on, where it was read."""


@attrs.frozen(kw_only=True)
class Document:
    """A page, section by section, from top to bottom; None and empty: not there."""

    title: str | None = None
    """Whose page, and of what: `Kalix EMR incident`."""
    name: str | None = None
    """The name of the incident."""
    badges: str | None = None
    """Impact, status and the link to the vendor."""
    summary: str | None = None
    """The sentence, and the one after it."""
    scheduled_for: str | None = None
    """When a maintenance is to begin."""
    scheduled_until: str | None = None
    """When a maintenance is to be over."""
    started: str | None = None
    """When it began."""
    ended: str | None = None
    """When it was over: *Resolved*, of a maintenance *Ended*."""
    duration: str | None = None
    """How long it was."""
    detector: str | None = None
    """Who noticed: what follows *Detected by*."""
    detected: str | None = None
    """When they did."""
    text: str | None = None
    """Lines that belong to no section."""
    components: tuple[str, ...] = ()
    """The lines under *Affected components*."""
    entries: tuple[Entry, ...] = ()
    """The updates under *Update timeline*, oldest first."""
    has_timeline: bool = attrs.field(default=False, eq=False)
    """Whether that heading was there."""
    places: Mapping[str, int] = attrs.field(factory=dict[str, int], eq=False)
    """The line on which each section was found."""

    def place(self, section: str) -> str:
        """Where a section stands, or would begin."""
        return f"line {self.places.get(section, 1)}"

    @property
    def is_maintenance(self) -> bool:
        """Whether its title says so."""
        return self.title is not None and title_kind(self.title) == "maintenance"


def title_kind(title: str) -> str | None:
    """What a title says the page is about: its last word, if that is one of two."""
    last = title.rpartition(" ")[2].lower()
    return last if last in _KINDS else None


def title_name(title: str) -> str | None:
    """Whose page it is, by its title; one that is no more than a kind says nobody."""
    if title_kind(title) is None:
        return title
    return title.rpartition(" ")[0].strip() or None


# -- writing --------------------------------------------------------------------------


def render(document: Document) -> str:
    """The text of a page."""
    blocks = [
        document.title,
        document.name,
        document.badges,
        document.summary,
        "\n".join(_facts(document)),
        document.text,
    ]
    if document.components:
        blocks += [HEADINGS[0], "\n".join(document.components)]
    if document.entries:
        blocks += [HEADINGS[1], *map(_entry, document.entries)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _facts(document: Document) -> list[str]:
    ended = "Ended" if document.is_maintenance else "Resolved"
    facts = [
        ("Scheduled for", document.scheduled_for),
        ("Scheduled until", document.scheduled_until),
        ("Started", document.started),
        (ended, document.ended),
        ("Duration", document.duration),
    ]
    told = [part for label, value in facts if value for part in (label, value)]
    if document.detector:
        told.append(DETECTED + document.detector)
        if document.detected:
            told.append(document.detected)
    return told


def _entry(entry: Entry) -> str:
    head = f"{HEAD_INDENT}{entry.number}. {entry.word} {entry.time}"
    if not entry.body:
        return head
    told = [INDENT + line if line else "" for line in entry.body.split("\n")]
    # Blank lines at the ends belong to the layout, unless they are indented.
    told[0], told[-1] = told[0] or INDENT, told[-1] or INDENT
    return "\n".join((head, "", *told))
