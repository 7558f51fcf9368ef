"""
What was found on the way: every guess, repair and loss, said once and in its place.

A reader or writer puts what it meets into a `Report`; the caller gets a `Converted`:
the value, the findings, and what was left out. Every code is in the table `FINDINGS`,
so that programs can decide by code and people can look it up.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from incidentkit._override import override
from incidentkit.errors import InexactConversion

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class FindingKind(Enum):
    """What sort of thing a finding is, from harmless to wrong."""

    NOTE = "note"
    """Worth knowing; nothing was changed."""
    GUESSED = "guessed"
    """The document did not say, and a rule filled the gap."""
    REPAIRED = "repaired"
    """The document said it wrongly, and what was meant is plain."""
    COARSENED = "coarsened"
    """The value is kept, less exactly."""
    INVENTED = "invented"
    """The target demands something that nobody gave."""
    LEFT_OUT = "left out"
    """Something is not in the result."""
    AMISS = "amiss"
    """The result holds it as it was said, and it cannot be right."""


@attrs.frozen
class FindingCode:
    """An entry of the table of findings."""

    kind: FindingKind
    """The kind of every finding with this code."""
    meaning: str
    """What it means, as a sentence."""


_N, _G, _R, _C, _I, _L, _A = FindingKind

FINDINGS: Mapping[str, FindingCode] = {
    "change.refused": FindingCode(
        _L, "The target takes no such change: what it shows stays as it was."
    ),
    "component.held": FindingCode(
        _A,
        "A component is turned operational, and another open incident says that it is "
        "down.",
    ),
    "component.left_broken": FindingCode(
        _A,
        "A component was still broken when the incident ended: its outage is "
        "counted to that end and no further.",
    ),
    "components.split": FindingCode(
        _G,
        "Component names ran together and were split where a capital follows a "
        "small letter.",
    ),
    "components.unsplit": FindingCode(
        _G,
        "Component names ran together, and part of the text matches none of the "
        "names given.",
    ),
    "coverage.missing": FindingCode(
        _N,
        "Nothing says that the page tells all of this time: what it does not tell is "
        "unknown.",
    ),
    "document.embedded": FindingCode(
        _N, "The document is a page for people; the JSON in it was read."
    ),
    "document.encoding": FindingCode(
        _N, "The bytes are not UTF-8, but could be decoded."
    ),
    "document.repaired": FindingCode(
        _R, "It is not well-formed as it stands, and what was meant is plain."
    ),
    "document.text": FindingCode(
        _L, "Text stands where the format has no place for it."
    ),
    "duration.negative": FindingCode(
        _A, "It is stated to have ended before it began: its duration is zero."
    ),
    "end.while_open": FindingCode(
        _A, "An end is stated, and the status is open: the end is not believed."
    ),
    "entry.generic": FindingCode(
        _G,
        "An item of a feed does not tell its updates one by one; it was taken for an "
        "incident with one update.",
    ),
    "event.closed": FindingCode(
        _A, "A document of what is open lists something that is over."
    ),
    "event.coarsened": FindingCode(
        _C, "The target knows no such kind of event; it is written as another."
    ),
    "event.draft": FindingCode(_L, "It is a draft, which its page does not show."),
    "event.kind": FindingCode(
        _G,
        "The document does not say whether it is an incident or a maintenance; a rule "
        "decided.",
    ),
    "event.recurs": FindingCode(
        _L, "It recurs; its first time is read, and the rule is kept as it is."
    ),
    "id.duplicate": FindingCode(
        _A, "Two things of one kind share an id; both are kept."
    ),
    "id.invented": FindingCode(
        _I, "The target demands an id that nobody gave; one was derived from the key."
    ),
    "id.missing": FindingCode(_N, "The document demands an id here and has none."),
    "impact.derived": FindingCode(
        _I,
        "The target demands an impact that nobody stated; it follows from the levels.",
    ),
    "item.malformed": FindingCode(_L, "A thing could not be read at all."),
    "item.unfitting": FindingCode(_L, "The target document has no place for a thing."),
    "join.ambiguous": FindingCode(
        _N,
        "Two documents tell of things that may be the same, and nothing decides; "
        "both are kept.",
    ),
    "key.duplicate": FindingCode(
        _A, "A key stands twice in one mapping; the last counts."
    ),
    "key.reserved": FindingCode(
        _L, "An unknown key has a name that extras keep for themselves."
    ),
    "level.ambiguous": FindingCode(
        _L,
        "A level is told once, and several incidents name the component; it is given "
        "to none.",
    ),
    "maintenance.uncovered": FindingCode(
        _G,
        "Maintenance is to be taken out, and nothing says that the page tells all of "
        "it: what it does not tell was taken for none.",
    ),
    "order.regrouped": FindingCode(
        _C,
        "The target has an order of its own for things that the page has in another.",
    ),
    "order.unsorted": FindingCode(
        _R, "Updates are not in the format's order; they were put in order of posting."
    ),
    "postmortem.moved": FindingCode(
        _N, "A post-mortem apart from the updates is shown as one more update."
    ),
    "replay.live": FindingCode(
        _N,
        "What is over is told again from its beginning: components go through its "
        "levels while the calls are sent.",
    ),
    "sentence.disagrees": FindingCode(
        _A, "The page's own summary says something else than its parts."
    ),
    "status.by_clock": FindingCode(
        _G,
        "The format has no status here: where it stands follows from its times and "
        "the moment it was fetched.",
    ),
    "status.derived": FindingCode(
        _G,
        "No status stands in its place; one follows from the words of an item, or from "
        "whether it has an end.",
    ),
    "status.invented": FindingCode(
        _I, "The target demands a status that nobody stated."
    ),
    "text.commented": FindingCode(_N, "Text is commented out, and was not read."),
    "text.escaped": FindingCode(
        _C,
        "What the target would obey in a text was made harmless; it shows as it was "
        "written.",
    ),
    "text.forbidden": FindingCode(
        _L, "The target cannot hold a character; U+FFFD stands in its place."
    ),
    "text.markup": FindingCode(
        _C, "Markup within a text was taken off; its words and addresses are kept."
    ),
    "text.reflowed": FindingCode(
        _C, "The target lays text out its own way; the words are kept."
    ),
    "text.surrogate": FindingCode(
        _R, "Half a character (a lone surrogate) became U+FFFD."
    ),
    "time.ambiguous": FindingCode(
        _G, "The clock showed this time twice that day; the first was taken."
    ),
    "time.ambiguous_zone": FindingCode(
        _G, "A zone's abbreviation means several zones; the caller's was taken."
    ),
    "time.coarsened": FindingCode(_C, "The target keeps time less exactly."),
    "time.derived": FindingCode(
        _G, "No time stands in its place; one that is near was taken."
    ),
    "time.disagrees": FindingCode(
        _A, "The page's own length of the incident is not the one its times give."
    ),
    "time.end_of_day": FindingCode(_R, "24:00 is midnight of the next day."),
    "time.leap_second": FindingCode(_R, "A leap second became the next second."),
    "time.malformed": FindingCode(_L, "A time could not be read."),
    "time.naive": FindingCode(
        _G, "A time without a zone was taken to be in the caller's, or the page's."
    ),
    "time.nonexistent": FindingCode(
        _R, "The clock skipped this time that day; it was moved on."
    ),
    "time.precision": FindingCode(
        _C, "Fractions finer than a microsecond were cut off."
    ),
    "time.single": FindingCode(
        _N, "One date is all that is told; it may be of the beginning or the end."
    ),
    "time.taught_zone": FindingCode(
        _G,
        "A zone's abbreviation means several zones; the one was taken that agrees with "
        "a date beside it.",
    ),
    "time.vendors": FindingCode(_C, "The target's own clock sets a time."),
    "time.weekday": FindingCode(
        _R, "The weekday is not the date's; the date was taken."
    ),
    "time.year_inferred": FindingCode(
        _G, "The year is not written; it was inferred from what is near."
    ),
    "value.invented": FindingCode(
        _I, "The target demands a value that nobody gave; one was made up."
    ),
    "value.left_out": FindingCode(_L, "The target has no place for a value."),
    "value.malformed": FindingCode(
        _L, "A value is not of the kind that belongs there."
    ),
    "value.missing": FindingCode(_G, "A value that belongs here is missing."),
    "word.coarsened": FindingCode(
        _C, "The target has no such word; the nearest it has was taken."
    ),
    "word.label": FindingCode(
        _G, "A label stands where a status belongs: it moves nothing."
    ),
    "word.respelled": FindingCode(
        _R, "A word was spelt another way than the format spells it."
    ),
    "word.unknown": FindingCode(
        _A, "A word that nobody knows: kept, and taken for unknown."
    ),
    "xml.doctype": FindingCode(_N, "The document names a DTD, which is not looked at."),
    "zone.unknown": FindingCode(
        _N, "The page's time zone is not one we know; times are written in UTC."
    ),
}
"""Every code a finding can have, with its kind and what it means."""


@attrs.frozen
class Finding:
    """
    One thing that was guessed, repaired, coarsened, invented, left out or amiss.

    The same thing met a thousand times is one finding with a count, at its first place.

    Raises:
        ValueError: a code that is not in `FINDINGS`.
    """

    code: str
    """What it is: a key of `FINDINGS`."""
    path: str = attrs.field(kw_only=True)
    """
    Where: reading, the place in the document (`$.incidents[0].status`, `line 12`);
    writing, the place in the value written (`$.incidents[0].updates[2].at`).
    """
    detail: str = attrs.field(kw_only=True)
    """What happened, as a sentence."""
    value: str | None = attrs.field(default=None, kw_only=True)
    """What the document said there, shortened."""
    count: int = attrs.field(default=1, kw_only=True)
    """How often."""

    def __attrs_post_init__(self) -> None:
        if self.code not in FINDINGS:
            msg = f"{self.code!r} is no code of a finding: use a key of FINDINGS"
            raise ValueError(msg)

    @property
    def kind(self) -> FindingKind:
        """What sort of thing it is; the code decides."""
        return FINDINGS[self.code].kind

    @override
    def __str__(self) -> str:
        said = "" if self.value is None else f" ({self.value!r})"
        times = "" if self.count == 1 else f" [{self.count} times]"
        return f"{self.path}: {self.kind.value}: {self.detail}{said}{times}"


@attrs.frozen
class LeftOut:
    """Something that is not in the result of a reading or writing."""

    path: str
    """Where it was."""
    id: str | None = None
    """What it is called, if it says."""


@attrs.frozen
class Converted(Generic[T_co]):
    """
    A value, and all that was found while reading or writing it.

    >>> from incidentkit import read
    >>> read(b"[]", "statuspage").exact().incidents
    ()
    """

    value: T_co
    """What was read or written."""
    findings: tuple[Finding, ...] = ()
    """What was not exact, in order of place; empty when nothing was."""
    left_out: tuple[LeftOut, ...] = ()
    """What is not in the value, so that its absence is not mistaken for news."""

    def exact(self) -> T_co:
        """
        The value, if nothing was found.

        Raises:
            InexactConversion: something was found; it lists what.
        """
        if self.findings:
            raise InexactConversion(self.findings)
        return self.value


class Report:
    """Where readers and writers put their findings while they work."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Finding] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._left_out: list[LeftOut] = []

    def add(self, code: str, path: str, detail: str, value: object = None) -> None:
        """Report one thing; the same code and detail again only counts."""
        key = code, detail
        if key in self._counts:
            self._counts[key] += 1
            return
        said = None if value is None else shorten(value)
        self._found[key] = Finding(code, path=path, detail=detail, value=said)
        self._counts[key] = 1

    def leave_out(
        self,
        code: str,
        path: str,
        detail: str,
        value: object = None,
        id: str | None = None,
    ) -> None:
        """Report a thing that is not in the result."""
        self.add(code, path, detail, value)
        self._left_out.append(LeftOut(path, id))

    def take(self, came: Converted[object], name: str | None = None) -> None:
        """Take over what another reading found, its places within a file if named."""
        for finding in came.findings:
            key = finding.code, finding.detail
            if key not in self._found:
                path = finding.path if name is None else f"{name}: {finding.path}"
                self._found[key] = attrs.evolve(finding, path=path)
            self._counts[key] = self._counts.get(key, 0) + finding.count
        for left in came.left_out:
            path = left.path if name is None else f"{name}: {left.path}"
            self._left_out.append(LeftOut(path, left.id))

    def converted(self, value: T) -> Converted[T]:
        """The value with all that was reported."""
        found = tuple(
            finding
            if finding.count == self._counts[key]
            else attrs.evolve(finding, count=self._counts[key])
            for key, finding in self._found.items()
        )
        return Converted(value, found, tuple(self._left_out))


#: How much of an offending value a finding or an error repeats.
SHOWN = 80


def shorten(value: object) -> str:
    """A value as text that is short enough to show."""
    if isinstance(value, datetime):
        text = value.isoformat()
    else:
        text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
