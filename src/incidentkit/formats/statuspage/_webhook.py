"""
Webhooks: what the vendor posts to whoever asked to be told.

There are three, told apart by their keys: `component_update` with the component that
changed, or `incident`, which is a maintenance if it says when it is planned for. Sent
when a component's level changes, or an incident is put up or updated; an incident comes
whole each time, with every update so far, so that what was met before is told by the
ids of the updates.

- `meta` has links for people and, since about 2014, when the notification was made:
  the page is taken to have changed then.
- `page` has the id and the roll-up, and neither name nor zone.
- `incident` is a `LegacyRow`: with the keys of post-mortems, backfills and reminders.
  `components` is missing from it in some subscriptions, `started_at` in all seen.
- `component_update` has no place in the model: it is kept whole, as it was sent, under
  `page.extras["statuspage"]["@document"]["component_update"]`.

Sources: the vendor's page on webhook notifications,
https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/, and
recorded notifications of 2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from msgspec import UNSET, Raw, UnsetType

from incidentkit._frozen import FrozenMapping
from incidentkit._make import changer
from incidentkit._page import StatusPage
from incidentkit.errors import UnknownFormat
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._page import page_of, remembering, rolled_up
from incidentkit.formats.statuspage._pen import NAME, Pen
from incidentkit.formats.statuspage._shapes import (
    WORDS,
    Document,
    LegacyRow,
    PageRow,
    StatusRow,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit.formats.statuspage._reading import Reading

_changed = changer(StatusPage, "updated_at")


class MetaRow(wire.Shape):
    """`meta`: of the notification itself."""

    unsubscribe: Text = UNSET
    documentation: Text = UNSET
    generated_at: Text = UNSET  # missing in the oldest


class PageRollUp(wire.Shape):
    """`page`: whose it is, and how it is as a whole."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status_indicator", "status_description"}
    )

    id: wire.Id | UnsetType | None = UNSET
    status_indicator: Text = UNSET
    status_description: Text = UNSET


class ComponentUpdate(wire.Shape):
    """`component_update`: which level a component was at, and which it is at."""

    created_at: Text = UNSET
    new_status: Text = UNSET
    old_status: Text = UNSET
    id: wire.Id | UnsetType | None = UNSET
    component_id: wire.Id | UnsetType | None = UNSET
    component_type: Text = UNSET  # "Component"; missing in the oldest


class Webhook(wire.Shape):
    """Any of the three."""

    meta: MetaRow | UnsetType = UNSET
    page: PageRollUp | UnsetType = UNSET
    incident: LegacyRow | UnsetType = UNSET
    component: Raw | UnsetType = UNSET
    component_update: ComponentUpdate | UnsetType = UNSET


_KEYS: Mapping[str, tuple[str, ...]] = {
    "webhook/incident": ("meta", "page", "incident"),
    "webhook/maintenance": ("meta", "page", "incident"),
    "webhook/component": ("meta", "page", "component", "component_update"),
}


def is_webhook(keys: Mapping[str, Raw]) -> bool:
    """Whether these are the keys of a webhook, and not of a document with a page."""
    if "component_update" in keys:
        return True
    if "incident" not in keys:
        return False
    return "meta" in keys or b'"status_indicator"' in bytes(keys.get("page", b""))


# -- reading ---------------------------------------------------------------------------


def read_webhook(reading: Reading, data: bytes) -> StatusPage:
    """
    What a webhook tells, as a page with that one thing on it.

    Raises:
        MalformedDocument: it is no JSON.
        LimitExceeded: it nests too deep, or has too many updates.
    """
    hook = wire.read(data, Webhook, *reading.careful)
    said = PageRollUp() if hook.page is UNSET else hook.page
    meta = MetaRow() if hook.meta is UNSET else hook.meta
    document = Document(page=PageRow(id=said.id))
    if hook.incident is not UNSET:
        document.incident = hook.incident
    if hook.component is not UNSET:
        document.components = [hook.component]
    name = _name_of(hook)
    page = page_of(reading, document, name)
    row = StatusRow(
        indicator=said.status_indicator, description=said.status_description
    )
    page = rolled_up(reading, page, row, "$.page.status_indicator")
    page = _changed(page, reading.when(meta.generated_at, "$.meta.generated_at"))
    pen = Pen(page_id=page.id, zone=None, rows={}, report=reading.report)
    kept: dict[str, object] = {
        "meta": reading.kept(meta, _meta_row(pen, page)),
        "page": reading.kept(said, _roll_up(pen, page)),
        "around": reading.around(hook, _KEYS[name]),
    }
    if hook.component_update is not UNSET:
        kept["component_update"] = _update(reading, hook.component_update)
    return remembering(page, {key: held for key, held in kept.items() if held})


def _name_of(hook: Webhook) -> str:
    if hook.incident is UNSET:
        return "webhook/component"
    planned = hook.incident.scheduled_for
    return f"webhook/{'maintenance' if isinstance(planned, str) else 'incident'}"


def _update(reading: Reading, row: ComponentUpdate) -> FrozenMapping[object]:
    """All of `component_update`, its words and its time looked at."""
    path = "$.component_update"
    reading.word(shapes.COMPONENT_STATUS, row.new_status, f"{path}.new_status")
    reading.word(shapes.COMPONENT_STATUS, row.old_status, f"{path}.old_status")
    reading.when(row.created_at, f"{path}.created_at")
    return FrozenMapping({**msgspec.to_builtins(row), **reading.odd.of(row)})


# -- writing ---------------------------------------------------------------------------


def _meta_row(pen: Pen, page: StatusPage) -> MetaRow:
    row = MetaRow()
    if page.updated_at is not None:
        row.generated_at = pen.times[page.updated_at]
    return row


def _roll_up(pen: Pen, page: StatusPage) -> PageRollUp:
    return PageRollUp(
        id=pen.page_id,
        status_indicator=WORDS[page.indicator],
        status_description=page.description,
    )


def of_incident(
    pen: Pen, page: StatusPage, held: Mapping[str, object], row: object
) -> object:
    """A webhook about an incident or maintenance, given its row and what is held."""
    hook = _hook(pen, page, held)
    hook.incident = as_any(row)
    return wire.restored(hook, wire.mapping(held.get("around")))


def of_component(
    pen: Pen, page: StatusPage, held: Mapping[str, object], index: int
) -> object:
    """A webhook about a component, given its place and what is held of the one read."""
    hook = _hook(pen, page, held)
    id, row = list(pen.rows.items())[index]
    hook.component = as_any(row)
    change = wire.mapping(held.get("component_update"))
    hook.component_update = as_any(_change(pen, page, index, id, change))
    return wire.restored(hook, wire.mapping(held.get("around")))


def _hook(pen: Pen, page: StatusPage, held: Mapping[str, object]) -> Webhook:
    meta, whose = wire.mapping(held.get("meta")), wire.mapping(held.get("page"))
    return Webhook(
        meta=as_any(wire.restored(_meta_row(pen, page), meta)),
        page=as_any(wire.restored(_roll_up(pen, page), whose)),
    )


def _change(
    pen: Pen, page: StatusPage, index: int, id: str, held: Mapping[str, object]
) -> object:
    """What changed: as it was read, if the component is still at that level."""
    one = page.components[index]
    word = WORDS[one.status]
    same = (held.get("component_id", id), held.get("new_status", word))
    if held and same == (id, word):
        return held
    path = f"$.components[{index}]"
    detail = "nobody says which level the component was at before"
    pen.report.add("value.missing", path, detail, one.name)
    at = one.updated_at or page.updated_at
    key = f"{id}/{word}/{pen.times[at]}"
    return ComponentUpdate(
        created_at=pen.times[at],
        new_status=word,
        old_status=None,
        id=pen.id(None, key, path, "the change of a component"),
        component_id=id,
        component_type="Component",
    )


def the_component(page: StatusPage, name: str) -> int:
    """
    The place of the only component of a page: what a document of one is about.

    Raises:
        UnknownFormat: there is none, or there are several to choose from.
    """
    every = list(enumerate(page.components))
    leaves = [index for index, one in every if not one.is_group]
    places = leaves if len(every) > 1 else [index for index, _ in every]
    if len(places) == 1:
        return places[0]
    what = f"{len(places)} to choose from" if places else "none"
    raise UnknownFormat(
        NAME, f"the document {name!r} is about one component; there is {what}"
    )
