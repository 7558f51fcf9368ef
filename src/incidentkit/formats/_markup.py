r"""
Text in Markdown, inert: it shows as it is, and nothing of it is obeyed.

What CommonMark, GitHub, kramdown with Liquid or MyST would take for markup is escaped:
emphasis, code, links and the addresses that become links by themselves, images, HTML,
entities, footnotes, tables, mathematics, templates, and whatever begins a block at the
beginning of a line. Line breaks stay where they are.

>>> print(inline("*up* & <b>running</b>: see https://example.com/a_b"))
\*up\* & \<b\>running\</b\>: see https\://example.com/a\_b

Sources: https://spec.commonmark.org/0.31.2/, https://github.github.com/gfm/
"""

from __future__ import annotations

import re
from typing import Final

# Markup wherever it stands: of these, and only of ASCII punctuation, a backslash makes
# plain text (CommonMark, section 2.4).
_MARKUP: Final = re.compile(
    r"[\\`*_{}\[\]<>|~^$#]"
    # An entity; an address that becomes a link by itself.
    r"|&(?=[#A-Za-z])|:(?=//)|(?<=[Ww]{3})\."
)
# What begins a block, at the beginning of a line: lists, rules, underlined headings.
_BLOCK: Final = re.compile(r"[-+=:%@]|(?<=\d)[.)]")
_NUMBER: Final = re.compile(r"\d{1,9}(?=[.)])")
# Unseen, or with a meaning to a terminal or an editor: written as references, so that
# whoever reviews the source sees them.
_UNSEEN: Final = re.compile(
    "[\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
#: What no Markdown holds: a reference to it becomes U+FFFD (CommonMark, 2.3 and 2.5).
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
BREAK: Final = re.compile(r"\r\n|\n|\r")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_EDGE: Final = re.compile(r"^[ \t]|[ \t]$")


def one_line(text: str) -> str:
    """A text as one line holds it: each run of blanks and breaks is one blank."""
    return _BLANKS.sub(" ", text).strip(" ")


def inline(text: str) -> str:
    """A text that holds no line break, to stand within a line."""
    text = _MARKUP.sub(r"\\\g<0>", text)
    return _UNSEEN.sub(_reference, FORBIDDEN.sub("\ufffd", text))


def block(text: str) -> list[str]:
    r"""
    A text as lines of Markdown: its lines and paragraphs stay what they are.

    >>> print("\n".join(block("1. Restart\n# wait\n\n- done")))
    1\. Restart\
    \# wait
    <BLANKLINE>
    \- done

    Blank lines at its ends go, and several between two lines become one.
    """
    kept = reflowed(text)
    if not kept:
        return []
    told: list[str] = []
    for paragraph in kept.split("\n\n"):
        *lines, last = map(_line, paragraph.split("\n"))
        # A backslash at the end of a line is a line break.
        told += [*(f"{line}\\" for line in lines), last, ""]
    return told[:-1]


def reflowed(text: str) -> str:
    """A text as `block` keeps it: what a reader of the Markdown gets back."""
    paragraphs = re.split(r"\n{2,}", BREAK.sub("\n", text).strip("\n"))
    return "\n\n".join(paragraphs)


def _line(text: str) -> str:
    """A line that begins no block, and keeps the blanks at its ends."""
    number = _NUMBER.match(text)
    at = 0 if number is None else number.end()
    told = inline(text)
    if _BLOCK.match(told, at):
        told = f"{told[:at]}\\{told[at:]}"
    return _EDGE.sub(_reference, told)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
