"""One incident or maintenance as it is judged, with all that it is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, final

import attrs

from incidentkit._component import Mentions
from incidentkit._maintenance import Maintenance
from incidentkit.conformance._violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pendulum import DateTime

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._lifecycle import Lifecycle
    from incidentkit.conformance._policy import Policy

Found: TypeAlias = "Iterator[Violation]"


@final
class Crowd:
    """The components of a page that are no groups, to be found by mentions of them."""

    def __init__(self, components: Iterable[Component]) -> None:
        leaves = [one.ref for one in components if not one.is_group]
        self._mentions = Mentions(leaves)
        self.size = len({leaf.key for leaf in leaves})

    def are_all_in(self, event: Event) -> bool:
        """Whether an incident names each of them."""
        named = {
            meant[0].key
            for mention in event.affected
            if len(meant := self._mentions.meant(mention)) == 1
        }
        return len(named) == self.size


@final
@attrs.frozen(kw_only=True, eq=False)
class Case:
    """One incident or maintenance as it is judged, with all that it is judged by."""

    event: Event
    path: str
    policy: Policy
    now: DateTime | None
    """The present, if it was given."""
    latest: DateTime | None
    """The last instant that is not in the future, if the present was given."""
    crowd: Crowd | None
    """The components, of a whole page that has enough of them."""
    owners: Mapping[tuple[str, str], str]
    """For incidents and for maintenances, where the first of each id is."""

    @property
    def lifecycle(self) -> Lifecycle[Any]:
        """The steps it may take."""
        if isinstance(self.event, Maintenance):
            return self.policy.maintenance
        return self.policy.lifecycle

    def violation(
        self,
        code: str,
        message: str,
        *,
        within: str = "",
        subject: str | None = None,
        at: DateTime | None = None,
    ) -> Violation:
        """What it did, perhaps at a place within it."""
        return Violation(
            code,
            path=self.path + within,
            key=self.event.key,
            name=self.event.name,
            message=message,
            subject=subject,
            at=at,
        )
