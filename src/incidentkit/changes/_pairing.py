"""
Which thing of one reading is which of the other.

By id. Where only one of the two gives an id, by what else they may be known by; things
that both have an id, and not the same, are never one. Of several that share a key the
first is paired with the first, and so on: nothing is compared with everything.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit._time import text as time_text
from incidentkit._update import Update

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from incidentkit._component import Component

T = TypeVar("T", bound="Component | Event | Update")


@attrs.frozen
class Labelled(Generic[T]):
    """A thing with what the two readings are to call it."""

    thing: T
    """It."""
    label: str
    """What the older reading knows it by; what is new is known by its own key."""
    nth: int
    """Which of those that have this label."""


@attrs.frozen
class Pairs(Generic[T]):
    """The things of two readings, matched."""

    old: tuple[Labelled[T], ...]
    """Those of the older reading, in its order."""
    new: tuple[Labelled[T], ...]
    """Those of the newer reading, in its order."""
    partner: dict[int, int]
    """For places in the newer reading, the place in the older."""

    @property
    def gone(self) -> Iterator[Labelled[T]]:
        """Those of the older reading that the newer does not have."""
        there = set(self.partner.values())
        return (one for place, one in enumerate(self.old) if place not in there)


def pairs(old: Sequence[T], new: Sequence[T]) -> Pairs[T]:
    """The things of two readings, matched; linear in both."""
    partner: dict[int, int] = {}
    _match(old, new, label, partner)
    taken = set(partner.values())
    if len(taken) < len(old) and len(partner) < len(new):
        for named in (_address, _name):
            _match(old, new, named, partner, one_without_id=True)
    counts: defaultdict[str, int] = defaultdict(int)
    olds = [_labelled(thing, label(thing), counts) for thing in old]
    news = [
        olds[partner[place]].label if place in partner else label(thing)
        for place, thing in enumerate(new)
    ]
    numbers = {place: olds[at].nth for place, at in partner.items()}
    return Pairs(
        tuple(olds),
        tuple(
            Labelled(thing, called, numbers[place])
            if place in numbers
            else _labelled(thing, called, counts)
            for place, (thing, called) in enumerate(zip(new, news, strict=True))
        ),
        partner,
    )


def label(thing: Component | Event | Update) -> str:
    """What tells a thing from others of its list."""
    if isinstance(thing, Update):
        return time_text(thing.created_at) if thing.id is None else thing.id
    return thing.key


def _labelled(thing: T, called: str, counts: defaultdict[str, int]) -> Labelled[T]:
    counts[called] += 1
    return Labelled(thing, called, counts[called] - 1)


def _address(thing: Component | Event | Update) -> Hashable:
    return thing.url if isinstance(thing, Event) else None


def _name(thing: Component | Event | Update) -> Hashable:
    if isinstance(thing, Update):
        return thing.created_at
    if isinstance(thing, Event):
        return (thing.name, thing.created_at)
    return (thing.group, thing.name, thing.is_group)


def _match(
    old: Sequence[T],
    new: Sequence[T],
    named: Callable[[T], Hashable],
    partner: dict[int, int],
    *,
    one_without_id: bool = False,
) -> None:
    """Pair the first of a name with the first of that name, and so on."""
    taken = set(partner.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, thing in enumerate(old):
        if place not in taken:
            has_id = thing.id is not None if one_without_id else None
            waiting[named(thing), has_id].append(place)
    for place, thing in enumerate(new):
        name = named(thing)
        if place in partner or name is None:
            continue
        if not one_without_id:
            fitting = [waiting.get((name, None))]
        elif thing.id is None:
            fitting = [waiting.get((name, False)), waiting.get((name, True))]
        else:
            fitting = [waiting.get((name, False))]
        for places in fitting:
            if places:
                partner[place] = places.popleft()
                break
