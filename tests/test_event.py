"""What is derived of any incident or maintenance, however odd its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pendulum import DateTime, Duration

import strategies
from incidentkit import (
    FORWARD,
    LINEAR,
    REOPENABLE,
    STANDARD,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Detection,
    Event,
    Impact,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
    Update,
)
from incidentkit._override import override
from incidentkit._time import instant

NOON, MINUTE = strategies.NOON, strategies.MINUTE
DOOMSDAY = strategies.DOOMSDAY
ZERO = Duration()

AnyEvent: TypeAlias = Incident | Maintenance
Said: TypeAlias = Mapping[str, Mapping[str, object]]

events = st.one_of(strategies.incidents(), strategies.maintenances())
valid = st.one_of(strategies.valid_incidents(), strategies.valid_maintenances())


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(NOON + minutes * MINUTE)


def told(*history: tuple[str | None, float], **more: Any) -> Incident:
    """Give an incident with updates of statuses at minutes after noon."""
    updates = [Update(status, at=at(minutes)) for status, minutes in history]
    return Incident("API down", updates=updates, **more)


def minutes_of(length: Duration | None) -> float | None:
    """Give a length in minutes."""
    return None if length is None else length.total_seconds() / 60


def derived(event: AnyEvent, now: dt.datetime) -> dict[str, object]:
    """Give everything that is derived of an event."""
    facts = {
        name: getattr(event, name)
        for kind in (Event, type(event))
        for name, member in vars(kind).items()
        if isinstance(member, property) and not name.startswith("_")
    }
    statuses = IncidentStatus if isinstance(event, Incident) else MaintenanceStatus
    lifecycles: tuple[Any, ...] = (LINEAR, FORWARD, STANDARD, REOPENABLE)
    return facts | {
        "elapsed": event.elapsed(now=now),
        "open_time": event.open_time(now=now),
        "silence": event.silence(now=now),
        "time_in": [event.time_in(status, now=now) for status in statuses],
        "time_to": [event.time_to(status) for status in statuses],
        "as_of": event.as_of(now),
        "affected_at": event.affected_at(now),
        "affects": [event.affects(mention) for mention in event.affected],
        "worst": [event.worst_status(mention) for mention in event.affected],
        "violations": event.violations(),
        "others": [event.violations(lifecycle) for lifecycle in lifecycles],
        "repr": repr(event),
    }


# --- laws, for every history there is -------------------------------------------------


@given(events, strategies.moments())
def test_everything_derived_is_defined(event: AnyEvent, now: dt.datetime) -> None:
    """Whatever a constructor accepts, every derived fact has a value."""
    facts = derived(event, now)
    assert {"status", "duration", "outages", "amiss", "fingerprint"} <= facts.keys()


@given(events, strategies.moments())
def test_instants_and_lengths_are_pendulum_s(event: AnyEvent, now: dt.datetime) -> None:
    """What is given back is an instant in UTC or an exact length, never an interval."""
    for name in ("began_at", "ended_at", "created_at", "updated_at"):
        moment = getattr(event, name)
        assert moment is None or moment is instant(moment)
    for length in (event.duration, event.longest_silence, event.elapsed(now=now)):
        assert length is None or type(length) is Duration


@given(events, strategies.moments())
def test_no_length_is_negative(event: AnyEvent, now: dt.datetime) -> None:
    """However odd the times, no time runs backwards."""
    statuses = IncidentStatus if isinstance(event, Incident) else MaintenanceStatus
    lengths = [
        event.duration,
        event.longest_silence,
        event.silence(now=now),
        event.elapsed(now=now),
        event.open_time(now=now),
        *(event.time_in(status, now=now) for status in statuses),
        *(event.time_to(status) for status in statuses),
    ]
    assert all(length is None or length >= ZERO for length in lengths)


@given(events)
def test_open_and_ended_exclude_each_other(event: AnyEvent) -> None:
    """What is open has no end and no duration; an end is known of what is over only."""
    if event.is_open:
        assert event.ended_at is None
        assert event.duration is None
    assert event.end_known == (event.ended_at is not None)
    expected = event.status is None or not event.status.is_closed
    assert expected == event.is_open


@given(events)
def test_a_duration_needs_a_start_and_an_end(event: AnyEvent) -> None:
    """It is known exactly where both are."""
    known = event.start_known and event.end_known and event.began_at is not None
    assert known == (event.duration is not None)


@given(events)
def test_stretches_are_consecutive(event: AnyEvent) -> None:
    """In order, without a gap; only the last goes on; no two neighbours are alike."""
    stretches = event.stretches
    for one, following in pairwise(stretches):
        assert one.end == following.start
        assert one.start <= following.start
        assert one.held is not following.held
    assert [None] * bool(stretches) == [s.end for s in stretches[-1:]]
    assert all(s.held is not None for s in stretches[1:])


@given(events, strategies.moments())
def test_time_in_is_the_sum_of_its_stretches(event: AnyEvent, now: dt.datetime) -> None:
    """Each status has the time of its stretches; the last one up to now, if told."""
    statuses = IncidentStatus if isinstance(event, Incident) else MaintenanceStatus
    cut = instant(now)
    for status in statuses:
        ended = alive = dt.timedelta()
        for stretch in event.stretches:
            if stretch.held is status and stretch.end is not None:
                ended += _minus(stretch.end, stretch.start)
            elif stretch.held is status and (event.is_open or event.end_known):
                alive = max(_minus(cut, stretch.start), dt.timedelta())
        assert ended == event.time_in(status)
        assert ended + alive == event.time_in(status.value, now=now)


@given(strategies.valid_incidents(), strategies.near())
def test_never_reopened_the_stretches_make_up_the_duration(
    incident: Incident, end: dt.datetime
) -> None:
    """Of an incident that was never reopened, all that is not over is its duration."""
    if incident.is_open:
        incident = incident.resolve(at=max(end, incident.updates[-1].at))
    assume(incident.start_known)
    assert incident.duration is not None
    assert incident.duration == incident.open_time(now=DOOMSDAY)
    before = [stretch for stretch in incident.stretches if not _over(stretch.held)]
    lengths = [_minus(one.end, one.start) for one in before if one.end is not None]
    assert incident.duration == sum(lengths, dt.timedelta())


@given(events, strategies.moments())
def test_open_time_is_within_the_duration(event: AnyEvent, now: dt.datetime) -> None:
    """What was resolved in between is not open, and nothing is before the beginning."""
    so_far, open_time = event.elapsed(now=now), event.open_time(now=now)
    assert (so_far is None) <= (open_time is None)
    if open_time is not None:
        assert so_far is not None
        assert open_time <= so_far
        assert open_time <= event.open_time(now=DOOMSDAY)  # type: ignore[operator]


@given(events)
def test_what_is_affected_is_told_once(event: AnyEvent) -> None:
    """Each component once by key, whatever it was called, in order of first mention."""
    keys = [mention.key for mention in event.affected]
    mentioned = [row.component.key for update in event.updates for row in update.states]
    attached = [mention.key for mention in event.components]
    assert list(dict.fromkeys([*attached, *mentioned])) == keys
    assert all(event.affects(one) for one in event.affected)


@given(events)
def test_outages_lie_within_the_event(event: AnyEvent) -> None:
    """In order, above operational, of some length, and none after the end."""
    outages = event.outages
    assert sorted(outages, key=lambda outage: outage.start) == list(outages)
    for outage in outages:
        assert outage.status is not ComponentStatus.OPERATIONAL
        assert outage.end is None or outage.start < outage.end
        assert event.key == outage.incident
        if not event.is_open:
            assert outage.end is not None
        if event.ended_at is not None:
            assert outage.end is not None
            assert outage.end <= event.ended_at


@given(events)
def test_outages_of_one_component_do_not_overlap(event: AnyEvent) -> None:
    """A component is at one level at a time."""
    for mention in event.affected:
        mine = [one for one in event.outages if one.component.key == mention.key]
        for one, following in pairwise(mine):
            assert one.end is not None
            assert one.end <= following.start


@given(events, strategies.moments())
def test_who_is_affected_at_an_instant(event: AnyEvent, now: dt.datetime) -> None:
    """Exactly those with an outage that holds then."""
    moment = instant(now)
    expected = [
        outage.component
        for outage in event.outages
        if outage.start <= moment and (outage.end is None or moment < outage.end)
    ]
    assert tuple(expected) == event.affected_at(now)
    assert len({one.key for one in expected}) == len(expected)


@given(events)
def test_the_last_word_is_the_whole_story(event: AnyEvent) -> None:
    """From its last change on, an event stands as it does now."""
    assume(event.as_of(DOOMSDAY) is not None)
    assert event == event.as_of(DOOMSDAY)


@given(events, strategies.moments(), strategies.moments())
def test_later_is_never_less(
    event: AnyEvent, one: dt.datetime, other: dt.datetime
) -> None:
    """As time goes on updates are only added, each as it stands now or unedited."""
    earlier, later = (event.as_of(moment) for moment in sorted((one, other)))
    if earlier is None:
        return
    assert later is not None
    known = [attrs.evolve(u, updated_at=u.created_at) for u in later.updates]
    for update in earlier.updates:
        assert attrs.evolve(update, updated_at=update.created_at) in known
    assert len(earlier.updates) <= len(later.updates) <= len(event.updates)


@given(events, strategies.moments())
def test_nothing_of_the_future_is_known(event: AnyEvent, now: dt.datetime) -> None:
    """As of an instant, no update was posted and no edit made later."""
    past = event.as_of(now)
    if past is None:
        return
    moment = instant(now)
    assert all(update.created_at <= moment for update in past.updates)
    assert all(
        update.updated_at <= moment or update.updated_at == update.created_at
        for update in past.updates
    )
    assert past.stated_end is None or past.stated_end <= moment
    assert past.stated_start is None or past.stated_start <= moment
    if event.created_at is not None and event.created_at <= moment:
        assert past.key == event.key


@given(events, strategies.extras(), strategies.links(), strategies.moments())
def test_a_fingerprint_is_of_what_a_reader_notices(
    event: AnyEvent,
    extras: Said,
    links: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Extras, links and `updated_at` do not count."""
    twin = attrs.evolve(event, extras=extras, links=links, updated_at=now)
    twin = attrs.evolve(
        twin,
        updates=[attrs.evolve(u, extras=extras, links=links) for u in twin.updates],
    )
    assert event.fingerprint == twin.fingerprint


@given(events, st.data())
def test_a_fingerprint_changes_with_what_is_told(
    event: AnyEvent, data: st.DataObject
) -> None:
    """A body, a status, a level, a time, a name: whatever a reader would notice."""
    changed = [
        attrs.evolve(event, name=event.name + "!"),
        attrs.evolve(event, postmortem=(event.postmortem or "") + "!"),
        attrs.evolve(event, url=(event.url or "") + "!"),
        attrs.evolve(event, components=[*event.components, "one more"]),
    ]
    if event.updates:
        place = data.draw(st.integers(0, len(event.updates) - 1))
        old = event.updates[place]
        row = ComponentState("one more", "major_outage")
        other = next(one for one in event._statuses if one is not old.status)
        for new in (
            attrs.evolve(old, body=old.body + "!"),
            attrs.evolve(old, states=[*old.states, row]),
            attrs.evolve(old, status=other),
            attrs.evolve(
                old, at=old.at + dt.timedelta(days=-1 if old.at > at(0) else 1)
            ),
        ):
            updates = [*event.updates[:place], new, *event.updates[place + 1 :]]
            changed.append(attrs.evolve(event, updates=updates))
    prints = [one.fingerprint for one in changed]
    assert event.fingerprint not in prints
    assert len(set(prints)) == len(prints)


@given(events)
def test_an_event_shows_in_one_short_line(event: AnyEvent) -> None:
    """However much is told of it."""
    assert repr(event).isprintable()
    assert len(repr(event)) < 900


@given(valid)
def test_what_verbs_make_has_nothing_amiss(event: AnyEvent) -> None:
    """Legal, in order, with a known start; amiss is only what was left broken."""
    assert event.violations() == ()
    assert event.start_known or not event.updates or event.updates[0].status.is_closed  # type: ignore[union-attr]
    codes = {finding.code for finding in event.amiss}
    assert codes <= {"component.left_broken", "duration.negative"}
    if isinstance(event, Incident):
        assert "duration.negative" not in codes


# --- the wrong answers, ruled out -----------------------------------------------------


def test_statuses_of_the_other_kind_are_refused() -> None:
    """An incident is never scheduled, nor a maintenance resolved; the message lists."""
    with pytest.raises(ValueError, match=r"'scheduled'.*'investigating'"):
        told(("scheduled", 0))
    with pytest.raises(ValueError, match="use one of"):
        Incident("API down", stated_status="completed")
    with pytest.raises(ValueError, match=r"'resolved'.*'in_progress'"):
        Maintenance("Work", updates=[Update("resolved", at=NOON)])
    with pytest.raises(ValueError, match="use one of"):
        Maintenance("Work", stated_status="resolved")


def test_something_else_than_an_update_is_refused() -> None:
    """What is no update has no place on a timeline."""
    with pytest.raises(TypeError, match="Update"):
        Incident("API down", updates=["resolved"])  # type: ignore[list-item]


def test_an_event_was_put_up_and_changed_with_its_updates() -> None:
    """Unless told otherwise: with the first posting, and the last edit."""
    update = Update(None, at=NOON, created_at=at(5), updated_at=at(9))
    incident = Incident("API down", updates=[Update(None, at=at(7)), update])
    assert (at(5), at(9)) == (incident.created_at, incident.updated_at)
    blank = Incident("API down", created_at=NOON)
    assert (blank.created_at, blank.updated_at) == (NOON, NOON)
    assert Incident("API down").created_at is None


def test_the_key_is_what_lasts() -> None:
    """The id, else the address, else the name with the first instant."""
    incident = told(("investigating", 0))
    assert incident.key == "API down @ 2024-05-01T12:00:00Z"
    assert Incident("API down").key == "API down"
    assert attrs.evolve(incident, url="u").key == "u"
    assert attrs.evolve(incident, url="u", id="i").key == "i"


def test_the_stated_status_comes_first() -> None:
    """Else the last update that names one; a note moves nothing."""
    assert told().status is None
    assert told().is_open
    assert told((None, 0)).status is None
    incident = told(("identified", 0), (None, 1))
    assert IncidentStatus.IDENTIFIED is incident.status
    stated = attrs.evolve(incident, stated_status="resolved")
    assert IncidentStatus.RESOLVED is stated.status
    assert not stated.is_open


def test_what_was_first_told_as_over_has_no_known_start() -> None:
    """An import says when it was written down: no duration, rather than none at all."""
    imported = told(("resolved", 10))
    assert not imported.start_known
    assert imported.end_known
    assert imported.duration is None
    assert imported.elapsed(now=at(99)) is None
    assert imported.open_time(now=at(99)) is None
    assert imported.time_to("resolved") is None
    assert imported.amiss == ()
    # What it later says does not help, nor does a start at or after its end.
    assert not told(("resolved", 10), ("investigating", 20)).start_known
    for start in (10, 11):
        late = attrs.evolve(imported, stated_start=at(start))
        assert late.duration is None
    noted = told((None, 0), ("postmortem", 10))
    assert not noted.start_known


def test_a_stated_start_before_the_end_is_known() -> None:
    """The one thing that tells when an imported incident began."""
    imported = told(("resolved", 10), stated_start=at(2))
    assert imported.start_known
    assert minutes_of(imported.duration) == 8
    assert at(2) == imported.began_at


def test_only_stated_as_over() -> None:
    """Without updates, a stated status has a duration if start and end are stated."""
    only = Incident("API down", stated_status="resolved", stated_end=at(9))
    assert only.duration is None
    assert not only.start_known
    assert minutes_of(attrs.evolve(only, stated_start=at(1)).duration) == 8


def test_over_and_nobody_said_when() -> None:
    """Neither its length nor its outages go on for ever; they are not known."""
    update = Update("investigating", at=NOON, states={"API": "major_outage"})
    later = Update(None, at=at(7))
    unsure = Incident("API down", updates=[update, later], stated_status="resolved")
    assert not unsure.is_open
    assert not unsure.end_known
    assert unsure.duration is None
    assert unsure.elapsed(now=at(99)) is None
    assert unsure.open_time(now=at(99)) is None
    assert minutes_of(unsure.time_in("investigating", now=at(99))) == 0
    assert unsure.silence(now=at(99)) is None
    (outage,) = unsure.outages
    assert (NOON, at(7)) == (outage.start, outage.end)
    assert unsure.affected_at(at(8)) == ()
    assert attrs.evolve(unsure, updates=[update]).outages == ()


def test_an_end_beside_an_open_status_is_not_believed() -> None:
    """It is open, says so, and the end is told to be amiss."""
    incident = told(("investigating", 0), stated_end=at(5))
    assert incident.is_open
    assert incident.ended_at is None
    assert [finding.code for finding in incident.amiss] == ["end.while_open"]
    assert incident.amiss[0].path == "$.stated_end"


def test_a_negative_duration_is_zero_and_amiss() -> None:
    """What is stated to have ended before it began lasted no time, and is wrong."""
    incident = told(("investigating", 5), ("resolved", 9), stated_end=at(1))
    assert incident.duration == ZERO
    assert [finding.code for finding in incident.amiss] == ["duration.negative"]
    assert incident.open_time(now=at(99)) == ZERO
    # Of an unknown start nothing can be said.
    assert told(("resolved", 9), stated_end=at(1), created_at=at(5)).duration is None


def test_a_component_left_broken_is_amiss_and_not_an_endless_outage() -> None:
    """Its outage ends with the incident, and that is told."""
    updates = [
        Update("investigating", at=NOON, states={"API": "major_outage"}),
        Update("resolved", at=at(9)),
    ]
    incident = Incident("API down", updates=updates[:1])
    assert [outage.end for outage in incident.outages] == [None]
    assert incident.amiss == ()
    incident = attrs.evolve(incident, updates=updates)
    assert [at(9)] == [outage.end for outage in incident.outages]
    assert [finding.code for finding in incident.amiss] == ["component.left_broken"]
    assert "API" in incident.amiss[0].detail


def test_a_note_after_the_end_does_not_move_it() -> None:
    """Nor does a post-mortem, nor a second resolution."""
    incident = told(
        ("investigating", 0),
        ("resolved", 10),
        (None, 20),
        ("resolved", 30),
        ("postmortem", 40),
    )
    assert at(10) == incident.ended_at
    assert minutes_of(incident.duration) == 10
    assert minutes_of(incident.longest_silence) == 10


def test_reopened_it_ends_with_its_last_resolution() -> None:
    """The hours between count in the duration, and not as open."""
    incident = told(
        *[("investigating", 0), ("resolved", 10), ("postmortem", 12)],
        *[("monitoring", 30), ("resolved", 35)],
    )
    assert at(35) == incident.ended_at
    assert minutes_of(incident.duration) == 35
    assert minutes_of(incident.open_time(now=at(99))) == 15
    assert minutes_of(incident.time_to("resolved")) == 35
    assert minutes_of(incident.time_to("monitoring")) == 30
    assert incident.time_to("identified") is None
    expected = [(IncidentStatus.POSTMORTEM, IncidentStatus.MONITORING, at(30))]
    assert expected == [(s.before, s.after, s.at) for s in incident.reopenings]
    assert len(incident.violations()) == 1
    assert incident.violations(REOPENABLE) == ()


def test_a_resolution_that_did_not_last_is_not_reached() -> None:
    """Open again, it has not been resolved yet."""
    incident = told(("investigating", 0), ("resolved", 10), ("investigating", 20))
    assert incident.time_to("resolved") is None
    assert incident.duration is None
    assert minutes_of(incident.elapsed(now=at(30))) == 30
    assert minutes_of(incident.open_time(now=at(30))) == 20
    assert minutes_of(incident.open_time(now=at(15))) == 10


def test_before_it_began_it_lasted_nothing() -> None:
    """Asked of an earlier present, lengths are zero."""
    incident = told(("investigating", 10))
    assert incident.elapsed(now=at(0)) == ZERO
    assert incident.open_time(now=at(0)) == ZERO
    assert incident.silence(now=at(0)) == ZERO
    assert incident.time_in("investigating", now=at(0)) == ZERO


def test_what_is_posted_late_and_dated_back_stays_in_order() -> None:
    """A status holds from the earliest time of its update or any later one."""
    incident = told(
        ("investigating", 10), ("identified", 30), ("monitoring", 5), ("resolved", 40)
    )
    held = [(s.held, s.start) for s in incident.stretches]
    expected = [
        (IncidentStatus.INVESTIGATING, at(5)),
        (IncidentStatus.IDENTIFIED, at(5)),
        (IncidentStatus.MONITORING, at(5)),
        (IncidentStatus.RESOLVED, at(40)),
    ]
    assert expected == held
    assert at(5) == incident.began_at
    assert minutes_of(incident.time_in("monitoring")) == 35
    assert minutes_of(incident.time_in("identified")) == 0


def test_updates_of_one_instant_keep_their_order() -> None:
    """Their place decides, not their time; the same thing twice is no step."""
    incident = told(("investigating", 0), ("resolved", 0), ("resolved", 0))
    assert IncidentStatus.RESOLVED is incident.status
    assert incident.duration == ZERO
    assert incident.amiss == ()
    assert incident.start_known
    turned = told(("resolved", 0), ("investigating", 0))
    assert turned.is_open
    assert not turned.start_known


def test_a_stated_end_is_where_the_closed_stretch_begins() -> None:
    """Whatever its update is shown under, earlier or later."""
    for end in (4, 20):
        incident = told(
            ("investigating", 0), ("identified", 6), ("resolved", 9), stated_end=at(end)
        )
        *_, last = incident.stretches
        assert (at(end), IncidentStatus.RESOLVED) == (last.start, last.held)
        assert minutes_of(incident.duration) == end
    stated = told(("investigating", 0), stated_status="resolved", stated_end=at(3))
    assert [stretch.held for stretch in stated.stretches] == [
        IncidentStatus.INVESTIGATING,
        IncidentStatus.RESOLVED,
    ]
    assert minutes_of(stated.duration) == 3


def test_time_before_the_first_status_holds_none() -> None:
    """It broke before it was told: the stretch is there, and open."""
    incident = told((None, 2), ("identified", 5), ("resolved", 9), stated_start=NOON)
    first, *_ = incident.stretches
    assert (None, NOON, at(5)) == (first.held, first.start, first.end)
    assert minutes_of(incident.open_time(now=at(99))) == 9
    assert minutes_of(incident.time_to("identified")) == 5
    only = told((None, 2))
    assert [(None, at(2), None)] == [(s.held, s.start, s.end) for s in only.stretches]
    assert Incident("API down").stretches == ()


def test_steps_back_among_open_statuses_are_regressions() -> None:
    """Fixes that turned out not to be; a reopening is another thing."""
    incident = told(
        *[("monitoring", 0), ("identified", 1), ("identified", 2)],
        *[("investigating", 3), ("resolved", 4), ("investigating", 5)],
    )
    moves = [(step.before, step.after) for step in incident.regressions]
    expected = [
        (IncidentStatus.MONITORING, IncidentStatus.IDENTIFIED),
        (IncidentStatus.IDENTIFIED, IncidentStatus.INVESTIGATING),
    ]
    assert expected == moves


def test_silence_is_between_updates_while_it_is_open() -> None:
    """What follows a resolution is none."""
    assert told(("investigating", 0)).longest_silence is None
    assert told().longest_silence is None
    incident = told(
        *[("investigating", 0), (None, 7), ("resolved", 9)],
        *[("investigating", 60), ("resolved", 61)],
    )
    assert minutes_of(incident.longest_silence) == 7
    assert told(("resolved", 0), (None, 9)).longest_silence is None
    assert minutes_of(told((None, 0), (None, 9)).longest_silence) == 9
    assert minutes_of(told(("investigating", 0), (None, 7)).silence(now=at(9))) == 2
    assert told().silence(now=NOON) is None


@pytest.mark.parametrize("impact", [None, *Impact])
@pytest.mark.parametrize("level", [None, *ComponentStatus])
def test_what_nobody_explains_is_unattributed(
    impact: Impact | None, level: ComponentStatus | None
) -> None:
    """An impact is claimed, and no row says what broke."""
    row = ComponentState("API", level)
    incident = Incident(
        "API down", impact=impact, updates=[Update(None, at=NOON, states=[row])]
    )
    claimed = impact is not None and impact > Impact.NONE
    explained = level is not None and level > ComponentStatus.OPERATIONAL
    assert (claimed and not explained) == incident.is_unattributed


def test_levels_make_outages() -> None:
    """Rows are levels: what repeats goes on, what differs begins anew."""
    rows = [
        "degraded_performance",
        "degraded_performance",
        "major_outage",
        "operational",
    ]
    updates = [
        Update("investigating", at=at(minute), states={"API": level}, id=f"u{minute}")
        for minute, level in enumerate(rows)
    ]
    incident = Incident("API down", id="i1", updates=updates)
    expected = [
        (ComponentStatus.DEGRADED_PERFORMANCE, at(0), at(2), "u0"),
        (ComponentStatus.MAJOR_OUTAGE, at(2), at(3), "u2"),
    ]
    assert expected == [(o.status, o.start, o.end, o.update) for o in incident.outages]
    assert {"i1"} == {outage.incident for outage in incident.outages}
    assert (ComponentRef("API"),) == incident.affected_at(at(2.5))
    assert incident.affected_at(at(3)) == ()
    assert ComponentStatus.MAJOR_OUTAGE is incident.worst_status("API")
    assert Impact.CRITICAL is incident.derived_impact


def test_an_unknown_level_ends_an_outage_and_is_none() -> None:
    """Nobody knows then whether it is up: that is no outage, and no recovery either."""
    updates = [
        Update("investigating", at=at(0), states={"API": "major_outage"}),
        Update("investigating", at=at(1), states=[ComponentState("API", None)]),
    ]
    incident = Incident("API down", updates=updates)
    assert [at(1)] == [outage.end for outage in incident.outages]
    only = attrs.evolve(incident, updates=updates[1:])
    assert only.outages == ()
    assert only.worst_status("API") is None
    assert only.derived_impact is None
    assert (ComponentRef("API"),) == only.affected


def test_components_are_asked_for_by_key() -> None:
    """By id or by the only one of a name; who is not affected has no level."""
    api, twin = ComponentRef("API", id="a1"), ComponentRef("API", id="a2")
    renamed = ComponentState(ComponentRef("Group - API", id="a1"), "major_outage")
    incident = Incident(
        "API down", components=[api], updates=[Update(None, at=NOON, states=[renamed])]
    )
    assert (api,) == incident.affected
    assert incident.affects("a1")
    assert incident.affects("API")
    assert not incident.affects("Web")
    assert incident.worst_status("Web") is None
    assert ComponentStatus.MAJOR_OUTAGE is incident.worst_status(api)
    both = attrs.evolve(incident, components=[api, twin])
    assert both.affects("a2")
    assert both.worst_status(twin) is None
    for ask in (both.affects, both.worst_status):
        with pytest.raises(ValueError, match=r"a1.*a2"):
            ask("API")


def test_as_it_stood() -> None:
    """Only what was posted by then, and nothing that was stated later."""
    first = Update("investigating", at=at(0))
    back = Update("identified", at=at(1), created_at=at(30), updated_at=at(40))
    incident = Incident(
        "API down",
        updates=[first, back],
        stated_status="resolved",
        stated_start=at(-5),
        stated_end=at(50),
        updated_at=at(60),
        detection=Detection("a monitor", at(20)),
        postmortem="It was DNS.",
        extras={"statuspage": {"@stated": {"a": 1}, "x": 2}},
    )
    assert incident.as_of(at(-1)) is None
    early = incident.as_of(at(10))
    assert early is not None
    assert (first,) == early.updates
    assert IncidentStatus.INVESTIGATING is early.status
    assert (at(-5), None) == (early.stated_start, early.stated_end)
    assert early.detection is None
    assert early.postmortem is None
    assert early.extras == {"statuspage": {"x": 2}}
    later = incident.as_of(at(35))
    assert later is not None
    assert [at(0), at(30)] == [update.updated_at for update in later.updates]
    assert IncidentStatus.IDENTIFIED is later.status
    assert incident.detection == later.detection
    assert incident == incident.as_of(at(60))
    assert incident != incident.as_of(at(59))
    assert Incident("API down").as_of(NOON) is None
    only_put_up = Incident("API down", created_at=at(0), updated_at=at(9))
    assert at(0) == only_put_up.as_of(at(5)).updated_at  # type: ignore[union-attr]
    # Put up after it was told: it was posted when it was first told.
    late = attrs.evolve(incident, created_at=at(20))
    assert at(0) == late.as_of(at(10)).created_at  # type: ignore[union-attr]


def test_a_stated_start_in_the_future_was_not_known() -> None:
    """As of an earlier instant it was not stated yet."""
    incident = told(("investigating", 0), ("identified", 9), stated_start=at(5))
    past = incident.as_of(at(1))
    assert past is not None
    assert past.stated_start is None


# --- size -----------------------------------------------------------------------------


class Counting:
    """Counts how often it is asked for what it tells."""

    __slots__ = ()
    asked = 0

    @override
    def __getattribute__(self, name: str) -> object:
        """Count, and answer."""
        if name in ("at", "status", "states", "created_at", "updated_at"):
            Counting.asked += 1
        return super().__getattribute__(name)


CountingUpdate: Any = type("CountingUpdate", (Counting, Update), {"__slots__": ()})


def test_what_is_derived_is_linear_in_the_updates() -> None:
    """Ten times as many updates are asked ten times as often, by every derived fact."""

    def asked(size: int) -> dict[str, int]:
        words = ("investigating", "identified", "monitoring", None)
        levels = ("major_outage", "degraded_performance", "operational")
        incident = Incident(
            "API down",
            updates=[
                CountingUpdate(
                    words[place % 4],
                    at=NOON + place * MINUTE,
                    states={f"c{place % 7}": levels[place % 3]},
                )
                for place in range(size)
            ],
        )
        counts: dict[str, int] = {}
        for name in (
            *("status", "began_at", "ended_at", "duration", "stretches", "amiss"),
            *("regressions", "reopenings", "longest_silence", "outages", "affected"),
            *("derived_impact", "is_unattributed", "fingerprint", "start_known"),
        ):
            Counting.asked = 0
            getattr(incident, name)
            counts[name] = Counting.asked
        questions: dict[str, Callable[[], object]] = {
            "time_in": lambda: incident.time_in("monitoring", now=DOOMSDAY),
            "time_to": lambda: incident.time_to("monitoring"),
            "open_time": lambda: incident.open_time(now=DOOMSDAY),
            "as_of": lambda: incident.as_of(NOON + size // 2 * MINUTE),
            "affected_at": lambda: incident.affected_at(NOON),
            "worst_status": lambda: incident.worst_status("c1"),
            "violations": incident.violations,
            "post": lambda: incident.post("resolved", at=DOOMSDAY),
            "backdate": lambda: incident.post(None, at=NOON, backdate=True),
        }
        for name, ask in questions.items():
            Counting.asked = 0
            ask()
            counts[name] = Counting.asked
        return counts

    small, large = asked(1_000), asked(10_000)
    for name, count in large.items():
        assert count <= 10.5 * small[name] + 200, name
        assert count <= 20 * 10_000, name


@settings(max_examples=1)
@given(st.just(10_000))
def test_ten_thousand_updates_are_no_trouble(size: int) -> None:
    """Everything derived of a very long history is there."""
    incident = Incident(
        "API down",
        updates=[
            Update(
                "investigating", at=NOON + place * MINUTE, states={"API": "operational"}
            )
            for place in range(size)
        ],
    )
    facts = derived(incident, DOOMSDAY)
    assert facts["outages"] == ()
    assert repr(incident) == "<Incident 'API down': investigating, 10000 updates>"


def _over(status: IncidentStatus | MaintenanceStatus | None) -> bool:
    return status is not None and status.is_closed


def _minus(end: dt.datetime, start: dt.datetime) -> dt.timedelta:
    return dt.datetime.__sub__(end, start)
