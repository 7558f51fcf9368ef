"""The front matter of an issue: what its keys say, and what is odd about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._component import ComponentRef
from incidentkit._finding import FINDINGS
from incidentkit.formats._frontmatter import Scalar, plain
from incidentkit.formats.cstate._times import reading
from incidentkit.formats.cstate._words import SEVERITY_TO_IMPACT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit.formats._format import Source
    from incidentkit.formats._frontmatter import FrontMatter

#: The keys that the model has a place for; all others are kept in extras.
KNOWN: Final = (
    "title",
    "date",
    "resolved",
    "resolvedWhen",
    "severity",
    "affected",
    "section",
    "id",
)
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})


@attrs.frozen(eq=False)
class Front:
    """Front matter, read key by key; each thing that is odd is reported."""

    matter: FrontMatter
    """The keys, and what they hold."""
    source: Source
    """Where findings go, and the zone of times that name none."""

    def add(self, code: str, place: str, detail: str, value: object = None) -> None:
        """Report one thing."""
        self.source.report.add(code, place, detail, value)

    def line(self, key: str) -> int:
        """The line of a key; where it is absent, the first."""
        return self.matter.line(key)

    def is_hidden(self) -> bool:
        """Whether the page does not show it, which is reported."""
        place, report = f"line {self.line('draft')}", self.source.report
        if self.switch("draft"):
            detail = "a draft: Hugo does not publish it"
            report.leave_out("event.draft", place, detail, id=self.scalar("id"))
            return True
        section = self.scalar("section")
        if section is None:
            detail = "'section: issue' is missing: cState does not list it as an issue"
            self.add("value.missing", f"line {self.line('section')}", detail)
        elif section != "issue":
            place = f"line {self.line('section')}"
            detail = "it is no issue, by its 'section'"
            report.leave_out("item.unfitting", place, detail, section)
            return True
        return False

    def scalar(self, key: str) -> str | None:
        """The text of a key; None where there is none, or something else."""
        node = self.matter.get(key)
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if isinstance(node, Scalar):
            return node.text
        detail = f"{key!r} is to be one word or text"
        self.add("value.malformed", f"line {self.line(key)}", detail)
        return None

    def title(self, fallback: str) -> str:
        """The title, or what stands for it."""
        title = self.scalar("title")
        if title is None:
            detail = "the title is missing"
            self.add("value.missing", f"line {self.line('title')}", detail)
        return fallback if title is None else title

    def switch(self, key: str) -> bool | None:
        """Whether a key is true or false; None where it is neither."""
        word = self.scalar(key)
        if word is None:
            return None
        low = word.lower()
        if low in _TRUE or low in _FALSE:
            return low in _TRUE
        detail = f"{key!r} is to be true or false"
        self.add("value.malformed", f"line {self.line(key)}", detail, word)
        return None

    def time(self, key: str) -> DateTime | None:
        """The time of a key; an issue without a date is reported."""
        text = self.scalar(key)
        place = f"line {self.line(key)}"
        if text is None:
            if key == "date":
                self.add("value.missing", place, "the date is missing")
            return None
        return self.at(text, place)

    def at(self, text: str, place: str) -> DateTime | None:
        """A time, wherever in the file it stands; what is guessed is reported."""
        try:
            came = reading(text, self.source.zone)
        except ValueError as error:
            self.add("time.malformed", place, str(error), text)
            return None
        for code in came.remarks:
            detail = FINDINGS[code].meaning
            if code == "time.naive" and self.source.zone is None:
                detail = "a time without a zone is in UTC, as cState asks for"
            self.add(code, place, detail, text)
        return came.at

    def severity(self) -> str | None:
        """The severity, known or not."""
        word = self.scalar("severity")
        if word is not None and word not in SEVERITY_TO_IMPACT:
            detail = "an unknown word for a severity"
            self.add("word.unknown", f"line {self.line('severity')}", detail, word)
        return word

    def affected(self) -> tuple[ComponentRef, ...]:
        """The systems, by name."""
        node = self.matter.get("affected")
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return ()
        names: list[str] = []
        for one in node if isinstance(node, tuple) else (node,):
            if isinstance(one, Scalar) and not one.is_null:
                names.append(one.text)
            else:
                detail = "'affected' is to be a list of names"
                line = one.line if isinstance(one, Scalar) else self.line("affected")
                self.add("value.malformed", f"line {line}", detail)
        return tuple(map(ComponentRef, names))

    def besides(self, severity: str | None) -> Mapping[str, object]:
        """The keys that the model has no place for, and a severity that is unknown."""
        kept: dict[str, object] = {}
        for key, entry in self.matter.entries.items():
            if key.startswith("@"):
                detail = "extras keep names with this mark for themselves"
                self.add("key.reserved", f"line {entry.line}", detail, key)
            elif key not in KNOWN:
                kept[key] = plain(entry.value)
        if severity is not None and severity not in SEVERITY_TO_IMPACT:
            kept["severity"] = severity
        return kept
