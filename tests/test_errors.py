"""Errors: what is wrong, as data, and what to do about it."""

from __future__ import annotations

import copy
import itertools
import pickle
from typing import Any

import pytest

from incidentkit import (
    FORWARD,
    LINEAR,
    MAINTENANCE,
    REOPENABLE,
    STANDARD,
    Finding,
    IllegalTransition,
    IncidentKitError,
    IncidentStatus,
    InexactConversion,
    Lifecycle,
    LimitExceeded,
    MaintenanceStatus,
    MalformedDocument,
    MissingExtra,
    UnknownFormat,
)
from incidentkit._lifecycle import REOPENING

INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED, POSTMORTEM = IncidentStatus
FINDING = Finding("word.unknown", path="$.a", detail="unknown word")

ERRORS: tuple[IncidentKitError, ...] = (
    IllegalTransition(RESOLVED, INVESTIGATING, STANDARD),
    IllegalTransition(None, POSTMORTEM, STANDARD),
    MalformedDocument("$.a", "no number", "statuspage"),
    MalformedDocument("$.a", "no number"),
    LimitExceeded("$", "too deep"),
    InexactConversion((FINDING, FINDING)),
    UnknownFormat("xyz", "there is none"),
    UnknownFormat("", "the data fits no format"),
    MissingExtra("yaml", "reading cState"),
)


def fields(error: IncidentKitError) -> dict[str, object]:
    """Give all that an error tells."""
    names = ("before", "after", "lifecycle", "path", "reason", "format", "findings")
    more = ("name", "extra", "needed_for", "legal", "remedy")
    return {
        name: getattr(error, name) for name in (*names, *more) if hasattr(error, name)
    }


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_errors_survive_pickling_and_copying(error: IncidentKitError) -> None:
    """An error comes out of another process with all its fields and its message."""
    twins = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(2, 6)]
    for twin in (*twins, copy.copy(error), copy.deepcopy(error)):
        assert type(error) is type(twin)
        assert fields(error) == fields(twin)
        assert str(error) == str(twin)


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_all_errors_have_one_root(error: IncidentKitError) -> None:
    """Whoever catches the root catches everything raised on purpose."""
    with pytest.raises(IncidentKitError):
        raise error


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_errors_say_all_they_know(error: IncidentKitError) -> None:
    """The message repeats every text that the fields hold."""
    for value in fields(error).values():
        if isinstance(value, str):
            assert value in str(error)


def test_errors_are_what_python_calls_them() -> None:
    """A bad value is a ValueError, and a missing package an ImportError."""
    kinds = (
        *(IllegalTransition, MalformedDocument, LimitExceeded),
        *(InexactConversion, UnknownFormat),
    )
    assert all(issubclass(kind, ValueError) for kind in kinds)
    assert issubclass(MissingExtra, ImportError)
    assert issubclass(LimitExceeded, MalformedDocument)


def test_the_fields_of_a_refused_step_cannot_be_set() -> None:
    """What was asked for and refused is told, not changed."""
    error = IllegalTransition(RESOLVED, INVESTIGATING, STANDARD)
    with pytest.raises(AttributeError):
        error.before = None  # type: ignore[misc]


@pytest.mark.parametrize("lifecycle", [LINEAR, FORWARD, STANDARD, REOPENABLE])
def test_every_refusal_names_the_remedy(lifecycle: Lifecycle[IncidentStatus]) -> None:
    """Whatever step ours refuse: what is legal is told, and what to do instead."""
    for before, after in itertools.product((None, *IncidentStatus), IncidentStatus):
        if not lifecycle.allows(before, after):
            with pytest.raises(IllegalTransition) as caught:
                lifecycle.check(before, after)
            error = caught.value
            assert (before, after, lifecycle) == (
                error.before,
                error.after,
                error.lifecycle,
            )
            assert lifecycle.after(before) == error.legal
            assert error.remedy
            assert error.remedy in str(error)
            assert after.value in str(error)
            assert all(status.value in str(error) for status in error.legal)


def test_refused_maintenances_name_the_remedy() -> None:
    """The same for maintenances."""
    for before, after in itertools.product(
        (None, *MaintenanceStatus), MaintenanceStatus
    ):
        if not MAINTENANCE.allows(before, after):
            error = IllegalTransition(before, after, MAINTENANCE)
            assert error.remedy
            assert error.remedy in str(error)


@pytest.mark.parametrize(
    ("before", "after", "lifecycle", "part"),
    [
        (RESOLVED, MONITORING, STANDARD, "reopen()"),
        (POSTMORTEM, INVESTIGATING, FORWARD, "reopen()"),
        (INVESTIGATING, RESOLVED, LINEAR, "identified, monitoring"),
        (MONITORING, POSTMORTEM, STANDARD, "resolved"),
        (POSTMORTEM, RESOLVED, STANDARD, "note"),
        (None, RESOLVED, LINEAR, "investigating"),
        (IDENTIFIED, INVESTIGATING, LINEAR, "allowing()"),
        (INVESTIGATING, MONITORING, REOPENING, "post()"),
    ],
)
def test_the_remedy_is_the_right_one(
    before: IncidentStatus | None,
    after: IncidentStatus,
    lifecycle: Lifecycle[Any],
    part: str,
) -> None:
    """The remedy names the verb, or the way."""
    assert part in IllegalTransition(before, after, lifecycle).remedy


def test_a_dead_end_has_a_remedy_too() -> None:
    """A lifecycle of one's own may lead nowhere: then another lifecycle helps."""
    stuck: Lifecycle[IncidentStatus] = Lifecycle(
        name="stuck",
        edges=frozenset({(INVESTIGATING, IDENTIFIED)}),
        initial=frozenset(),
    )
    for before in (None, IDENTIFIED):
        error = IllegalTransition(before, MONITORING, stuck)
        assert error.legal == ()
        assert "allowing()" in error.remedy
        assert "stuck" in str(error)
