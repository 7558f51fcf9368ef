"""Short texts that are equal exactly when what they were taken of is equal."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from hashlib import blake2b

#: 64 bits: a watcher of a million pages meets an accidental repeat about never.
DIGEST_BYTES = 8


def fingerprint(notable: object) -> str:
    """
    Sixteen hexadecimal digits for nested tuples of text, numbers, words and times.

    Equal across processes, machines and hash seeds, as Python's own hashes are not.
    """
    canonical = json.dumps(notable, default=_plain, separators=(",", ":"))
    return blake2b(canonical.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{value!r} has no canonical text"
    raise TypeError(msg)
