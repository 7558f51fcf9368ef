"""
What writers of JSON need at every turn: ids, the order of updates, the places of rows.

A vendor's room has a pen of its own, which holds what writing one of its pages needs;
what is here is the same for all.
"""

from __future__ import annotations

import hashlib
from collections import deque
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidentkit._component import Component, ComponentRef, Mentions
    from incidentkit._event import Event
    from incidentkit._update import Update

T = TypeVar("T")

Placed: TypeAlias = "list[tuple[int, Update]]"
"""Updates, each with its place on the page."""

#: Before the ids of groups, where a vendor numbers groups and components apart.
GROUP: Final = "group-"
_LARGEST: Final = 2**31 - 1


# -- ids -------------------------------------------------------------------------------


@attrs.frozen
class Numbers:
    """
    How a vendor numbers things: components, groups and all else each from 1.

    The model has one space of ids for components and their groups, so there the ids of
    groups begin with `GROUP`.
    """

    digits: int
    """How many digits a number of the vendor may have."""

    def of(self, key: str) -> int:
        """
        The number that an id is, or one made of it.

        Args:
            key: the key of a thing, which is its id if it has one. The same key always
                makes the same number.
        """
        is_number = key.isascii() and key.isdigit() and key[0] != "0"
        if is_number and len(key) <= self.digits:
            return int(key)
        digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
        return int.from_bytes(digest) % _LARGEST + 1

    def of_group(self, key: str) -> int:
        """The number of a group."""
        return self.of(key.removeprefix(GROUP))

    def read_back(self, component: Component) -> str:
        """The id with which a component is read again, be it a group or not."""
        if component.is_group:
            return f"{GROUP}{self.of_group(component.key)}"
        return str(self.of(component.key))


def mentioned(mention: ComponentRef, known: Mentions) -> str:
    """The key of a component that an incident mentions, as the page has it."""
    meant = known.meant(mention)
    return meant[0].key if len(meant) == 1 else mention.key


def update_key(event: Event, index: int, update: Update) -> str:
    """What the id of an update is, or is made of."""
    return f"{event.key}/{index}" if update.id is None else update.id


# -- order -----------------------------------------------------------------------------


def posted(updates: Iterable[Update]) -> Placed:
    """The updates with their places, in order of posting."""
    return sorted(enumerate(updates), key=lambda place: place[1].created_at)


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


# -- rows ------------------------------------------------------------------------------


def as_any(value: object) -> Any:  # noqa: ANN401 - in the place of any shape
    """A plain dict in the place of a shape, where extras put something back."""
    return value


def row_id(value: object) -> str:
    """The id of a row, whether extras made it a dict or not."""
    row = as_any(value)
    # Extras may have made it a dict, and left its id out.
    return str(row.get("id", "") if isinstance(value, dict) else row.id)
