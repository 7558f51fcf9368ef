"""
What extras hold, so that a calendar comes back as it was.

A name of a property counts as a whole: where the properties of a name are not those
that would be written, they are kept as they stood, and what was not there is named.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, cast

from incidentkit._frozen import ABSENT, EMPTY, NO_EXTRAS, STATED, FrozenMapping
from incidentkit.formats._escape import ics_clean
from incidentkit.formats._wire import mapping
from incidentkit.formats.icalendar._lines import Line, parsed, written
from incidentkit.formats.icalendar._words import MAINTNOTE, NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from incidentkit.formats.icalendar._clock import Clock

#: The properties, under a format's name.
_LINES: Final = "properties"
_TIMES: Final = frozenset({"CREATED", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED"})
#: What no calendar and no event can be without.
_DEMANDED: Final = frozenset({"DTSTAMP", "PRODID", "UID", "VERSION"})
#: What a verb on the model makes untrue.
_DERIVED: Final = _TIMES | {
    "DESCRIPTION",
    "DURATION",
    "SEQUENCE",
    "STATUS",
    f"{MAINTNOTE}IMPACT",
    f"{MAINTNOTE}STATUS",
}


def kept(
    theirs: Sequence[Line], ours: Sequence[Line], clock: Clock
) -> FrozenMapping[FrozenMapping[object]]:
    """What a writer would not write by itself; `clock` tells nobody what it guesses."""
    said, made = _grouped(theirs), _grouped(ours)
    odd = {
        name
        for name, lines in said.items()
        if [_meaning(one, clock) for one in lines]
        != [_meaning(one, clock) for one in made.get(name, [])]
    }
    strange = [line for line in theirs if line.name in odd]
    held: dict[str, object] = {}
    if lasting := [written(one) for one in strange if one.name not in _DERIVED]:
        held[_LINES] = tuple(lasting)
    if stated := [written(one) for one in strange if one.name in _DERIVED]:
        held[STATED] = FrozenMapping({_LINES: tuple(stated)})
    if absent := made.keys() - said.keys() - _DEMANDED:
        held[ABSENT] = tuple(sorted(absent))
    return FrozenMapping({NAME: FrozenMapping(held)}) if held else NO_EXTRAS


def restored(
    ours: Sequence[Line], extras: Mapping[str, Mapping[str, object]]
) -> list[Line]:
    """The properties, with what extras hold put back."""
    held = extras.get(NAME, EMPTY)
    back = [*_lines(held), *_lines(mapping(held.get(STATED)))]
    absent = held.get(ABSENT)
    gone = {line.name for line in back} | set(
        cast("tuple[object, ...]", absent) if isinstance(absent, tuple) else ()
    )
    return [*(line for line in ours if line.name not in gone), *back]


def _lines(held: Mapping[str, object]) -> Iterator[Line]:
    """The properties that extras hold, but for what could be none, or several."""
    said = held.get(_LINES)
    for raw in cast("tuple[object, ...]", said) if isinstance(said, tuple) else ():
        whole = ics_clean(raw) if isinstance(raw, str) else ""
        line = None if "\n" in whole else parsed(whole)
        if line is not None and line.name not in {"BEGIN", "END"}:
            yield line


def _grouped(lines: Iterable[Line]) -> dict[str, list[Line]]:
    by_name = attrgetter("name")
    ordered = sorted(lines, key=by_name)
    return {name: list(group) for name, group in groupby(ordered, by_name)}


def _meaning(line: Line, clock: Clock) -> object:
    """What tells a property from another: of a time, the instant alone."""
    if line.name in _TIMES and line.params.get("VALUE", "DATE-TIME") == "DATE-TIME":
        at = clock.at(line, "")
        if at is not None:
            return at
    return line.text, dict(line.params)
