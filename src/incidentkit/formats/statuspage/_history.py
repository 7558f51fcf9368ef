"""
`/history.json`: three months of a page's history, as a calendar.

The same JSON stands, escaped, in `data-react-props` of the page `/history`. It tells
little of each incident: what it is called, its impact, its last message, and from when
to when it was. What is made of that, and reported as a guess:

- Whether it is a maintenance, its impact says; `impact` of an incident can be set to
  `maintenance` by hand, so this may be wrong.
- What has an end is over, unless that end is yet to come: then it is planned. What has
  none is not over. Of a maintenance the two times are when it is planned for.
- The last message is dated at the end, or at the start of what goes on: when it was
  posted is not told. No status is told, so the message has none.

`page_status.page` holds the page's settings, some sixty of them, which are kept under
`page.extras["statuspage"]["@document"]["settings"]`. `url` there is the company's
site; the page's own address is `https://` and `domain`, or else `subdomain` and
`.statuspage.io`. `time_zone` is a name of Rails.

Source: recorded pages, and the settings of a page in the vendor's OpenAPI description,
https://developer.statuspage.io/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs
import msgspec
from msgspec import UNSET, Raw, UnsetType

from incidentkit import _time as time
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._frozen import EMPTY, FrozenMapping
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._stretch import Stretch
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.statuspage._months import Calendar, Told
from incidentkit.formats.statuspage._page import page_of, remembering
from incidentkit.formats.statuspage._rails import iana
from incidentkit.formats.statuspage._shapes import Document, Flag, PageRow, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._page import StatusPage
    from incidentkit.formats.statuspage._calendar import Month
    from incidentkit.formats.statuspage._reading import Reading

_HOST = ".statuspage.io"


class PageStatus(wire.Shape):
    """`page_status`: nothing but the page, in spite of its name."""

    page: Raw | UnsetType = UNSET


class History(wire.Shape):
    """The document."""

    page_status: PageStatus | UnsetType = UNSET
    components: list[Raw] | UnsetType = UNSET
    months: list[Raw] | UnsetType = UNSET
    show_component_filter: Flag = UNSET
    show_uptime_calendar: Flag = UNSET
    component_filter: Raw | UnsetType = UNSET
    start_time: Text = UNSET
    end_time: Text = UNSET


def is_history(keys: Collection[str]) -> bool:
    """Whether these are the keys of a page's history."""
    return "months" in keys and "page_status" in keys


# -- reading ---------------------------------------------------------------------------


def read_history(reading: Reading, data: bytes) -> StatusPage:
    """
    What a calendar tells, as a page with its components.

    Raises:
        MalformedDocument: it is no JSON.
        LimitExceeded: it nests too deep, or has too many incidents.
    """
    document = wire.read(data, History, *reading.careful)
    settings = _settings(reading, document.page_status)
    like = Document(page=_page_row(reading, settings))
    if document.components is not UNSET:
        like.components = document.components
    page = page_of(reading, like, "history")
    zone = reading.zone_of(page)
    table = Calendar(reading, zone, reading.source.at)
    months: list[Month] = []
    told: list[Told] = []
    kept: list[object] = []
    for index, raw in enumerate(document.months or ()):
        one, events = month(table, raw, f"$.months[{index}]")
        told += events
        reading.check_count(len(told))
        months += () if one is None else (one,)
        kept.append(reading.untyped(raw, f"$.months[{index}]"))
    filter = document.component_filter
    if filter is not UNSET:
        held = reading.untyped(filter, "$.component_filter")
        document = msgspec.structs.replace(document, component_filter=as_any(held))
    is_whole = filter is UNSET or bytes(filter) == b"null"
    updated_at = settings.get("updated_at")
    page = attrs.evolve(
        page,
        incidents=tuple(one for one in told if isinstance(one, Incident)),
        maintenances=tuple(one for one in told if isinstance(one, Maintenance)),
        updated_at=reading.when(
            updated_at if isinstance(updated_at, str) else None,
            "$.page_status.page.updated_at",
        ),
        coverage=_coverage(months, reading.source.at) if is_whole else NO_COVERAGE,
    )
    reading.check_ids((*page.incidents, *page.maintenances), "$.months")
    there = [key for key in _APART if getattr(document, key) is not UNSET]
    held = reading.kept(document, around(page, months), *there)
    return remembering(
        page, {"settings": settings, "months": tuple(kept), "around": held}
    )


#: What is kept in its own place, if it is there.
_APART = ("page_status", "components", "months")


def _settings(
    reading: Reading, status: PageStatus | UnsetType
) -> FrozenMapping[object]:
    """The page's settings, all of them."""
    if status is UNSET or status.page is UNSET:
        return EMPTY
    held = reading.untyped(status.page, "$.page_status.page")
    if isinstance(held, FrozenMapping):
        return cast("FrozenMapping[object]", held)
    detail = "an object is wanted"
    reading.report.leave_out("value.malformed", "$.page_status.page", detail)
    return EMPTY


def _page_row(reading: Reading, settings: Mapping[str, object]) -> PageRow:
    """What of the settings the public API calls the page."""
    row = PageRow()
    for key in ("id", "name", "time_zone"):
        value = settings.get(key)
        if isinstance(value, str):
            setattr(row, key, iana(value) if key == "time_zone" else value)
        elif value is not None:
            path = f"$.page_status.page.{key}"
            reading.report.leave_out("value.malformed", path, "text is wanted", value)
    row.url = address(settings)
    return row


def address(settings: Mapping[str, object]) -> str | None:
    """The page's own address: of its domain, else of its name with the vendor."""
    domain, name = settings.get("domain"), settings.get("subdomain")
    if isinstance(domain, str) and domain:
        return f"https://{domain}"
    return f"https://{name}{_HOST}" if isinstance(name, str) and name else None


def month(table: Calendar, raw: Raw, path: str) -> tuple[Month | None, list[Told]]:
    """A month and what was in it; None in its place if it is none."""
    try:
        return table.month(raw, path)
    except LimitExceeded:
        raise
    except MalformedDocument as error:
        table.reading.report.leave_out("item.malformed", path, error.reason)
        return None, []


def _coverage(months: Sequence[Month], at: DateTime | None) -> Coverage:
    """
    The months that are listed, up to when they were.

    Where nobody says when that was, the newest of them may not have been over.
    """
    newest = max((month.start for month in months), default=None)
    known = [
        Stretch(month.start, month.end if at is None else min(month.end, at), None)
        for month in months
        if (month.start < newest if at is None and newest else at and month.start < at)
    ]
    return Coverage(incidents=known, maintenances=known)


def around(page: StatusPage, months: Iterable[Month]) -> History:
    """The document but for what is in it: from when to when its months last."""
    zone = None if page.time_zone is None else time.zone(page.time_zone)
    starts = [month.start for month in months]
    ends = [month.end for month in months]
    return History(
        page_status=PageStatus(),
        components=[],
        months=[],
        show_component_filter=False,
        show_uptime_calendar=False,
        component_filter=as_any(None),
        start_time=_to_the_second(min(starts), zone) if starts else None,
        end_time=_to_the_second(max(ends) - _SECOND, zone) if ends else None,
    )


_SECOND = time.MINUTE / 60


def _to_the_second(at: DateTime, zone: tzinfo | None) -> str:
    # Unlike all other times of the vendor's, these have no milliseconds.
    return time.write(at, zone).replace(".000", "")
