"""
Reading and writing: from a vendor's document to a page, and back.

>>> from incidentkit import read, write
>>> page = read(b'{"page": {"name": "Acme"}, "incidents": []}').value
>>> page.name
'Acme'
>>> write(page, "incidentkit").exact()
'{"format":"incidentkit","version":1,"page":{"name":"Acme"...
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import tzinfo
from typing import TYPE_CHECKING

import attrs

from incidentkit import _time as time
from incidentkit._event import Event
from incidentkit._finding import Converted, Report
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit.errors import LimitExceeded, MalformedDocument, UnknownFormat
from incidentkit.formats._format import Format, Limits, Source, SourceFiles, Target
from incidentkit.formats._table import FORMATS, detect, lookup

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from datetime import datetime

__all__ = [
    "FORMATS",
    "Format",
    "Limits",
    "convert",
    "detect",
    "read",
    "read_files",
    "write",
    "write_files",
]


def read(  # noqa: PLR0913 - what a caller may know of a document
    data: bytes | str,
    format: str | None = None,
    *,
    document: str | None = None,
    tz: tzinfo | str | None = None,
    at: datetime | str | None = None,
    page: StatusPage | None = None,
    limits: Limits | None = None,
) -> Converted[StatusPage]:
    """
    Read a document as a page, telling all that was guessed, repaired or left out.

    A document that tells of one incident gives a page with one incident.

    Args:
        data: the document; bytes are decoded as the format says.
        format: its format; None asks `detect`.
        document: which of the format's documents it is, where the document itself does
            not say (`"incidents/unresolved"` looks like `"incidents"`).
        tz: the zone of times that name none, a `tzinfo` or an IANA name.
        at: when it was fetched: for years that are not written, and for coverage.
        page: whose document it is, where the document does not say; its components'
            names serve formats that run names together.
        limits: how much to take on.

    Returns:
        The page, what was found on the way, and what was left out.

    Raises:
        MalformedDocument: it cannot be read as that format at all.
        LimitExceeded: it is larger or deeper than `limits` allow.
        UnknownFormat: no such format or document, none that fits, or one that is only
            written.
        MissingExtra: the format needs an optional dependency.
        ValueError: `tz` is no zone, or `at` has none.
    """
    room = lookup(detect(data) if format is None else format)
    if room.read is None:
        how = _ONLY_WRITTEN if room.read_files is None else _IN_FILES % "read_files"
        raise UnknownFormat(room.name, how)
    _check_document(room, document)
    report = Report()
    observed = time.optional_instant(at)
    source = Source(
        data=data,
        report=report,
        document=document,
        zone=_zone(tz),
        at=observed,
        page=page,
        limits=limits or Limits(),
    )
    with _refusing(room):
        found = room.read(source)
    if observed is not None:
        found = attrs.evolve(found, observed_at=observed)
    return report.converted(found)


def write(
    value: StatusPage | Incident | Maintenance,
    format: str,
    *,
    document: str | None = None,
) -> Converted[str]:
    """
    Write a page, an incident or a maintenance in a format.

    Args:
        value: what to write; an incident stands for a page that has only it.
        format: the format's name.
        document: which of the format's documents; None writes the one that was read,
            or the one that holds most.

    Returns:
        The text, what did not fit it, and what was left out.

    Raises:
        UnknownFormat: no such format or document, or one that is only read.
        MissingExtra: the format needs an optional dependency.
    """
    room = lookup(format)
    if room.write is None:
        how = _ONLY_READ if room.write_files is None else _IN_FILES % "write_files"
        raise UnknownFormat(room.name, how)
    _check_document(room, document)
    target = _target(value, Report(), document)
    return target.report.converted(room.write(target))


def convert(  # noqa: PLR0913 - what a caller may know of a document
    data: bytes | str,
    to: str,
    format: str | None = None,
    *,
    document: str | None = None,
    to_document: str | None = None,
    tz: tzinfo | str | None = None,
    at: datetime | str | None = None,
    page: StatusPage | None = None,
    limits: Limits | None = None,
) -> Converted[str]:
    """
    Read a document and write it in another format.

    Args:
        data: the document.
        to: the format to write.
        format: the format to read; None asks `detect`.
        document: which of its format's documents it is.
        to_document: which of the other format's documents to write.
        tz: as for `read`.
        at: as for `read`.
        page: as for `read`.
        limits: as for `read`.

    Returns:
        The text, with the findings of the reading and then those of the writing.

    Raises:
        IncidentKitError: as `read` and `write`.
        ValueError: as `read`.
    """
    came = read(data, format, document=document, tz=tz, at=at, page=page, limits=limits)
    went = write(came.value, to, document=to_document)
    return Converted(
        went.value,
        (*came.findings, *went.findings),
        (*came.left_out, *went.left_out),
    )


def read_files(  # noqa: PLR0913 - what a caller may know of a document
    files: Mapping[str, bytes | str],
    format: str,
    *,
    tz: tzinfo | str | None = None,
    at: datetime | str | None = None,
    page: StatusPage | None = None,
    limits: Limits | None = None,
) -> Converted[StatusPage]:
    """
    Read a format that lives in files; several documents of one page are joined.

    Which of its format's documents a file is, its name says where its content does not:
    `api/v2/incidents/unresolved.json` is the document `incidents/unresolved`.

    Args:
        files: the files' contents by name.
        format: the format's name.
        tz: as for `read`.
        at: as for `read`.
        page: as for `read`.
        limits: as for `read`.

    Returns:
        The page; the path of a finding begins with the file's name.

    Raises:
        IncidentKitError: as `read`; a `MalformedDocument` names the file.
        ValueError: as `read`, or there are no files.
    """
    if not files:
        msg = "there are no files to read"
        raise ValueError(msg)
    room = lookup(format)
    report = Report()
    observed = time.optional_instant(at)
    sources = SourceFiles(
        files=files,
        report=report,
        zone=_zone(tz),
        at=observed,
        page=page,
        limits=limits or Limits(),
    )
    if room.read_files is None:
        found = _joined(sources, room)
    else:
        with _refusing(room):
            found = room.read_files(sources)
    if observed is not None:
        found = attrs.evolve(found, observed_at=observed)
    return report.converted(found)


def _joined(sources: SourceFiles, room: Format) -> StatusPage:
    """Each file by itself, and all of them as one page."""
    if room.read is None:
        raise UnknownFormat(room.name, _ONLY_WRITTEN)
    pages: list[StatusPage] = []
    for name in sources.files:
        source = sources.source(name, room.document_of(name))
        try:
            with _refusing(room):
                pages.append(room.read(source))
        except MalformedDocument as error:
            path = f"{name}: {error.path}"
            raise type(error)(path, error.reason, error.format) from None
        sources.done(name, source)
    if len(pages) == 1:
        return pages[0]
    joined = StatusPage.joined(*pages)
    sources.report.take(joined)
    return joined.value


_ONLY_WRITTEN = "it is only written"
_ONLY_READ = "it is only read"
_IN_FILES = "it lives in several files: use %s"


@contextmanager
def _refusing(room: Format) -> Generator[None]:
    """Let nothing out of a reader but what is promised, with the format's name."""
    try:
        yield
    except MalformedDocument as error:
        raise type(error)(error.path, error.reason, room.name) from None
    except RecursionError:
        raise LimitExceeded("$", "nested too deep", room.name) from None


def write_files(
    value: StatusPage | Incident | Maintenance, format: str
) -> Converted[Mapping[str, str]]:
    """
    Write a format as files; a format of one document has one file.

    Names of files are relative, with `/` between their parts, as the format has them.

    Returns:
        The contents by file name, with what did not fit.

    Raises:
        UnknownFormat: no such format, or one that is only read.
        MissingExtra: the format needs an optional dependency.
    """
    room = lookup(format)
    if room.write_files is None:
        went = write(value, format)
        files: Mapping[str, str] = {f"{room.name}{room.suffix}": went.value}
        return Converted(files, went.findings, went.left_out)
    target = _target(value, Report())
    return target.report.converted(room.write_files(target))


def _target(
    value: StatusPage | Incident | Maintenance,
    report: Report,
    document: str | None = None,
) -> Target:
    return Target(
        page=value if isinstance(value, StatusPage) else _page_of(value),
        report=report,
        document=document,
        lone=value if isinstance(value, Event) else None,
    )


def _page_of(event: Incident | Maintenance) -> StatusPage:
    if isinstance(event, Incident):
        return StatusPage(incidents=(event,))
    if isinstance(event, Maintenance):  # pyright: ignore[reportUnnecessaryIsInstance]
        return StatusPage(maintenances=(event,))
    msg = f"a page, an incident or a maintenance is wanted, not {event!r}"
    raise TypeError(msg)


def _check_document(room: Format, document: str | None) -> None:
    if document is not None and document not in room.documents:
        known = ", ".join(map(repr, room.documents)) or "only one"
        raise UnknownFormat(
            room.name, f"it has no document {document!r}: it has {known}"
        )


def _zone(tz: tzinfo | str | None) -> tzinfo | None:
    if tz is None or isinstance(tz, tzinfo):
        return tz
    found = time.zone(tz)
    if found is None:
        msg = f"{tz!r} is no zone we know: use an IANA name, such as 'America/Chicago'"
        raise ValueError(msg)
    return found
