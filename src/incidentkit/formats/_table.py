"""
The formats there are: one table, whose modules are imported when first used.

This is the one place where a module is imported inside a function: a program that
reads one vendor loads one vendor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast, final

from incidentkit.errors import UnknownFormat

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue
    from incidentkit.formats._format import Format

#: Where each format lives: module and name, in the order in which `detect` asks.
_ROOMS: Final[Mapping[str, tuple[str, str]]] = {
    "incidentkit": ("native", "NATIVE"),
    "statuspage": ("statuspage", "STATUSPAGE"),
    "pingoru": ("pingoru", "PINGORU"),
}


@final
class Formats(Mapping[str, "Format"]):
    """Every format by its name; a format is loaded when it is looked up."""

    def __getitem__(self, name: str) -> Format:
        module, attribute = _ROOMS[name]
        room = import_module(f"incidentkit.formats.{module}")
        return cast("Format", getattr(room, attribute))

    def __iter__(self) -> Iterator[str]:
        return iter(_ROOMS)

    def __len__(self) -> int:
        return len(_ROOMS)

    def __repr__(self) -> str:
        return f"<FORMATS: {', '.join(_ROOMS)}>"


FORMATS: Final = Formats()


def lookup(name: str) -> Format:
    """
    The format of a name.

    Raises:
        UnknownFormat: there is none.
    """
    try:
        return FORMATS[name]
    except (KeyError, TypeError):
        reason = f"no such format; there are {', '.join(FORMATS)}"
        raise UnknownFormat(str(name), reason) from None


def detect(data: bytes | str) -> str:
    """
    The name of the format that a document looks like.

    A glance decides: the keys of a JSON document, the first lines of a text.

    Raises:
        UnknownFormat: it looks like none.
        MalformedDocument: it begins like JSON, and is broken.
    """
    # Looking at JSON takes the decoder, which a program that only writes never loads.
    clues = import_module("incidentkit.formats._clue")
    glance: Clue = clues.clue(data)
    for name, room in FORMATS.items():
        if room.read is not None and room.recognises(glance):
            return name
    if glance.broken is not None:
        raise glance.broken
    reason = f"it looks like no format that is read; there are {', '.join(FORMATS)}"
    raise UnknownFormat("", reason)
