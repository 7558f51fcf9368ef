"""From the file of an issue to an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._incident import Incident
from incidentkit._timeline import last_status
from incidentkit._update import Update
from incidentkit._vocabulary import IncidentStatus
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._frontmatter import longest, parse, split
from incidentkit.formats.cstate._body import comments, pieces
from incidentkit.formats.cstate._front import Front
from incidentkit.formats.cstate._timeline import Timeline, closes, levelled
from incidentkit.formats.cstate._words import NAME, SEVERITY_TO_IMPACT, WORD_TO_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pendulum import DateTime

    from incidentkit.formats._format import Source
    from incidentkit.formats._frontmatter import FrontMatter, Parts


def parsed(text: str, source: Source) -> tuple[Parts, FrontMatter]:
    """
    The parts of a file, and its front matter.

    Raises:
        MalformedDocument: it does not begin with front matter in YAML.
        LimitExceeded: that is longer than `source.limits` allow.
    """
    parts = split(text)
    if parts is None:
        reason = "no front matter: YAML between two lines of '---' is wanted"
        raise MalformedDocument("line 1", reason)
    limit = longest(source.limits)
    return parts, parse(parts.matter, source.report, first_line=2, limit=limit)


def read_issue(
    text: str, source: Source, fallback: str = "Incident"
) -> Incident | None:
    """
    The incident that the file of an issue tells of; None for what the page hides.

    Args:
        text: the file.
        source: where findings go, and the zone of times that name none.
        fallback: what to call an issue without a title.

    Raises:
        MalformedDocument: it does not begin with front matter in YAML.
        LimitExceeded: it has more updates and systems than `source.limits` allow.
    """
    parts, front = parsed(text, source)
    offset = parts.matter.count("\n") + 3
    return _Issue(parts.body, Front(front, source), offset).incident(fallback)


@attrs.frozen(eq=False)
class _Issue:
    body: str
    front: Front
    offset: int
    """The line that the body begins on."""

    def incident(self, fallback: str) -> Incident | None:
        front = self.front
        if front.is_hidden():
            return None
        began, resolved = front.time("date"), front.time("resolvedWhen")
        closed = front.switch("resolved")
        told = pieces(self.body)
        mentions = front.affected()
        self._check_items(len(told) + len(mentions))
        self._note_comments()
        ended = resolved if closed else None
        updates = Timeline(front, self.offset, began, ended).updates(told)
        stated = self._stated_status(updates, closed=closed)
        severity = front.severity()
        if ended is not None and closes(updates, ended):
            updates.append(Update(IncidentStatus.RESOLVED, at=ended))
            stated = None
        if severity is not None and severity in SEVERITY_TO_IMPACT:
            level = WORD_TO_LEVEL[severity]
            updates = levelled(updates, mentions, level, is_open=closed is False)
        postmortems = [piece.text for piece in told if piece.is_postmortem]
        incident = Incident(
            front.title(fallback),
            impact=SEVERITY_TO_IMPACT.get(severity or ""),
            updates=updates,
            components=mentions,
            id=front.scalar("id"),
            created_at=None if updates else began,
            stated_status=stated,
            stated_start=began,
            stated_end=resolved,
            postmortem="\n\n".join(postmortems) if postmortems else None,
            extras={NAME: front.besides(severity)},
        )
        self._note_amiss(incident, began, resolved)
        return incident

    def _check_items(self, items: int) -> None:
        if items > (limit := self.front.source.limits.items):
            reason = f"{items} updates and systems, and the limit is {limit}"
            raise LimitExceeded("line 1", reason)

    def _note_comments(self) -> None:
        for line, text in comments(self.body):
            detail = "what is commented out is not read"
            self.front.add("text.commented", f"line {self.offset + line}", detail, text)

    def _stated_status(
        self, updates: Sequence[Update], *, closed: bool | None
    ) -> IncidentStatus | None:
        """What front matter says of the whole that the updates do not."""
        last = last_status(updates)
        is_told_closed = last is not None and last.is_closed
        place = f"line {self.front.line('resolved')}"
        if closed is False and is_told_closed:
            detail = "'resolved' is false, and the last update says that it is over"
            self.front.add("sentence.disagrees", place, detail)
            return IncidentStatus.INVESTIGATING
        if closed is False or is_told_closed:
            return None
        if closed is None and not self.front.switch("informational"):
            detail = "'resolved' is missing: cState does not count it among the open"
            self.front.add("value.missing", place, detail)
        return IncidentStatus.RESOLVED

    def _note_amiss(
        self, incident: Incident, began: DateTime | None, resolved: DateTime | None
    ) -> None:
        place = f"line {self.front.line('resolvedWhen')}"
        if incident.is_open and resolved is not None:
            detail = "'resolvedWhen' is set, and 'resolved' is not"
            self.front.add("end.while_open", place, detail)
        if began is not None and resolved is not None and resolved < began:
            detail = "'resolvedWhen' is before 'date'"
            self.front.add(
                "duration.negative", place, detail, self.front.scalar("resolvedWhen")
            )
