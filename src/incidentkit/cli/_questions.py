"""Questions put to documents: what is wrong in them, and how long things took."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from incidentkit import _time as time
from incidentkit.changes import changes
from incidentkit.cli import _options as options
from incidentkit.cli import _streams as streams
from incidentkit.conformance import Severity
from incidentkit.conformance import check as checked
from incidentkit.statistics import Anchor, By, tally, time_between

if TYPE_CHECKING:
    from datetime import tzinfo

    from pendulum import DateTime, Duration

    from incidentkit.changes import Change
    from incidentkit.statistics import Tally, TimeBetween


@click.command()
@options.file
@options.format
@options.document
@options.tz
@options.at
@options.now
@click.option(
    "--select",
    metavar="CODE",
    multiple=True,
    help="Judge only this code, or those that begin so, such as IK3; may be repeated.",
)
@click.option(
    "--ignore",
    metavar="CODE",
    multiple=True,
    help="Do not judge this code, or those that begin so; may be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice([one.value for one in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Fail if anything is as bad as this, or worse.",
)
@click.option("--markdown", is_flag=True, help="Put out Markdown, for a comment.")
@options.as_json
def check(  # noqa: PLR0913 - the options of the command
    *,
    file: str,
    format: str | None,
    document: str | None,
    tz: tzinfo | None,
    at: DateTime | None,
    now: DateTime | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    markdown: bool,
    as_json: bool,
) -> int:
    """
    Hold the timelines of a document to the rules of good communication.

    FILE is a document, or - for what is piped in. Ends with 1 if anything is as bad as
    --fail-on says.
    """
    came = streams.document(file, format, document, tz, at)
    streams.tell(file, came.findings)
    try:
        report = checked(came.value, now=now, select=select or None, ignore=ignore)
    except ValueError as error:
        raise click.BadParameter(
            str(error), param_hint="--select or --ignore"
        ) from None
    if as_json:
        streams.print_document(report.json())
    else:
        streams.show(report.markdown() if markdown else report.text())
    return report.exit_status(fail_on)


@click.command()
@click.argument("before")
@click.argument("after")
@options.format
@options.document
@options.tz
@options.as_json
def diff(  # noqa: PLR0913 - the options of the command
    *,
    before: str,
    after: str,
    format: str | None,
    document: str | None,
    tz: tzinfo | None,
    as_json: bool,
) -> int:
    """
    Tell what happened between two readings of a page.

    BEFORE and AFTER are the same document of it, read at two times; one of them may be
    - for what is piped in. What is gone is over only where the document proves it.
    """
    old = streams.document(before, format, document, tz)
    new = streams.document(after, format, document, tz)
    for file, came in ((before, old), (after, new)):
        streams.tell(file, came.findings)
    made = changes(old, new)
    if as_json:
        streams.print_document(json.dumps([_change(one) for one in made], indent=2))
    elif made:
        streams.show("\n".join(" ".join(str(one).split()) for one in made) + "\n")
    return streams.DONE


def _change(change: Change) -> dict[str, Any]:
    subject = change.subject
    return {
        "key": change.key,
        "kind": change.kind,
        "at": None if change.at is None else time.text(change.at),
        "is_dated": change.is_dated,
        "subject": {
            "kind": subject.kind.value,
            "key": subject.key,
            "name": subject.name,
        },
        "text": str(change),
    }


@click.command()
@options.file
@options.format
@options.document
@options.tz
@options.at
@options.now
@click.option(
    "--from",
    "start",
    type=click.Choice([one.value for one in Anchor]),
    metavar="POINT",
    default=Anchor.BEGAN.value,
    show_default=True,
    help="What to measure from.",
)
@click.option(
    "--to",
    "end",
    type=click.Choice([one.value for one in Anchor]),
    metavar="POINT",
    default=Anchor.ENDED.value,
    show_default=True,
    help="What to measure to.",
)
@click.option(
    "--by",
    type=click.Choice([one.value for one in By]),
    help="Count incidents and their hours by this as well.",
)
@options.as_json
def stats(  # noqa: PLR0913 - the options of the command
    *,
    file: str,
    format: str | None,
    document: str | None,
    tz: tzinfo | None,
    at: DateTime | None,
    now: DateTime | None,
    start: str,
    end: str,
    by: str | None,
    as_json: bool,
) -> int:
    """
    Tell how long the incidents of a document took.

    FILE is a document, or - for what is piped in. Every figure stands with the number
    of incidents it is taken from, and with those it could not be taken from. A POINT is
    began, detected, first_update, identified, monitoring or ended. With --tz, months
    and weekdays are that zone's.
    """
    came = streams.document(file, format, document, tz, at)
    streams.tell(file, came.findings)
    incidents = came.value.incidents
    figure = time_between(incidents, start, end, now=now)
    zone = time.UTC if tz is None else tz
    table = None if by is None else tally(incidents, by, zone=zone, now=now)
    if as_json:
        answer = {"time_between": _figure(figure)}
        if table is not None:
            answer["tally"] = _table(table)
        streams.print_document(json.dumps(answer, indent=2))
    else:
        streams.show("\n\n".join(map(str, filter(None, (figure, table)))) + "\n")
    return streams.DONE


def _figure(figure: TimeBetween) -> dict[str, Any]:
    interval = figure.interval
    return {
        "from": figure.start.value,
        "to": figure.end.value,
        "given": figure.given,
        "n": figure.n,
        "start_unknown": figure.start_unknown,
        "open": figure.open,
        "missing": figure.missing,
        "out_of_order": figure.out_of_order,
        "median_seconds": _seconds(figure.median),
        "p90_seconds": _seconds(figure.p90),
        "mean_seconds": _seconds(figure.mean),
        "interval": None
        if interval is None
        else {
            "of": interval.of,
            "confidence": interval.confidence,
            "low_seconds": _seconds(interval.low),
            "high_seconds": _seconds(interval.high),
        },
    }


def _table(table: Tally) -> dict[str, Any]:
    return {
        "by": table.by.value,
        "rows": [
            {
                "group": row.group,
                "label": row.label,
                "incidents": row.incidents,
                "unmeasured": row.unmeasured,
                "seconds": _seconds(row.time),
            }
            for row in table.rows
        ],
    }


def _seconds(length: Duration | None) -> float | None:
    return None if length is None else length.total_seconds()
