"""
Uniting what several documents of one page tell of the same things.

A summary has every component and the open incidents, a history the closed ones, a feed
neither ids nor levels. The same thing is known by its id; where one document gives no
id, by what it is called and where (components) or by its address, or its name and the
minute it began (incidents). What fits several is left apart and reported.

`_uniting` says what becomes of two tellings of the same thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs

from incidentkit._component import Component, ComponentRef
from incidentkit._event import Event
from incidentkit._uniting import united

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from pendulum import Date

    from incidentkit._finding import Report
    from incidentkit._recorded import RecordedDay

E = TypeVar("E", bound=Event)
T = TypeVar("T", bound="Component | Event")


def join_components(
    documents: Iterable[tuple[Component, ...]], report: Report
) -> tuple[Component, ...]:
    """The components of all documents, each once, in order of first mention."""
    given = tuple(documents)
    groups = {one.key: one.name for page in given for one in page if one.is_group}

    def called(one: Component) -> tuple[Hashable, ...]:
        return ((groups.get(one.group or ""), one.name, one.is_group),)

    joined = _join(given, called, "components", report)
    # A group may have got an id that some of its members do not know it by.
    keys = {one.key for one in joined if one.is_group}
    by_name = {one.name: one.key for one in joined if one.is_group}

    def grouped(one: Component) -> Component:
        name = groups.get(one.group or "")
        if name is None or one.group in keys or name not in by_name:
            return one
        return attrs.evolve(one, group=by_name[name])

    return tuple(map(grouped, joined))


def realiased(
    components: tuple[Component, ...], aliases: Mapping[str, str]
) -> tuple[Component, ...]:
    """The components, by the keys of `aliases`."""
    return tuple(
        attrs.evolve(
            one,
            id=aliases.get(one.key, one.id),
            group=one.group if one.group is None else aliases.get(one.group, one.group),
        )
        for one in components
    )


def join_days(
    documents: Iterable[tuple[RecordedDay, ...]], aliases: Mapping[str, str]
) -> tuple[RecordedDay, ...]:
    """The recorded days of all documents, each component's day once: the last one."""
    days: dict[tuple[str, Date], RecordedDay] = {}
    for document in documents:
        for day in document:
            known = attrs.evolve(day, component=_mention(day.component, aliases))
            days[known.component.key, known.date] = known
    return tuple(days.values())


def join_events(
    documents: Iterable[tuple[E, ...]], what: str, report: Report
) -> tuple[E, ...]:
    """The events of all documents, each once, in order of first mention."""

    def called(one: E) -> tuple[Hashable, ...]:
        began = one.began_at
        minute = None if began is None else began.replace(second=0, microsecond=0)
        named = (one.name, minute)
        return (named,) if one.url is None else (one.url, named)

    return _join(documents, called, what, report)


def _join(
    documents: Iterable[tuple[T, ...]],
    called: Callable[[T], tuple[Hashable, ...]],
    what: str,
    report: Report,
) -> tuple[T, ...]:
    joined: list[T] = []
    by_id: dict[str, dict[int, None]] = {}
    by_name: dict[Hashable, dict[int, None]] = {}
    for number, things in enumerate(documents):
        # Two things of one document are never the same thing: of those that share an
        # id, the second is the second of an earlier document.
        mine: set[int] = set()
        waiting: dict[str, Iterator[int]] = {}
        earlier = len(joined)
        for place, thing in enumerate(things):
            index, id = None, thing.id
            if id is not None and id in by_id:
                if id not in waiting:
                    waiting[id] = iter(tuple(by_id[id]))
                index = next(waiting[id], None)
            else:
                met = (at for name in called(thing) for at in by_name.get(name, ()))
                same = (at for at in met if at < earlier and _may_be(joined[at], thing))
                # Whether there is one or are several is all that matters.
                alike = _first_two(same)
                if len(alike) == 1 and alike[0] not in mine:
                    index = alike[0]
                elif alike:
                    path = f"$[{number}].{what}[{place}]"
                    detail = "it may be any of several of that name; it is kept apart"
                    report.add("join.ambiguous", path, detail, thing.name)
            if index is None or index in mine:
                index = len(joined)
                joined.append(thing)
            else:
                joined[index] = united(joined[index], thing)
            mine.add(index)
            for name in called(thing):
                by_name.setdefault(name, {})[index] = None
            if id is not None:
                by_id.setdefault(id, {})[index] = None
    return tuple(joined)


def _first_two(places: Iterable[int]) -> list[int]:
    found: dict[int, None] = {}
    for place in places:
        found[place] = None
        if len(found) > 1:
            break
    return list(found)


def _may_be(one: T, other: T) -> bool:
    """Whether two things that are called alike may be the same."""
    addresses = {thing.url for thing in (one, other) if isinstance(thing, Event)}
    known = addresses - {None}
    return (one.id is None or other.id is None) and len(known) < 2  # noqa: PLR2004 - one address, or none


def renamed(events: tuple[E, ...], aliases: Mapping[str, str]) -> tuple[E, ...]:
    """The events, mentioning components by the keys of `aliases`."""
    return tuple(_renamed(event, aliases) for event in events) if aliases else events


def _renamed(event: E, aliases: Mapping[str, str]) -> E:
    return attrs.evolve(
        event,
        components=[_mention(one, aliases) for one in event.components],
        updates=[
            attrs.evolve(
                update,
                states=[
                    attrs.evolve(row, component=_mention(row.component, aliases))
                    for row in update.states
                ],
            )
            for update in event.updates
        ],
    )


def _mention(mention: ComponentRef, aliases: Mapping[str, str]) -> ComponentRef:
    key = aliases.get(mention.key)
    return mention if key is None else ComponentRef(mention.name, id=key)
