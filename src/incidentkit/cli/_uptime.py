"""The question of uptime, asked of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from incidentkit import _time as time
from incidentkit.cli import _options as options
from incidentkit.cli import _streams as streams
from incidentkit.formats._escape import terminal
from incidentkit.uptime import (
    ANY_INCIDENT,
    INCIDENT_IO,
    STATUSPAGE,
    STRICT,
    recorded,
    told,
)
from incidentkit.uptime import uptime as computed
from incidentkit.uptime._measured import floored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from fractions import Fraction

    from pendulum import DateTime

    from incidentkit.uptime import Counted, Explanation, Figure, NotCounted, Policy

_POLICIES: Final[Mapping[str, Policy]] = {
    one.name.replace(" ", "-").replace(".", "-"): one
    for one in (STATUSPAGE, INCIDENT_IO, STRICT, ANY_INCIDENT)
}


_start = click.option(
    "--start",
    metavar="TIME",
    required=True,
    callback=options.instant,
    help="The first instant of the window, as RFC 3339.",
)
_end = click.option(
    "--end",
    metavar="TIME",
    required=True,
    callback=options.instant,
    help="The first instant after the window.",
)


@click.command()
@options.file
@click.argument("component", required=False)
@options.format
@options.document
@options.tz
@options.at
@_start
@_end
@click.option(
    "--policy",
    type=click.Choice(list(_POLICIES)),
    default="statuspage",
    show_default=True,
    help="What counts as down, and by how much.",
)
@click.option(
    "--digits",
    type=click.IntRange(0, 15),
    default=4,
    help="Decimals; never rounded up.",
)
@click.option(
    "--covering",
    is_flag=True,
    help="Take the document to tell all that happened in the window.",
)
@click.option(
    "--recorded",
    "is_recorded",
    is_flag=True,
    help="Ask what the vendor recorded day by day, not what incidents tell.",
)
@click.option(
    "--explain", is_flag=True, help="Tell every stretch that counted, or did not."
)
@options.as_json
def uptime(  # noqa: PLR0913 - the options of the command
    *,
    file: str,
    component: str | None,
    format: str | None,
    document: str | None,
    tz: tzinfo | None,
    at: DateTime | None,
    start: DateTime,
    end: DateTime,
    policy: str,
    digits: int,
    covering: bool,
    is_recorded: bool,
    explain: bool,
    as_json: bool,
) -> int:
    """
    Compute the uptime of a component, a group or the whole page.

    FILE is a document, or - for what is piped in; COMPONENT an id or a name, and
    without it the page is meant. What the document does not claim to cover is unknown:
    where it tells everything, say --covering.
    """
    came = streams.document(file, format, document, tz, at)
    streams.tell(file, came.findings)
    try:
        page = came.value.covering(start, end) if covering else came.value
        evidence = recorded(page) if is_recorded else told(page)
        chosen = _POLICIES[policy]
        figure = computed(evidence, component, start=start, end=end, policy=chosen)
    except (KeyError, ValueError) as error:
        raise click.UsageError(str(error.args[0])) from None
    streams.tell(file, figure.findings)
    explanation = figure.explain() if explain else None
    if as_json:
        answer = _answer(figure, digits, explanation)
        streams.print_document(json.dumps(answer, indent=2))
    else:
        lines = _lines(figure, digits) if explanation is None else str(explanation)
        streams.show(terminal(lines) + "\n")
    return streams.DONE


def _lines(figure: Figure, digits: int) -> str:
    percent = figure.percent(digits)
    said = "unknown" if percent is None else f"{percent} %"
    low, high = (_percent(one, digits) for one in (figure.lower, figure.upper))
    bounds = "" if low == high else f", between {low} and {high} %"
    doubt = len(figure.unattributed)
    lines = [f"{said}{bounds} ({figure.basis.value}, by {figure.policy.name})"]
    if figure.unknown:
        lines.append(f"unknown: {figure.unknown.in_words()}")
    if doubt:
        lines.append(f"in doubt: {doubt} that do not say what broke")
    return "\n".join(lines)


def _percent(fraction: Fraction | None, digits: int) -> str:
    return "?" if fraction is None else str(floored(fraction, digits))


def _answer(
    figure: Figure, digits: int, explanation: Explanation | None
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "component": None if figure.component is None else figure.component.key,
        "start": time.text(figure.start),
        "end": time.text(figure.end),
        "policy": figure.policy.name,
        "basis": figure.basis.value,
        "percent": _text(figure.percent(digits)),
        "fraction": _text(figure.fraction),
        "lower": _text(figure.lower),
        "upper": _text(figure.upper),
        "downtime_seconds": float(figure.downtime),
        "unknown_seconds": figure.unknown.total_seconds(),
        "excluded_seconds": figure.excluded.total_seconds(),
        "unattributed": list(figure.unattributed),
    }
    if explanation is not None:
        answer["counted"] = [_counted(one) for one in explanation.counted]
        answer["not_counted"] = [_not_counted(one) for one in explanation.not_counted]
    return answer


def _counted(one: Counted) -> dict[str, Any]:
    return {
        "component": one.component,
        "start": time.text(one.start),
        "end": time.text(one.end),
        "seconds": one.length.total_seconds(),
        "status": one.status.value,
        "weight": str(one.weight),
        "incident": one.incident,
        "update": one.update,
        "rule": one.rule.value,
    }


def _not_counted(one: NotCounted) -> dict[str, Any]:
    return {
        "reason": one.reason.value,
        "component": one.component,
        "start": time.text(one.start),
        "end": time.text(one.end),
        "seconds": one.length.total_seconds(),
        "status": None if one.status is None else one.status.value,
        "incident": one.incident,
        "update": one.update,
        "detail": one.detail,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
