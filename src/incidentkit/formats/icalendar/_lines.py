r"""
The lines of a calendar: unfolded, taken apart, put together and folded.

Folding by octets is the work of the library `icalendar`, an extra. What it makes of
parameters and values is not used: it takes `\N` within a text for a line end even where
its backslash is escaped, knows RFC 6868 only of late, believes the zones that a
document brings along, and takes 200 µs for an event.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit.errors import MissingExtra
from incidentkit.formats._escape import (
    ics_clean,
    ics_param,
    ics_param_text,
    ics_plain,
    ics_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

#: What stands between a parameter's name and the next, and quotes what would end it.
_VALUES: Final = r'[^:";]*(?:"[^"]*"[^:";]*)*'
_PARAM: Final = re.compile(rf";([A-Za-z0-9-]+)=({_VALUES})")
#: A name, its parameters and its value: RFC 5545, section 3.1.
_PARTS: Final = re.compile(
    rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={_VALUES})*):(.*)", re.DOTALL
)


@attrs.frozen
class Line:
    """A property: its name, its parameters, and its value as it is written."""

    name: str
    """In capitals."""
    value: str
    params: Mapping[str, str] = attrs.field(factory=dict[str, str])
    raw: str | None = attrs.field(default=None, eq=False)
    """The whole line as it was read, if it was."""

    @property
    def text(self) -> str:
        """The value as text."""
        return ics_plain(self.value)


def said(name: str, text: str, **params: str | None) -> Line:
    """A property that says a text; a parameter of None is not written."""
    held = {
        key.replace("_", "-").upper(): ics_clean(value)
        for key, value in params.items()
        if value is not None
    }
    return Line(name, ics_text(text), held)


def unfolded(text: str) -> list[str]:
    """
    The lines of a calendar, whole.

    Raises:
        MissingExtra: icalendar is not installed.
    """
    return [str(line) for line in _library().Contentlines.from_ical(text) if line]


def folded(lines: Iterable[str]) -> str:
    """
    Lines as a calendar has them: of at most 75 octets, ending in CRLF.

    Raises:
        MissingExtra: icalendar is not installed.
    """
    kind = _library().Contentline
    return "".join(f"{kind(line).to_ical().decode()}\r\n" for line in lines)


def parsed(raw: str) -> Line | None:
    """The parts of a line; None if it has none."""
    match = _PARTS.fullmatch(raw)
    if match is None:
        return None
    params = {
        name.upper(): ics_param_text(value.replace('"', ""))
        for name, value in _PARAM.findall(match[2])
    }
    return Line(match[1].upper(), match[3], params, raw)


def written(line: Line) -> str:
    """A line put together again, not folded."""
    if line.raw is not None:
        return line.raw
    params = (f";{name}={ics_param(text)}" for name, text in line.params.items())
    return f"{line.name}{''.join(params)}:{line.value}"


def _library() -> ModuleType:
    try:
        return import_module("icalendar.parser")
    except ImportError:
        raise MissingExtra("icalendar", "iCalendar") from None


def of(lines: Iterable[Line], name: str) -> Iterator[Line]:
    """The properties of a name."""
    return (line for line in lines if line.name == name)
