"""The words of a Pingoru page, and ours; and what a line of text can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from incidentkit._vocabulary import (
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "pingoru"

#: The words that head the updates. Seen: investigating, identified, monitoring,
#: resolved. The others are the vendors' own, of which Pingoru's are copies; an update
#: that names none is a plain "update".
STATUS_TO_WORD: Final[Mapping[Status | None, str]] = {
    IncidentStatus.INVESTIGATING: "investigating",
    IncidentStatus.IDENTIFIED: "identified",
    IncidentStatus.MONITORING: "monitoring",
    IncidentStatus.RESOLVED: "resolved",
    IncidentStatus.POSTMORTEM: "postmortem",
    MaintenanceStatus.SCHEDULED: "scheduled",
    MaintenanceStatus.IN_PROGRESS: "in progress",
    MaintenanceStatus.VERIFYING: "verifying",
    MaintenanceStatus.COMPLETED: "completed",
    MaintenanceStatus.CANCELLED: "cancelled",
    None: "update",
}
WORD_TO_STATUS: Final[Mapping[str, Status | None]] = {
    **{word: status for status, word in STATUS_TO_WORD.items()},
    "in_progress": MaintenanceStatus.IN_PROGRESS,
    "post-mortem": IncidentStatus.POSTMORTEM,
    "canceled": MaintenanceStatus.CANCELLED,
}

#: The words of the first badge. Seen: Critical.
IMPACT_TO_WORD: Final[Mapping[Impact, str]] = {
    Impact.NONE: "None",
    Impact.MAINTENANCE: "Maintenance",
    Impact.MINOR: "Minor",
    Impact.MAJOR: "Major",
    Impact.CRITICAL: "Critical",
}
WORD_TO_IMPACT: Final[Mapping[str, Impact]] = {
    word.lower(): impact for impact, word in IMPACT_TO_WORD.items()
}

#: The link that ends the line of badges.
LINK: Final = "View vendor source →"

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BREAKS: Final = re.compile(r"\r\n|\n|\r")
# All that str.strip() takes off, and the mark that a decoder takes for its own.
_EDGES: Final = "\ufeff" + "".join(filter(str.isspace, map(chr, range(0x3001))))


class Badges(NamedTuple):
    """The two badges under the name, and their words where nobody knows them."""

    impact: Impact | None
    status: Status | None
    impact_word: str | None = None
    status_word: str | None = None


def badges(line: str) -> Badges | None:
    """
    What a line of badges says; None if it is none.

    It ends with the link to the vendor, or is made of both badges and nothing else: an
    incident may be called "Major".
    """
    words, linked = _unlinked(line)
    low = words.lower()
    impact: Impact | None = None
    first, _, rest = low.partition(" ")
    if first in WORD_TO_IMPACT:
        impact = WORD_TO_IMPACT[first]
        low, words = rest.strip(), words[len(first) :].strip()
    if low in WORD_TO_STATUS and (linked or impact is not None):
        return Badges(impact, WORD_TO_STATUS[low])
    if not linked:
        return None
    if not low or impact is not None:
        return Badges(impact, None, None, words or None)
    # The status is the last badge, of one word or two.
    for status in sorted(WORD_TO_STATUS, key=len, reverse=True):
        if low.endswith(f" {status}"):
            unknown = words[: -len(status)].strip()
            return Badges(None, WORD_TO_STATUS[status], unknown)
    first, _, rest = words.partition(" ")
    return Badges(None, None, first, rest.strip() or None)


def badge_line(impact: str | None, status: Status | None) -> str:
    """The line of badges that says this."""
    word = None if status is None else STATUS_TO_WORD[status].capitalize()
    return " ".join(filter(None, (impact, word, LINK)))


def _unlinked(line: str) -> tuple[str, bool]:
    text = line.rstrip("→ ")
    link = LINK.rstrip("→ ")
    if text.endswith(link):
        return text.removesuffix(link).strip(), True
    return line, False


def one_line(text: str) -> str:
    """Text as one line can hold it: without controls, and no blanks at its ends."""
    return _CONTROLS.sub(" ", text).strip(_EDGES)


def lines(text: str) -> list[str]:
    """The lines of a text; nothing but CR and LF ends one."""
    return _BREAKS.split(text)
