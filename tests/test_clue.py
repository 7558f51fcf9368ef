"""What a glance at a document shows."""

from __future__ import annotations

import pytest

from incidentkit.formats._clue import clue


@pytest.mark.parametrize(
    ("document", "keys", "is_list"),
    [
        ('{"a": 1, "b": {}}', {"a", "b"}, False),
        ('[{"a": 1}, {"b": 2}]', {"a"}, True),
        ("[]", set[str](), True),
        ("[1]", set[str](), True),
        (" {}", set[str](), False),
    ],
)
def test_the_keys_of_the_first_object(
    document: str,
    keys: set[str],
    is_list: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Of the document, or of the first of an array."""
    glance = clue(document)
    assert set(glance.keys or ()) == keys
    assert glance.is_list is is_list


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("object", {"x", "y"}),
        ("array", {"z"}),
        ("empty", set[str]()),
        ("number", set[str]()),
        ("missing", set[str]()),
    ],
)
def test_what_stands_under_a_key(key: str, keys: set[str]) -> None:
    """The keys of an object there, or of the first object of an array."""
    glance = clue(
        '{"object": {"x": 1, "y": 2}, "array": [{"z": 1}], "empty": [], "number": 1}'
    )
    assert glance.under(key) == keys


@pytest.mark.parametrize(
    ("document", "is_html"),
    [
        ("<!doctype html>", True),
        ("  <html>", True),
        ("<!-- x --> <!DOCTYPE HTML PUBLIC>", True),
        ("<feed>", False),
        ("<htmlx>", False),
        ("html", False),
    ],
)
def test_html(
    document: str,
    is_html: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A page for people, whatever stands before it."""
    assert clue(document).is_html is is_html
