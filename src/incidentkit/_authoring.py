"""
What every verb does: check the step, add the update, drop what is no longer true.

A verb returns a new value and leaves the old one as it was; a step that is refused
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from incidentkit._component import (
    Component,
    ComponentLike,
    ComponentRef,
    ComponentState,
    Mentions,
    make_state,
    ref,
)
from incidentkit._event import Event, default_created_at, default_updated_at
from incidentkit._frozen import FrozenMapping, lasting
from incidentkit._text import text
from incidentkit._time import instant
from incidentkit._time import text as time_text
from incidentkit._timeline import closing, first_status, last_levels, last_status
from incidentkit._update import Update, make_update
from incidentkit._vocabulary import ComponentStatus, Status, component_status
from incidentkit.errors import IllegalTransition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from pendulum import DateTime

    from incidentkit._lifecycle import Lifecycle

# Spelt out key by key, since a mapping is not covariant in its keys.
Affects: TypeAlias = (
    Mapping[str, ComponentStatus | str]
    | Mapping[ComponentRef, ComponentStatus | str]
    | Mapping[Component, ComponentStatus | str]
    | Mapping[ComponentLike, ComponentStatus | str]
)
"""Components mapped to the levels they are at from now on."""

Settle: TypeAlias = "Callable[[Status | None, Status], ComponentStatus | None]"
"""The level that a step brings components to which nobody names; None: no other."""

_OPERATIONAL = ComponentStatus.OPERATIONAL

Change: TypeAlias = tuple[
    tuple[Update, ...],
    tuple[ComponentRef, ...],
    "DateTime | None",
    "DateTime | None",
    "Status | None",
    "DateTime | None",
    FrozenMapping[FrozenMapping[object]],
]
"""What a verb changes, in the order in which the changers take it."""

CHANGED = (
    "updates",
    "components",
    "created_at",
    "updated_at",
    "stated_status",
    "stated_end",
    "extras",
)
"""The fields of a `Change`."""


def posted(  # noqa: PLR0913 - a verb's whole sentence
    event: Event,
    after: Status | None,
    body: str,
    *,
    at: datetime | str,
    affects: Affects | None,
    id: str | None,
    lifecycle: Lifecycle[Any],
    settle: Settle,
    backdate: bool = False,
) -> Change:
    """
    An event with one update more.

    Args:
        event: what to add to.
        after: the status that the update names.
        body: what it says.
        at: when.
        affects: levels it states.
        id: its id, if there is one yet.
        lifecycle: which steps are legal.
        settle: the level that components take which `affects` does not name.
        backdate: whether it may go between older updates.

    Raises:
        IllegalTransition: the step to it, or from it to what follows, is not legal.
        ValueError: it is older than the last update and is not to be backdated.
    """
    told, before = event.updates, event.status
    place, following = len(told), None
    if backdate:
        place = _place(told, instant(at))
        following = first_status(told[place:])
        if following is not None:
            before = last_status(told[:place])
            if after is not None:
                lifecycle.check(after, following)
    level: ComponentStatus | None = None
    if after is not None and after is not before:
        # What `check` does, without its calls: verbs are refused often and in haste.
        if (before, after) not in lifecycle.edges and (
            before is not None or after not in lifecycle.initial
        ):
            raise IllegalTransition(before, after, lifecycle)
        level = settle(before, after) if following is None else None
    moment = instant(at)
    if told and moment < told[-1].at and not backdate:
        msg = (
            f"{time_text(moment)} is before the last update "
            f"({time_text(told[-1].at)}): to put it in between, say backdate=True"
        )
        raise ValueError(msg)
    components = event.components
    states: tuple[ComponentState, ...] = ()
    if affects or level is not None:
        components, states = _levels(event, told[:place], affects or {}, level)
    update = make_update(
        status=after,
        body=text(body),
        at=moment,
        states=states,
        id=None if id is None else text(id),
        created_at=moment,
        updated_at=moment,
    )
    if place == len(told):
        told += (update,)  # half the cost of unpacking
    else:
        told = (*told[:place], update, *told[place:])
    created, updated = event.created_at, event.updated_at
    moves = after is not None and following is None
    return (
        told,
        components,
        moment if created is None else created,
        moment if updated is None or updated < moment else updated,
        None if moves else event.stated_status,
        None if moves else event.stated_end,
        lasting(event.extras),
    )


def posted_all(
    event: Event, more: Iterable[Update], lifecycle: Lifecycle[Any]
) -> Change:
    """
    An event with many updates more, taken as they are, in order of their `at`.

    Raises:
        IllegalTransition: the first step that the lifecycle refuses.
        ValueError: one is older than the last update there is.
    """
    added = sorted(more, key=attrgetter("at"))
    told, status, moves = event.updates, event.status, False
    if told and added and added[0].at < told[-1].at:
        msg = (
            f"{time_text(added[0].at)} is before the last update "
            f"({time_text(told[-1].at)}): post it alone, with backdate=True"
        )
        raise ValueError(msg)
    for update in added:
        after = update.status
        if after is not None:
            moves = True
            if after is not status:
                lifecycle.check(status, after)
                status = after
    told += tuple(added)
    created, updated = event.created_at, default_updated_at(added)
    return (
        told,
        _attached(event, (row.component for one in added for row in one.states)),
        default_created_at(added) if created is None else created,
        max((at for at in (updated, event.updated_at) if at is not None), default=None),
        None if moves else event.stated_status,
        None if moves else event.stated_end,
        lasting(event.extras) if added else event.extras,
    )


def corrected(
    event: Event,
    update: Update | str,
    *,
    body: str | None,
    at: datetime | str | None,
    edited_at: datetime | str,
) -> Change:
    """
    An event with one update edited in place.

    Raises:
        ValueError: it has no such update, or several of that id.
    """
    told = event.updates
    place = _place_of(update, told)
    old, edited = told[place], instant(edited_at)
    new = attrs.evolve(
        old,
        body=old.body if body is None else body,
        at=old.at if at is None else at,
        updated_at=edited,
        extras=lasting(old.extras),
    )
    # A stated end is about the update that ended it: edited, it is not stated any more.
    ends = new.at != old.at and closing(told) is old
    return (
        (*told[:place], new, *told[place + 1 :]),
        event.components,
        event.created_at,
        edited if event.updated_at is None else max(edited, event.updated_at),
        event.stated_status,
        None if ends else event.stated_end,
        lasting(event.extras),
    )


def _place_of(update: Update | str, told: tuple[Update, ...]) -> int:
    # Two updates may say the same at the same time: the very one that is given decides.
    places = [
        place
        for place, one in enumerate(told)
        if (one.id == update if isinstance(update, str) else one is update)
    ] or [place for place, one in enumerate(told) if one == update]
    if len(places) != 1:
        known = ", ".join(repr(one.id) for one in told if one.id is not None) or "none"
        msg = f"{len(places)} updates are {update!r}; the ids there are: {known}"
        raise ValueError(msg)
    return places[0]


def _place(told: tuple[Update, ...], moment: DateTime) -> int:
    # Where a backdated update goes: after the last one that is not later.
    for place in range(len(told), 0, -1):
        if told[place - 1].at <= moment:
            return place
    return 0


def _levels(
    event: Event,
    told: tuple[Update, ...],
    affects: Affects,
    settle: ComponentStatus | None,
) -> tuple[tuple[ComponentRef, ...], tuple[ComponentState, ...]]:
    """The components attached from now on, and the rows that state the levels."""
    known = last_levels(told)
    met = {mention.key: mention for mention in event.affected}
    mentions = Mentions(met.values())
    rows: dict[str, ComponentState] = {}
    for wanted, level in affects.items():
        mention = mentions.find(wanted) or ref(wanted)
        mentions.add(mention)
        rows[mention.key] = _row(mention, component_status(level), known)
    attached = _attached(event, [row.component for row in rows.values()])
    if settle is not None:
        for key, mention in met.items():
            if key not in rows and known.get(key, _OPERATIONAL) is not settle:
                rows[key] = _row(mention, settle, known)
    return attached, tuple(rows.values())


def _attached(
    event: Event, mentions: Iterable[ComponentRef]
) -> tuple[ComponentRef, ...]:
    there = {mention.key for mention in event.components}
    new: dict[str, ComponentRef] = {}
    for mention in mentions:
        if mention.key not in there:
            new.setdefault(mention.key, mention)
    return (*event.components, *new.values())


def _row(
    mention: ComponentRef,
    level: ComponentStatus,
    known: Mapping[str, ComponentStatus | None],
) -> ComponentState:
    # Who authors an incident says what broke: until then it was whole.
    before = known.get(mention.key, _OPERATIONAL)
    return make_state(component=mention, status=level, before=before)
