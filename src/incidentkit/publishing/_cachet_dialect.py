"""
What the two versions of Cachet's API take, and what they answer.

Sources: for version 2 the code of `cachethq/cachet`, branch 2.4; for version 3 that of
`cachethq/core`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import attrs

from incidentkit import _time as time
from incidentkit._maintenance import Maintenance
from incidentkit._timeline import last_status
from incidentkit._vocabulary import (
    ComponentStatus,
    IncidentStatus,
    MaintenanceStatus,
    Status,
)
from incidentkit.errors import MalformedDocument
from incidentkit.formats.cachet._words import V2, V3, Version
from incidentkit.publishing._call import Answer, Said, Vendor
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit.publishing._plan import Plan

_Word: TypeAlias = IncidentStatus | MaintenanceStatus | ComponentStatus


@attrs.frozen(kw_only=True)
class Dialect:
    """What one version of the API takes."""

    version: Version
    """What its numbers mean."""
    vendor: Vendor
    notify: str
    """The key that says whether subscribers are told of what is put up."""
    edits_notify: bool
    """Whether an edit of an incident has that key too, and tells them by itself."""
    name_length: int | None
    """How many characters a name may have; None: nothing says."""
    visibilities: frozenset[int]
    """The numbers that say who sees an incident."""
    keeps_levels: bool
    """
    Whether an incident keeps several components, each with a level of its own.

    They are told as it is put up; no edit adds one or changes a level.
    """
    goes_by_clock: bool
    """
    Whether a schedule has no status but the one that follows from its times.

    Such a schedule has updates, and an end that is planned.
    """
    has_zones: bool
    """Whether a time may name its zone, and has seconds."""

    @property
    def name(self) -> str:
        """The name of the format, and of its place in links and extras."""
        return self.version.name

    # -- numbers -----------------------------------------------------------------------

    def status(self, event: Event, until: int) -> int:
        """
        The number of where an event stands once so many updates are posted.

        Where none of those names a status it is as stated apart from them.
        """
        return self._status_number(event, _standing(event, until))

    def report_status(self, plan: Plan, event: Event, until: int, path: str) -> int:
        """The same; what is not the last update's own status is reported."""
        status = _standing(event, until)
        number = self._status_number(event, status)
        table: Mapping[int, _Word | None] = self.version.incidents
        if isinstance(event, Maintenance):
            table = self.version.schedules
        # In version 3 an incident may say that nothing is known of it.
        is_told = not until or event.updates[until - 1].status is not None
        if not is_told and table[number] is not None:
            detail = "the update names no status; the one before is repeated"
            plan.report.add("status.invented", path, detail)
        _report_nearest(plan, status, table[number], path)
        return number

    def _status_number(self, event: Event, status: Status | None) -> int:
        if isinstance(event, Maintenance):
            return self.version.schedule(cast("MaintenanceStatus | None", status))
        return self.version.incident(cast("IncidentStatus | None", status))

    def level(self, plan: Plan, level: ComponentStatus, path: str) -> int:
        """The number of a level; the nearest is reported."""
        number = self.version.component(level)
        _report_nearest(plan, level, self.version.components[number], path)
        return number

    # -- texts -------------------------------------------------------------------------

    def title(self, text: str, path: str) -> str:
        """
        The name of an incident.

        Raises:
            CannotPublish: it is empty, or too long. It is never cut.
        """
        where, limit = f"{path}.name", self.name_length
        if not text:
            raise CannotPublish(where, "Cachet wants a name: give one")
        if limit is not None and len(text) > limit:
            raise CannotPublish(
                where,
                f"the name has {len(text):,} characters, and Cachet takes {limit:,}: "
                "shorten it",
            )
        return text

    def message(
        self, plan: Plan, event: Event, text: str, number: int, path: str
    ) -> str:
        """What is said; where nothing is, the vendor's own label of the status."""
        if text:
            return text
        detail = "the vendor wants a text, and nothing was said: the status's label"
        plan.report.add("value.invented", path, detail)
        if isinstance(event, Maintenance):
            return self.version.schedule_labels[number]
        return self.version.incident_labels[number]

    # -- times -------------------------------------------------------------------------

    def when(self, plan: Plan, at: DateTime, path: str) -> str:
        """A time as the vendor takes it; what is lost of it is reported."""
        if self.has_zones:
            whole = at.replace(microsecond=0)
            if whole != at:
                detail = "the vendor keeps seconds"
                plan.report.add("time.coarsened", path, detail, time.text(at))
            return time.text(whole)
        zone = _zone(plan, path)
        there = time.local(at, zone)
        if there.utcoffset() != at.astimezone(zone).utcoffset():
            detail = "the clock of that zone cannot be written; UTC's stands here"
            plan.report.add("time.coarsened", path, detail, time.text(at))
        if there.second or there.microsecond:
            detail = "the vendor takes minutes"
            plan.report.add("time.coarsened", path, detail, time.text(at))
        if there.fold:
            detail = "the clock shows this time twice that day, and no zone is told"
            plan.report.add("time.ambiguous", path, detail, time.text(at))
        return _minutes(there)


def _minutes(there: datetime) -> str:
    return there.replace(tzinfo=None).isoformat(" ", "minutes")


def _zone(plan: Plan, path: str) -> tzinfo:
    """The zone of the installation, in which version 2 takes times."""
    name = plan.zone_name
    if name is None:
        detail = "the page names no zone, and UTC was taken: read it with tz="
        plan.report.add("time.naive", path, detail)
        return time.UTC
    zone = time.zone(name)
    if zone is None:
        detail = "nobody knows the page's zone, and UTC was taken"
        plan.report.add("zone.unknown", path, detail, name)
    return zone or time.UTC


def _standing(event: Event, until: int) -> Status | None:
    return last_status(event.updates[:until]) or event.stated_status


def _report_nearest(
    plan: Plan, word: _Word | None, written: _Word | None, path: str
) -> None:
    if word is not None and written is not None and word is not written:
        detail = f"the vendor has no {word.value!r}; {written.value!r} comes nearest"
        plan.report.add("word.coarsened", path, detail)


# -- what is answered ------------------------------------------------------------------


def is_number(text: str) -> bool:
    """Whether a text is a number, as every id of the vendor's is."""
    return text.isascii() and text.isdecimal()


def _data(given: Mapping[str, object], name: str) -> Mapping[str, object]:
    data = given.get("data")
    if not isinstance(data, Mapping):
        raise MalformedDocument("$.data", "an object is wanted", name)
    return cast("Mapping[str, object]", data)


def _id(value: object, path: str, name: str) -> str:
    """An id: a number in version 2, a text in version 3."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and is_number(value):
        return value
    raise MalformedDocument(path, "the number of an incident or update is wanted", name)


def _answer2(given: Mapping[str, object]) -> Answer:
    return Answer(_id(_data(given, V2.name).get("id"), "$.data.id", V2.name), ())


def _answer3(given: Mapping[str, object]) -> Answer:
    return Answer(_id(_data(given, V3.name).get("id"), "$.data.id", V3.name), ())


def _said2(given: Mapping[str, object]) -> Said:
    row = _data(given, V2.name)
    within = row.get("incident_id")
    return _said(row.get("id"), row, within, "$.data.incident_id", V2.name)


def _said3(given: Mapping[str, object]) -> Said:
    data = _data(given, V3.name)
    row = data.get("attributes")
    if not isinstance(row, Mapping):
        raise MalformedDocument("$.data.attributes", "an object is wanted", V3.name)
    row = cast("Mapping[str, object]", row)
    within, path = row.get("updateable_id"), "$.data.attributes.updateable_id"
    return _said(data.get("id"), row, within, path, V3.name)


def _said(
    id_: object, row: Mapping[str, object], within: object, path: str, name: str
) -> Said:
    text = row.get("message")
    return Said(
        _id(id_, "$.data.id", name),
        text if isinstance(text, str) else "",
        None if within is None else _id(within, path, name),
    )


DIALECT2: Final = Dialect(
    version=V2,
    vendor=Vendor(V2.name, _answer2, _said2, is_number),
    notify="notify",
    edits_notify=True,
    name_length=None,
    visibilities=frozenset({0, 1}),
    keeps_levels=False,
    goes_by_clock=False,
    has_zones=False,
)
DIALECT3: Final = Dialect(
    version=V3,
    vendor=Vendor(V3.name, _answer3, _said3, is_number),
    notify="notifications",
    edits_notify=False,
    name_length=255,
    visibilities=frozenset({0, 1, 2}),
    keeps_levels=True,
    goes_by_clock=True,
    has_zones=True,
)
