"""
Times as cState has them: by hand in front matter, by Go in what is built.

By hand: `2021-04-15 10:00:00`, `2024-07-04T6:30:00-00:00` (an hour of one digit is as
good to Hugo), a date alone, blanks at the end. By Go: `2025-04-10 13:00:00 +0000 UTC`,
the same with an abbreviation, a fraction of nine digits or a monotonic reading behind;
`0001-01-01 00:00:00 +0000 UTC` where there is none. A time without a zone is in UTC,
as cState's documentation asks for, unless the caller knows better.

Sources: https://pkg.go.dev/time#Time.String, https://github.com/cstate/cstate/wiki,
https://github.com/jenkins-infra/status (19 of 594 times name no zone)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incidentkit import _time as time

if TYPE_CHECKING:
    from datetime import tzinfo

    from incidentkit._time import Reading

_SHAPE: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[Tt \t]+(\d{1,2}):(\d\d)(:\d\d(?:[.,]\d{1,12})?)?"
    r"[ \t]*([Zz]|[+-]\d\d:?\d\d)?(?:[ \t]+([A-Za-z]{1,5}|[+-]\d\d(?:\d\d)?))?"
    r"(?:[ \t]+m=[+-]?[\d.]{1,40})?)?",
    re.ASCII,
)
#: What Go prints where a key is missing, and what its zero of time looks like.
NOTHING: Final = frozenset({"", "<no value>", "<nil>", "null"})
#: No time is longer.
_LONGEST: Final = 100
_ZERO: Final = "0001-01-01 00:00:00"


def is_nothing(text: str) -> bool:
    """Whether a built document says by this that there is no value."""
    return text in NOTHING or text.replace("T", " ").startswith(_ZERO)


def reading(text: str, zone: tzinfo | None) -> Reading:
    """
    Read a time as cState has it.

    >>> reading("2025-04-10 13:00:00.5 +0200 CEST", None).at.isoformat()
    '2025-04-10T11:00:00.500000+00:00'

    Args:
        text: the time.
        zone: the zone of a time that names none; None is UTC.

    Raises:
        ValueError: it is none.
    """
    found = None if len(text) > _LONGEST else _SHAPE.fullmatch(text.strip())
    if found is None:
        msg = f"{time.shown(text)} is no time such as '2018-04-13 17:30:00'"
        raise ValueError(msg)
    year, month, day, hour, minute, second, offset, name = found.groups("")
    if not offset and name.upper() in {"UTC", "GMT", "Z"}:
        offset = "Z"
    normal = (
        f"{year}-{month:0>2}-{day:0>2}T{hour or '0':0>2}:{minute or '00'}"
        f"{second or ':00'}{offset.upper()}"
    )
    return time.timestamp(normal, zone or time.UTC)


def stated_in(label: str) -> str | None:
    """The time that stands in a label such as `Update - 2023-03-29 15h50 UTC`."""
    found = _IN_LABEL.search(label)
    if found is None:
        return None
    day, hour, minute = found.groups()
    return f"{day} {hour}:{minute} {'UTC' if 'UTC' in label else ''}".strip()


_IN_LABEL: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]+(\d{1,2})[:h](\d\d)\b", re.ASCII)
