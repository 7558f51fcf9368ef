"""The words of HTML, for items of other people's feeds that have no plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

#: Tags and what stands between them: in turns, and in one pass.
_TAGS: Final = re.compile(r"(<[^<>]*>)")
_NAME: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE | re.ASCII)
#: What stands on lines of its own.
_BLOCKS: Final = frozenset(
    {"br", "div", "h1", "h2", "h3", "h4", "li", "ol", "p", "pre", "table", "tr", "ul"}
)
#: What is not for reading.
_UNSEEN: Final = frozenset({"script", "style", "template"})


def text_of(html: str) -> str:
    r"""
    The words of HTML, its blocks on lines of their own.

    >>> text_of("<p>We are <b>on</b> it.</p><p>More &amp; more</p>")
    'We are on it.\nMore & more'
    """
    said: list[str] = []
    unseen = 0
    for piece in _TAGS.split(html):
        tag = _NAME.match(piece)
        if tag is None:
            if not unseen and not piece.startswith("<!"):
                said.append(unescape(" ".join(re.split(r"[ \t\r\n]+", piece))))
        elif tag[2].lower() in _BLOCKS:
            said.append("\n")
        elif tag[2].lower() in _UNSEEN:
            unseen = max(0, unseen - 1 if tag[1] else unseen + 1)
    lines = (line.strip(" ") for line in "".join(said).split("\n"))
    return "\n".join(line for line in lines if line)
