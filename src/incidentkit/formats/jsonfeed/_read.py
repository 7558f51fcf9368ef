"""From a feed to a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs
from msgspec import UNSET

from incidentkit._component import Component, make_component
from incidentkit._incident import Incident
from incidentkit._page import StatusPage
from incidentkit._recorded import RecordedDay
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.jsonfeed import _pen as pen
from incidentkit.formats.jsonfeed import _values as values
from incidentkit.formats.jsonfeed._items import Items, kept
from incidentkit.formats.jsonfeed._shapes import (
    EXTENDED,
    EXTENSION,
    Day,
    Entry,
    Feed,
    Part,
    Whole,
)
from incidentkit.formats.jsonfeed._values import Values, given

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._maintenance import Maintenance
    from incidentkit.formats._format import Source

_VERSION: Final = re.compile(r"https?://jsonfeed\.org/version/1(?:\.[0-9])?/?")


def read(source: Source) -> StatusPage:
    """
    A feed as the page it was written from, or as much as others' feeds tell.

    Raises:
        MalformedDocument: it is not JSON, no JSON Feed, or its extension is of a later
            version.
        LimitExceeded: it is larger or deeper than the limits.
    """
    data = wire.utf8(source)
    if data.lstrip(b" \t\r\n").startswith(b"<"):
        reason = "XML or HTML, and no JSON: another kind of feed, or a page for people"
        raise MalformedDocument("$", reason)
    told = Values(source.report, source.zone)
    feed = wire.read(data, Feed, source.report, told.odd, source.limits.depth)
    _check(feed, source.limits.items)
    return _Reading(told, source.at).page(feed)


def _check(feed: Feed, limit: int) -> None:
    if feed.version is UNSET or _VERSION.fullmatch(feed.version) is None:
        place = "$" if feed.version is UNSET else "$.version"
        reason = "no JSON Feed: its version is not https://jsonfeed.org/version/1.1"
        raise MalformedDocument(place, reason)
    whole = given(feed.whole)
    if whole is not None and whole.version is not UNSET and whole.version > EXTENDED:
        raise MalformedDocument(
            f"$.{EXTENSION}.version",
            f"this is version {whole.version}, and this incidentkit knows versions up "
            f"to {EXTENDED}: a newer incidentkit reads it",
        )
    items = given(feed.items) or []
    count = len(items) + sum(
        len(given(item.entry.updates) or [])
        for item in items
        if item.entry is not UNSET
    )
    if whole is not None:
        count += len(given(whole.components) or []) + len(given(whole.recorded) or [])
    if count > limit:
        reason = (
            f"{count} items, and the limit is {limit}: read it with Limits(items=…)"
        )
        raise LimitExceeded("$.items", reason)


@attrs.frozen
class _Reading:
    """The reading of one feed."""

    told: Values
    at: DateTime | None

    # -- the page ----------------------------------------------------------------------

    def page(self, feed: Feed) -> StatusPage:
        whole = Whole() if feed.whole is UNSET else feed.whole
        self.told.strange(whole, f"$.{EXTENSION}")
        place = f"$.{EXTENSION}"
        told = self.told
        page = StatusPage(
            None if whole.name is None else given(feed.title),
            url=given(feed.home_page_url if whole.url is UNSET else whole.url),
            id=given(whole.id),
            time_zone=given(whole.time_zone),
            updated_at=told.at(whole.updated_at, f"{place}.updated_at"),
            stated_indicator=told.word(
                whole.stated_indicator, values.INDICATORS, f"{place}.stated_indicator"
            ),
            stated_description=given(whole.stated_description),
            components=[
                one
                for path, part in told.items(whole.components, f"{place}.components")
                if (one := self.component(part, path)) is not None
            ],
            recorded=[
                day
                for path, said in told.items(whole.recorded, f"{place}.recorded")
                if (day := self.day(said, path)) is not None
            ],
        )
        ours = pen.head(page)
        if feed.whole is UNSET:
            ours.whole = UNSET
        events = Items(told, self.at)
        incidents: list[tuple[int, Incident]] = []
        maintenances: list[tuple[int, Maintenance]] = []
        for path, item in told.items(feed.items, "$.items"):
            event = events.event(item, path)
            entry = Entry() if item.entry is UNSET else item.entry
            stood = 0 if entry.place is UNSET else entry.place
            if isinstance(event, Incident):
                incidents.append((stood, event))
            else:
                maintenances.append((stood, event))
        return attrs.evolve(
            page,
            incidents=[one for _, one in sorted(incidents, key=_place)],
            maintenances=[one for _, one in sorted(maintenances, key=_place)],
            extras=kept(told, feed, ours),
        )

    def component(self, said: Part, path: str) -> Component | None:
        told = self.told
        if said.name is UNSET:
            told.leave_out("item.malformed", path, "a component without a name")
            return None
        return make_component(
            name=said.name,
            id=given(said.id),
            status=told.word(said.status, values.LEVELS, f"{path}.status"),
            group=given(said.group),
            is_group=given(said.is_group) or False,
            description=given(said.description),
            position=given(said.position),
            start_date=told.date(said.start_date, f"{path}.start_date"),
            created_at=told.at(said.created_at, f"{path}.created_at"),
            updated_at=told.at(said.updated_at, f"{path}.updated_at"),
        )

    def day(self, said: Day, path: str) -> RecordedDay | None:
        mention = self.told.mention(said.component, f"{path}.component")
        date = self.told.date(said.date, f"{path}.date")
        if mention is None or date is None:
            detail = "a recorded day without a component or a date"
            self.told.leave_out("item.malformed", path, detail)
            return None
        try:
            return RecordedDay(
                mention,
                date,
                major_outage=given(said.major_outage),
                partial_outage=given(said.partial_outage),
                events=given(said.events) or {},
            )
        except ValueError as error:
            self.told.leave_out("item.malformed", path, str(error))
            return None


def _place(placed: tuple[int, object]) -> int:
    return placed[0]
