"""
The command line: documents shown and converted, from files or what is piped in.

Documents go to standard output; whatever was found on the way, one line each, to
standard error. A failure is one line that says where; there is never a traceback.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import os
import shutil
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, AnyStr, Final

import click

from incidentkit import _time as time
from incidentkit.errors import IncidentKitError, MalformedDocument, UnknownFormat
from incidentkit.formats import FORMATS, Limits, convert, read
from incidentkit.formats._escape import terminal
from incidentkit.rendering import text
from incidentkit.rendering._layout import one_line, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from incidentkit._finding import Finding

NAME: Final = "incidentkit"

_DONE: Final = 0
_FAILED: Final = 1
_MISUSED: Final = 2
# What a shell says of a process that a signal ended: 128 and the signal's number.
_INTERRUPTED: Final = 130
_PIPE_BROKEN: Final = 141

_PIPED_WIDTH: Final = 80
_WIDEST: Final = 100


def run(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command, and give its exit status; nothing but an exit status comes out.

    0 is done, 1 failed, 2 wrongly called, 130 interrupted, 141 nobody reads on.

    Args:
        arguments: the words after the command's name; those of the process without.
    """
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding cannot say is said in escapes, never a failure.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = command.main(arguments, prog_name=NAME, standalone_mode=False)
    except click.ClickException as error:
        _complain(f"{NAME}: {error.format_message()}")
        return error.exit_code
    except _Failure as failure:
        if failure.status != _PIPE_BROKEN:
            _complain(str(failure))
        return failure.status
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a prompt
        what = f"{type(error).__name__}: {error}"
        _complain(f"{NAME}: a fault of its own, please report it: {what}")
        return _FAILED
    return status if isinstance(status, int) else _DONE


class _Failure(Exception):
    # What goes wrong with a file: one line that says where.

    def __init__(self, message: str, status: int = _FAILED) -> None:
        super().__init__(message)
        self.status = status


# -- options ---------------------------------------------------------------------------


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    if asked:
        try:
            version = importlib.metadata.version(NAME)
        except importlib.metadata.PackageNotFoundError:
            version = "unknown, for it is not installed"
        _print(f"{NAME} {version}\n")
        context.exit()


def _zone(_: click.Context, __: click.Parameter, name: str | None) -> tzinfo | None:
    if name is None:
        return None
    found = time.zone(name)
    if found is None:
        reason = f"{name!r} is no time zone such as 'America/Chicago'"
        raise click.BadParameter(reason)
    return found


_file = click.argument("file")
_format = click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    help="Its format; without it, a glance decides.",
)
_document = click.option(
    "--document",
    metavar="NAME",
    help="Which of the format's documents it is, where it does not say.",
)
_tz = click.option(
    "--tz",
    metavar="ZONE",
    callback=_zone,
    help="The zone of times that name none, such as America/Chicago.",
)


# -- commands --------------------------------------------------------------------------


@click.group(
    NAME,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Say which version this is.",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Read, show and convert the incidents of status pages."""
    if context.invoked_subcommand is None:
        _print(context.get_help() + "\n")


@command.command()
@_file
@_format
@_document
@_tz
def show(file: str, format: str | None, document: str | None, tz: tzinfo | None) -> int:
    """
    Show a document to people.

    FILE is a document, or - for what is piped in. With --tz, times are shown in that
    zone as well. What was guessed or is amiss is said on standard error.
    """
    try:
        came = read(_data(file), format, document=document, tz=tz)
    except IncidentKitError as error:
        raise _failure(file, error) from None
    _print(text(came.value, zone=tz, width=_width()))
    _tell(file, came.findings)
    return _DONE


@command.command("convert")
@_file
@click.option(
    "--to", required=True, type=click.Choice(list(FORMATS)), help="The format to write."
)
@_format
@_document
@click.option(
    "--to-document",
    metavar="NAME",
    help="Which of the other format's documents to write.",
)
@_tz
@click.option(
    "--output", metavar="FILE", help="Write to a file, not to standard output."
)
@click.option("--quiet", is_flag=True, help="Say nothing of what was not exact.")
@click.option(
    "--exact", is_flag=True, help="Write nothing and fail if anything was not exact."
)
def convert_(  # noqa: PLR0913 - the options of the command
    *,
    file: str,
    to: str,
    format: str | None,
    document: str | None,
    to_document: str | None,
    tz: tzinfo | None,
    output: str | None,
    quiet: bool,
    exact: bool,
) -> int:
    """
    Write a document in another format.

    FILE is a document, or - for what is piped in. What was guessed, repaired, invented
    or left out is said on standard error, one line each.
    """
    try:
        went = convert(
            _data(file), to, format, document=document, to_document=to_document, tz=tz
        )
    except IncidentKitError as error:
        raise _failure(file, error) from None
    if not quiet:
        _tell(file, went.findings)
    if exact and went.findings:
        return _FAILED
    if output is None or output == "-":
        _print_document(went.value)
    else:
        try:
            Path(output).write_bytes(went.value.encode())
        except OSError as error:
            raise _Failure(f"{output}: {error.strerror}") from None
    return _DONE


@command.command()
def formats() -> int:
    """List the formats that can be read and written."""
    longest = max(map(len, FORMATS))
    rows = [(f"{'NAME':<{longest}}  READ  WRITE", "TITLE")]
    for name, room in FORMATS.items():
        reads = "yes" if room.read is not None else "no"
        writes = "yes" if room.write is not None else "no"
        rows.append((f"{name:<{longest}}  {reads:<4}  {writes}", room.title))
        if room.documents:
            rows.append(("", "documents: " + ", ".join(room.documents)))
    _print("\n".join(pairs(rows, _width(), "")) + "\n")
    return _DONE


# -- in and out ------------------------------------------------------------------------


def _data(file: str) -> bytes:
    # One byte more than is taken on, so that an endless source is refused, not read.
    size = Limits().bytes + 1
    try:
        if file == "-":
            return sys.stdin.buffer.read(size)
        with Path(file).open("rb") as opened:
            return opened.read(size)
    except OSError as error:
        raise _Failure(f"{file}: {error.strerror}") from None


def _failure(file: str, error: IncidentKitError) -> _Failure:
    if isinstance(error, MalformedDocument):
        return _Failure(f"{file}: {error.path}: {error.reason}")
    if isinstance(error, UnknownFormat) and error.name:
        return _Failure(f"{NAME}: {error}", _MISUSED)
    return _Failure(f"{file}: {error}")


def _width() -> int:
    if not sys.stdout.isatty():
        return _PIPED_WIDTH
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _print(lines: str) -> None:
    """Put out text for people."""
    _put(sys.stdout, lines)


def _print_document(document: str) -> None:
    """
    Put out a document: for people, harmless; for programs, its bytes.

    Whatever the encoding of the terminal, a document is UTF-8. It ends with its line,
    as the output of a command does.
    """
    ended = document if document.endswith("\n") else document + "\n"
    if sys.stdout.isatty():
        _print(terminal(ended))
    else:
        _put(sys.stdout.buffer, ended.encode())


def _tell(file: str, findings: Iterable[Finding]) -> None:
    for finding in findings:
        _complain(f"{file}: {finding}")


def _complain(message: str) -> None:
    # Where nobody hears it, there is nobody to tell.
    with contextlib.suppress(_Failure):
        _put(sys.stderr, one_line(message) + "\n")


def _put(stream: IO[AnyStr], what: AnyStr) -> None:
    try:
        stream.write(what)
        stream.flush()
    except OSError as error:
        # Python flushes once more as it ends, and would say what we have said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise _Failure("", _PIPE_BROKEN) from None
        raise _Failure(f"{stream.name}: {error.strerror}") from None
