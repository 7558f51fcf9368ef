"""
How contenders are compared, so that a busy machine does not decide.

The processor time of this process is measured, not the clock on the wall. All
contenders run in every round, in an order that rotates; of each round the ratio is
taken, and of the ratios the median, so that what slows a whole round cancels out. The
garbage collector is left as users have it; before a turn the old garbage is swept, so
that nobody pays for the contender before.
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Contender: TypeAlias = "Callable[[], object]"

#: How long a turn takes at least, in seconds: shorter ones are measured several times.
TURN = 0.01


@attrs.frozen
class Times:
    """How long each contender took, in seconds, round by round."""

    of: Mapping[str, list[float]]

    def typical(self, name: str) -> float:
        """What one call took, in seconds: the median."""
        return median(self.of[name])

    def ratio(self, ours: str, theirs: str) -> float:
        """How many times as long one takes as another: the median over the rounds."""
        return median(
            one / other
            for one, other in zip(self.of[ours], self.of[theirs], strict=True)
        )


def compared(contenders: Mapping[str, Contender], rounds: int) -> Times:
    """Let the contenders run against each other."""
    loops = {name: _loops(run) for name, run in contenders.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            times[name].append(_turn(contenders[name], loops[name]))
        order.append(order.pop(0))
    return Times(times)


def _loops(run: Contender) -> int:
    """How many calls make a turn that is long enough to be measured."""
    loops = 1
    # A first call warms what is made on first use, and decides nothing.
    run()
    while (taken := _turn(run, loops) * loops) < TURN:
        loops = max(2 * loops, int(loops * TURN / max(taken, 1e-6)))
    return loops


def _turn(run: Contender, loops: int) -> float:
    gc.collect()
    began = process_time()
    for _ in range(loops):
        run()
    return (process_time() - began) / loops


def processes(codes: Mapping[str, str], rounds: int) -> Times:
    """As `compared`, of code that runs in a fresh process each time."""
    times: dict[str, list[float]] = {name: [] for name in codes}
    order = list(codes)
    for code in codes.values():
        child(code)  # Writes the compiled modules, and fills the file cache.
    for _ in range(rounds):
        for name in order:
            began = _of_children()
            child(codes[name])
            times[name].append(_of_children() - began)
        order.append(order.pop(0))
    return Times(times)


def child(code: str) -> str:
    """Run Python code in a fresh process; what it prints."""
    folders = os.pathsep.join(path for path in sys.path if path)
    return subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": folders},
    ).stdout


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
