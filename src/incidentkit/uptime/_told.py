"""
What incidents and maintenances tell of components, in one walk over their updates.

The rule is that of `Incident.outages`: a level holds from its update until the next row
for that component in the same incident, and never past the end. Here levels that nobody
knows are kept as well, and what cannot be right is marked.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from incidentkit._maintenance import Maintenance
from incidentkit._timeline import effects
from incidentkit._vocabulary import ComponentStatus, Impact, MaintenanceStatus
from incidentkit.uptime._axis import FAR, Span, micros, union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidentkit._component import ComponentRef
    from incidentkit._event import Event
    from incidentkit._incident import Incident

_OPERATIONAL = ComponentStatus.OPERATIONAL
_AT_WORK = (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING)


class Rule(Enum):
    """Why a stretch ends where it does, and so how far it can be believed."""

    TOLD = "told, until the next level or the end of the incident"
    LEFT_BROKEN = "still broken when the incident ended; counted to that end"
    GOES_ON = "not over; counted as far as is known"
    OPEN = "the incident was open"
    OBSERVED = "seen at one look, and taken to hold until the next"
    RECORDED = "recorded by the vendor for the day"


class Claim(NamedTuple):
    """A level above operational, or one that nobody knows, with who says so."""

    mention: str
    status: ComponentStatus | None
    start: int
    end: int
    rule: Rule
    event: str | None = None
    update: str | None = None


class Gap(NamedTuple):
    """Something changed between two rows, or before the first, and nobody said when."""

    mention: str
    start: int
    end: int
    event: str
    update: str | None
    before: ComponentStatus


class Open(NamedTuple):
    """A piece of time in which an incident was open, or a maintenance at work."""

    event: str
    start: int
    end: int
    named: tuple[str, ...]
    """What it may be about, by key of mention; nothing: it names none."""
    is_light: bool
    """Whether no more than maintenance can have been meant."""
    is_unsure: bool = False
    """Whether it does say what broke, and several components are called so."""


Refs: TypeAlias = "dict[tuple[str | None, str | None], ComponentRef]"


class Walk:
    """Everything that the events of a page tell."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.gaps: list[Gap] = []
        self.refs: Refs = {}
        """Every component mentioned, once by id and name."""
        self.vague: list[Open] = []
        """When open was what does not say what broke."""

    def take(self, event: Event) -> None:
        """Take in one incident or maintenance."""
        for mention in event.components:
            self.refs.setdefault((mention.id, mention.name), mention)
        met = self._levels(event) - {None}
        if met <= {_OPERATIONAL} and is_vague(event, is_rated=bool(met)):
            self.vague += opened(event)

    def _levels(self, event: Event) -> set[ComponentStatus | None]:
        """Take in its rows; all the levels that they name."""
        refs = self.refs
        met: set[ComponentStatus | None] = set()
        running: dict[str, tuple[int, ComponentStatus | None, str | None]] = {}
        last: dict[str, ComponentStatus | None] = {}
        before_at: dict[str, int] = {}
        over: list[tuple[str, int, ComponentStatus | None, int, str | None]] = []
        updates = event.updates
        for effect, update in zip(effects(updates), updates, strict=True):
            if not update.states:
                continue
            at = micros(effect)
            for row in update.states:
                ref, status, before = row.component, row.status, row.before
                key = ref.key
                if (ref.id, ref.name) not in refs:
                    refs[ref.id, ref.name] = ref
                told = last.get(key, _OPERATIONAL)
                if before is not None and told is not None and told is not before:
                    since = before_at.get(key, at)
                    self.gaps.append(Gap(key, since, at, event.key, update.id, before))
                last[key], before_at[key] = status, at
                held = running.get(key)
                if held is not None and held[1] is not status:
                    start, level, told_in = running.pop(key)
                    over.append((key, start, level, at, told_in))
                    held = None
                if held is None and status is not _OPERATIONAL:
                    running[key] = (at, status, update.id)
                met.add(status)
        self._finish(event, running, over)
        return met

    def _finish(
        self,
        event: Event,
        running: dict[str, tuple[int, ComponentStatus | None, str | None]],
        over: list[tuple[str, int, ComponentStatus | None, int, str | None]],
    ) -> None:
        # As a rule all that is told is that all is well, and the end does not matter.
        if not running and not over:
            return
        is_open = event.is_open
        ended = event.ended_at
        if ended is None and not is_open:
            ended = event.updates[-1].at
        end = FAR if ended is None else micros(ended)
        rule = Rule.GOES_ON if is_open else Rule.LEFT_BROKEN
        key = event.key
        for mention, start, level, stop, update in over:
            if start < min(stop, end):
                self.claims.append(
                    Claim(mention, level, start, min(stop, end), Rule.TOLD, key, update)
                )
        for mention, (start, level, update) in running.items():
            if start < end:
                self.claims.append(Claim(mention, level, start, end, rule, key, update))


def is_announcement(event: Event) -> bool:
    """Whether it has neither a status nor an impact: it only says something."""
    return event.status is None and event.impact in (None, Impact.NONE)


def is_vague(event: Event, *, is_rated: bool) -> bool:
    """
    Whether something may have been broken, of what names nothing that was.

    It claims an impact; or it claims nothing at all, no impact and not one level.
    """
    if event.impact is None:
        return not is_rated and event.status is not None
    return event.impact is not Impact.NONE


def opened(event: Event) -> Iterator[Open]:
    """
    When it was open, or at work; nothing where nobody said when.

    What was resolved and reopened was not open in between.
    """
    named = tuple(mention.key for mention in event.affected)
    pieces = at_work(event) if isinstance(event, Maintenance) else still_open(event)
    for start, end in pieces:
        yield Open(event.key, start, end, named, event.impact is Impact.MAINTENANCE)


def still_open(event: Event) -> list[Span]:
    """The time in which an incident was open, where its beginning and end are known."""
    began, is_open = event.began_at, event.is_open
    if began is None or not event.start_known or not (is_open or event.end_known):
        return []
    return union(
        (micros(one.start), FAR if one.end is None else micros(one.end))
        for one in event.stretches
        if one.held is None or not one.held.is_closed
    )


def at_work(event: Maintenance) -> list[Span]:
    """The time in which a maintenance was in progress or being verified."""
    return union(
        (micros(one.start), FAR if one.end is None else micros(one.end))
        for one in event.stretches
        if one.held in _AT_WORK
    )


def implied(incident: Incident) -> ComponentStatus:
    """
    The level that an open incident stands for, by its impact.

    What Statuspage derives the impact from, backwards; nobody stated an impact: the
    worst.
    """
    return _LEVELS[incident.impact]


_LEVELS: Mapping[Impact | None, ComponentStatus] = {
    **{level.impact: level for level in ComponentStatus},
    None: ComponentStatus.MAJOR_OUTAGE,
}
