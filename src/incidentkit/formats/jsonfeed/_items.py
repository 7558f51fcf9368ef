"""From an item to an incident or a maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
from msgspec import UNSET

from incidentkit._event import Detection, default_created_at, default_updated_at
from incidentkit._frozen import NO_EXTRAS, FrozenMapping
from incidentkit._incident import Incident, make_incident
from incidentkit._maintenance import Maintenance, make_maintenance
from incidentkit._time import rfc3339
from incidentkit._update import Update, make_update
from incidentkit.formats import _wire as wire
from incidentkit.formats.jsonfeed import _pen as pen
from incidentkit.formats.jsonfeed import _values as values
from incidentkit.formats.jsonfeed._html import text_of
from incidentkit.formats.jsonfeed._shapes import (
    EXTENSION,
    NAME,
    Entry,
    Feed,
    Item,
    Noticed,
    Told,
)
from incidentkit.formats.jsonfeed._values import Values, given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from msgspec import UnsetType
    from pendulum import DateTime

    from incidentkit._vocabulary import Status

    Extras: TypeAlias = FrozenMapping[FrozenMapping[object]]

_TIMES: Final = frozenset({"date_published", "date_modified"})
#: What is not compared: the extension is read by itself, and items one by one.
_APART: Final = frozenset({EXTENSION, "items"})


def kept(told: Values, said: Feed | Item, ours: Feed | Item) -> Extras:
    """What a writer would not write by itself."""
    held = wire.kept(said, ours, told.odd.of(said), _same, _APART)
    return FrozenMapping({NAME: FrozenMapping(held)}) if held else NO_EXTRAS


@attrs.frozen
class Items:
    """The reading of the items of one feed."""

    told: Values
    at: DateTime | None
    """When the feed was fetched."""

    def event(self, item: Item, path: str) -> Incident | Maintenance:
        entry = item.entry
        if entry is UNSET or entry.kind not in {pen.INCIDENT, pen.MAINTENANCE}:
            event = self.generic(item, path)
            return attrs.evolve(event, extras=kept(self.told, item, pen.item(event)))
        make = self.own(item, entry, path)
        made = make(NO_EXTRAS)
        ours = pen.item(made)
        self.compare(entry, ours.entry, f"{path}.{EXTENSION}")
        more = kept(self.told, item, ours)
        return make(more) if more else made

    def own(
        self, item: Item, entry: Entry, path: str
    ) -> Callable[[Extras], Incident | Maintenance]:
        """What the extension tells, exactly; what it is to keep is yet to come."""
        told, place = self.told, f"{path}.{EXTENSION}"
        told.strange(entry, place)
        is_incident = entry.kind == pen.INCIDENT
        statuses: Mapping[str, Status] = (
            values.INCIDENT_STATUSES if is_incident else values.MAINTENANCE_STATUSES
        )
        updates = tuple(
            update
            for where, said in told.items(entry.updates, f"{place}.updates")
            if (update := self.update(said, statuses, where)) is not None
        )
        created_at = told.at(item.date_published, f"{path}.date_published")
        if created_at is None and entry.created_at is UNSET:
            created_at = default_created_at(updates)
        updated_at = told.at(item.date_modified, f"{path}.date_modified")
        if updated_at is None and entry.updated_at is UNSET:
            updated_at = default_updated_at(updates) or created_at
        shared: dict[str, Any] = {
            "name": given(item.title) or "",
            "id": _id(item) if entry.id is UNSET else entry.id,
            "url": given(item.url if entry.url is UNSET else entry.url),
            "impact": told.word(entry.impact, values.IMPACTS, f"{place}.impact"),
            "updates": updates,
            "components": told.mentions(entry.components, f"{place}.components"),
            "created_at": created_at,
            "updated_at": updated_at,
            "stated_status": told.word(
                entry.stated_status, statuses, f"{place}.stated_status"
            ),
            "stated_start": told.at(entry.stated_start, f"{place}.stated_start"),
            "stated_end": told.at(entry.stated_end, f"{place}.stated_end"),
            "detection": self.detection(entry.detection, f"{place}.detection"),
            "postmortem": given(entry.postmortem),
        }
        if is_incident:
            return lambda extras: make_incident(**shared, extras=extras)
        shared |= {
            "scheduled_for": told.at(entry.scheduled_for, f"{place}.scheduled_for"),
            "scheduled_until": told.at(
                entry.scheduled_until, f"{place}.scheduled_until"
            ),
        }
        return lambda extras: make_maintenance(**shared, extras=extras)

    def update(
        self, said: Told, statuses: Mapping[str, Status], path: str
    ) -> Update | None:
        told = self.told
        at = told.at(said.at, f"{path}.at")
        if at is None:
            told.leave_out("item.malformed", path, "an update without a time")
            return None
        created_at = told.at(said.created_at, f"{path}.created_at") or at
        return make_update(
            status=told.word(said.status, statuses, f"{path}.status"),
            body=given(said.body) or "",
            at=at,
            states=told.states(said.states, f"{path}.states"),
            id=given(said.id),
            created_at=created_at,
            updated_at=told.at(said.updated_at, f"{path}.updated_at") or created_at,
        )

    def detection(self, said: Noticed | UnsetType, path: str) -> Detection | None:
        if said is UNSET:
            return None
        self.told.strange(said, path)
        if said.by is UNSET:
            self.told.leave_out("value.malformed", path, "nobody who noticed")
            return None
        return Detection(said.by, self.told.at(said.at, f"{path}.at"))

    def compare(self, entry: Entry, ours: Entry | UnsetType, path: str) -> None:
        """Tell where the summary says something else than the updates."""
        for key in ("status", "began_at", "ended_at"):
            said, derived = getattr(entry, key), getattr(ours, key)
            if said not in {UNSET, derived}:
                detail = f"the updates tell {given(derived) or 'none'}; they count"
                self.told.report.add(
                    "sentence.disagrees", f"{path}.{key}", detail, said
                )

    def generic(self, item: Item, path: str) -> Incident:
        """An item of somebody else's feed: an incident, with its text as an update."""
        told = self.told
        detail = "an item of a feed that is not ours; its text is its one update"
        told.report.add("entry.generic", path, detail)
        posted = told.at(item.date_published, f"{path}.date_published")
        edited = told.at(item.date_modified, f"{path}.date_modified")
        at = posted or edited or self.at
        body = given(item.content_text)
        if body is None and isinstance(item.content_html, str):
            body = text_of(item.content_html)
            detail = "HTML became its text; it is kept as it was, too"
            told.report.add("text.markup", f"{path}.content_html", detail)
        if at is None:
            detail = "an item without a date: its text is of no time"
            told.leave_out("value.left_out", path, detail, body)
        elif at is self.at:
            detail = "when it was posted is not told; when it was fetched was taken"
            told.report.add("time.derived", path, detail)
        updated_at = max(at, edited or at) if at is not None else None
        return Incident(
            given(item.title) or "",
            id=_id(item),
            url=given(item.url),
            updates=[]
            if at is None
            else [Update(None, body=body or "", at=at, updated_at=updated_at or at)],
        )


def _id(item: Item) -> str | None:
    return None if item.id is UNSET else str(item.id)


def _same(key: str, theirs: object, mine: object) -> bool:
    """Whether two values of a key mean the same: times may be spelt in many ways."""
    if key not in _TIMES or not isinstance(theirs, str) or not isinstance(mine, str):
        return False
    try:
        return rfc3339(theirs) == rfc3339(mine)
    except ValueError:
        return False
