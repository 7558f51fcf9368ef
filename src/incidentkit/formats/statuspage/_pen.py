"""What writing one page needs at every turn: its zone, its rows, its invented ids."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

import attrs

from incidentkit import _time as time
from incidentkit.formats.statuspage._shapes import WORDS, AffectedRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._component import ComponentRef, ComponentState
    from incidentkit._finding import Report

NAME = "statuspage"

_ID_LENGTH = 12


class Times(dict["DateTime | None", "str | None"]):
    """Times as the vendor writes them, in one zone, each written once."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__({None: None})
        self._zone = zone

    def __missing__(self, at: DateTime) -> str:
        """Write a time not met before."""
        text = self[at] = time.write(at, self._zone)
        return text


@attrs.define
class Pen:
    """What writing one page needs at every turn."""

    page_id: str | None
    zone: tzinfo | None
    rows: Mapping[str, object]
    """The rows of the page's own components, by id."""
    report: Report
    is_legacy: bool = False
    """Whether incidents are written as webhooks and the management API have them."""
    times: Times = attrs.field(init=False)
    # By identity: readers share the rows that updates repeat.
    _states: dict[int, list[AffectedRow]] = attrs.field(
        factory=dict[int, list[AffectedRow]]
    )
    _ids: dict[str, str] = attrs.field(factory=dict[str, str])

    def __attrs_post_init__(self) -> None:
        self.times = Times(self.zone)

    def id(self, id: str | None, key: str, path: str, what: str) -> str:
        """An id, or one derived from the key where nobody gave any."""
        if id is not None:
            return id
        detail = f"{what} has no id; one was derived from its key"
        self.report.add("id.invented", path, detail, key)
        made = self._ids.get(key)
        if made is None:
            made = self._ids[key] = invented(key)
        return made

    def states(
        self, states: tuple[ComponentState, ...], path: str, index: int
    ) -> list[AffectedRow] | None:
        """The rows of an update, given its place; the same rows are made once."""
        if not states:
            return None
        made = self._states.get(id(states))
        if made is None:
            made = self._states[id(states)] = [
                AffectedRow(
                    code=one.component.id
                    or self.component_id(
                        one.component, f"{path}.updates[{index}].states[{place}]"
                    ),
                    name=one.component.name,
                    old_status=WORDS[one.before],
                    new_status=WORDS[one.status],
                )
                for place, one in enumerate(states)
            ]
        return made

    def component_id(self, mention: ComponentRef, path: str) -> str:
        """The id of a component that an incident mentions."""
        return self.id(mention.id, mention.key, path, "a component")


def invented(key: str) -> str:
    """An id in the vendor's own alphabet, always the same for the same key."""
    digest = hashlib.blake2b(key.encode(), digest_size=_ID_LENGTH).digest()
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)


def items(value: object) -> tuple[object, ...]:
    """The items of an array that extras hold, or none if they hold something else."""
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
