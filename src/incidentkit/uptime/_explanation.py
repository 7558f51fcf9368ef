"""Every stretch that a figure counted, and all that it did not, with the reason."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, final

import attrs

from incidentkit._override import override
from incidentkit._time import text
from incidentkit.uptime._axis import in_words, length_micros
from incidentkit.uptime._told import Rule

if TYPE_CHECKING:
    from fractions import Fraction

    from pendulum import DateTime, Duration

    from incidentkit._vocabulary import ComponentStatus


class Reason(Enum):
    """Why something in the window was not counted."""

    WEIGHT_ZERO = "its level counts nothing by the policy"
    OVERLAPPED = "another that weighs as much or more was told of the same time"
    CLIPPED = "it lies outside the window"
    UNCOVERED = "the page does not claim to tell all of this time"
    BEFORE_START = "the component's history had not begun"
    STRANGE_LEVEL = "its level was told in a word that nobody knows"
    PLANNED = "announced maintenance, taken out by the policy"
    EXCLUDED = "excluded by the caller"
    UNATTRIBUTED = "it does not say what broke: it may have been this"
    AMBIGUOUS = "several components are called so: it may have been this"
    CHANGED_BEFORE = "an update says that the level had changed before, and not when"
    START_UNKNOWN = "first told when it was over: nobody said when it began"
    END_UNKNOWN = "it is over, and nobody said since when"
    NO_IMPACT = "it is said to have had no impact"
    ANNOUNCEMENT = "an announcement, without a status and an impact"
    ELSEWHERE = "it names other components"
    OPERATIONAL = "nothing above operational was told of it that lasted"
    NOT_AN_INCIDENT = "a maintenance, and only incidents count"
    CALLED_OFF = "maintenance not taken out: it was called off"
    NEVER_BEGUN = "maintenance not taken out: nobody said that it began"
    NOT_ANNOUNCED = "maintenance not taken out: not announced for this time beforehand"


@final
@attrs.frozen(kw_only=True)
class Counted:
    """A stretch that counted as down."""

    component: str
    """Of which component, by name if it has one."""
    start: DateTime
    """Its first instant; of a recorded day, the day's."""
    end: DateTime
    """The first instant after it; of a recorded day, the day's."""
    length: Duration
    """How long it counted; of a recorded day less than from start to end."""
    status: ComponentStatus
    """The level."""
    weight: Fraction
    """How much of it counted as down."""
    incident: str | None
    """The key of the incident that tells of it."""
    update: str | None
    """The id of the update that tells of it first."""
    rule: Rule
    """How far it can be believed."""

    @override
    def __str__(self) -> str:
        told = "" if self.incident is None else f" by {self.incident}"
        told += "" if self.update is None else f", update {self.update}"
        return (
            f"{text(self.start)} to {text(self.end)}: {self.component} "
            f"{self.status.value}, {_long(self.length)} of weight "
            f"{float(self.weight):g}{told} ({self.rule.value})"
        )


@final
@attrs.frozen(kw_only=True)
class NotCounted:
    """Something in the window that did not count as down, or not all of it."""

    reason: Reason
    """Why not."""
    start: DateTime
    """Its first instant, as far as it lies in the window."""
    end: DateTime
    """The first instant after it, as far as it lies in the window."""
    length: Duration
    """How much of it did not count for this reason."""
    component: str | None = None
    """Of which component; None: of whatever the figure is of."""
    status: ComponentStatus | None = None
    """The level that was told."""
    incident: str | None = None
    """The key of the incident or maintenance."""
    update: str | None = None
    """The id of the update."""
    detail: str | None = None
    """More about the reason: the one that the caller gave, the level there had been."""

    @override
    def __str__(self) -> str:
        when = f"{text(self.start)} to {text(self.end)}"
        what = " ".join(
            word
            for word in (
                self.component,
                None if self.status is None else self.status.value,
                None if self.incident is None else f"by {self.incident}",
            )
            if word is not None
        )
        detail = "" if self.detail is None else f" ({self.detail})"
        return f"{when}: {what or 'all'}, {_long(self.length)}{detail}"


@final
@attrs.frozen
class Explanation:
    """
    What a figure counted and what it did not; as text, a page to read.

    Of a single component the lengths of `counted` by their weights are the downtime, to
    the microsecond.
    """

    heading: str
    """The figure, in a line."""
    counted: tuple[Counted, ...]
    """What counted as down, in order of start."""
    not_counted: tuple[NotCounted, ...]
    """What did not, in order of start."""

    @property
    def left_broken(self) -> tuple[str, ...]:
        """The keys of the incidents that ended while it was still broken."""
        return tuple(
            dict.fromkeys(
                one.incident
                for one in self.counted
                if one.rule is Rule.LEFT_BROKEN and one.incident is not None
            )
        )

    def because(self, reason: Reason) -> tuple[NotCounted, ...]:
        """What was not counted for one reason."""
        return tuple(one for one in self.not_counted if one.reason is reason)

    @override
    def __str__(self) -> str:
        tally = Counter(one.reason for one in self.not_counted)
        lines = [self.heading, "", f"Counted: {len(self.counted)}"]
        lines += [f"  {one}" for one in self.counted]
        lines += ["", f"Not counted: {len(self.not_counted)}"]
        for reason in Reason:
            if tally[reason]:
                lines.append(f"  {tally[reason]} because: {reason.value}")
                lines += [f"    {one}" for one in self.because(reason)]
        return "\n".join(lines)


def _long(length: Duration) -> str:
    micro = length_micros(length)
    return in_words(micro) if micro else "no time"
