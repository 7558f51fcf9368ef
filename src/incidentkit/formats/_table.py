"""
The formats there are: one table, whose modules are imported when first used.

This is the one place where a module is imported inside a function: a program that
reads one vendor loads one vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast, final

from incidentkit.errors import UnknownFormat

if TYPE_CHECKING:
    from incidentkit.formats._clue import Clue
    from incidentkit.formats._format import Format

#: Where each format lives: module and name, in the order in which they are listed.
_ROOMS: Final[Mapping[str, tuple[str, str]]] = {
    "incidentkit": ("native", "NATIVE"),
    "statuspage": ("statuspage", "STATUSPAGE"),
    "cachet2": ("cachet", "CACHET2"),
    "cachet3": ("cachet", "CACHET3"),
    "cstate": ("cstate", "CSTATE"),
    "openstatus": ("openstatus", "OPENSTATUS"),
    "pingoru": ("pingoru", "PINGORU"),
    "atom": ("feeds", "ATOM"),
    "rss": ("feeds", "RSS"),
    "jsonfeed": ("jsonfeed", "JSONFEED"),
    "icalendar": ("icalendar", "ICALENDAR"),
    "csv": ("csv", "CSV"),
    "markdown": ("markdown", "MARKDOWN"),
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

    A glance decides: the keys of a JSON document, the first lines of a text. Every
    format is asked, and where two say yes, the caller is.

    Raises:
        UnknownFormat: it looks like none, or like several.
        MalformedDocument: it begins like JSON, and is broken.
    """
    # Looking at JSON takes the decoder, which a program that only writes never loads.
    clues = import_module("incidentkit.formats._clue")
    glance: Clue = clues.clue(data)
    alike = [
        name
        for name, room in FORMATS.items()
        if room.read is not None and room.recognises(glance)
    ]
    if len(alike) == 1:
        return alike[0]
    if alike:
        reason = f"it may be any of {', '.join(alike)}: say which, with format="
        raise UnknownFormat("", reason)
    if glance.broken is not None:
        raise glance.broken
    if glance.is_html:
        raise UnknownFormat("", _HTML)
    known = ", ".join(name for name, room in FORMATS.items() if room.read is not None)
    reason = f"it looks like no format that is read; there are {known}"
    if _FILE_NAME.fullmatch(glance.text):
        reason = "it looks like the name of a file: give what is in it"
    raise UnknownFormat("", reason)


_FILE_NAME: Final = re.compile(r"[\w./\\:~ -]{1,200}\.[A-Za-z]{2,8}", re.ASCII)


_HTML: Final = (
    "it is a page of HTML, made for people: the status page may have moved, or its "
    "documents are at another address"
)
