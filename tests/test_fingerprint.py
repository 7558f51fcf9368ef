"""Fingerprints: equal exactly when what they were taken of is equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import Impact
from incidentkit._fingerprint import fingerprint

leaves = st.one_of(st.none(), st.integers(), strategies.texts(), strategies.instants())
notables = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3).map(tuple))


def test_a_fingerprint_is_the_same_everywhere() -> None:
    """This very text, on every machine and in every process."""
    expected = "66c5e6fc358bea9a"
    assert expected == fingerprint(("API", None, 3, Impact.MAJOR, strategies.NOON))


@given(notables, notables)
def test_fingerprints_tell_values_apart(one: object, other: object) -> None:
    """Equal values have equal fingerprints, others do not."""
    assert (one == other) == (fingerprint(one) == fingerprint(other))


@given(notables)
def test_a_fingerprint_is_short_and_plain(value: object) -> None:
    """Sixteen hexadecimal digits, whatever it is taken of."""
    digits = fingerprint(value)
    assert len(digits) == 16
    assert set("0123456789abcdef") >= set(digits)


def test_what_has_no_canonical_text_is_refused() -> None:
    """A set has no order: a fingerprint of one would differ from run to run."""
    with pytest.raises(TypeError):
        fingerprint({1, 2})
