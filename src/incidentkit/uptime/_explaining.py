"""How a figure is explained: the same marks again, with who made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import ComponentStatus, Impact, MaintenanceStatus
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import FAR, Span, micros
from incidentkit.uptime._evidence import Basis
from incidentkit.uptime._explanation import Reason
from incidentkit.uptime._layout import announced
from incidentkit.uptime._listing import Listing
from incidentkit.uptime._policy import Counts
from incidentkit.uptime._state import Kind, Mark
from incidentkit.uptime._sweep import pieces
from incidentkit.uptime._told import Claim, at_work, is_announcement
from incidentkit.uptime._winners import Lengths, winners

if TYPE_CHECKING:
    from incidentkit._event import Event
    from incidentkit.uptime._case import Case
    from incidentkit.uptime._explanation import Explanation
    from incidentkit.uptime._layout import Line

_UNKNOWN = (
    (Mark.ABSENT, Reason.BEFORE_START),
    (Mark.UNCOVERED, Reason.UNCOVERED),
    (Mark.STRANGE, Reason.STRANGE_LEVEL),
)


class _Sorted(NamedTuple):
    """The time of a line, by how it is treated."""

    known: list[Span]
    excluded: list[Span]
    unknown: list[tuple[Reason, Span]]


def explained(case: Case, heading: str) -> Explanation:
    """All that was counted in a case, and all that was not."""
    teller = _Teller(case)
    for line in case.lines:
        teller.tell(line)
    if case.policy.excludes_maintenance:
        teller.tell_of_maintenance()
    if case.evidence.basis is Basis.TOLD:
        teller.tell_of_events()
    return teller.list.explanation(heading)


class _Teller:
    """Goes through a case line by line, and then event by event."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.policy = case.policy
        self.judge = case.judge()
        self.list = Listing(case)
        self.told: set[str | None] = set()
        roster = case.evidence.roster
        self._above = {key for line in case.lines for key in roster.line(line.key)}
        levels = sorted(
            ComponentStatus, key=lambda level: (self.policy.weight(level), level)
        )
        self._ranks: dict[ComponentStatus | None, int] = {
            level: -rank for rank, level in enumerate(levels)
        }

    # -- lines -----------------------------------------------------------------

    def tell(self, line: Line) -> None:
        """Tell of one component."""
        time = self._sorted(line)
        within = [
            claim for claim in line.claims if self.list.touches(claim.start, claim.end)
        ]
        live = [
            claim
            for claim in within
            if claim.event not in self.case.exclude
            and claim.status is not None
            and self.policy.weight(claim.status) > 0
        ]
        lengths = [0] * len(live)
        for index, start, end in winners(live, self._ranks, time.known):
            lengths[index] += end - start
            self.list.count(line.label, live[index], start, end)
        mine = {id(claim): length for claim, length in zip(live, lengths, strict=True)}
        parts = self._parts(time)
        for claim in within:
            self.told.add(claim.event)
            self._leave(line, claim, mine.get(id(claim)), parts)
        for reason, (start, end) in time.unknown:
            self.list.leave(reason, start, end, component=line.label)
        for one in line.doubts:
            reason = Reason.AMBIGUOUS if one.is_unsure else Reason.UNATTRIBUTED
            if self.list.touches(one.start, one.end):
                self.told.add(one.event)
                self.list.leave(
                    reason, one.start, one.end, component=line.label, incident=one.event
                )
        self._tell_of_gaps(line)

    def _sorted(self, line: Line) -> _Sorted:
        time = _Sorted([], [], [])
        for start, end, ((marks, _),) in pieces(
            [line.marked], self.list.first, self.list.last
        ):
            kind = self.judge.state(marks).kind
            if kind is Kind.KNOWN:
                _append(time.known, start, end)
            elif kind is Kind.EXCLUDED:
                _append(time.excluded, start, end)
            else:
                reason = next(why for mark, why in _UNKNOWN if marks & mark)
                since = start
                if time.unknown:
                    last, (began, ended) = time.unknown[-1]
                    if last is reason and ended == start:
                        time.unknown.pop()
                        since = began
                time.unknown.append((reason, (since, end)))
        return time

    @staticmethod
    def _parts(time: _Sorted) -> list[tuple[Reason, Lengths]]:
        parts = [(Reason.PLANNED, Lengths(time.excluded))]
        for _, reason in _UNKNOWN:
            mine = [piece for why, piece in time.unknown if why is reason]
            parts.append((reason, Lengths(mine)))
        return parts

    def _leave(
        self,
        line: Line,
        claim: Claim,
        counted: int | None,
        parts: list[tuple[Reason, Lengths]],
    ) -> None:
        """Tell of what of a claim did not count, reason by reason."""
        start, end = max(claim.start, self.list.first), min(claim.end, self.list.last)
        # What goes on does so beyond every window: only what came before is cut off.
        outside = start - claim.start + (claim.end - end if claim.end < FAR else 0)
        if claim.event is not None and claim.event in self.case.exclude:
            detail = self.case.exclude[claim.event]
            self.list.leave_claim(
                line.label, claim, Reason.EXCLUDED, end - start, detail
            )
        elif claim.status is None:
            self.list.leave_claim(line.label, claim, Reason.STRANGE_LEVEL, end - start)
        elif counted is None:
            self.list.leave_claim(line.label, claim, Reason.WEIGHT_ZERO, end - start)
        else:
            rest = end - start - counted
            for reason, lengths in parts:
                length = lengths.within(start, end)
                rest -= length
                self.list.leave_claim(line.label, claim, reason, length)
            self.list.leave_claim(line.label, claim, Reason.OVERLAPPED, rest)
        self.list.leave_claim(line.label, claim, Reason.CLIPPED, outside)

    def _tell_of_gaps(self, line: Line) -> None:
        evidence = self.case.evidence
        if self.policy.counts is not Counts.LEVELS:
            return
        for gap in evidence.gaps:
            if (
                line.key in evidence.meant[gap.mention]
                and gap.start < self.list.last
                and self.list.first <= gap.end
                and gap.event not in self.case.exclude
            ):
                self.list.leave(
                    Reason.CHANGED_BEFORE,
                    gap.start,
                    gap.end,
                    component=line.label,
                    incident=gap.event,
                    update=gap.update,
                    detail=f"it had been {gap.before.value}",
                )

    # -- events ----------------------------------------------------------------

    def tell_of_events(self) -> None:
        """Tell of the events in the window that no line has told of."""
        page = self.case.evidence.page
        for event in (*page.incidents, *page.maintenances):
            span = _extent(event)
            if (
                event.key in self.told
                or span is None
                or not (span[0] < self.list.last and self.list.first <= span[1])
            ):
                continue
            reason, detail = self._why_not(event), self.case.exclude.get(event.key)
            self.list.leave(reason, *span, incident=event.key, detail=detail)

    def _why_not(self, event: Event) -> Reason:
        only_incidents = self.policy.counts is Counts.INCIDENTS
        is_lost = not event.is_open and not event.end_known
        for reason, holds in (
            (Reason.EXCLUDED, event.key in self.case.exclude),
            (
                Reason.NOT_AN_INCIDENT,
                only_incidents and isinstance(event, Maintenance),
            ),
            (Reason.ELSEWHERE, self._is_elsewhere(event)),
            (Reason.ANNOUNCEMENT, is_announcement(event)),
            (Reason.NO_IMPACT, event.impact is Impact.NONE),
            (Reason.START_UNKNOWN, not event.start_known),
            (Reason.END_UNKNOWN, is_lost),
        ):
            if holds:
                return reason
        return Reason.OPERATIONAL

    def _is_elsewhere(self, event: Event) -> bool:
        # Of a page as a whole nothing is elsewhere.
        if self.case.component is None or not event.affected:
            return False
        return not self._is_about(event)

    def _is_about(self, event: Event) -> bool:
        resolved = self.case.evidence.roster.resolved
        return any(
            key in self._above for one in event.affected for key in resolved(one)
        )

    def tell_of_maintenance(self) -> None:
        """Tell of what maintenance was taken out, and of what was not."""
        evidence = self.case.evidence
        taken = {plan.event.key: plan for plan in self.case.plans}
        for event in evidence.page.maintenances:
            span = _extent(event)
            if (
                span is None
                or not (span[0] < self.list.last and self.list.first <= span[1])
                or event.key in self.case.exclude
                or not self._is_about(event)
            ):
                continue
            self.told.add(event.key)
            if event.status is MaintenanceStatus.CANCELLED:
                self.list.leave(Reason.CALLED_OFF, *span, incident=event.key)
                continue
            working = at_work(event)
            if not working:
                self.list.leave(Reason.NEVER_BEGUN, *span, incident=event.key)
                continue
            for start, end in taken[event.key].pieces:
                if self.list.touches(start, end):
                    self.list.leave(Reason.PLANNED, start, end, incident=event.key)
            outside = axis.meet(axis.union(working), axis.gaps(announced(event)))
            for start, end in outside:
                if self.list.touches(start, end):
                    self.list.leave(
                        Reason.NOT_ANNOUNCED, start, end, incident=event.key
                    )


def _append(stretches: list[Span], start: int, end: int) -> None:
    if stretches and stretches[-1][1] == start:
        start = stretches.pop()[0]
    stretches.append((start, end))


def _extent(event: Event) -> Span | None:
    """From the first to the last that is known of an event; None: it has no time."""
    times = [update.at for update in event.updates]
    if event.began_at is not None:
        times.append(event.began_at)
    if not times:
        return None
    end = max(times) if event.ended_at is None else event.ended_at
    return micros(min(times)), FAR if event.is_open else micros(max(end, min(times)))
