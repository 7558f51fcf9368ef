"""Documents shown to people, written in another format, and the formats there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentkit.cli import _options as options
from incidentkit.cli import _streams as streams
from incidentkit.errors import IncidentKitError
from incidentkit.formats import FORMATS, convert
from incidentkit.rendering import text
from incidentkit.rendering._layout import pairs

if TYPE_CHECKING:
    from datetime import tzinfo

    from pendulum import DateTime


@click.command()
@options.file
@options.format
@options.document
@options.tz
@options.at
def show(
    file: str,
    format: str | None,
    document: str | None,
    tz: tzinfo | None,
    at: DateTime | None,
) -> int:
    """
    Show a document to people.

    FILE is a document, or - for what is piped in. With --tz, times are shown in that
    zone as well. What was guessed or is amiss is said on standard error.
    """
    came = streams.document(file, format, document, tz, at)
    streams.show(text(came.value, zone=tz, width=streams.width()))
    streams.tell(file, came.findings)
    return streams.DONE


@click.command("convert")
@options.file
@click.option(
    "--to",
    required=True,
    type=click.Choice(list(FORMATS)),
    metavar="NAME",
    help="The format to write, one of incidentkit formats.",
)
@options.format
@options.document
@click.option(
    "--to-document",
    metavar="NAME",
    help="Which of the other format's documents to write.",
)
@options.tz
@options.at
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
    at: DateTime | None,
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
            streams.data(file),
            to,
            format,
            document=document,
            to_document=to_document,
            tz=tz,
            at=at,
        )
    except IncidentKitError as error:
        raise streams.failure(file, error) from None
    if not quiet:
        streams.tell(file, went.findings)
    if exact and went.findings:
        return streams.FAILED
    if output is None or output == "-":
        streams.print_document(went.value)
    else:
        try:
            Path(output).write_bytes(went.value.encode())
        except OSError as error:
            raise streams.Failure(f"{output}: {error.strerror}") from None
    return streams.DONE


@click.command()
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
    streams.show("\n".join(pairs(rows, streams.width(), "")) + "\n")
    return streams.DONE
