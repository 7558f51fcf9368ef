"""What a piece of time adds up to, in numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import attrs

from incidentkit._override import override
from incidentkit._time import text
from incidentkit._vocabulary import ComponentStatus
from incidentkit.uptime._axis import SECOND, lasting
from incidentkit.uptime._state import Kind
from incidentkit.uptime._sweep import profiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pendulum import DateTime, Duration

    from incidentkit.uptime._case import Case
    from incidentkit.uptime._state import Judge
    from incidentkit.uptime._sweep import Profile


def floored(fraction: Fraction, digits: int) -> Decimal:
    """
    A fraction as a percentage of so many decimals, cut off and never rounded up.

    >>> floored(Fraction(999_999, 1_000_000), 2)
    Decimal('99.99')

    Raises:
        ValueError: fewer decimals than none.
    """
    if digits < 0:
        raise ValueError(f"a percentage of {digits} decimals cannot be: give 0 or more")
    return Decimal(f"{fraction * 100 * 10**digits // 1}e-{digits}")


class Numbers(NamedTuple):
    """What a piece of time adds up to, in whole numbers."""

    known: int
    """In microseconds, as the next two."""
    unknown: int
    excluded: int
    down: int
    """Down while it is known, as told; by weight, as the next two."""
    lower: int
    """Down at most."""
    upper: int
    """Down at least."""
    levels: tuple[tuple[ComponentStatus, int], ...]
    worst: ComponentStatus | None
    scale: int
    """What is weighed is in microseconds times this."""


@attrs.frozen(kw_only=True, repr=False)
class Measured:
    """
    What a piece of time adds up to; every number is exact.

    Its time is excluded, unknown or known; what is known is up or, by weight, down.
    """

    start: DateTime
    """Its first instant."""
    end: DateTime
    """The first instant after it."""
    _numbers: Numbers = attrs.field(alias="numbers")

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {text(self.start)}: {said(self)}>"

    @property
    def known(self) -> Duration:
        """How long it is known, neither unknown nor excluded."""
        return lasting(self._numbers.known)

    @property
    def unknown(self) -> Duration:
        """How long it is neither up nor down, for nobody said."""
        return lasting(self._numbers.unknown)

    @property
    def excluded(self) -> Duration:
        """How long planned maintenance is taken out by the policy."""
        return lasting(self._numbers.excluded)

    @property
    def downtime(self) -> Fraction:
        """How long it was down while it is known, in seconds, by weight."""
        return Fraction(self._numbers.down, self._numbers.scale * SECOND)

    @property
    def worst(self) -> ComponentStatus | None:
        """
        The worst level told in all of it, whatever it weighs.

        None if none above operational was told and not all of it is known.
        """
        return self._numbers.worst

    @property
    def fraction(self) -> Fraction | None:
        """How much of the known time it was up, from 0 to 1; None: nothing is known."""
        return self._up(self._numbers.down, self._numbers.known)

    @property
    def lower(self) -> Fraction | None:
        """
        How much it was up at least.

        As if all that is unknown had been down, and whatever did not say what broke had
        broken it. None: there is no time at all, or all of it is excluded.
        """
        return self._up(self._numbers.lower, self._counted)

    @property
    def upper(self) -> Fraction | None:
        """
        How much it was up at most.

        As if all that is unknown had been up, but for what was told. None as `lower`.
        """
        return self._up(self._numbers.upper, self._counted)

    def percent(self, digits: int = 2) -> Decimal | None:
        """
        The fraction as a percentage, cut off after so many decimals.

        Never rounded up: 100 means that nothing counted as down. None: nothing is
        known.

        Raises:
            ValueError: fewer decimals than none.
        """
        fraction = self.fraction
        return None if fraction is None else floored(fraction, digits)

    def seconds(self, level: ComponentStatus | str) -> Fraction:
        """
        For how many seconds a level counted while it is known.

        Where several held at once, the one of the greatest weight counts. Of a group
        whose components are averaged, it is their mean.

        Raises:
            ValueError: a word that is no level.
        """
        lasted = dict(self._numbers.levels).get(ComponentStatus(level), 0)
        return Fraction(lasted, self._numbers.scale * SECOND)

    @property
    def _counted(self) -> int:
        return self._numbers.known + self._numbers.unknown

    def _up(self, down: int, of: int) -> Fraction | None:
        return 1 - Fraction(down, of * self._numbers.scale) if of else None


def said(measured: Measured) -> str:
    """A figure for people, or that there is none."""
    percent = measured.percent(4)
    if percent is not None:
        return f"{percent} %"
    upper = measured.upper
    return "unknown" if upper is None else f"unknown, at most {floored(upper, 4)} %"


def numbers(profile: Profile, judge: Judge) -> Numbers:
    """What a policy makes of the marks of a piece of time."""
    known = unknown = excluded = down = lower = upper = 0
    levels: dict[ComponentStatus, int] = {}
    worst: ComponentStatus | None = None
    for signature, lasted in profile.items():
        held = judge.sum(signature)
        if worst is None or held.worst > worst:
            worst = held.worst
        if held.kind is Kind.EXCLUDED:
            excluded += lasted
            continue
        lower += held.lower * lasted
        upper += held.upper * lasted
        if held.kind is Kind.UNKNOWN:
            unknown += lasted
            continue
        known += lasted
        down += held.weight * lasted
        for level, share in held.levels:
            levels[level] = levels.get(level, 0) + share * lasted
    if unknown and worst is ComponentStatus.OPERATIONAL:
        worst = None
    return Numbers(
        known,
        unknown,
        excluded,
        down,
        lower,
        upper,
        tuple(sorted(levels.items())),
        worst,
        judge.scale,
    )


def between(case: Case, edges: Sequence[DateTime]) -> Iterator[Numbers]:
    """What a case adds up to between edges, the first and last its own."""
    judge = case.judge()
    places = [case.place(at) for at in edges]
    for profile in profiles([line.marked for line in case.lines], places):
        yield numbers(profile, judge)
