"""
Text as the model holds it: verbatim, whatever Unicode scalar values it has.

Control characters, bidirectional marks and carriage returns stay, so that documents
come back as they were; each sink escapes what it cannot carry. Only half a surrogate
pair is refused: it is not a character, and no encoding can write it.
"""

from __future__ import annotations

import re

SURROGATES = re.compile("[\ud800-\udfff]")


def text(value: str) -> str:
    """
    The converter of every text: the text itself, plain if it is of a kind of its own.

    Raises:
        TypeError: not text.
        ValueError: it holds a lone surrogate.
    """
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"text is wanted, not {value!r}")
    if not value.isascii() and (half := SURROGATES.search(value)):
        raise ValueError(
            f"half a character (a lone surrogate) at index {half.start()}: "
            "no encoding can write it"
        )
    return value if value.__class__ is str else str.__str__(value)


def optional_text(value: str | None) -> str | None:
    """The converter of text that may be missing."""
    return None if value is None else text(value)


def shorten(value: str, width: int = 60) -> str:
    """One line of a text, short enough for a repr or a message."""
    return repr(value if len(value) <= width else value[: width - 1] + "…")
