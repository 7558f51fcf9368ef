"""Lifecycles: which steps are legal, and that everything reads the same edges."""

from __future__ import annotations

import itertools
import pickle
import re
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    FORWARD,
    LINEAR,
    MAINTENANCE,
    REOPENABLE,
    STANDARD,
    IllegalTransition,
    IncidentStatus,
    Lifecycle,
    MaintenanceStatus,
    Step,
    Update,
)
from incidentkit._lifecycle import REOPENING, steps

INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED, POSTMORTEM = IncidentStatus
SCHEDULED, IN_PROGRESS, VERIFYING, COMPLETED, CANCELLED = MaintenanceStatus

# What is left (or "begin") and what is entered, in the order of the enum: y is legal.
TABLES = {
    "linear": """
        begin         y....
        investigating yy...
        identified    .yy..
        monitoring    ..yy.
        resolved      ...yy
        postmortem    ....y
    """,
    "forward": """
        begin         yyyy.
        investigating yyyy.
        identified    .yyy.
        monitoring    ..yy.
        resolved      ...yy
        postmortem    ....y
    """,
    "standard": """
        begin         yyyy.
        investigating yyyy.
        identified    yyyy.
        monitoring    yyyy.
        resolved      ...yy
        postmortem    ....y
    """,
    "reopenable": """
        begin         yyyy.
        investigating yyyy.
        identified    yyyy.
        monitoring    yyyy.
        resolved      yyyyy
        postmortem    yyy.y
    """,
    "reopening": """
        begin         .....
        investigating y....
        identified    .y...
        monitoring    ..y..
        resolved      yyyy.
        postmortem    yyy.y
    """,
    "maintenance": """
        begin         yy...
        scheduled     yy..y
        in_progress   yyyyy
        verifying     ..yy.
        completed     ...y.
        cancelled     ....y
    """,
}
OURS = (LINEAR, FORWARD, STANDARD, REOPENABLE, REOPENING, MAINTENANCE)
NARROW_TO_WIDE = (LINEAR, FORWARD, STANDARD, REOPENABLE)

AnyStatus: TypeAlias = IncidentStatus | MaintenanceStatus
AnyCycle: TypeAlias = Lifecycle[Any]


def expected_of(lifecycle: AnyCycle) -> dict[tuple[AnyStatus | None, AnyStatus], bool]:
    """Read the table of a lifecycle: what is legal, by before and after."""
    kind: Any = MaintenanceStatus if lifecycle is MAINTENANCE else IncidentStatus
    rows = TABLES[lifecycle.name].split()
    table: dict[tuple[AnyStatus | None, AnyStatus], bool] = {}
    for name, marks in zip(rows[::2], rows[1::2], strict=True):
        before = None if name == "begin" else kind(name)
        for after, mark in zip(kind, marks, strict=True):
            table[before, after] = mark == "y"
    return table


def by_name(lifecycle: AnyCycle) -> str:
    """Name a lifecycle, as the id of a test."""
    return lifecycle.name


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_what_is_legal_is_what_the_table_says(lifecycle: AnyCycle) -> None:
    """Of every status and every other, asked by member or by word."""
    for (before, after), legal in expected_of(lifecycle).items():
        word = None if before is None else before.value
        assert legal is lifecycle.allows(before, after)
        assert legal is lifecycle.allows(word, after.value)
        assert legal is lifecycle.allows(word, after)
        assert legal is lifecycle.allows(before, after.value)


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_a_check_agrees_with_the_table(lifecycle: AnyCycle) -> None:
    """What is legal passes; what is not raises, and tells the step in full."""
    for (before, after), legal in expected_of(lifecycle).items():
        if legal:
            lifecycle.check(before, after)
            continue
        for wanted in (after, after.value):
            with pytest.raises(IllegalTransition) as caught:
                lifecycle.check(before, wanted)
            assert (before, after) == (caught.value.before, caught.value.after)
            assert caught.value.lifecycle is lifecycle


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_what_may_follow_is_what_the_table_says(lifecycle: AnyCycle) -> None:
    """Whatever may follow, besides the same again, in the usual order."""
    table = expected_of(lifecycle)
    for before in dict.fromkeys(before for before, _ in table):
        follows = tuple(
            after
            for (left, after), legal in table.items()
            if legal and left is before and after is not before
        )
        assert follows == lifecycle.after(before)
        if before is not None:
            assert follows == lifecycle.after(before.value)


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_staying_put_is_legal_and_no_edge(lifecycle: AnyCycle) -> None:
    """Most updates repeat the status: that is always legal, and never in the edges."""
    for status in lifecycle.statuses:
        assert lifecycle.allows(status, status)
        assert (status, status) not in lifecycle.edges


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_a_lifecycle_knows_its_statuses(lifecycle: AnyCycle) -> None:
    """Ours are about all the words of their vocabulary."""
    kind: type[AnyStatus] = (
        MaintenanceStatus if lifecycle is MAINTENANCE else IncidentStatus
    )
    assert tuple(kind) == lifecycle.statuses


@pytest.mark.parametrize(
    ("narrow", "wide"), list(itertools.pairwise(NARROW_TO_WIDE)), ids=by_name
)
def test_each_is_the_one_before_and_more(
    narrow: Lifecycle[IncidentStatus], wide: Lifecycle[IncidentStatus]
) -> None:
    """Linear, forward, standard, reopenable: each allows strictly more."""
    assert narrow.edges < wide.edges
    assert narrow.initial <= wide.initial


@given(strategies.histories())
def test_wider_complains_of_less(history: list[Update]) -> None:
    """In any history, a wider lifecycle finds no fault that a narrower does not."""
    found = [set(lifecycle.violations(history)) for lifecycle in NARROW_TO_WIDE]
    for narrow, wide in itertools.pairwise(found):
        assert wide <= narrow


@given(strategies.histories(), st.sampled_from(NARROW_TO_WIDE))
def test_violations_are_the_steps_that_are_not_allowed(
    history: list[Update], lifecycle: Lifecycle[IncidentStatus]
) -> None:
    """A step is complained of exactly when it is not allowed, the first one too."""
    every: AnyCycle = lifecycle
    illegal = [step for step in steps(history) if not every.allows(*_ends(step))]
    assert tuple(illegal) == lifecycle.violations(history)


@given(strategies.histories())
def test_steps_are_the_changes_of_status(history: list[Update]) -> None:
    """Notes and repetitions are no steps; steps hang together and lead to the end."""
    told = [update.status for update in history if update.status is not None]
    moves = list(steps(history))
    expected = [status for status, _ in itertools.groupby(told)]
    assert expected == [step.after for step in moves]
    assert [None, *expected][: len(moves)] == [step.before for step in moves]
    assert {step.at for step in moves} <= {update.at for update in history}


def test_what_follows_an_illegal_step_is_judged_from_where_it_led() -> None:
    """One wrong step is one violation, not a wrong history."""
    told = ["postmortem", "resolved", "investigating", "identified", "resolved"]
    history = [
        Update(status, at=strategies.NOON + place * strategies.MINUTE)
        for place, status in enumerate(told)
    ]
    expected = [(None, POSTMORTEM), (POSTMORTEM, RESOLVED), (RESOLVED, INVESTIGATING)]
    assert expected == [_ends(step) for step in STANDARD.violations(history)]
    assert expected[:2] == [_ends(step) for step in REOPENABLE.violations(history)]


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_a_path_is_legal_and_the_shortest(lifecycle: AnyCycle) -> None:
    """Every step of it is an edge, and no shorter way of edges leads there."""
    for before, after in itertools.product(lifecycle.statuses, repeat=2):
        path = lifecycle.path(before, after)
        shortest = _distance(lifecycle, before, after)
        assert shortest == (len(path) - 1 if path else None)
        assert path == lifecycle.path(before.value, after.value)
        if path:
            assert (before, after) == (path[0], path[-1])
            assert all(step in lifecycle.edges for step in itertools.pairwise(path))


def test_there_is_no_path_from_another_kind() -> None:
    """A maintenance's status leads nowhere in the lifecycle of an incident."""
    assert STANDARD.path("scheduled", "resolved") == ()
    assert STANDARD.path("resolved", "scheduled") == ()


def test_the_other_kind_is_not_allowed() -> None:
    """The statuses of the other kind are illegal, though they are statuses."""
    assert not STANDARD.allows(SCHEDULED, INVESTIGATING)  # type: ignore[arg-type]
    assert not STANDARD.allows(INVESTIGATING, SCHEDULED)  # type: ignore[arg-type]
    assert not MAINTENANCE.allows(None, INVESTIGATING)  # type: ignore[arg-type]
    with pytest.raises(IllegalTransition) as caught:
        STANDARD.check("completed", "resolved")
    assert caught.value.legal == ()
    assert caught.value.remedy


@pytest.mark.parametrize("wrong", ["Resolved", "", "done", 1, [], object()])
def test_what_is_no_status_is_refused(wrong: str) -> None:
    """A word that is no status at all is a ValueError wherever it is given."""
    for ask in (
        lambda: STANDARD.allows(wrong, "resolved"),
        lambda: STANDARD.allows("resolved", wrong),
        lambda: STANDARD.check(wrong, "resolved"),
        lambda: STANDARD.check("resolved", wrong),
        lambda: STANDARD.after(wrong),
        lambda: STANDARD.path(wrong, "resolved"),
        lambda: STANDARD.allowing("x", (wrong, "resolved")),
        lambda: STANDARD.allowing("x", initial=[wrong]),
    ):
        with pytest.raises((ValueError, TypeError)) as caught:
            ask()
        assert not isinstance(caught.value, IllegalTransition)


def test_one_may_make_ones_own() -> None:
    """From one of ours or from nothing, of members or of words."""
    careful = LINEAR.allowing("careful", ("monitoring", INVESTIGATING))
    assert careful.name == "careful"
    assert LINEAR.edges | {(MONITORING, INVESTIGATING)} == careful.edges
    assert LINEAR.initial == careful.initial
    assert LINEAR.name == "linear"
    anew = Lifecycle[IncidentStatus](
        name="anew",
        edges=[("investigating", RESOLVED), ("resolved", "resolved")],
        initial=["investigating"],
    )
    assert frozenset({(INVESTIGATING, RESOLVED)}) == anew.edges
    assert frozenset({INVESTIGATING}) == anew.initial
    assert anew.statuses == (INVESTIGATING, RESOLVED)


@pytest.mark.parametrize(
    ("edges", "initial"),
    [
        ([], []),
        ([(INVESTIGATING, SCHEDULED)], []),
        ([(INVESTIGATING, RESOLVED)], [SCHEDULED]),
        ([(None, RESOLVED)], []),
        ([], [None]),
        ([(None, INVESTIGATING)], [None]),
    ],
    ids=["nothing", "edge", "beginning", "from-none", "none", "none-twice"],
)
def test_a_lifecycle_is_about_one_kind(edges: object, initial: object) -> None:
    """Statuses of both kinds, of neither, or none at all are a ValueError."""
    with pytest.raises(ValueError, match="statuses"):
        Lifecycle(name="x", edges=edges, initial=initial)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="statuses"):
        STANDARD.allowing("x", (SCHEDULED, IN_PROGRESS))  # type: ignore[arg-type]


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_lifecycles_are_values(lifecycle: AnyCycle) -> None:
    """Frozen, slotted, hashable; pickled, one comes back equal."""
    assert not hasattr(lifecycle, "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        lifecycle.name = "x"  # type: ignore[misc]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(lifecycle, protocol))
        assert lifecycle == twin
        assert hash(lifecycle) == hash(twin)
    assert lifecycle.name in repr(lifecycle)


@pytest.mark.parametrize("lifecycle", OURS, ids=by_name)
def test_a_diagram_holds_exactly_the_edges(lifecycle: AnyCycle) -> None:
    """Every drawing has each legal step once, and nothing else."""
    table = expected_of(lifecycle)
    edges = {step for step, legal in table.items() if legal and step[0] is not step[1]}
    words = sorted(
        ("" if before is None else before.value, after.value) for before, after in edges
    )

    mermaid = re.findall(
        r"^    (\S+) --> (\w+)$", lifecycle.diagram("mermaid"), re.MULTILINE
    )
    assert words == sorted((left.strip("[*]"), right) for left, right in mermaid)
    ends = re.findall(
        r"^    (\w+) --> \[\*\]$", lifecycle.diagram("mermaid"), re.MULTILINE
    )
    closed = [status.value for status in lifecycle.statuses if status.is_closed]
    assert closed == ends

    dot = lifecycle.diagram("dot")
    assert words == sorted(re.findall(r'^    "(\w*)" -> "(\w+)";$', dot, re.MULTILINE))
    assert closed == re.findall(r'^    "(\w+)" \[peripheries=2\];$', dot, re.MULTILINE)

    head, *rows = lifecycle.diagram("text").splitlines()
    cells = {
        ("" if left == "(begin)" else left, right): cell
        for left, *marks in map(str.split, rows)
        for right, cell in zip(head.split(), marks, strict=True)
    }
    assert words == sorted(step for step, cell in cells.items() if cell == "yes")
    assert {"yes", "·", "-"} == set(cells.values())
    assert lifecycle.diagram() == lifecycle.diagram("text")


def test_a_diagram_quotes_its_name() -> None:
    """A name of one's own cannot break out of the drawing."""
    drawn = LINEAR.allowing('a "b" \\').diagram("dot")
    assert drawn.splitlines()[0] == 'digraph "a \\"b\\" \\\\" {'


def _ends(step: Step) -> tuple[AnyStatus | None, AnyStatus]:
    return step.before, step.after


def _distance(lifecycle: AnyCycle, before: object, after: object) -> int | None:
    # By growing what is within reach, a step at a time.
    reach = {before}
    for distance in range(len(lifecycle.statuses) + 1):
        if after in reach:
            return distance
        reach |= {end for start, end in lifecycle.edges if start in reach}
    return None
