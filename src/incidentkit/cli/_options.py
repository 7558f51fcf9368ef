"""The options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentkit import _time as time
from incidentkit.formats import FORMATS

if TYPE_CHECKING:
    from datetime import tzinfo

    from pendulum import DateTime


def _zone(_: click.Context, __: click.Parameter, name: str | None) -> tzinfo | None:
    if name is None:
        return None
    found = time.zone(name)
    if found is None:
        reason = f"{name!r} is no time zone such as 'America/Chicago'"
        raise click.BadParameter(reason)
    return found


def instant(_: click.Context, __: click.Parameter, text: str | None) -> DateTime | None:
    """What an option takes as a time."""
    try:
        return time.optional_instant(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


file = click.argument("file")
format = click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    metavar="NAME",
    help="Its format, one of incidentkit formats; without it, a glance decides.",
)
document = click.option(
    "--document",
    metavar="NAME",
    help="Which of the format's documents it is, where it does not say.",
)
tz = click.option(
    "--tz",
    metavar="ZONE",
    callback=_zone,
    help="The zone of times that name none, such as America/Chicago.",
)
at = click.option(
    "--at",
    metavar="TIME",
    callback=instant,
    help="When it was fetched, as RFC 3339: for coverage, and years that are missing.",
)
now = click.option(
    "--now",
    metavar="TIME",
    callback=instant,
    help="The present, as RFC 3339; without it, nothing is judged by the clock.",
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Put out JSON, for programs."
)
