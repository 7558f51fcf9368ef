"""Maintenances: announced, begun, put off, called off, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import DateTime, Duration

import strategies
from incidentkit import (
    ComponentRef,
    ComponentStatus,
    IllegalTransition,
    Impact,
    Maintenance,
    MaintenanceStatus,
    Update,
)
from incidentkit._time import instant

if TYPE_CHECKING:
    from collections.abc import Callable

NOON, MINUTE = strategies.NOON, strategies.MINUTE
SCHEDULED, IN_PROGRESS, VERIFYING, COMPLETED, CANCELLED = MaintenanceStatus


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(NOON + minutes * MINUTE)


def minutes_of(length: Duration | None) -> float | None:
    """Give a length in minutes."""
    return None if length is None else length.total_seconds() / 60


@pytest.fixture
def planned() -> Maintenance:
    """Give a maintenance announced at noon for an hour later."""
    return Maintenance.schedule(
        "Database upgrade",
        "We will upgrade.",
        at=NOON,
        scheduled_for=at(60),
        scheduled_until=at(120),
        components=["db", "API"],
    )


def last_levels(maintenance: Maintenance) -> dict[str, str | None]:
    """Give what the last update says of components."""
    return {
        row.component.label: None if row.status is None else row.status.value
        for row in maintenance.updates[-1].states
    }


# --- announcing -----------------------------------------------------------------------


def test_announcing_tells_the_first_update() -> None:
    """All that is given is where it belongs; nothing is under maintenance yet."""
    planned = Maintenance.schedule(
        "Upgrade",
        "We will.",
        at="2024-05-01T12:00:00Z",
        scheduled_for=at(60),
        scheduled_until=at(120),
        components=[ComponentRef("db", id="c1")],
        impact="none",
        id="m1",
        update_id="u1",
    )
    expected = Maintenance(
        "Upgrade",
        id="m1",
        impact=Impact.NONE,
        components=[ComponentRef("db", id="c1")],
        scheduled_for=at(60),
        scheduled_until=at(120),
        updates=[Update("scheduled", body="We will.", at=NOON, id="u1")],
    )
    assert expected == planned


def test_a_maintenance_hurts_as_maintenances_do() -> None:
    """Unless told otherwise, its impact is maintenance."""
    assert Impact.MAINTENANCE is Maintenance("Upgrade").impact
    assert Maintenance("Upgrade", impact=None).impact is None
    planned = Maintenance.schedule("Upgrade", at=NOON, scheduled_for=NOON)
    assert Impact.MAINTENANCE is planned.impact
    assert planned.scheduled_until is None


def test_it_cannot_be_over_before_it_begins() -> None:
    """The window runs forwards; it may be empty, and announced after the fact."""
    with pytest.raises(ValueError, match="before it begins"):
        Maintenance.schedule("x", at=NOON, scheduled_for=at(1), scheduled_until=NOON)
    Maintenance.schedule("x", at=at(9), scheduled_for=NOON, scheduled_until=NOON)


# --- its verbs ------------------------------------------------------------------------


def test_from_beginning_to_end(planned: Maintenance) -> None:
    """Its components are under maintenance from its start to its end."""
    assert SCHEDULED is planned.status
    assert last_levels(planned) == {}
    begun = planned.start("We begin.", at=at(61), id="u2")
    assert IN_PROGRESS is begun.status
    both = {"db": "under_maintenance", "API": "under_maintenance"}
    assert both == last_levels(begun)
    checked = begun.verify(at=at(100))
    assert VERIFYING is checked.status
    assert last_levels(checked) == {}
    done = checked.complete("Done.", at=at(110))
    assert COMPLETED is done.status
    assert last_levels(done) == {"db": "operational", "API": "operational"}
    assert (at(61), at(110)) == (done.began_at, done.ended_at)
    assert minutes_of(done.duration) == 49
    assert minutes_of(done.open_time(now=at(999))) == 49
    assert [at(61), at(61)] == [outage.start for outage in done.outages]
    assert {ComponentStatus.UNDER_MAINTENANCE} == {one.status for one in done.outages}
    assert done.violations() == ()
    assert done.amiss == ()
    assert done == begun.post("verifying", at=at(100)).post(
        "completed", "Done.", at=at(110)
    )


def test_affects_names_another_level(planned: Maintenance) -> None:
    """Where it hurts more, or less, than maintenances do."""
    begun = planned.start(
        at=at(61), affects={"db": "major_outage", "Web": "operational"}
    )
    expected = {
        "db": "major_outage",
        "Web": "operational",
        "API": "under_maintenance",
    }
    assert expected == last_levels(begun)
    done = begun.complete(at=at(62), affects={"db": "degraded_performance"})
    assert last_levels(done) == {"db": "degraded_performance", "API": "operational"}
    assert [finding.code for finding in done.amiss] == ["component.left_broken"]


def test_put_off_it_leaves_its_components_alone(planned: Maintenance) -> None:
    """Back to scheduled, they come back; begun anew, they are under maintenance."""
    put_off = planned.start(at=at(61)).post("scheduled", "Not today.", at=at(62))
    assert SCHEDULED is put_off.status
    assert last_levels(put_off) == {"db": "operational", "API": "operational"}
    assert len(put_off.regressions) == 1
    again = put_off.start(at=at(90))
    assert last_levels(again) == {"db": "under_maintenance", "API": "under_maintenance"}
    assert at(61) == again.began_at


def test_reminders_and_going_on_settle_nothing(planned: Maintenance) -> None:
    """What repeats the status moves no component."""
    reminded = planned.post("scheduled", "Soon.", at=at(5))
    assert last_levels(reminded) == {}
    begun = reminded.start(at=at(61))
    assert last_levels(begun.post("in_progress", at=at(62))) == {}
    assert last_levels(begun.post(None, at=at(62))) == {}


def test_called_off_before_it_began_it_took_no_time(planned: Maintenance) -> None:
    """And nothing is amiss with that."""
    cancelled = planned.cancel("Not at all.", at=at(5))
    assert CANCELLED is cancelled.status
    assert last_levels(cancelled) == {}
    assert Duration() == cancelled.duration
    assert Duration() == cancelled.open_time(now=at(999))
    assert cancelled.amiss == ()
    assert at(60) == cancelled.began_at


def test_called_off_halfway_it_took_the_time_it_took(planned: Maintenance) -> None:
    """Its components come back."""
    cancelled = planned.start(at=at(61)).cancel(at=at(70))
    assert minutes_of(cancelled.duration) == 9
    assert last_levels(cancelled) == {"db": "operational", "API": "operational"}


def test_ended_before_it_began_is_amiss(planned: Maintenance) -> None:
    """Completed before its time, or called off before it was worked on: a finding."""
    early = Maintenance(
        "x", updates=[Update("completed", at=at(5))], scheduled_for=at(60)
    )
    assert [finding.code for finding in early.amiss] == ["duration.negative"]
    worked_on = attrs.evolve(
        planned.start(at=at(61)).cancel(at=at(70)), stated_end=at(5)
    )
    assert [finding.code for finding in worked_on.amiss] == ["duration.negative"]
    assert Duration() == worked_on.duration


@pytest.mark.parametrize(
    "verb", [Maintenance.verify, Maintenance.complete], ids=["verify", "complete"]
)
def test_what_never_began_is_not_done(
    planned: Maintenance, verb: Callable[..., Maintenance]
) -> None:
    """It must be in progress first; the error says what is legal."""
    before = attrs.evolve(planned)
    with pytest.raises(IllegalTransition) as caught:
        verb(planned, at=at(61))
    assert caught.value.legal == (IN_PROGRESS, CANCELLED)
    assert "in_progress" in caught.value.remedy
    assert before == planned


def test_what_is_over_stays_over(planned: Maintenance) -> None:
    """No verb leads out of completed or cancelled."""
    done = planned.start(at=at(61)).complete(at=at(70))
    for over in (done, planned.cancel(at=at(1))):
        for status in MaintenanceStatus:
            if status is not over.status:
                with pytest.raises(IllegalTransition, match="schedule another"):
                    over.post(status, at=at(99))
        assert over.status is over.post(over.status, at=at(99)).status


def test_an_announcement_or_a_start_begins_it() -> None:
    """Nothing else may come first."""
    for status in MaintenanceStatus:
        if status in (SCHEDULED, IN_PROGRESS):
            assert status is Maintenance("x").post(status, at=NOON).status
        else:
            with pytest.raises(IllegalTransition):
                Maintenance("x").post(status, at=NOON)


def test_a_backdated_start(planned: Maintenance) -> None:
    """A start that was told late goes where it belongs."""
    noted = planned.post(None, at=at(70))
    begun = noted.post("in_progress", at=at(61), backdate=True)
    assert IN_PROGRESS is begun.status
    assert at(61) == begun.began_at
    assert {"db", "API"} == {row.component.label for row in begun.updates[1].states}
    with pytest.raises(ValueError, match="backdate=True"):
        noted.start(at=at(61))
    done = planned.start(at=at(61)).complete(at=at(90))
    with pytest.raises(IllegalTransition) as caught:
        done.post("cancelled", at=at(62), backdate=True)
    assert (caught.value.before, caught.value.after) == (CANCELLED, COMPLETED)


def test_many_at_once(planned: Maintenance) -> None:
    """In order of time; refused whole."""
    updates = [Update("completed", at=at(70)), Update("in_progress", at=at(61))]
    done = planned.post_all(updates)
    assert [one.status for one in done.updates] == [SCHEDULED, IN_PROGRESS, COMPLETED]
    with pytest.raises(IllegalTransition):
        planned.post_all(updates[:1])
    with pytest.raises(ValueError, match="use one of"):
        planned.post_all([Update("resolved", at=at(70))])


def test_a_correction(planned: Maintenance) -> None:
    """By the update itself."""
    corrected = planned.correct(planned.updates[0], body="!", edited_at=at(1))
    assert [update.body for update in corrected.updates] == ["!"]
    assert at(1) == corrected.updated_at


# --- when it began --------------------------------------------------------------------


def test_a_maintenance_begins_with_its_start() -> None:
    """The first in-progress update; else as stated, else as scheduled."""
    plan = Maintenance("x", scheduled_for=at(60), created_at=NOON)
    assert at(60) == plan.began_at
    assert at(50) == attrs.evolve(plan, stated_start=at(50)).began_at
    begun = Update("in_progress", at=at(65))
    assert at(65) == attrs.evolve(plan, updates=[begun]).began_at
    back = Update(None, at=at(63))
    assert at(63) == attrs.evolve(plan, updates=[begun, back]).began_at
    assert Maintenance("x", created_at=NOON).began_at is None
    assert not Maintenance("x", created_at=NOON).start_known
    assert plan.start_known


def test_before_its_time_it_has_lasted_nothing(planned: Maintenance) -> None:
    """It is announced, and open, and has not begun."""
    assert planned.is_open
    assert Duration() == planned.elapsed(now=at(30))
    assert Duration() == planned.open_time(now=at(30))
    assert minutes_of(planned.elapsed(now=at(70))) == 10
    assert minutes_of(planned.open_time(now=at(70))) == 10
    assert minutes_of(planned.time_in("scheduled", now=at(30))) == 30


def test_the_window_is_noticed(planned: Maintenance) -> None:
    """A page that moves the window says something new."""
    moved = attrs.evolve(planned, scheduled_until=at(180))
    assert planned.fingerprint != moved.fingerprint
    assert planned.key == moved.key


# --- any sequence of verbs ------------------------------------------------------------


class Verbs(RuleBasedStateMachine):
    """Verbs in any order, against a list of what was said."""

    LEGAL = {  # noqa: RUF012
        "scheduled": "scheduled in_progress cancelled",
        "in_progress": "in_progress scheduled verifying completed cancelled",
        "verifying": "verifying completed",
        "completed": "completed",
        "cancelled": "cancelled",
    }
    words = st.sampled_from([status.value for status in MaintenanceStatus])

    @initialize()
    def schedule(self) -> None:
        """Announce it."""
        self.now = 0
        self.said = ["scheduled"]
        self.maintenance = Maintenance.schedule(
            "x", at=NOON, scheduled_for=at(5), components=["db"]
        )

    def say(self, verb: Callable[[], Maintenance], word: str, when: int) -> None:
        """Do it if it is legal; if not, see it refused and nothing changed."""
        before = attrs.evolve(self.maintenance)
        if word in self.LEGAL[self.said[-1]].split():
            self.maintenance = verb()
            self.said.append(word)
            self.now = when
        else:
            with pytest.raises(IllegalTransition):
                verb()
            assert before == self.maintenance

    @rule(word=words, wait=st.integers(0, 9))
    def post(self, word: str, wait: int) -> None:
        """Say it."""
        when = self.now + wait
        self.say(lambda: self.maintenance.post(word, at=at(when)), word, when)

    @rule(
        verb=st.sampled_from(
            [
                ("in_progress", Maintenance.start),
                ("verifying", Maintenance.verify),
                ("completed", Maintenance.complete),
                ("cancelled", Maintenance.cancel),
            ]
        ),
        wait=st.integers(0, 9),
    )
    def do(self, verb: tuple[str, Callable[..., Maintenance]], wait: int) -> None:
        """Do it by the verb of its own."""
        when = self.now + wait
        word, method = verb
        self.say(lambda: method(self.maintenance, at=at(when)), word, when)

    @rule(words=st.lists(words, max_size=3))
    def post_all(self, words: list[str]) -> None:
        """Say many things at once: all of them or none."""
        updates = [Update(word, at=at(self.now)) for word in words]
        legal = all(
            after in self.LEGAL[before].split()
            for before, after in zip([self.said[-1], *words], words, strict=False)
        )
        if legal:
            self.maintenance = self.maintenance.post_all(updates)
            self.said += words
        else:
            with pytest.raises(IllegalTransition):
                self.maintenance.post_all(updates)

    @invariant()
    def it_is_what_was_said(self) -> None:
        """The statuses are what was said, in order, and legal throughout."""
        told = [update.status for update in self.maintenance.updates]
        assert self.said == [None if one is None else one.value for one in told]
        assert self.maintenance.violations() == ()
        assert attrs.evolve(self.maintenance) == self.maintenance

    @invariant()
    def its_component_is_under_maintenance_while_it_is_worked_on(self) -> None:
        """As long as only single posts moved it."""
        if all(len(update.states) < 2 for update in self.maintenance.updates):
            assert len(self.maintenance.affected) == 1


TestVerbs = Verbs.TestCase
TestVerbs.settings = settings(max_examples=40, stateful_step_count=10)


@given(strategies.valid_maintenances())
def test_what_verbs_make_is_under_maintenance_while_in_progress(
    maintenance: Maintenance,
) -> None:
    """Exactly while it is in progress or being verified, its components are."""
    working = maintenance.status in (IN_PROGRESS, VERIFYING)
    now = maintenance.updates[-1].at
    assert working == bool(maintenance.affected_at(now)) or not maintenance.components
