"""
From what Hugo builds to the model: `index.json` and its like, which are only read.

A missing value is the text `<no value>`, a time is as Go prints it, and the updates are
not there at all. How the JSON itself may be broken, `_mending` tells.

Sources: https://github.com/cstate/cstate (layouts/index.json, layouts/_default,
layouts/issues, layouts/affected)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from incidentkit._component import Component, ComponentRef
from incidentkit._finding import FINDINGS
from incidentkit._incident import Incident
from incidentkit._page import StatusPage
from incidentkit._update import Update
from incidentkit._vocabulary import IncidentStatus
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats.cstate._mending import decoded
from incidentkit.formats.cstate._times import is_nothing, reading
from incidentkit.formats.cstate._words import (
    NAME,
    SEVERITY_TO_IMPACT,
    WORD_TO_INDICATOR,
    WORD_TO_LEVEL,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pendulum import DateTime

    from incidentkit.formats._format import Source

#: The keys of an issue that the model has a place for; version 4 wrote some otherwise.
_OF_ISSUE: Final = frozenset(
    {
        "is",
        "section",
        "title",
        "createdAt",
        "created_at",
        "lastMod",
        "permalink",
        "severity",
        "resolved",
        "resolvedAt",
        "resolved_at",
        "affected",
        "filename",
        "body",
    }
)
_OF_SYSTEM: Final = frozenset(
    {"name", "description", "category", "status", "unresolvedIssues"}
)
_OF_CATEGORY: Final = frozenset({"name", "description"})
_OF_PAGE: Final = frozenset(
    {
        "is",
        "title",
        "baseURL",
        "summaryStatus",
        "categories",
        "systems",
        "pinnedIssues",
        "pages",
        "buildDate",
        "buildTime",
        "buildTimezone",
    }
)


def read_index(text: str, source: Source) -> StatusPage:
    """
    The page that a built document tells of: the whole, a list of issues, or one.

    Raises:
        MalformedDocument: it is no JSON even when repaired, or none of cState's.
        LimitExceeded: it has more issues and systems than `source.limits` allow.
    """
    document = decoded(text, source)
    if not isinstance(document, dict):
        raise MalformedDocument("$", "an object is wanted")
    return _Built(source).page(cast("Mapping[str, object]", document))


# -- the model -------------------------------------------------------------------------


class _Built:
    """Reads a built document, value by value: any of them may be of another kind."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._items = 0

    def _add(self, code: str, path: str, detail: str, value: object = None) -> None:
        self._source.report.add(code, path, detail, value)

    def page(self, document: Mapping[str, object]) -> StatusPage:
        kind = self._word(document, "is", "$")
        if kind == "issue" or ("title" in document and "created_at" in document):
            incident = self._issue(document, "$")
            return StatusPage(incidents=[incident])
        if not document.keys() & {"cStateVersion", "systems", "pages", "summaryStatus"}:
            raise MalformedDocument("$", "none of the documents that cState builds")
        incidents = list(self._issues(document))
        components = [
            *self._components(document, "categories"),
            *self._components(document, "systems"),
        ]
        if kind == "system":
            row = {"name": document.get("title"), "status": document.get("status")}
            components += self._components({"systems": [row]}, "systems")
        url = self._word(document, "baseURL", "$")
        summary = self._known(document, "summaryStatus", "$", WORD_TO_INDICATOR)
        name = self._word(document, "title", "$")
        return StatusPage(
            None if kind == "system" else name,
            url=url,
            components=components,
            incidents=incidents,
            stated_indicator=None if summary is None else WORD_TO_INDICATOR[summary],
            updated_at=self._build_time(document),
            extras={NAME: _besides(document, _OF_PAGE)},
        )

    def _count(self, path: str) -> None:
        self._items += 1
        if self._items > (limit := self._source.limits.items):
            reason = f"more issues and systems than the limit, which is {limit}"
            raise LimitExceeded(path, reason)

    def _word(self, held: Mapping[str, object], key: str, path: str) -> str | None:
        value = held.get(key)
        if value is None or (isinstance(value, str) and is_nothing(value)):
            return None
        if isinstance(value, str):
            return value
        self._add("value.malformed", f"{path}.{key}", "text is wanted here", value)
        return None

    def _known(
        self,
        held: Mapping[str, object],
        key: str,
        path: str,
        words: Mapping[str, object],
    ) -> str | None:
        word = self._word(held, key, path)
        if word is not None and word not in words:
            detail = f"an unknown word for {key!r}"
            self._add("word.unknown", f"{path}.{key}", detail, word)
            return None
        return word

    def _rows(
        self, held: Mapping[str, object], key: str, path: str
    ) -> Iterator[tuple[Mapping[str, object], str]]:
        rows = held.get(key)
        if rows is None:
            return
        if not isinstance(rows, list):
            self._add("value.malformed", f"{path}.{key}", "a list is wanted here")
            return
        for index, row in enumerate(cast("list[object]", rows)):
            place = f"{path}.{key}[{index}]"
            self._count(place)
            if isinstance(row, dict):
                yield cast("Mapping[str, object]", row), place
            else:
                detail = "an object is wanted here"
                self._source.report.leave_out("item.malformed", place, detail, row)

    def _components(
        self, document: Mapping[str, object], key: str
    ) -> Iterator[Component]:
        is_group = key == "categories"
        for row, path in self._rows(document, key, "$"):
            name = self._word(row, "name", path)
            if name is None:
                detail = "a system or category without a name"
                self._source.report.leave_out("item.malformed", path, detail)
                continue
            word = self._known(row, "status", path, WORD_TO_LEVEL)
            yield Component(
                name,
                status=None if word is None else WORD_TO_LEVEL[word],
                is_group=is_group,
                group=self._word(row, "category", path),
                description=self._word(row, "description", path),
                extras={NAME: _besides(row, _OF_CATEGORY if is_group else _OF_SYSTEM)},
            )

    def _issues(self, document: Mapping[str, object]) -> Iterator[Incident]:
        """Each issue once, though every system that it affects lists it."""
        met: dict[str, list[Incident]] = {}
        rows = [
            *self._rows(document, "pinnedIssues", "$"),
            *self._rows(document, "pages", "$"),
        ]
        systems = document.get("systems")
        for index, system in enumerate(
            cast("list[object]", systems) if isinstance(systems, list) else ()
        ):
            if isinstance(system, dict):
                held = cast("Mapping[str, object]", system)
                path = f"$.systems[{index}]"
                rows += self._rows(held, "unresolvedIssues", path)
        for row, path in rows:
            incident = self._issue(row, path)
            alike = met.setdefault(incident.key, [])
            if incident in alike:
                continue
            if alike:
                detail = "an issue is listed twice, and not alike; both are kept"
                self._add("id.duplicate", path, detail, incident.key)
            alike.append(incident)
            yield incident

    def _issue(self, row: Mapping[str, object], path: str) -> Incident:
        created = self._time(
            row, "createdAt" if "createdAt" in row else "created_at", path
        )
        ended = self._time(
            row, "resolvedAt" if "resolvedAt" in row else "resolved_at", path
        )
        word = self._known(row, "severity", path, SEVERITY_TO_IMPACT)
        is_resolved = self._switch(row, "resolved", path)
        informational = self._switch(row, "informational", path)
        is_over = is_resolved or bool(informational)
        body = self._word(row, "body", path)
        updates: list[Update] = []
        if body is not None and created is not None:
            updates = [Update(None, body=body, at=created)]
        title = self._word(row, "title", path)
        if title is None:
            self._add("value.missing", f"{path}.title", "the title is missing")
        file = self._word(row, "filename", path)
        return Incident(
            title or "Incident",
            impact=None if word is None else SEVERITY_TO_IMPACT[word],
            updates=updates,
            components=self._affected(row, path),
            url=self._word(row, "permalink", path),
            created_at=created,
            updated_at=self._time(row, "lastMod", path),
            stated_status=IncidentStatus.RESOLVED if is_over else None,
            stated_end=ended,
            links={} if file is None else {NAME: file},
            extras={NAME: _besides(row, _OF_ISSUE)},
        )

    def _switch(self, row: Mapping[str, object], key: str, path: str) -> bool | None:
        value = row.get(key)
        if value is None or isinstance(value, bool):
            return value
        # The version before wrote what the front matter said, as text.
        if isinstance(value, str):
            return {"true": True, "false": False}.get(value)
        self._add("value.malformed", f"{path}.{key}", "true or false is wanted", value)
        return None

    def _affected(self, row: Mapping[str, object], path: str) -> Iterator[ComponentRef]:
        names = row.get("affected")
        if names is None:
            return
        if not isinstance(names, list):
            self._add("value.malformed", f"{path}.affected", "a list is wanted here")
            return
        for index, name in enumerate(cast("list[object]", names)):
            place = f"{path}.affected[{index}]"
            self._count(place)
            if isinstance(name, str):
                yield ComponentRef(name)
            else:
                self._add("value.malformed", place, "a name is wanted here", name)

    def _time(self, row: Mapping[str, object], key: str, path: str) -> DateTime | None:
        text = self._word(row, key, path)
        return None if text is None else self._at(text, f"{path}.{key}")

    def _at(self, text: str, place: str) -> DateTime | None:
        try:
            came = reading(text, self._source.zone)
        except ValueError as error:
            self._add("time.malformed", place, str(error), text)
            return None
        for code in came.remarks:
            self._add(code, place, FINDINGS[code].meaning, text)
        return came.at

    def _build_time(self, document: Mapping[str, object]) -> DateTime | None:
        day = self._word(document, "buildDate", "$")
        if day is None:
            return None
        clock = self._word(document, "buildTime", "$") or "00:00"
        zone = self._word(document, "buildTimezone", "$") or ""
        return self._at(f"{day} {clock} {zone}", "$.buildDate")


def _besides(held: Mapping[str, object], known: frozenset[str]) -> dict[str, object]:
    # Names with this mark are those that extras keep for themselves.
    return {
        key: value
        for key, value in held.items()
        if key not in known and not key.startswith("@")
    }
