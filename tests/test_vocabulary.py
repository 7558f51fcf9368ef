"""The words of a status page: which are taken, how they compare, what is over."""

from __future__ import annotations

import copy
import itertools
import operator
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from incidentkit import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
)
from incidentkit import _vocabulary as vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

ENUMS: tuple[type[Enum], ...] = (
    IncidentStatus,
    MaintenanceStatus,
    Impact,
    ComponentStatus,
    Indicator,
)
ORDERED: tuple[type[Enum], ...] = (Impact, ComponentStatus, Indicator)

WORDS: dict[type[Enum], str] = {
    IncidentStatus: "investigating identified monitoring resolved postmortem",
    MaintenanceStatus: "scheduled in_progress verifying completed cancelled",
    Impact: "none maintenance minor major critical",
    ComponentStatus: (
        "operational under_maintenance degraded_performance partial_outage major_outage"
    ),
    Indicator: "none maintenance minor major critical",
}

CONVERTERS: tuple[tuple[Callable[[Any], object], type[Enum], bool], ...] = (
    (vocabulary.incident_status, IncidentStatus, False),
    (vocabulary.optional_incident_status, IncidentStatus, True),
    (vocabulary.maintenance_status, MaintenanceStatus, False),
    (vocabulary.optional_maintenance_status, MaintenanceStatus, True),
    (vocabulary.optional_status, IncidentStatus, True),
    (vocabulary.optional_status, MaintenanceStatus, True),
    (vocabulary.optional_impact, Impact, True),
    (vocabulary.component_status, ComponentStatus, False),
    (vocabulary.optional_component_status, ComponentStatus, True),
    (vocabulary.optional_indicator, Indicator, True),
)


@pytest.mark.parametrize("kind", ENUMS)
def test_words_stand_in_their_usual_order(kind: type[Enum]) -> None:
    """Every vocabulary has exactly its words, in order."""
    assert WORDS[kind].split() == [member.value for member in kind]


@pytest.mark.parametrize("kind", ENUMS)
def test_a_word_is_not_a_member(kind: type[Enum]) -> None:
    """Members are never equal to their words, so that vocabularies stay apart."""
    for member in kind:
        assert member != member.value
        assert not isinstance(member, str)


def test_words_of_two_vocabularies_are_never_equal() -> None:
    """No member equals a member of another vocabulary, whatever its word."""
    for one, other in itertools.combinations(ENUMS, 2):
        for mine, theirs in itertools.product(one, other):
            assert mine != theirs


@pytest.mark.parametrize("kind", ORDERED)
def test_less_is_less_severe(kind: type[Enum]) -> None:
    """Within a vocabulary all four comparisons follow the order of severity."""
    members: list[Any] = list(kind)
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        for (i, one), (j, other) in itertools.product(enumerate(members), repeat=2):
            assert compare(i, j) == compare(one, other)
    assert members == sorted(set(members))


@pytest.mark.parametrize(
    "compare", [operator.lt, operator.le, operator.gt, operator.ge]
)
def test_severities_of_two_vocabularies_do_not_compare(
    compare: Callable[[object, object], bool],
) -> None:
    """Across vocabularies, and with words, an order is a TypeError."""
    strange = (Indicator.NONE, ComponentStatus.OPERATIONAL, "none", 1, None)
    for other in strange:
        with pytest.raises(TypeError):
            compare(Impact.NONE, other)


@pytest.mark.parametrize(
    "compare", [operator.lt, operator.le, operator.gt, operator.ge]
)
@pytest.mark.parametrize("kind", [IncidentStatus, MaintenanceStatus])
def test_statuses_have_no_severity(
    kind: type[Enum], compare: Callable[[object, object], bool]
) -> None:
    """A status is a place on the way, not a severity: no order."""
    first, second, *_ = kind
    with pytest.raises(TypeError):
        compare(first, second)


@pytest.mark.parametrize(
    "status", [*IncidentStatus, *MaintenanceStatus], ids=lambda status: status.value
)
def test_what_is_closed(status: IncidentStatus | MaintenanceStatus) -> None:
    """Resolved, its post-mortem, completed and cancelled are over; nothing else."""
    closed = {"resolved", "postmortem", "completed", "cancelled"}
    assert (status.value in closed) == status.is_closed


def test_the_impact_of_a_level() -> None:
    """A level implies the impact that Statuspage derives from it."""
    expected = dict(zip(ComponentStatus, Impact, strict=True))
    assert expected == {level: level.impact for level in ComponentStatus}


def test_every_indicator_has_a_description() -> None:
    """The descriptions are Statuspage's own."""
    expected = [
        "All Systems Operational",
        "Service Under Maintenance",
        "Minor Service Outage",
        "Partial System Outage",
        "Major System Outage",
    ]
    assert expected == [indicator.description for indicator in Indicator]


@pytest.mark.parametrize(("convert", "kind", "optional"), CONVERTERS)
def test_converters_take_members_and_words(
    convert: Callable[[object], object],
    kind: type[Enum],
    optional: bool,  # noqa: FBT001 - a column of a table
) -> None:
    """A converter takes a member, its word and, if it is optional, None."""
    for member in kind:
        assert member is convert(member)
        assert member is convert(member.value)
    if optional:
        assert convert(None) is None
    else:
        with pytest.raises(ValueError, match="use one of"):
            convert(None)


@pytest.mark.parametrize(("convert", "kind", "optional"), CONVERTERS)
@pytest.mark.parametrize("wrong", ["Resolved", "", "operationel", 1, ["none"], ENUMS])
def test_a_wrong_word_says_which_are_right(
    convert: Callable[[object], object],
    kind: type[Enum],
    optional: bool,  # noqa: FBT001 - a column of a table
    wrong: object,
) -> None:
    """What is no word is a ValueError whose message lists all that are."""
    with pytest.raises(ValueError, match="use one of") as caught:
        convert(wrong)
    for word in WORDS[kind].split():
        assert repr(word) in str(caught.value)


def test_a_word_of_another_vocabulary_is_wrong() -> None:
    """A member or word of another vocabulary is refused like any other."""
    with pytest.raises(ValueError, match="use one of"):
        vocabulary.incident_status("scheduled")
    with pytest.raises(ValueError, match="use one of"):
        vocabulary.optional_impact(Indicator.NONE)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="use one of"):
        vocabulary.optional_maintenance_status(IncidentStatus.RESOLVED)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ENUMS)
def test_words_are_a_look_up(kind: type[Enum]) -> None:
    """The table of words is total and inverts."""
    table = vocabulary.words(kind)
    assert list(kind) == list(table.values())
    assert WORDS[kind].split() == list(table)


@pytest.mark.parametrize("kind", ENUMS)
def test_members_survive_copies(kind: type[Enum]) -> None:
    """A member is one object: copied, deep-copied and pickled it stays itself."""
    for member in kind:
        assert member is copy.copy(member)
        assert member is copy.deepcopy(member)
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert member is pickle.loads(pickle.dumps(member, protocol))
        assert hash(member) == hash(copy.copy(member))
