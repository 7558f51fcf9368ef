"""All that was found, as text, Markdown or JSON, and as the exit status of a check."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, final

import attrs

from incidentkit._frozen import FrozenMapping
from incidentkit._override import override
from incidentkit._time import text as time_text
from incidentkit.conformance._rule import Severity
from incidentkit.formats._escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentkit.conformance._violation import Violation

#: How much of a name or an id a line for people repeats.
SHOWN = 80


@final
@attrs.frozen(kw_only=True, repr=False)
class Report:
    """
    What a check found.

    The three renderings can be shown as they are: what a page says is made harmless.
    """

    violations: tuple[Violation, ...]
    """What was found, in the order of what was checked."""
    checked: int
    """How many incidents and maintenances were checked."""
    unjudged: tuple[str, ...] = ()
    """The codes asked for that could not be judged: no `now`, or no whole page."""

    @property
    def counts(self) -> FrozenMapping[int]:
        """How many violations there are, by code; codes without any are not there."""
        counts: dict[str, int] = {}
        for code in sorted(violation.code for violation in self.violations):
            counts[code] = counts.get(code, 0) + 1
        return FrozenMapping(counts)

    def exit_status(self, fail_on: Severity | str = Severity.ERROR) -> int:
        """
        What a command should end with: 1 if anything is that bad or worse, else 0.

        Raises:
            ValueError: a word that is no severity.
        """
        least = Severity(fail_on)
        return int(any(not one.severity < least for one in self.violations))

    def text(self) -> str:
        """One line each, as linters write them, and a line that sums up."""
        lines = [
            f"{one.path}: {one.code} {one.severity.value}: {one.message} "
            f"[{', '.join(map(_quoted, _named(one)))}]"
            for one in self.violations
        ]
        return "\n".join([*lines, *self._summary()]) + "\n"

    def markdown(self) -> str:
        """
        A list, for a comment on a pull request or a page.

        What the page says stands in code spans, where nothing of it is a link, a
        mention, an image or a tag.
        """
        lines = [
            f"- **{one.code}** {one.rule.name} ({one.severity.value}) at `{one.path}` "
            f"in {', '.join(map(_code_span, _named(one)))}: {one.message}."
            for one in self.violations
        ]
        if lines:
            lines.append("")
        return "\n".join([*lines, *self._summary()]) + "\n"

    def json(self) -> str:
        """
        An object with all of it, in ASCII.

        Its `violations` have what `Violation` has (`at` as RFC 3339) with `rule`, what
        the rule is called, its `severity`, `why` and `remedy`.
        """
        return json.dumps(
            {
                "checked": self.checked,
                "counts": dict(self.counts),
                "unjudged": list(self.unjudged),
                "violations": [
                    {
                        "code": one.code,
                        "rule": one.rule.name,
                        "severity": one.severity.value,
                        "path": one.path,
                        "key": one.key,
                        "name": one.name,
                        "subject": one.subject,
                        "at": None if one.at is None else time_text(one.at),
                        "message": one.message,
                        "why": one.rule.why,
                        "remedy": one.rule.remedy,
                    }
                    for one in self.violations
                ],
            },
            indent=2,
        )

    @override
    def __repr__(self) -> str:
        return f"<Report {next(self._summary())}>"

    def _summary(self) -> Iterator[str]:
        met = [violation.severity for violation in self.violations]
        counted = ", ".join(
            _counted(met.count(severity), severity.value)
            for severity in reversed(Severity)
            if severity in met
        )
        yield f"{counted or 'nothing found'} in {self.checked} checked"
        if self.unjudged:
            yield f"not judged: {', '.join(self.unjudged)}"


def _named(violation: Violation) -> Iterator[str]:
    """What a violation is about, for people: text from the page, on one line."""
    subject = violation.subject
    for said in (violation.name, *(() if subject is None else (subject,))):
        line = " ".join(terminal(said).split())
        yield line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _quoted(line: str) -> str:
    return f"'{line}'"


def _code_span(line: str) -> str:
    """A line that Markdown shows as it is."""
    # https://spec.commonmark.org/0.31.2/#code-spans
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    # One space on either side is taken off again; without text there is no span.
    return f"{fence} {line or '(no name)'} {fence}"


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
