"""A bot at work: whatever it does, in whatever order, the page shows what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import strategies
from carried import page_for, published, read_back, unexcused
from incidentkit import (
    STANDARD,
    ComponentRef,
    Impact,
    Incident,
    IncidentStatus,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from incidentkit import ComponentStatus, Finding

MINUTE = strategies.MINUTE


class Bot(RuleBasedStateMachine):
    """It opens an incident, carries it on, and now and then reads what is there."""

    def __init__(self) -> None:
        """Set up a page with three components."""
        super().__init__()
        self.vendor, self.page = page_for(map(ComponentRef, ("API", "Web", "db")))
        self.findings: list[Finding] = []
        self.incident = Incident("nothing yet")

    def later(self) -> dt.datetime:
        """Let some time pass since the last that was said."""
        return max(update.at for update in self.incident.updates) + MINUTE

    def publish(self, after: Incident, before: Incident | None) -> None:
        """Carry the page on, and keep what was adopted and found."""
        self.incident, found = published(self.vendor, before, after, self.page)
        self.findings += found

    @initialize(
        name=strategies.names(),
        affects=strategies.affects(),
        impact=st.none() | strategies.impacts,
    )
    def open(
        self,
        name: str,
        affects: Mapping[str, ComponentStatus],
        impact: Impact | None,
    ) -> None:
        """Put an incident up."""
        opened = Incident.open(name, at=strategies.NOON, affects=affects, impact=impact)
        self.publish(opened, None)

    @rule(data=st.data(), body=strategies.texts(), affects=strategies.affects())
    def post(
        self, data: st.DataObject, body: str, affects: Mapping[str, ComponentStatus]
    ) -> None:
        """Say something, and perhaps move something."""
        before = self.incident
        legal = [None, before.status, *STANDARD.after(before.status)]
        status = data.draw(st.sampled_from(legal))
        told = {update.status for update in before.updates}
        if status is IncidentStatus.POSTMORTEM and status in told:
            # No update shows what it says, so none would tell of the levels.
            affects = {}
        after = before.post(status, body, at=self.later(), affects=affects)
        self.publish(after, before)

    @rule(affects=strategies.affects())
    def reopen(self, affects: Mapping[str, ComponentStatus]) -> None:
        """Go back, where it was over."""
        before = self.incident
        if before.status is IncidentStatus.RESOLVED:
            after = before.reopen("Again.", at=self.later(), affects=affects)
            self.publish(after, before)

    @rule(data=st.data(), body=strategies.texts(), minutes=st.integers(-99, 99))
    def correct(self, data: st.DataObject, body: str, minutes: int) -> None:
        """Edit an update: what it says, and the time it is shown under."""
        before = self.incident
        told = before.updates[
            data.draw(st.integers(0, len(before.updates) - 1), label="place")
        ]
        updates = [
            attrs.evolve(one, body=body, at=one.at + minutes * MINUTE)
            if one is told
            else one
            for one in before.updates
        ]
        self.publish(attrs.evolve(before, updates=updates), before)

    @rule(name=strategies.names(), impact=st.none() | strategies.impacts)
    def rename(self, name: str, impact: Impact | None) -> None:
        """Call it something else, and judge it anew."""
        before = self.incident
        self.publish(attrs.evolve(before, name=name, impact=impact), before)

    @rule()
    def read(self) -> None:
        """Forget what was kept, and take what is there for what was said."""
        self.incident = read_back(self.vendor, self.incident)
        self.findings = []
        adopted = attrs.evolve(
            self.incident, links={"statuspage": self.incident.id or ""}
        )
        self.publish(adopted, self.incident)

    @invariant()
    def what_is_there_was_said(self) -> None:
        """All that was said is there, or a finding says that it is not."""
        if not self.incident.updates:
            return
        found = read_back(self.vendor, self.incident)
        differing = unexcused(self.incident, found, self.page, self.findings)
        assert differing == {}
        assert self.vendor.mails == 0


TestBot = Bot.TestCase
TestBot.settings = settings(max_examples=40, stateful_step_count=12)
