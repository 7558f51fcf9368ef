"""
Components: the entries of a page, how an incident mentions them, and their levels.

Statuspage renames components and writes `Group - Name` inside updates, so a component
is known by its id where it has one; the name decides only where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, cast, final

import attrs

from incidentkit._frozen import NO_EXTRAS, NO_LINKS, FrozenMapping, extras, links
from incidentkit._make import maker
from incidentkit._override import override
from incidentkit._text import optional_text, shorten, text
from incidentkit._time import instant, length, optional_date, optional_instant
from incidentkit._vocabulary import (
    ComponentStatus,
    component_status,
    optional_component_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import Date, DateTime, Duration


@final
@attrs.frozen
class ComponentRef:
    """
    How an incident mentions a component: by name, by id, or both.

    >>> ComponentRef("API", id="8l4ygp009s5s").key
    '8l4ygp009s5s'

    Raises:
        ValueError: neither is given.
    """

    name: str | None = attrs.field(default=None, converter=optional_text)
    """What it was called when it was mentioned."""
    id: str | None = attrs.field(default=None, converter=optional_text, kw_only=True)
    """Its id on its page."""

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.id is None:
            msg = "a component is mentioned by name, by id, or both: give one"
            raise ValueError(msg)

    @property
    def key(self) -> str:
        """What tells it from others: the id, else the name."""
        return (self.name or "") if self.id is None else self.id

    @property
    def label(self) -> str:
        """What to show people: the name, else the id."""
        return (self.id or "") if self.name is None else self.name


@final
@attrs.frozen(kw_only=True, repr=False)
class Component:
    """
    An entry of a status page: something that can be up or down, or a group of such.

    Raises:
        ValueError: a word that is no level, a time without a zone, half a character.
    """

    name: str = attrs.field(converter=text, kw_only=False)
    """What the page calls it; not unique, not even within one page."""
    id: str | None = attrs.field(default=None, converter=optional_text)
    """Its id on its page."""
    status: ComponentStatus | None = attrs.field(
        default=None, converter=optional_component_status
    )
    """Its level; None: nobody said, or in a word nobody knows. None is not green."""
    group: str | None = attrs.field(default=None, converter=optional_text)
    """The key of the group it belongs to."""
    is_group: bool = attrs.field(default=False)
    """Whether it only holds others; groups count in no roll-up."""
    description: str | None = attrs.field(default=None, converter=optional_text)
    """What the page says it is."""
    position: int | None = attrs.field(default=None)
    """Its place within its group, from the top; not unique within the page."""
    start_date: Date | None = attrs.field(default=None, converter=optional_date)
    """The day its history begins."""
    created_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When it was put on the page."""
    updated_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When its entry last changed."""
    links: FrozenMapping[str] = attrs.field(default=NO_LINKS, converter=links)
    """What it is called elsewhere, by place."""
    extras: FrozenMapping[FrozenMapping[object]] = attrs.field(
        default=NO_EXTRAS, converter=extras
    )
    """What formats said that the model has no place for, by format."""

    @property
    def key(self) -> str:
        """What tells it from others: the id, else the name."""
        return self.name if self.id is None else self.id

    @property
    def ref(self) -> ComponentRef:
        """How an incident would mention it."""
        return make_ref(name=self.name, id=self.id)

    @property
    def is_operational(self) -> bool:
        """Whether its level is known and is operational."""
        return self.status is ComponentStatus.OPERATIONAL

    @override
    def __repr__(self) -> str:
        level = "unknown" if self.status is None else self.status.value
        kind = "group" if self.is_group else "component"
        key = shorten(self.key)
        return f"<Component {shorten(self.name)} ({kind} {key}): {level}>"


ComponentLike: TypeAlias = Component | ComponentRef | str
"""Where a component is asked for, any of these will do."""


def ref(value: ComponentLike) -> ComponentRef:
    """
    A mention of a component, from a component, a mention, or a word.

    A word becomes a name here; `find` is what takes it for an id first.
    """
    if isinstance(value, ComponentRef):
        return value
    return value.ref if isinstance(value, Component) else ComponentRef(value)


def refs(values: Iterable[ComponentLike]) -> tuple[ComponentRef, ...]:
    """The converter of every list of mentions."""
    return tuple(map(ref, values))


class Mentions:
    """Mentions of components, to be looked up by id or else by name."""

    def __init__(self, among: Iterable[ComponentRef] = ()) -> None:
        self._by_id: dict[str | None, ComponentRef] = {}
        # By name, and then by key: the same component may be mentioned many times.
        self._by_name: dict[str, dict[str, ComponentRef]] = {}
        for mention in among:
            self.add(mention)

    def add(self, mention: ComponentRef) -> None:
        """Take in one more; of several with one key the first is kept."""
        if mention.id is not None:
            self._by_id.setdefault(mention.id, mention)
        if mention.name is not None:
            self._by_name.setdefault(mention.name, {}).setdefault(mention.key, mention)

    def meant(self, wanted: ComponentLike) -> tuple[ComponentRef, ...]:
        """
        Those that may be meant: the one of that id, else all of that name.

        A mention with an id never means one that has another id; one without means the
        one without, if there is one. Whoever gives a word may mean either.
        """
        asked = ref(wanted)
        id_ = wanted if isinstance(wanted, str) else asked.id
        if id_ in self._by_id:
            return (self._by_id[id_],)
        named = {} if asked.name is None else self._by_name.get(asked.name, {})
        if isinstance(wanted, str):
            return tuple(named.values())
        bare = tuple(one for one in named.values() if one.id is None)
        return bare or (tuple(named.values()) if id_ is None else ())

    def find(self, wanted: ComponentLike) -> ComponentRef | None:
        """
        The one that is meant, or None if none is.

        Raises:
            ValueError: several may be.
        """
        alike = self.meant(wanted)
        if len(alike) > 1:
            keys = ", ".join(repr(one.key) for one in alike)
            msg = f"{len(alike)} are called {alike[0].name!r}: say which by id ({keys})"
            raise ValueError(msg)
        return alike[0] if alike else None


def find(wanted: ComponentLike, among: Iterable[ComponentRef]) -> ComponentRef | None:
    """
    The one that is meant, as `Mentions.find`.

    Raises:
        ValueError: several have that name and none has that id.
    """
    return Mentions(among).find(wanted)


@final
@attrs.frozen
class ComponentState:
    """
    The level a component is at, as an update states it.

    It is a level, not a change: most rows of a real page repeat what already held.
    """

    component: ComponentRef = attrs.field(converter=ref)
    """Which component."""
    status: ComponentStatus | None = attrs.field(converter=optional_component_status)
    """The level from this update on; None: in a word nobody knows."""
    before: ComponentStatus | None = attrs.field(
        default=None, converter=optional_component_status
    )
    """
    The level the update says it had before, if it says.

    Where it is not the level known so far, something changed in between that no
    update tells.
    """


def states(
    value: Iterable[ComponentState] | Mapping[str, ComponentStatus | str],
) -> tuple[ComponentState, ...]:
    """
    The converter of an update's rows: states, or names mapped to levels.

    Raises:
        TypeError: something else.
    """
    if isinstance(value, Mapping):
        levels = cast("Mapping[str, ComponentStatus | str]", value)
        return tuple(ComponentState(name, level) for name, level in levels.items())
    rows = tuple(value)
    for row in rows:
        if not isinstance(row, ComponentState):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"a ComponentState is wanted, not {row!r}"
            raise TypeError(msg)
    return rows


@final
@attrs.frozen
class Outage:
    """
    A stretch in which a component was at a level above operational.

    Told by an incident, observed by a watcher or recorded by a vendor: all the same to
    whoever sums them.

    Raises:
        ValueError: the end is before the start, or a time has no zone.
    """

    component: ComponentRef = attrs.field(converter=ref)
    """Which component."""
    status: ComponentStatus = attrs.field(converter=component_status)
    """The level, under maintenance included: policies decide what counts."""
    start: DateTime = attrs.field(converter=instant)
    """Its first instant."""
    end: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """The first instant after it; None if it goes on."""
    incident: str | None = attrs.field(default=None, converter=optional_text)
    """The key of the incident or maintenance that tells of it."""
    update: str | None = attrs.field(default=None, converter=optional_text)
    """The id of the update in which the level was first stated."""

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            msg = f"an outage cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(msg)

    @property
    def duration(self) -> Duration | None:
        """How long it lasts; None if it goes on."""
        return None if self.end is None else length(self.start, self.end)


make_ref = maker(ComponentRef)
make_component = maker(Component)
make_state = maker(ComponentState)
make_outage = maker(Outage)
