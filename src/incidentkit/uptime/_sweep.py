"""
One sort and one sweep: which marks hold when, of one component or of many at once.

Where several stretches carry the same mark it holds once; nothing is ever added up
twice. Everything is linear in the stretches after one sort.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentkit.uptime._state import Signature

Marked: TypeAlias = tuple[int, int, int]
"""A stretch with its mark: its first microsecond, the first after it, the mark."""
Profile: TypeAlias = "dict[Signature, int]"
"""For how many microseconds which marks held."""


def pieces(
    lines: Sequence[Sequence[Marked]], first: int, last: int
) -> Iterator[tuple[int, int, Signature]]:
    """
    A window cut wherever a mark comes or goes, with the marks that hold.

    Args:
        lines: of each component its marked stretches, in any order.
        first: where the window begins.
        last: where it ends.
    """
    turns: list[tuple[int, int, int, int]] = []
    for number, line in enumerate(lines):
        for start, end, mark in line:
            if start < last and first < end and start < end:
                turns.append((start, number, mark, 1))
                if end < last:
                    turns.append((end, number, mark, -1))
    turns.sort()
    marks = [0] * len(lines)
    held: list[dict[int, int]] = [{} for _ in lines]
    crowd = {0: len(lines)}
    signature: Signature = tuple(crowd.items())
    at = first
    for when, number, mark, change in turns:
        if when > at:
            yield at, when, signature
            at = when
        mine = held[number]
        before = mine.get(mark, 0)
        mine[mark] = after = before + change
        if before and after:
            continue
        old = marks[number]
        marks[number] = new = old ^ mark
        if crowd[old] == 1:
            del crowd[old]
        else:
            crowd[old] -= 1
        crowd[new] = crowd.get(new, 0) + 1
        signature = tuple(sorted(crowd.items()))
    if at < last:
        yield at, last, signature


def profiles(
    lines: Sequence[Sequence[Marked]], edges: Sequence[int]
) -> Iterator[Profile]:
    """
    For how long which marks held, between one edge and the next.

    Args:
        lines: of each component its marked stretches, in any order.
        edges: at least two, in order.
    """
    stops = iter(edges)
    first, stop = next(stops), next(stops)
    profile: Profile = {}
    for start, end, signature in pieces(lines, first, edges[-1]):
        since = start
        while end > stop:
            if stop > since:
                profile[signature] = profile.get(signature, 0) + stop - since
                since = stop
            yield profile
            profile, stop = {}, next(stops)
        profile[signature] = profile.get(signature, 0) + end - since
    yield profile
