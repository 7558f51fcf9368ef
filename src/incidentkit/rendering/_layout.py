"""Laying out plain text: how wide it is on a screen, and where its lines break."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from incidentkit.formats._escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDE = frozenset({"W", "F"})
_WIDTHLESS = frozenset({"Mn", "Me", "Cf"})


def columns(text: str) -> int:
    """How many columns a line takes on a screen: two for what East Asia writes wide."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _WIDTHLESS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def one_line(text: str) -> str:
    """Untrusted text on one line, made harmless."""
    return " ".join(terminal(text).split())


def paragraph(text: str, width: int, indent: str = "") -> list[str]:
    """Trusted text, broken into lines of at most so many columns, indent included."""
    return [indent + line for line in _wrapped(text, width - len(indent))]


def body(text: str, width: int, indent: str) -> list[str]:
    """
    Untrusted text of several lines, made harmless; each of its lines is wrapped.

    The blanks that a line begins with stay, before every line that is made of it, so
    that lists within look like lists. Blank lines around the text are left out, and
    several in a row are one.
    """
    lines: list[str] = []
    for line in terminal(text.replace("\r\n", "\n")).expandtabs(4).split("\n"):
        if line.strip():
            inner = line[: len(line) - len(line.lstrip(" "))][: width // 4]
            lines += paragraph(line, width, indent + inner)
        elif lines and lines[-1]:
            lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def pairs(rows: Iterable[tuple[str, str]], width: int, indent: str = "  ") -> list[str]:
    """Short terms in a column, and beside each what is said of it, wrapped."""
    held = list(rows)
    widest = max((columns(term) for term, _ in held), default=0)
    below = indent + " " * (widest + 2)
    lines: list[str] = []
    for term, said in held:
        first, *more = _wrapped(said, width - len(below))
        gap = " " * (widest + 2 - columns(term))
        lines += [
            (indent + term + gap + first).rstrip(),
            *(below + one for one in more),
        ]
    return lines


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of a text, at least one; a word that is too wide for any is cut."""
    line, used = "", 0
    for word in text.split():
        for piece in _pieces(word, max(width, 1)):
            wide = columns(piece)
            if line and used + 1 + wide > width:
                yield line
                line, used = piece, wide
            elif line:
                line, used = f"{line} {piece}", used + 1 + wide
            else:
                line, used = piece, wide
    yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    if columns(word) <= width:
        yield word
        return
    start = used = 0
    for index, char in enumerate(word):
        wide = _columns(char)
        if used + wide > width and index > start:
            yield word[start:index]
            start, used = index, 0
        used += wide
    yield word[start:]
