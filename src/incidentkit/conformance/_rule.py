"""What a rule says of itself."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn, final

import attrs

from incidentkit._override import override


class Severity(Enum):
    """How bad a violation is, from least to most; `<` compares them so."""

    NOTE = "note"
    """Worth knowing; many good pages do it."""
    WARNING = "warning"
    """Something that readers were to be told was not, or not in time."""
    ERROR = "error"
    """The record cannot be right."""

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Severity):
            return NotImplemented
        order = list(Severity)
        return order.index(self) < order.index(other)

    @classmethod
    @override
    def _missing_(cls, value: object) -> NoReturn:
        known = ", ".join(repr(one.value) for one in cls)
        raise ValueError(f"{value!r} is no severity: use one of {known}")


@final
@attrs.frozen(kw_only=True)
class Rule:
    """One thing that a timeline is held to."""

    code: str
    """What it is called in selections, such as `IK101`; it keeps its meaning."""
    name: str
    """The same in words, such as `illegal-step`."""
    severity: Severity
    """How bad a violation of it is."""
    summary: str
    """What violates it."""
    why: str
    """Why it matters."""
    remedy: str
    """What to do about it."""
    needs: frozenset[str] = frozenset()
    """What it cannot be judged without: `now`, or a whole `page`."""
