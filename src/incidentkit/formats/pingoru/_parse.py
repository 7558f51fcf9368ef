"""
Taking a Pingoru page apart: from text to the sections it is made of.

What is missing is passed over, what belongs nowhere is kept as loose text; nothing is
judged here, and no text at all is an error.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from incidentkit.formats.pingoru._shape import (
    DETECTED,
    HEAD_INDENT,
    HEADINGS,
    INDENT,
    LABELS,
    Document,
    Entry,
    title_kind,
)
from incidentkit.formats.pingoru._words import WORD_TO_STATUS, badges, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentkit.formats.pingoru._shape import Section

_COMPONENTS, _TIMELINE = (heading.lower() for heading in HEADINGS)
_HEADINGS: Final = frozenset({_COMPONENTS, _TIMELINE})
_LABELS: Final[Mapping[str, Section]] = {
    label.lower(): section for label, section in LABELS.items()
}
_TOP: Final[tuple[Section, ...]] = ("title", "name", "badges")

# Every repetition is bounded or of one kind, so that matching takes linear time.
_ENTRY: Final = re.compile(
    r"( {0,3})(\d{1,9})\. {1,4}([^\d\s]{1,40}(?: [^\d\s]{1,40}){0,2}) {1,4}"
    r"([A-Z][a-z]{2,8} {1,4}\d{1,2}, {1,4}\d{4},? {1,4}\d{1,2}:\d\d(?::\d\d)?"
    r"(?: ?[AaPp][Mm])?(?: [A-Za-z0-9+:-]{1,10})?) *",
    re.ASCII,
)
_INDENTED: Final = re.compile(f"^ {{1,{len(INDENT)}}}")
_SENTENCE: Final = re.compile(
    r"(.+?) (?:experienced|is experiencing|reported|has|is undergoing|underwent|"
    r"has cancelled) (?:an?|scheduled|maintenance) "
)


def summary_name(summary: str) -> str | None:
    """Whose page it is, by its sentence."""
    match = _SENTENCE.match(summary)
    return None if match is None else match[1]


def parse(text: str) -> Document:
    """The sections of a page; whatever is in none of them is in `text`."""
    told = lines(text)
    found: dict[Section, str] = {}
    places: dict[str, int] = {}
    loose: list[tuple[int, str]] = []
    components: tuple[str, ...] = ()

    def take(section: Section, at: int, value: str) -> None:
        found[section] = value
        places[section] = at + 1

    index = 0
    for section, at in _head(told):
        take(section, at, told[at].strip())
        index = at + 1
    start, index = _summary(told, index)
    if start < index:
        take("summary", start, " ".join(line.strip() for line in told[start:index]))
    while index < len(told) and not _is_timeline(told[index]):
        line = told[index].strip()
        facts = [fact for fact in _fact(told, index) if fact[0] not in found]
        if line.lower() == _COMPONENTS and not components:
            components, index = _block(told, index + 1)
            places["components"] = index + 1 - len(components)
            continue
        for fact in facts:
            take(*fact)
            index = max(index, fact[1])
        if line and not facts:
            loose.append((index, line))
        index += 1
    has_timeline = index < len(told) and told[index].strip().lower() == _TIMELINE
    entries, before = _entries(told, index + has_timeline)
    loose += before
    if loose:
        take("text", loose[0][0], "\n".join(line for _, line in loose))
    made = Document(
        components=components, entries=entries, has_timeline=has_timeline, places=places
    )
    return attrs.evolve(made, **cast("dict[str, Any]", found))


def _head(told: Sequence[str]) -> list[tuple[Section, int]]:
    """Which lines are the title, the name and the badges."""
    filled = list(islice((i for i, line in enumerate(told) if line.strip()), 3))
    # Where the third line has the badges, the first two are what they always are, even
    # if the incident is called "Update timeline".
    if len(filled) == len(_TOP) and _is_badges(told[filled[2]].strip()):
        return list(zip(_TOP, filled, strict=True))
    # And a title is one, even of a page called "Detected by us".
    plain = [index for index in filled[:1] if title_kind(told[index].strip())]
    plain += takewhile(lambda at: not _is_marker(told, at), filled[len(plain) :])
    texts = [told[index].strip() for index in plain]
    head: list[tuple[Section, int]] = []
    if _starts_with_title(texts):
        head.append(("title", plain[0]))
    at = len(head)
    if at < len(plain) and not _is_badges(texts[at]) and not _is_sentence(texts[at]):
        head.append(("name", plain[at]))
        at += 1
    if at < len(plain) and _is_badges(texts[at]):
        head.append(("badges", plain[at]))
    return head


def _starts_with_title(texts: Sequence[str]) -> bool:
    if not texts or _is_badges(texts[0]) or _is_sentence(texts[0]):
        return False
    if title_kind(texts[0]) is not None:
        return True
    return len(texts) > 1 and not _is_badges(texts[1]) and not _is_sentence(texts[1])


def _summary(told: Sequence[str], index: int) -> tuple[int, int]:
    """Where the paragraph under the badges begins and ends, if there is one."""
    while index < len(told) and not told[index].strip():
        index += 1
    start = index
    # A page may be called "Detected by us".
    if index < len(told) and _is_sentence(told[index].strip()):
        index += 1
    while index < len(told) and told[index].strip() and not _is_marker(told, index):
        index += 1
    return start, index


def _fact(told: Sequence[str], index: int) -> list[tuple[Section, int, str]]:
    """What a label and the line after it say; nothing if it is no label."""
    line = told[index].strip()
    value = told[index + 1].strip() if index + 1 < len(told) else ""
    if _is_label(value) or value.lower() in _HEADINGS:
        value = ""
    facts: list[tuple[Section, int, str]] = []
    if line.lower().startswith(DETECTED.lower()):
        facts.append(("detector", index, line[len(DETECTED) :].strip()))
        if value:
            facts.append(("detected", index + 1, value))
    elif value and (section := _LABELS.get(line.lower())) is not None:
        facts.append((section, index + 1, value))
    return facts


def _is_label(line: str) -> bool:
    low = line.lower()
    return low in _LABELS or low.startswith(DETECTED.lower())


def _is_marker(told: Sequence[str], index: int) -> bool:
    """Whether a line begins a section that has a mark of its own."""
    low = told[index].strip().lower()
    return low in _HEADINGS or bool(_fact(told, index)) or _is_timeline(told[index])


def _is_timeline(line: str) -> bool:
    """Whether the timeline begins here: with its heading, else with an update."""
    if line.strip().lower() == _TIMELINE:
        return True
    match = _ENTRY.fullmatch(line)
    return match is not None and match[3].lower() in WORD_TO_STATUS


def _is_badges(line: str) -> bool:
    return badges(line) is not None


def _is_sentence(line: str) -> bool:
    return _SENTENCE.match(line) is not None and line.endswith(".")


def _block(told: Sequence[str], index: int) -> tuple[tuple[str, ...], int]:
    """The lines from the next one that is not blank to the next one that is."""
    while index < len(told) and not told[index].strip():
        index += 1
    start = index
    while index < len(told) and told[index].strip():
        if told[index].strip().lower() == _TIMELINE:
            break
        index += 1
    return tuple(line.strip() for line in told[start:index]), index


def _entries(
    told: Sequence[str], index: int
) -> tuple[tuple[Entry, ...], list[tuple[int, str]]]:
    """The updates from a line on, and what stands before the first of them."""
    heads: list[tuple[int, re.Match[str]]] = []
    last = 0
    for at in range(index, len(told)):
        match = _ENTRY.fullmatch(told[at])
        if match is not None and _is_next(match, last):
            heads.append((at, match))
            last = int(match[2])
    first = heads[0][0] if heads else len(told)
    before = [(at, told[at].strip()) for at in range(index, first) if told[at].strip()]
    ends = [at for at, _ in heads[1:]]
    entries = tuple(
        Entry(
            number=int(match[2]),
            word=match[3],
            time=match[4],
            body=_body(told[at + 1 : end]),
            line=at + 1,
        )
        for (at, match), end in zip(heads, [*ends, len(told)], strict=False)
    )
    return entries, before


def _is_next(match: re.Match[str], last: int) -> bool:
    """
    Whether a line that looks like the head of an update is one.

    Bodies hold numbered lists. A head has the next number, or a later one and a word we
    know; a word nobody knows is taken only where heads stand, two blanks in.
    """
    number = int(match[2])
    if match[3].lower() in WORD_TO_STATUS:
        return number > last
    return number == last + 1 and match[1] == HEAD_INDENT


def _body(told: Sequence[str]) -> str:
    """What an update says, without its indentation and the blank lines around it."""
    start, end = 0, len(told)
    while start < end and _is_layout(told[start]):
        start += 1
    while end > start and _is_layout(told[end - 1]):
        end -= 1
    return "\n".join(_INDENTED.sub("", line, count=1) for line in told[start:end])


def _is_layout(line: str) -> bool:
    return not line.strip() and not line.startswith(INDENT)
