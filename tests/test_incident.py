"""The verbs of incidents: what they allow, what they add, what they make untrue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

import strategies
from incidentkit import (
    LINEAR,
    REOPENABLE,
    STANDARD,
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Detection,
    IllegalTransition,
    Impact,
    Incident,
    IncidentStatus,
    Update,
)
from incidentkit._time import instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from pendulum import DateTime

NOON, MINUTE = strategies.NOON, strategies.MINUTE
INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED, POSTMORTEM = IncidentStatus
STATED = {"statuspage": {"@stated": {"a": 1}, "@absent": ["b"], "x": 2}}


def at(minutes: float) -> DateTime:
    """Give the instant so many minutes after noon."""
    return instant(NOON + minutes * MINUTE)


@pytest.fixture
def down() -> Incident:
    """Give an incident that has just been opened."""
    return Incident.open(
        "API down",
        "It does not answer.",
        at=NOON,
        affects={"API": "major_outage", "Web": "partial_outage"},
    )


def levels(incident: Incident) -> list[dict[str, str | None]]:
    """Give what each update says of components, by name."""
    return [
        {
            row.component.label: None if row.status is None else row.status.value
            for row in update.states
        }
        for update in incident.updates
    ]


# --- opening --------------------------------------------------------------------------


def test_opening_tells_the_first_update() -> None:
    """All that is given is where it belongs."""
    noticed = Detection("a monitor", at(-3))
    incident = Incident.open(
        "API down",
        "It does not answer.",
        at="2024-05-01T14:00:00+02:00",
        status="identified",
        impact="critical",
        affects={"API": "major_outage"},
        started_at=at(-5),
        id="i1",
        update_id="u1",
        detection=noticed,
    )
    api = ComponentRef("API")
    row = ComponentState(api, "major_outage", before="operational")
    expected = Incident(
        "API down",
        id="i1",
        impact=Impact.CRITICAL,
        components=[api],
        updates=[
            Update(
                "identified", body="It does not answer.", at=NOON, id="u1", states=[row]
            )
        ],
        stated_start=at(-5),
        detection=noticed,
    )
    assert expected == incident
    assert (at(-5), True) == (incident.began_at, incident.start_known)


def test_opening_needs_little() -> None:
    """A name and a time: it is being investigated, and nobody said how bad it is."""
    incident = Incident.open("API down", at=NOON)
    expected = Incident("API down", updates=[Update("investigating", at=NOON)])
    assert expected == incident
    assert incident.impact is None
    assert incident == Incident.open("API down", at=NOON, started_at=NOON)


def test_it_cannot_start_after_it_is_told() -> None:
    """Nobody tells of what has not happened."""
    with pytest.raises(ValueError, match="after it is told"):
        Incident.open("API down", at=NOON, started_at=at(1))


def test_what_may_begin_an_incident() -> None:
    """Anything but a post-mortem; under another lifecycle, what that says."""
    for status in (INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED):
        assert status is Incident.open("API down", at=NOON, status=status).status
    with pytest.raises(IllegalTransition) as caught:
        Incident.open("API down", at=NOON, status="postmortem")
    assert (caught.value.before, caught.value.after) == (None, POSTMORTEM)
    with pytest.raises(IllegalTransition):
        Incident.open("API down", at=NOON, status="monitoring", lifecycle=LINEAR)
    with pytest.raises(ValueError, match="use one of"):
        Incident.open("API down", at=NOON, status="scheduled")


# --- posting --------------------------------------------------------------------------


def test_a_verb_leaves_the_old_value_as_it_was(down: Incident) -> None:
    """It returns a new one."""
    before = attrs.evolve(down)
    assert down is not down.resolve(at=at(1))
    assert before == down


@given(strategies.incidents(), strategies.texts(), strategies.affects())
def test_any_history_can_be_carried_on(
    incident: Incident, body: str, affects: dict[str, ComponentStatus]
) -> None:
    """A note is always legal, and what it makes is what the constructor would make."""
    later = strategies.DOOMSDAY
    try:
        posted = incident.post(None, body, at=later, affects=affects)
    except ValueError as error:
        assert "are called" in str(error)
        return
    assert posted == attrs.evolve(posted)
    *rest, last = posted.updates
    assert incident.updates == tuple(rest)
    assert (None, body, later, later) == (
        *(last.status, last.body),
        *(last.at, last.created_at),
    )
    assert (incident.status, incident.stated_end) == (posted.status, posted.stated_end)
    assert later == posted.updated_at
    assert posted.key == incident.key or incident.created_at is None
    assert set(incident.affected) <= set(posted.affected)


@given(strategies.valid_incidents(), st.sampled_from([None, *IncidentStatus]))
def test_a_step_is_taken_or_refused_as_the_lifecycle_says(
    incident: Incident, status: IncidentStatus | None
) -> None:
    """Refused, nothing has changed; taken, it stands where it was told to."""
    later = at(10_000)
    before = attrs.evolve(incident)
    if status is None or STANDARD.allows(incident.status, status):
        posted = incident.post(status, at=later)
        assert (status or incident.status) is posted.status
        assert posted == incident.post(status and status.value, at=later)
        assert incident.key == posted.key
    else:
        with pytest.raises(IllegalTransition) as caught:
            incident.post(status, at=later)
        assert (incident.status, status) == (caught.value.before, caught.value.after)
        assert caught.value.lifecycle is STANDARD
    assert before == incident


def test_a_verb_is_the_post_of_its_status(down: Incident) -> None:
    """`resolve` says nothing that `post` would not."""
    named = down.post(
        "resolved", "Done.", at=at(9), affects={"Web": "operational"}, id="u"
    )
    assert named == down.resolve(
        "Done.", at=at(9), affects={"Web": "operational"}, id="u"
    )
    with pytest.raises(IllegalTransition):
        down.resolve(at=at(9), lifecycle=LINEAR)


def test_an_older_post_is_refused(down: Incident) -> None:
    """Unless it is to be dated back; at the same instant it follows."""
    with pytest.raises(ValueError, match="backdate=True"):
        down.post(None, at=at(-1))
    assert [update.status for update in down.post(None, at=NOON).updates[1:]] == [None]


def test_a_wrong_word_is_refused(down: Incident) -> None:
    """Of a status, of a level; and the status of a maintenance."""
    with pytest.raises(ValueError, match="use one of"):
        down.post("Resolved", at=at(1))
    with pytest.raises(ValueError, match="use one of"):
        down.post("completed", at=at(1))
    with pytest.raises(ValueError, match="use one of"):
        down.post(None, at=at(1), affects={"API": "broken"})


# --- components -----------------------------------------------------------------------


def test_components_recover_on_resolution_unless_named(down: Incident) -> None:
    """Those that `affects` names are where it says; the others are whole again."""
    resolved = down.resolve(at=at(9), affects={"Web": "degraded_performance"})
    expected = {"Web": "degraded_performance", "API": "operational"}
    assert expected == levels(resolved)[-1]
    assert [row.before for row in resolved.updates[-1].states] == [
        ComponentStatus.PARTIAL_OUTAGE,
        ComponentStatus.MAJOR_OUTAGE,
    ]
    assert levels(resolved.post("postmortem", at=at(10)))[-1:] == [{}]


def test_only_what_was_broken_recovers() -> None:
    """Who is merely attached, or whole already, is not told to recover."""
    incident = Incident(
        "API down",
        components=["Mail"],
        updates=[
            Update(
                "investigating",
                at=NOON,
                states=[
                    ComponentState("API", "operational"),
                    ComponentState("Web", "major_outage"),
                    ComponentState("db", None),
                ],
            )
        ],
    )
    assert levels(incident.resolve(at=at(1)))[-1] == {
        "Web": "operational",
        "db": "operational",
    }


def test_a_level_is_a_delta(down: Incident) -> None:
    """What an update does not name stays as it was; what was before is told."""
    posted = down.post(None, at=at(1), affects={"API": "degraded_performance"})
    (row,) = posted.updates[-1].states
    assert ComponentState("API", "degraded_performance", before="major_outage") == row
    assert posted.components == down.components
    assert [
        outage.status for outage in posted.outages if outage.component.name == "Web"
    ] == [ComponentStatus.PARTIAL_OUTAGE]


def test_affects_takes_whatever_means_a_component() -> None:
    """A name, an id, a mention or a component; who is not known yet is new."""
    api = ComponentRef("API", id="a1")
    incident = Incident("API down", components=[api])
    for meant in ("a1", "API", api, Component("Renamed", id="a1"), ComponentRef("API")):
        posted = incident.post(None, at=NOON, affects={meant: "major_outage"})
        assert (api,) == posted.components
        assert [api] == [row.component for row in posted.updates[0].states]
    for meant in ("Web", ComponentRef("Web"), Component("Web")):
        posted = incident.post(None, at=NOON, affects={meant: "major_outage"})
        assert (api, ComponentRef("Web")) == posted.components
    other = ComponentRef("API", id="a9")
    posted = incident.post(None, at=NOON, affects={other: "major_outage"})
    assert (api, other) == posted.components


def test_an_ambiguous_name_is_refused() -> None:
    """Two components of one name: say which by id."""
    both = [ComponentRef("API", id="a1"), ComponentRef("API", id="a2")]
    incident = Incident("API down", components=both)
    with pytest.raises(ValueError, match=r"a1.*a2"):
        incident.post(None, at=NOON, affects={"API": "major_outage"})
    posted = incident.post(None, at=NOON, affects={"a2": "major_outage"})
    assert both[1] == posted.updates[0].states[0].component


def test_a_new_name_is_known_at_once() -> None:
    """What one post brings in, by whatever name, is one component."""
    told: dict[ComponentRef | Component | str, ComponentStatus | str] = {
        ComponentRef("API", id="a1"): "major_outage",
        "API": "operational",
    }
    incident = Incident.open("API down", at=NOON, affects=told)
    assert levels(incident) == [{"API": "operational"}]


# --- what a verb makes untrue ---------------------------------------------------------


def test_a_resolution_supersedes_a_stated_open_status() -> None:
    """Read as open, resolved it is resolved: what the page stated is past."""
    read = Incident(
        "API down",
        updates=[Update("investigating", at=NOON)],
        stated_status="identified",
        stated_start=at(-5),
        stated_end=at(3),
        extras=STATED,
    )
    resolved = read.resolve(at=at(9))
    assert RESOLVED is resolved.status
    assert at(9) == resolved.ended_at
    assert resolved.stated_status is None
    assert resolved.stated_end is None
    assert at(-5) == resolved.stated_start
    assert resolved.extras == {"statuspage": {"x": 2}}


def test_reopened_and_resolved_it_ends_anew() -> None:
    """A stated end is about the resolution there was, not about the next."""
    read = Incident(
        "API down",
        updates=[Update("investigating", at=NOON)],
        stated_status="resolved",
        stated_end=at(5),
    )
    reopened = read.reopen("Again.", at=at(10))
    assert INVESTIGATING is reopened.status
    assert reopened.ended_at is None
    assert at(20) == reopened.resolve(at=at(20)).ended_at


def test_a_note_leaves_what_is_stated() -> None:
    """It moves nothing: neither the status nor the end."""
    read = Incident(
        "API down",
        updates=[Update("investigating", at=NOON)],
        stated_status="resolved",
        stated_end=at(5),
        updated_at=at(6),
        extras=STATED,
    )
    noted = read.post(None, "Thank you.", at=at(9))
    assert (RESOLVED, at(5)) == (noted.status, noted.ended_at)
    assert at(9) == noted.updated_at
    assert noted.extras == {"statuspage": {"x": 2}}
    assert at(6) == read.post(None, at=at(1)).updated_at


def test_an_empty_incident_is_put_up_with_its_first_update() -> None:
    """As its constructor would say."""
    posted = Incident("API down").post("investigating", at=NOON)
    assert Incident("API down", updates=[Update("investigating", at=NOON)]) == posted


# --- reopening ------------------------------------------------------------------------


@pytest.mark.parametrize("to", [INVESTIGATING, IDENTIFIED, MONITORING])
def test_reopening_is_the_way_out_of_a_resolution(
    down: Incident, to: IncidentStatus
) -> None:
    """To any open status, after a post-mortem too; components may break again."""
    resolved = down.resolve(at=at(1))
    for closed in (resolved, resolved.post("postmortem", at=at(2))):
        again = closed.reopen(
            "Again.", at=at(3), to=to, affects={"API": "major_outage"}
        )
        assert to is again.status
        assert levels(again)[-1] == {"API": "major_outage"}
        assert len(again.reopenings) == 1
        assert len(again.violations()) == 1
        assert again.violations(REOPENABLE) == ()
        with pytest.raises(IllegalTransition, match="reopen"):
            closed.post(to, at=at(3))
        assert closed.reopen(at=at(3), to=to) == closed.post(
            to, at=at(3), lifecycle=REOPENABLE
        )


def test_what_is_open_is_not_reopened(down: Incident) -> None:
    """Nor is anything reopened to a closed status."""
    with pytest.raises(IllegalTransition, match="post"):
        down.reopen(at=at(1))
    with pytest.raises(IllegalTransition):
        Incident("API down").reopen(at=at(1))
    with pytest.raises(IllegalTransition):
        down.resolve(at=at(1)).reopen(at=at(2), to="postmortem")
    with pytest.raises(ValueError, match="use one of"):
        down.resolve(at=at(1)).reopen(at=at(2), to="scheduled")


# --- dating back ----------------------------------------------------------------------


def test_a_backdated_post_goes_to_its_place(down: Incident) -> None:
    """After the last one that is not later; the status stays where it was."""
    late = down.post("monitoring", at=at(10)).post(None, at=at(12))
    posted = late.post("identified", "Found.", at=at(5), id="u", backdate=True)
    statuses = [INVESTIGATING, IDENTIFIED, MONITORING, None]
    assert statuses == [update.status for update in posted.updates]
    assert MONITORING is posted.status
    assert at(12) == posted.updated_at
    assert late.key == posted.key
    first = down.post("identified", at=at(-5), backdate=True)
    assert [update.status for update in first.updates] == [IDENTIFIED, INVESTIGATING]
    assert down.post(None, at=at(1)) == down.post(None, at=at(1), backdate=True)


def test_a_backdated_post_is_checked_on_both_sides(down: Incident) -> None:
    """The step to it and the step from it must be legal."""
    incident = down.post("monitoring", at=at(10))
    with pytest.raises(IllegalTransition) as caught:
        incident.post("resolved", at=at(5), backdate=True)
    assert (caught.value.before, caught.value.after) == (RESOLVED, MONITORING)
    with pytest.raises(IllegalTransition) as caught:
        incident.post("postmortem", at=at(5), backdate=True, lifecycle=REOPENABLE)
    assert (caught.value.before, caught.value.after) == (INVESTIGATING, POSTMORTEM)
    with pytest.raises(IllegalTransition) as caught:
        down.post("identified", at=at(-1), backdate=True, lifecycle=LINEAR)
    assert (caught.value.before, caught.value.after) == (IDENTIFIED, INVESTIGATING)
    reopened = incident.post("resolved", at=at(5), backdate=True, lifecycle=REOPENABLE)
    assert MONITORING is reopened.status
    assert levels(reopened)[1] == {}
    assert levels(incident.post(None, at=at(5), backdate=True))[1] == {}


def test_before_notes_alone_a_backdated_post_moves_the_status(down: Incident) -> None:
    """No status follows it: it is the last word, and supersedes what was stated."""
    noted = attrs.evolve(down.post(None, at=at(10)), stated_status="identified")
    resolved = noted.post("resolved", at=at(5), backdate=True)
    assert RESOLVED is resolved.status
    assert at(5) == resolved.ended_at
    assert resolved.stated_status is None
    assert levels(resolved)[1] == {"API": "operational", "Web": "operational"}


def test_a_backdated_level_was_before_what_came_later(down: Incident) -> None:
    """What held before it is what was told by then."""
    incident = down.post(None, at=at(10), affects={"API": "operational"})
    posted = incident.post(
        None, at=at(5), affects={"API": "partial_outage"}, backdate=True
    )
    (row,) = posted.updates[1].states
    assert ComponentStatus.MAJOR_OUTAGE is row.before
    assert [at(0), at(5)] == [
        outage.start for outage in posted.outages if outage.component.name == "API"
    ]


# --- many at once ---------------------------------------------------------------------

WORDS = st.lists(
    st.tuples(st.none() | strategies.incident_statuses, st.integers(0, 99)), max_size=5
)


@given(strategies.valid_incidents(), WORDS)
def test_many_at_once_are_one_after_the_other(
    incident: Incident, words: list[tuple[IncidentStatus | None, int]]
) -> None:
    """Without rows, and in order of time, the result is the same; or both refuse."""
    updates = [
        Update(status, body=str(place), at=at(10_000 + minute))
        for place, (status, minute) in enumerate(words)
    ]
    before = attrs.evolve(incident)
    one_by_one: Incident | None = incident
    for (status, _), update in sorted(
        zip(words, updates, strict=True), key=lambda told: told[1].at
    ):
        try:
            assert one_by_one is not None
            one_by_one = one_by_one.post(status, update.body, at=update.at)
        except IllegalTransition:
            one_by_one = None
            break
    try:
        at_once = incident.post_all(iter(updates))
    except IllegalTransition:
        assert one_by_one is None
    else:
        assert one_by_one is not None
        plain = [attrs.evolve(u, states=()) for u in one_by_one.updates]
        assert plain[len(incident.updates) :] == list(
            at_once.updates[len(incident.updates) :]
        )
        assert attrs.evolve(one_by_one, updates=plain) == attrs.evolve(
            at_once, updates=[attrs.evolve(u, states=()) for u in at_once.updates]
        )
        assert attrs.evolve(at_once) == at_once
    assert before == incident


def test_none_at_once_change_nothing(down: Incident) -> None:
    """Posting no updates is no change, not even to what was true of the document."""
    read = attrs.evolve(down, stated_status="resolved", extras=STATED)
    assert read == read.post_all([])
    assert Incident("API down") == Incident("API down").post_all([])


def test_many_at_once_are_taken_as_they_are(down: Incident) -> None:
    """With their ids, times and rows; what they mention is attached."""
    more = [
        Update("resolved", at=at(9), id="u2", states={"Mail": "operational"}),
        Update("identified", at=at(5), created_at=at(20), updated_at=at(30)),
    ]
    read = attrs.evolve(
        down, stated_status="monitoring", stated_end=at(1), extras=STATED
    )
    posted = read.post_all(more)
    assert tuple(reversed(more)) == posted.updates[1:]
    assert [mention.key for mention in posted.components] == ["API", "Web", "Mail"]
    assert at(30) == posted.updated_at
    assert (posted.stated_status, posted.stated_end) == (None, None)
    assert posted.extras == {"statuspage": {"x": 2}}
    assert levels(posted)[0] == {"API": "major_outage", "Web": "partial_outage"}
    blank = Incident("API down").post_all(more)
    assert attrs.evolve(blank) == blank
    assert at(9) == blank.created_at


def test_many_at_once_are_refused_whole(down: Incident) -> None:
    """An illegal step, an older update, a strange status: nothing has changed."""
    before = attrs.evolve(down)
    with pytest.raises(IllegalTransition):
        down.post_all([Update("resolved", at=at(1)), Update("identified", at=at(2))])
    with pytest.raises(ValueError, match="backdate=True"):
        down.post_all([Update("resolved", at=at(1)), Update(None, at=at(-1))])
    with pytest.raises(ValueError, match="use one of"):
        down.post_all([Update("completed", at=at(1))])
    with pytest.raises(IllegalTransition):
        down.post_all([Update("monitoring", at=at(1))], lifecycle=LINEAR)
    assert before == down


# --- correcting -----------------------------------------------------------------------


def test_a_correction_keeps_when_it_was_made(down: Incident) -> None:
    """By id or by itself; what is not corrected stays."""
    posted = down.post("identified", "Fund.", at=at(5), id="u2")
    expected = attrs.evolve(posted.updates[1], body="Found.", updated_at=at(6))
    for which in ("u2", posted.updates[1]):
        corrected = posted.correct(which, body="Found.", edited_at=at(6))
        assert (posted.updates[0], expected) == corrected.updates
        assert expected.is_edited
        assert at(6) == corrected.updated_at
    later = attrs.evolve(posted, updated_at=at(99), extras=STATED)
    corrected = later.correct("u2", at=at(4), edited_at=at(6))
    assert at(99) == corrected.updated_at
    assert at(4) == corrected.updates[1].at
    assert at(5) == corrected.updates[1].created_at
    assert corrected.extras == {"statuspage": {"x": 2}}


def test_what_was_true_of_the_update_as_read_is_dropped() -> None:
    """Edited, it is not any more what the document had."""
    incident = Incident(
        "API down", updates=[Update(None, at=NOON, id="u", extras=STATED)]
    )
    corrected = incident.correct("u", body="!", edited_at=at(1))
    assert corrected.updates[0].extras == {"statuspage": {"x": 2}}


def test_a_corrected_end_is_not_the_stated_one() -> None:
    """Where the time of the resolution is edited, what was stated of it is past."""
    read = Incident(
        "API down",
        updates=[
            Update("investigating", at=NOON, id="u1"),
            Update("resolved", at=at(9), id="u2"),
        ],
        stated_end=at(8),
    )
    assert at(7) == read.correct("u2", at=at(7), edited_at=at(20)).ended_at
    assert at(8) == read.correct("u2", body="!", edited_at=at(20)).ended_at
    assert at(8) == read.correct("u2", at=at(9), edited_at=at(20)).ended_at
    assert at(8) == read.correct("u1", at=at(1), edited_at=at(20)).ended_at


def test_a_correction_must_mean_one_update() -> None:
    """None of that id, or several, or one that is not there: a ValueError."""
    twice = Update(None, at=NOON, id="u")
    incident = Incident("API down", updates=[twice, Update(None, at=NOON, id="u")])
    for which in ("u", "x", Update(None, at=NOON), attrs.evolve(twice)):
        with pytest.raises(ValueError, match="ids there are"):
            incident.correct(which, body="!", edited_at=at(1))
    with pytest.raises(ValueError, match="none"):
        Incident("API down").correct("u", body="!", edited_at=at(1))
    # The very update that is given is meant, though another says the same.
    corrected = incident.correct(incident.updates[1], body="!", edited_at=at(1))
    assert [update.body for update in corrected.updates] == ["", "!"]
    only = Incident("API down", updates=[twice])
    assert (
        only.correct(attrs.evolve(twice), body="!", edited_at=NOON).updates[0].body
        == "!"
    )


# --- any sequence of verbs ------------------------------------------------------------


class Verbs(RuleBasedStateMachine):
    """Verbs in any order, against a list of what was said and when."""

    # The whole law of incidents, written out once more: what may follow what.
    LEGAL = {  # noqa: RUF012
        None: "investigating identified monitoring resolved",
        "investigating": "investigating identified monitoring resolved",
        "identified": "investigating identified monitoring resolved",
        "monitoring": "investigating identified monitoring resolved",
        "resolved": "resolved postmortem",
        "postmortem": "postmortem",
    }
    words = st.sampled_from(["investigating", "identified", "monitoring"])
    any_word = st.sampled_from([None, *(status.value for status in IncidentStatus)])

    @initialize(status=any_word.filter(bool))
    def open(self, status: str) -> None:
        """Begin, where that is legal; else, begin with what is being looked into."""
        self.now = 0
        if status not in self.LEGAL[None].split():
            with pytest.raises(IllegalTransition):
                Incident.open("API down", at=NOON, status=status)
            status = "investigating"
        self.incident = Incident.open("API down", at=NOON, status=status)
        self.said: list[tuple[str | None, int]] = [(status, 0)]
        self.key = self.incident.key

    def status(self, until: int | None = None) -> str | None:
        """Give the last status said, by the model."""
        told = [status for status, _ in self.said[:until] if status is not None]
        return told[-1] if told else None

    def takes(self, verb: Callable[[], Incident], *, legal: bool) -> bool:
        """Do it if it is legal; if not, see it refused and nothing changed."""
        before = attrs.evolve(self.incident)
        if legal:
            self.incident = verb()
        else:
            with pytest.raises(IllegalTransition):
                verb()
        assert before == self.incident or legal
        return legal

    def follows(self, before: str | None, after: str | None) -> bool:
        """Tell whether a step is legal, by the model."""
        return after is None or after in self.LEGAL[before].split()

    @rule(status=any_word, wait=st.integers(0, 9))
    def post(self, status: str | None, wait: int) -> None:
        """Say something, later or at the same time."""
        when = self.now + wait
        if self.takes(
            lambda: self.incident.post(status, at=at(when)),
            legal=self.follows(self.status(), status),
        ):
            self.said.append((status, when))
            self.now = when

    @rule(wait=st.integers(0, 9))
    def resolve(self, wait: int) -> None:
        """Resolve it."""
        when = self.now + wait
        if self.takes(
            lambda: self.incident.resolve(at=at(when)),
            legal=self.follows(self.status(), "resolved"),
        ):
            self.said.append(("resolved", when))
            self.now = when

    @rule(to=words, wait=st.integers(0, 9))
    def reopen(self, to: str, wait: int) -> None:
        """Reopen it, if it is over."""
        when = self.now + wait
        if self.takes(
            lambda: self.incident.reopen(at=at(when), to=to),
            legal=self.status() in ("resolved", "postmortem"),
        ):
            self.said.append((to, when))
            self.now = when

    @rule(status=any_word, when=st.integers(-5, 50))
    def backdate(self, status: str | None, when: int) -> None:
        """Say something that belongs earlier, or not, as it may be."""
        place = len(self.said)
        while place and self.said[place - 1][1] > when:
            place -= 1
        following = [word for word, _ in self.said[place:] if word is not None]
        before = self.status(place) if following else self.status()
        if self.takes(
            lambda: self.incident.post(status, at=at(when), backdate=True),
            legal=self.follows(before, status)
            and (status is None or not following or self.follows(status, following[0])),
        ):
            self.said.insert(place, (status, when))
            self.now = max(self.now, when)

    @rule(words=st.lists(st.tuples(any_word, st.integers(0, 9)), max_size=3))
    def post_all(self, words: list[tuple[str | None, int]]) -> None:
        """Say many things at once."""
        more = sorted(
            ((word, self.now + wait) for word, wait in words), key=lambda said: said[1]
        )
        legal, before = True, self.status()
        for word, _ in more:
            legal = legal and self.follows(before, word)
            before = word or before
        updates = [Update(word, at=at(when)) for word, when in more]
        if self.takes(lambda: self.incident.post_all(updates), legal=legal):
            self.said += more
            self.now = self.said[-1][1]

    @rule(place=st.integers(0, 99), body=strategies.texts())
    def correct(self, place: int, body: str) -> None:
        """Edit one of the updates."""
        update = self.incident.updates[place % len(self.said)]
        self.incident = self.incident.correct(update, body=body, edited_at=at(self.now))
        assert body == self.incident.updates[place % len(self.said)].body

    @precondition(lambda self: self.now > 0)
    @rule(status=any_word)
    def too_old(self, status: str | None) -> None:
        """Say something older than the last word: refused, for one reason or other."""
        with pytest.raises(ValueError, match=r"."):
            self.incident.post(status, at=at(self.said[-1][1] - 1))

    @invariant()
    def it_is_what_was_said(self) -> None:
        """The updates are what was said, in order, and the rest follows from them."""
        words = [
            (None if update.status is None else update.status.value, update.at)
            for update in self.incident.updates
        ]
        assert [(word, at(when)) for word, when in self.said] == words
        assert self.status() == self.incident.status.value  # type: ignore[union-attr]
        assert self.key == self.incident.key
        assert attrs.evolve(self.incident) == self.incident

    @invariant()
    def it_is_legal_but_for_reopenings(self) -> None:
        """Whatever verbs make, only reopenings are not standard."""
        assert self.incident.violations(REOPENABLE) == ()
        assert self.incident.reopenings == self.incident.violations()


TestVerbs = Verbs.TestCase
TestVerbs.settings = settings(max_examples=60, stateful_step_count=15)


def test_what_the_updates_tell_is_not_stated_besides() -> None:
    """A constructor drops what is stated where the updates tell the same."""
    told = [
        Update("investigating", at="2024-05-01T12:00:00Z"),
        Update("resolved", at="2024-05-01T13:00:00Z"),
    ]
    plain = Incident("x", updates=told)
    assert plain == Incident(
        "x",
        updates=told,
        stated_status="resolved",
        stated_start="2024-05-01T12:00:00Z",
        stated_end="2024-05-01T13:00:00Z",
    )
    late = Incident("x", updates=told[1:], stated_start="2024-05-01T13:00:00Z")
    assert late.stated_start is None
    assert not late.start_known
    other = Incident("x", updates=told, stated_start="2024-05-01T12:30:00Z")
    assert other.stated_start is not None
