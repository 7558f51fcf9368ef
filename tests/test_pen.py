"""What writers of JSON need at every turn: ids, order, rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentkit import Component, ComponentRef, Incident, Update
from incidentkit._component import Mentions
from incidentkit.formats import _pen as pen
from incidentkit.formats._wire import Shape

NUMBERS = pen.Numbers(digits=4)


class Row(Shape):
    """A row with an id."""

    id: int = 0


# -- ids -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["1", "40", "9999"])
def test_an_id_that_is_a_number_is_kept(key: str) -> None:
    """As far as the vendor's numbers go."""
    assert NUMBERS.of(key) == int(key)
    assert NUMBERS.of_group(pen.GROUP + key) == int(key)


@pytest.mark.parametrize("key", ["", "0", "007", "10000", "-1", "²", "٣", "1.0", "a"])
def test_what_is_no_number_makes_one(key: str) -> None:
    """Always the same, and none that is no id."""
    made = NUMBERS.of(key)
    assert made == NUMBERS.of(key)
    assert made > NUMBERS.digits
    assert str(made) != key


@given(st.text())
def test_every_key_has_a_number(key: str) -> None:
    """One that a column of 32 bits holds, and never 0."""
    assert 0 < NUMBERS.of(key) < 2**31


def test_numbers_are_those_of_older_versions() -> None:
    """Whoever wrote an id made of a key finds the same thing under it again."""
    assert NUMBERS.of("API") == 1_117_332_817


def test_groups_and_components_are_read_back_apart() -> None:
    """Though the vendor gives both the same numbers."""
    assert NUMBERS.read_back(Component("API", id="7")) == "7"
    group = Component("All", id=f"{pen.GROUP}7", is_group=True)
    assert NUMBERS.read_back(group) == f"{pen.GROUP}7"


def test_a_mention_means_the_component_of_its_name() -> None:
    """Where there is one, and only one."""
    known = Mentions([ComponentRef("API", id="7"), ComponentRef("Web", id="8")])
    assert pen.mentioned(ComponentRef("API"), known) == "7"
    assert pen.mentioned(ComponentRef("Mail"), known) == "Mail"
    known.add(ComponentRef("API", id="9"))
    assert pen.mentioned(ComponentRef("API"), known) == "API"


def test_the_id_of_an_update_is_its_own_or_made_of_its_place() -> None:
    """So several without an id are told apart."""
    first, second = (
        Update("investigating", at="2024-01-01T00:00:00Z"),
        Update("resolved", at="2024-01-01T01:00:00Z", id="u"),
    )
    event = Incident("Down", id="i", updates=[first, second])
    assert pen.update_key(event, 0, first) == "i/0"
    assert pen.update_key(event, 1, second) == "u"


# -- order -----------------------------------------------------------------------------


def test_updates_are_put_in_order_of_posting() -> None:
    """Each with the place that it has on the page."""
    late = Update("resolved", at="2024-01-01T01:00:00Z")
    early = Update("investigating", at="2024-01-01T00:00:00Z")
    assert pen.posted([late, early]) == [(1, early), (0, late)]


@pytest.mark.parametrize(
    ("values", "order", "arranged"),
    [
        ("cab", ("a", "b", "c"), "abc"),
        ("cab", ("a",), "acb"),
        ("aba", ("a", "a", "b"), "aab"),
        ("aba", ("b", "a"), "baa"),
        ("cab", (), "cab"),
        ("cab", None, "cab"),
        ("cab", "abc", "cab"),
        ("", ("a",), ""),
    ],
)
def test_values_stand_as_a_document_had_them(
    values: str, order: object, arranged: str
) -> None:
    """New ones follow, and an order that is none changes nothing."""
    assert "".join(pen.arranged(values, order, str)) == arranged


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abcd")))
def test_arranging_loses_nothing(values: list[str], order: list[str]) -> None:
    """Whatever the order is."""
    assert sorted(pen.arranged(values, tuple(order), str)) == sorted(values)


# -- rows ------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [Row(id=7), {"id": 7}, {"id": "7"}], ids=repr)
def test_a_row_has_its_id_as_a_shape_and_as_a_dict(row: Any) -> None:
    """A row is a dict where extras put an unknown key back into it."""
    assert pen.row_id(row) == "7"
