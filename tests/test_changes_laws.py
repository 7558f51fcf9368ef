"""
The laws of changes, over pages of all sorts.

1. Applying the changes gives the newer page: all that a reader of it would notice.
2. Equal fingerprints, no changes; no changes, nothing that a reader would notice.
3. Keys are all different.
4. What was applied leaves nothing to tell.
5. Applying some and then more is applying all.
6. Where anything may have been left out, what is missing or empty is no news, and what
   is there is told as ever.
7. Whatever verbs do to a page, one who looks now and then and applies what happened
   has that page.

What a reader notices is what fingerprints are taken of, but for the id of a thing that
only one of two readings gives.
"""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import strategies as some
from incidentkit import (
    STANDARD,
    Component,
    Converted,
    Coverage,
    IllegalTransition,
    Incident,
    LeftOut,
    Maintenance,
    StatusPage,
    Stretch,
)
from incidentkit.changes import Change, ComponentRemoved, Vanished, apply, changes

# A page is too large a thing to be made smaller step by step, for minutes.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
unhurried = settings(deadline=None, phases=PHASES, max_examples=150)

#: What shows all components: without it none is ever removed.
ALL_SHOWN = Coverage(states=[Stretch("2020-01-01T00:00:00Z", None)])


def seen(page: StatusPage) -> tuple[object, ...]:
    """Give what a reader of a page notices."""
    return (
        page.name,
        page.url,
        page.indicator,
        page.description,
        page.recorded,
        tuple(
            (one.name, one.status, one.group, one.is_group, one.description)
            for one in page.components
        ),
        tuple(one.position for one in page.components),
        tuple(one.notable[2:] for one in (*page.incidents, *page.maintenances)),
    )


def counts(page: StatusPage) -> list[int]:
    """Count what is on a page: what cannot be proved to be gone stays."""
    return [*map(len, (page.components, page.incidents, page.maintenances))]


@st.composite
def successors(draw: Any) -> tuple[StatusPage, StatusPage]:
    """Give two pages that have much in common, in another order and otherwise told."""
    one, other = draw(some.pages()), draw(some.pages())

    def mixed(mine: Any, theirs: Any) -> list[Any]:
        order: list[Any] = draw(st.permutations([*mine, *theirs[:1]]))
        return order

    def retold(mine: Any, theirs: Any) -> list[Any]:
        told: list[Any] = []
        for event in mine:
            updates = list(event.updates)
            match draw(st.integers(0, 5)):
                case 0:
                    told.append(event)
                case 1 if theirs:
                    same: dict[str, Any] = {
                        "id": event.id,
                        "url": event.url,
                        "name": event.name,
                    }
                    told.append(
                        attrs.evolve(theirs[0], created_at=event.created_at, **same)
                    )
                case 2:
                    updates = mixed(updates, theirs[0].updates if theirs else ())
                    told.append(attrs.evolve(event, updates=updates))
                case 3 if updates:
                    updates[-1] = attrs.evolve(
                        updates[-1],
                        body="Edited.",
                        at=draw(some.moments()),
                        updated_at=draw(some.moments()),
                    )
                    end = draw(st.none() | some.moments())
                    told.append(attrs.evolve(event, updates=updates, stated_end=end))
                case 4:
                    told.append(attrs.evolve(event, updates=updates[1:]))
                case _:
                    pass
        order: list[Any] = draw(st.permutations([*told, *theirs[1:]]))
        return order

    return one, attrs.evolve(
        other,
        components=mixed(one.components, other.components),
        incidents=retold(one.incidents, other.incidents),
        maintenances=retold(one.maintenances, other.maintenances),
    )


def check(before: StatusPage, after: StatusPage) -> None:
    """Hold two pages to the first three laws."""
    made = changes(before, after)
    keys = [change.key for change in made]
    assert len(set(keys)) == len(keys)
    assert not made or before.fingerprint != after.fingerprint
    came = apply(before, made)
    if counts(came) == counts(after):
        assert seen(came) == seen(after)
        assert made or seen(before) == seen(after)


@unhurried
@given(some.pages(), some.pages())
def test_of_any_two_pages(before: StatusPage, after: StatusPage) -> None:
    """Whatever constructors take; nothing is left out."""
    check(before, attrs.evolve(after, coverage=ALL_SHOWN))


@unhurried
@given(successors())
def test_of_pages_that_are_alike(pages: tuple[StatusPage, StatusPage]) -> None:
    """Told again in other words and another order."""
    check(*pages)


@unhurried
@given(some.pages())
def test_of_a_page_and_itself(page: StatusPage) -> None:
    """Equal pages have no changes, also when nothing of them is the same object."""
    quiet: dict[str, Any] = {"extras": {"statuspage": {"x": 1}}, "links": {"a": "b"}}
    same = attrs.evolve(
        page,
        components=[attrs.evolve(one, **quiet) for one in page.components],
        incidents=[attrs.evolve(one, **quiet) for one in page.incidents],
        maintenances=[attrs.evolve(one, **quiet) for one in page.maintenances],
        updated_at=None,
        observed_at=some.NOON,
        **quiet,
    )
    assert changes(page, page) == ()
    assert changes(page, same) == ()


def identified(page: StatusPage) -> StatusPage:
    """Give everything on a page an id: what has none may be any of several."""
    fields: dict[str, Any] = {
        what: [
            one if one.id is not None else attrs.evolve(one, id=f"{one.name}#{place}")
            for place, one in enumerate(getattr(page, what))
        ]
        for what in ("components", "incidents", "maintenances")
    }
    return attrs.evolve(page, **fields)


@unhurried
@given(successors(), some.pages())
def test_what_was_applied_is_told_no_more(
    pages: tuple[StatusPage, StatusPage], third: StatusPage
) -> None:
    """
    What is not known to be gone may be missed once more, and nothing else.

    Changes made at once or in two goes come to the same, in all that a reader of the
    page would notice: what is stated is dropped where the rest tells it by then.
    """
    before, after, third = map(identified, (*pages, third))
    made = changes(before, after)
    came = apply(before, made)
    assert all(isinstance(change, Vanished) for change in changes(came, after))
    more = changes(came, third)
    at_once = apply(before, (*made, *more))
    assert at_once.fingerprint == apply(came, more).fingerprint


ANYTHING = (LeftOut("$"),)


@unhurried
@given(some.pages())
def test_what_may_have_been_left_out_is_no_news(page: StatusPage) -> None:
    """Neither a page of nothing, nor things of which nothing can be read."""
    assert changes(page, Converted(StatusPage(), left_out=ANYTHING)) == ()
    page = identified(page)
    bare: dict[str, Any] = {"name": "", "impact": None, "url": None, "updates": ()}
    bare |= {"components": (), "stated_status": None, "stated_start": None}
    bare |= {"stated_end": None, "postmortem": None}
    after = attrs.evolve(
        page,
        name=None,
        components=[
            attrs.evolve(one, name=one.id or "", status=None, group=None, position=None)
            for one in page.components
        ],
        incidents=[attrs.evolve(one, **bare) for one in page.incidents],
        maintenances=[
            attrs.evolve(one, **bare, scheduled_for=None, scheduled_until=None)
            for one in page.maintenances
        ],
    )
    assert changes(page, Converted(after, left_out=ANYTHING)) == ()


@unhurried
@given(successors(), some.texts())
def test_whatever_was_left_out(pages: tuple[StatusPage, StatusPage], path: str) -> None:
    """Paths are in the words of formats, and may be anything."""
    before, after = pages
    for left in (ANYTHING, (LeftOut(path),), (LeftOut(f"$.{path}", id=path),)):
        reading = Converted(after, left_out=left)
        made = changes(Converted(before, left_out=left), reading)
        came = apply(before, made)
        if left is ANYTHING:
            assert not {type(change) for change in made} & {Vanished, ComponentRemoved}
        assert made or seen(came) == seen(before)


# -- a page, its authors and a watcher -------------------------------------------------

BODIES = st.sampled_from(("", "We look.", "Still."))
LEVELS = st.dictionaries(st.sampled_from(("API", "Web")), some.levels, max_size=2)


class Watched(RuleBasedStateMachine):
    """Authors use the verbs; the watcher looks at times and keeps what it knows."""

    def __init__(self) -> None:
        super().__init__()
        self.minute = 0
        self.met: list[str] = []
        self.page = StatusPage("Parcelwise", id="p1")
        self.known = self.page

    @initialize(levels=st.lists(some.levels, min_size=2, max_size=2))
    def begin(self, levels: list[Any]) -> None:
        """Put two components on the page."""
        names = ("API", "Web")
        components = [
            Component(name, id=name.lower(), status=level)
            for name, level in zip(names, levels, strict=True)
        ]
        self.page = attrs.evolve(self.page, components=components)
        self.known = self.page

    def now(self) -> Any:
        """Tell the time, which goes on."""
        self.minute += 1
        return some.NOON + self.minute * some.MINUTE

    def one(self, data: Any, events: Any) -> Any:
        """Choose one of some events, or None."""
        return data.draw(st.sampled_from(events)) if events else None

    @rule(body=BODIES, affects=LEVELS, impact=st.none() | some.impacts)
    def open(self, body: str, affects: Any, impact: Any) -> None:
        """Open an incident."""
        self.page = self.page.record(
            Incident.open(
                "Down",
                body,
                at=self.now(),
                affects=affects,
                impact=impact,
                id=f"i{self.minute}",
            )
        )

    @rule(data=st.data(), body=BODIES, affects=LEVELS)
    def post(self, data: Any, body: str, affects: Any) -> None:
        """Carry an incident on, or reopen it."""
        incident = self.one(data, self.page.incidents)
        if incident is None:
            return
        if not incident.is_open and data.draw(st.booleans()):
            incident = incident.reopen(body, at=self.now(), affects=affects)
        else:
            legal = [None, incident.status, *STANDARD.after(incident.status)]
            status = data.draw(st.sampled_from(legal))
            incident = incident.post(status, body, at=self.now(), affects=affects)
        self.page = self.page.record(incident)

    @rule(data=st.data(), body=BODIES, shift=st.integers(-90, 0))
    def correct(self, data: Any, body: str, shift: int) -> None:
        """Edit an update, or date it back."""
        event = self.one(data, (*self.page.incidents, *self.page.maintenances))
        if event is None:
            return
        update = data.draw(st.sampled_from(event.updates))
        at = update.at + shift * some.MINUTE
        self.page = self.page.record(
            event.correct(update, body=body, at=at, edited_at=self.now())
        )

    @rule(data=st.data(), impact=some.impacts, name=st.sampled_from(("Down", "Slow")))
    def restate(self, data: Any, impact: Any, name: str) -> None:
        """Judge an incident otherwise, and call it so."""
        incident = self.one(data, self.page.incidents)
        if incident is not None:
            self.page = self.page.record(
                attrs.evolve(incident, impact=impact, name=name, updated_at=self.now())
            )

    @rule(body=BODIES, hours=st.integers(0, 9))
    def schedule(self, body: str, hours: int) -> None:
        """Announce a maintenance."""
        at = self.now()
        begin = at + hours * 60 * some.MINUTE
        self.page = self.page.record(
            Maintenance.schedule(
                "Upgrade",
                body,
                at=at,
                scheduled_for=begin,
                components=["API"],
                id=f"m{self.minute}",
            )
        )

    @rule(
        data=st.data(),
        verb=st.sampled_from(("start", "verify", "complete", "cancel", "put off")),
    )
    def work(self, data: Any, verb: str) -> None:
        """Carry a maintenance on, or plan it for another time."""
        maintenance = self.one(data, self.page.maintenances)
        if maintenance is None:
            return
        at = self.now()
        if verb == "put off":
            later = at + 600 * some.MINUTE
            maintenance = attrs.evolve(maintenance, scheduled_for=later, updated_at=at)
        else:
            try:
                maintenance = getattr(maintenance, verb)(at=at)
            except IllegalTransition:
                return
        self.page = self.page.record(maintenance)

    @rule()
    def look(self) -> None:
        """Read the page, and apply what happened since."""
        made = changes(self.known, self.page)
        assert [change.at for change in made] == sorted(
            change.at for change in made if change.at is not None
        )
        self.meet(made)
        self.known = apply(self.known, made)
        assert self.known.fingerprint == self.page.fingerprint

    def meet(self, made: tuple[Change, ...]) -> None:
        """Announce nothing twice."""
        self.met += (change.key for change in made)
        assert len(set(self.met)) == len(self.met)

    @invariant()
    def can_catch_up(self) -> None:
        """Whenever the watcher came."""
        made = changes(self.known, self.page)
        assert bool(made) == (self.known.fingerprint != self.page.fingerprint)
        assert apply(self.known, made).fingerprint == self.page.fingerprint


Watched.TestCase.settings = settings(
    deadline=None, max_examples=40, stateful_step_count=25
)
TestWatched = Watched.TestCase
