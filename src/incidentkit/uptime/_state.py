"""
How a component stands at an instant, and what several add up to.

All that can be true at once is a set of marks; a policy makes a state of them. There
are few sets of marks on any page, so each is looked at once.
"""

from __future__ import annotations

from enum import Enum, IntFlag
from math import lcm
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from incidentkit._vocabulary import ComponentStatus
from incidentkit.uptime._policy import Policy, Together

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mark(IntFlag):
    """What may hold of a component at an instant."""

    MAINTAINED = 1
    DEGRADED = 2
    PARTIAL = 4
    MAJOR = 8
    STRANGE = 16
    """Its level was told in a word that nobody knows."""
    UNCOVERED = 32
    """The page does not claim to tell all."""
    ABSENT = 64
    """Its history has not begun."""
    PLANNED = 128
    """It is being worked on, as was announced."""
    DOUBTED = 256
    """Something was wrong, and nobody said what was broken."""
    DOUBTED_LIGHTLY = 512
    """Somebody was at work, and nobody said on what."""


MARKS: Final[Mapping[ComponentStatus | None, int]] = {
    ComponentStatus.UNDER_MAINTENANCE: int(Mark.MAINTAINED),
    ComponentStatus.DEGRADED_PERFORMANCE: int(Mark.DEGRADED),
    ComponentStatus.PARTIAL_OUTAGE: int(Mark.PARTIAL),
    ComponentStatus.MAJOR_OUTAGE: int(Mark.MAJOR),
    None: int(Mark.STRANGE),
}
_LEVELS: Final = tuple(
    (mark, level) for level, mark in MARKS.items() if level is not None
)


class Kind(Enum):
    """How a piece of time is treated."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"
    ABSENT = "absent"


class State(NamedTuple):
    """How a component stands, under a policy; weights are in the judge's `unit`."""

    kind: Kind
    weight: int
    """How much of it is down, as told."""
    lower: int
    """How much may be down at most."""
    level: ComponentStatus
    """The level that counts: of those told, the one of the greatest weight."""
    worst: ComponentStatus
    """The worst level told, whether or not it counts."""


Signature: TypeAlias = tuple[tuple[int, int], ...]
"""How many components have which marks, by marks."""


class Sum(NamedTuple):
    """What several components add up to at an instant; shares are of `Judge.scale`."""

    kind: Kind
    """Never absent: what is wholly absent is unknown."""
    weight: int
    """How much is down, as told."""
    lower: int
    """How much may be down at most."""
    upper: int
    """How much is down at least."""
    levels: tuple[tuple[ComponentStatus, int], ...]
    """The levels that count, with their shares of the components."""
    worst: ComponentStatus


class Judge:
    """What a policy makes of marks; it looks at each set of them once."""

    def __init__(self, policy: Policy, rule: Together, many: int = 1) -> None:
        """
        Take a policy for so many components.

        Weights are whole multiples of one over `unit`, and the shares of a mean of one
        over `scale`, so that all sums are of integers.
        """
        self.rule = rule
        weights = {level: policy.weight(level) for level in ComponentStatus}
        self.unit = lcm(*(weight.denominator for weight in weights.values()))
        self.scale = self.unit
        if rule is Together.MEAN:
            self.scale *= lcm(*range(1, many + 1))
        self._weights = {
            level: weight.numerator * (self.unit // weight.denominator)
            for level, weight in weights.items()
        }
        self._greatest = max(self._weights.values())
        self._counts_outages = policy.counts_outages_in_maintenance
        self._states: dict[int, State] = {}
        self._sums: dict[Signature, Sum] = {}

    def state(self, marks: int) -> State:
        """How a component stands of which so much is true."""
        if marks not in self._states:
            self._states[marks] = self._state(marks)
        return self._states[marks]

    def sum(self, signature: Signature) -> Sum:
        """What components add up to, of which so many have such marks."""
        if signature not in self._sums:
            self._sums[signature] = self._sum(signature)
        return self._sums[signature]

    def _state(self, marks: int) -> State:
        # Excluded maintenance goes before everything. Then comes what is unknown,
        # unless the greatest weight there is was told within coverage: nothing unknown
        # can be worse. Then the greatest weight of any level told counts.
        told = [level for mark, level in _LEVELS if marks & mark]
        worst = max(told, default=ComponentStatus.OPERATIONAL)
        weight, level = max(
            ((self._weights[one], one) for one in told),
            default=(0, ComponentStatus.OPERATIONAL),
        )
        lower = weight
        if marks & Mark.DOUBTED:
            lower = self._greatest
        elif marks & Mark.DOUBTED_LIGHTLY:
            lower = max(weight, self._weights[ComponentStatus.UNDER_MAINTENANCE])
        is_outage = self._counts_outages and any(
            self._weights[one]
            for one in told
            if one is not ComponentStatus.UNDER_MAINTENANCE
        )
        if marks & Mark.PLANNED and not is_outage:
            return State(Kind.EXCLUDED, weight, lower, level, worst)
        if marks & Mark.ABSENT:
            return State(Kind.ABSENT, weight, self._greatest, level, worst)
        is_strange = marks & Mark.STRANGE and weight < self._greatest
        if marks & Mark.UNCOVERED or is_strange:
            return State(Kind.UNKNOWN, weight, self._greatest, level, worst)
        return State(Kind.KNOWN, weight, lower, level, worst)

    def _sum(self, signature: Signature) -> Sum:
        # Those that are excluded or whose history has not begun are left aside as long
        # as there are others. The mean is over those that are known, whatever is beside
        # them; where all have to be up, one that is unknown makes the whole unknown,
        # unless another is as far down as can be.
        by_kind: dict[Kind, list[tuple[State, int]]] = {kind: [] for kind in Kind}
        for marks, many in signature:
            one = self.state(marks)
            by_kind[one.kind].append((one, many))
        known, unknown = by_kind[Kind.KNOWN], by_kind[Kind.UNKNOWN]
        worst = max(self.state(marks).worst for marks, _ in signature)
        if not known and not unknown:
            excluded = by_kind[Kind.EXCLUDED]
            left = excluded or by_kind[Kind.ABSENT]
            kind = Kind.EXCLUDED if excluded else Kind.UNKNOWN
            return self._added(kind, left, left, worst)
        is_known = bool(known)
        if unknown and self.rule is Together.ALL:
            is_known = any(one.weight == self._greatest for one, _ in known)
        kind = Kind.KNOWN if is_known else Kind.UNKNOWN
        return self._added(kind, known or unknown, known + unknown, worst)

    def _added(
        self,
        kind: Kind,
        told: list[tuple[State, int]],
        possible: list[tuple[State, int]],
        worst: ComponentStatus,
    ) -> Sum:
        if self.rule is Together.ALL:
            weight, level = max((one.weight, one.level) for one, _ in told)
            return Sum(
                kind,
                weight,
                max(one.lower for one, _ in possible),
                max(one.weight for one, _ in possible),
                ((level, self.scale),),
                worst,
            )
        spread = self.scale // self.unit
        each_told = spread // sum(many for _, many in told)
        each_possible = spread // sum(many for _, many in possible)
        levels: dict[ComponentStatus, int] = {}
        for one, many in told:
            share = many * each_told * self.unit
            levels[one.level] = levels.get(one.level, 0) + share
        return Sum(
            kind,
            sum(one.weight * many for one, many in told) * each_told,
            sum(one.lower * many for one, many in possible) * each_possible,
            sum(one.weight * many for one, many in possible) * each_possible,
            tuple(levels.items()),
            worst,
        )
