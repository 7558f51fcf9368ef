"""
That every real document is taken for what it is, or for nothing.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from incidentkit import IncidentKitError, detect

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

#: Documents of vendors whose format is one of ours, by where they lie.
KNOWN = {
    "pingoru/*.txt": "pingoru",
    "statuspage/*/*.json": "statuspage",
    "statuspage/github_atom/*.atom": "atom",
    "commercial/statuspage_*.json": "statuspage",
    "commercial/*.atom": "atom",
    "commercial/*.rss": "rss",
    "captures/*.xml": "rss",
    "providers/*.xml": "rss",
    "providers/*.rss": "rss",
    "providers/*.ics": "icalendar",
    "oss/cachet/*.json": "cachet2",
    "oss/cstate/**/*.md": "cstate",
    "oss/cstate/*.json": "cstate",
}
#: Snapshots over time are wrapped, and none of the vendor's documents.
WRAPPED = "_snapshots_"


def found(path: Path) -> str:
    """The format of a document, or the class of the error."""
    try:
        return detect(path.read_bytes())
    except IncidentKitError as error:
        return type(error).__name__


def wanted() -> dict[Path, str]:
    """What each of the known documents is."""
    return {
        path: name
        for pattern, name in KNOWN.items()
        for path in sorted(DATA.glob(pattern))
        if WRAPPED not in path.name
    }


def test_what_is_known_is_told() -> None:
    """Every document of a format that is read is taken for that."""
    wrong = {
        str(path.relative_to(DATA)): (found(path), name)
        for path, name in wanted().items()
        if found(path) != name
    }
    assert wrong == {}
    assert len(wanted()) == 400


def test_what_is_not_known_is_not_guessed() -> None:
    """A document of another vendor is taken for none, or for what it imitates."""
    known = wanted()
    others = Counter(
        found(path)
        for path in sorted(DATA.rglob("*"))
        if path.is_file() and path not in known and WRAPPED not in path.name
    )
    # Eight captures are Statuspage's own or imitate it; one is a feed in spite of its
    # name.
    assert others == {
        "UnknownFormat": 65,
        "MalformedDocument": 4,
        "statuspage": 8,
        "rss": 1,
    }
