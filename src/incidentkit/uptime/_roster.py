"""
Which component is meant: of a page's entries, and of all that its incidents mention.

Documents that list incidents often list no components, and mention them by id, by name
or by both. A mention means the entry of its id, else the only one of its name; what may
be several is told apart by nobody, and is a doubt about each of them.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, final

from incidentkit._component import Component, ComponentLike, ComponentRef, Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._page import StatusPage

_SHOWN = 10


@final
class Roster:
    """The components that are known, and how to find the one that is meant."""

    def __init__(self, page: StatusPage, mentioned: Iterable[ComponentRef]) -> None:
        self._page = page
        self._entries = {one.key: one for one in page.components}
        self._listed = Mentions(one.ref for one in page.components)
        named = [one for one in mentioned if one.id is not None]
        self._with_id = Mentions(named)
        self._every = Mentions(named)
        self._keys: dict[str, ComponentRef] = {
            one.key: one.ref for one in page.components
        }
        for mention in named:
            self._keys.setdefault(mention.key, mention)
        for mention in mentioned:
            if mention.id is None and not self.meant(mention):
                self._every.add(mention)
                self._keys.setdefault(mention.key, mention)

    def meant(self, mention: ComponentRef) -> tuple[str, ...]:
        """The keys of what a mention may mean; none if nothing else tells of it."""
        found = self._listed.meant(mention) or self._with_id.meant(mention)
        return tuple(one.key for one in found)

    def resolved(self, mention: ComponentRef) -> tuple[str, ...]:
        """The keys of what a mention may mean, itself if there is nothing else."""
        return self.meant(mention) or (mention.key,)

    def sure(self, mention: ComponentRef) -> str | None:
        """The key of what a mention means; None if it may be several things."""
        key, *others = self.resolved(mention)
        return None if others else key

    def find(self, wanted: ComponentLike) -> ComponentRef:
        """
        The component that is asked for.

        Raises:
            KeyError: there is none; the message lists what is called nearly so.
            ValueError: several are called so.
        """
        found = self._listed.find(wanted) or self._every.find(wanted)
        if found is None:
            raise KeyError(self._nothing(wanted))
        return self._keys.get(found.key, found)

    def _nothing(self, wanted: ComponentLike) -> str:
        asked = wanted if isinstance(wanted, str) else wanted.name or str(wanted.id)
        names = {
            word.casefold(): word
            for one in self._keys.values()
            for word in (one.id, one.name)
            if word is not None
        }
        near = get_close_matches(asked.casefold(), names, n=5, cutoff=0.5)
        if near:
            listed = ", ".join(repr(names[word]) for word in near)
            return f"no component {asked!r}; near it: {listed}"
        known = [one.label for one in self._keys.values()]
        listed = ", ".join(repr(name) for name in known[:_SHOWN]) or "none"
        more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        return f"no component {asked!r}; known are {listed}{more}"

    def entry(self, key: str) -> Component | None:
        """The page's entry of a key, if it has one."""
        return self._entries.get(key)

    def label(self, key: str) -> str:
        """What to call a component."""
        known = self._keys.get(key)
        return key if known is None else known.label

    def leaves(self, found: ComponentRef) -> tuple[str, ...]:
        """The keys of what a component consists of; of what is no group, its own."""
        entry = self._entries.get(found.key)
        if entry is None:
            return (found.key,)
        return tuple(one.key for one in self._page.leaves(entry)) or (entry.key,)

    def everything(self) -> tuple[str, ...]:
        """The keys of the page's components that are no groups; else of all known."""
        if not self._entries:
            return tuple(self._keys)
        return tuple(key for key, one in self._entries.items() if not one.is_group)

    def line(self, key: str) -> tuple[str, ...]:
        """A component and the groups it is within: what is told of them, it shares."""
        line = [key]
        while (
            (entry := self._entries.get(line[-1])) is not None
            and entry.group is not None
            and entry.group not in line
        ):
            line.append(entry.group)
        return tuple(line)
