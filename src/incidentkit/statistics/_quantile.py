"""
Quantiles and bootstrap intervals, exact and the same on every machine.

Lengths are whole microseconds here, and weights are fractions, so that no sum depends
on the order or the width of a float. Only what has to be a whole number again is
rounded, to the nearest, halves to the even one.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HALF = Fraction(1, 2)


def quantile(ordered: Sequence[int], share: Fraction) -> int:
    """
    The value that a share of some values lies below, by linear interpolation.

    Type 7 of Hyndman and Fan: `statistics.quantiles(method="inclusive")`, and numpy's
    default, "linear". The half is the usual median.

    Args:
        ordered: the values, in order; at least one.
        share: from 0 to 1.
    """
    place = (len(ordered) - 1) * share
    below = place.numerator // place.denominator
    if place == below:
        return ordered[below]
    low, high = ordered[below], ordered[below + 1]
    return round(low + (high - low) * (place - below))


def mean(values: Sequence[int]) -> int:
    """The sum by the number; of at least one value."""
    return round(Fraction(sum(values), len(values)))


def bootstrap(
    values: Sequence[int],
    statistic: Callable[[Sequence[int]], int],
    *,
    confidence: Fraction,
    resamples: int,
    seed: int,
) -> tuple[int, int]:
    """
    The percentile bootstrap interval of a statistic (Efron and Tibshirani, chapter 13).

    Draws as many values as there are, with replacement, and takes the statistic of
    them, again and again; the interval is what the middle of those hold.

    Args:
        values: what was measured; at least one.
        statistic: takes ordered values and gives one.
        confidence: how much of what was drawn lies within, from 0 to 1.
        resamples: how often to draw. The time it takes is this by the number of values.
        seed: what the draws depend on.
    """
    # Of all that Random offers, only the sequence of random() is promised to stay:
    # https://docs.python.org/3/library/random.html#notes-on-reproducibility
    random, count = Random(seed).random, len(values)  # noqa: S311 - no secret hangs on it
    ordered = sorted(values)
    # Ranks stand for values while they are drawn and sorted: small, and quick to sort.
    drawn = sorted(
        statistic(
            [
                ordered[rank]
                for rank in sorted([int(random() * count) for _ in range(count)])
            ]
        )
        for _ in range(resamples)
    )
    tail = (1 - confidence) / 2
    return quantile(drawn, tail), quantile(drawn, 1 - tail)
