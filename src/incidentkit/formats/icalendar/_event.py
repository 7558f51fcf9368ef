"""From the properties of an event to an incident or a maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from incidentkit._component import ComponentRef, ComponentState
from incidentkit._event import Detection
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update
from incidentkit._vocabulary import Impact, IncidentStatus
from incidentkit.formats.icalendar._lines import of
from incidentkit.formats.icalendar._words import (
    EVENT_STATUSES,
    IMPACTS,
    INCIDENT,
    INCIDENT_STATUSES,
    LEVELS,
    MAINTENANCE,
    MAINTENANCE_STATUSES,
    MAINTNOTE,
    NOTED_IMPACTS,
    OURS,
    STATUSES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pendulum import DateTime

    from incidentkit._vocabulary import MaintenanceStatus, Status
    from incidentkit.formats.icalendar._clock import Clock
    from incidentkit.formats.icalendar._lines import Line

V = TypeVar("V")

#: What makes of one event many, and is not carried out.
_RECURRING: Final = ("RRULE", "RDATE", "EXRULE")


def read_event(
    lines: Sequence[Line], clock: Clock, path: str
) -> Incident | Maintenance:
    """An event as what it tells of; nothing in it makes it unreadable."""
    return _Reading(lines, clock, path).event()


@attrs.frozen
class _Reading:
    """The reading of one event."""

    lines: Sequence[Line]
    clock: Clock
    path: str

    def event(self) -> Incident | Maintenance:
        for name in _RECURRING:
            if (line := self.one(name)) is not None:
                detail = "it recurs; its first time was read, and the rule is kept"
                place = self.place(name)
                self.clock.report.leave_out("event.recurs", place, detail, line.value)
        kind = self.text(f"{OURS}KIND")
        return self.own(kind) if kind in {INCIDENT, MAINTENANCE} else self.others()

    # -- what we wrote -----------------------------------------------------------------

    def own(self, kind: str) -> Incident | Maintenance:
        """What our own properties tell."""
        detected = self.one(f"{OURS}DETECTED")
        is_incident = kind == INCIDENT
        statuses: Mapping[str, Status] = (
            INCIDENT_STATUSES if is_incident else MAINTENANCE_STATUSES
        )
        id = self.text(f"{OURS}ID")
        shared: dict[str, Any] = {
            "name": self.text("SUMMARY") or "",
            "id": (self.text("UID") or None) if id is None else id,
            "url": self.url(),
            "impact": self.word(f"{OURS}IMPACT", IMPACTS),
            "updates": list(self.updates(statuses)),
            "components": [
                mention
                for line in of(self.lines, f"{OURS}COMPONENT")
                if (mention := self.mention(line)) is not None
            ],
            "created_at": self.at("CREATED"),
            "updated_at": self.at("LAST-MODIFIED"),
            "stated_status": self.word(f"{OURS}STATED-STATUS", statuses),
            "stated_start": self.exact(f"{OURS}STATED-START"),
            "stated_end": self.exact(f"{OURS}STATED-END"),
            "detection": None
            if detected is None
            else Detection(
                detected.text,
                self.clock.exact(detected.params.get("AT"), self.place(detected.name)),
            ),
            "postmortem": self.text(f"{OURS}POSTMORTEM"),
        }
        if is_incident:
            return Incident(**shared)
        start = self.at("DTSTART")
        end = self.end(start)
        return Maintenance(**shared, scheduled_for=start, scheduled_until=end)

    def updates(self, statuses: Mapping[str, Status]) -> Iterator[Update]:
        levels: dict[str, list[ComponentState]] = {}
        for line in of(self.lines, f"{OURS}LEVEL"):
            mention = self.mention(line)
            if mention is not None:
                number = line.params.get("UPDATE", "")
                level = self.known(line.value or None, LEVELS, line.name)
                before = self.known(line.params.get("BEFORE"), LEVELS, line.name)
                state = ComponentState(mention, level, before)
                levels.setdefault(number, []).append(state)
        for count, line in enumerate(of(self.lines, f"{OURS}UPDATE"), start=1):
            place = self.place(line.name)
            at = self.clock.exact(line.params.get("AT"), place)
            if at is None:
                self.leave_out("item.malformed", line.name, "an update without a time")
                continue
            posted = self.clock.exact(line.params.get("POSTED"), place) or at
            yield Update(
                self.known(line.params.get("STATUS"), statuses, line.name),
                body=line.text,
                at=at,
                states=levels.get(str(count), []),
                id=line.params.get("ID"),
                created_at=posted,
                updated_at=self.clock.exact(line.params.get("EDITED"), place) or posted,
            )

    def mention(self, line: Line) -> ComponentRef | None:
        name, id = line.params.get("COMPONENT"), line.params.get("COMPONENT-ID")
        if name is None and id is None:
            detail = "a component is mentioned by name, by id, or both"
            self.leave_out("item.malformed", line.name, detail)
            return None
        return ComponentRef(name, id=id)

    # -- what others wrote -------------------------------------------------------------

    def others(self) -> Incident | Maintenance:
        """What the properties of MAINTNOTE and of any calendar tell."""
        start = self.at("DTSTART")
        end = self.end(start)
        is_noted = any(line.name.startswith(MAINTNOTE) for line in self.lines)
        if not is_noted and self.is_incident():
            return self.other_incident(start, end)
        impact = self.noted_impact() if is_noted else Impact.MAINTENANCE
        status = self.noted_status()
        told = self.told(status, start)
        return Maintenance(
            self.text("SUMMARY") or "",
            **self.shared(told),
            impact=impact,
            stated_status=None if told else status,
            scheduled_for=start,
            scheduled_until=end,
            components=[
                ComponentRef(id=line.text)
                for line in of(self.lines, f"{MAINTNOTE}OBJECT-ID")
            ],
        )

    def other_incident(self, start: DateTime | None, end: DateTime | None) -> Incident:
        """An event that calls itself an incident."""
        if end is not None:
            detail = "it has no status; what has an end is over"
            self.clock.report.add("status.derived", self.path, detail)
        return Incident(
            self.text("SUMMARY") or "",
            **self.shared(self.told(None, start)),
            stated_status=None if end is None else IncidentStatus.RESOLVED,
            stated_start=start,
            stated_end=end,
        )

    def shared(self, updates: list[Update]) -> dict[str, Any]:
        return {
            "id": self.text("UID") or None,
            "url": self.url(),
            "updates": updates,
            "created_at": self.at("CREATED"),
            "updated_at": self.at("LAST-MODIFIED"),
        }

    def is_incident(self) -> bool:
        said = self.text("CATEGORIES") or ""
        names = {name.strip().lower() for name in said.split(",")}
        if names.isdisjoint({INCIDENT, MAINTENANCE}):
            detail = "nothing says what it is; it was taken to be planned"
            self.clock.report.add("event.kind", self.path, detail)
        return INCIDENT in names

    def noted_status(self) -> MaintenanceStatus | None:
        name = f"{MAINTNOTE}STATUS"
        if self.one(name) is not None:
            return self.word(name, STATUSES)
        return self.word("STATUS", EVENT_STATUSES)

    def noted_impact(self) -> Impact | None:
        name = f"{MAINTNOTE}IMPACT"
        word = self.text(name)
        if word is None:
            return None
        if word == "REDUCED-REDUNDANCY":
            detail = "redundancy is less, and nothing else: taken for no impact"
            self.clock.report.add("word.coarsened", self.place(name), detail, word)
        impact = self.word(name, NOTED_IMPACTS)
        return Impact.CRITICAL if impact is None else impact

    def told(
        self, status: MaintenanceStatus | None, start: DateTime | None
    ) -> list[Update]:
        """The one update of an event: what it says and where it stands."""
        body = self.text("DESCRIPTION") or ""
        if status is None and not body:
            return []
        at = self.clock.first(
            self.lines, ("DTSTAMP", "LAST-MODIFIED", "CREATED"), self.place
        )
        if at is None:
            if start is None:
                self.leave_out("value.left_out", "DTSTAMP", "what was said at no time")
                return []
            detail = "when it was said is not told; its beginning was taken"
            self.clock.report.add("time.derived", self.place("DTSTAMP"), detail)
            at = start
        return [Update(status, body=body, at=at)]

    # -- properties --------------------------------------------------------------------

    def one(self, name: str) -> Line | None:
        return next(of(self.lines, name), None)

    def text(self, name: str) -> str | None:
        line = self.one(name)
        return None if line is None else line.text

    def url(self) -> str | None:
        line = self.one("URL")
        return self.text(f"{OURS}URL") if line is None else line.value

    def word(self, name: str, table: Mapping[str, V]) -> V | None:
        return self.known(self.text(name), table, name)

    def known(self, word: str | None, table: Mapping[str, V], name: str) -> V | None:
        """What a word means; None with a finding if nobody knows it."""
        if word is None:
            return None
        if word not in table:
            detail = f"a word that is none of {', '.join(table)}"
            self.clock.report.add("word.unknown", self.place(name), detail, word)
        return table.get(word)

    def at(self, name: str) -> DateTime | None:
        return self.clock.at(self.one(name), self.place(name))

    def exact(self, name: str) -> DateTime | None:
        return self.clock.exact(self.text(name), self.place(name))

    def end(self, start: DateTime | None) -> DateTime | None:
        if self.one("DTEND") is not None:
            return self.at("DTEND")
        return self.clock.after(start, self.one("DURATION"), self.place("DURATION"))

    def place(self, name: str) -> str:
        return f"{self.path}, {name}"

    def leave_out(self, code: str, name: str, detail: str) -> None:
        self.clock.report.leave_out(code, self.place(name), detail)
