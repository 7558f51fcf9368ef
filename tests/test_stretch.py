"""Stretches of time, against a model that goes minute by minute."""

from __future__ import annotations

import datetime as dt
import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import ComponentStatus, Stretch
from incidentkit._stretch import clip, make_stretch, merge, sweep, total
from incidentkit._time import instant

NOON, MINUTE = instant(strategies.NOON), strategies.MINUTE
LENGTH = 12
#: Where the model looks: on every minute, and halfway to the next.
LOOKS = [NOON + half * MINUTE / 2 for half in range(-1, 2 * LENGTH + 3)]


@st.composite
def short(draw: st.DrawFn) -> Stretch[ComponentStatus]:
    """Give a stretch of whole minutes, an instant, or one without an end."""
    start, end = sorted(draw(st.tuples(*[st.integers(0, LENGTH)] * 2)))
    goes_on = draw(st.sampled_from([False, False, False, True]))
    return Stretch(
        NOON + start * MINUTE,
        None if goes_on else NOON + end * MINUTE,
        draw(strategies.levels),
    )


many = st.lists(short(), max_size=6)


def length_by_looking(stretches: list[Stretch[ComponentStatus]]) -> dt.timedelta:
    """Sum lengths by looking halfway between minutes, up to `LENGTH`."""
    halves = LOOKS[2 : 2 * LENGTH + 2 : 2]
    return sum((s.covers(look) for s in stretches for look in halves), 0) * MINUTE


def test_a_stretch_is_half_open() -> None:
    """It holds its start and not its end."""
    stretch = Stretch(NOON, NOON + MINUTE, None)
    assert not stretch.covers(NOON - MINUTE)
    assert stretch.covers(NOON)
    assert stretch.covers("2024-05-01T12:00:59Z")
    assert not stretch.covers(NOON + MINUTE)


def test_a_stretch_may_go_on_or_be_an_instant() -> None:
    """Without an end it holds all that is later; ending at once, that instant."""
    assert Stretch(NOON).covers("9999-12-31T23:59:59Z")
    assert not Stretch(NOON).covers("2024-05-01T11:59:59Z")
    once = Stretch(NOON, NOON, None)
    assert [once.covers(at) for at in (NOON - MINUTE, NOON, NOON + MINUTE)] == [
        False,
        True,
        False,
    ]


def test_a_stretch_takes_times_as_callers_give_them() -> None:
    """Text and other zones are one instant; what has no zone is refused."""
    other = NOON.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    assert Stretch(NOON, NOON + MINUTE, "x") == Stretch(
        other, "2024-05-01T12:01:00Z", "x"
    )
    with pytest.raises(ValueError, match="zone"):
        Stretch(dt.datetime(2024, 5, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        Stretch(NOON).covers(dt.datetime(2024, 5, 1))  # noqa: DTZ001


def test_a_stretch_cannot_end_before_it_starts() -> None:
    """Time does not go backwards."""
    with pytest.raises(ValueError, match="before"):
        Stretch(NOON, NOON - MINUTE)


def test_a_stretch_is_a_value() -> None:
    """Equal, hashable, picklable, and shown with what it holds."""
    stretch = Stretch(NOON, None, "resolved")
    assert stretch == make_stretch(start=NOON, end=None, held="resolved")
    assert stretch == pickle.loads(pickle.dumps(stretch))
    assert hash(stretch) == hash(Stretch(NOON, None, "resolved"))
    assert "…" in repr(stretch)
    assert "resolved" in repr(stretch)
    assert "2024-05-01T12:01:00" in repr(Stretch(NOON, NOON + MINUTE))


@given(many)
def test_the_union_covers_what_any_covers(
    stretches: list[Stretch[ComponentStatus]],
) -> None:
    """At every instant, the ends included."""
    union = merge(stretches)
    for look in LOOKS:
        covered = any(stretch.covers(look) for stretch in stretches)
        assert covered == any(stretch.covers(look) for stretch in union)


@given(many)
def test_a_union_is_in_order_and_does_not_overlap(
    stretches: list[Stretch[ComponentStatus]],
) -> None:
    """Pieces lie apart, or meet at a single instant; it is its own union."""
    union = merge(stretches)
    for piece, following in pairwise(union):
        assert piece.end is not None
        assert piece.end < following.start or following.start == following.end
        assert piece.end <= following.start
    assert union == merge(union)
    assert union == merge(reversed(stretches))


@given(st.lists(strategies.stretches(), max_size=4))
def test_a_union_of_anything_is_its_own_union(stretches: list[Stretch[None]]) -> None:
    """The same for times of any precision, anywhere."""
    union = merge(stretches)
    assert union == merge((*union, *stretches))


@given(many, st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_clipping_keeps_what_lies_within(
    stretches: list[Stretch[ComponentStatus]], start: int, end: int
) -> None:
    """What is left holds what it held, within the bounds, and is never empty."""
    begin, stop = NOON + start * MINUTE, NOON + end * MINUTE
    pieces = list(clip(stretches, begin, stop))
    for piece in pieces:
        assert piece.end is not None
        assert begin <= piece.start < piece.end <= stop
    for look in LOOKS:
        held = [s.held for s in stretches if s.covers(look) and s.start != s.end]
        kept = [s.held for s in pieces if s.covers(look)]
        assert (held if begin <= look < stop else []) == kept


@given(many)
def test_the_total_is_what_looking_finds(
    stretches: list[Stretch[ComponentStatus]],
) -> None:
    """Overlaps count as often as they are given; what goes on is cut, or counts not."""
    until = NOON + LENGTH * MINUTE
    assert length_by_looking(stretches) == total(stretches, until)
    ended = [stretch for stretch in stretches if stretch.end is not None]
    assert length_by_looking(ended) == total(stretches)


def test_what_begins_after_the_cut_counts_nothing() -> None:
    """A stretch that goes on and begins later than the cut has no negative length."""
    assert dt.timedelta() == total([Stretch(NOON)], NOON - MINUTE)


@given(many)
def test_a_sweep_holds_the_greatest_at_every_instant(
    stretches: list[Stretch[ComponentStatus]],
) -> None:
    """Where several overlap the greatest counts; where none is, nothing does."""
    swept = list(sweep(stretches))
    for look in LOOKS:
        held = [s.held for s in stretches if s.covers(look) and s.start != s.end]
        assert ([max(held)] if held else []) == [
            s.held for s in swept if s.covers(look)
        ]


@given(many)
def test_a_sweep_is_in_order_and_has_no_seams(
    stretches: list[Stretch[ComponentStatus]],
) -> None:
    """Pieces do not overlap, and neighbours that meet hold different values."""
    swept = list(sweep(stretches))
    for piece, following in pairwise(swept):
        assert piece.end is not None
        assert piece.start < piece.end <= following.start
        if piece.end == following.start:
            assert piece.held != following.held
    assert swept == list(sweep(swept))


def test_a_sweep_is_linear_after_one_sort() -> None:
    """Stretches that all overlap are compared a few times each, no more."""
    compared = 0

    class Counted:
        """A value that counts how often it is compared."""

        def __init__(self, value: int) -> None:
            self.value = value

        def __lt__(self, other: Counted) -> bool:
            nonlocal compared
            compared += 1
            return self.value < other.value

    def work(size: int) -> int:
        nonlocal compared
        compared = 0
        pieces = sweep(
            Stretch(NOON + i * MINUTE, NOON + (i + size) * MINUTE, Counted(i))
            for i in range(size)
        )
        assert sum(1 for _ in pieces) == size
        return compared

    assert work(2000) <= 2.6 * work(1000)


def test_a_stretch_lasts_until_its_end() -> None:
    """Its duration is a length, and None while it goes on."""
    start = "2024-05-01T12:00:00Z"
    over: Stretch[None] = Stretch(start, "2024-05-01T13:30:00Z")
    assert over.duration is not None
    assert over.duration.total_minutes() == 90
    going_on: Stretch[None] = Stretch(start)
    assert going_on.duration is None
