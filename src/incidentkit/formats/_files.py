"""
Several documents of one page, as one, where some tell the updates of events alone.

Such a document tells nothing of an event but its id. Its updates are put where they
belong, rather than be taken for another telling of the event.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import attrs

from incidentkit._frozen import DOCUMENT, EMPTY, lasting
from incidentkit._page import StatusPage
from incidentkit.errors import MalformedDocument
from incidentkit.formats._wire import mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.formats._format import Format, Reader, SourceFiles

    E = TypeVar("E", bound=Event)

Placing: TypeAlias = "Callable[[tuple[Update, ...], list[Update]], Iterable[Update]]"
"""What puts more updates where they belong among those of an event."""


def by_posting(updates: Iterable[Update], more: Iterable[Update]) -> list[Update]:
    """All of them in order of posting."""
    return sorted((*updates, *more), key=attrgetter("created_at"))


def read_files(
    sources: SourceFiles, room: Format, apart: str, placed: Placing = by_posting
) -> StatusPage:
    """
    All files as one page.

    Args:
        sources: the files.
        room: the format of each of them. Its pages remember which document they were.
        apart: the document that tells updates alone.
        placed: what puts them where they belong.

    Raises:
        MalformedDocument: one of them cannot be read; it says which.
    """
    read = cast("Reader", room.read)
    whole: list[StatusPage] = []
    alone: list[StatusPage] = []
    for file in sources.files:
        source = sources.source(file, room.document_of(file))
        try:
            page = read(source)
        except MalformedDocument as error:
            path = f"{file}: {error.path}"
            raise type(error)(path, error.reason, error.format) from None
        sources.done(file, source)
        said = mapping(page.extras.get(room.name, EMPTY).get(DOCUMENT))
        (alone if said.get("name") == apart else whole).append(page)
    if len(sources.files) == 1:
        return (*whole, *alone)[0]
    joined = StatusPage.joined(*whole)
    sources.report.take(joined)
    page = joined.value
    return attrs.evolve(
        page,
        incidents=_told(page.incidents, [one.incidents for one in alone], placed),
        maintenances=_told(
            page.maintenances, [one.maintenances for one in alone], placed
        ),
    )


def _told(
    events: Iterable[E], apart: Iterable[tuple[E, ...]], placed: Placing
) -> tuple[E, ...]:
    """Events with the updates that stand apart; those of unknown events at the end."""
    waiting: dict[str | None, E] = {}
    for told in (one for document in apart for one in document):
        known = waiting.get(told.id)
        waiting[told.id] = told if known is None else _with(known, told, placed)
    whole = [
        event
        if (more := waiting.pop(event.id, None)) is None
        else _with(event, more, placed)
        for event in events
    ]
    return (*whole, *waiting.values())


def _with(event: E, more: E, placed: Placing) -> E:
    """An event with the updates of another that it has not."""
    known = {update.id for update in event.updates}
    new = [update for update in more.updates if update.id not in known]
    if not new:
        return event
    updates = placed(event.updates, new)
    # What has no times of its own gets those of its updates from the constructor.
    return attrs.evolve(event, updates=updates, extras=lasting(event.extras))
