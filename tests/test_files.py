"""Several documents of one page, some of which tell the updates of events alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import pytest

from incidentkit import (
    Incident,
    Maintenance,
    MalformedDocument,
    StatusPage,
    Update,
)
from incidentkit._finding import Report
from incidentkit._frozen import DOCUMENT, STATED
from incidentkit.formats._files import read_files
from incidentkit.formats._format import Format, Source, SourceFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

E = TypeVar("E", Incident, Maintenance)


def update(id: str, hour: int) -> dict[str, str]:
    """An update of a document."""
    return {"id": id, "at": f"2024-01-01T{hour:02}:00:00Z"}


def events(
    kind: type[E], status: str, told: dict[str, list[dict[str, str]]]
) -> list[E]:
    """The events of a document, by their ids."""
    return [
        kind(
            f"No. {id}",
            id=id,
            updates=[Update(status, id=one["id"], at=one["at"]) for one in updates],
            extras={"vendor": {STATED: {"count": len(updates)}}},
        )
        for id, updates in told.items()
    ]


def read(source: Source) -> StatusPage:
    """A page of a document, which says what it is."""
    said = json.loads(source.data)
    if not isinstance(said, dict):
        raise MalformedDocument("$", "no object")
    source.report.add("value.missing", "$.name", "it has no name")
    return StatusPage(
        incidents=events(Incident, "monitoring", said.get("incidents", {})),
        maintenances=events(Maintenance, "verifying", said.get("maintenances", {})),
        extras={"vendor": {DOCUMENT: {"name": said["document"]}}},
    )


VENDOR = Format(
    name="vendor",
    title="Vendor",
    media_type="application/json",
    suffix=".json",
    read=read,
)


def files(*documents: object) -> SourceFiles:
    """Files that hold these documents."""
    named = {f"{place}.json": json.dumps(one) for place, one in enumerate(documents)}
    return SourceFiles(files=named, report=Report())


def told(page: StatusPage) -> list[tuple[str | None, list[str | None]]]:
    """The ids of updates, by those of their events."""
    both: tuple[Incident | Maintenance, ...] = (*page.incidents, *page.maintenances)
    return [(one.id, [update.id for update in one.updates]) for one in both]


@pytest.mark.parametrize("what", ["incidents", "maintenances"])
def test_updates_that_stand_apart_are_put_where_they_belong(what: str) -> None:
    """In order of posting, each once; those of unknown events at the end."""
    page = read_files(
        files(
            {
                "document": "updates",
                what: {"1": [update("c", 3)], "9": [update("z", 1)]},
            },
            {"document": "all", what: {"1": [update("b", 2)], "2": []}},
            {"document": "updates", what: {"1": [update("a", 1), update("c", 3)]}},
        ),
        VENDOR,
        "updates",
    )
    assert told(page) == [("1", ["a", "b", "c"]), ("2", []), ("9", ["z"])]


def test_what_an_event_stated_is_untrue_once_it_has_more_updates() -> None:
    """And stays where there are none."""
    page = read_files(
        files(
            {"document": "all", "incidents": {"1": [update("a", 1)], "2": []}},
            {"document": "updates", "incidents": {"1": [update("b", 2)], "2": []}},
        ),
        VENDOR,
        "updates",
    )
    more, same = page.incidents
    assert not more.extras.get("vendor")
    assert same.extras["vendor"] == {STATED: {"count": 0}}


def test_a_room_may_put_updates_elsewhere() -> None:
    """Where the times of posting are not what orders them."""

    def behind(
        updates: tuple[Update, ...], more: Iterable[Update]
    ) -> tuple[Update, ...]:
        return (*updates, *more)

    sources = files(
        {"document": "all", "incidents": {"1": [update("b", 2)]}},
        {"document": "updates", "incidents": {"1": [update("a", 1)]}},
    )
    page = read_files(sources, VENDOR, "updates", behind)
    assert told(page) == [("1", ["b", "a"])]


@pytest.mark.parametrize("document", ["all", "updates"])
def test_one_file_is_the_page_that_it_is(document: str) -> None:
    """Even if it tells updates alone: it is known what it was."""
    sources = files({"document": document, "incidents": {"1": [update("a", 1)]}})
    page = read_files(sources, VENDOR, "updates")
    assert told(page) == [("1", ["a"])]
    assert page.extras["vendor"] == {DOCUMENT: {"name": document}}


def test_findings_and_errors_name_the_file() -> None:
    """So whoever gave ten of them knows which to look at."""
    sources = files({"document": "all"}, {"document": "updates"})
    read_files(sources, VENDOR, "updates")
    (finding,) = sources.report.converted(None).findings
    assert (finding.path, finding.count) == ("0.json: $.name", 2)
    with pytest.raises(MalformedDocument) as raised:
        read_files(files({"document": "all"}, []), VENDOR, "updates")
    assert raised.value.path == "1.json: $"
