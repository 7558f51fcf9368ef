"""What decoding JSON into shapes must do, whatever the vendor."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from msgspec import UNSET, UnsetType

from incidentkit import LimitExceeded, Limits, MalformedDocument, read
from incidentkit._finding import Report
from incidentkit._frozen import ABSENT, STATED, freeze
from incidentkit.formats import _wire as wire


class Leaf(wire.Shape):
    """A thing in a list."""

    id: str | UnsetType = UNSET
    size: int | UnsetType | None = UNSET


class Tree(wire.Shape):
    """A thing with others in it."""

    name: str | UnsetType = UNSET
    leaves: list[Leaf] | UnsetType = UNSET
    best: Leaf | UnsetType | None = UNSET


def carefully(document: object) -> tuple[Tree, wire.Oddities, Report]:
    """A document in its shape, with all that was odd."""
    oddities, report = wire.Oddities(), Report()
    tree = wire.read(json.dumps(document).encode(), Tree, report, oddities, 64)
    return tree, oddities, report


def test_what_fits_is_read_straight() -> None:
    """Nothing is odd, and absent, null and a value are three things."""
    tree, oddities, report = carefully(
        {"name": "oak", "leaves": [{"id": "a"}], "best": None}
    )
    assert tree == Tree(name="oak", leaves=[Leaf(id="a")], best=None)
    assert not oddities
    assert report.converted(tree).findings == ()


def test_unknown_keys_are_put_aside() -> None:
    """At every depth, with the thing that had them."""
    tree, oddities, report = carefully(
        {"age": 7, "leaves": [{"id": "a", "hue": [1]}, {"id": "b"}], "best": {"x": {}}}
    )
    assert oddities.of(tree) == {"age": 7}
    assert isinstance(tree.leaves, list)
    assert isinstance(tree.best, Leaf)
    assert oddities.of(tree.leaves[0]) == {"hue": (1,)}
    assert oddities.of(tree.leaves[1]) == {}
    assert oddities.of(tree.best) == {"x": {}}
    assert report.converted(tree).findings == ()


def test_a_lost_item_keeps_its_place() -> None:
    """The others stand where they stood, and findings about them point there."""
    tree, oddities, report = carefully({"leaves": [3, {"id": "a", "size": "big"}]})
    assert isinstance(tree.leaves, list)
    assert [oddities.is_lost(leaf) for leaf in tree.leaves] == [True, False]
    assert [(f.code, f.path) for f in report.converted(0).findings] == [
        ("item.malformed", "$.leaves[0]"),
        ("value.malformed", "$.leaves[1].size"),
    ]


def test_what_came_back_is_what_was_kept() -> None:
    """What a writer would not write is kept, and put back in its place."""
    source = Leaf(id="a", size=3)
    said = wire.kept(source, Leaf(id="a"), {"hue": 1}, lambda *_: False, frozenset())
    assert said == {"hue": 1, "size": 3}
    frozen = freeze({**said, ABSENT: ["id"], STATED: {"size": 4}})
    assert wire.restored(Leaf(id="a"), wire.mapping(frozen)) == {"size": 4, "hue": 1}
    assert wire.restored(source, None) is source
    assert wire.mapping("nothing of ours") == {}


@pytest.mark.parametrize(
    "text",
    [
        *("0", "-0", "1.5e3", '""', '"\\u00e9"', '"\\ud83d\\ude00"', "[]", "{}"),
        *("null", "true", " [1 , 2] ", '{"a":{"a":1}}', '{"a":1,"a":2}', "[1e5]"),
    ],
)
def test_json_is_json(text: str) -> None:
    """What the standard allows is read, the last of equal keys wins."""
    assert wire.parse(text.encode(), object) == json.loads(text)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b" ", b"[1,]", b"{'a':1}", b'{"a":1,}', b"[1 2]", b"nul", b"True"),
        *(b"NaN", b"Infinity", b"-Infinity", b"1e999", b"+1", b"01", b".5", b"1."),
        *(b'"a', b'"\\x41"', b'"\n"', b'"\xff"', b"[1] x", b'{"a"}', b"{1:2}"),
        *(b'"\\ud800"', b'"\\u12"', b"[", b"]", b"\x00", b"/* */ 1", b"0x1"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(data: bytes) -> None:
    """And nothing else is raised."""
    with pytest.raises(MalformedDocument) as caught:
        wire.parse(data, object)
    assert caught.value.path


def test_reading_takes_no_more_than_twelve_times_its_size() -> None:
    """What a document needs while it is read is bounded by its size."""
    updates = [
        {
            "id": f"u{n}",
            "status": "investigating",
            "body": "x" * 200,
            "created_at": f"2026-03-01T10:{n % 60:02}:00.{n % 1000:03}Z",
        }
        for n in range(2_000)
    ]
    rows = [{"id": f"i{n}", "name": "x", "incident_updates": updates} for n in range(3)]
    data = json.dumps({"page": {"name": "x"}, "incidents": rows}).encode()
    tracemalloc.start()
    page = read(data, "statuspage").value
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(page.incidents) == 3
    assert peak < 12 * len(data)


def test_a_document_over_the_limit_is_refused_before_it_is_read() -> None:
    """Whatever it holds."""
    with pytest.raises(LimitExceeded):
        read(b"\xff" * 1_000, "statuspage", limits=Limits(bytes=999))
