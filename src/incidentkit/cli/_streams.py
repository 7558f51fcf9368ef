"""What goes in and what comes out: files and what is piped, and failures as a line."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, AnyStr, Final

from incidentkit.errors import IncidentKitError, MalformedDocument, UnknownFormat
from incidentkit.formats import Limits, read
from incidentkit.formats._escape import terminal
from incidentkit.rendering._layout import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._finding import Converted, Finding
    from incidentkit._page import StatusPage

NAME: Final = "incidentkit"

DONE: Final = 0
FAILED: Final = 1
MISUSED: Final = 2
# What a shell says of a process that a signal ended: 128 and the signal's number.
INTERRUPTED: Final = 130
PIPE_BROKEN: Final = 141

_PIPED_WIDTH: Final = 80
_WIDEST: Final = 100


class Failure(Exception):
    """What goes wrong with a file: one line that says where."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


def document(
    file: str,
    format: str | None = None,
    name: str | None = None,
    tz: tzinfo | None = None,
    at: DateTime | None = None,
) -> Converted[StatusPage]:
    """
    A document, read; what was found in it is for the caller to tell.

    Raises:
        Failure: there is no such file, or it cannot be read as that.
    """
    try:
        return read(data(file), format, document=name, tz=tz, at=at)
    except IncidentKitError as error:
        raise failure(file, error) from None


def data(file: str) -> bytes:
    """
    The bytes of a file, or of what is piped in.

    Raises:
        Failure: there is no such file.
    """
    # One byte more than is taken on, so that an endless source is refused, not read.
    size = Limits().bytes + 1
    try:
        if file == "-":
            return sys.stdin.buffer.read(size)
        with Path(file).open("rb") as opened:
            return opened.read(size)
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}") from None


def failure(file: str, error: IncidentKitError) -> Failure:
    """An error as the line that says it."""
    if isinstance(error, MalformedDocument):
        return Failure(f"{file}: {error.path}: {error.reason}")
    if isinstance(error, UnknownFormat) and error.name:
        return Failure(f"{NAME}: {error}", MISUSED)
    return Failure(f"{file}: {error}")


def width() -> int:
    """How wide lines may be."""
    if not sys.stdout.isatty():
        return _PIPED_WIDTH
    return min(shutil.get_terminal_size().columns, _WIDEST)


def show(lines: str) -> None:
    """Put out text for people."""
    _put(sys.stdout, lines)


def print_document(document: str) -> None:
    """
    Put out a document: for people, harmless; for programs, its bytes.

    Whatever the encoding of the terminal, a document is UTF-8. It ends with its line,
    as the output of a command does.
    """
    ended = document if document.endswith("\n") else document + "\n"
    if sys.stdout.isatty():
        show(terminal(ended))
    else:
        _put(sys.stdout.buffer, ended.encode())


def tell(file: str, findings: Iterable[Finding]) -> None:
    """Say what was found in a file, a line each, on standard error."""
    for finding in findings:
        complain(f"{file}: {finding}")


def complain(message: str) -> None:
    """Say one line on standard error."""
    # Where nobody hears it, there is nobody to tell.
    with contextlib.suppress(Failure):
        _put(sys.stderr, one_line(message) + "\n")


def _put(stream: IO[AnyStr], what: AnyStr) -> None:
    try:
        stream.write(what)
        stream.flush()
    except OSError as error:
        # Python flushes once more as it ends, and would say what we have said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise Failure("", PIPE_BROKEN) from None
        raise Failure(f"{stream.name}: {error.strerror}") from None
