"""
The lifecycle `STANDARD` as state machines of two rivals.

Each has a `step`, from investigating to identified and back, and a `refused`, a step
back from resolved. They only move a state: they keep no history and no times.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed
from transitions import Machine, MachineError

from incidentkit import STANDARD, IncidentStatus


class Transitions:
    """With the package transitions."""

    def __init__(self) -> None:
        # The machine puts its state and triggers on its model, which is itself.
        self.machine: Any = Machine(
            states=[status.value for status in IncidentStatus],
            transitions=[
                {
                    "trigger": f"post_{after.value}",
                    "source": before.value,
                    "dest": after.value,
                }
                for before, after in STANDARD.edges
            ],
            initial="investigating",
            auto_transitions=False,
        )

    def post(self, after: str) -> None:
        """Move on, if that is legal."""
        getattr(self.machine, f"post_{after}")()

    def step(self) -> None:
        """There and back."""
        self.post("identified")
        self.post("investigating")

    def refused(self) -> None:
        """A step that is not legal."""
        self.machine.set_state("resolved")
        try:
            self.post("investigating")
        except MachineError:
            return
        raise AssertionError

    def allows(self, before: str, after: str) -> bool:
        """Whether a step is legal."""
        self.machine.set_state(before)
        with suppress(MachineError):
            self.post(after)
            return True
        return False


class _Lifecycle(StateMachine):
    investigating = State(initial=True)
    identified = State()
    monitoring = State()
    resolved = State()
    postmortem = State(final=True)

    post_investigating = identified.to(investigating) | monitoring.to(investigating)
    post_identified = investigating.to(identified) | monitoring.to(identified)
    post_monitoring = investigating.to(monitoring) | identified.to(monitoring)
    post_resolved = (
        investigating.to(resolved) | identified.to(resolved) | monitoring.to(resolved)
    )
    post_postmortem = resolved.to(postmortem)


class Statemachine:
    """With the package python-statemachine."""

    def __init__(self) -> None:
        self.machine = _Lifecycle()
        self.over = _Lifecycle(start_value="resolved")

    def step(self) -> None:
        """There and back."""
        self.machine.send("post_identified")
        self.machine.send("post_investigating")

    def refused(self) -> None:
        """A step that is not legal."""
        try:
            self.over.send("post_investigating")
        except TransitionNotAllowed:
            return
        raise AssertionError

    def allows(self, before: str, after: str) -> bool:
        """Whether a step is legal."""
        machine = _Lifecycle(start_value=before)
        with suppress(TransitionNotAllowed):
            machine.send(f"post_{after}")
            return True
        return False


def check() -> None:
    """See that all three allow the same steps."""
    for machine in (Transitions(), Statemachine()):
        for before in IncidentStatus:
            for after in IncidentStatus:
                if before is not after:
                    legal = machine.allows(before.value, after.value)
                    assert legal == STANDARD.allows(before, after), (before, after)
