"""Which rules are asked for, by their codes or the beginnings of them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from incidentkit.conformance._rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable


def selected(
    select: str | Iterable[str] | None, ignore: str | Iterable[str]
) -> frozenset[str]:
    """
    The codes that are asked for: those selected (all, for None) but those ignored.

    Raises:
        ValueError: no rule has such a code; it lists those that are near.
    """
    chosen = frozenset(RULES) if select is None else _expanded(select)
    return chosen - _expanded(ignore)


def _expanded(codes: str | Iterable[str]) -> frozenset[str]:
    given = (codes,) if isinstance(codes, str) else codes
    return frozenset(code for prefix in given for code in _beginning(prefix))


def _beginning(prefix: str) -> list[str]:
    found = [code for code in RULES if prefix and code.startswith(prefix)]
    if found:
        return found
    by_word = {word: code for code, rule in RULES.items() for word in (code, rule.name)}
    alike = get_close_matches(prefix.upper(), RULES) or get_close_matches(
        prefix.lower(), by_word
    )
    near = ", ".join(sorted({by_word[word] for word in alike}))
    hint = f": did you mean {near}?" if near else ": codes are the keys of RULES"
    raise ValueError(f"no rule's code is or begins with {prefix!r}{hint}")
