"""Updates: what was said of an incident or maintenance, one message at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from incidentkit._component import ComponentState, states
from incidentkit._frozen import NO_EXTRAS, NO_LINKS, FrozenMapping, extras, links
from incidentkit._make import maker
from incidentkit._override import override
from incidentkit._text import optional_text, shorten, text
from incidentkit._time import instant
from incidentkit._vocabulary import Status, optional_status

if TYPE_CHECKING:
    from pendulum import DateTime


@final
@attrs.frozen(kw_only=True, repr=False)
class Update:
    """
    One message on an incident's or maintenance's timeline.

    >>> Update("monitoring", body="A fix is out.", at="2021-03-22T21:41:00Z")
    <Update monitoring at 2021-03-22T21:41:00+00:00: 'A fix is out.'>

    Raises:
        ValueError: a word that is no status, a time without a zone, half a character.
    """

    status: Status | None = attrs.field(converter=optional_status, kw_only=False)
    """The status from here on; None: it says something and moves nothing."""
    body: str = attrs.field(default="", converter=text)
    """What it says, verbatim: plain text as far as the model knows. Never trust it."""
    at: DateTime = attrs.field(converter=instant)
    """The time it is shown under; it may be set back, or edited later."""
    states: tuple[ComponentState, ...] = attrs.field(default=(), converter=states)
    """The levels of components that it states."""
    id: str | None = attrs.field(default=None, converter=optional_text)
    """Its id on its page."""
    created_at: DateTime = attrs.field(
        default=attrs.Factory(lambda self: self.at, takes_self=True),
        converter=instant,
    )
    """When it was posted: what orders a timeline. `at`, unless told otherwise."""
    updated_at: DateTime = attrs.field(
        default=attrs.Factory(lambda self: self.created_at, takes_self=True),
        converter=instant,
    )
    """When it was last edited. `created_at`, unless told otherwise."""
    links: FrozenMapping[str] = attrs.field(default=NO_LINKS, converter=links)
    """What it is called elsewhere, by place."""
    extras: FrozenMapping[FrozenMapping[object]] = attrs.field(
        default=NO_EXTRAS, converter=extras
    )
    """What formats said that the model has no place for, by format."""

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was posted."""
        return self.updated_at != self.created_at

    @override
    def __repr__(self) -> str:
        word = "note" if self.status is None else self.status.value
        return f"<Update {word} at {self.at.isoformat()}: {shorten(self.body)}>"


make_update = maker(Update)
