"""
YAML front matter: read with every scalar as text, and edited without being rewritten.

YAML guesses what a scalar is (`no` is false, `12:30:45` is 45045), lets a document
refer to itself, and takes the last of two equal keys without a word. Here nothing is
guessed, anchors, aliases and tags are refused, and a repeated key is a finding. What
is not changed keeps its spelling to the byte, comments and quotes included.

Reading takes PyYAML, the extra `yaml`; writing takes nothing.

Sources: https://yaml.org/spec/1.1/, https://gohugo.io/content-management/front-matter/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

import attrs

from incidentkit._frozen import FrozenMapping
from incidentkit._text import SURROGATES
from incidentkit.errors import LimitExceeded, MalformedDocument, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from incidentkit._finding import Report
    from incidentkit.formats._format import Limits

#: How deep values may nest: no front matter goes beyond three or four.
DEPTH: Final = 32

#: How long front matter may be, in characters: PyYAML takes its time.
LONGEST: Final = 262_144
#: Where a caller limits bytes, front matter may be this part of them.
_PART: Final = 128

#: What YAML 1.1 takes for nothing at all, unquoted.
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_FENCE: Final = re.compile(r"---[ \t]*(?:\r?\n|\Z)")


class Parts(NamedTuple):
    """A document in four pieces, which joined are the document again."""

    opening: str
    """The line of hyphens that begins it."""
    matter: str
    """The YAML between the lines of hyphens."""
    closing: str
    """The line of hyphens that ends it."""
    body: str
    """All that follows."""


@attrs.frozen
class Scalar:
    """A scalar as text, whatever YAML would take it for."""

    text: str
    """What it says; empty where nothing stands."""
    line: int = attrs.field(default=0, eq=False)
    """The line of the document that it stands on."""
    is_null: bool = False
    """Whether nothing stands there, or an unquoted `null`."""


Node: TypeAlias = "Scalar | tuple[Node, ...] | Mapping[str, Node]"
"""A value: a scalar, a sequence or a mapping."""

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value] | None"
"""A value without its place: what extras can hold."""


class Entry(NamedTuple):
    """A key of the outermost mapping, what it holds, and where."""

    value: Node
    """What it holds."""
    line: int
    """The line of its key."""
    start: int
    """Where its key begins, in the text."""
    colon: int
    """Where what it holds begins: right after the colon."""
    end: int
    """Where what it holds ends; a comment may follow on the line."""


@attrs.frozen(eq=False)
class FrontMatter:
    """YAML front matter: its text, and what the keys of it hold."""

    text: str
    """The YAML, without the lines of hyphens."""
    entries: Mapping[str, Entry]
    """The keys of the outermost mapping, in order."""

    def get(self, key: str) -> Node | None:
        """What a key holds; None where it is absent."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def line(self, key: str) -> int:
        """The line of a key; where it is absent, the first."""
        entry = self.entries.get(key)
        return 1 if entry is None else entry.line


EMPTY: Final = FrontMatter("", {})


def split(document: str) -> Parts | None:
    r"""
    Take a document apart; None if it does not begin with front matter that ends.

    >>> split("---\ntitle: Down\n---\nWe know.\n").matter
    'title: Down\n'
    """
    opening = _FENCE.match(document)
    if opening is None:
        return None
    at = opening.end()
    while at < len(document):
        closing = _FENCE.match(document, at)
        if closing is not None:
            matter = document[opening.end() : at]
            return Parts(opening[0], matter, closing[0], document[closing.end() :])
        following = document.find("\n", at)
        if following < 0:
            break
        at = following + 1
    return None


def longest(limits: Limits) -> int:
    """How long front matter may be, by what a caller is ready to take on."""
    return max(limits.bytes // _PART, LONGEST // 4)


def parse(
    text: str, report: Report, *, first_line: int = 1, limit: int = LONGEST
) -> FrontMatter:
    """
    Read YAML as a mapping of keys to values, every scalar as text.

    Args:
        text: the YAML, without the lines of hyphens.
        report: where a key that stands twice is told, and half a character.
        first_line: the line of the document that the text begins on.
        limit: how long the text may be, in characters; see `longest`.

    Raises:
        MalformedDocument: it is not YAML, not a mapping, or has an anchor, an alias, a
            tag or a key that is no scalar.
        LimitExceeded: it is longer than `limit`, or nests deeper than `DEPTH`.
        MissingExtra: PyYAML is not installed.
    """
    yaml = _yaml()
    if len(text) > limit:
        reason = f"{len(text)} characters of YAML, and the limit is {limit}"
        raise LimitExceeded(f"line {first_line}", reason)
    builder = _Builder(report, first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event, type(event).__name__)
    except yaml.YAMLError as error:
        place = f"line {first_line + _mark_line(error)}"
        raise MalformedDocument(place, f"not YAML: {_problem(error)}") from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, MalformedDocument):
            raise
        # An escape such as "\UFFFFFFFF" gets out of PyYAML as what chr() makes of it.
        raise MalformedDocument(f"line {first_line}", f"not YAML: {error}") from None
    return FrontMatter(text, builder.entries)


def plain(node: Node | None) -> Value:
    """A value without its place, frozen, as extras hold it."""
    if node is None or isinstance(node, Scalar):
        return None if node is None or node.is_null else node.text
    if isinstance(node, tuple):
        return tuple(map(plain, node))
    return FrozenMapping({key: plain(held) for key, held in node.items()})


def _yaml() -> ModuleType:
    try:
        import yaml  # noqa: PLC0415 - an extra is loaded when it is needed
    except ImportError:
        raise MissingExtra("yaml", "YAML front matter") from None
    return yaml


def _mark_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return 0 if mark is None else int(mark.line)


def _problem(error: Exception) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    return str(problem or "it cannot be read")


# -- from events to values -------------------------------------------------------------


@attrs.define
class _Frame:
    """A collection that has begun and not ended."""

    items: list[Node] | None
    """What a sequence holds so far; None for a mapping."""
    pairs: dict[str, Node]
    """What a mapping holds so far."""
    line: int
    key: str | None = None
    """The key of a mapping that waits for its value."""


class _Builder:
    """Takes the events of PyYAML one by one: no recursion, whatever the document."""

    def __init__(self, report: Report, first_line: int) -> None:
        self.entries: dict[str, Entry] = {}
        self._report = report
        self._first_line = first_line
        self._stack: list[_Frame] = []
        self._key_start = self._key_end = self._key_line = 0
        self._end = 0
        self._documents = 0

    def take(self, event: Any, kind: str) -> None:  # noqa: ANN401 - untyped in PyYAML
        line = self._first_line + event.start_mark.line
        if kind == "AliasEvent" or getattr(event, "anchor", None) is not None:
            raise MalformedDocument(f"line {line}", "anchors and aliases are not read")
        if getattr(event, "tag", None) is not None:
            raise MalformedDocument(f"line {line}", "tags are not read")
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise MalformedDocument(f"line {line}", "one YAML document is wanted")
        if kind == "ScalarEvent":
            self._scalar(event, line)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._begin(line, is_mapping=kind == "MappingStartEvent")
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._finish(event)

    def _begin(self, line: int, *, is_mapping: bool) -> None:
        if not self._stack and not is_mapping:
            self._refuse_other(line)
        if len(self._stack) >= DEPTH:
            raise LimitExceeded(f"line {line}", f"nested more than {DEPTH} deep")
        if self._stack and self._stack[-1].items is None and not self._awaits_value:
            raise MalformedDocument(f"line {line}", "a key that is no scalar")
        self._stack.append(_Frame(None if is_mapping else [], {}, line))

    @property
    def _awaits_value(self) -> bool:
        return self._stack[-1].key is not None

    def _refuse_other(self, line: int) -> None:
        raise MalformedDocument(f"line {line}", "a mapping of keys to values is wanted")

    def _scalar(self, event: Any, line: int) -> None:  # noqa: ANN401 - untyped in PyYAML
        if not self._stack:
            self._refuse_other(line)
        text = str(event.value)
        is_null = event.style is None and text in _NULLS
        if SURROGATES.search(text):
            detail = "half a character became U+FFFD"
            self._report.add("text.surrogate", f"line {line}", detail)
            text = SURROGATES.sub("\ufffd", text)
        frame = self._stack[-1]
        if frame.items is None and frame.key is None:
            frame.key = text
            if len(self._stack) == 1:
                self._key_start = event.start_mark.index
                self._key_end = event.end_mark.index
                self._key_line = line
            return
        self._end = event.end_mark.index
        self._put(Scalar("" if is_null else text, line, is_null))

    def _finish(self, event: Any) -> None:  # noqa: ANN401 - untyped in PyYAML
        frame = self._stack.pop()
        # The end of a flow collection is its bracket; of a block, its last scalar.
        self._end = max(
            self._end,
            event.end_mark.index
            if event.end_mark.index > event.start_mark.index
            else 0,
        )
        if self._stack:
            self._put(frame.pairs if frame.items is None else tuple(frame.items))

    def _put(self, node: Node) -> None:
        frame = self._stack[-1]
        if frame.items is not None:
            frame.items.append(node)
            return
        key, frame.key = cast("str", frame.key), None
        if key in frame.pairs:
            detail = "a key stands twice; the last counts"
            line = self._key_line if len(self._stack) == 1 else frame.line
            self._report.add("key.duplicate", f"line {line}", detail, key)
        frame.pairs[key] = node
        if len(self._stack) == 1:
            self.entries[key] = Entry(
                node, self._key_line, self._key_start, self._key_end, self._end
            )


# -- writing ---------------------------------------------------------------------------

# Unquoted, these are nothing but text to every reader of YAML: no indicator at the
# start, no colon before a blank, no comment.
_PLAIN: Final = re.compile(r"[^\W_](?:[\w .,/()&'+;!?-]|:(?=[^\s,\]}]))*(?<! )")
# Unquoted, a reader may take these for something else than text: words of YAML 1.1,
# numbers, dates, times.
_TYPED: Final = re.compile(
    r"(?:true|false|yes|no|on|off|y|n|null|nan|inf)|(?=.*\d)[\d._:,+\-TZXO A-F]*",
    re.IGNORECASE,
)
# What PyYAML refuses, what YAML takes for a line break, and what shows as nothing.
_ESCAPED: Final = re.compile(
    r'["\\\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff'
    r"\ufeff\ufff0-\uffff\U000e0000-\U000e007f]"
)
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, is_text: bool = True) -> str:
    """
    A scalar as YAML has it: plain where nothing could mistake it, else in quotes.

    >>> print(scalar("API down"), scalar("no"), scalar("no", is_text=False))
    API down "no" no

    Args:
        text: what it says.
        is_text: whether it must stay text; else it may be the number, the date or the
            word that it looks like.
    """
    is_typed = text in _NULLS or (is_text and _TYPED.fullmatch(text))
    if _PLAIN.fullmatch(text) and not is_typed:
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code <= 0xFF:  # noqa: PLR2004 - what two digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - what four digits hold


def line(key: str, value: Value, *, is_text: bool = True) -> str:
    r"""
    A key and what it holds, as lines of their own.

    >>> line("affected", ("API", "Web"))
    'affected:\n  - API\n  - Web\n'
    """
    return f"{scalar(key)}:{_held(value, is_text=is_text)}\n"


def _held(value: Value, *, is_text: bool) -> str:
    if value is None:
        return ""
    if (
        isinstance(value, tuple)
        and value
        and all(isinstance(one, str) for one in value)
    ):
        texts = cast("tuple[str, ...]", value)
        return "".join(f"\n  - {scalar(one, is_text=is_text)}" for one in texts)
    return f" {_flow(value, is_text=is_text)}"


def _flow(value: Value, *, is_text: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        # Within brackets a comma ends a plain scalar.
        return scalar(value, is_text=is_text or "," in value)
    if isinstance(value, tuple):
        return f"[{', '.join(_flow(one, is_text=is_text) for one in value)}]"
    pairs = (
        f"{scalar(key)}: {_flow(held, is_text=is_text)}" for key, held in value.items()
    )
    return f"{{{', '.join(pairs)}}}"


def edited(
    matter: FrontMatter,
    changes: Mapping[str, str | None],
    order: Sequence[str],
) -> str | None:
    r"""
    The text with some keys set or taken out, and every other byte as it was.

    Args:
        matter: what to edit.
        changes: by key, its lines as `line` gives them; None takes the key out.
        order: the usual order of keys, which says where a new one goes: after the
            nearest before it that is there.

    Returns:
        The text; None where it is not one key a line and cannot be edited so.
    """
    if any(not _is_alone(matter.text, entry) for entry in matter.entries.values()):
        return None
    newline = "\r\n" if "\r\n" in matter.text else "\n"
    text = matter.text
    if text and not text.endswith("\n"):
        text += newline
    # From the end, so that what is before stays where it is.
    edits = sorted(_edits(matter, changes, order, text), reverse=True)
    for start, end, new in edits:
        text = text[:start] + new.replace("\n", newline) + text[end:]
    return text


def _is_alone(text: str, entry: Entry) -> bool:
    """Whether a key begins its line."""
    return entry.start == 0 or text[entry.start - 1] == "\n"


def _edits(
    matter: FrontMatter,
    changes: Mapping[str, str | None],
    order: Sequence[str],
    text: str,
) -> Iterator[tuple[int, int, str]]:
    pending: dict[int, str] = {}
    for key, new in changes.items():
        entry = matter.entries.get(key)
        if entry is None:
            if new is not None:
                at = _place(matter, key, order, text)
                pending[at] = pending.get(at, "") + new
        elif new is None:
            yield entry.start, _line_end(text, entry.end), ""
        else:
            held = new[new.index(":") + 1 :].removesuffix("\n")
            colon = text.index(":", entry.colon) + 1
            # A block scalar ends with the line break that ends its last line.
            ends = text[entry.end - 1 : entry.end] == "\n" and entry.end > colon
            yield colon, entry.end, held + ("\n" if ends else "")
    for at, new in pending.items():
        yield at, at, new


def _place(matter: FrontMatter, key: str, order: Sequence[str], text: str) -> int:
    before = order[: order.index(key)] if key in order else order
    for known in reversed(before):
        entry = matter.entries.get(known)
        if entry is not None:
            return _line_end(text, entry.end)
    return len(text)


def _line_end(text: str, at: int) -> int:
    """Where the next line begins; at the beginning of one, there."""
    if at and text[at - 1] == "\n":
        return at
    return text.find("\n", at) + 1 or len(text)
