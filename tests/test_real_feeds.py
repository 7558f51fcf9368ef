"""
What must be true of feeds that real pages served.

They lie beside the checkout where the project is developed, and are not part of it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidentkit import Converted, Coverage, StatusPage, convert, detect, read, write
from test_feeds_write import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentkit import Incident, Maintenance

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real documents are not beside this checkout"
    ),
]

SNAPSHOTS = sorted(DATA.glob("statuspage/github_atom/*.atom"))
VENDOR = [
    *SNAPSHOTS,
    *sorted(DATA.glob("commercial/*.atom")),
    *sorted(DATA.glob("commercial/*.rss")),
]


def named(path: Path) -> str:
    """What a test calls a file."""
    return path.name


def codes(came: Converted[Any]) -> dict[str, int]:
    """What was found, and how often."""
    found: Counter[str] = Counter()
    for finding in came.findings:
        found[finding.code] += finding.count
    return dict(found)


def events(page: StatusPage) -> tuple[Incident | Maintenance, ...]:
    """All that a page tells of."""
    return (*page.incidents, *page.maintenances)


# --- the vendor's own -----------------------------------------------------------------

#: Incidents, maintenances, updates, and how many of these had markup.
FOUND = {
    "history-2022-06-11-10aae75b.atom": (20, 5, 93, 0),
    "history-2022-11-07-f2688e77.atom": (22, 3, 99, 0),
    "history-2023-03-26-a9472d8b.atom": (25, 0, 123, 0),
    "history-2023-08-11-1e0568a1.atom": (25, 0, 130, 0),
    "history-2023-12-26-1e31a364.atom": (25, 0, 169, 0),
    "history-2024-05-12-ae5b5b33.atom": (25, 0, 167, 2),
    "history-2024-09-27-880cd739.atom": (25, 0, 163, 0),
    "history-2025-02-13-375ab8f3.atom": (25, 0, 159, 1),
    "history-2025-06-30-71bb8792.atom": (23, 2, 136, 1),
    "history-2025-11-15-02b6d06d.atom": (25, 0, 124, 0),
    "history-2026-04-02-77dbe902.atom": (25, 0, 129, 0),
    "history-2026-08-22-79498869.atom": (25, 0, 178, 0),
    "statuspage_github_history.atom": (25, 0, 178, 0),
    "statuspage_digitalocean_history_2019-10-30.atom": (24, 1, 95, 0),
    "statuspage_digitalocean_history_2020-01-11.rss": (20, 5, 85, 0),
    "statuspage_digitalocean_history_2020-01-21.rss": (19, 6, 83, 0),
}


@pytest.mark.parametrize("path", VENDOR, ids=named)
def test_only_years_are_guessed_and_only_markup_is_lost(path: Path) -> None:
    """Nothing else is amiss in any of them."""
    came = read(path.read_bytes())
    page = came.value
    updates = sum(len(event.updates) for event in events(page))
    incidents, maintenances, count, marked = FOUND[path.name]
    assert len(page.incidents) == incidents
    assert len(page.maintenances) == maintenances
    assert updates == count
    assert codes(came) == {
        "time.year_inferred": count,
        **({"text.markup": marked} if marked else {}),
    }
    assert page.name in {"GitHub", "DigitalOcean"}
    assert all(event.status is not None for event in events(page))
    assert all("<br" not in one.body for event in events(page) for one in event.updates)
    assert page.coverage != Coverage()


@pytest.mark.parametrize("path", VENDOR, ids=named)
def test_a_feed_comes_back_to_the_byte(path: Path) -> None:
    """Law 3, whatever the findings."""
    went = write(read(path.read_bytes()).value, path.suffix[1:])
    assert went.value == path.read_text()
    assert went.findings == ()


@pytest.mark.parametrize("name", ["atom", "rss"])
@pytest.mark.parametrize("path", VENDOR, ids=named)
def test_what_is_converted_is_valid_and_tells_the_same(path: Path, name: str) -> None:
    """In both formats."""
    page = read(path.read_bytes()).value
    went = convert(path.read_bytes(), name)
    check(went.value, name)
    again = read(went.value).value
    for before, after in zip(events(page), events(again), strict=True):
        assert (after.id, after.name) == (before.id, before.name)
        assert after.updates == before.updates


# --- another project's reading --------------------------------------------------------

#: The incidents of 300 that another project reads otherwise than their feeds have them:
#: it keeps one record of all the snapshots it saw, in which of updates of one minute
#: and text one is left, and those of one minute are sorted anew.
DIFFERING = {
    "6j4vyplhgy51": "still open in the snapshot",
    "t2xwk9mz56f4": "updates of one minute: 29 in the feed, 30 in the record",
    "9zq8p50p7tkh": "updates of one minute: 11 in the feed, 12 in the record",
    "kz4khcgdsfdv": "updates of one minute: 33 in the feed, 31 in the record",
    "qcvjkzcs7j74": "updates of one minute: 24 in the feed, 23 in the record",
    "vm1w8zq95wkt": "two updates of one minute in another order",
    "sj1tzyrx599x": "two updates of one minute in another order",
}


def recorded() -> dict[str, dict[str, Any]]:
    """The other project's records, by the id of the entry."""
    text = (DATA / "statuspage/github_atom/parsed-by-others.jsonl").read_text()
    records = map(json.loads, text.splitlines())
    return {record["entry_id"]: record for record in records}


def restored(updates: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Times and statuses, with that of each `Update` restored."""
    before = ""
    for update in updates:
        word = update["status"].lower().replace(" ", "_")
        before = before if word == "update" else word
        yield update["at"][:16], before


def timeline(event: Incident | Maintenance) -> list[tuple[str, str]]:
    """Times and statuses of an incident."""
    return [
        (one.at.isoformat()[:16], "" if one.status is None else one.status.value)
        for one in event.updates
    ]


def test_the_snapshots_read_as_another_project_reads_them() -> None:
    """But for seven, whose causes are told above."""
    theirs = recorded()
    met = agreeing = updates = same = 0
    for path in SNAPSHOTS:
        for event in events(read(path.read_bytes()).value):
            record = theirs[str(event.extras["atom"]["id"])]
            assert event.name == record["title"]
            assert event.url == record["url"]
            mine, other = timeline(event), list(restored(record["updates"]))
            met += 1
            updates += len(mine)
            same += sum((Counter(mine) & Counter(other)).values())
            if mine == other:
                agreeing += 1
                continue
            assert event.id in DIFFERING
    assert (met, agreeing) == (300, 293)
    assert (updates, same) == (1670, 1665)


# --- the same incidents in JSON -------------------------------------------------------


def test_feeds_tell_what_json_tells() -> None:
    """Every status and every minute of it."""
    archive = json.loads(
        (DATA / "statuspage/github_archive/incidents-archive.json").read_bytes()
    )
    raw = [one for one in archive if "page_id" in one]
    known = {event.id: event for event in events(read(json.dumps(raw)).value)}
    met = updates = 0
    for path in SNAPSHOTS:
        for event in events(read(path.read_bytes()).value):
            other = known.get(event.id)
            if other is None:
                continue
            met += 1
            updates += len(event.updates)
            assert timeline(event) == timeline(other)
            newest = event.updates[-1].at
            assert newest == other.updates[-1].at.set(microsecond=0)
            # Known by the same id, they join.
            assert event.key == other.key
    assert (met, updates) == (75, 431)


def test_two_snapshots_join_by_id() -> None:
    """Nothing is there twice."""
    first, second = (
        read(
            (
                DATA / f"commercial/statuspage_digitalocean_history_{day}.rss"
            ).read_bytes()
        )
        for day in ("2020-01-11", "2020-01-21")
    )
    joined = StatusPage.joined(first.value, second.value).value
    ids = {event.id for one in (first, second) for event in events(one.value)}
    assert {event.id for event in events(joined)} == ids
    assert len(events(joined)) == len(ids) < 50


# --- other vendors --------------------------------------------------------------------

GENERIC = {
    "captures/azure_allclear.xml": (
        1,
        {"entry.generic": 1, "status.derived": 1, "value.missing": 1, "id.missing": 1},
    ),
    "captures/azure_feed.xml": (
        2,
        {"entry.generic": 2, "status.derived": 1, "value.missing": 2, "id.missing": 2},
    ),
    "captures/azure_healthy_empty.xml": (0, {}),
    "captures/azure_live_westus.xml": (1, {"entry.generic": 1, "time.single": 1}),
    "captures/azure_regional.xml": (
        5,
        {"entry.generic": 5, "status.derived": 2, "value.missing": 5, "id.missing": 5},
    ),
    "captures/xai_active.xml": (
        4,
        {"entry.generic": 4, "status.derived": 4, "time.single": 4},
    ),
    "captures/xai_resolved.xml": (
        3,
        {"entry.generic": 3, "status.derived": 3, "time.single": 3},
    ),
    "captures/captures/azure-20260723-152634-major.json": (
        1,
        {"entry.generic": 1, "time.single": 1},
    ),
    "providers/azure-feed-20260723.xml": (1, {"entry.generic": 1, "time.single": 1}),
    "providers/jtprogru-aws_all.rss": (
        50,
        {"entry.generic": 50, "status.derived": 1, "time.single": 50},
    ),
}


@pytest.mark.parametrize("name", GENERIC)
def test_other_vendors_are_read_too(name: str) -> None:
    """And what is guessed is told."""
    data = (DATA / name).read_bytes()
    assert detect(data) == "rss"
    came = read(data)
    count, found = GENERIC[name]
    assert len(came.value.incidents) == count
    assert came.value.maintenances == ()
    assert codes(came) == found
    assert came.value.coverage == Coverage()
    assert all(incident.duration is None for incident in came.value.incidents)
    went = write(came.value, "rss")
    check(went.value, "rss")
    if "value.missing" not in found:
        assert {finding.code for finding in went.findings} <= {"id.duplicate"}
        assert read(went.value).value.incidents == came.value.incidents


def test_what_they_plainly_say_is_taken() -> None:
    """And nothing else."""
    active = read((DATA / "captures/xai_active.xml").read_bytes()).value
    statuses = [one.status and one.status.value for one in active.incidents]
    assert statuses == ["investigating", "monitoring", "investigating", "resolved"]
    amazon = read((DATA / "providers/jtprogru-aws_all.rss").read_bytes()).value
    assert [one.name for one in amazon.incidents if not one.is_open] == [
        "Service is operating normally: [RESOLVED] Increased Packet loss"
    ]
