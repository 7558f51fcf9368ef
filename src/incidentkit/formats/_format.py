"""
What a format is: a frozen record of what it is called and how it reads and writes.

A vendor's room makes one `Format` (or one a version) from plain functions. A reader
gets a `Source` and returns a page; a writer gets a `Target` and returns text; both put
what they guess, repair or leave out into the report they were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from incidentkit._finding import Report
from incidentkit._text import SURROGATES
from incidentkit.errors import LimitExceeded, MalformedDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit.formats._clue import Clue


@attrs.frozen(kw_only=True)
class Limits:
    """
    How much of a document a reader takes on before it refuses with `LimitExceeded`.

    The defaults let every real document through with room to spare, and keep a hostile
    one from taking the machine with it.
    """

    bytes: int = 32 * 1024 * 1024
    """The size of the document, decoded to UTF-8."""
    depth: int = 64
    """How deep its values may nest, where they are not of a shape we know."""
    items: int = 1_000_000
    """How many incidents, updates and components it may hold together."""


@attrs.frozen(kw_only=True, eq=False)
class Source:
    """What a reader is given."""

    data: bytes | str
    """The document, as the caller has it."""
    report: Report
    """Where findings go."""
    document: str | None = None
    """Which of the format's documents it is, if the caller says."""
    zone: tzinfo | None = None
    """The zone of times that name none, if the caller says."""
    at: DateTime | None = None
    """When the caller fetched it, if the caller says."""
    page: StatusPage | None = None
    """Whose document it is, where the document itself does not say."""
    limits: Limits = attrs.field(factory=Limits)
    """How much to take on."""

    def text(self) -> str:
        """
        The document as text, a byte order mark removed and lone surrogates repaired.

        Raises:
            MalformedDocument: the bytes are not text.
            LimitExceeded: there are too many of them.
        """
        self.check_size()
        if isinstance(self.data, bytes):
            return decoded(self.data, self.report)
        text = self.data.removeprefix("\ufeff")
        if not text.isascii() and (half := SURROGATES.search(text)):
            line = text.count("\n", 0, half.start()) + 1
            self.report.add(
                "text.surrogate", f"line {line}", "half a character became U+FFFD"
            )
            text = SURROGATES.sub("\ufffd", text)
        return text

    def check_size(self) -> None:
        """
        Refuse a document that is too large, before anything of it is looked at.

        Raises:
            LimitExceeded: it is.
        """
        # A character takes a byte at least, so text is measured without encoding it.
        if (size := len(self.data)) > (limit := self.limits.bytes):
            reason = (
                f"{size} bytes, and the limit is {limit}: read it with Limits(bytes=…)"
            )
            raise LimitExceeded("$", reason)


@attrs.frozen(kw_only=True, eq=False)
class SourceFiles:
    """What a reader of several files is given."""

    files: Mapping[str, bytes | str]
    """Their contents, by name."""
    report: Report
    """Where findings go; see `done`."""
    zone: tzinfo | None = None
    """The zone of times that name none, if the caller says."""
    at: DateTime | None = None
    """When the caller fetched them, if the caller says."""
    page: StatusPage | None = None
    """Whose files they are, where they themselves do not say."""
    limits: Limits = attrs.field(factory=Limits)
    """How much of each to take on."""

    def source(self, name: str, document: str | None = None) -> Source:
        """One of the files, with a report of its own."""
        return Source(
            data=self.files[name],
            report=Report(),
            document=document,
            zone=self.zone,
            at=self.at,
            page=self.page,
            limits=self.limits,
        )

    def done(self, name: str, source: Source) -> None:
        """Take over what was found in a file: the places begin with its name."""
        self.report.take(source.report.converted(None), name)


@attrs.frozen(kw_only=True, eq=False)
class Target:
    """What a writer is given."""

    page: StatusPage
    """What to write."""
    report: Report
    """Where findings go."""
    document: str | None = None
    """Which of the format's documents to write, if the caller says."""
    lone: Event | None = None
    """The incident or maintenance, if the caller gave that and not a page."""


Reader: TypeAlias = "Callable[[Source], StatusPage]"
Writer: TypeAlias = "Callable[[Target], str]"
FilesReader: TypeAlias = "Callable[[SourceFiles], StatusPage]"
FilesWriter: TypeAlias = "Callable[[Target], Mapping[str, str]]"


def _never(clue: Clue) -> bool:  # noqa: ARG001 - a format that is only written
    return False


@attrs.frozen(kw_only=True)
class Format:
    """
    A format: its name, its documents, how it is recognised, read and written.

    >>> from incidentkit import FORMATS
    >>> FORMATS["statuspage"].title
    'Atlassian Statuspage'
    """

    name: str
    """What to call it in `read` and `write`."""
    title: str
    """What people call it."""
    media_type: str
    """The media type of its documents."""
    suffix: str
    """How the names of its files end, dot included."""
    documents: tuple[str, ...] = ()
    """The names of its documents, if it has several; the first is the usual one."""
    recognises: Callable[[Clue], bool] = attrs.field(default=_never, repr=False)
    """Whether a document looks like one of its."""
    read: Reader | None = attrs.field(default=None, repr=False)
    """From a document to a page; None if it is only written."""
    write: Writer | None = attrs.field(default=None, repr=False)
    """From a page to a document; None if it is only read."""
    read_files: FilesReader | None = attrs.field(default=None, repr=False)
    """From several files to a page; None: each is read alone, and all are joined."""
    write_files: FilesWriter | None = attrs.field(default=None, repr=False)
    """From a page to several files; None: it is one document."""

    def document_of(self, file: str) -> str | None:
        """
        Which of its documents a file is, where its content does not tell: by its name.

        `api/v2/incidents/unresolved.json` is `incidents/unresolved`; what is called
        `incidents.json` says by its keys what it is.
        """
        place = f"/{file.removesuffix(self.suffix)}"
        for document in self.documents:
            if "/" in document and place.endswith(f"/{document}"):
                return document
        return None


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decoded(data: bytes, report: Report) -> str:
    """
    Bytes as text: UTF-8, or what a byte order mark or the pattern of zeros says.

    Raises:
        MalformedDocument: they are not text in that encoding.
    """
    encoding = encoding_of(data)
    if encoding != "utf-8":
        detail = f"the bytes are {encoding}; they were decoded"
        report.add("document.encoding", "$", detail)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        reason = f"not {encoding}: {error.reason}"
        raise MalformedDocument(f"byte {error.start}", reason) from None


def encoding_of(data: bytes) -> str:
    """The encoding that the first bytes of a document give away; UTF-8 by default."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    # The first two characters of JSON and XML are ASCII: RFC 4627, section 3.
    match [byte == 0 for byte in data[:4]]:
        case [True, True, True, False]:
            return "utf-32-be"
        case [False, True, True, True]:
            return "utf-32-le"
        case [True, False, True, False]:
            return "utf-16-be"
        case [False, True, False, True]:
            return "utf-16-le"
        case _:
            return "utf-8"
