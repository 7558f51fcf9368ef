"""
The JSON within the vendor's pages for people.

A page holds two kinds: `window.uptimeData = {…}` (older pages: `var uptimeData = {…}`)
in a script, and, on `/history` and `/uptime`, the attribute `data-react-props` with the
document as HTML-escaped JSON. Nothing of the markup is parsed: both are found by their
names, and what is found must be JSON of the right kind.
"""

from __future__ import annotations

import html
import json
import re
from itertools import islice
from typing import TYPE_CHECKING, cast

from incidentkit.errors import MalformedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

# An alias stands beside it, `var uptimeData = window.uptimeData;`, without a brace.
_VARIABLE = re.compile(r"(?:window\.|var\s{1,8})uptimeData\s{0,8}=\s{0,8}(?=\{)")
# What such a page does not have may be looked for to its end, once for each quote.
_PROPS = re.compile(r"""data-react-props=(?:"([^"]*)"|'([^']*)')""")
# Of a broken one the decoder counts the lines before it: a hostile page has many.
_TRIES = 4
_WANTED = ('"months"', '"page_status"', '"component"')
#: What tells the vendor's pages from any other, near the beginning.
_MARKS = ("data-react-props=", "uptimeData", "dka575ofm4ao0.cloudfront.net")
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|div|script)\b", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether a text begins like one of the vendor's pages for people."""
    return _HTML.match(text) is not None and any(mark in text for mark in _MARKS)


def embedded(data: bytes) -> bytes:
    """
    The JSON within a page: the first that is a document of the vendor's.

    Raises:
        MalformedDocument: there is none, or the page is not UTF-8.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise MalformedDocument(f"byte {error.start}", "not UTF-8") from None
    found = next(_documents(text), None)
    if found is None:
        reason = (
            "a page for people, with none of the vendor's data in it: it may have "
            "moved; ask for /api/v2/summary.json, or read a feed as one"
        )
        raise MalformedDocument("$", reason)
    return found.encode()


def _documents(text: str) -> Iterator[str]:
    for match in _PROPS.finditer(text):
        props = html.unescape(cast("str", match[1] or match[2] or ""))
        if _WANTED[0] in props and any(key in props for key in _WANTED[1:]):
            yield props
    for match in islice(_VARIABLE.finditer(text), _TRIES):
        try:
            _, end = json.JSONDecoder().raw_decode(text, match.end())
        except ValueError:
            continue
        yield text[match.end() : end]
