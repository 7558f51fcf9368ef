"""From the text of a Pingoru page to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import attrs

from incidentkit._clocks import month_day
from incidentkit._event import Detection
from incidentkit._finding import FINDINGS, Report
from incidentkit._frozen import NO_EXTRAS
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._time import instant
from incidentkit._timeline import last_status
from incidentkit._update import Update
from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats.pingoru._besides import check, remembering
from incidentkit.formats.pingoru._names import split
from incidentkit.formats.pingoru._parse import parse, summary_name
from incidentkit.formats.pingoru._shape import Document, title_kind, title_name
from incidentkit.formats.pingoru._told import settled
from incidentkit.formats.pingoru._words import (
    NAME,
    STATUS_TO_WORD,
    WORD_TO_STATUS,
    Badges,
    badges,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._vocabulary import Status
    from incidentkit.formats._format import Source
    from incidentkit.formats.pingoru._shape import Entry

# Years are always written, so that nothing is inferred from what is near.
_NEAR: Final = instant("2000-01-01T00:00:00Z")

_NOTHING: Final = Document()


def read(source: Source) -> StatusPage:
    """
    A page with the one incident or maintenance that the text tells of.

    Raises:
        MalformedDocument: it has no title, no timeline and no update.
        LimitExceeded: it is larger than `source.limits` allow.
    """
    document = parse(source.text())
    # What is found is found section by section, and told line by line.
    report = Report()
    page = _page(document, attrs.evolve(source, report=report))
    found = report.converted(page)
    in_order = sorted(found.findings, key=lambda finding: _line(finding.path))
    source.report.take(attrs.evolve(found, findings=tuple(in_order)))
    return page


def _line(path: str) -> int:
    return int(path.removeprefix("line "))


def _page(document: Document, source: Source) -> StatusPage:
    if not (
        document.entries
        or document.has_timeline
        or (document.title is not None and title_kind(document.title))
    ):
        reason = (
            "no Pingoru page: no title 'X incident', no 'Update timeline', no update"
        )
        raise MalformedDocument("line 1", reason)
    _check_items(document, source)
    name = _page_name(document, source)
    if document == attrs.evolve(_NOTHING, title=document.title):
        detail = "the page tells of no incident"
        source.report.add("value.missing", document.place("title"), detail)
        return StatusPage(name)
    event = _event(document, source)
    check(document, event, name, source)
    event = remembering(document, event, name)
    if isinstance(event, Maintenance):
        return StatusPage(name, maintenances=(event,))
    return StatusPage(name, incidents=(cast("Incident", event),))


def fallback_name(title: str | None) -> str:
    """What an incident is called whose name the page leaves out."""
    return title or "Incident"


# -- whose page ------------------------------------------------------------------------


def _page_name(document: Document, source: Source) -> str | None:
    if document.title is not None:
        name = title_name(document.title)
    else:
        detail = "the title is missing"
        source.report.add("value.missing", "line 1", detail)
        name = summary_name(document.summary or "")
    if name is None and source.page is not None:
        return source.page.name
    return name


def _check_items(document: Document, source: Source) -> None:
    limit = source.limits.items
    items = len(document.entries) + len(document.components)
    if items > limit:
        reason = f"{items} updates and components, and the limit is {limit}"
        raise LimitExceeded(document.place("components"), reason)


# -- the incident ----------------------------------------------------------------------


def _event(document: Document, source: Source) -> Event:
    shown = badges(document.badges or "") or Badges(None, None)
    planned = _is_planned(document, shown)
    updates = tuple(_updates(document, source, planned=planned))
    impact_word = _badge_words(document, shown, source, planned=planned)
    loose = {"impact": impact_word, "text": document.text}
    kept = {key: value for key, value in loose.items() if value is not None}
    known = shown.status
    stated = None if known is last_status(updates) else known
    name = document.name
    if name is None:
        detail = "the name of the incident is missing; the title stands for it"
        source.report.add("value.missing", document.place("title"), detail)
        name = fallback_name(document.title)
    blank: Event
    if planned:
        blank = Maintenance(
            name,
            impact=shown.impact,
            updates=updates,
            components=_components(document, source),
            stated_status=stated if isinstance(stated, MaintenanceStatus) else None,
            detection=_detection(document, source),
            scheduled_for=_fact(document, "scheduled_for", source),
            scheduled_until=_fact(document, "scheduled_until", source),
            extras={NAME: kept},
        )
    else:
        blank = Incident(
            name,
            impact=shown.impact,
            updates=updates,
            components=_components(document, source),
            stated_status=stated if isinstance(stated, IncidentStatus) else None,
            detection=_detection(document, source),
            extras={NAME: kept},
        )
    started = _fact(document, "started", source)
    return settled(blank, started, _fact(document, "ended", source))


def _is_planned(document: Document, shown: Badges) -> bool:
    """Whether it is a maintenance: the title says so, or the words are only of one."""
    words = (WORD_TO_STATUS.get(entry.word.lower()) for entry in document.entries)
    kinds = {type(status) for status in (shown.status, *words)}
    return document.is_maintenance or (
        MaintenanceStatus in kinds and IncidentStatus not in kinds
    )


def _badge_words(
    document: Document, shown: Badges, source: Source, *, planned: bool
) -> str | None:
    """The word for an impact that nobody knows; a status of that sort is only told."""
    place, report = document.place("badges"), source.report
    status = shown.status_word
    if shown.status is not None and not _belongs(shown.status, planned=planned):
        status = document.badges
    if status is not None:
        report.add("word.unknown", place, "an unknown word for a status", status)
    if shown.impact_word is not None:
        detail = "an unknown word for an impact"
        report.add("word.unknown", place, detail, shown.impact_word)
    return shown.impact_word


def _belongs(status: Status, *, planned: bool) -> bool:
    return isinstance(status, MaintenanceStatus) == planned


def _updates(document: Document, source: Source, *, planned: bool) -> Iterator[Update]:
    report = source.report
    last = 0
    for entry in document.entries:
        place = f"line {entry.line}"
        expected, last = last + 1, entry.number
        if entry.number != expected:
            detail = "the numbers of the updates have a gap"
            report.add("value.missing", place, detail, str(entry.number))
        try:
            reading = month_day(entry.time, near=_NEAR, zone=source.zone)
        except ValueError as error:
            report.leave_out("time.malformed", place, str(error), entry.time)
            continue
        for code in reading.remarks:
            report.add(code, place, FINDINGS[code].meaning, entry.time)
        status, kept = _status(entry, source, planned=planned)
        extras = NO_EXTRAS if kept is None else {NAME: {"status": kept}}
        yield Update(status, body=entry.body, at=reading.at, extras=extras)


def _status(
    entry: Entry, source: Source, *, planned: bool
) -> tuple[Status | None, str | None]:
    """The status of an update, or the word that is none."""
    place, low = f"line {entry.line}", entry.word.lower()
    status = WORD_TO_STATUS.get(low)
    if low in WORD_TO_STATUS and (status is None or _belongs(status, planned=planned)):
        if STATUS_TO_WORD[status] != entry.word:
            detail = f"the word is {STATUS_TO_WORD[status]!r} here"
            source.report.add("word.respelled", place, detail, entry.word)
        return status, None
    detail = "an unknown word for a status"
    source.report.add("word.unknown", place, detail, entry.word)
    return None, entry.word


def _components(document: Document, source: Source) -> tuple[str, ...]:
    lines = document.components
    if len(lines) == 1:
        known = () if source.page is None else source.page.components
        found = split(lines[0], document.summary or "", (one.name for one in known))
        if found.code is not None:
            meaning = FINDINGS[found.code].meaning
            source.report.add(
                found.code, document.place("components"), meaning, lines[0]
            )
        lines = found.names
    return tuple(dict.fromkeys(lines))


def _detection(document: Document, source: Source) -> Detection | None:
    if document.detector is None:
        return None
    return Detection(document.detector, at=_fact(document, "detected", source))


def _fact(document: Document, section: str, source: Source) -> DateTime | None:
    text: str | None = getattr(document, section)
    if text is None:
        return None
    place = document.place(section)
    try:
        reading = month_day(text, near=_NEAR, zone=source.zone)
    except ValueError as error:
        source.report.add("time.malformed", place, str(error), text)
        return None
    for code in reading.remarks:
        source.report.add(code, place, FINDINGS[code].meaning, text)
    return reading.at
