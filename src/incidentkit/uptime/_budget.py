"""Error budgets: what an objective allows, and how much of it is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from incidentkit.uptime._axis import seconds
from incidentkit.uptime._policy import share

if TYPE_CHECKING:
    from fractions import Fraction

    from incidentkit.uptime._measured import Measured
    from incidentkit.uptime._policy import Share


@final
@attrs.frozen
class Budget:
    """
    What an objective allows to be down, and how much of it is spent.

    Everything is exact; lengths are in seconds. Time that is unknown spends nothing and
    is not thereby up: in the middle of a month the rest of it is unknown.

    The formulas are those of Google's site reliability engineers:
    https://cloud.google.com/blog/products/gcp/available-or-not-that-is-the-question-cre-life-lessons

    Raises:
        ValueError: an objective that is not from 0 to 1.
        TypeError: one that is no number.
    """

    slo: Fraction = attrs.field(converter=share)
    """The objective: the share of the time that is to be up."""
    measured: Measured = attrs.field(kw_only=True)
    """What it is held against."""

    @property
    def total(self) -> Fraction:
        """How long it may be down: of all the window, but for what is excluded."""
        counted = seconds(self.measured.known) + seconds(self.measured.unknown)
        return (1 - self.slo) * counted

    @property
    def spent(self) -> Fraction:
        """How long it was down, by weight."""
        return self.measured.downtime

    @property
    def remaining(self) -> Fraction:
        """How much is left; below zero once the objective is missed."""
        return self.total - self.spent

    @property
    def burn_rate(self) -> Fraction | None:
        """
        How fast it is spent: 1 spends it exactly, over as much time as it is for.

        The share of the known time that was down, against the share that may be. None
        if nothing is known, or nothing may be down.
        """
        fraction = self.measured.fraction
        if fraction is None or self.slo == 1:
            return None
        return (1 - fraction) / (1 - self.slo)

    @property
    def is_met(self) -> bool | None:
        """
        Whether the objective is met, whatever happened in the unknown time.

        None if that decides: it may be met and may not. By the bounds of what was
        measured; without any time it is met.
        """
        lower, upper = self.measured.lower, self.measured.upper
        if lower is None or upper is None or lower >= self.slo:
            return True
        return False if upper < self.slo else None


def budget(measured: Measured, slo: Share) -> Budget:
    """
    What an objective allows of a figure, a day or a month, and how much is spent.

    >>> from incidentkit import StatusPage
    >>> from incidentkit.uptime import uptime
    >>> start, end = "2024-04-01T00:00:00Z", "2024-05-01T00:00:00Z"
    >>> page = StatusPage("Kalix", components=["API"]).covering(start, end)
    >>> allowed = budget(uptime(page, "API", start=start, end=end), 0.999)
    >>> float(allowed.total / 60), allowed.remaining == allowed.total
    (43.2, True)

    Raises:
        ValueError: an objective that is not from 0 to 1.
        TypeError: one that is no number.
    """
    return Budget(slo, measured=measured)
