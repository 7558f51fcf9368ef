"""
What bears on a component, laid out on the axis of time as marks.

Everything that the policy, the window and the caller decide is decided here; what comes
after only sorts, sweeps and sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from incidentkit._vocabulary import ComponentStatus, MaintenanceStatus
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import DAWN, DAY, Span, gaps, meet, micros, union
from incidentkit.uptime._evidence import Basis, day_claims
from incidentkit.uptime._policy import Counts, Reach, Together
from incidentkit.uptime._state import MARKS, Mark
from incidentkit.uptime._told import (
    Claim,
    Open,
    Rule,
    at_work,
    implied,
    is_announcement,
    opened,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from pendulum import DateTime

    from incidentkit._maintenance import Maintenance
    from incidentkit.uptime._evidence import Evidence
    from incidentkit.uptime._policy import Policy
    from incidentkit.uptime._sweep import Marked

_LIGHT: Final = int(Mark.DOUBTED_LIGHTLY)
_DOUBT: Final = int(Mark.DOUBTED)
_MAJOR: Final = ComponentStatus.MAJOR_OUTAGE
_PARTIAL: Final = ComponentStatus.PARTIAL_OUTAGE


class Line(NamedTuple):
    """One component's part in a question."""

    key: str
    label: str
    claims: list[Claim]
    """What is told of it, whether or not it counts."""
    doubts: list[Open]
    """What may have hit it."""
    marked: list[Marked]
    """All that holds of it, as marks."""


class Plan(NamedTuple):
    """A maintenance, and the time that it takes out."""

    event: Maintenance
    keys: frozenset[str]
    """The components it names."""
    pieces: list[Span]


class Layout:
    """What all lines of a question share."""

    def __init__(  # noqa: PLR0913, PLR0917 - as many as a question has
        self,
        evidence: Evidence,
        policy: Policy,
        exclude: Mapping[str, str],
        zone: dt.tzinfo,
        start: DateTime,
        end: DateTime,
    ) -> None:
        self.evidence = evidence
        self.policy = policy
        self.exclude = exclude
        self.zone = zone
        self.is_nominal = evidence.basis is Basis.RECORDED
        self.plans = self._plans() if policy.excludes_maintenance else []
        self._uncovered = (
            [] if evidence.seen is not None else gaps(covered(evidence, policy))
        )
        self._cut = list(self._cut_days(start, end)) if self.is_nominal else []
        self._open: list[tuple[Open, ComponentStatus]] = []
        if policy.counts is Counts.INCIDENTS:
            self._open = list(self._opened())

    # -- lines -----------------------------------------------------------------

    def line(self, key: str) -> Line:
        """All that bears on a component that is no group."""
        above = self.evidence.roster.line(key)
        if self.policy.counts is Counts.INCIDENTS:
            claims, doubts = self._of_incidents(above)
        else:
            claims = [
                claim for one in above for claim in self.evidence.claims.get(one, ())
            ]
            doubts = [*self._vague(above), *self._unsure(above)]
        return self._made(key, above, claims, doubts)

    def whole(self) -> Line:
        """All incidents, whatever they name."""
        claims = [_of_open(one, level) for one, level in self._open]
        name = self.evidence.page.name or "the page"
        return self._made(name, (), claims, [])

    def recorded(self, key: str, keys: tuple[str, ...], rule: Together) -> list[Line]:
        """
        A component's recorded days; of a group without its own, its components' mean.

        Their seconds are averaged day by day and cut to whole ones, as the vendor does.
        """
        own = self.evidence.seen or {}
        if key in own or keys == (key,):
            return [self.line(key)]
        if rule is Together.ALL:
            msg = (
                "recorded days do not tell when within a day: whether all of a group "
                "were up at once cannot be known; take a policy with group='mean'"
            )
            raise ValueError(msg)
        by_day: dict[int, list[dict[ComponentStatus | None, int]]] = {}
        for one in keys:
            for day, seconds in self._days(one).items():
                by_day.setdefault(day, []).append(seconds)
        claims: list[Claim] = []
        for day, children in by_day.items():
            major, partial = (
                sum(seconds.get(level, 0) for seconds in children) // len(children)
                for level in (_MAJOR, _PARTIAL)
            )
            claims += day_claims(key, day, major, partial)
        seen = union((day, day + DAY) for day in by_day)
        return [self._made(key, (key,), claims, [], seen)]

    def _days(self, key: str) -> dict[int, dict[ComponentStatus | None, int]]:
        """The recorded days of a component, with the seconds at each level."""
        began, seen = self._began(key), self.evidence.seen or {}
        days: dict[int, dict[ComponentStatus | None, int]] = {
            day: {}
            for start, end in seen.get(key, ())
            for day in range(start, end, DAY)
            if day >= began
        }
        for claim in self.evidence.claims.get(key, ()):
            day = claim.start - claim.start % DAY
            if day in days:
                days[day][claim.status] = (claim.end - claim.start) // axis.SECOND
        return days

    def _made(
        self,
        key: str,
        above: tuple[str, ...],
        claims: list[Claim],
        doubts: list[Open],
        seen: list[Span] | None = None,
    ) -> Line:
        marked: list[Marked] = [
            (claim.start, claim.end, MARKS[claim.status])
            for claim in claims
            if claim.event is None or claim.event not in self.exclude
        ]
        doubts = [one for one in doubts if one.event not in self.exclude]
        marked += [
            (one.start, one.end, _LIGHT if one.is_light else _DOUBT) for one in doubts
        ]
        dark = self._uncovered
        if self.evidence.seen is not None:
            dark = gaps(self.evidence.seen.get(key, ()) if seen is None else seen)
        marked += [
            (start, end, int(Mark.UNCOVERED)) for start, end in (*dark, *self._cut)
        ]
        marked.append((DAWN, self._began(key), int(Mark.ABSENT)))
        marked += [
            (start, end, int(Mark.PLANNED))
            for plan in self.plans
            if not plan.keys.isdisjoint(above)
            for start, end in plan.pieces
        ]
        return Line(key, self.evidence.roster.label(key), claims, doubts, marked)

    def _began(self, key: str) -> int:
        entry = self.evidence.roster.entry(key)
        if entry is None or entry.start_date is None:
            return DAWN
        day = entry.start_date
        return axis.nominal(day) if self.is_nominal else axis.midnight(day, self.zone)

    def _cut_days(self, start: DateTime, end: DateTime) -> Iterator[Span]:
        # Of a day that lies in the window only in part, it is not known which part of
        # its outages does.
        for at in (start, end):
            day = axis.nominal(axis.local_date(at, self.zone))
            if axis.nominal_place(at, self.zone) != day:
                yield day, day + DAY

    # -- what is told ----------------------------------------------------------

    def _vague(self, above: tuple[str, ...]) -> Iterator[Open]:
        reach = self.policy.unattributed
        for one in self.evidence.vague:
            if reach is Reach.ANY or not one.named or self._names(one, above):
                yield one

    def _unsure(self, above: tuple[str, ...]) -> Iterator[Open]:
        for claim, keys in self.evidence.unsure:
            if not frozenset(keys).isdisjoint(above):
                is_light = claim.status is ComponentStatus.UNDER_MAINTENANCE
                yield Open(
                    str(claim.event),
                    claim.start,
                    claim.end,
                    keys,
                    is_light,
                    is_unsure=True,
                )

    def _names(self, one: Open, above: tuple[str, ...]) -> bool:
        meant = self.evidence.meant
        return any(key in above for mention in one.named for key in meant[mention])

    def _opened(self) -> Iterator[tuple[Open, ComponentStatus]]:
        for incident in self.evidence.page.incidents:
            level = implied(incident)
            if level is not ComponentStatus.OPERATIONAL and not is_announcement(
                incident
            ):
                for one in opened(incident):
                    yield one, level

    def _of_incidents(self, above: tuple[str, ...]) -> tuple[list[Claim], list[Open]]:
        claims: list[Claim] = []
        doubts: list[Open] = []
        for one, level in self._open:
            if self._names(one, above):
                claims.append(_of_open(one, level))
            elif not one.named or self.policy.unattributed is Reach.ANY:
                doubts.append(one)
        return claims, doubts

    # -- maintenance -----------------------------------------------------------

    def _plans(self) -> list[Plan]:
        # What may be several components is none that is surely being worked on.
        sure = self.evidence.roster.sure
        return [
            Plan(
                event,
                frozenset(
                    key
                    for mention in event.affected
                    if (key := sure(mention)) is not None
                ),
                list(meet(announced(event), union(at_work(event)))),
            )
            for event in self.evidence.page.maintenances
            if event.key not in self.exclude
            and event.status is not MaintenanceStatus.CANCELLED
        ]


def _of_open(one: Open, level: ComponentStatus) -> Claim:
    return Claim("", level, one.start, one.end, Rule.OPEN, one.event)


def announced(event: Maintenance) -> list[Span]:
    """For when a maintenance was announced, as far as that was said beforehand."""
    since, until = event.scheduled_for, event.scheduled_until
    if since is None or until is None:
        return []
    if event.created_at is not None:
        since = max(since, event.created_at)
    return [(micros(since), micros(until))] if since < until else []


def covered(evidence: Evidence, policy: Policy) -> list[Span]:
    """
    Where what was told is all there was, of what a policy heeds.

    Where levels are told completely nothing else is needed; else incidents have to be,
    and maintenances, if they count as down.
    """
    coverage = evidence.page.coverage
    known = axis.spans(coverage.incidents)
    if policy.counts is Counts.INCIDENTS:
        return union(known)
    if policy.heeds_maintenance:
        known = list(meet(known, axis.spans(coverage.maintenances)))
    return union([*known, *axis.spans(coverage.states)])
