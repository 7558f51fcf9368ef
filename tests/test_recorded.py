"""What a vendor recorded of a component, day by day."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given

import strategies
from incidentkit import ComponentRef, RecordedDay
from incidentkit._recorded import make_day


@pytest.mark.parametrize(
    ("major", "partial", "is_known"),
    [(None, None, False), (0, 0, True), (None, 0, True), (3917, None, True)],
)
def test_nothing_recorded_is_not_no_outage(
    major: int | None,
    partial: int | None,
    is_known: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Unknown is not zero."""
    day = RecordedDay("API", "2020-10-30", major_outage=major, partial_outage=partial)

    assert day.is_known is is_known


@pytest.mark.parametrize("value", [True, 1.0, "60"], ids=repr)
def test_seconds_are_whole_numbers(value: Any) -> None:
    """Not true, not text, and no fraction."""
    with pytest.raises(TypeError, match="whole seconds"):
        RecordedDay("API", "2020-10-30", major_outage=value)


def test_no_outage_is_shorter_than_nothing() -> None:
    """The error says what to give."""
    with pytest.raises(ValueError, match="-1 seconds cannot be: give 0 or more"):
        RecordedDay("API", "2020-10-30", partial_outage=-1)


@given(strategies.recorded_days())
def test_days_are_values(day: RecordedDay) -> None:
    """The private maker gives the same, and so do copies."""
    again = make_day(
        component=day.component,
        date=day.date,
        major_outage=day.major_outage,
        partial_outage=day.partial_outage,
        events=day.events,
    )

    assert again == day
    assert hash(again) == hash(day)
    assert copy.deepcopy(day) == pickle.loads(pickle.dumps(day)) == day


def test_a_component_may_be_mentioned_in_any_way() -> None:
    """By a word, or by what mentions it."""
    by_name = RecordedDay("API", "2020-10-30")
    by_id = RecordedDay(ComponentRef(id="a1"), "2020-10-30")

    assert (by_name.component.key, by_id.component.key) == ("API", "a1")
