"""Comparing two readings of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit._finding import Converted
from incidentkit._incident import Incident
from incidentkit._vocabulary import ComponentStatus
from incidentkit.changes import _entries as entries
from incidentkit.changes import _events as events
from incidentkit.changes._change import Change, Subject, SubjectKind
from incidentkit.changes._dating import About, Dated, advanced, merged
from incidentkit.changes._doubt import (
    Doubt,
    doubt,
    is_covered,
    restored_component,
    restored_event,
)
from incidentkit.changes._histories import first_told, happened
from incidentkit.changes._pairing import Labelled, Pairs, pairs
from incidentkit.changes._rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._page import StatusPage

E = TypeVar("E", bound=Event)

Reading: TypeAlias = "Converted[StatusPage] | StatusPage"
"""A page, or what `read` gives: that also tells what it left out."""


def changes(before: Reading | None, after: Reading) -> tuple[Change, ...]:
    """
    What happened between two readings of a page, in order of time.

    Things are the same by id; where only one reading gives an id, by address, else by
    name and time. What makes no change: extras, links, build dates, `updated_at`,
    detection, coverage, the time zone, live rows of components within incidents. All
    else that a reader of the page would notice does: there are changes if the
    fingerprints of the pages differ, but for what the newer reading left out or does
    not cover.

    Args:
        before: the older reading, or the page you keep (`apply`); None: there is none.
        after: the newer reading of the same document. Give what `read` returned, not
            only the page in it, so that what was left out is not taken for gone.

    Returns:
        The changes, each with its class, its instant, its key and a line for people.
        Without an older reading there are none: nothing is news to whoever just came.
    """
    if before is None:
        return ()
    old, new = _page(before), _page(after)
    comparison = _Comparison(old, new, _doubt(before), _doubt(after))
    return tuple(comparison.changes())


def _page(reading: Reading) -> StatusPage:
    return reading.value if isinstance(reading, Converted) else reading


def _doubt(reading: Reading) -> Doubt:
    return doubt(reading.left_out if isinstance(reading, Converted) else ())


class _Comparison:
    """Two readings, and what is known of their times."""

    def __init__(
        self, old: StatusPage, new: StatusPage, unread: Doubt, doubt: Doubt
    ) -> None:
        self.old = old
        self.new = new
        #: What the older reading may have left out.
        self.unread = unread
        #: What the newer reading may have left out.
        self.doubt = doubt
        self.key = new.id or new.url or new.name or old.name or ""
        seen_at = new.observed_at or new.updated_at
        self.when = advanced(
            old.updated_at, new.updated_at, Dated(seen_at, is_dated=False)
        )
        self.read_at = old.updated_at or old.observed_at

    def changes(self) -> Iterator[Change]:
        """All changes, by time."""
        old, new = self.old, self.new
        components = pairs(old.components, new.components)
        incidents = pairs(old.incidents, new.incidents)
        maintenances = pairs(old.maintenances, new.maintenances)
        now = self._restored(components)
        page = self._restored_page(components, now)
        made = list(
            merged(
                (
                    # At one instant what is said goes before what it does.
                    *self._events(incidents, SubjectKind.INCIDENT),
                    *self._events(maintenances, SubjectKind.MAINTENANCE),
                    *self._components(components, now),
                    self._stated(page),
                )
            )
        )
        about = self._about_page()
        rearranged: list[Change] = []
        for what, found in (
            ("components", components),
            ("incidents", incidents),
            ("maintenances", maintenances),
        ):
            row = Row(what, found, now if what == "components" else ())
            row.place(made)
            rearranged += row.rearranged(made, about)
        yield from made
        yield from rearranged

    # -- the page itself -------------------------------------------------------

    def _about_page(self) -> About:
        name = self.new.name or self.old.name or self.key
        subject = Subject(kind=SubjectKind.PAGE, key=self.key, name=name)
        return About(self.key, subject, self.when)

    def _restored_page(
        self, found: Pairs[Component], now: Sequence[Component]
    ) -> StatusPage:
        """The newer page as it would be, had its reading left nothing out of it."""
        old, new, parts = self.old, self.new, self.doubt.parts
        if SubjectKind.PAGE in parts:
            new = attrs.evolve(
                new,
                name=old.name if new.name is None else new.name,
                url=old.url if new.url is None else new.url,
                stated_indicator=new.stated_indicator or old.stated_indicator,
                stated_description=new.stated_description or old.stated_description,
            )
            if set(new.recorded) < set(old.recorded):
                new = attrs.evolve(new, recorded=old.recorded)
        if SubjectKind.COMPONENT in parts:
            hidden = (one.thing for one in found.gone if self._hides(one.thing))
            new = attrs.evolve(new, components=(*now, *hidden))
        return new

    def _hides(self, component: Component) -> bool:
        return self.doubt.hides(SubjectKind.COMPONENT, component.id)

    def _stated(self, new: StatusPage) -> Iterator[Change]:
        old, about = self.old, self._about_page()
        if old.name != new.name:
            yield about.make(entries.PageRenamed, before=old.name, after=new.name)
        if old.url != new.url:
            yield about.make(entries.PageMoved, before=old.url, after=new.url)
        # What was left out may change what the rest adds up to: both have to differ.
        whole = {(one.indicator, one.description) for one in (new, self.new)}
        if (old.indicator, old.description) not in whole:
            yield about.make(
                entries.IndicatorChanged,
                before=old.indicator,
                after=new.indicator,
                description=new.description,
            )
        if old.recorded != new.recorded:
            kind = entries.RecordChanged
            yield about.make(kind, before=old.recorded, after=new.recorded)

    # -- components ------------------------------------------------------------

    def _restored(self, found: Pairs[Component]) -> list[Component]:
        """The newer page's components, with what its reading may have left out."""
        return [
            one.thing
            if (at := found.partner.get(place)) is None
            else restored_component(one.thing, found.old[at].thing, self.doubt)
            for place, one in enumerate(found.new)
        ]

    def _components(
        self, found: Pairs[Component], now: Sequence[Component]
    ) -> Iterator[Iterable[Change]]:
        for place, (one, new) in enumerate(zip(found.new, now, strict=True)):
            at = found.partner.get(place)
            if at is None:
                about = self._about(one, new.name, self.read_at, new.updated_at)
                when = advanced(self.read_at, new.created_at, about.when)
                about = attrs.evolve(about, when=when)
                yield (about.make(entries.ComponentAdded, component=new),)
            elif (old := found.old[at].thing) != new:
                yield self._component(one, old, new)
        if self.new.coverage.states:
            # Of several that share a key the last goes first: the others keep theirs.
            for one in reversed([*found.gone]):
                if not self._hides(one.thing):
                    about = self._about(one, one.thing.name, None, None)
                    kind = entries.ComponentRemoved
                    yield (about.make(kind, component=one.thing),)

    def _component(
        self, one: Labelled[Component], old: Component, new: Component
    ) -> Iterator[Change]:
        about = self._about(one, new.name, old.updated_at, new.updated_at)
        if old.name != new.name:
            kind = entries.ComponentRenamed
            yield about.make(kind, before=old.name, after=new.name)
        if old.status is not new.status:
            level = (
                entries.ComponentRecovered
                if new.status is ComponentStatus.OPERATIONAL and old.status is not None
                else entries.ComponentChanged
            )
            yield about.make(level, before=old.status, after=new.status)
        if any(getattr(old, name) != getattr(new, name) for name in _ENTRY):
            yield about.make(entries.ComponentEdited, before=old, after=new)

    def _about(
        self,
        one: Labelled[Any],
        name: str,
        before: DateTime | None,
        after: DateTime | None,
    ) -> About:
        thing = one.thing
        kind = SubjectKind.COMPONENT
        if isinstance(thing, Event):
            is_incident = isinstance(thing, Incident)
            kind = SubjectKind.INCIDENT if is_incident else SubjectKind.MAINTENANCE
        subject = Subject(kind=kind, key=one.label, name=name, nth=one.nth)
        return About(self.key, subject, advanced(before, after, self.when))

    # -- incidents and maintenances --------------------------------------------

    def _events(self, found: Pairs[E], kind: SubjectKind) -> Iterator[Iterable[Change]]:
        for place, one in enumerate(found.new):
            at = found.partner.get(place)
            if at is None:
                yield self._appeared(one, kind)
                continue
            old = found.old[at].thing
            if old is not one.thing and old != one.thing:
                new = restored_event(one.thing, old, self.doubt, kind)
                about = self._about(one, new.name, old.updated_at, new.updated_at)
                yield happened(old, new, about)
        for one in reversed([*found.gone]):
            if not self.doubt.hides(kind, one.thing.id):
                yield self._vanished(one, kind)

    def _appeared(self, one: Labelled[E], kind: SubjectKind) -> Iterator[Change]:
        event = one.thing
        base = self._as_it_was(event, kind)
        if base is None:
            base = first_told(event)
            is_incident = kind is SubjectKind.INCIDENT
            about = self._about(one, event.name, None, event.created_at)
            came = events.Opened if is_incident else events.Announced
            yield about.make(came, event=base)
        else:
            about = self._about(one, event.name, None, None)
            yield about.make(events.Listed, event=base)
        about = self._about(one, event.name, base.updated_at, event.updated_at)
        yield from happened(base, event, about)

    def _as_it_was(self, event: E, kind: SubjectKind) -> E | None:
        """An event as the older reading would have had it, if it is no news."""
        base = None if self.read_at is None else event.as_of(self.read_at)
        if base is None:
            return None
        was_unread = self.unread.hides(kind, event.id)
        return base if was_unread or not base.is_open else None

    def _vanished(self, one: Labelled[E], kind: SubjectKind) -> Iterator[Change]:
        event = one.thing
        coverage = self.new.coverage
        is_incident = kind is SubjectKind.INCIDENT
        known = coverage.incidents if is_incident else coverage.maintenances
        covered = is_covered(known, event)
        if event.is_open or covered:
            is_over = covered or not event.is_open
            about = self._about(one, event.name, None, None)
            yield about.make(events.Vanished, event=event, is_over=is_over)


_ENTRY = entries.ENTRY_FIELDS
