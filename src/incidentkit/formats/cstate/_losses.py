"""What the file of an issue does not give back: each kind of thing, reported once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from incidentkit._finding import Finding
from incidentkit._maintenance import Maintenance
from incidentkit.formats.cstate._text import besides, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidentkit._event import Event

_OF_EVENT: Final[Mapping[str, str]] = {
    "name": "this title",
    "components": "more than the names of systems",
    "id": "this id",
    "url": "the address of an incident",
    "created_at": "when it was put up, beside its updates",
    "updated_at": "when it was edited",
    "stated_start": "this start beside the updates",
    "stated_end": "this end beside the updates",
    "scheduled_until": "when it was to be over",
    "detection": "who noticed",
    "postmortem": "this post-mortem",
}
_OF_UPDATE: Final[Mapping[str, str]] = {
    "body": "this text of an update",
    "at": "the time of an update",
    "id": "ids of updates",
    "created_at": "when an update was posted, beside when it is shown",
    "updated_at": "when an update was edited",
}


def losses(path: str, event: Event, back: Event) -> Iterator[Finding]:
    """What of an event did not come back from the file that was written of it."""
    if isinstance(event, Maintenance):
        detail = "cState has no maintenances; it is written as an issue"
        yield Finding("event.coarsened", path=path, detail=detail)
    yield from _statuses(path, event, back)
    yield from _impact(path, event, back)
    yield from _fields(path, _OF_EVENT, event, back)
    if besides(event) != besides(back):
        detail = "front matter cannot hold what extras do"
        yield Finding("value.left_out", path=f"{path}.extras", detail=detail)
    if len(event.updates) != len(back.updates):
        detail = "the updates do not come back one by one"
        yield Finding("value.left_out", path=f"{path}.updates", detail=detail)
        return
    for index, (update, again) in enumerate(
        zip(event.updates, back.updates, strict=True)
    ):
        place = f"{path}.updates[{index}]"
        yield from _fields(place, _OF_UPDATE, update, again)
        if said(update).get("label") != said(again).get("label"):
            detail = "the word that an update begins with is not what it was"
            yield Finding("value.left_out", path=f"{place}.extras", detail=detail)
        if update.status is not again.status:
            detail = "cState has no such status; its word stands in the text"
            yield Finding(
                "word.coarsened",
                path=f"{place}.status",
                detail=detail,
                value=None if update.status is None else update.status.value,
            )
        if update.states != again.states:
            code = "value.left_out" if update.states else "value.invented"
            detail = "an issue puts all its systems at one level, from start to end"
            yield Finding(code, path=f"{place}.states", detail=detail)


def _statuses(path: str, event: Event, back: Event) -> Iterator[Finding]:
    if event.stated_status is back.stated_status:
        return
    detail = "an issue is resolved or not; all else stands in its updates"
    value = None if event.stated_status is None else event.stated_status.value
    code = "word.coarsened"
    yield Finding(code, path=f"{path}.stated_status", detail=detail, value=value)


def _impact(path: str, event: Event, back: Event) -> Iterator[Finding]:
    place = f"{path}.impact"
    if event.impact is back.impact:
        return
    if event.impact is not None:
        detail = "cState has three severities for five impacts"
        value = event.impact.value
        yield Finding("word.coarsened", path=place, detail=detail, value=value)
    elif event.derived_impact is not None:
        detail = "no impact is stated; the severity follows from the levels"
        yield Finding("impact.derived", path=place, detail=detail)
    else:
        detail = "no impact is stated; an open issue is written as disrupted"
        yield Finding("value.invented", path=place, detail=detail)


def _fields(
    path: str, fields: Mapping[str, str], value: object, back: object
) -> Iterator[Finding]:
    for field, what in fields.items():
        old, new = getattr(value, field, None), getattr(back, field, None)
        if old == new:
            continue
        shown = _shown(old)
        place, code = f"{path}.{field}", "value.left_out"
        detail = f"an issue of cState has no place for {what}"
        if isinstance(old, str) and isinstance(new, str):
            if _words(old) == _words(new):
                code = "text.reflowed"
                detail = "blank lines and blanks at the ends are not kept"
            else:
                code = "text.escaped"
                detail = "what Hugo would obey was made harmless"
        yield Finding(code, path=place, detail=detail, value=shown)


def _words(text: str) -> list[str]:
    return text.split()


def _shown(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return value[:60] if isinstance(value, str) else None
