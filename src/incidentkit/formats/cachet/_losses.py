"""
What a document does not give back: each kind of thing, reported once.

No table of what a format can hold is ever as right as the format's own reader. So a
writer does not trust itself: it reads what it wrote, and every difference is told here.
What is not told is, by construction, what a reader gets back.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from enum import Enum
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from incidentkit.formats.cachet._pen import GROUP, group_number, in_order, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._update import Update

#: The fields of a page, and what to call what is lost with them.
_OF_PAGE: Final[Mapping[str, str]] = {
    "name": "the name of a page",
    "url": "the address of a page",
    "id": "the id of a page",
    "time_zone": "the zone of its times: read it with tz=",
    "recorded": "recorded days",
    "updated_at": "when the page changed",
    "stated_indicator": "how the whole page is",
    "stated_description": "how the whole page is, in a sentence",
}
#: The fields of a component, and what to call what is lost with them.
_OF_COMPONENT: Final[Mapping[str, str]] = {
    "name": "this name of a component",
    "id": "an id that is no number",
    "status": "this level",
    "group": "this group",
    "is_group": "a group among the components",
    "description": "the description of a group",
    "position": "no position at all",
    "start_date": "the day a component's history begins",
    "created_at": "when a component was put up",
    "updated_at": "when a component changed",
}
_OF_EVENT: Final[Mapping[str, str]] = {
    "name": "this name",
    "impact": "an impact",
    "id": "an id that is no number",
    "url": "an address",
    "created_at": "when it was put up, beside its updates",
    "updated_at": "when it was edited",
    "stated_status": "a status beside those of the updates",
    "stated_start": "this start",
    "stated_end": "this end",
    "detection": "who noticed it",
    "postmortem": "a post-mortem beside the updates",
    "scheduled_for": "when it was to begin",
    "scheduled_until": "when it was to be over, beside when it was",
}
_OF_UPDATE: Final[Mapping[str, str]] = {
    "status": "this status: the first word has none, nor has a schedule's",
    "body": "this text of an update",
    "at": "a time to show beside the one of posting",
    "id": "the id of an update that is its incident's first word",
    "created_at": "when an update was posted, beside when its incident was put up",
    "updated_at": "when the first word was edited",
}
#: What is an id, or names one.
_IDS: Final = frozenset({"id", "group"})
#: What a reader may derive where nobody stated it.
_STATED: Final = frozenset({"stated_status", "stated_start", "stated_end"})


def report_page(page: StatusPage, back: StatusPage, report: Report) -> None:
    """Report what of a page itself did not come back."""
    _report("$", _OF_PAGE, page, back, report)


def report_components(
    told: Iterable[tuple[int, Component]],
    back: Iterable[Component],
    report: Report,
) -> None:
    """Report what of some components of a page, given their places, did not."""
    waiting: dict[str | None, deque[tuple[int, Component]]] = {}
    for place, again in enumerate(back):
        waiting.setdefault(again.id, deque()).append((place, again))
    last = -1
    for index, one in sorted(told, key=itemgetter(0)):
        path = f"$.components[{index}]"
        key = (
            f"{GROUP}{group_number(one.key)}" if one.is_group else f"{number(one.key)}"
        )
        if not (met := waiting.get(key)):
            _report_gone(path, one, report)
            continue
        place, again = met.popleft()
        if place < last:
            detail = f"{_NO_PLACE} the order of components and groups"
            report.add("value.left_out", "$.components", detail)
        last = max(place, last)
        _report(path, _OF_COMPONENT, one, again, report)


def report_events(
    what: str,
    told: Iterable[tuple[int, Event]],
    back: Iterable[Event | None],
    report: Report,
) -> None:
    """Report what of some incidents or maintenances, given their places, did not."""
    for (index, event), again in zip(told, chain(back, repeat(None)), strict=False):
        path = f"$.{what}[{index}]"
        if again is None:
            _report_gone(path, event, report)
        else:
            _report_event(path, event, again, report)


def _report_gone(path: str, thing: Component | Event, report: Report) -> None:
    detail = "what its extras hold keeps it from being read again"
    report.leave_out("item.unfitting", path, detail, thing.name, thing.id)


def _report_event(path: str, event: Event, back: Event, report: Report) -> None:
    _report(path, _OF_EVENT, event, back, report)
    _report_mentions(f"{path}.components", event, back, report)
    told = in_order(event.updates)
    if [index for index, _ in told] != list(range(len(told))):
        detail = "the updates are not in order of posting; they were put in it"
        report.add("order.unsorted", f"{path}.updates", detail)
    if not told and back.updates:
        detail = "an incident has a first word; an empty one was written"
        report.add("value.invented", f"{path}.updates", detail)
    elif len(told) < len(back.updates):
        detail = (
            "updates of several incidents share their ids: they cannot be told apart"
        )
        report.add("id.duplicate", f"{path}.updates", detail)
    for place, (index, update) in enumerate(told):
        where = f"{path}.updates[{index}]"
        if place < len(back.updates):
            _report_update(where, update, back.updates[place], report)
        else:
            detail = "only the first word is kept here"
            report.leave_out("item.unfitting", where, detail, update.body, update.id)


def _report_update(path: str, update: Update, back: Update, report: Report) -> None:
    _report(path, _OF_UPDATE, update, back, report)
    if update.states != back.states:
        levels = [(row.status, row.before) for row in update.states]
        same = levels == [(row.status, row.before) for row in back.states]
        what = "how an update calls a component" if same else "the levels of an update"
        report.add("value.left_out", f"{path}.states", f"{_NO_PLACE} {what}")


def _report_mentions(path: str, event: Event, back: Event, report: Report) -> None:
    if event.components == back.components:
        return
    told = event.affected
    more = told[len(back.components) :]
    if more:
        detail = f"{_NO_PLACE} more components of an incident"
        report.add("value.left_out", path, detail, more[0].label)
    for mention, again in zip(told, back.components, strict=False):
        if mention.id != again.id:
            _report_id(path, mention.key, report)
        if mention.name is None and again.name is not None:
            detail = "a component that was mentioned by its id has got its name"
            report.add("value.invented", path, detail, again.name)
        elif mention.name != again.name:
            detail = f"{_NO_PLACE} the name by which an incident calls a component"
            report.add("value.left_out", path, detail, mention.name)
    if told != event.components:
        detail = "components that only updates name were attached to the whole"
        report.add("value.invented", path, detail)


_NO_PLACE: Final = "this document has no place for"


def _report_id(path: str, key: str, report: Report) -> None:
    detail = "an id is a number here; one was derived from the key"
    report.add("id.invented", path, detail, key)


def _report(
    path: str, fields: Mapping[str, str], value: object, back: object, report: Report
) -> None:
    for field, what in fields.items():
        old, new = getattr(value, field, None), getattr(back, field, None)
        if old == new:
            continue
        place = f"{path}.{field}"
        if old is None or old == ():
            if field not in _STATED:
                _report_invented(place, field, what, report)
        elif field in _IDS and new is not None:
            _report_id(place, str(old), report)
        elif isinstance(old, datetime) and _same_second(old, new):
            detail = "times are of whole seconds here"
            report.add("time.coarsened", place, detail, old.isoformat())
        elif isinstance(old, Enum) and isinstance(new, Enum):
            detail = f"there is no {old.value!r} here; {new.value!r} comes nearest"
            report.add("status.coarsened", place, detail, old.value)
        else:
            detail = f"{_NO_PLACE} {what}"
            report.add("value.left_out", place, detail, _shown(old))


def _report_invented(place: str, field: str, what: str, report: Report) -> None:
    if field == "id":
        detail = "an id is wanted here, and nobody gave one; it was made of the key"
        report.add("id.invented", place, detail)
    elif field == "status":
        detail = "a status is wanted here; the one before was repeated"
        report.add("status.invented", place, detail)
    else:
        detail = f"a value is wanted in the place of {what}, and nobody gave one"
        report.add("value.invented", place, detail)


def _same_second(old: datetime, new: object) -> bool:
    return isinstance(new, datetime) and old.replace(microsecond=0) == new


def _shown(value: object) -> object:
    # A finding repeats texts and times; of all else it says only that it is lost.
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str) else None
