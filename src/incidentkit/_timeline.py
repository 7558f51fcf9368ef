"""
Walks over the updates of one incident or maintenance.

Two times belong to an update. `created_at` orders the timeline: updates stand in
posting order. `at` is what is shown, and may have been set back. So an update *takes
effect* at the earliest `at` of itself or any later one, which keeps the timeline in
order whatever was edited. Every function here is linear in the updates.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from incidentkit._component import ComponentRef, Outage, make_outage
from incidentkit._stretch import Stretch, make_stretch
from incidentkit._time import elapsed
from incidentkit._vocabulary import ComponentStatus, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pendulum import DateTime

    from incidentkit._update import Update

_OPERATIONAL = ComponentStatus.OPERATIONAL


def first_status(updates: Iterable[Update]) -> Status | None:
    """The first status that an update names."""
    for update in updates:
        if update.status is not None:
            return update.status
    return None


def last_status(updates: Sequence[Update]) -> Status | None:
    """The last status that an update names."""
    for update in reversed(updates):
        if update.status is not None:
            return update.status
    return None


def closing(updates: Sequence[Update]) -> Update | None:
    """The update that entered the last closed stretch, if the timeline ends in one."""
    entered: Update | None = None
    for update in reversed(updates):
        if update.status is None:
            continue
        if not update.status.is_closed:
            break
        entered = update
    return entered


def effects(updates: Sequence[Update]) -> list[DateTime]:
    """When each update takes effect: the earliest `at` of itself or any later one."""
    times: list[DateTime] = []
    for update in reversed(updates):
        at = update.at
        times.append(at if not times or at < times[-1] else times[-1])
    times.reverse()
    return times


Entered = tuple["DateTime", "Status | None"]
"""When a status was entered, and which."""


def entries(
    updates: Sequence[Update], ended_at: DateTime | None, stated_status: Status | None
) -> list[Entered]:
    """
    When each status was entered, in order.

    Where an end is known, the closed statuses that the timeline ends in begin there,
    whatever their update is shown under; if it ends in none, the stated one does.
    """
    entered: list[Entered] = []
    status: Status | None = None
    for at, update in zip(effects(updates), updates, strict=True):
        if update.status is not None and update.status is not status:
            status = update.status
            entered.append((at, status))
    if ended_at is None:
        return entered
    first = len(entered)
    while first and (held := entered[first - 1][1]) is not None and held.is_closed:
        first -= 1
    closed = entered[first:] or [(ended_at, stated_status)]
    return [
        *((min(at, ended_at), held) for at, held in entered[:first]),
        (ended_at, closed[0][1]),
        *((max(at, ended_at), held) for at, held in closed[1:]),
    ]


def stretches(
    entered: list[Entered], began_at: DateTime | None
) -> tuple[Stretch[Status | None], ...]:
    """
    What was entered as consecutive stretches, the last of which has no end.

    Time before the first status is a stretch that holds None.
    """
    if began_at is not None and (not entered or began_at < entered[0][0]):
        entered = [(began_at, None), *entered]
    following = [*(at for at, _ in entered[1:]), None]
    return tuple(
        make_stretch(start=at, end=end, held=held)
        for (at, held), end in zip(entered, following, strict=False)
    )


def time_in(
    entered: list[Entered], wanted: Status | None, until: DateTime | None
) -> timedelta:
    """How long a status held in all; the last one until when, if it is to count."""
    length = timedelta()
    for (start, held), (end, _) in pairwise(entered):
        if held is wanted:
            length += elapsed(start, end)
    if until is not None and entered and entered[-1][1] is wanted:
        length += max(elapsed(entered[-1][0], until), timedelta())
    return length


class Level(NamedTuple):
    """A row of an update, with when it takes effect."""

    at: DateTime
    component: ComponentRef
    status: ComponentStatus | None
    update: Update


def levels(updates: Sequence[Update]) -> Iterator[Level]:
    """Every row of every update, in order."""
    for at, update in zip(effects(updates), updates, strict=True):
        for row in update.states:
            yield Level(at, row.component, row.status, update)


def last_levels(updates: Iterable[Update]) -> dict[str, ComponentStatus | None]:
    """The last level stated of each component, by key."""
    return {
        row.component.key: row.status for update in updates for row in update.states
    }


def worst_levels(updates: Iterable[Update]) -> dict[str, ComponentStatus]:
    """The worst level stated of each component, by key; none where none is known."""
    worst: dict[str, ComponentStatus] = {}
    for update in updates:
        for row in update.states:
            key, level = row.component.key, row.status
            if level is not None and (key not in worst or worst[key] < level):
                worst[key] = level
    return worst


def outages(
    updates: Sequence[Update], ended_at: DateTime | None, incident: str
) -> tuple[Outage, ...]:
    """
    The stretches at a level above operational, in order of their start.

    A level holds until the component's next row, and never past the end. Rows that
    repeat a level go on with the outage that it began.
    """
    running: dict[str, Level] = {}
    over: list[Outage] = []

    def end(level: Level, at: DateTime | None) -> None:
        if ended_at is not None and (at is None or at > ended_at):
            at = ended_at
        if level.status is not None and (at is None or level.at < at):
            over.append(
                make_outage(
                    component=level.component,
                    status=level.status,
                    start=level.at,
                    end=at,
                    incident=incident,
                    update=level.update.id,
                )
            )

    for level in levels(updates):
        key = level.component.key
        before = running.get(key)
        if before is not None and before.status is not level.status:
            end(running.pop(key), level.at)
            before = None
        if before is None and level.status not in (None, _OPERATIONAL):
            running[key] = level
    for level in running.values():
        end(level, None)
    return tuple(sorted(over, key=attrgetter("start")))
