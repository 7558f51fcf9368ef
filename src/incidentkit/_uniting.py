"""
Two tellings of one thing, as one.

Of two documents that say the same kinds of things of an incident, the one updated last
is believed: an edited text replaces the old one, and what was deleted is gone. But a
feed, or a list of months, says less than the page's own JSON, however new it is: it has
no ids, no seconds and no levels, or the last message alone. What says less adds to what
says more, and takes nothing away.
"""

from __future__ import annotations

from collections import deque
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit._frozen import lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._update import Update

E = TypeVar("E", bound=Event)
T = TypeVar("T", bound="Component | Event")

_NOTHING = (None, (), "")
#: What one telling may leave out and another fill in; what is derived is not.
_FILLED = frozenset(
    {
        *("id", "name", "url", "status", "group", "description", "position"),
        "start_date",
        *("created_at", "impact", "updates", "components", "scheduled_for"),
        *("scheduled_until", "detection", "postmortem"),
    }
)


def united(one: T, other: T) -> T:
    """Two tellings of one thing: the one updated last (else the first) is believed."""
    newest, older = one, other
    if other.updated_at is not None and (
        one.updated_at is None or one.updated_at < other.updated_at
    ):
        newest, older = other, one
    if isinstance(newest, Event) and isinstance(older, Event):
        if _has_ids(older) and newest.updates and not _has_ids(newest):
            return _added(older, newest)
        if _has_ids(newest) and not _has_ids(older):
            newest = _carrying(newest, older)
    return _filled(newest, older)


def _has_ids(event: Event) -> bool:
    """Whether it comes from a document that tells updates apart by id."""
    return any(update.id is not None for update in event.updates)


def _filled(newest: T, older: T) -> T:
    """The one, what it leaves out filled in from the other."""
    gaps = {
        field.name: getattr(older, field.name)
        for field in attrs.fields(type(newest))
        if field.name in _FILLED
        and getattr(newest, field.name) in _NOTHING
        and getattr(older, field.name) not in _NOTHING
    }
    return attrs.evolve(newest, **gaps) if gaps else newest


def _carrying(event: E, other: Event) -> E:
    """The event, with the other's names elsewhere and what formats said of it."""
    if not (other.links or other.extras):
        return event
    return attrs.evolve(
        event,
        links={**other.links, **event.links},
        extras={**other.extras, **event.extras},
    )


def _added(rich: E, news: E) -> E:
    """An event, with what a later telling that says less has to add."""
    updates, is_longer = _lengthened(rich.updates, news.updates)
    status, end = rich.stated_status, rich.stated_end
    known: dict[str, Any] = {}
    for name in ("scheduled_for", "scheduled_until"):
        if hasattr(rich, name):
            known[name] = _finer(getattr(rich, name), getattr(news, name))
    whole = attrs.evolve(
        rich,
        name=news.name,
        updates=updates,
        updated_at=news.updated_at,
        stated_status=news.stated_status or (None if is_longer else status),
        stated_end=_finer(None if is_longer else end, news.stated_end),
        extras=lasting(rich.extras) if is_longer else rich.extras,
        **known,
    )
    return _filled(_carrying(whole, news), news)


def _lengthened(
    rich: tuple[Update, ...], news: tuple[Update, ...]
) -> tuple[tuple[Update, ...], bool]:
    """The updates, with the texts of a later telling and what it tells besides."""
    same = _pairs(rich, news)
    updates = [
        _edited(update, news[same[place]]) if place in same else update
        for place, update in enumerate(rich)
    ]
    met = set(same.values())
    more = [update for place, update in enumerate(news) if place not in met]
    if more:
        updates = sorted([*updates, *more], key=attrgetter("created_at"))
    return tuple(updates), bool(more)


def _edited(update: Update, later: Update) -> Update:
    """An update as a later telling has it, where that is not merely less exact."""
    at = _finer(update.at, later.at) or update.at
    is_reworded = _words(later) != _words(update)
    if not is_reworded and at == update.at:
        return update
    return attrs.evolve(
        update,
        at=at,
        body=later.body if is_reworded else update.body,
        updated_at=max(update.updated_at, later.updated_at),
        extras=lasting(update.extras),
    )


def _finer(known: DateTime | None, later: DateTime | None) -> DateTime | None:
    """The later telling of a time, unless it is the known one to the minute."""
    if later is None or (known is not None and _minute(known) == _minute(later)):
        return known
    return later


def _minute(at: DateTime) -> DateTime:
    return at.replace(second=0, microsecond=0)


def _words(update: Update) -> str:
    return " ".join(update.body.split())


#: By what two tellings of an update are known to be of one, the surest first.
_SIGNS: tuple[Callable[[Update], Hashable], ...] = (
    lambda update: (_minute(update.at), update.status, _words(update)),
    lambda update: (_minute(update.at), _words(update)),
    lambda update: (_minute(update.at), update.status),
    lambda update: (update.status, _words(update)),
)


def _pairs(rich: tuple[Update, ...], news: tuple[Update, ...]) -> dict[int, int]:
    """The places of the updates that two tellings share, by the place in the first."""
    same: dict[int, int] = {}
    left, other = list(range(len(rich))), list(range(len(news)))
    for sign in _SIGNS:
        waiting: dict[Hashable, deque[int]] = {}
        for place in left:
            waiting.setdefault(sign(rich[place]), deque()).append(place)
        for place in other:
            if met := waiting.get(sign(news[place])):
                same[met.popleft()] = place
        left, other = _rest(left, same), _rest(other, same.values())
    return same


def _rest(places: Iterable[int], met: Iterable[int]) -> list[int]:
    done = set(met)
    return [place for place in places if place not in done]
