"""What happened to one incident or maintenance between two readings of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit._frozen import lasting
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus
from incidentkit.changes import _events as events
from incidentkit.changes import _facts as facts
from incidentkit.changes import _moves as moves
from incidentkit.changes._dating import in_order
from incidentkit.changes._draft import Draft
from incidentkit.changes._entries import Rearranged
from incidentkit.changes._pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._update import Update
    from incidentkit._vocabulary import Impact, Status
    from incidentkit.changes._change import Change
    from incidentkit.changes._dating import About
    from incidentkit.changes._pairing import Pairs

E = TypeVar("E", bound=Event)


def happened(old: E, new: E, about: About) -> Iterator[Change]:
    """All that happened to an event, in order of time."""
    if seen(old) == seen(new):
        return
    timeline = pairs(old.updates, new.updates)
    made = in_order((*_stated(old, new, about), *_told(old, new, timeline, about)))
    # What the updates and statements do not explain is told as it is.
    draft = Draft(old)
    for change in made:
        draft.take(change)
    yield from made
    order = [(one.label, one.nth) for one in timeline.new]
    if draft.numbered != order:
        yield about.make(Rearranged, what="updates", order=tuple(order))
    came = draft.event()
    if came.ended_at != new.ended_at:
        yield about.make(facts.EndCorrected, before=old.ended_at, after=new.ended_at)
    if came.began_at != new.began_at:
        yield about.make(facts.StartCorrected, before=old.began_at, after=new.began_at)


def seen(event: Event) -> tuple[object, ...]:
    """What a reader of the page would notice of an event, once it is known which."""
    return event.notable[2:]


def first_told(event: E) -> E:
    """
    An event as it was when it was first told: with one update, and open.

    What was said first of an incident that was over, or of a maintenance that had
    begun, is left to come as a change.
    """
    opening = event.updates[:1]
    status = opening[0].status if opening else None
    if status is not None and (
        status.is_closed
        or (isinstance(event, Maintenance) and status is not _SCHEDULED)
    ):
        opening = ()
    return attrs.evolve(
        event,
        updates=opening,
        updated_at=None,
        stated_status=None,
        stated_end=None,
        postmortem=None,
        extras=lasting(event.extras),
    )


# -- what is stated --------------------------------------------------------------


def _stated(old: Event, new: Event, about: About) -> Iterator[Change]:
    if old.name != new.name:
        yield about.make(facts.Renamed, before=old.name, after=new.name)
    if old.impact is not new.impact:
        yield _impact(old.impact, new.impact, about)
    if old.url != new.url:
        yield about.make(facts.AddressChanged, before=old.url, after=new.url)
    if old.components != new.components:
        scope = facts.ScopeChanged
        yield about.make(scope, before=old.components, after=new.components)
    if old.postmortem != new.postmortem:
        said = facts.PostmortemChanged
        yield about.make(said, before=old.postmortem, after=new.postmortem)
    if isinstance(old, Maintenance) and isinstance(new, Maintenance):
        before = (old.scheduled_for, old.scheduled_until)
        after = (new.scheduled_for, new.scheduled_until)
        if before != after:
            yield about.make(facts.Rescheduled, before=before, after=after)


def _impact(before: Impact | None, after: Impact | None, about: About) -> Change:
    if before is None or after is None:
        return about.make(facts.ImpactChanged, before=before, after=after)
    kind = facts.Escalated if after > before else facts.Lowered
    return about.make(kind, before=before, after=after)


# -- what is said ----------------------------------------------------------------


def _told(
    old: Event, new: Event, timeline: Pairs[Update], about: About
) -> Iterator[Change]:
    status = old.status
    told: list[Change] = []
    # An update moves nothing where its page states another status than the updates do.
    is_stated = new.stated_status is not None
    known = max(timeline.partner, default=-1)
    for place, one in enumerate(timeline.new):
        update, nth = one.thing, one.nth
        if place in timeline.partner:
            before = timeline.old[timeline.partner[place]].thing
            if _said(before) != _said(update):
                yield about.corrected(before, update, nth)
            continue
        is_late = place < known
        if is_stated or is_late or update.status in {None, status}:
            told.append(about.posted(events.Updated, update, nth=nth, is_late=is_late))
            continue
        told.append(
            about.posted(
                _moved(new, status, update.status),
                update,
                before=status,
                after=update.status,
                nth=nth,
                ended_at=update.at if _is_closed(update.status) else None,
            )
        )
        status = update.status
    # Of several posted at one time the last goes first: the others keep their numbers.
    for one in reversed([*timeline.gone]):
        yield about.make(events.Withdrawn, update=one.thing, nth=one.nth)
    if status is not new.status:
        kind = _moved(new, status, new.status)
        told.append(about.make(kind, before=status, after=new.status))
    yield from _ended(told, new.ended_at)


def _ended(told: list[Change], ended_at: DateTime | None) -> list[Change]:
    """What was told, the last move to an end with the end that is stated now."""
    for place in range(len(told) - 1, -1, -1):
        last = told[place]
        if isinstance(last, moves.StatusChanged):
            if _is_closed(last.after):
                told[place] = attrs.evolve(last, ended_at=ended_at)
            break
    return told


def _moved(
    event: Event, before: Status | None, after: Status | None
) -> type[moves.StatusChanged]:
    """The class of a move."""
    if _is_closed(before) and after is not None and not after.is_closed:
        return moves.Reopened
    if isinstance(event, Incident):
        if after is _POSTMORTEM and _is_closed(before):
            return moves.PostmortemPublished
        if _is_closed(after) and not _is_closed(before):
            return moves.Resolved
    elif after is _IN_PROGRESS and before in {None, _SCHEDULED}:
        return moves.Started
    return _ENDS.get(after, moves.StatusChanged)


_SCHEDULED = MaintenanceStatus.SCHEDULED
_IN_PROGRESS = MaintenanceStatus.IN_PROGRESS
_POSTMORTEM = IncidentStatus.POSTMORTEM
_ENDS: dict[Status | None, type[moves.StatusChanged]] = {
    MaintenanceStatus.COMPLETED: moves.Completed,
    MaintenanceStatus.CANCELLED: moves.Cancelled,
}


def _is_closed(status: Status | None) -> bool:
    return status is not None and status.is_closed


def _said(update: Update) -> tuple[object, ...]:
    rows = tuple((row.component.key, row.status) for row in update.states)
    return (update.status, update.body, update.at, rows)
