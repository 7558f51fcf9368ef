"""
Half-open stretches of time, and what can be done with many of them.

A stretch holds from its start up to, and not including, its end; an end of None is not
reached yet. Everything here is linear after one sort.
"""

from __future__ import annotations

import heapq
from datetime import timedelta
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, final

import attrs

from incidentkit._make import maker
from incidentkit._override import override
from incidentkit._time import elapsed, instant, length, optional_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pendulum import DateTime, Duration


class Ordered(Protocol):
    """Something that has an order, such as a component's level."""

    def __lt__(self, other: Any, /) -> bool:  # noqa: ANN401 - whatever it knows
        """Whether it is less than another."""
        ...


T = TypeVar("T")
O = TypeVar("O", bound=Ordered)  # noqa: E741 - for what has an order


@final
@attrs.frozen
class Stretch(Generic[T]):
    """
    A half-open piece of time with what held in it.

    A stretch that ends where it starts is that one instant when it says what was known
    (`Coverage`), and nothing at all when lengths are summed.

    >>> Stretch("2021-03-22T19:22:00Z", "2021-03-22T19:31:00Z", "investigating")
    <Stretch 2021-03-22T19:22:00+00:00 to 2021-03-22T19:31:00+00:00: 'investigating'>

    Raises:
        ValueError: the end is before the start, or a time has no zone.
    """

    start: DateTime = attrs.field(converter=instant)
    """The first instant of it."""
    end: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """The first instant after it; None if it goes on."""
    held: T = attrs.field(default=None)
    """What held."""

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            msg = f"a stretch cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(msg)

    @override
    def __repr__(self) -> str:
        end = "…" if self.end is None else self.end.isoformat()
        return f"<Stretch {self.start.isoformat()} to {end}: {self.held!r}>"

    @property
    def duration(self) -> Duration | None:
        """How long it lasts; None if it goes on."""
        return None if self.end is None else length(self.start, self.end)

    def covers(self, at: datetime | str) -> bool:
        """
        Whether an instant lies in it.

        Raises:
            ValueError: `at` has no zone.
        """
        moment = instant(at)
        if self.end is None:
            return self.start <= moment
        return self.start <= moment < self.end or self.start == moment == self.end


make_stretch = maker(Stretch)


def clip(
    stretches: Iterable[Stretch[T]], start: DateTime, end: DateTime
) -> Iterator[Stretch[T]]:
    """What of each stretch lies between two instants; empty pieces are left out."""
    for stretch in stretches:
        begin = max(stretch.start, start)
        stop = end if stretch.end is None else min(stretch.end, end)
        if begin < stop:
            yield make_stretch(start=begin, end=stop, held=stretch.held)


def merge(stretches: Iterable[Stretch[T]]) -> tuple[Stretch[None], ...]:
    """
    The union, as stretches in order that do not overlap and meet only at an instant.

    A single instant just after a stretch stays by itself: the stretch does not hold it.
    """
    # Two sorts by one thing each take half the time of one by two.
    pieces = [(one.start, one.start == one.end, one.end) for one in stretches]
    pieces.sort(key=itemgetter(1))
    pieces.sort(key=itemgetter(0))
    if not pieces:
        return ()
    merged: list[Stretch[None]] = []
    since, _, until = pieces[0]
    for start, is_instant, end in pieces:
        if until is not None and (
            until < start or (is_instant and since != start == until)
        ):
            merged.append(make_stretch(start=since, end=until))
            since, until = start, end
        elif until is not None and (end is None or end > until):
            until = end
    merged.append(make_stretch(start=since, end=until))
    return tuple(merged)


def total(stretches: Iterable[Stretch[T]], until: datetime | None = None) -> timedelta:
    """
    The sum of their lengths; overlaps count as often as they are given.

    Args:
        stretches: what to sum.
        until: where those without an end are cut; without it they count nothing.
    """
    summed = timedelta()
    for stretch in stretches:
        end = until if stretch.end is None else stretch.end
        if end is not None and end > stretch.start:
            summed += elapsed(stretch.start, end)
    return summed


def sweep(stretches: Iterable[Stretch[O]]) -> Iterator[Stretch[O]]:
    """
    The greatest of what held, as consecutive stretches that do not overlap.

    Where several stretches overlap, the one that holds the greatest value counts;
    neighbours that hold equal values become one.
    """
    done: Stretch[O] | None = None
    for piece in _pieces(stretches):
        if done is None:
            done = piece
        elif done.held == piece.held and done.end == piece.start:
            done = make_stretch(start=done.start, end=piece.end, held=done.held)
        else:
            yield done
            done = piece
    if done is not None:
        yield done


def _pieces(stretches: Iterable[Stretch[O]]) -> Iterator[Stretch[O]]:
    # Cut wherever a stretch begins, and where the greatest that is running ends.
    pending = sorted(
        (one for one in stretches if one.end is None or one.end > one.start),
        key=attrgetter("start"),
        reverse=True,
    )
    # Greatest first. Those that are over are noticed when they come to the top.
    running: list[_Greatest[O]] = []
    while pending:
        at = pending[-1].start
        while pending and pending[-1].start == at:
            heapq.heappush(running, _Greatest(pending.pop()))
        following = pending[-1].start if pending else None
        while running and (following is None or at < following):
            greatest = running[0].stretch
            stop = greatest.end
            if stop is None or (following is not None and following < stop):
                stop = following
            yield make_stretch(start=at, end=stop, held=greatest.held)
            if stop is None:
                return
            at = stop
            while running and running[0].is_over(at):
                heapq.heappop(running)


class _Greatest(Generic[O]):
    """A stretch that sorts before those that hold less, for a heap."""

    __slots__ = ("stretch",)

    def __init__(self, stretch: Stretch[O]) -> None:
        self.stretch = stretch

    def __lt__(self, other: _Greatest[O]) -> bool:
        return other.stretch.held < self.stretch.held

    def is_over(self, at: DateTime) -> bool:
        """Whether it ends by an instant."""
        return self.stretch.end is not None and self.stretch.end <= at
