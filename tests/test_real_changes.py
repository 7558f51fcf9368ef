"""
What happened between two readings of real pages.

The documents lie beside the checkout where the project is developed.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidentkit import Converted, StatusPage, read
from incidentkit.changes import (
    Change,
    StatusChanged,
    Updated,
    Vanished,
    apply,
    changes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

#: A summary with two open incidents.
OPEN = "digitalocean_summary-2022-11-29T181426-d1452e21.json"

STORIES = {
    "incident_snapshots_backdated": """
2023-10-09T11:58:14.083Z Managed Kubernetes Service: updated, investigating
2023-10-09T17:49:31.291Z Managed Kubernetes Service: monitoring (was investigating)
2023-10-10T06:54:24.073Z Managed Kubernetes Service: updated, monitoring
2023-10-10T12:08:20.944Z Managed Kubernetes Service: updated, monitoring
2023-10-10T15:48:09.049Z Managed Kubernetes Service: \
update of 2023-10-10T12:08:20.944Z corrected: text edited, shown at 2023-10-10T12:08:20Z
2023-10-10T15:48:16.141Z Managed Kubernetes Service: \
update of 2023-10-10T06:54:24.073Z corrected: text edited, shown at 2023-10-10T06:54:24Z
2023-10-10T15:48:16.265Z Managed Kubernetes Service: began at 2023-10-09T07:26:39.845Z \
(was 2023-10-09T07:26:39.815Z)
2023-10-10T16:12:50.246Z Managed Kubernetes Service: back to identified (was monitoring)
2023-10-11T04:06:23.127Z Managed Kubernetes Service: monitoring (was identified)
2023-10-11T04:56:59.432Z Managed Kubernetes Service: \
update of 2023-10-11T04:06:23.127Z corrected: text edited, shown at 2023-10-11T04:06:23Z
""",
    "incident_snapshots_body_edited": """
2026-08-19T12:22:47.130Z Degraded Performance in MKC1: identified (was investigating)
2026-08-19T14:36:14.910Z Major Service Interruption in MKC1: \
update of 2026-08-19T12:22:47.130Z corrected: text edited, shown at 2026-08-19T12:22:47Z
2026-08-19T14:36:14.914Z Major Service Interruption in MKC1: \
renamed, was Degraded Performance in MKC1
2026-08-19T15:28:37.241Z Major Service Interruption in MKC1: updated, identified; \
Kubernetes - MKC1 major outage, GPU Droplets - MKC1 major outage
2026-08-19T15:28:37.243Z Major Service Interruption in MKC1: \
escalated from minor to critical
2026-08-19T18:59:03.077Z Major Service Interruption in MKC1: \
monitoring (was identified); Kubernetes - MKC1 operational
""",
    "incident_snapshots_display_at_out_of_order": """
2024-11-03T15:59:21.072Z Core Network Maintenance: update of 2024-10-29T18:07:28.494Z \
corrected: text edited, shown at 2024-11-08T18:07:28.494Z
2024-11-08T12:00:03.526Z Core Network Maintenance: updated, scheduled
2024-11-08T13:00:03.137Z Core Network Maintenance: started; DNS under maintenance
""",
    "incident_snapshots_reopened": """
2024-01-09T02:04:01.687Z Managed Database Control Panel / API Operations: \
monitoring (was investigating)
2024-01-09T09:23:27.276Z Managed Database Control Panel / API Operations: \
back to identified (was monitoring); API operational, Cloud Control Panel operational
2024-01-09T09:43:03.618Z Managed Database Operations: \
renamed, was Managed Database Control Panel / API Operations
2024-01-09T10:17:31.533Z Managed Database Operations: monitoring (was identified); \
Managed Databases - AMS3 operational, Managed Databases - BLR1 operational, \
Managed Databases - FRA1 operational, 9 more
""",
    "maintenance_snapshots_verifying": """
2023-08-14T20:03:57.825Z FRA1 Network Maintenance Phase 1: \
verifying (was in progress); Droplets - FRA1 operational, Networking - FRA1 operational
2023-08-14T20:12:45.521Z FRA1 Network Maintenance Phase 1: updated, verifying
""",
}


def snapshots(story: str) -> list[Converted[StatusPage]]:
    """Read an incident as it was seen again and again."""
    path = DATA / f"commercial/statuspage_{story}.json"
    return [
        read(json.dumps(one["object"]), "statuspage", at=one["snapshot_updated_at"])
        for one in json.loads(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("story", STORIES)
def test_the_changes_tell_the_story(story: str) -> None:
    """Line by line, and each applied to what was known gives the next snapshot."""
    first, *later = snapshots(story)
    known, told = first.value, list[str]()
    for reading in later:
        made = changes(known, reading)
        told += map(str, made)
        known = apply(known, made)
        assert known.fingerprint == reading.value.fingerprint
    assert told == STORIES[story].strip().split("\n")


@pytest.mark.parametrize("story", STORIES)
def test_a_watcher_who_comes_late_has_the_same_keys_for_what_was_said(
    story: str,
) -> None:
    """An update has one key, however many others were read with it."""
    readings = snapshots(story)
    seldom = changes(readings[0], readings[-1])
    often = [one for pair in pairwise(readings) for one in changes(*pair)]
    assert posted(seldom) == posted(often) != set()


def posted(made: Iterable[Change]) -> set[str]:
    """Give the keys of what updates tell."""
    return {one.key for one in made if isinstance(one, (Updated, StatusChanged))}


@pytest.mark.parametrize("story", STORIES)
def test_what_came_whole_is_told_whole(story: str) -> None:
    """Opened or announced first, then everything that was said since."""
    *_, last = snapshots(story)
    nobody = StatusPage(id=last.value.id)
    made = changes(nobody, last)
    assert [made[0].kind] == ["opened" if last.value.incidents else "announced"]
    assert apply(nobody, made).fingerprint == last.value.fingerprint


def summaries(vendor: str) -> list[Converted[StatusPage]]:
    """Read the summaries of a page, months apart."""
    paths = sorted((DATA / "statuspage" / vendor).glob("*.json"))
    return [read(path.read_bytes(), "statuspage") for path in paths]


@pytest.mark.parametrize("vendor", ["cloudflare", "digitalocean"])
def test_summaries_that_are_months_apart(vendor: str) -> None:
    """Nothing is raised or missed, and every key is another."""
    readings = summaries(vendor)
    keys: list[str] = []
    for before, after in pairwise(readings):
        made = changes(before, after)
        assert apply(before.value, made).fingerprint == after.value.fingerprint
        times = [change.at for change in made if change.at is not None]
        assert len(times) == len(made)
        assert times == sorted(times)
        gone = [change for change in made if isinstance(change, Vanished)]
        assert all(change.is_over for change in gone)
        keys += (change.key for change in made)
    assert len(set(keys)) == len(keys) > 100


def summary(change: Any = None) -> Converted[StatusPage]:
    """Read a summary with open incidents, perhaps with something done to it."""
    path = DATA / "statuspage/digitalocean" / OPEN
    document = json.loads(path.read_text("utf-8"))
    if change is not None:
        change(document)
    return read(json.dumps(document), "statuspage", at="2030-01-01T00:00:00Z")


def kinds(made: tuple[Change, ...]) -> set[type[Change]]:
    """Give the classes of some changes."""
    return {type(change) for change in made}


def test_what_a_reading_left_out_is_not_resolved() -> None:
    """An incident that cannot be read has not ended; one that is not there has."""

    def break_one(document: Any) -> None:
        document["incidents"][0] = "something else"

    def drop_one(document: Any) -> None:
        del document["incidents"][0]

    before = summary()
    assert before.value.open_incidents
    broken, dropped = summary(break_one), summary(drop_one)
    assert broken.left_out
    assert changes(before, broken) == ()
    assert kinds(changes(before, dropped)) == {Vanished}
    # Nor is it news when it can be read again.
    known = apply(before.value, changes(before, broken))
    assert changes(known, summary()) == ()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to everything in a document."""
    within: Any = ()
    if isinstance(value, dict):
        within = value.items()
    elif isinstance(value, list):
        within = enumerate(value)
    for key, item in within:
        yield (*path, key)
        yield from places(item, (*path, key))


@pytest.mark.parametrize("junk", [7, {"a": 1}], ids=repr)
def test_whatever_cannot_be_read_is_no_news(junk: Any) -> None:
    """Wherever it stands, no name is new, nothing ends, and nothing is gone."""

    def shorten(document: Any) -> None:
        del document["components"][6:], document["incidents"][1:]

    documents: list[Any] = []
    before, hidden = summary(shorten), 0
    summary(documents.append)
    shorten(*documents)
    for *way, last in places(*documents):

        def break_there(whole: Any, way: Any = way, last: Any = last) -> None:
            shorten(whole)
            for key in way:
                whole = whole[key]
            whole[last] = junk

        after = summary(break_there)
        if after.left_out:
            hidden += 1
            assert changes(before, after) == (), (*way, last)
    assert hidden > 100
