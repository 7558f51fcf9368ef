"""
Several documents of one installation, as one page.

The updates of an incident may stand in a document of their own, which tells nothing of
the incident but its id. They are put where they belong, after its first word, rather
than be taken for another telling of it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import attrs

from incidentkit._frozen import lasting
from incidentkit._page import StatusPage
from incidentkit.errors import MalformedDocument
from incidentkit.formats.cachet._envelope import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidentkit._event import Event
    from incidentkit.formats._format import Reader, SourceFiles

    E = TypeVar("E", bound=Event)


def read_files(
    read: Reader,
    name: str,
    document_of: Callable[[str], str | None],
    sources: SourceFiles,
) -> StatusPage:
    """
    All files as one page.

    Args:
        read: what reads one of them.
        name: the name of the format.
        document_of: which document a file is, where its name says.
        sources: the files.

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
        is_apart = remembered(page, name).get("name") == "incidents/updates"
        (apart if is_apart else whole).append(page)
    if len(sources.files) == 1:
        return (*whole, *apart)[0]
    joined = StatusPage.joined(*whole)
    sources.report.take(joined)
    page = joined.value
    return attrs.evolve(
        page,
        incidents=_told(page.incidents, [one.incidents for one in apart]),
        maintenances=_told(page.maintenances, [one.maintenances for one in apart]),
    )


def _told(events: Iterable[E], apart: Iterable[tuple[E, ...]]) -> tuple[E, ...]:
    """Events with the updates that stand apart; those of unknown events at the end."""
    waiting: dict[str | None, E] = {}
    for told in (one for document in apart for one in document):
        known = waiting.get(told.id)
        waiting[told.id] = told if known is None else _with(known, told)
    placed = [
        event if (more := waiting.pop(event.id, None)) is None else _with(event, more)
        for event in events
    ]
    return (*placed, *waiting.values())


def _with(event: E, more: E) -> E:
    """An event with the updates of another that it has not."""
    known = {update.id for update in event.updates}
    new = [update for update in more.updates if update.id not in known]
    if not new:
        return event
    first, rest = event.updates[:1], event.updates[1:]
    if first and first[0].id is not None:
        first, rest = (), event.updates
    updates = (*first, *sorted((*rest, *new), key=attrgetter("created_at")))
    return attrs.evolve(event, updates=updates, extras=lasting(event.extras))
