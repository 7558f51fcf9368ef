"""What writing one page needs at every turn: ids, times, the order of updates."""

from __future__ import annotations

import hashlib
from collections import deque
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from incidentkit import _time as time
from incidentkit._component import Mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit._event import Event
    from incidentkit._update import Update

T = TypeVar("T")

NAME = "openstatus"
#: Groups have numbers of their own, which components have too, and so have monitors.
GROUP = "group-"
MONITOR = "monitor-"
_LARGEST = 2**31 - 1
_DIGITS = 15


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    document: str
    """Which document is written."""
    known: Mentions
    """The components of the page, to be found by name."""

    def mention(self, mention: ComponentRef) -> str:
        """The key of a component that an incident mentions, as the page has it."""
        meant = self.known.meant(mention)
        return meant[0].key if len(meant) == 1 else mention.key

    def numbers(self, mentions: Iterable[ComponentRef]) -> list[str | int]:
        """The numbers of components that are mentioned."""
        return [number(self.mention(one)) for one in mentions]


def pen_for(components: Iterable[Component], document: str) -> Pen:
    """What is needed to write a document of a page that has these components."""
    return Pen(document, Mentions(one.ref for one in components if not one.is_group))


def number(key: str) -> int:
    """The number that an id is, or one made of it, always the same for the same key."""
    if key.isascii() and key.isdigit() and len(key) <= _DIGITS and key[0] != "0":
        return int(key)
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
    return int.from_bytes(digest) % _LARGEST + 1


def group_number(key: str) -> int:
    """The number of a group."""
    return number(key.removeprefix(GROUP))


def written(at: DateTime | None) -> str | None:
    """A time as JavaScript writes it; finer than milliseconds only where it has to."""
    return None if at is None else time.write(at)


def shown(updates: Iterable[Update]) -> list[tuple[int, Update]]:
    """The updates with their places, in order of the one time that most keep."""
    return sorted(enumerate(updates), key=lambda place: place[1].at)


def posted(updates: Iterable[Update]) -> list[tuple[int, Update]]:
    """The updates with their places, in order of posting."""
    return sorted(enumerate(updates), key=lambda place: place[1].created_at)


def update_key(event: Event, index: int, update: Update) -> str:
    """What the id of an update is, or is made of."""
    return f"{event.key}/{index}" if update.id is None else update.id


def id_of(id: str | None, key: str) -> str:
    """An id where text will do, or a number made of the key."""
    return str(number(key)) if id is None else id


def as_any(value: object) -> Any:  # noqa: ANN401 - in the place of any shape
    """A plain dict in the place of a shape, where extras put something back."""
    return value


def arranged(
    values: Iterable[T], order: object, identity: Callable[[T], str]
) -> list[T]:
    """
    Values in the order in which a document had them, new ones at the end.

    Args:
        values: what is to be written.
        order: what a page remembers of that order, if anything.
        identity: what tells a value from others, as far as anything does.
    """
    given = list(values)
    if not isinstance(order, tuple):
        return given
    places: dict[object, deque[int]] = {}
    names = cast("tuple[object, ...]", order)
    for place, name in enumerate(names):
        places.setdefault(name, deque()).append(place)
    ranked: list[tuple[int, T]] = []
    for one in given:
        free = places.get(identity(one))
        ranked.append((free.popleft() if free else len(names), one))
    return [one for _, one in sorted(ranked, key=itemgetter(0))]


def row_id(value: object) -> str:
    """The id of a row, whether extras made it a dict or not."""
    row = as_any(value)
    return str(row["id"] if isinstance(value, dict) else row.id)
