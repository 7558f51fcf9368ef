"""
Several documents of one installation, as one page.

The updates of an incident may stand in a document of their own. They belong after its
first word, whatever their times: that is the message of the incident itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit.formats import _files as files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit.formats._format import Format, SourceFiles


def read_files(sources: SourceFiles, room: Format) -> StatusPage:
    """
    All files as one page.

    Raises:
        MalformedDocument: one of them cannot be read; it says which.
    """
    return files.read_files(sources, room, "incidents/updates", _after_first_word)


def _after_first_word(
    updates: tuple[Update, ...], more: Iterable[Update]
) -> Iterable[Update]:
    has_word = bool(updates) and updates[0].id is None
    first, rest = (updates[:1], updates[1:]) if has_word else ((), updates)
    return (*first, *files.by_posting(rest, more))
