"""Updates: one message on a timeline."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import strategies
from incidentkit import IncidentStatus, MaintenanceStatus, Update
from incidentkit._time import instant

NOON, MINUTE = strategies.NOON, strategies.MINUTE


def test_an_update_was_posted_when_it_is_shown_unless_told_otherwise() -> None:
    """`created_at` is `at`, and `updated_at` is `created_at`, unless they are given."""
    update = Update(None, at=NOON)
    assert (update.at, update.created_at, update.updated_at) == (NOON, NOON, NOON)
    update = Update(None, at=NOON, created_at=NOON + MINUTE)
    assert update.updated_at == NOON + MINUTE
    assert not update.is_edited
    assert Update(None, at=NOON, updated_at=NOON + MINUTE).is_edited


@pytest.mark.parametrize("status", [None, *IncidentStatus, *MaintenanceStatus])
def test_an_update_takes_every_status_and_its_word(
    status: IncidentStatus | MaintenanceStatus | None,
) -> None:
    """Of incidents and of maintenances: the event it goes into refuses the other's."""
    word = None if status is None else status.value
    assert status is Update(status, at=NOON).status
    assert Update(status, at=NOON) == Update(word, at=NOON)


def test_a_wrong_word_says_which_are_right() -> None:
    """All words of both kinds are listed."""
    with pytest.raises(ValueError, match=r"'resolved'.*'scheduled'"):
        Update("Resolved", at=NOON)


def test_a_time_without_a_zone_is_refused() -> None:
    """And the message says how to give it one."""
    for name in ("at", "created_at", "updated_at"):
        times = {"at": NOON, name: dt.datetime(2024, 5, 1)}  # noqa: DTZ001
        with pytest.raises(ValueError, match="tzinfo"):
            Update(None, **times)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="RFC 3339"):
        Update(None, at="2024-05-01 12:00")


@given(strategies.updates())
def test_times_are_instants_in_utc(update: Update) -> None:
    """Whatever zone they were given in."""
    for at in (update.at, update.created_at, update.updated_at):
        assert at is instant(at)


@given(strategies.updates())
def test_an_update_shows_in_one_short_line(update: Update) -> None:
    """Whatever it says."""
    assert repr(update).isprintable()
    assert len(repr(update)) < 800


def test_an_update_shows_what_matters() -> None:
    """Its status or that it is a note, its time, and how it begins."""
    shown = repr(Update(None, body="We are on it.\n" * 100, at=NOON))
    assert shown.startswith("<Update note at 2024-05-01T12:00:00+00:00: 'We are on it.")
    assert shown.endswith("…'>")
