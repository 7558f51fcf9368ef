"""What writing one page needs at every turn: its zone, and numbers for ids."""

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
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.formats.cachet._words import Version

T = TypeVar("T")

#: Groups have numbers of their own, which components have too.
GROUP = "group-"
_LARGEST = 2**31 - 1
_DIGITS = 18


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    version: Version
    zone: tzinfo
    """The zone of the installation, in which its times are."""
    known: Mentions = attrs.field(factory=Mentions)
    """The components of the page, to be found by name."""

    def at(self, at: DateTime | None) -> str | None:
        """A time as the vendor writes it: whole seconds, and no zone."""
        if at is None:
            return None
        there = time.local(at, self.zone).replace(tzinfo=None)
        return there.isoformat(" ", "seconds")

    def mention(self, mention: ComponentRef) -> int:
        """The number of a component that an incident mentions."""
        meant = self.known.meant(mention)
        return number(meant[0].key if len(meant) == 1 else mention.key)


def pen_for(
    version: Version, zone: tzinfo | None, components: Iterable[Component] = ()
) -> Pen:
    """What is needed to write a page that has these components."""
    known = Mentions(one.ref for one in components if not one.is_group)
    return Pen(version, zone or time.UTC, known)


def number(key: str) -> int:
    """The number that an id is, or one made of it, always the same for the same key."""
    if key.isascii() and key.isdigit() and len(key) <= _DIGITS and key[0] != "0":
        return int(key)
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
    return int.from_bytes(digest) % _LARGEST + 1


def group_number(key: str) -> int:
    """The number of a group."""
    return number(key.removeprefix(GROUP))


def in_order(updates: Iterable[Update]) -> list[tuple[int, Update]]:
    """The updates with their places, in the one order there is: of posting."""
    return sorted(enumerate(updates), key=lambda place: place[1].created_at)


def update_key(event: Event, index: int, update: Update) -> str:
    """What the number of an update is made of."""
    return f"{event.key}/{index}" if update.id is None else update.id


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
