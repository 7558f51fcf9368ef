"""
What a document says over and over, read once.

A page repeats itself: most updates repeat the rows of the one before to the letter,
incidents share the rows of their components, a time stands in three places. Each is
read once for each distinct text, and the values are shared; nothing is kept beyond the
document, or a hostile one would fill it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

import attrs
import msgspec
from msgspec import Raw

from incidentkit._component import ComponentRef, ComponentState, make_ref, make_state
from incidentkit._frozen import (
    ABSENT,
    EMPTY,
    NO_EXTRAS,
    STATED,
    FrozenMapping,
    adopted,
    freeze,
)
from incidentkit.errors import LimitExceeded
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage._pen import NAME
from incidentkit.formats.statuspage._shapes import COMPONENT_STATUS, AffectedRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit import _time as time
    from incidentkit._vocabulary import ComponentStatus

T_co = TypeVar("T_co", covariant=True)
Extras = FrozenMapping[FrozenMapping[object]]


class Lookup(Protocol[T_co]):
    """A table that may be asked for anything; what it does not hold is an error."""

    def __getitem__(self, key: object, /) -> T_co:
        """The value of a key."""
        ...


class Unusual(Exception):
    """A row is not as rows usually are: the careful way finds out how."""


# What a row may fail on that is not as usual; looking up what is not there says more
# cheaply than asking first.
UNUSUAL = (Unusual, KeyError, ValueError, TypeError, msgspec.MsgspecError)


# -- levels --------------------------------------------------------------------------


class States(dict[bytes, tuple[ComponentState, ...]]):
    """The levels that updates state, by the text of their rows."""

    def __init__(self) -> None:
        super().__init__()
        self._refs: dict[object, ComponentRef] = {}

    def __missing__(self, raw: bytes) -> tuple[ComponentState, ...]:
        """
        Read rows not met before.

        Raises:
            Unusual, or another of `UNUSUAL`: they could not be written back so.
        """
        rows = _AFFECTED.decode(raw)
        if rows is not None and not rows:
            raise Unusual  # what has no rows is written as null
        refs = self._refs
        made: list[ComponentState] = []
        for row in rows or ():
            id, name = row.code, row.name
            ref = refs.get(id)
            if ref is None or ref.name != name:
                if not (isinstance(id, str) and isinstance(name, str)):
                    raise Unusual
                ref = refs[id] = make_ref(name, id=id)
            made.append(make_state(ref, _LEVEL[row.new_status], _LEVEL[row.old_status]))
        self[raw] = states = tuple(made)
        return states


_AFFECTED: msgspec.json.Decoder[list[AffectedRow] | None] = wire.decoder(
    list[AffectedRow] | None
)
_LEVEL = cast("Lookup[ComponentStatus]", COMPONENT_STATUS)


# -- the components of incidents ------------------------------------------------------


@attrs.define(eq=False)
class Live:
    """The `components` of an incident: rows of their present state."""

    refs: tuple[ComponentRef, ...]
    """Which they are."""
    rows: object = None
    """The rows, frozen."""
    is_own: bool = False
    """Whether they are the page's own rows, so that they need not be kept."""
    created_at: DateTime | None = None
    """Of the first that is not: what tells rows that our writer made up."""
    extras: Extras = NO_EXTRAS
    """What an incident keeps that has them and is usual otherwise."""
    _old: Extras | None = None

    @property
    def old(self) -> Extras:
        """The same of one without `reminder_intervals`: older ones have none."""
        if self._old is None:
            said = self.extras.get(NAME, EMPTY)
            absent = (*_NO_REMINDERS, *cast("tuple[str, ...]", said.get(ABSENT, ())))
            self._old = adopted({NAME: adopted({**said, ABSENT: absent})})
        return self._old


# A row: which component it is, if it says; all of it, frozen; whether it is the page's
# own; when it was created.
_Row = tuple[ComponentRef | None, object, bool, "DateTime | None"]


class Lives(dict[bytes, Live]):
    """The components of incidents, by the text of their rows."""

    def __init__(
        self, own: Mapping[str, object], times: time.Times, depth: int
    ) -> None:
        super().__init__()
        self._own = {id: wire.canonical(row) for id, row in own.items()}
        self._times = times
        self._depth = depth
        self._rows: dict[bytes, _Row] = {}

    def __missing__(self, raw: bytes) -> Live:
        """
        Read rows not met before.

        Raises:
            MalformedDocument: they are not text.
            LimitExceeded: they nest too deep.
        """
        self[raw] = live = self._read(raw)
        return live

    def _read(self, raw: bytes) -> Live:
        if not raw.startswith(b"["):
            return _with_extras((), self._frozen(wire.parse(raw, object)))
        known = self._rows
        refs: list[ComponentRef] = []
        rows: list[object] = []
        is_own, first = True, None
        for item in wire.parse(raw, _RAWS):
            text = bytes(item)
            row = known.get(text)
            if row is None:
                row = known[text] = self._row(text)
            ref, frozen, is_the_pages, created_at = row
            rows.append(frozen)
            if ref is not None:
                refs.append(ref)
            if is_own and not is_the_pages:
                is_own, first = False, created_at
        if is_own:
            return Live(tuple(refs), is_own=True)
        return _with_extras(tuple(refs), tuple(rows), first)

    def _row(self, raw: bytes) -> _Row:
        held = wire.parse(raw, object)
        if not isinstance(held, dict):
            return None, self._frozen(held), False, None
        said = cast("dict[str, object]", held)
        id, name = said.get("id"), said.get("name")
        id = str(id) if type(id) is int else id if isinstance(id, str) else None
        name = name if isinstance(name, str) else None
        ref = None if id is None and name is None else make_ref(name, id=id)
        is_own = id in self._own and self._own[id] == wire.canonical(said)
        return ref, self._frozen(said), is_own, self._time(said.get("created_at"))

    def _time(self, text: object) -> DateTime | None:
        try:
            return self._times[text] if isinstance(text, str) else None
        except ValueError:
            return None

    def _frozen(self, value: object) -> object:
        held = value
        if isinstance(held, dict):
            said = cast("dict[str, object]", held)
            if _PLAIN.issuperset(map(type, said.values())):
                return adopted(said)
        try:
            return freeze(value, self._depth)
        except ValueError as error:
            raise LimitExceeded("$", str(error)) from None


def _with_extras(
    refs: tuple[ComponentRef, ...], rows: object, created_at: DateTime | None = None
) -> Live:
    said = adopted({STATED: adopted({"components": rows})})
    return Live(refs, rows, created_at=created_at, extras=adopted({NAME: said}))


_PLAIN = frozenset({str, int, bool, type(None)})
_RAWS = list[Raw]
_NO_REMINDERS = ("reminder_intervals",)
NO_LIVE = Live(
    (), extras=FrozenMapping({NAME: FrozenMapping({ABSENT: ("components",)})})
)
"""Of an incident without `components`."""


# -- all of it ---------------------------------------------------------------------


@attrs.define(eq=False)
class Memo:
    """What of one document is read once."""

    page_id: str | None
    """The page's id, which every incident repeats."""
    times: Lookup[DateTime]
    states: States
    lives: Lives
    odd: wire.Oddities
    """What the careful way of decoding put aside."""

    def live(self, components: Raw | msgspec.UnsetType) -> Live:
        """
        The components that an incident is attached to.

        Raises:
            MalformedDocument: their rows are not text.
            LimitExceeded: their rows nest too deep.
        """
        if components is msgspec.UNSET:
            return NO_LIVE
        return self.lives[bytes(components)]
