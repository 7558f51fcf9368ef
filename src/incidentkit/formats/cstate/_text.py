"""
From an incident to the file of an issue: written anew, or edited as it was.

A file that was read is kept beside its incident, where we would have written another.
Written again, it is edited and not rewritten: a line of front matter changes only where
what it says has changed, an update that was added stands before the others, and all
else is as it was, to the byte.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, cast

from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit._frozen import EMPTY, FrozenMapping
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import last_status
from incidentkit._vocabulary import IncidentStatus
from incidentkit.errors import MalformedDocument
from incidentkit.formats._format import Limits, Source
from incidentkit.formats._frontmatter import edited, line
from incidentkit.formats.cstate._body import harmless, is_label, rendered
from incidentkit.formats.cstate._front import KNOWN
from incidentkit.formats.cstate._issue import parsed, read_issue
from incidentkit.formats.cstate._words import (
    IMPACT_TO_SEVERITY,
    NAME,
    STATUS_TO_LABEL,
    status_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._incident import Incident
    from incidentkit._update import Update
    from incidentkit.formats._frontmatter import Value

#: Under these keys of extras stand the file that was read, and the zone that times
#: without one were read in. Other keys are those of front matter.
FILE: Final = "@file"
ZONE: Final = "@zone"

_POSTMORTEM: Final = STATUS_TO_LABEL[IncidentStatus.POSTMORTEM]
_RULE: Final = "---"


def said(thing: Event | Update) -> FrozenMapping[object]:
    """What cState said of it that the model has no place for."""
    return thing.extras.get(NAME, EMPTY)


def besides(event: Event) -> dict[str, Value]:
    """The keys of front matter that the model has no place for, as text."""
    return {
        key: _textual(value)
        for key, value in said(event).items()
        if not key.startswith("@") and (key not in KNOWN or key == "severity")
    }


def _textual(value: object) -> Value:
    """What extras hold, as YAML without types has it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return tuple(map(_textual, cast("tuple[object, ...]", value)))
    if isinstance(value, FrozenMapping):
        held = cast("FrozenMapping[object]", value)
        return FrozenMapping({key: _textual(one) for key, one in held.items()})
    return str(value)


# -- front matter ----------------------------------------------------------------------


def _is_informational(event: Event) -> bool:
    return besides(event).get("informational") in {"true", "yes", "on"}


def severity(event: Event) -> str | None:
    """The severity that an issue is to have: its own word, else what it implies."""
    if event.impact is not None:
        return IMPACT_TO_SEVERITY[event.impact]
    word = besides(event).get("severity")
    if isinstance(word, str):
        return word
    if event.derived_impact is not None:
        return IMPACT_TO_SEVERITY[event.derived_impact]
    # An open issue without one would leave the page green.
    return "disrupted" if event.is_open else None


def date(event: Event) -> DateTime | None:
    """When an issue is to have begun."""
    if isinstance(event, Maintenance):
        times = [update.at for update in event.updates]
        return event.scheduled_for or event.began_at or min(times, default=None)
    return event.stated_start or event.began_at


def end(event: Event) -> DateTime | None:
    """When an issue is to be resolved, or is stated to have been."""
    return event.stated_end if event.is_open else event.ended_at


def affected(event: Event) -> tuple[str, ...]:
    """The names of the systems that an issue is to affect."""
    return tuple(dict.fromkeys(mention.label for mention in event.affected))


def _wanted(event: Event) -> Iterator[tuple[str, str | None]]:
    """The lines of front matter, key by key; None for a key that is not to stand."""
    yield "title", line("title", event.name)
    began, ended = date(event), end(event)
    yield "date", _timed("date", began)
    resolved = line("resolved", "false" if event.is_open else "true", is_text=False)
    yield "resolved", None if _is_informational(event) else resolved
    yield "resolvedWhen", _timed("resolvedWhen", ended)
    word = severity(event)
    yield "severity", None if word is None else line("severity", word)
    names = affected(event)
    yield "affected", line("affected", names) if names else None
    yield "section", line("section", "issue")
    yield "id", None if event.id is None else line("id", event.id)
    for key, value in besides(event).items():
        if key != "severity":
            yield key, line(key, value, is_text=False)


def _timed(key: str, at: DateTime | None) -> str | None:
    return None if at is None else line(key, time.text(at), is_text=False)


# -- the body --------------------------------------------------------------------------


def spoken(event: Event) -> Sequence[Update]:
    """
    The updates that are to stand in the body.

    A resolution without a word is what `resolved` and `resolvedWhen` say.
    """
    told = event.updates
    if not told:
        return told
    last, before = told[-1], told[:-1]
    status = last_status(before)
    is_silent = (
        last.status is IncidentStatus.RESOLVED
        and not last.body
        and "label" not in said(last)
        and last.at == event.ended_at
        and bool(before)
        and (status is None or not status.is_closed)
        and all(update.at <= last.at for update in before)
    )
    return before if is_silent else told


def block(update: Update) -> str:
    """An update as a piece of the body."""
    label = said(update).get("label")
    if not (
        isinstance(label, str) and is_label(label) and status_of(label) is update.status
    ):
        label = STATUS_TO_LABEL[update.status]
    return rendered(label, time.text(update.at), update.body)


def _body(event: Event) -> str:
    blocks = [block(update) for update in reversed(spoken(event))]
    if event.postmortem is not None:
        told = f"*{_POSTMORTEM}*\n\n{harmless(event.postmortem)}".rstrip()
        blocks.insert(0, f"{told}\n\n{_RULE}" if blocks else told)
    return "\n\n".join(blocks)


# -- the file --------------------------------------------------------------------------


def fresh(event: Event, *, with_besides: bool = True) -> str:
    """The file of an issue, written anew."""
    foreign = () if with_besides else besides(event)
    lines = [text for key, text in _wanted(event) if text and key not in foreign]
    body = _body(event)
    matter = "".join(lines)
    return f"---\n{matter}---\n\n{body}\n" if body else f"---\n{matter}---\n"


def kept(event: Event) -> Iterator[str]:
    """
    The file that was read, edited to say what the event says: the closest first.

    Nothing, where none was kept. Whoever takes one is to read it, and see.
    """
    file = said(event).get(FILE)
    if not isinstance(file, str):
        return
    before = reread(file, zone_of(event), event.name)
    if before is None:
        return
    parts, front = parsed(file, source_of(file))
    changes = dict(_changes(event, before))
    matter = edited(front, changes, KNOWN) if changes else parts.matter
    if matter is None:
        return
    head = parts.opening + matter + parts.closing
    for body in _bodies(event, before, parts.body):
        yield head + body


def zone_of(event: Event) -> tzinfo | None:
    """The zone that times without one were read in."""
    name = said(event).get(ZONE)
    return time.zone(name) if isinstance(name, str) else None


def source_of(file: str, zone: tzinfo | None = None) -> Source:
    """What was written or kept, to be read by ourselves: without limits."""
    limits = Limits(bytes=sys.maxsize, items=sys.maxsize)
    return Source(data=file, report=Report(), zone=zone, limits=limits)


def reread(file: str, zone: tzinfo | None, name: str) -> Incident | None:
    """What a file says, of an issue so called if it does not say; None: no issue."""
    try:
        return read_issue(file, source_of(file, zone), name)
    except MalformedDocument:
        return None


def _changes(event: Event, before: Incident) -> Iterator[tuple[str, str | None]]:
    """The lines that are to say something else than they did; None: none is to."""
    old, new = dict(_wanted(before)), dict(_wanted(event))
    for key in dict.fromkeys((*new, *old)):
        if new.get(key) != old.get(key):
            yield key, new.get(key)


def _bodies(event: Event, before: Incident, body: str) -> Iterator[str]:
    """The bodies that may do, the one that changes least first."""
    old, new = list(map(_shown, spoken(before))), list(map(_shown, spoken(event)))
    if old == new[: len(old)]:
        more = [block(update) for update in spoken(event)[len(old) :]]
        yield from _extended(body, more) if more else (body,)
    yield f"\n{_body(event)}\n"


def _extended(body: str, more: Sequence[str]) -> Iterator[str]:
    """A body with blocks more: above what there is, as the theme has it, or below."""
    newline = "\r\n" if "\r\n" in body else "\n"
    gap = newline * 2
    blocks = [told.replace("\n", newline) for told in more]
    text = body.lstrip("\r\n")
    margin = body[: len(body) - len(text)] or newline
    above = gap.join((*reversed(blocks), text))
    yield margin + above if text else newline + above.rstrip() + newline
    yield gap.join((body.rstrip(), *blocks)) + newline


def _shown(update: Update) -> tuple[object, ...]:
    return update.status, update.body, update.at, said(update).get("label")
