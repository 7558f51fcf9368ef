"""
What can go wrong, as types whose fields are the data and whose text is the remedy.

Fields are public and stable; the wording is not. All errors survive pickling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from incidentkit._override import override

if TYPE_CHECKING:
    from incidentkit._finding import Finding
    from incidentkit._lifecycle import Lifecycle
    from incidentkit._vocabulary import Status

__all__ = [
    "IllegalTransition",
    "IncidentKitError",
    "InexactConversion",
    "LimitExceeded",
    "MalformedDocument",
    "MissingExtra",
    "UnknownFormat",
]


class IncidentKitError(Exception):
    """The root: catch it to catch everything incidentkit raises on purpose."""


class IllegalTransition(IncidentKitError, ValueError):
    """
    A verb was asked for a step that its lifecycle does not allow; nothing changed.

    >>> from incidentkit import STANDARD
    >>> STANDARD.check("resolved", "investigating")
    Traceback (most recent call last):
        ...
    incidentkit.errors.IllegalTransition: under standard, resolved may only stay or be \
followed by postmortem, not by investigating; to go back, call reopen()
    """

    # A refused step is an answer that bots wait for, not a rare accident: raising it
    # runs no code of ours, and what it says is derived when somebody asks.
    if TYPE_CHECKING:

        def __init__(
            self, before: Status | None, after: Status, lifecycle: Lifecycle[Any], /
        ) -> None: ...

    @property
    def before(self) -> Status | None:
        """Where it stood; None if nothing had been said yet."""
        return cast("Status | None", self.args[0])

    @property
    def after(self) -> Status:
        """The status that was asked for."""
        return cast("Status", self.args[1])

    @property
    def lifecycle(self) -> Lifecycle[Any]:
        """The lifecycle that refused."""
        return cast("Lifecycle[Any]", self.args[2])

    @property
    def legal(self) -> tuple[Status, ...]:
        """What may follow `before` (or begin), besides staying put."""
        return self.lifecycle.after(self.before)

    @property
    def remedy(self) -> str:
        """What to do instead, as the end of a sentence."""
        return self.lifecycle.remedy(self.before, self.after)

    @override
    def __str__(self) -> str:
        legal = " or ".join(status.value for status in self.legal)
        rule = f"under {self.lifecycle.name}, "
        if self.before is None:
            rule += f"nothing begins with {self.after.value}"
        elif legal:
            rule += (
                f"{self.before.value} may only stay or be followed by {legal}, "
                f"not by {self.after.value}"
            )
        else:
            rule += f"nothing follows {self.before.value}"
            if self.after is not self.before:
                rule += f", not even {self.after.value}"
        return f"{rule}; {self.remedy}"


@attrs.frozen
class MalformedDocument(IncidentKitError, ValueError):
    """
    A document could not be read at all: the one thing a reader raises.

    What is merely odd inside a document that can be read is a `Finding` instead.
    """

    path: str
    """Where: a path from `$` in JSON, a line in text, a byte where neither is known."""
    reason: str
    """What is wrong there."""
    format: str = ""
    """The format that was being read, if one had been settled on."""

    @override
    def __str__(self) -> str:
        what = f"{self.format}: " if self.format else ""
        return f"{what}at {self.path}: {self.reason}"


@attrs.frozen
class LimitExceeded(MalformedDocument):
    """A document is larger or deeper than `Limits` allows: raise those to read it."""


@attrs.frozen
class InexactConversion(IncidentKitError, ValueError):
    """`Converted.exact` was asked for a value that came with findings."""

    findings: tuple[Finding, ...]
    """What was not exact."""

    @override
    def __str__(self) -> str:
        return f"{len(self.findings)} finding(s): " + "; ".join(
            str(finding) for finding in self.findings
        )


@attrs.frozen
class UnknownFormat(IncidentKitError, ValueError):
    """No such format, or not one that can do what was asked."""

    name: str
    """The name that was given, or empty if the data fits no format."""
    reason: str
    """Why not, and which names would do."""

    @override
    def __str__(self) -> str:
        return f"{self.name!r}: {self.reason}" if self.name else self.reason


@attrs.frozen
class MissingExtra(IncidentKitError, ImportError):
    """An optional dependency is needed and not installed."""

    extra: str
    """The name of the extra to install."""
    needed_for: str
    """What was asked for that needs it."""

    @override
    def __str__(self) -> str:
        return (
            f"{self.needed_for} needs the extra {self.extra!r}: "
            f"install incidentkit[{self.extra}]"
        )
