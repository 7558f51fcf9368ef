"""What must be true of YAML front matter: read as text, edited and not rewritten."""

from __future__ import annotations

import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import strategies as pages
from incidentkit import LimitExceeded, MalformedDocument, MissingExtra
from incidentkit._finding import Report
from incidentkit.formats import _frontmatter as front

ISSUE = """\
title: "Uploads: slow"  # as people say
date: 2024-05-02 09:14:00
# Possible severity levels: down, disrupted, notice
severity: disrupted
resolved: no

affected:
  - Uploads
  # the API is next
  - 'API'
pin:
notes: |
  one
  two
"""


def parse(text: str) -> front.FrontMatter:
    """Front matter in which nothing is found."""
    report = Report()
    matter = front.parse(text, report)
    assert report.converted(None).findings == ()
    return matter


def test_a_document_in_pieces_is_the_document() -> None:
    """Whatever the line ends are, and whatever follows."""
    for document in (
        "---\ntitle: x\n---\nbody\n",
        "---\r\ntitle: x\r\n---\r\nbody",
        "--- \t\n---",
        "---\n\n---\n---\n",
    ):
        parts = front.split(document)
        assert parts is not None
        assert "".join(parts) == document
    assert front.split("---\ntitle: x\n---\n---\n") == (
        *("---\n", "title: x\n", "---\n", "---\n"),
    )


@pytest.mark.parametrize(
    "document", ["", "---", "---\ntitle: x", "---\ntitle: x\n----\n", "\n---\n---\n"]
)
def test_what_does_not_begin_and_end_is_none(document: str) -> None:
    """A line of four hyphens ends nothing, and a line before the first is too much."""
    assert front.split(document) is None


def test_every_scalar_is_text_with_its_line() -> None:
    """Neither a date nor a switch nor a number is made of it."""
    matter = parse(ISSUE)
    assert {key: front.plain(entry.value) for key, entry in matter.entries.items()} == {
        "title": "Uploads: slow",
        "date": "2024-05-02 09:14:00",
        "severity": "disrupted",
        "resolved": "no",
        "affected": ("Uploads", "API"),
        "pin": None,
        "notes": "one\ntwo\n",
    }
    assert matter.line("severity") == 4
    assert matter.line("missing") == 1
    assert matter.get("missing") is None
    assert front.plain(None) is None
    affected = matter.get("affected")
    assert isinstance(affected, tuple)
    first, second = affected
    assert isinstance(first, front.Scalar)
    assert isinstance(second, front.Scalar)
    assert (first.line, second.line) == (8, 10)


def test_what_yaml_guesses_stays_text() -> None:
    """The pitfalls of YAML 1.1, each of which PyYAML would make into something else."""
    words = ("no", "on", "12:30:45", ".nan", "2026-13-45", "0o17", "1e3", "=")
    for word in words:
        assert front.plain(parse(f"key: {word}\n").get("key")) == word
    for nothing in ("", "~", "null", "Null", "NULL"):
        assert front.plain(parse(f"key: {nothing}\n").get("key")) is None
    assert front.plain(parse('key: ""\n').get("key")) == ""


def test_nested_values_are_kept() -> None:
    """Mappings and lists within one another, flow and block."""
    matter = parse("a: {b: [c, {d: e}], f: }\ng:\n  - h: i\n")
    assert front.plain(matter.get("a")) == {"b": ("c", {"d": "e"}), "f": None}
    assert front.plain(matter.get("g")) == ({"h": "i"},)
    assert parse("").entries == {}
    assert parse("# nothing but a comment\n").entries == {}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: &x 1\n", 1, "anchors and aliases are not read"),
        ("a: 1\nb: &x [*x]\n", 2, "anchors and aliases are not read"),
        ("a: 1\nb: *x\n", 2, "anchors and aliases are not read"),
        ("a: !!python/object:os.system x\n", 1, "tags are not read"),
        ("a: !x [1]\n", 1, "tags are not read"),
        ("- a\n", 1, "a mapping of keys to values is wanted"),
        ("text\n", 1, "a mapping of keys to values is wanted"),
        ("? [a]\n: b\n", 1, "a key that is no scalar"),
        ("? {a: b}\n: b\n", 1, "a key that is no scalar"),
        ("a: 1\n---\nb: 2\n", 2, "one YAML document is wanted"),
    ],
)
def test_what_is_refused(text: str, line: int, reason: str) -> None:
    """What refers to itself, makes objects or is no mapping: with its line."""
    with pytest.raises(MalformedDocument) as raised:
        front.parse(text, Report())
    assert (raised.value.path, raised.value.reason) == (f"line {line}", reason)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a: "x\n', 11),
        ("a: 1\nb: x: y\n", 11),
        ("a: \x07\n", 10),
        ('a: "\\UFFFFFFFF"\n', 10),
        ("%YAML 9.9\n---\na: 1\n", 10),
        ("a: [\n", 11),
        ("\t- a\n", 10),
    ],
)
def test_what_is_no_yaml_says_where(text: str, line: int) -> None:
    """Nothing of PyYAML gets out, and lines are those of the document."""
    with pytest.raises(MalformedDocument, match="not YAML") as raised:
        front.parse(text, Report(), first_line=10)
    assert raised.value.path == f"line {line}"


def test_what_is_too_much_is_refused() -> None:
    """Depth and length are bounded, whatever the caller's limits are."""
    with pytest.raises(LimitExceeded, match="nested more than 32 deep"):
        front.parse("a: " + "[" * 100_000, Report())
    with pytest.raises(LimitExceeded, match="the limit is"):
        front.parse("a: " + "x" * front.LONGEST, Report())


def test_a_repeated_key_is_told() -> None:
    """The last counts, as with PyYAML, but not without a word."""
    report = Report()
    matter = front.parse("a: 1\nb: {c: 1, c: 2}\na: 3\n", report, first_line=2)
    assert front.plain(matter.get("a")) == "3"
    assert front.plain(matter.get("b")) == {"c": "2"}
    (found,) = report.converted(None).findings
    assert (found.code, found.count) == ("key.duplicate", 2)
    assert found.path == "line 3"


def test_half_a_character_is_repaired() -> None:
    """PyYAML makes one of an escape."""
    report = Report()
    matter = front.parse('a: "x\\ud800"\n', report)
    assert front.plain(matter.get("a")) == "x\ufffd"
    assert [one.code for one in report.converted(None).findings] == ["text.surrogate"]


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that names the extra, and is an ImportError too."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra, match=r"incidentkit\[yaml\]"):
        front.parse("a: 1\n", Report())


@given(text=st.text(max_size=60) | st.sampled_from(pages.AWKWARD))
def test_it_is_total(text: str) -> None:
    """Any text is front matter, or malformed."""
    try:
        front.parse(text, Report())
    except MalformedDocument:
        return


# -- writing ---------------------------------------------------------------------------


@given(text=pages.texts(30))
def test_a_scalar_is_that_text_to_pyyaml(text: str) -> None:
    """Where it must stay text, an independent reader makes text of it."""
    assert yaml.safe_load(f"key: {front.scalar(text)}\n") == {"key": text}
    assert yaml.safe_load(f"- {front.scalar(text)}\n") == [text]


def test_a_scalar_is_plain_where_nothing_could_mistake_it() -> None:
    """Titles read as titles, and what YAML would take for something else is quoted."""
    for plain in ("API down", "It's back (EU)", "Größe", "e-mail & co.", "a:b", "A"):
        assert front.scalar(plain) == plain
    for quoted in ("no", "Null", "12", "2024-05-01", "1e3", "a: b", "a #b", "-x", ""):
        assert front.scalar(quoted) == f'"{quoted}"'
    assert front.scalar("12:30", is_text=False) == "12:30"
    assert front.scalar('"\\\n\t\r') == r'"\"\\\n\t\r"'
    assert front.scalar("\x07\u202e\U000e0001") == r'"\x07\u202e\U000e0001"'


values = st.recursive(
    st.none() | pages.texts(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(pages.texts(), inner, max_size=3),
    ),
    max_leaves=6,
)


@given(key=pages.texts(), value=values, is_text=st.booleans())
def test_a_line_is_that_value(key: str, value: front.Value, *, is_text: bool) -> None:
    """Any value comes back from its line, with every scalar as text."""
    matter = parse(front.line(key, value, is_text=is_text))
    assert list(matter.entries) == [key]
    assert front.plain(matter.get(key)) == value


ORDER = ("title", "date", "resolved", "resolvedWhen", "severity", "affected", "id")


def test_an_edit_changes_what_it_says_and_nothing_else() -> None:
    """Comments, quotes, blank lines and the order of keys stay."""
    changes = {
        "resolved": front.line("resolved", "true", is_text=False),
        "resolvedWhen": front.line("resolvedWhen", "2024-05-02T10:30:00Z"),
        "affected": front.line("affected", ("Uploads",)),
        "title": front.line("title", "Uploads"),
        "id": front.line("id", "x"),
        "absent": None,
    }
    text = front.edited(parse(ISSUE), changes, ORDER)
    assert text == (
        "title: Uploads  # as people say\n"
        "date: 2024-05-02 09:14:00\n"
        "# Possible severity levels: down, disrupted, notice\n"
        "severity: disrupted\n"
        "resolved: true\n"
        'resolvedWhen: "2024-05-02T10:30:00Z"\n'
        "\n"
        "affected:\n"
        "  - Uploads\n"
        "id: x\n"
        "pin:\n"
        "notes: |\n"
        "  one\n"
        "  two\n"
    )


def test_keys_are_taken_out_and_put_in_anywhere() -> None:
    """The first, the last, one that holds nothing, one that is a block."""
    matter = parse(ISSUE)
    text = front.edited(
        matter,
        {"title": None, "pin": front.line("pin", "true"), "notes": "notes: three\n"},
        ORDER,
    )
    assert text is not None
    assert text.startswith("date:")
    assert text.endswith('pin: "true"\nnotes: three\n')
    assert front.edited(matter, {"notes": None}, ORDER) == ISSUE[: ISSUE.index("notes")]
    assert front.edited(matter, {"zz": "zz: 1\n"}, ("a",)) == ISSUE + "zz: 1\n"
    assert front.edited(parse(""), {"id": "id: 1\n"}, ORDER) == "id: 1\n"
    assert front.edited(parse("a: 1"), {"id": "id: 2\n"}, ORDER) == "a: 1\nid: 2\n"
    crlf = front.edited(parse("a: 1\r\n"), {"a": None, "id": "id: 2\n"}, ORDER)
    assert crlf == "id: 2\r\n"


def test_what_is_not_one_key_a_line_is_not_edited() -> None:
    """It is to be written anew."""
    assert front.edited(parse("{title: x, id: y}\n"), {"id": None}, ORDER) is None
    assert front.edited(parse(ISSUE), {}, ORDER) == ISSUE
