"""Uptime of many components, month by month."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, final

import attrs
from pendulum import Date

from incidentkit._override import override
from incidentkit._page import StatusPage
from incidentkit.uptime import _axis as axis
from incidentkit.uptime._axis import moment
from incidentkit.uptime._case import case
from incidentkit.uptime._evidence import told
from incidentkit.uptime._measured import Measured, between
from incidentkit.uptime._policy import STATUSPAGE, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import ComponentLike, ComponentRef
    from incidentkit.uptime._evidence import Evidence

_NOTHING: Mapping[str, str] = {}
_MONTH = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@final
@attrs.frozen(kw_only=True)
class Row:
    """The months of one component in a table."""

    component: ComponentRef | None
    """Which; None: the whole page."""
    months: tuple[Measured, ...]
    """What each month adds up to, in order."""


@final
@attrs.frozen(kw_only=True)
class Table:
    """Components by months; as text, a table to read."""

    months: tuple[Date, ...]
    """The first day of each month."""
    rows: tuple[Row, ...]
    """One for each component, in the order asked for."""

    @override
    def __str__(self) -> str:
        head = ["", *(f"{month.year:04}-{month.month:02}" for month in self.months)]
        body = [
            [
                "the page" if row.component is None else row.component.label,
                *(
                    "?" if one.fraction is None else f"{one.percent(2)}"
                    for one in row.months
                ),
            ]
            for row in self.rows
        ]
        widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if index else cell.ljust(width)
                for index, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in (head, *body)
        )


def table(
    page: StatusPage | Evidence,
    keys: Iterable[ComponentLike | None],
    months: Iterable[dt.date | str],
    *,
    policy: Policy = STATUSPAGE,
    exclude: Mapping[str, str] = _NOTHING,
) -> Table:
    """
    The uptime of components by months, which begin and end in the page's own zone.

    >>> from incidentkit import Incident, StatusPage
    >>> incident = Incident.open(
    ...     "API down", at="2024-02-29T12:00:00Z", affects={"API": "major_outage"}
    ... )
    >>> page = StatusPage(
    ...     "Kalix",
    ...     components=["API", "Web"],
    ...     incidents=[incident.resolve(at="2024-03-01T12:00:00Z")],
    ... ).covering("2024-02-01T00:00:00Z", "2024-04-01T00:00:00Z")
    >>> print(table(page, ["API", "Web"], ["2024-01", "2024-02", "2024-03"]))
         2024-01  2024-02  2024-03
    API        ?    98.27    98.38
    Web        ?   100.00   100.00

    Args:
        page: the page, or evidence made of it.
        keys: the components, as `uptime` takes them.
        months: each as `2024-02`, or as any date in it.
        policy: what counts as down, and by how much.
        exclude: as for `uptime`.

    Raises:
        KeyError, ValueError: as `uptime`; or something is no month.
    """
    wanted = [_first(month) for month in months]
    evidence = told(page) if isinstance(page, StatusPage) else page
    zone = axis.page_zone(evidence.page)
    known: list[dt.date] = []
    if wanted:
        known = axis.months(min(wanted), max(wanted))
    edges = [
        moment(axis.midnight(day, zone))
        for day in (*known, *(axis.next_month(day) for day in known[-1:]))
    ]
    rows: list[Row] = []
    for key in keys if wanted else ():
        asked = case(evidence, key, edges[0], edges[-1], policy, exclude)
        found = {
            month: Measured(start=start, end=end, numbers=summed)
            for month, (start, end), summed in zip(
                known, pairwise(edges), between(asked, edges), strict=True
            )
        }
        rows.append(
            Row(
                component=asked.component,
                months=tuple(found[month] for month in wanted),
            )
        )
    return Table(
        months=tuple(Date(one.year, one.month, 1) for one in wanted), rows=tuple(rows)
    )


def _first(month: dt.date | str) -> dt.date:
    if isinstance(month, dt.date):
        return dt.date(month.year, month.month, 1)
    match = _MONTH.fullmatch(month)
    if match is None:
        raise ValueError(f"{month!r} is no month such as '2024-02'")
    return dt.date(int(match[1]), int(match[2]), 1)
