"""An incident or maintenance while changes are made to it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit._frozen import lasting
from incidentkit._incident import Incident
from incidentkit.changes import _entries as entries
from incidentkit.changes import _events as events
from incidentkit.changes import _facts as facts
from incidentkit.changes import _moves as moves
from incidentkit.changes._change import Change, latest
from incidentkit.changes._pairing import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentkit._update import Update
    from incidentkit._vocabulary import Status
    from incidentkit.changes._change import Subject
    from incidentkit.changes._order import Numbered

E = TypeVar("E", bound=Event)


class Draft(Generic[E]):
    """An incident or maintenance while changes are made to it."""

    def __init__(self, event: E) -> None:
        self._event: E = event
        self._fields: dict[str, Any] = {}
        # What is stated is kept only where the updates do not tell it: the constructor
        # sees to that.
        self._status: Status | None = event.status
        self._updates = [_Cell(label(update), update) for update in event.updates]
        self._cells: defaultdict[str, list[_Cell]] = defaultdict(list)
        for cell in self._updates:
            self._cells[cell.label].append(cell)
        # Whether they stand in order of posting; None: to be looked at again.
        self._is_ordered: bool | None = None
        self._has_gaps = False
        self._updated_at = event.updated_at

    def take(self, change: Change) -> None:  # noqa: C901 - one arm a kind of change
        """
        Make a change.

        Raises:
            ValueError: it is about an update that is not there.
        """
        match change:
            case events.Updated(update=update):
                self._add(update)
            case events.Corrected(before=before, after=after, nth=nth):
                self._cell(change, before, nth).update = after
                is_same = before.created_at == after.created_at
                self._is_ordered = self._is_ordered if is_same else None
            case events.Withdrawn(update=update, nth=nth):
                cell = self._cell(change, update, nth)
                del self._cells[cell.label][nth]
                cell.is_gone = self._has_gaps = True
                self._is_ordered = None
            case moves.StatusChanged(update=update, after=status, ended_at=ended):
                if update is not None:
                    self._add(update)
                self._status = status
                self._fields["stated_end"] = ended
            case facts.Rescheduled(after=(begin, end)):
                self._fields |= {"scheduled_for": begin, "scheduled_until": end}
            case facts.StartCorrected(after=start):
                self._fields["stated_start"] = start
                if isinstance(self._event, Incident):
                    # It cannot have been put up before it began.
                    created = self._event.created_at
                    self._fields["created_at"] = start and latest(created, start)
            case entries.Rearranged(order=order):
                self._rearrange(order)
            case facts.FieldChanged(field=field, after=value):
                self._fields[field] = value
            case _:
                raise ValueError(f"{change.kind} is about no incident or maintenance")
        if change.is_dated:
            self._updated_at = latest(self._updated_at, change.at)

    @property
    def numbered(self) -> list[Numbered]:
        """The labels of its updates, in order, each with its number."""
        numbers = {
            id(cell): (name, nth)
            for name, alike in self._cells.items()
            for nth, cell in enumerate(alike)
        }
        return [numbers[id(cell)] for cell in self._told()]

    def event(self) -> E:
        """What has become of it."""
        return attrs.evolve(
            self._event,
            updates=[cell.update for cell in self._told()],
            stated_status=self._status,
            updated_at=self._updated_at,
            extras=lasting(self._event.extras),
            **self._fields,
        )

    def _told(self) -> list[_Cell]:
        """The updates that are there; gaps are closed once for many that went."""
        if self._has_gaps:
            self._updates = [cell for cell in self._updates if not cell.is_gone]
            self._has_gaps = False
        return self._updates

    def _add(self, update: Update) -> None:
        told = self._told()
        if self._is_ordered is None:
            times = (cell.update.created_at for cell in told)
            self._is_ordered = all(one <= two for one, two in pairwise(times))
        cell, place = _Cell(label(update), update), len(told)
        if self._is_ordered:
            place = bisect_right(told, update.created_at, key=_posted)
        told.insert(place, cell)
        self._cells[cell.label].append(cell)

    def _cell(self, change: Change, update: Update, nth: int) -> _Cell:
        alike = self._cells.get(label(update), ())
        if nth >= len(alike):
            raise ValueError(strange(change.subject, f"an update {label(update)!r}"))
        return alike[nth]

    def _rearrange(self, order: Sequence[Numbered]) -> None:
        place = {numbered: at for at, numbered in enumerate(order)}
        numbered = dict(zip(map(id, self._told()), self.numbered, strict=True))
        self._updates.sort(key=lambda cell: place.get(numbered[id(cell)], len(place)))
        self._is_ordered = None


@attrs.define(eq=False)
class _Cell:
    """An update in its place."""

    label: str
    update: Update
    is_gone: bool = False


_posted = attrgetter("update.created_at")


def strange(subject: Subject, what: str | None = None) -> str:
    """What to say of a change whose object is not there."""
    wanted = f"no {subject.kind.value} {subject.key!r}"
    if what is not None:
        wanted = f"{subject.kind.value} {subject.key!r} without {what}"
    return f"the page has {wanted}: apply changes to the page they were made from"
