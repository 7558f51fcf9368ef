"""
The calls that carry one maintenance to Cachet, which calls it a schedule.

Its components are moved by calls of their own: a schedule names the levels they are to
have, and no source says that they ever get them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit.publishing import _cachet_levels as levels
from incidentkit.publishing import _cachet_telling as telling
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.publishing._cachet_dialect import Dialect
    from incidentkit.publishing._case import Case


def carry_schedule(
    dialect: Dialect, case: Case, before: Maintenance | None, after: Maintenance
) -> None:
    """
    Add the calls that carry one maintenance.

    Raises:
        CannotPublish: the vendor would not take it, or it is not clear what is meant.
    """
    one = _Carried(dialect, case, before, after, telling.is_begun(case))
    posted = telling.posted(case)
    one.begin(ends_later=dialect.goes_by_clock and bool(posted))
    for place in posted:
        one.post(place, is_last=place == posted[-1])
    for old, place in case.matched.kept:
        one.edit(old, place)


@attrs.define
class _Carried:
    """A maintenance, while its calls are built."""

    dialect: Dialect
    case: Case
    before: Maintenance | None
    after: Maintenance
    is_begun: bool
    """Whether the first update is to be the message."""
    end: str | None = None
    """When it is over, where the last update is to say so."""

    # -- the schedule itself -----------------------------------------------------------

    def begin(self, *, ends_later: bool) -> None:
        """Put it up, or edit what is said of the maintenance itself."""
        after, plan = self.after, self.case.plan
        fields = self._head()
        if self.before is None:
            fields |= self._components()
            fields[self.dialect.notify] = plan.notify
            purpose = f"put up {after.name!r}: begins {fields['scheduled_at']}"
            segments = ("schedules",)
            plan.add("POST", segments, fields, purpose, event=after, gives_ids=True)
        else:
            fields |= self._added(self.before)
            # Until June 2026 version 3 took an end from an update only.
            if ends_later and "completed_at" in fields:
                self.end = str(fields.pop("completed_at"))
            if fields:
                self._put(fields)
        if self.is_begun:
            self._move(0)

    def _head(self) -> dict[str, object]:
        """Every key that is new or changed, but for the components."""
        before, after, path = self.before, self.after, self.case.path
        fields: dict[str, object] = {}
        if before is None or before.name != after.name:
            fields["name"] = self.dialect.title(after.name, path)
        fields |= self._message()
        if not self.dialect.goes_by_clock:
            fields |= self._status()
        elif any(after.updates[place].status for place in self.case.matched.new):
            detail = "where a schedule stands follows from its times and the clock"
            self.case.report("status.by_clock", ".updates", detail)
        return fields | self._times()

    def _message(self) -> dict[str, object]:
        """The first word, if it is new or changed."""
        after, until = self.after, min(1, len(self.after.updates))
        old = telling.message(self.case)
        if self.before is not None and not self.is_begun:
            if old is None or old.body == after.updates[0].body:
                return {}
        elif not until:
            detail = "no update begins it: the vendor wants a first word"
            self.case.report("value.invented", "", detail)
        number = self.dialect.status(after, until)
        body = after.updates[0].body if until else ""
        path = f"{self.case.path}.updates[0].body"
        text = self.dialect.message(self.case.plan, after, body, number, path)
        return {"message": text}

    def _status(self) -> dict[str, object]:
        """Where it stands, if that is new or changed."""
        before, after = self.before, self.after
        until = len(after.updates)
        if before is not None and (
            self.dialect.status(before, len(before.updates))
            == self.dialect.status(after, until)
        ):
            return {}
        plan, path = self.case.plan, f"{self.case.path}.status"
        return {"status": self.dialect.report_status(plan, after, until, path)}

    def _times(self) -> dict[str, object]:
        """
        When it is to begin and when it is over.

        Raises:
            CannotPublish: nothing says when it is to begin.
        """
        fields: dict[str, object] = {}
        told = (
            ("scheduled_at", "scheduled_for", _begin),
            ("completed_at", "scheduled_until", self._end),
        )
        for key, name, of in told:
            at = of(self.after)
            was = None if self.before is None else of(self.before)
            if at is not None and at != was:
                path = f"{self.case.path}.{name}"
                fields[key] = self.dialect.when(self.case.plan, at, path)
            elif at is None and was is not None:
                detail = "a time that was told can be moved, and not be taken back"
                self.case.report("change.refused", f".{name}", detail)
            elif at is None and self.before is None and of is _begin:
                raise CannotPublish(
                    f"{self.case.path}.{name}",
                    "without a time to begin at it is no schedule: give scheduled_for",
                )
        return fields

    def _end(self, maintenance: Maintenance) -> DateTime | None:
        """When it was over; in version 3, before that, when it is to be."""
        if not maintenance.is_open and maintenance.ended_at is not None:
            return maintenance.ended_at
        return maintenance.scheduled_until if self.dialect.goes_by_clock else None

    def _put(self, fields: dict[str, object]) -> None:
        self.case.plan.add(
            "PUT",
            ("schedules", self.case.segment),
            fields,
            f"edit {', '.join(fields)}",
            event=self.after,
        )

    # -- updates -----------------------------------------------------------------------

    def post(self, place: int, *, is_last: bool) -> None:
        """Post an update, where a schedule has any, and move what it moves."""
        plan, where = self.case.plan, f"{self.case.path}.updates[{place}]"
        update = self.after.updates[place]
        if self.dialect.goes_by_clock:
            fields: dict[str, object] = {"message": self._text(place)}
            if is_last and self.end is not None:
                fields["completed_at"] = self.end
            plan.add(
                "POST",
                ("schedules", self.case.segment, "updates"),
                fields,
                f"post update {place}",
                event=self.after,
                posts=place,
                gives_update=True,
            )
        else:
            detail = "a schedule of version 2 has a first word, and no updates"
            plan.report.leave_out(
                "item.unfitting", where, detail, update.body, update.id
            )
        self._move(place)

    def edit(self, old: Update, place: int) -> None:
        """Edit what an update says; the message is edited with the schedule."""
        body = self.after.updates[place].body
        if body == old.body or telling.is_message(self.case, old, place):
            return
        if not self.dialect.goes_by_clock:
            detail = "a schedule of version 2 has a first word, and no updates"
            self.case.report("change.refused", f".updates[{place}].body", detail, body)
            return
        self.case.plan.add(
            "PUT",
            (
                *("schedules", self.case.segment),
                *("updates", self.case.update_segment(old, place)),
            ),
            {"message": self._text(place)},
            f"edit update {place}: message",
            event=self.after,
        )

    def _text(self, place: int) -> str:
        number = self.dialect.status(self.after, place + 1)
        body, path = (
            self.after.updates[place].body,
            f"{self.case.path}.updates[{place}]",
        )
        return self.dialect.message(
            self.case.plan, self.after, body, number, f"{path}.body"
        )

    # -- components --------------------------------------------------------------------

    def _move(self, place: int) -> None:
        """Move what an update moves."""
        moved = levels.moved(self.case, place)
        if moved:
            detail = "components are moved, and no schedule keeps when"
            self.case.report("value.left_out", f".updates[{place}].states", detail)
        levels.move_all(self.dialect, self.case, moved, place)

    def _added(self, before: Maintenance) -> dict[str, object]:
        """The key that attaches components, if any is new."""
        was = {one.key for one in before.affected}
        now = {one.key for one in self.after.affected}
        levels.report_removed(self.case, was, now)
        return {} if now <= was else self._components()

    def _components(self) -> dict[str, object]:
        """The key that attaches components."""
        wanted = levels.told(self.after, len(self.after.updates))
        # What comes later moves them, and does not change what was announced.
        wanted = dict.fromkeys(wanted) | levels.told(self.after, 1)
        rows = levels.rows(self.dialect, self.case, wanted)
        return {"components": rows} if rows else {}


def _begin(maintenance: Maintenance) -> DateTime | None:
    return maintenance.scheduled_for
