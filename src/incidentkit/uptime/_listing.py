"""The list that an explanation is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import DAY, lasting, micros, moment
from incidentkit.uptime._explanation import Counted, Explanation, NotCounted, Reason

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.uptime._case import Case
    from incidentkit.uptime._told import Claim


class Listing:
    """What counted within a window and what did not, as it is found."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.first, self.last = case.place(case.start), case.place(case.end)
        self._counted: list[Counted] = []
        self._left: list[NotCounted] = []

    def touches(self, start: int, end: int) -> bool:
        """Whether any of a stretch lies within the window."""
        return start < self.last and self.first < end

    def explanation(self, heading: str) -> Explanation:
        """The list in order."""
        return Explanation(
            heading,
            tuple(sorted(self._counted, key=lambda one: one.start)),
            tuple(sorted(self._left, key=lambda one: one.start)),
        )

    def count(self, label: str, claim: Claim, start: int, end: int) -> None:
        """List a stretch that counted."""
        assert claim.status is not None  # noqa: S101 - nothing else has a weight
        since, until = self._when(start, end)
        self._counted.append(
            Counted(
                component=label,
                start=since,
                end=until,
                length=lasting(end - start),
                status=claim.status,
                weight=self.case.policy.weight(claim.status),
                incident=claim.event,
                update=claim.update,
                rule=claim.rule,
            )
        )

    def leave_claim(
        self,
        label: str,
        claim: Claim,
        reason: Reason,
        length: int,
        detail: str | None = None,
    ) -> None:
        """List how much of a claim did not count for a reason, if any."""
        if length:
            self.leave(
                reason,
                claim.start,
                claim.end,
                length=length,
                component=label,
                status=claim.status,
                incident=claim.event,
                update=claim.update,
                detail=detail,
            )

    def leave(  # noqa: PLR0913 - as many as a NotCounted has
        self,
        reason: Reason,
        start: int,
        end: int,
        *,
        length: int | None = None,
        component: str | None = None,
        status: ComponentStatus | None = None,
        incident: str | None = None,
        update: str | None = None,
        detail: str | None = None,
    ) -> None:
        """List what did not count, and how long if that is not all of it."""
        start, end = max(start, self.first), min(end, self.last)
        since, until = self._when(start, max(start, end))
        self._left.append(
            NotCounted(
                reason=reason,
                start=since,
                end=until,
                length=lasting(max(end - start, 0) if length is None else length),
                component=component,
                status=status,
                incident=incident,
                update=update,
                detail=detail,
            )
        )

    def _when(self, start: int, end: int) -> tuple[DateTime, DateTime]:
        if not self.case.is_nominal:
            return moment(start), moment(end)
        since, until = (
            axis.midnight(axis.nominal_day(at), self.case.zone)
            for at in (start, end + DAY - 1)
        )
        window = micros(self.case.start), micros(self.case.end)
        return moment(max(since, window[0])), moment(min(until, window[1]))
