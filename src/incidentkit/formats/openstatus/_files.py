"""
Several documents of one page, as one.

In the first REST API the updates of a report are documents of their own, which tell
nothing of the report but its id. They are put where they belong, rather than be taken
for another telling of it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from incidentkit._frozen import DOCUMENT, EMPTY, lasting
from incidentkit._page import StatusPage
from incidentkit.errors import MalformedDocument
from incidentkit.formats._wire import mapping
from incidentkit.formats.openstatus._envelope import REST_UPDATES
from incidentkit.formats.openstatus._pen import NAME
from incidentkit.formats.openstatus._read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidentkit._incident import Incident
    from incidentkit.formats._format import SourceFiles


def read_files(
    sources: SourceFiles, document_of: Callable[[str], str | None]
) -> StatusPage:
    """
    All files as one page.

    Args:
        sources: the files.
        document_of: which document a file is, where its name says.

    Raises:
        MalformedDocument: one of them cannot be read; it says which.
    """
    whole: list[StatusPage] = []
    apart: list[StatusPage] = []
    for file in sources.files:
        source = sources.source(file, document_of(file))
        try:
            page = read(source)
        except MalformedDocument as error:
            path = f"{file}: {error.path}"
            raise type(error)(path, error.reason, error.format) from None
        sources.done(file, source)
        said = mapping(page.extras.get(NAME, EMPTY).get(DOCUMENT))
        (apart if said.get("name") == REST_UPDATES else whole).append(page)
    if len(sources.files) == 1:
        return (*whole, *apart)[0]
    joined = StatusPage.joined(*whole)
    sources.report.take(joined)
    told = [one for page in apart for one in page.incidents]
    incidents = _told(joined.value.incidents, told)
    return attrs.evolve(joined.value, incidents=incidents)


def _told(reports: Iterable[Incident], apart: Iterable[Incident]) -> list[Incident]:
    """Reports with the updates that stand apart; those of unknown ones at the end."""
    waiting: dict[str | None, Incident] = {}
    for told in apart:
        known = waiting.get(told.id)
        waiting[told.id] = told if known is None else _with(known, told)
    placed = [
        one if (more := waiting.pop(one.id, None)) is None else _with(one, more)
        for one in reports
    ]
    return [*placed, *waiting.values()]


def _with(report: Incident, more: Incident) -> Incident:
    """A report with the updates of another that it has not."""
    known = {update.id for update in report.updates}
    new = [update for update in more.updates if update.id not in known]
    updates = sorted((*report.updates, *new), key=attrgetter("created_at"))
    # A report has no times of its own: the constructor takes those of its updates.
    return attrs.evolve(report, updates=updates, extras=lasting(report.extras))
