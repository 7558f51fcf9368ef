"""
The usual incident, read straight: what nearly every row of a real page is.

Nothing of a usual row needs to be reported, and nothing kept but what the model has a
place for, the rows of its components, and that it is older than `reminder_intervals`.
All else is the business of the careful way, to which every exception here leads. The
careful way would read the usual row as well, to the same value; a test holds the two
equal. So these functions may be short and fast, and need not be clever.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import UNSET

from incidentkit._frozen import NO_EXTRAS, FrozenMapping
from incidentkit._incident import make_incident
from incidentkit._maintenance import make_maintenance
from incidentkit._update import make_update
from incidentkit._vocabulary import Impact, IncidentStatus, MaintenanceStatus, Status
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._event_rows import watched
from incidentkit.formats.statuspage._memo import Lookup, Unusual
from incidentkit.formats.statuspage._pen import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pendulum import DateTime

    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.formats.statuspage._memo import Extras, Live, Memo
    from incidentkit.formats.statuspage._shapes import EventRow, UpdateRow

S = TypeVar("S", IncidentStatus, MaintenanceStatus)

_INCIDENT = cast("Lookup[IncidentStatus]", shapes.INCIDENT_STATUS)
_MAINTENANCE = cast("Lookup[MaintenanceStatus]", shapes.MAINTENANCE_STATUS)
_IMPACT = cast("Lookup[Impact]", shapes.IMPACT)
# The vendor's default is that people are told; what differs from it is kept.
_DELIVERED = cast(
    "Lookup[Extras]",
    {
        True: NO_EXTRAS,
        False: FrozenMapping({NAME: FrozenMapping({"deliver_notifications": False})}),
    },
)
_AT: Callable[[Update], DateTime] = attrgetter("at")
_ID: Callable[[Update], str | None] = attrgetter("id")
_CLOSED: frozenset[Status] = frozenset(
    status for status in (*IncidentStatus, *MaintenanceStatus) if status.is_closed
)


def usual_event(memo: Memo, row: EventRow, *, planned: bool) -> Incident | Maintenance:
    """
    An event of which next to nothing needs to be kept.

    Raises:
        Unusual, or another of `UNUSUAL`: it is not as usual.
    """
    return _maintenance(memo, row) if planned else _incident(memo, row)


def _incident(memo: Memo, row: EventRow) -> Incident:
    if row.scheduled_for is not UNSET or row.scheduled_until is not UNSET:
        raise Unusual
    times, name, id, url = memo.times, row.name, row.id, row.shortlink
    if name is UNSET or not isinstance(id, str) or url is UNSET:
        raise Unusual
    updates = _updates(memo, row, _INCIDENT)
    status, created = _INCIDENT[row.status], times[row.created_at]
    live, extras = _kept(memo, row, created)
    began, ended = _bounds(memo, row, updates, created, status)
    # What was first told when it was over has, for all we know, no start of its own.
    if ended is not None and updates[0].status in _CLOSED:
        began = ended
    started = times[row.started_at]
    return make_incident(
        name=name,
        impact=_IMPACT[row.impact],
        updates=updates,
        components=live.refs,
        id=id,
        url=url,
        created_at=created,
        updated_at=times[row.updated_at],
        stated_status=None if status is updates[-1].status else status,
        stated_start=None if started == began else started,
        extras=extras,
    )


def _maintenance(memo: Memo, row: EventRow) -> Maintenance:
    times, name, id, url = memo.times, row.name, row.id, row.shortlink
    if name is UNSET or not isinstance(id, str) or url is UNSET:
        raise Unusual
    updates = _updates(memo, row, _MAINTENANCE)
    status, created = _MAINTENANCE[row.status], times[row.created_at]
    live, extras = _kept(memo, row, created)
    _bounds(memo, row, updates, created, status)
    if times[row.started_at] != created:
        raise Unusual
    return make_maintenance(
        name=name,
        impact=_IMPACT[row.impact],
        updates=updates,
        components=live.refs,
        id=id,
        url=url,
        created_at=created,
        updated_at=times[row.updated_at],
        stated_status=None if status is updates[-1].status else status,
        extras=extras,
        scheduled_for=times[row.scheduled_for],
        scheduled_until=times[row.scheduled_until],
    )


def _kept(memo: Memo, row: EventRow, created: DateTime) -> tuple[Live, Extras]:
    """The components, and what to keep of the row."""
    live = memo.live(row.components)
    # Rows that our own writer made up are not kept: it dates them as the incident.
    if row.page_id != memo.page_id or live.created_at == created:
        raise Unusual
    if row.reminder_intervals is None:
        return live, live.extras
    if row.reminder_intervals is UNSET:
        return live, live.old
    raise Unusual


def _bounds(
    memo: Memo,
    row: EventRow,
    updates: tuple[Update, ...],
    created: DateTime,
    status: Status,
) -> tuple[DateTime, DateTime | None]:
    """When it began and ended by its updates; what the row says must agree with it."""
    times = memo.times
    monitored = watched(updates)
    if monitored is None:
        if row.monitoring_at is not None:
            raise Unusual
    elif times[row.monitoring_at] != monitored:
        raise Unusual
    ended = None
    if status in _CLOSED:
        for update in reversed(updates):
            if update.status not in _CLOSED:
                break
            ended = update.at
        if ended is None or times[row.resolved_at] != ended:
            raise Unusual
    elif row.resolved_at is not None:
        raise Unusual
    return min(created, *map(_AT, updates)), ended


def _updates(memo: Memo, row: EventRow, words: Lookup[S]) -> tuple[Update, ...]:
    """The updates of an event, in posting order; on the wire the newest is first."""
    rows, odd = row.incident_updates, memo.odd
    if not rows or rows is UNSET:
        raise Unusual
    if odd and (odd.of(row) or any(map(odd.of, rows))):
        raise Unusual
    told = usual_updates(memo, row.id, rows, words)
    if len(set(map(_ID, told))) != len(told):
        raise Unusual
    return tuple(told)


def usual_updates(
    memo: Memo, event_id: object, rows: Sequence[UpdateRow], words: Lookup[Status]
) -> list[Update]:
    """
    Updates of which nothing needs to be kept but whether people were told.

    Raises:
        Unusual, or another of `UNUSUAL`: one is not as usual, or newer than the next.
    """
    times, states = memo.times, memo.states
    told: list[Update] = []
    add = told.append
    last: DateTime | None = None
    for row in reversed(rows):
        id, body, affected = row.id, row.body, row.affected_components
        if (
            row.incident_id != event_id
            or row.custom_tweet is not None
            or row.tweet_id is not None
            or row.wants_twitter_update is not UNSET
            or row.twitter_updated_at is not UNSET
            or not isinstance(id, str)
            or not isinstance(body, str)
            or affected is UNSET
        ):
            raise Unusual
        text, shown, edited = row.created_at, row.display_at, row.updated_at
        created = times[text]
        if last is not None and created < last:
            raise Unusual
        last = created
        add(
            make_update(
                status=words[row.status],
                body=body,
                # Mostly the three are one; to compare is quicker than to look up.
                at=created if shown == text else times[shown],
                states=states[bytes(affected)],
                id=id,
                created_at=created,
                updated_at=created if edited == text else times[edited],
                extras=_DELIVERED[row.deliver_notifications],
            )
        )
    return told
