"""The roll-up of a page: Statuspage's own table, row by row."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import Component, ComponentStatus, Indicator, StatusPage
from incidentkit._rollup import rolled_up

O, U, D, P, M = ComponentStatus  # noqa: E741 - from best to worst
NONE, MAINTENANCE, MINOR, MAJOR, CRITICAL = Indicator

#: https://support.atlassian.com/statuspage/docs/top-level-status-and-incident-impact-calculations/
#: and every recorded summary: the first row that fits.
TABLE = [
    ((M, M), CRITICAL, "Major System Outage"),
    ((M,), CRITICAL, "Major System Outage"),
    ((M, P), MAJOR, "Partial System Outage"),
    ((M, O), MAJOR, "Partial System Outage"),
    ((P, P), MAJOR, "Partial System Outage"),
    ((P,), MAJOR, "Partial System Outage"),
    ((P, D), MINOR, "Minor Service Outage"),
    ((P, O), MINOR, "Minor Service Outage"),
    ((D, D), MINOR, "Partially Degraded Service"),
    ((D, U), MINOR, "Partially Degraded Service"),
    ((D, O), MINOR, "Partially Degraded Service"),
    ((U, U), MAINTENANCE, "Service Under Maintenance"),
    ((U, O), MAINTENANCE, "Service Under Maintenance"),
    ((O, O), NONE, "All Systems Operational"),
    ((O,), NONE, "All Systems Operational"),
    # What nobody knows is never "every", and never green.
    ((M, None), MAJOR, "Partial System Outage"),
    ((P, None), MINOR, "Minor Service Outage"),
    ((D, None), MINOR, "Partially Degraded Service"),
    ((U, None), MAINTENANCE, "Service Under Maintenance"),
    ((O, None), None, None),
    ((None,), None, None),
    ((), None, None),
]


@pytest.mark.parametrize(("levels", "indicator", "description"), TABLE)
def test_the_table(
    levels: tuple[ComponentStatus | None, ...],
    indicator: Indicator | None,
    description: str | None,
) -> None:
    """In whatever order the components stand, and whatever groups there are."""
    for turned in itertools.permutations(levels):
        parts = [Component(str(place), status=one) for place, one in enumerate(turned)]
        groups = [Component("g", is_group=True, status=one) for one in (M, None)]
        for components in (parts, [*groups, *parts]):
            page = StatusPage(components=components)
            assert indicator is page.rolled_up
            assert description == page.rolled_up_description
            assert indicator is page.indicator
            assert description == page.description


@given(st.lists(strategies.components(), max_size=5))
def test_never_green_while_something_is_unknown(components: list[Component]) -> None:
    """Green says that every component is known to be operational."""
    summed = rolled_up(components)
    parts = [one for one in components if not one.is_group]
    green = summed is not None and summed[0] is Indicator.NONE
    assert (bool(parts) and all(one.is_operational for one in parts)) == green


@given(st.lists(strategies.components(), max_size=5), st.sampled_from(ComponentStatus))
def test_worse_is_never_better(
    components: list[Component], level: ComponentStatus
) -> None:
    """When every component is at least as bad, the page is not better."""
    known = [one.status for one in components if not one.is_group]
    if not known or None in known:
        return
    worse = [Component("x", status=max(level, one)) for one in known if one is not None]
    before, after = rolled_up(components), rolled_up(worse)
    assert before is not None
    assert after is not None
    assert before[0] <= after[0]
