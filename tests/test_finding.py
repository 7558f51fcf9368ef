"""Findings: every guess, repair and loss, said once and in its place."""

from __future__ import annotations

import copy
import pickle
import re

import attrs
import pytest

from incidentkit import (
    FINDINGS,
    Converted,
    Finding,
    FindingKind,
    InexactConversion,
    LeftOut,
)
from incidentkit._finding import SHOWN, Report, shorten


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_every_code_says_what_it_means(code: str) -> None:
    """A code is two plain words, and its meaning a sentence."""
    assert re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", code)
    meaning = FINDINGS[code].meaning
    assert meaning[0].isupper() or meaning[0].isdigit()
    assert meaning.endswith(".")
    assert "  " not in meaning


def test_codes_stand_in_order() -> None:
    """The table is sorted, so that a code is found and no two are alike."""
    assert sorted(FINDINGS) == list(FINDINGS)


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_the_code_decides_the_kind(code: str) -> None:
    """A finding is of the kind that the table gives its code."""
    finding = Finding(code, path="$", detail="d")
    assert FINDINGS[code].kind is finding.kind
    assert finding.kind.value in str(finding)


def test_a_code_that_is_not_in_the_table_is_refused() -> None:
    """Programs decide by code, so that a finding without one cannot be made."""
    with pytest.raises(ValueError, match="FINDINGS"):
        Finding("no.such_code", path="$", detail="d")


def test_a_finding_shows_all_it_says() -> None:
    """Path, detail, value and count all show; value and count where they tell."""
    bare = Finding("word.unknown", path="$.a", detail="unknown word")
    assert str(bare) == "$.a: amiss: unknown word"
    full = attrs.evolve(bare, value="x", count=3)
    assert str(full) == "$.a: amiss: unknown word ('x') [3 times]"


def test_findings_are_values() -> None:
    """Findings, what was left out and the whole of a conversion are plain values."""
    whole = Converted(
        ("value",),
        (Finding("word.unknown", path="$.a", detail="d", value="x"),),
        (LeftOut("$.b", "id"),),
    )
    assert whole == copy.deepcopy(whole)
    assert hash(whole) == hash(copy.copy(whole))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert whole == pickle.loads(pickle.dumps(whole, protocol))
    for value in (whole, *whole.findings, *whole.left_out, FINDINGS["item.malformed"]):
        assert not hasattr(value, "__dict__")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, "path", "$")  # noqa: B010 - of whatever class


def test_a_conversion_without_findings_is_exact() -> None:
    """Without findings the value is given."""
    assert Converted("value").exact() == "value"


def test_a_conversion_with_findings_is_not_exact() -> None:
    """With findings, asking for the exact value raises, and tells them."""
    finding = Finding("word.unknown", path="$.a", detail="d")
    with pytest.raises(InexactConversion) as caught:
        Converted("value", (finding,)).exact()
    assert (finding,) == caught.value.findings


def test_the_same_thing_again_only_counts() -> None:
    """A thing met often is one finding, at its first place, with a count."""
    report = Report()
    for place in range(1000):
        report.add("word.unknown", f"$[{place}]", "no such word", place)
    report.add("word.unknown", "$", "another", None)
    expected = (
        Finding(
            "word.unknown", path="$[0]", detail="no such word", value="0", count=1000
        ),
        Finding("word.unknown", path="$", detail="another"),
    )
    assert expected == report.converted("value").findings


def test_what_is_left_out_is_told_each_time() -> None:
    """A finding for the kind of loss, and every single thing by place and id."""
    report = Report()
    report.leave_out("item.malformed", "$[0]", "no incident", {"id": 1}, "a1")
    report.leave_out("item.malformed", "$[1]", "no incident")
    whole = report.converted("value")
    assert (LeftOut("$[0]", "a1"), LeftOut("$[1]")) == whole.left_out
    (finding,) = whole.findings
    assert FindingKind.LEFT_OUT is finding.kind
    assert finding.count == 2
    assert finding.value == "{'id': 1}"


def test_what_another_reading_found_is_taken_over() -> None:
    """With its counts; in its own places, or under the name of its file."""
    other, report = Report(), Report()
    for _ in range(3):
        other.add("word.unknown", "$.a", "no such word", "x")
    other.leave_out("item.malformed", "$.b", "no incident", id="i1")
    came = other.converted(None)
    report.take(came)
    report.take(came, "a.json")
    report.add("word.unknown", "$", "no such word")
    whole = report.converted(None)
    assert [(f.path, f.count) for f in whole.findings] == [("$.a", 7), ("$.b", 2)]
    assert (LeftOut("$.b", "i1"), LeftOut("a.json: $.b", "i1")) == whole.left_out
    named = Report()
    named.take(came, "a.json")
    assert [finding.path for finding in named.converted(None).findings] == [
        "a.json: $.a",
        "a.json: $.b",
    ]


def test_a_shown_value_is_short() -> None:
    """Of a huge value only the beginning is repeated."""
    assert shorten("x" * SHOWN) == "x" * SHOWN
    assert shorten("x" * 1_000_000) == "x" * (SHOWN - 1) + "…"
    assert shorten([1]) == "[1]"
