"""
When absence is news.

What a reading left out is not absent, and what lies outside its coverage may be. Paths
of what was left out are in the words of formats: what they do not tell is doubted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import attrs

from incidentkit._event import Event
from incidentkit.changes._change import SubjectKind
from incidentkit.changes._pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._coverage import Known
    from incidentkit._finding import LeftOut
    from incidentkit._update import Update
    from incidentkit.changes._pairing import Pairs

E = TypeVar("E", bound=Event)
_Sorts: TypeAlias = tuple[tuple[str, tuple[SubjectKind, ...]], ...]

# A file may stand before it: `$.incidents[3]`, `page.json: $.components[0].name`.
_PATH: Final = re.compile(r"(?:.*: )?\$\.(\w+)(?:\[\d+\])?(?P<rest>.*)", re.DOTALL)

_EVENTS: Final = (SubjectKind.INCIDENT, SubjectKind.MAINTENANCE)
#: Lists: what is behind the first name of a path, if that has these words in it.
_LISTS: Final[_Sorts] = (
    ("component", (SubjectKind.COMPONENT,)),
    ("maintenance", (SubjectKind.MAINTENANCE,)),
    # Some documents list both as incidents.
    ("incident", _EVENTS),
)
#: Objects, likewise: a document that is one incident has a status of its own.
_OBJECTS: Final[_Sorts] = (
    ("page", (SubjectKind.PAGE,)),
    ("status", (SubjectKind.PAGE, *_EVENTS)),
)


@attrs.frozen
class Doubt:
    """What a reading may not show although it was there."""

    ids: frozenset[str]
    """What was left out and said what it is called."""
    whole: frozenset[SubjectKind]
    """Of which sorts something may be missing that did not say so."""
    parts: frozenset[SubjectKind]
    """Things of which sorts may lack something."""

    def hides(self, kind: SubjectKind, id: str | None) -> bool:
        """Whether a thing that is not there may have been left out."""
        return kind in self.whole or (id is not None and id in self.ids)


def doubt(left_out: Iterable[LeftOut]) -> Doubt:
    """What may be missing from a reading that left something out."""
    ids: set[str] = set()
    whole: set[SubjectKind] = set()
    parts: set[SubjectKind] = set()
    for one in left_out:
        if one.id is not None:
            ids.add(one.id)
            continue
        sorts, is_whole = _reach(one.path)
        parts.update(sorts)
        if is_whole:
            whole.update(sorts)
    return Doubt(frozenset(ids), frozenset(whole), frozenset(parts))


def _reach(path: str) -> tuple[tuple[SubjectKind, ...], bool]:
    """Of what sorts a path tells, and whether a whole thing may have been there."""
    found = _PATH.fullmatch(path)
    if found is not None:
        for name, sorts in _LISTS:
            if name in found[1]:
                # Without its id a thing may not be known again.
                return sorts, found["rest"] in {"", ".id"}
        for name, sorts in _OBJECTS:
            if name in found[1]:
                return sorts, False
    return tuple(SubjectKind), True


def is_covered(known: Known, event: Event) -> bool:
    """
    Whether a reading that does not show an event would show it, were it still there.

    It would if the event came up within a stretch in which absence means that nothing
    did; or if it is open, and the reading shows all that is open at one instant, after
    all that was said of it. That a list goes back further than the event's last update,
    and not to its first, proves nothing: lists are cut by when things came up.
    """
    if event.created_at is None:
        return False
    came = event.created_at
    last: DateTime = max((came, *(update.created_at for update in event.updates)))
    return any(
        event.is_open and last <= one.start
        if one.start == one.end
        else one.covers(came)
        for one in known
    )


# -- filling in what was left out ------------------------------------------------


def restored_event(new: E, old: E, doubt: Doubt, kind: SubjectKind) -> E:
    """An event with what the newer reading may have left out, as the older had it."""
    in_parts = kind in doubt.parts
    if not (in_parts or doubt.ids):
        return new
    timeline = pairs(old.updates, new.updates)
    updates = _restored_updates(timeline, doubt, in_parts=in_parts)
    if not in_parts:
        return new if updates == new.updates else attrs.evolve(new, updates=updates)
    fields = ["name", "impact", "url", "components", "postmortem", "stated_start"]
    if kind is SubjectKind.MAINTENANCE:
        fields += ["scheduled_for", "scheduled_until"]
    if not any(
        place not in timeline.partner and one.thing.status is not None
        for place, one in enumerate(timeline.new)
    ):
        # Nobody said that it moved: what is stated may only be missing.
        fields += ["stated_status", "stated_end"]
    return attrs.evolve(new, updates=updates, **_filled(new, old, fields))


def restored_component(new: Component, old: Component, doubt: Doubt) -> Component:
    """A component with what the newer reading may have left out."""
    if SubjectKind.COMPONENT not in doubt.parts:
        return new
    filled = _filled(new, old, ("name", "status", "group", "description", "position"))
    if new.name == new.id:
        # What has no name to be read is called by its id.
        filled["name"] = old.name
    return attrs.evolve(new, is_group=new.is_group or old.is_group, **filled)


def _filled(new: object, old: object, fields: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(old, name) for name in fields if getattr(new, name) in _EMPTY}


_EMPTY: Final = (None, "", ())


def _restored_updates(
    timeline: Pairs[Update], doubt: Doubt, *, in_parts: bool
) -> tuple[Update, ...]:
    places = {at: place for place, at in timeline.partner.items()}
    # What is missing goes behind what it stood behind.
    missing: defaultdict[int, list[Update]] = defaultdict(list)
    last = -1
    for at, one in enumerate(timeline.old):
        if at in places:
            last = places[at]
        elif in_parts or one.thing.id in doubt.ids:
            missing[last].append(one.thing)
    told = missing[-1]
    for place, one in enumerate(timeline.new):
        update = one.thing
        if in_parts and place in timeline.partner:
            known = timeline.old[timeline.partner[place]].thing
            update = _restored_update(update, known)
        told += (update, *missing[place])
    return tuple(told)


def _restored_update(new: Update, old: Update) -> Update:
    told = {row.component.key: row for row in new.states if row.status is not None}
    known = tuple(told.pop(row.component.key, row) for row in old.states)
    filled = _filled(new, old, ("status", "body"))
    return attrs.evolve(new, states=(*known, *told.values()), **filled)
