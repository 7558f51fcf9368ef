"""
JSON as the theme's templates print it: broken where a text breaks it, and repaired.

They print a document as text, so that a quotation mark in a title or a line break in a
description breaks it, and older ones left a comma before a closing bracket. All texts
of a document stand on lines of their own, so that what was meant is plain.

Source: https://github.com/cstate/cstate/issues/204
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, cast

from incidentkit._frozen import DEPTH
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._wire import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from incidentkit.formats._format import Source

_BEGUN: Final = re.compile(r'^\s*"\w{1,40}": ?"')
_LINE: Final = re.compile(
    r'^(?P<key>\s*"\w{1,40}": ?)"(?P<text>.*)"(?P<end>,?\s*)$', re.DOTALL
)
_COMMA: Final = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])')


def decoded(text: str, source: Source) -> object:
    """
    What a built document holds, repaired where it must be.

    Raises:
        MalformedDocument: it is no JSON even then.
        LimitExceeded: it nests deeper than `source.limits` allow.
    """
    document = _decoded(text, source)
    _check_depth(document, source)
    return document


def _decoded(text: str, source: Source) -> object:
    try:
        return parse(text.encode(), object)
    except LimitExceeded:
        raise
    except MalformedDocument as error:
        repaired = _repaired(text)
        try:
            document = parse(repaired.encode(), object)
        except LimitExceeded:
            raise
        except MalformedDocument:
            # The document is told as it was given, not as we have changed it.
            raise error from None
    detail = "quotation marks, line breaks or commas that JSON does not allow there"
    source.report.add("document.repaired", "$", detail)
    return document


def _repaired(text: str) -> str:
    lines = [_mended(line) for line in _joined(text)]
    return _COMMA.sub(lambda found: found[1] or "", "\n".join(lines))


def _joined(text: str) -> Iterator[str]:
    """The lines, those of a text that goes on joined to where it begins."""
    held: list[str] = []
    for line in text.split("\n"):
        if held:
            held.append(line)
        elif (begun := _BEGUN.match(line)) and not _is_ended(line[begun.end() :]):
            held = [line]
        else:
            yield line
            continue
        if len(held) > 1 and _is_ended(line):
            yield "\n".join(held)
            held = []
    yield from held


def _is_ended(line: str) -> bool:
    return line.rstrip().removesuffix(",").rstrip().endswith('"')


def _mended(line: str) -> str:
    found = _LINE.match(line)
    if found is None:
        return line
    try:
        parse(f'"{found["text"]}"'.encode(), str)
    except MalformedDocument:
        return f"{found['key']}{json.dumps(found['text'])}{found['end']}"
    return line


def _check_depth(document: object, source: Source) -> None:
    depth = 0
    level: list[object] = [document]
    while level:
        depth += 1
        if depth > min(source.limits.depth, DEPTH - 1):
            raise LimitExceeded("$", f"nested more than {depth - 1} deep")
        level = [inner for value in level for inner in _inner(value)]


def _inner(value: object) -> Iterable[object]:
    """What a value holds; nothing, where it is none that holds anything."""
    if isinstance(value, dict):
        return cast("Mapping[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()
