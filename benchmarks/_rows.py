"""The rows of the table: what was compared, how it came out, and what was aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _compare import Times


@attrs.frozen
class Row:
    """A row of the table."""

    what: str
    """What is done."""
    peer: str
    """Who else does it."""
    ours: float
    """What it takes us, in seconds; of memory, in bytes."""
    theirs: float
    """What it takes the rival."""
    ratio: float
    """How many times as long as the rival we take."""
    aim: float | None
    """How many times as long we want to take at most; None: it is merely shown."""

    @property
    def is_met(self) -> bool:
        """Whether the aim is reached."""
        return self.aim is None or self.ratio <= self.aim


Section: TypeAlias = "Callable[[bool], Iterator[Row]]"


def row(times: Times, what: str, peer: str, aim: float | None) -> Row:
    """What `times` tell of our own contender and another."""
    return Row(
        what,
        peer,
        times.typical("incidentkit"),
        times.typical(peer),
        times.ratio("incidentkit", peer),
        aim,
    )


def faster(times: float) -> float:
    """The aim of being so many times as fast."""
    return 1 / times
