"""
The body of an issue: Markdown in which updates stand by convention, and the way back.

There is no machine timeline. By the theme's examples an update is a paragraph that
begins with a word in emphasis and ends with a shortcode that shows its time:

    *Resolved* - All good. {{< track "2018-04-13 17:30:00" >}}

The newest stands first. People do otherwise: the time first or on a line of its own,
items of a list without a word, `[Final Message]` in brackets and no time at all,
updates that are commented out, a post-mortem closed by a line of hyphens.

Sources: https://github.com/cstate/cstate (exampleSite, layouts/shortcodes),
https://github.com/jenkins-infra/status, https://gohugo.io/content-management/shortcodes/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._vocabulary import IncidentStatus
from incidentkit.formats.cstate._words import LONGEST, is_known, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TRACK: Final = re.compile(
    r"""\{\{[<%][ \t]{0,9}track[ \t]{1,9}["'`]?([^"'`<>%{}\n]{1,80}?)["'`]?"""
    r"[ \t]{0,9}[>%]\}\}"
)
# A label in emphasis, or in brackets that are no link; what follows tells it from text.
_EMPHATIC: Final = re.compile(
    rf"(\*{{1,3}}|_{{1,3}})(?P<label>[^*_\n]{{1,{LONGEST}}})(?:\*{{1,3}}|_{{1,3}})"
    r"(?P<colon>:?)"
)
_BRACKETED: Final = re.compile(rf"\[(?P<label>[^\[\]\n]{{1,{LONGEST}}})\](?![(\[:])")
_BARE: Final = re.compile(rf"(?P<label>[^\W\d_][^:\n]{{1,{LONGEST}}}):[ \t]*$")
_DASH: Final = re.compile(
    r"[ \t]+[-\u2013\u2014|](?=[ \t]|$)[ \t]?|[ \t]*:(?=[ \t]|$)[ \t]?"
)
_RULE: Final = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+")
_BREAK: Final = re.compile(r"\r\n|\n")


@attrs.frozen
class Piece:
    """A piece of a body that may be an update, as the text has it."""

    line: int
    """The line it begins on, within the body, from 0."""
    label: str | None
    """The word or words that it begins with."""
    time: str | None
    """What its `track` holds."""
    text: str
    """What it says, without both."""

    @property
    def is_postmortem(self) -> bool:
        """Whether it is a post-mortem that stands apart from the updates."""
        return (
            self.time is None
            and self.label is not None
            and status_of(self.label) is IncidentStatus.POSTMORTEM
        )


def comments(body: str) -> list[tuple[int, str]]:
    """What is commented out, each with its line within the body."""
    told: list[tuple[int, str]] = []
    line = at = 0
    for found in _COMMENT.finditer(body):
        line += body.count("\n", at, found.start())
        at = found.start()
        told.append((line, found[0]))
    return told


def pieces(body: str) -> list[Piece]:
    """
    The pieces of a body, in the order of the document.

    A body in which nothing looks like an update is one piece; an empty one is none.
    """
    reader = _Reader()
    masked = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)
    lines = zip(_BREAK.split(body), _BREAK.split(masked), strict=True)
    for number, (raw, line) in enumerate(lines):
        # A line that was a comment is no line at all: it does not end a paragraph.
        if raw == line or line.strip():
            reader.take(number, line)
    return list(_joined(reader.finish()))


def _joined(found: list[Piece]) -> Iterator[Piece]:
    """What has neither a label nor a time belongs to what stands before it."""
    held: Piece | None = None
    for piece in found:
        if held is None:
            held = piece
        elif piece.label is None and piece.time is None and not held.is_postmortem:
            held = attrs.evolve(held, text=f"{held.text}\n\n{piece.text}".strip())
        else:
            yield held
            held = piece
    if held is not None:
        yield held


class _Reader:
    """Takes a body line by line, and closes a piece where the next begins."""

    def __init__(self) -> None:
        self._done: list[Piece] = []
        self._fence: str | None = None
        self._begin(0)

    def _begin(self, number: int, label: str | None = None) -> None:
        self._line = number
        self._label = label
        self._time: str | None = None
        self._lines: list[str] = []
        # Whether a blank line stands after its time: nothing more belongs to it then.
        self._is_over = False
        self._is_item = False
        self._was_blank = True
        self._has_text = False

    def finish(self) -> list[Piece]:
        self._close()
        return self._done

    def _close(self) -> None:
        text = _stripped("\n".join(self._lines))
        if self._is_item and "\n" not in text:
            text = _ITEM.sub("", text, count=1)
        label = self._label
        if label is None and self._time is not None:
            first, _, rest = text.partition("\n")
            if lead := _lead(first):
                label, text = lead[0], _stripped(f"{lead[1]}\n{rest}")
        if label is not None or self._time is not None or text:
            self._done.append(Piece(self._line, label, self._time, text))

    def take(self, number: int, line: str) -> None:
        if self._fence is not None:
            self._lines.append(line)
            if line.strip().startswith(self._fence) and not line.strip(" `~\t"):
                self._fence = None
            return
        if not line.strip():
            self._is_over = self._time is not None and self._has_text
            if self._lines:
                self._lines.append("")
            self._was_blank = True
            return
        if self._was_blank and _RULE.match(line) and self._ends_here():
            self._close()
            self._begin(number + 1)
            return
        self._text(number, line)
        self._was_blank = False

    def _ends_here(self) -> bool:
        label = self._label
        is_postmortem = (
            label is not None and status_of(label) is IncidentStatus.POSTMORTEM
        )
        return self._time is not None or is_postmortem

    def _text(self, number: int, line: str) -> None:
        lead = _lead(line)
        if lead is not None and is_known(lead[0]):
            self._close()
            self._begin(number, lead[0])
            line = lead[1]
        elif self._time is not None and (
            self._is_over or _ITEM.match(line) or _TRACK.search(line)
        ):
            self._close()
            self._begin(number)
        if not self._lines:
            self._line = number
            self._is_item = self._label is None and _ITEM.match(line) is not None
        found = _TRACK.search(line)
        if found is not None and self._time is None:
            self._time = found[1].strip()
            line = _without(line, found)
        fence = _FENCE.match(line)
        if fence is not None:
            self._fence = fence[1]
        self._lines.append(line)
        self._has_text = self._has_text or bool(line.strip())


def _without(line: str, found: re.Match[str]) -> str:
    """A line without its time, nor the line break that stood before that."""
    before = line[: found.start()].rstrip(" \t\\")
    after = line[found.end() :].lstrip(" \t")
    return f"{before} {after}" if before and after else before + after


def _lead(line: str) -> tuple[str, str] | None:
    """The label that a line begins with, and the rest of the line."""
    found = _EMPHATIC.match(line)
    if found is not None:
        label, rest = found["label"].strip(), line[found.end() :]
        is_lead = bool(found["colon"]) or label.endswith(":") or not rest.strip()
        dash = _DASH.match(rest)
        if dash is not None:
            return label.rstrip(":"), rest[dash.end() :]
        if is_lead or _TRACK.match(rest.lstrip(" \t")):
            return label.rstrip(":"), rest.removeprefix(" ")
        return None
    found = _BRACKETED.match(line)
    if found is not None:
        rest = line[found.end() :]
        dash = _DASH.match(rest)
        return found["label"].strip(), rest[dash.end() :] if dash else rest.lstrip(" ")
    found = _BARE.match(line)
    return None if found is None else (found["label"].strip(), "")


def _stripped(text: str) -> str:
    """A text without blank lines at its ends, nor lines of hyphens after the last."""
    lines = text.strip().split("\n")
    while len(lines) > 1 and not lines[-2].strip() and _RULE.match(lines[-1]):
        del lines[-1]
        while lines and not lines[-1].strip():
            del lines[-1]
    return "\n".join(lines).rstrip()


# -- writing ---------------------------------------------------------------------------

_SHORTCODE: Final = re.compile(r"\{(?=\{[<%])")
# Raw HTML, which the theme passes through; <https://…> is a link and stays.
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)")
# A link whose address is none of the usual ones: javascript: and its like.
_LINK: Final = re.compile(
    r"\](?=\(|:)(?![(:]\s*<?(?:https?://|mailto:|/(?!/)|#|\.|\?|[\w-]+(?:[/.)#?]|$)))"
)
_OWN_LINE: Final = re.compile(
    r" {0,3}(?:#|>|`{3}|~{3}|\||[-*+][ \t]|\d{1,9}[.)][ \t])| {4}|\t"
)


def rendered(label: str, time: str | None, text: str) -> str:
    """
    A piece as the theme's examples have it.

    What Hugo would obey in its text is made harmless, and so is what would look like
    the beginning of another update: they show as they were written.
    """
    track = "" if time is None else f'{{{{< track "{time}" >}}}}'
    head = f"*{label}*"
    if not text:
        return f"{head} {track}".rstrip()
    stands_alone = _OWN_LINE.match(text) is not None
    told = harmless(text, begins_line=stands_alone)
    joint = "\n\n" if stands_alone else " - "
    # A fence ends only on a line of its own.
    end = "\n" if _FENCE.match(told.rpartition("\n")[2]) else " "
    return f"{head}{joint}{told}{end}{track}".rstrip()


def is_label(label: str) -> bool:
    """Whether a label, written, is read as that label."""
    return _lead(f"*{label}* - ") == (label, "")


def harmless(text: str, *, begins_line: bool = True) -> str:
    """
    A text that Hugo and this reader take for nothing but text.

    Args:
        text: what it says.
        begins_line: whether its first line will begin one.
    """
    text = _SHORTCODE.sub("&#123;", text)
    text = _TAG.sub("&lt;", text)
    text = _LINK.sub("&#93;", text)
    lines: list[str] = []
    fence: int | None = None
    mark = ""
    for number, line in enumerate(_BREAK.split(text)):
        told = line
        if fence is not None:
            if line.strip().startswith(mark) and not line.strip(" `~\t"):
                fence = None
        elif found := _FENCE.match(line):
            fence, mark = number, found[1]
        elif (lead := _lead(line)) is not None and is_known(lead[0]):
            told = _unled(line)
        elif _RULE.match(line):
            told = "\\" + line.lstrip(" ")
        lines.append(told if number or begins_line else line)
    if fence is not None:
        # It never ends, and would take in all that follows.
        lines[fence] = lines[fence].replace(mark, f"\\{mark}", 1)
    return "\n".join(lines)


def _unled(line: str) -> str:
    if line[0] in "*_[":
        return "\\" + line
    before, _, after = line.rpartition(":")
    return f"{before}\\:{after}"
