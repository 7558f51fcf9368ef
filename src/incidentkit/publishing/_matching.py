"""Which update of an incident as it was is which of the incident as it is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from incidentkit._update import Update


@attrs.frozen
class Matched:
    """The updates of two states of one incident, told apart."""

    kept: tuple[tuple[Update, int], ...]
    """Those of before that are still there, each with its place in after."""
    new: tuple[int, ...]
    """The places in after of those that follow all that are kept."""
    late: tuple[int, ...]
    """The places in after of those that were put between or before kept ones."""
    gone: tuple[Update, ...]
    """Those of before that are no longer there."""
    is_reordered: bool
    """Whether those that are kept stand in another order."""


def match(
    before: tuple[Update, ...], after: tuple[Update, ...], vendor: str
) -> Matched:
    """
    Find the updates of before in after.

    An update is the same by what the vendor calls it (its link, or its id where it was
    read from there), else by its id, else, where one of the two has no id, by when it
    was posted and its status, which no edit changes; of several alike the first is the
    first.
    """
    found: dict[int, int] = {}
    for key in (_name_of(vendor), _id, _posted):
        _pair(before, after, key, found)
    kept = tuple((before[old], new) for old, new in sorted(found.items()))
    places = [new for _, new in kept]
    last = max(places, default=-1)
    there = set(places)
    others = [place for place in range(len(after)) if place not in there]
    return Matched(
        kept,
        new=tuple(place for place in others if place > last),
        late=tuple(place for place in others if place < last),
        gone=tuple(one for old, one in enumerate(before) if old not in found),
        is_reordered=places != sorted(places),
    )


def _pair(
    before: tuple[Update, ...],
    after: tuple[Update, ...],
    key: Callable[[Update], Hashable | None],
    found: dict[int, int],
) -> None:
    """Add the pairs that a key tells; what has no key is not told by it."""
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for place, update in enumerate(after):
        known = key(update)
        if known is not None and place not in taken:
            free.setdefault(known, []).append(place)
    for place, update in enumerate(before):
        known = key(update)
        if place in found or known is None:
            continue
        alike = free.get(known, [])
        for there in alike:
            if key is not _posted or not _are_two(update, after[there]):
                found[place] = there
                alike.remove(there)
                break


def _name_of(vendor: str) -> Callable[[Update], Hashable | None]:
    # Of an update that was read from the vendor the id is what it is called there.
    return lambda update: update.links.get(vendor, update.id)


def _id(update: Update) -> Hashable | None:
    return update.id


def _posted(update: Update) -> Hashable | None:
    return update.created_at, update.status


def _are_two(one: Update, other: Update) -> bool:
    return None not in {one.id, other.id} and one.id != other.id
