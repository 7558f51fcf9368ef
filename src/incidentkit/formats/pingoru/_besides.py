"""What a Pingoru page says beside its parts: to be checked, and to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._clocks import duration, duration_text
from incidentkit._frozen import ABSENT, STATED
from incidentkit._sentence import sentence
from incidentkit._time import elapsed
from incidentkit.formats.pingoru._told import OMITTABLE, STATABLE, document_of, said
from incidentkit.formats.pingoru._words import NAME, one_line

if TYPE_CHECKING:
    from incidentkit._event import Event
    from incidentkit.formats._format import Source
    from incidentkit.formats.pingoru._shape import Document


def check(document: Document, event: Event, name: str | None, source: Source) -> None:
    """Report what the page says that its parts do not."""
    report = source.report
    if document.text is not None:
        detail = "these lines belong to no part of the page we know"
        report.add("document.text", document.place("text"), detail, document.text)
    if document.summary is not None:
        derived = one_line(sentence(event, name))
        if not document.summary.startswith(derived):
            detail = f"its parts say: {derived}"
            place = document.place("summary")
            report.add("sentence.disagrees", place, detail, document.summary)
    for finding in event.amiss:
        report.add(finding.code, document.place("ended"), finding.detail, finding.value)
    if document.duration is not None:
        _check_duration(document, document.duration, event, source)


def _check_duration(
    document: Document, stated: str, event: Event, source: Source
) -> None:
    place, report = document.place("duration"), source.report
    try:
        length = duration(stated)
    except ValueError as error:
        report.add("value.malformed", place, str(error), stated)
        return
    began, ended = event.stated_start or event.began_at, event.ended_at
    if began is None or ended is None or ended < began:
        return
    # What is smaller than its second unit is not stated, so it is not compared.
    told = duration_text(elapsed(began, ended))
    if duration_text(length) != told:
        report.add("time.disagrees", place, f"its times say {told}", stated)


def remembering(document: Document, event: Event, name: str | None) -> Event:
    """The event with what the page states otherwise than we would write it."""
    derived = document_of(event, name)
    stated: dict[str, object] = {}
    for section in STATABLE:
        text: str | None = getattr(document, section)
        if text is not None and text != getattr(derived, section):
            stated[section] = text
    if document.components != derived.components and document.components:
        stated["components"] = "\n".join(document.components)
    absent = tuple(
        section
        for section in OMITTABLE
        if getattr(document, section) is None and getattr(derived, section) is not None
    )
    kept = dict(said(event))
    if stated:
        kept[STATED] = stated
    if absent:
        kept[ABSENT] = absent
    return attrs.evolve(event, extras={NAME: kept})
