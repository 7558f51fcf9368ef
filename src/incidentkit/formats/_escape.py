"""
What each kind of output cannot carry safely, and how it is made harmless.

Text in the model is verbatim and never to be trusted; one function for each sink
stands between the two. So far there is one sink: the terminal.
"""

from __future__ import annotations

import re
from typing import Final

# C0 and C1 but tab and line feed; marks, embeddings, overrides and isolates of
# https://www.unicode.org/reports/tr9/; the line and paragraph separator; halves of
# surrogate pairs; the tags of https://www.unicode.org/charts/PDF/UE0000.pdf
_ACTIVE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def terminal(text: str) -> str:
    r"""
    Text that a terminal shows and does not obey: nothing active is left in it.

    Control characters but tab and line feed, whatever turns the direction of writing,
    separators of lines, invisible tags and halves of characters become the escapes of
    a Python literal. Everything else stays as it is, backslashes too, so that doing it
    again changes nothing; what was escaped is for looking at, not for reading back.

    >>> print(terminal("API \x1b[2J down\u202e"))
    API \x1b[2J down\u202e
    """
    # Most text has none, and a search is cheaper than a substitution.
    return _ACTIVE.sub(_escape, text) if _ACTIVE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= 0xFF:  # noqa: PLR2004 - four digits hold so much - what two digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits hold so much
