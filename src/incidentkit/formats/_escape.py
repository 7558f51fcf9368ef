"""
What each kind of output cannot carry safely, and how it is made harmless.

Text in the model is verbatim and never to be trusted; one function for each sink
stands between the two: the terminal, the cell of a table, the properties of a
calendar.
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


# What makes a spreadsheet calculate, and how it may be led in. After a comma,
# semicolon, tab or line end a cell begins too, where the table is opened with another
# separator: https://owasp.org/www-community/attacks/CSV_Injection
_LEAD_IN: Final = '[ "\u00a0\u200b\u3000\ufeff]*'
_FORMULA: Final = "=+\\-@\x00\uff1d\uff0b\uff0d\uff20'"
_CELL_BEGINS: Final = re.compile(
    f"\\A(?={_LEAD_IN}[{_FORMULA}\t\r\n])|(?<=[,;\t\r\n])(?={_LEAD_IN}[{_FORMULA}])"
)
_CELL_DEFUSED: Final = re.compile(r"(?:\A|(?<=[,;\t\r\n]))'")


def csv_cell(text: str) -> str:
    """
    Text that a spreadsheet shows and does not calculate, wherever it cuts it.

    An apostrophe goes before what could begin a formula, at the beginning and after
    everything that may separate cells, and before an apostrophe there; so `csv_text`
    gives back every text exactly.

    >>> csv_cell("=1+1"), csv_cell("on; =2"), csv_cell("API - down")
    ("'=1+1", "on;' =2", 'API - down')
    """
    return _CELL_BEGINS.sub("'", text)


def csv_text(cell: str) -> str:
    """
    Text again, from what `csv_cell` made of it.

    >>> csv_text("'=1+1"), csv_text("it's")
    ('=1+1', "it's")
    """
    return _CELL_DEFUSED.sub("", cell)


# https://www.rfc-editor.org/rfc/rfc5545#section-3.1: CONTROL is all but the tab; a
# carriage return alone is what has injected properties into many a calendar.
_ICS_BREAK: Final = re.compile(r"\r\n|\r")
_ICS_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ICS_SPECIAL: Final = re.compile(r"[\\;,\n]")
_ICS_ESCAPED: Final = re.compile(r"\\([\\;,nN])")


def ics_clean(text: str) -> str:
    r"""
    Text as a calendar can hold it: lines end in `\n`, and no control but the tab.

    >>> ics_clean("two\r\nlines\x07")
    'two\nlines\ufffd'
    """
    return _ICS_CONTROL.sub("\ufffd", _ICS_BREAK.sub("\n", text))


def ics_text(text: str) -> str:
    r"""
    Text as the value of a property: RFC 5545, section 3.3.11.

    >>> print(ics_text("a, b; c\nSTATUS:CANCELLED"))
    a\, b\; c\nSTATUS:CANCELLED
    """
    return _ICS_SPECIAL.sub(_ics_escape, ics_clean(text))


def _ics_escape(match: re.Match[str]) -> str:
    return r"\n" if match[0] == "\n" else f"\\{match[0]}"


def ics_plain(value: str) -> str:
    r"""
    The text of a property's value: the inverse of `ics_text`.

    >>> ics_plain(r"a\, b\; c\nd")
    'a, b; c\nd'
    """
    return _ICS_ESCAPED.sub(_ics_unescape, value)


def _ics_unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


_ICS_CARET: Final = {"^": "^^", "\n": "^n", '"': "^'"}
_ICS_PARAM: Final = re.compile(r'[\^\n"]')
_ICS_PLAIN: Final = re.compile(r"\^([\^n'])")


def ics_param(text: str) -> str:
    """
    Text as the value of a parameter, in quotes where it needs them: RFC 6868.

    >>> print(ics_param("up"), ics_param('API: "x"'))
    up "API: ^'x^'"
    """
    value = _ICS_PARAM.sub(lambda match: _ICS_CARET[match[0]], ics_clean(text))
    return f'"{value}"' if any(mark in value for mark in ":;,") else value


def ics_param_text(value: str) -> str:
    """
    The text of a parameter's value: the inverse of `ics_param`, quotes taken off.

    >>> print(ics_param_text("API: ^'x^'"))
    API: "x"
    """
    marks = {said[1]: mark for mark, said in _ICS_CARET.items()}
    return _ICS_PLAIN.sub(lambda match: marks[match[1]], value)
