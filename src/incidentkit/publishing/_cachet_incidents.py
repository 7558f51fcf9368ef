"""
The calls that carry one incident to Cachet, in order.

First what puts it up or edits it; then each new update, in order of posting, each
followed by the components that it moves; then the edits of updates. The first update is
no update there but the `message` of the incident, and has no id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._incident import Incident, default_start
from incidentkit._timeline import last_status
from incidentkit.publishing import _cachet_levels as levels
from incidentkit.publishing import _cachet_telling as telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._update import Update
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.publishing._cachet_dialect import Dialect
    from incidentkit.publishing._case import Case


def carry_incident(
    dialect: Dialect, case: Case, before: Incident | None, after: Incident
) -> None:
    """
    Add the calls that carry one incident.

    Raises:
        CannotPublish: the vendor would not take it, or it is not clear what is meant.
    """
    held = {} if before is None else levels.told(before, len(before.updates))
    one = _Carried(dialect, case, before, after, held, telling.is_begun(case))
    one.begin()
    for place in telling.posted(case):
        one.post(place)
    one.attach(len(after.updates))
    for old, place in case.matched.kept:
        one.edit(old, place)
    one.report()


@attrs.define
class _Carried:
    """An incident, while its calls are built."""

    dialect: Dialect
    case: Case
    before: Incident | None
    after: Incident
    held: dict[str, ComponentStatus | None]
    """The components it is attached to, by key, with their levels."""
    is_begun: bool
    """Whether the first update is to be the message."""
    is_written_again: bool = False
    """Whether a call follows the one that puts it up."""

    # -- the incident itself -----------------------------------------------------------

    def begin(self) -> None:
        """Put it up, or edit what is said of the incident itself."""
        fields = self._head()
        moved: dict[str, ComponentStatus] = {}
        if self.is_begun:
            moved = dict(levels.moved(self.case, 0))
            self._report_levels(0, moved)
        if self.before is not None:
            self._put(fields, f"edit {', '.join(fields)}")
            levels.move_all(self.dialect, self.case, moved, 0)
            return
        until = min(1, len(self.after.updates))
        fields |= self._components(until)
        self.held = levels.told(self.after, until)
        fields[self.dialect.notify] = self.case.plan.notify
        self.case.plan.add(
            "POST",
            ("incidents",),
            fields,
            f"put up {self.after.name!r}: {self._label(until)!r}",
            event=self.after,
            gives_ids=True,
        )
        if not self.dialect.keeps_levels:
            moved.pop(str(fields.get("component_id")), None)
            levels.move_all(self.dialect, self.case, moved, 0)

    def _head(self) -> dict[str, object]:
        """Every key that is new or changed, but for the components."""
        before, after = self.before, self.after
        fields: dict[str, object] = {}
        if before is None or before.name != after.name:
            fields["name"] = self.dialect.title(after.name, self.case.path)
        fields |= self._first_word()
        for key, value in telling.flags(self.dialect, after).items():
            if before is None or telling.flags(self.dialect, before)[key] != value:
                fields[key] = value
        began = _began_at(after)
        if began is not None and (before is None or _began_at(before) != began):
            path = f"{self.case.path}.stated_start"
            fields["occurred_at"] = self.dialect.when(self.case.plan, began, path)
        return fields

    def _first_word(self) -> dict[str, object]:
        """What is said first, and where the incident stands by that."""
        before, after, plan = self.before, self.after, self.case.plan
        path = f"{self.case.path}.updates[0]"
        if self.is_begun or before is None:
            until = min(1, len(after.updates))
            if not until:
                path = self.case.path
                detail = "no update begins it: the vendor wants a first word"
                self.case.report("value.invented", "", detail)
            status = self.dialect.report_status(plan, after, until, path)
            body = after.updates[0].body if until else ""
            message = self.dialect.message(plan, after, body, status, f"{path}.body")
            return {"status": status, "message": message}
        fields: dict[str, object] = {}
        old = telling.message(self.case)
        if old is not None and old.body != after.updates[0].body:
            status = self.dialect.status(after, 1)
            fields["message"] = self.dialect.message(
                plan, after, after.updates[0].body, status, f"{path}.body"
            )
        was, until = len(before.updates), len(after.updates)
        named = after.updates[0].status if old is not None and was == 1 else None
        if named is None and last_status(after.updates) is None:
            named = after.stated_status
        elif named is not None:
            until = 1
        if named is not None:
            status = self.dialect.status(after, until)
            if status != self.dialect.status(before, was):
                fields["status"] = self.dialect.report_status(plan, after, until, path)
        return fields

    def _label(self, until: int) -> str:
        """What the vendor calls where it stands."""
        labels = self.dialect.version.incident_labels
        return labels[self.dialect.status(self.after, until)]

    def _put(self, fields: dict[str, object], purpose: str) -> None:
        """Add the call that edits it, if there is anything to edit."""
        if not fields:
            return
        self.is_written_again = True
        if self.dialect.edits_notify:
            # An edit tells nobody.
            fields = {**fields, self.dialect.notify: False}
        self.case.plan.add(
            "PUT",
            ("incidents", self.case.segment),
            fields,
            purpose,
            event=self.after,
        )

    # -- updates -----------------------------------------------------------------------

    def post(self, place: int) -> None:
        """Post an update, and move what it moves."""
        plan, path = self.case.plan, f"{self.case.path}.updates[{place}]"
        moved = levels.moved(self.case, place)
        self._report_levels(place, moved)
        status = self.dialect.report_status(plan, self.after, place + 1, path)
        body = self.after.updates[place].body
        text = self.dialect.message(plan, self.after, body, status, f"{path}.body")
        self.is_written_again = True
        plan.add(
            "POST",
            ("incidents", self.case.segment, "updates"),
            {"status": status, "message": text},
            f"post update {place}: {self._label(place + 1)!r}",
            event=self.after,
            posts=place,
            gives_update=True,
        )
        detail = "the call has no key for whether it is told: the vendor decides that"
        self.case.report("value.left_out", f".updates[{place}]", detail)
        levels.move_all(self.dialect, self.case, moved, place)
        self.attach(place + 1)

    def edit(self, old: Update, place: int) -> None:
        """Edit an update that is posted; the message is edited with the incident."""
        new, where = self.after.updates[place], f".updates[{place}]"
        fields: dict[str, object] = {}
        is_message = telling.is_message(self.case, old, place)
        number = self.dialect.status(self.after, place + 1)
        if not is_message and new.body != old.body:
            fields["message"] = self.dialect.message(
                self.case.plan,
                self.after,
                new.body,
                number,
                f"{self.case.path}{where}.body",
            )
        if new.status is not old.status:
            self._edit_status(fields, new, place, is_message=is_message)
        if fields:
            self.is_written_again = True
            self.case.plan.add(
                "PUT",
                (
                    *("incidents", self.case.segment),
                    *("updates", self.case.update_segment(old, place)),
                ),
                fields,
                f"edit update {place}: {', '.join(fields)}",
                event=self.after,
            )

    def _edit_status(
        self, fields: dict[str, object], new: Update, place: int, *, is_message: bool
    ) -> None:
        if is_message and self.before is not None and len(self.before.updates) > 1:
            detail = "the first word has no status of its own"
        elif new.status is None:
            detail = "a status cannot be taken back"
        else:
            if not is_message:
                path = f"{self.case.path}.updates[{place}]"
                fields["status"] = self.dialect.report_status(
                    self.case.plan, self.after, place + 1, path
                )
            return
        self.case.report("change.refused", f".updates[{place}].status", detail)

    # -- components --------------------------------------------------------------------

    def attach(self, until: int) -> None:
        """Attach what it is attached to once so many updates are posted."""
        now = levels.told(self.after, until)
        if now == self.held:
            return
        held, self.held = self.held, now
        if until == len(self.after.updates):
            levels.report_removed(self.case, held, now)
        if not self.dialect.keeps_levels:
            if list(now)[:1] != list(held)[:1]:
                self._put(self._components(until), "attach a component")
        elif not now.keys() <= held.keys():
            detail = "version 3 attaches components only as an incident is put up"
            self.case.report("value.left_out", ".components", detail)

    def _components(self, until: int) -> dict[str, object]:
        """The keys that attach components."""
        most = None if self.dialect.keeps_levels else 1
        wanted = levels.told(self.after, until)
        rows = levels.rows(self.dialect, self.case, wanted, most)
        if not rows:
            return {}
        if self.dialect.keeps_levels:
            return {"components": rows}
        if len(wanted) > 1:
            detail = "an incident of version 2 is attached to one component"
            self.case.report("value.left_out", ".components", detail)
        first = rows[0]
        return {"component_id": first["id"], "component_status": first["status"]}

    # -- what is lost ------------------------------------------------------------------

    def _report_levels(self, place: int, moved: Mapping[str, ComponentStatus]) -> None:
        """Report that no update keeps what it tells of components."""
        if not moved:
            return
        if not self.dialect.keeps_levels:
            detail = "components are moved, and no incident of version 2 keeps levels"
        elif place or self.before is not None:
            detail = "components are moved; an incident keeps the level it began with"
        else:
            return
        self.case.report("value.left_out", f".updates[{place}].states", detail)

    def report(self) -> None:
        """Report what becomes of the first word's own status."""
        was = 0 if self.before is None else len(self.before.updates)
        if not self.is_written_again or was > 1 or not self.after.updates:
            return
        if self.after.updates[0].status is not None:
            detail = "the first word has a status only until it is written again"
            self.case.report("value.left_out", ".updates[0].status", detail)


def _began_at(incident: Incident) -> DateTime | None:
    return incident.stated_start or default_start(incident)
