"""Where absence means something."""

from __future__ import annotations

import pytest
from hypothesis import given

import strategies
from incidentkit import Coverage, StatusPage, Stretch
from incidentkit._time import instant

NOON, MINUTE = strategies.NOON, strategies.MINUTE


def known(start: float, end: float | None) -> Stretch[None]:
    """Give a stretch from so many minutes after noon."""
    stop = None if end is None else NOON + end * MINUTE
    return Stretch(NOON + start * MINUTE, stop, None)


@pytest.mark.parametrize(
    ("whole", "minute", "left"),
    [
        ([known(0, 9)], 5, [known(0, 5)]),
        ([known(0, 9)], 9, [known(0, 9)]),
        ([known(0, 9)], 20, [known(0, 9)]),
        ([known(0, None)], 5, [known(0, 5)]),
        ([known(0, 9)], 0, [known(0, 0)]),
        ([known(5, 5)], 5, [known(5, 5)]),
        ([known(5, 5)], 4, []),
        ([known(0, 2), known(4, 6), known(8, 9)], 5, [known(0, 2), known(4, 5)]),
        ([], 5, []),
    ],
)
def test_what_was_known_by_an_instant(
    whole: list[Stretch[None]], minute: int, left: list[Stretch[None]]
) -> None:
    """Of each of the three; a stretch is cut, and a later one gone."""
    before = Coverage(incidents=whole, maintenances=whole, states=whole)
    after = Coverage(incidents=left, maintenances=left, states=left)

    assert after == before.until(instant(NOON + minute * MINUTE))


@given(strategies.coverages(), strategies.instants())
def test_a_cut_covers_what_the_whole_does(coverage: Coverage, moment: object) -> None:
    """Up to the instant, and nothing after it."""
    cut = coverage.until(moment)  # type: ignore[arg-type]

    assert cut | coverage == coverage
    for stretches in (cut.incidents, cut.maintenances, cut.states):
        assert all(one.end is not None and one.end <= moment for one in stretches)  # type: ignore[operator]


def test_coverage_grows_with_what_is_declared() -> None:
    """A page is declared complete piece by piece."""
    page = StatusPage().covering(NOON, NOON + MINUTE)

    assert page.coverage == Coverage(
        incidents=[known(0, 1)], maintenances=[known(0, 1)], states=[known(0, 1)]
    )
