"""Who counts, where several tell of the same time: the sweep again, with names."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.uptime._axis import Span
    from incidentkit.uptime._told import Claim


class Lengths:
    """How much of stretches in order lies within others, found by halving."""

    def __init__(self, stretches: list[Span]) -> None:
        self._starts = [start for start, _ in stretches]
        self._stretches = stretches
        self._sums = [0]
        for start, end in stretches:
            self._sums.append(self._sums[-1] + end - start)

    def _until(self, at: int) -> int:
        index = bisect_right(self._starts, at)
        if not index:
            return 0
        start, end = self._stretches[index - 1]
        return self._sums[index - 1] + min(at, end) - start

    def within(self, start: int, end: int) -> int:
        """How much lies between two places."""
        return self._until(end) - self._until(start)


def winners(
    claims: list[Claim], ranks: Mapping[ComponentStatus | None, int], known: list[Span]
) -> Iterator[tuple[int, int, int]]:
    """
    The claims that count, each with from where to where, in order.

    Args:
        claims: what may count.
        ranks: the rank of each level; the lowest counts, and of equals the earliest.
        known: where anything can count, in order.
    """
    pending = sorted(range(len(claims)), key=lambda index: claims[index].start)
    pending.reverse()
    running: list[tuple[int, int, int]] = []
    last: tuple[int, int, int] | None = None
    for start, end in known:
        at = start
        while at < end:
            while pending and claims[pending[-1]].start <= at:
                index = pending.pop()
                claim = claims[index]
                heapq.heappush(running, (ranks[claim.status], claim.start, index))
            while running and claims[running[0][2]].end <= at:
                heapq.heappop(running)
            stop = min(end, claims[pending[-1]].start) if pending else end
            if not running:
                at = stop
                continue
            index = running[0][2]
            stop = min(stop, claims[index].end)
            if last is not None and last[0] == index and last[2] == at:
                last = (index, last[1], stop)
            else:
                if last is not None:
                    yield last
                last = (index, at, stop)
            at = stop
    if last is not None:
        yield last
