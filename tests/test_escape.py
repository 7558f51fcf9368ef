"""What no sink may let through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentkit.formats._escape import terminal

#: Written as escapes, so that this file shows what it holds.
ACTIVE = {
    "\x00": r"\x00",
    "\x07": r"\x07",
    "\x08": r"\x08",
    "\x0b": r"\x0b",
    "\r": r"\x0d",
    "\x1b": r"\x1b",
    "\x7f": r"\x7f",
    "\x85": r"\x85",
    "\x9b": r"\x9b",
    "\u061c": r"\u061c",
    "\u200e": r"\u200e",
    "\u200f": r"\u200f",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
    "\u202a": r"\u202a",
    "\u202e": r"\u202e",
    "\u2066": r"\u2066",
    "\u2069": r"\u2069",
    "\ud800": r"\ud800",
    "\udfff": r"\udfff",  # noqa: F601 - ruff takes all halves for one
    "\U000e0001": r"\U000e0001",
    "\U000e007f": r"\U000e007f",
}

anything = st.text(st.characters())


class TestTerminal:
    """What is put out to a terminal."""

    @pytest.mark.parametrize(("char", "shown"), ACTIVE.items(), ids=ACTIVE.values())
    def test_what_is_active_is_shown_as_an_escape(self, char: str, shown: str) -> None:
        """It is there to be seen, between what stood around it."""
        assert terminal(f"a{char}b") == f"a{shown}b"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "API Down",
            "two\nlines\tand a tab",
            "C:\\new",
            "Zürich 東京 👩\u200d👩",
            "عربي",
        ],
    )
    def test_what_is_harmless_stays(self, text: str) -> None:
        """Letters of any script, joiners, tabs, line feeds and backslashes."""
        assert terminal(text) == text

    def test_sequences_that_terminals_obey_are_broken(self) -> None:
        """Clearing the screen, a hidden link, and setting the clipboard."""
        for text in (
            "\x1b[2J",
            "\x1b]8;;https://x.test\x07click\x1b]8;;\x07",
            "\x9b31m",
        ):
            assert "\x1b" not in terminal(text)
            assert "\x9b" not in terminal(text)

    @given(anything)
    def test_nothing_active_is_left(self, text: str) -> None:
        """No control but tab and line feed, nothing that turns the text around."""
        for char in terminal(text):
            assert char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
            assert unicodedata.bidirectional(char) not in {
                *("LRE", "RLE", "LRO", "RLO", "PDF"),
                *("LRI", "RLI", "FSI", "PDI"),
            }

    @given(anything)
    def test_it_can_be_encoded(self, text: str) -> None:
        """No half of a character is left that UTF-8 could not write."""
        assert terminal(text).encode().decode() == terminal(text)

    @given(anything)
    def test_doing_it_again_changes_nothing(self, text: str) -> None:
        """What has been made harmless is."""
        assert terminal(terminal(text)) == terminal(text)
