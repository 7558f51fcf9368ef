"""What stops a publication, as errors whose text is the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._override import override
from incidentkit.errors import IncidentKitError

if TYPE_CHECKING:
    from incidentkit.publishing._call import Placeholder


@attrs.frozen
class CannotPublish(IncidentKitError, ValueError):
    """
    The vendor would not take it, or nothing says what is meant; no call was built.

    Raised before there is any call, so that nothing is ever sent by halves.
    """

    path: str
    """Where in what was to be published."""
    reason: str
    """What is wrong there, and what to do instead."""
    candidates: tuple[str, ...] = ()
    """What may be meant, where several things may be."""

    @override
    def __str__(self) -> str:
        return f"at {self.path}: {self.reason}"


@attrs.frozen
class UnfilledCall(IncidentKitError, ValueError):
    """A call was to be sent whose path still wants ids that only the vendor gives."""

    route: str
    """The path, with its placeholders in braces."""
    missing: tuple[Placeholder, ...]
    """The placeholders."""

    @override
    def __str__(self) -> str:
        return (
            f"{self.route} wants ids that only the vendor gives: adopt() the answers "
            "to the calls before it, and take filled() of it"
        )
