"""
Component names that run together, and taking them apart again.

`Kalix PlatformTelehealthOnline Schedulers` is one line of a real page: its names stood
in boxes of their own, and the text of the page has lost the boxes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A longer line is not taken apart: no page has a thousand components in a row.
LONGEST: Final = 20_000
#: A longer name is not looked for.
_LONGEST_NAME: Final = 200
#: How many places of " and " are tried in a sentence.
_TRIED: Final = 100

_AFFECTING: Final = " affecting "
_AND: Final = " and "
_MORE: Final = re.compile(r" and \d{1,6} more components?$", re.ASCII)
_ENDS: Final = (", lasting ", ", expected to last ", ". The ", ".")


class Split(NamedTuple):
    """The names in a line, and the code of the finding that is due, if any."""

    names: tuple[str, ...]
    code: str | None = None


def split(line: str, summary: str, known: Iterable[str] = ()) -> Split:
    """
    The names in a line.

    Names that are known cover it, the longest first; what they leave over is a name of
    its own. Where none are known, the sentence of the page may name them all. Else it
    may name the first two, and the rest is taken apart where a capital follows a small
    letter: a guess, for some names have capitals inside.

    >>> split("GitHub ActionsCopilot", "", ["Copilot", "GitHub Actions"]).names
    ('GitHub Actions', 'Copilot')
    >>> split("GitHub ActionsCopilot", "")
    Split(names=('Git', 'Hub Actions', 'Copilot'), code='components.split')

    Args:
        line: what the page shows under its heading.
        summary: the page's own sentence.
        known: the names that the page's components have, if the caller knows.
    """
    if len(line) > LONGEST:
        return Split((line,), "components.unsplit")
    if names := {name for name in known if 0 < len(name) <= _LONGEST_NAME}:
        return _covered(line, names)
    told, all_told = _told(line, summary)
    if all_told:
        return Split(told)
    rest = line[len("".join(told)) :]
    names_found = (*told, *_at_capitals(rest))
    if len(names_found) == 1:
        return Split(names_found)
    return Split(names_found, "components.split")


def _told(line: str, summary: str) -> tuple[tuple[str, ...], bool]:
    """The names at the start of a line that a sentence tells, and whether it is all."""
    if any(f"{_AFFECTING}{line}{end}" in summary for end in _ENDS):
        return (line,), True
    listed = summary.partition(_AFFECTING)[2]
    for end in _ENDS:
        if end in listed:
            listed = listed.partition(end)[0]
            break
    two, more = _MORE.subn("", listed)
    if len(two) > len(line) + len(_AND):
        return (), False
    at = two.find(_AND)
    for _ in range(_TRIED):
        if at < 0:
            break
        first, second = two[:at], two[at + len(_AND) :]
        together = first + second
        if (
            first
            and second
            and (line.startswith(together) if more else line == together)
        ):
            return (first, second), not more
        at = two.find(_AND, at + 1)
    return (), False


def _at_capitals(line: str) -> Sequence[str]:
    cuts = [
        index
        for index in range(1, len(line))
        if line[index - 1].islower() and line[index].isupper()
    ]
    pieces = [
        line[start:end].strip()
        for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)
    ]
    return [piece for piece in pieces if piece]


def _covered(line: str, names: set[str]) -> Split:
    lengths = sorted(set(map(len, names)), reverse=True)
    # From the right: the longest name that begins here and leaves a rest of names. What
    # follows the end of the line is nothing, and nothing is covered.
    taken: list[int | None] = [None] * len(line) + [0]
    for index in range(len(line) - 1, -1, -1):
        for length in lengths:
            end = index + length
            if end <= len(line) and taken[end] is not None and line[index:end] in names:
                taken[index] = length
                break
    if taken[0] is not None:
        return Split(tuple(_cut(line, [length or 0 for length in taken])))
    return Split(tuple(_greedily(line, names, lengths)), "components.unsplit")


def _cut(line: str, taken: Sequence[int]) -> Iterable[str]:
    index = 0
    while index < len(line):
        yield line[index : index + taken[index]]
        index += taken[index]


def _greedily(line: str, names: set[str], lengths: Sequence[int]) -> Iterable[str]:
    index = rest = 0
    while index < len(line):
        met = next((n for n in lengths if line[index : index + n] in names), 0)
        if not met:
            index += 1
            continue
        if left_over := line[rest:index].strip():
            yield left_over
        yield line[index : index + met]
        index += met
        rest = index
    if left_over := line[rest:].strip():
        yield left_over
