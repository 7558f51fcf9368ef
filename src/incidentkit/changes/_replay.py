"""Making changes happen to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import attrs

from incidentkit._event import Event
from incidentkit._frozen import lasting
from incidentkit.changes import _entries as entries
from incidentkit.changes import _events as events
from incidentkit.changes._change import Change, SubjectKind, latest
from incidentkit.changes._draft import Draft, strange
from incidentkit.changes._order import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._component import Component
    from incidentkit._page import StatusPage

E = TypeVar("E", bound=Event)


def apply(page: StatusPage, changes: Iterable[Change]) -> StatusPage:
    """
    The page as it is after some changes, which are made in the order given.

    Of `changes(before, after)` it makes `after` from `before`, in all that a reader of
    the page would notice (`StatusPage.fingerprint`), but for what `after` left out or
    could not prove to be gone: that stays. So a watcher who keeps the page that this
    gives, and compares the next reading with it, is not fooled by a reading that had
    gaps. What makes no change stays as it was: extras, links, coverage, the time zone.

    Args:
        page: the older page.
        changes: what happened to it.

    Raises:
        ValueError: a change is about something that the page does not have.
    """
    made = tuple(changes)
    if not made:
        return page
    draft = _Page(page)
    for change in made:
        draft.take(change)
    return draft.page()


class _Page:
    """A page while changes are made to it."""

    def __init__(self, page: StatusPage) -> None:
        self._page = page
        # As a reader sees them; the constructor drops what the components add up to.
        self._fields: dict[str, Any] = {
            "stated_indicator": page.indicator,
            "stated_description": page.description,
        }
        self._components = Line((one.key, one) for one in page.components)
        self._incidents = _Events(page.incidents)
        self._maintenances = _Events(page.maintenances)
        self._updated_at = page.updated_at
        self._observed_at = page.observed_at

    def take(self, change: Change) -> None:
        """
        Make a change.

        Raises:
            ValueError: it is about something that the page does not have.
        """
        if change.is_dated:
            self._updated_at = latest(self._updated_at, change.at)
        else:
            self._observed_at = latest(self._observed_at, change.at)
        match change.subject.kind:
            case SubjectKind.PAGE:
                self._take(change)
            case SubjectKind.COMPONENT:
                self._take_component(change)
            case SubjectKind.INCIDENT:
                self._incidents.take(change)
            case _:
                self._maintenances.take(change)

    def page(self) -> StatusPage:
        """What has become of it."""
        return attrs.evolve(
            self._page,
            components=tuple(self._components),
            incidents=self._incidents.events(),
            maintenances=self._maintenances.events(),
            updated_at=self._updated_at,
            observed_at=self._observed_at,
            extras=lasting(self._page.extras),
            **self._fields,
        )

    def _take(self, change: Change) -> None:
        match change:
            case entries.PageRenamed(after=after):
                self._fields["name"] = after
            case entries.PageMoved(after=after):
                self._fields["url"] = after
            case entries.IndicatorChanged(after=after, description=description):
                self._fields |= {
                    "stated_indicator": after,
                    "stated_description": description,
                }
            case entries.RecordChanged(after=after):
                self._fields["recorded"] = after
            case entries.Rearranged(
                what="components", order=order, positions=positions
            ):
                self._components.rearrange(order)
                for (label_, nth), position in zip(order, positions, strict=False):
                    node = self._components.find(label_, nth)
                    if node is not None and node.held.position != position:
                        node.held = _entry(node.held, {"position": position})
            case entries.Rearranged(what="incidents", order=order):
                self._incidents.line.rearrange(order)
            case entries.Rearranged(what="maintenances", order=order):
                self._maintenances.line.rearrange(order)
            case _:
                raise ValueError(f"{change.kind} is about no page")

    def _take_component(self, change: Change) -> None:
        subject = change.subject
        if isinstance(change, entries.ComponentAdded):
            self._components.insert(subject.key, change.component, change.between)
            return
        node = self._components.find(subject.key, subject.nth)
        if node is None:
            raise ValueError(strange(subject))
        old = node.held
        match change:
            case entries.ComponentRemoved():
                self._components.take_out(subject.key, subject.nth)
            case entries.ComponentChanged(after=status):
                node.held = _entry(old, {"status": status})
            case entries.ComponentRenamed(after=name):
                node.held = _entry(old, {"name": name})
            case entries.ComponentEdited(after=after):
                node.held = _entry(
                    old, {name: getattr(after, name) for name in entries.ENTRY_FIELDS}
                )
            case _:
                raise ValueError(f"{change.kind} is about no component")


class _Events(Generic[E]):
    """The incidents or the maintenances of a page while changes are made to them."""

    def __init__(self, events: Iterable[E]) -> None:
        self.line: Line[E | Draft[E]] = Line((one.key, one) for one in events)

    def take(self, change: Change) -> None:
        """
        Make a change to one of them.

        Raises:
            ValueError: it is not there.
        """
        subject = change.subject
        if isinstance(change, events.Appeared):
            self.line.insert(subject.key, cast("E", change.event), change.between)
            return
        node = self.line.find(subject.key, subject.nth)
        if node is None:
            raise ValueError(strange(subject))
        if isinstance(change, events.Vanished):
            self.line.take_out(subject.key, subject.nth)
            return
        if not isinstance(node.held, Draft):
            node.held = Draft(node.held)
        node.held.take(change)

    def events(self) -> tuple[E, ...]:
        """What has become of them."""
        return tuple(
            one.event() if isinstance(one, Draft) else one for one in self.line
        )


def _entry(component: Component, fields: dict[str, Any]) -> Component:
    return attrs.evolve(component, extras=lasting(component.extras), **fields)
